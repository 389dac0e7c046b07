"""What the prosecutor authorised, site by site and period by period.

A site is covered in a period if an agreed authorisation names it or its zone, is valid from before
the period to after it, and its hours of day contain the period's hours. What is missing is never
assumed: an authorisation without dates, without hours or without any site or zone covers nothing.
A refusal stands until a later agreement; if nobody noted which came later, the refusal stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.readiness.inside import exact_rows, inside, zones_of
from geo.edit.merging import kept_ids
from geo.errors import InputError
from geo.model.command import Assignment, Coordination, Operation, Zone
from geo.model.entity import Kind
from geo.model.gaps import GapCode
from geo.model.vocabulary import (
    AssignmentState,
    CoordinationAuthority,
    CoordinationResult,
)
from geo.progress import NoProgress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.command import Authorisation, Period
    from geo.progress import Progress

WITNESSES: Final = "witnesses"
"""A ticked item of a checklist whose code begins so notes that the witnesses are there."""


class Reason(StrEnum):
    """Why a site is not covered, by the codes of the catalogue; what is nearest to covering last.

    The order is that of `_RANK`: of several authorisations the one that comes nearest is told.
    """

    MISSING = "readiness.reason.missing"
    OUTSIDE_SITES = "readiness.reason.outside_sites"
    REFUSED = "readiness.reason.refused"
    OPEN = "readiness.reason.open"
    OUTSIDE_DATES = "readiness.reason.outside_dates"
    OUTSIDE_HOURS = "readiness.reason.outside_hours"
    WITNESSES = "readiness.reason.witnesses"


REASONS: Final = tuple(Reason)
COVERED: Final = len(REASONS)
_RANK: Final = {reason: rank for rank, reason in enumerate(REASONS)}
GAP_OF: Final = {
    Reason.MISSING: GapCode.AUTHORISATION_MISSING,
    Reason.OUTSIDE_SITES: GapCode.AUTHORISATION_NOT_COVERING,
    Reason.REFUSED: GapCode.AUTHORISATION_REFUSED,
    Reason.OPEN: GapCode.AUTHORISATION_OPEN,
    Reason.OUTSIDE_DATES: GapCode.AUTHORISATION_NOT_COVERING,
    Reason.OUTSIDE_HOURS: GapCode.AUTHORISATION_NOT_COVERING,
    Reason.WITNESSES: GapCode.WITNESSES_MISSING,
}
_NO_DAY_KNOWN: Final = 2**31


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A site that no authorisation covers in a period.

    Attributes:
        site_id: The site; empty for a zone without sites, which must itself be authorised.
        period_id: The period; empty if the operation has none.
    """

    site_id: str
    period_id: str
    reason: Reason


class Coverage:
    """The prosecutor's replies about one operation, ready to be asked of any zone and period."""

    def __init__(self, plan: PlanRows, operation: Operation) -> None:
        """Read the coordinations; the plan's tables never change."""
        self.operation = operation
        self._sites = plan.table(Kind.SITE)
        self._kept = kept_ids(self._sites)
        asked = plan.table(Kind.COORDINATION)
        own = asked.ids[
            (asked["operation_id"] == operation.id)
            & (asked["authority"] == CoordinationAuthority.COURT_PROSECUTOR.value)
        ]
        replies = [plan.get(Coordination, str(i)) for i in own]
        self._of: dict[CoordinationResult, list[Coordination]] = {
            result: [r for r in replies if r.result is result] for result in CoordinationResult
        }
        self._named = {r.id: self._positions(r.authorisation) for r in replies}
        self._assignments = [a for a in plan.all(Assignment) if _noting(a)]

    def periods(self) -> tuple[Period | None, ...]:
        """Return the periods to ask about; None where the operation has none yet."""
        return self.operation.periods or (None,)

    def ranks(self, zone: Zone, rows: NDArray[np.intp], period: Period | None) -> NDArray[np.int8]:
        """Return how near each site is to being covered, as its place in `REASONS` or `COVERED`.

        Args:
            zone: The zone.
            rows: Positions of its sites, shape ``(n,)``.
            period: When; None if nobody said when, and then no dates contain it.

        Returns:
            Shape ``(n,)``; of a zone without sites one rank, its own.
        """
        n = max(len(rows), 1)
        agreed = self._of[CoordinationResult.AGREED]
        best = np.full(n, _RANK[Reason.OUTSIDE_SITES if agreed else Reason.MISSING], dtype=np.int8)
        refused_on = np.zeros(n, dtype=np.int64)
        for reply in self._of[CoordinationResult.REFUSED]:
            asked = self._scope(reply, zone, rows, n)
            day = reply.replied_on.toordinal() if reply.replied_on else _NO_DAY_KNOWN
            refused_on[asked] = np.maximum(refused_on[asked], day)
        best[refused_on > 0] = _RANK[Reason.REFUSED]
        for reply in self._of[CoordinationResult.OPEN]:
            asked = self._scope(reply, zone, rows, n)
            best[asked] = np.maximum(best[asked], _RANK[Reason.OPEN])
        for reply in agreed:
            day = reply.replied_on.toordinal() if reply.replied_on else 0
            stands = self._scope(reply, zone, rows, n) & ((refused_on == 0) | (day > refused_on))
            rank = self._rank(reply.authorisation, zone, period)
            best[stands] = np.maximum(best[stands], rank)
        return best

    def _scope(
        self, reply: Coordination, zone: Zone, rows: NDArray[np.intp], n: int
    ) -> NDArray[np.bool_]:
        """Tell which sites a reply speaks of; a request that names nothing speaks of all."""
        named = reply.authorisation
        if named is None or not (named.site_ids or named.zone_id):
            # Agreed to nothing in particular is agreed to nothing.
            return np.full(n, reply.result is not CoordinationResult.AGREED)
        if named.zone_id == zone.id:
            return np.ones(n, dtype=np.bool_)
        if not len(rows):
            return np.zeros(n, dtype=np.bool_)
        return np.isin(rows, self._named[reply.id])

    def _positions(self, named: Authorisation | None) -> NDArray[np.intp]:
        ids = [self._kept.get(i, i) for i in named.site_ids] if named else []
        index = self._sites.index
        return np.array([index[i] for i in ids if i in index], dtype=np.intp)

    def _rank(self, named: Authorisation | None, zone: Zone, period: Period | None) -> int:
        """Return what an authorisation in whose scope a site is says of a period."""
        if named is None or period is None or not _dates_contain(named, period):
            return _RANK[Reason.OUTSIDE_DATES]
        if not hours_contain(named.hours_from, named.hours_to, period):
            return _RANK[Reason.OUTSIDE_HOURS]
        if named.witnesses > 0 and not self._witnessed(zone, period):
            return _RANK[Reason.WITNESSES]
        return COVERED

    def _witnessed(self, zone: Zone, period: Period) -> bool:
        return any(
            a.zone_id == zone.id and a.period_id in {"", period.id} for a in self._assignments
        )


def not_covered(plan: PlanRows, zone_id: str, period_id: str = "") -> tuple[Uncovered, ...]:
    """Return the sites of a zone that no authorisation covers, each with the reason.

    Args:
        plan: The plan.
        zone_id: The zone.
        period_id: A period of its operation; empty asks about all of them.

    Raises:
        InputError: Zone, operation or period is gone.
    """
    zone = plan.find(Zone, zone_id)
    if zone is None:
        raise InputError("error.zone.gone")
    coverage = Coverage(plan, operation_of(plan, zone.operation_id))
    sites = plan.table(Kind.SITE)
    (rows,) = inside(sites, [zone.outline], exact_rows(sites), NoProgress()).rows
    ids = [str(i) for i in sites.ids[rows]] or [""]
    found = []
    for period in _chosen(coverage, period_id):
        ranks = coverage.ranks(zone, rows, period)
        found += [
            Uncovered(ids[i], period.id if period else "", REASONS[ranks[i]])
            for i in np.flatnonzero(ranks < COVERED)
        ]
    return tuple(found)


def coverage_of(
    plan: PlanRows, operation_id: str, period_id: str = "", progress: Progress | None = None
) -> tuple[str, ...]:
    """Return the ids of the sites in an operation's zones that are not covered: for the map.

    A site for which only the witnesses are not noted yet is covered: the authorisation is there.

    Args:
        plan: The plan; its tables never change, so that a worker thread may read them.
        operation_id: The operation.
        period_id: One of its periods; empty asks about all of them.
        progress: Told of each zone, and asked whether to go on.

    Raises:
        InputError: Operation or period is gone.
        CancelledError: The user asked to stop.
    """
    coverage = Coverage(plan, operation_of(plan, operation_id))
    zones, sites = zones_of(plan, operation_id), plan.table(Kind.SITE)
    outlines = [z.outline for z in zones]
    within = inside(sites, outlines, exact_rows(sites), progress or NoProgress())
    bare = np.zeros(len(sites), dtype=np.bool_)
    for period in _chosen(coverage, period_id):
        for zone, rows in zip(zones, within.rows, strict=True):
            if len(rows):
                bare[rows] |= coverage.ranks(zone, rows, period) < _RANK[Reason.WITNESSES]
    return tuple(str(i) for i in sites.ids[bare])


def operation_of(plan: PlanRows, operation_id: str) -> Operation:
    """Return an operation.

    Raises:
        InputError: It is gone.
    """
    operation = plan.find(Operation, operation_id)
    if operation is None:
        raise InputError("error.operation.gone")
    return operation


def hours_contain(hours_from: time | None, hours_to: time | None, period: Period) -> bool:
    """Tell whether hours of day contain a period; hours that end before they start pass midnight.

    Hours of which an end is missing contain nothing, and so does the same hour twice: it may mean
    nothing or everything.
    """
    if hours_from is None or hours_to is None or hours_from == hours_to:
        return False
    day = period.starts.date()
    if hours_to < hours_from and period.starts.time() < hours_from:
        day -= timedelta(days=1)  # it starts in the hours that began the evening before
    begins = datetime.combine(day, hours_from)
    ends = datetime.combine(day + timedelta(days=hours_to < hours_from), hours_to)
    return begins <= period.starts and period.ends <= ends


def _dates_contain(named: Authorisation, period: Period) -> bool:
    if named.valid_from is None or named.valid_to is None:
        return False
    return named.valid_from <= period.starts and period.ends <= named.valid_to


def _noting(assignment: Assignment) -> bool:
    return assignment.state is not AssignmentState.ABORTED and any(
        item.done_at is not None and item.code.startswith(WITNESSES)
        for item in assignment.checklist
    )


def _chosen(coverage: Coverage, period_id: str) -> tuple[Period | None, ...]:
    """Return the period that is asked about, or all.

    Raises:
        InputError: The operation has no such period.
    """
    if not period_id:
        return coverage.periods()
    found = tuple(p for p in coverage.operation.periods if p.id == period_id)
    if not found:
        raise InputError("error.readiness.no_such_period", operation=coverage.operation.name)
    return found
