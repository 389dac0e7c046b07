"""Allegations and their sources; not verdicts, and no complainant's name is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from geo.model.entity import Entity, LonLat
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Channel,
    Credibility,
    Precision,
    Reliability,
)


@dataclass(frozen=True, slots=True)
class NationalityCount:
    """How many people of one nationality (ISO 3166-1 alpha-2) an allegation speaks of."""

    country: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegation(Entity):
    """What somebody alleged, with its grade and its doubt.

    Attributes:
        reference: The office's own number, as text.
        received_on: Day of receipt; `received_at` the time of day where it is known (local time).
        people_min: Estimate, lower end; None is unknown, not zero.
        people_max: Estimate, upper end.
        held_now: Are people held there now? Sorts first everywhere.
        point: Position in lon/lat degrees only if `precision` is POINT.
        admin_code: NCDD code of the smallest unit known.
        place_text: The place as it was written.
        reliability: Of the source, A to F. Two separate fields, never one number.
        credibility: Of the information, 1 to 6.
        duplicate_of: Id of the allegation that this one repeats, or empty.
        text: Free text with telephone and passport numbers masked; never leaves the application.
    """

    reference: str = ""
    received_on: date | None = None
    received_at: time | None = None
    occurred_on: date | None = None
    channel: Channel = Channel.UNKNOWN
    kinds: tuple[AllegationKind, ...] = ()
    people_min: int | None = None
    people_max: int | None = None
    nationalities: tuple[NationalityCount, ...] = ()
    held_now: Answer = Answer.UNKNOWN
    point: LonLat | None = None
    precision: Precision = Precision.UNKNOWN
    accuracy_m: float | None = None
    admin_code: str = ""
    place_text: str = ""
    site_id: str = ""
    source_id: str = ""
    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.SIX
    status: AllegationStatus = AllegationStatus.RECEIVED
    duplicate_of: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Entity):
    """A source under a pseudonym.

    Attributes:
        independent_of: Ids of the sources that it does not depend on.
    """

    pseudonym: str
    reliability: Reliability = Reliability.F
    independent_of: tuple[str, ...] = ()


def at_least(
    reliability: Reliability,
    credibility: Credibility,
    *,
    than: tuple[Reliability, Credibility] = (Reliability.B, Credibility.TWO),
) -> bool | None:
    """Tell whether a grade is as good as `than` in both fields; None if F or 6 forbid to judge."""
    if reliability is Reliability.F or credibility is Credibility.SIX:
        return None
    return reliability.value <= than[0].value and credibility.value <= than[1].value
