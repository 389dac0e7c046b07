"""What of the register is shown: filters of sites, allegations and crossings as one value.

A filter says which rows are looked at, in the map, its legend, the lists and the tables alike. It
never hides who is held now from the list of those held now, and reports do not take it over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.model.allegation import at_least
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Answer,
    Credibility,
    CrossingClass,
    LegalStatus,
    Precision,
    Reliability,
    SiteKind,
)
from layers.coded import coded, filled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geo.model.table import Table

    BoolArray = NDArray[np.bool_]

AdmiraltyGrade = tuple[Reliability, Credibility]


class _Filter:
    """Whether a filter holds anything back."""

    __slots__ = ()

    @property
    def is_active(self) -> bool:
        """Whether any row could be hidden by it."""
        return self != type(self)()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFilter(_Filter):
    """Which sites are shown; an empty choice is all.

    Attributes:
        licensed: With a licence that was matched to it, without one, or None for both.
    """

    kinds: frozenset[SiteKind] = frozenset()
    statuses: frozenset[LegalStatus] = frozenset()
    activities: frozenset[Activity] = frozenset()
    licensed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationFilter(_Filter):
    """Which allegations are shown; an empty choice is all.

    Attributes:
        least: The grade that both fields must reach; F and 6 are neutral, so that what cannot be
            judged is left out and counted (`Shown.unjudged`).
        since: First day of receipt; what came in on an unknown day is in no period.
        until: Last day of receipt.
        linked: Linked to a site, to none, or None for both.
    """

    least: AdmiraltyGrade | None = None
    kinds: frozenset[AllegationKind] = frozenset()
    states: frozenset[AllegationStatus] = frozenset()
    precisions: frozenset[Precision] = frozenset()
    since: date | None = None
    until: date | None = None
    held_now: bool = False
    linked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingFilter(_Filter):
    """Which crossings are shown.

    Attributes:
        open_only: Only those known to be open on the map's day.
    """

    classes: frozenset[CrossingClass] = frozenset()
    open_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFilter:
    """The filters of all kinds."""

    sites: SiteFilter = field(default_factory=SiteFilter)
    allegations: AllegationFilter = field(default_factory=AllegationFilter)
    crossings: CrossingFilter = field(default_factory=CrossingFilter)

    def of(self, kind: Kind) -> SiteFilter | AllegationFilter | CrossingFilter:
        """Return the filter of a kind.

        Raises:
            KeyError: Rows of this kind are never filtered.
        """
        found: dict[Kind, SiteFilter | AllegationFilter | CrossingFilter] = {
            Kind.SITE: self.sites,
            Kind.ALLEGATION: self.allegations,
            Kind.CROSSING: self.crossings,
        }
        return found[kind]

    @property
    def is_active(self) -> bool:
        """Whether any row could be hidden."""
        return any(getattr(self, f.name).is_active for f in fields(self))


EVERYTHING = MapFilter()
FILTERED = (Kind.SITE, Kind.ALLEGATION, Kind.CROSSING)


def site_mask(sites: Table, licences: Table, wanted: SiteFilter) -> BoolArray:
    """Return which sites a filter shows; `sites` has the legal status of the map's moment."""
    mask = np.ones(len(sites), dtype=bool)
    _narrow(mask, sites["kind"], wanted.kinds)
    _narrow(mask, sites["legal_status"], wanted.statuses)
    _narrow(mask, sites["activity"], wanted.activities)
    if wanted.licensed is not None:
        licensed = set(coded(licences["site_id"]).values)
        has = np.fromiter((i in licensed for i in sites.ids), dtype=bool, count=len(sites))
        mask &= has == wanted.licensed
    return mask


def allegation_mask(table: Table, wanted: AllegationFilter) -> BoolArray:
    """Return which allegations a filter shows."""
    mask = np.ones(len(table), dtype=bool)
    _narrow(mask, table["status"], wanted.states)
    _narrow(mask, table["precision"], wanted.precisions)
    if wanted.kinds:
        names = {kind.value for kind in wanted.kinds}
        mask &= coded(table["kinds"]).where(lambda v: not names.isdisjoint(json.loads(v or "[]")))
    if wanted.held_now:
        mask &= coded(table["held_now"]).where(lambda v: v == Answer.YES.value)
    if wanted.linked is not None:
        mask &= filled(table["site_id"]) == wanted.linked
    if wanted.since is not None:
        first = wanted.since.isoformat()
        mask &= coded(table["received_on"]).where(lambda v: bool(v) and v >= first)
    if wanted.until is not None:
        last = wanted.until.isoformat()
        mask &= coded(table["received_on"]).where(lambda v: bool(v) and v <= last)
    if wanted.least is not None:
        mask &= judged(table, wanted.least) == GOOD
    return mask


UNJUDGED, BELOW, GOOD = 0, 1, 2


def judged(table: Table, least: AdmiraltyGrade) -> NDArray[np.uint8]:
    """Return for each allegation whether its grade reaches `least`, or cannot be judged."""
    reliability, credibility = coded(table["reliability"]), coded(table["credibility"])
    answers = np.array(
        [
            [_answer(r, c, least) for c in credibility.values] or [UNJUDGED]
            for r in reliability.values
        ]
        or [[UNJUDGED]],
        dtype=np.uint8,
    )
    found: NDArray[np.uint8] = answers[reliability.codes, credibility.codes]
    return found


def _answer(reliability: Any, credibility: Any, least: AdmiraltyGrade) -> int:  # noqa: ANN401 - cells
    good = at_least(Reliability(reliability), Credibility(credibility), than=least)
    return UNJUDGED if good is None else GOOD if good else BELOW


def crossing_mask(table: Table, wanted: CrossingFilter, on: date) -> BoolArray:
    """Return which crossings a filter shows on a day."""
    mask = np.ones(len(table), dtype=bool)
    _narrow(mask, table["crossing_class"], wanted.classes)
    if wanted.open_only:
        rows = table.entities()
        mask &= np.fromiter(
            (isinstance(c, BorderCrossing) and c.open_on(on) is True for c in rows),
            dtype=bool,
            count=len(table),
        )
    return mask


def _narrow(mask: BoolArray, column: NDArray[Any], wanted: Iterable[Any]) -> None:
    values = {member.value for member in wanted}
    if values:
        mask &= coded(column).where(lambda v: v in values)
