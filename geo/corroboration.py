"""Corroboration: how many sources that do not depend on each other speak of the same event.

The rule is conservative and can be told in one sentence, so that nobody has to believe a number:

*The same event* are the allegations that one of these ties to the one in question:

- one is marked as a duplicate of the other, directly or through a third;
- both are linked to the same site, share a kind, and lie at most `SITE_DAYS` apart;
- both are known by the same village, or by points at most `NEAR_M` apart (and no less exact than
  that), share a kind, and lie at most `PLACE_DAYS` apart. A commune or a district is too wide: two
  cries for help out of one town are not one cry twice.

The day is the one on which it happened, else the one on which it was received. Without a day only
the duplicate counts.

*Counted* is the largest set of sources of which every two are known to be independent. What nobody
entered is not known: two such sources count as one, and so do all reports whose source is unknown.
The same source never counts twice. A grade of F or 6 is neutral and counts; an unreliable source
(E), improbable information (5), and what was found insufficient or unsubstantiated do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.measure import distances_m
from geo.model.allegation import Allegation, Source
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, Credibility, Precision, Reliability

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.table import Table

NEEDED: Final = 2
"""So many independent sources make an allegation corroborated."""
SITE_DAYS: Final = 90
PLACE_DAYS: Final = 30
NEAR_M: Final = 200.0
MOST_EXACT: Final = 15
"""Up to so many sources the largest set is found exactly, beyond them a lower bound."""


class LeftOutReason(StrEnum):
    """Why an allegation of the same event does not count."""

    SAME_SOURCE = "same_source"
    NOT_INDEPENDENT = "not_independent"
    UNKNOWN_SOURCE = "unknown_source"
    UNRELIABLE = "unreliable"
    IMPROBABLE = "improbable"
    UNSUBSTANTIATED = "unsubstantiated"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True)
class Voice:
    """A source that counts.

    Attributes:
        source_id: Empty for all reports of unknown source together.
        allegation_id: Its report that counts: the best graded one.
    """

    source_id: str
    pseudonym: str
    reliability: Reliability
    allegation_id: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An allegation of the same event that does not count.

    Attributes:
        of: Pseudonym of the source that counts in its stead, or empty.
    """

    allegation_id: str
    pseudonym: str
    reason: LeftOutReason
    of: str = ""


class Part(NamedTuple):
    """One line of a formula: a text of the catalogue and the values that it takes."""

    code: str
    params: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How far an allegation is corroborated.

    Attributes:
        counted: One report for each source that counts, in order.
        left_out: The other reports of the same event, each with its reason.
        exact: The number is the largest there is; else it is a lower bound.
    """

    counted: tuple[Voice, ...]
    left_out: tuple[LeftOut, ...]
    exact: bool = True

    @property
    def independent(self) -> int:
        """Number of independent sources."""
        return len(self.counted)

    @property
    def holds(self) -> bool:
        """Whether the rule of two independent sources holds."""
        return self.independent >= NEEDED

    def formula(self) -> tuple[Part, ...]:
        """Return the number with what was counted and what was not, line by line."""
        head = "corroboration.counted" if self.exact else "corroboration.at_least"
        names = ", ".join(f"{v.pseudonym or '?'} ({v.reliability.value})" for v in self.counted)
        lines = [Part(head, {"n": self.independent, "sources": names})]
        if not names:
            lines = [Part("corroboration.none", {})]
        lines += [
            Part(f"corroboration.left_out.{o.reason.value}", {"who": o.pseudonym, "of": o.of})
            for o in self.left_out
        ]
        return tuple(lines)


def corroboration(plan: PlanRows, allegation_id: str) -> Corroboration:
    """Return how far an allegation is corroborated, by the rule at the head of this file.

    Raises:
        KeyError: There is no such allegation.
    """
    asked = plan.get(Allegation, allegation_id)
    others = [plan.get(Allegation, i) for i in same_event(plan, asked) if i != allegation_id]
    sources = {s.id: s for s in plan.all(Source)}
    return of_reports([asked, *others], sources)


def of_reports(reports: Iterable[Allegation], sources: dict[str, Source]) -> Corroboration:
    """Count the independent sources of reports of one event."""
    left_out: list[LeftOut] = []
    by_source: dict[str, list[Allegation]] = {}
    for report in sorted(reports, key=_quality):
        source_id = report.source_id if report.source_id in sources else ""
        reason = _unfit(report)
        if reason is not None:
            left_out.append(LeftOut(report.id, _name(sources, source_id), reason))
        else:
            by_source.setdefault(source_id, []).append(report)
    # The best graded first, and a source that is known before any that is not.
    order = sorted(
        by_source, key=lambda i: (not i, _quality(by_source[i][0])[:2], _name(sources, i), i)
    )
    edges = {
        i: {j for j in order if i != j and i and j and are_independent(sources[i], sources[j])}
        for i in order
    }
    exact = len(order) <= MOST_EXACT
    chosen = _largest(order, edges) if exact else _lower_bound(order, edges)
    counted = tuple(
        Voice(i, _name(sources, i), by_source[i][0].reliability, by_source[i][0].id) for i in chosen
    )
    for i in order:
        name = _name(sources, i)
        again = by_source[i]
        if i in chosen:
            again = again[1:]
            reason = LeftOutReason.SAME_SOURCE if i else LeftOutReason.UNKNOWN_SOURCE
            left_out += [LeftOut(r.id, name, reason, name) for r in again]
            continue
        reason = LeftOutReason.NOT_INDEPENDENT if i else LeftOutReason.UNKNOWN_SOURCE
        of = next((_name(sources, j) for j in chosen if j not in edges[i]), "")
        left_out += [LeftOut(r.id, name, reason, of) for r in again]
    left_out.sort(key=lambda o: (o.pseudonym, list(LeftOutReason).index(o.reason), o.allegation_id))
    return Corroboration(counted, tuple(left_out), exact)


def are_independent(one: Source, other: Source) -> bool:
    """Tell whether two sources are known to be independent: it is enough that one row says so."""
    return other.id in one.independent_of or one.id in other.independent_of


def _unfit(report: Allegation) -> LeftOutReason | None:
    if report.status is AllegationStatus.UNSUBSTANTIATED:
        return LeftOutReason.UNSUBSTANTIATED
    if report.status is AllegationStatus.INSUFFICIENT:
        return LeftOutReason.INSUFFICIENT
    if report.reliability is Reliability.E:
        return LeftOutReason.UNRELIABLE
    if report.credibility is Credibility.FIVE:
        return LeftOutReason.IMPROBABLE
    return None


def _quality(report: Allegation) -> tuple[str, str, str]:
    return report.reliability.value, report.credibility.value, report.id


def _name(sources: dict[str, Source], source_id: str) -> str:
    return sources[source_id].pseudonym if source_id else ""


def _largest(order: Sequence[str], edges: dict[str, set[str]]) -> list[str]:
    """Return the largest set of which every two are joined, the first in `order` among equals."""
    best: list[str] = []

    def grow(taken: list[str], possible: list[str]) -> None:
        nonlocal best
        if len(taken) > len(best):
            best = taken
        for place, i in enumerate(possible):
            if len(taken) + len(possible) - place <= len(best):
                return
            grow([*taken, i], [j for j in possible[place + 1 :] if j in edges[i]])

    grow([], list(order))
    return best


def _lower_bound(order: Sequence[str], edges: dict[str, set[str]]) -> list[str]:
    """Return a set of which every two are joined: from each beginning, the first that fit."""
    best: list[str] = []
    for first in order:
        taken = [first]
        for i in order:
            if i not in taken and edges[i].issuperset(taken):
                taken.append(i)
        if len(taken) > len(best):
            best = taken
    return sorted(best, key=list(order).index)


# --- the same event -------------------------------------------------------------------------------


def same_event(plan: PlanRows, asked: Allegation) -> tuple[str, ...]:
    """Return the ids of the allegations that speak of the same event, in the plan's order."""
    table = plan.table(Kind.ALLEGATION)
    found = duplicates_of(table, asked.id)
    found |= _of_site(table, asked) | _of_place(table, asked)
    return tuple(sorted(found - {asked.id}, key=table.index.__getitem__))


def duplicates_of(table: Table, allegation_id: str) -> set[str]:
    """Return an allegation with all that repeat it or that it repeats, through any number."""
    repeats = np.flatnonzero(table["duplicate_of"].astype(bool))
    pairs = [(str(table.ids[i]), str(table["duplicate_of"][i])) for i in repeats]
    found, size = {allegation_id}, 0
    while size != len(found):
        size = len(found)
        found |= {one for pair in pairs if found & set(pair) for one in pair}
    return {i for i in found if i in table}


def _of_site(table: Table, asked: Allegation) -> set[str]:
    if not asked.site_id:
        return set()
    near = np.flatnonzero(table["site_id"] == asked.site_id)
    return _alike(table, near, asked, SITE_DAYS)


def _of_place(table: Table, asked: Allegation) -> set[str]:
    if asked.precision is Precision.POINT and asked.point is not None:
        lon, lat = asked.point
        if (asked.accuracy_m or 0) > NEAR_M:
            return set()
        # A degree is never shorter than 100 km here: a cheap window before the exact distance.
        reach = NEAR_M / 100_000
        window = (np.abs(table["lon"] - lon) <= reach) & (np.abs(table["lat"] - lat) <= reach)
        rows = np.flatnonzero(window & (table["precision"] == Precision.POINT.value))
        rows = rows[[(table["accuracy_m"][i] or 0) <= NEAR_M for i in rows]]
        there = np.column_stack([table["lon"][rows], table["lat"][rows]]).astype(float)
        here = np.broadcast_to(np.array([lon, lat]), there.shape)
        near = rows[distances_m(here, there) <= NEAR_M] if len(rows) else rows
    elif asked.precision is Precision.VILLAGE and asked.admin_code:
        same = table["admin_code"] == asked.admin_code
        near = np.flatnonzero(same & (table["precision"] == Precision.VILLAGE.value))
    else:
        return set()
    # Two that are known to be about two different sites are not about one event.
    sites = table["site_id"][near]
    apart = [bool(s) and bool(asked.site_id) and s != asked.site_id for s in sites]
    return _alike(table, near[~np.array(apart, dtype=bool)], asked, PLACE_DAYS)


def _alike(table: Table, rows: NDArray[np.intp], asked: Allegation, days: int) -> set[str]:
    """Return those of some rows that share a kind with an allegation and lie near it in time."""
    found = set()
    day = asked.occurred_on or asked.received_on
    kinds = {f'"{k.value}"' for k in asked.kinds}
    for i in rows:
        other = table["occurred_on"][i] or table["received_on"][i]
        if day is None or not other or abs((date.fromisoformat(other) - day).days) > days:
            continue
        if any(kind in (table["kinds"][i] or "") for kind in kinds):
            found.add(str(table.ids[i]))
    return found
