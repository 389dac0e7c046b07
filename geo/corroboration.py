"""Corroboration: how many sources that do not depend on each other speak of the same event.

The rule is conservative and can be told in one sentence, so that nobody has to believe a number:

Which reports are of *the same event* is told in `same_event.py`.

*Counted* is the largest set of sources of which every two are known to be independent. What nobody
entered is not known: two such sources count as one, and so do all reports whose source is unknown.
The same source never counts twice. A grade of F or 6 is neutral and counts; an unreliable source
(E), improbable information (5), and what was found insufficient or unsubstantiated do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.model.allegation import Allegation, Source
from geo.model.vocabulary import AllegationStatus, Credibility, Reliability
from geo.same_event import same_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.edit.reading import PlanRows

NEEDED: Final = 2
"""So many independent sources make an allegation corroborated."""
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
    """Return how far an allegation is corroborated, by the rules of this file and `same_event.py`.

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
