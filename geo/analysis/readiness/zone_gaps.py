"""The rules of one zone: what must be there before anybody goes in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.readiness.authorisation import COVERED, GAP_OF, REASONS, Coverage
from geo.analysis.readiness.conflicts import Board, params_of
from geo.analysis.readiness.duties import Distances, periods_of
from geo.analysis.readiness.freshness import Freshness
from geo.analysis.readiness.gaps import Gap, rows_shown, shown
from geo.analysis.readiness.holding import holding_of
from geo.analysis.readiness.places import Places
from geo.analysis.readiness.support import FAR, far_params, out_of_reach, reaches
from geo.model.command import Assignment, Team
from geo.model.entity import Kind
from geo.model.gaps import GapCode
from geo.model.vocabulary import AssignmentState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from geo.analysis.readiness.conflicts import Met
    from geo.edit.reading import PlanRows
    from geo.model.command import Operation, Zone
    from geo.progress import Progress


class ZoneRules:
    """All zones of an operation, looked at together once and then one by one."""

    def __init__(
        self,
        plan: PlanRows,
        operation: Operation,
        zones: Sequence[Zone],
        today: date,
        progress: Progress,
    ) -> None:
        """Find what the zones hold; the plan's tables never change.

        Raises:
            CancelledError: The user asked to stop.
        """
        self._plan, self._operation, self._today = plan, operation, today
        self._sites, self._allegations = plan.table(Kind.SITE), plan.table(Kind.ALLEGATION)
        self._holding = holding_of(plan, zones, progress)
        self._position = {z.id: i for i, z in enumerate(zones)}
        self._coverage = Coverage(plan, operation)
        self._freshness = Freshness(plan, today)
        self._distances = Distances(Places(plan, zones, self._holding.sites).of)
        self._teams = {t.id: t for t in plan.all(Team)}
        self._assignments: dict[str, list[Assignment]] = defaultdict(list)
        for assignment in plan.all(Assignment):
            if assignment.state is not AssignmentState.ABORTED:
                self._assignments[assignment.zone_id].append(assignment)
        self._meetings: dict[str, list[Met]] = defaultdict(list)
        for met in Board(plan, self._distances).meetings(operation.id, progress):
            for duty in (met.first, met.second):
                self._meetings[duty.zone.id].append(met)

    def gaps(self, zone: Zone) -> Iterator[Gap]:
        """Yield the gaps of a zone, the weightiest first, no override looked at."""
        rows = self._holding.sites.rows[self._position[zone.id]]
        yield from self._authorisation(zone, rows)
        yield from self._held(zone, rows)
        yield from self._manned(zone)
        yield from self._support(zone, rows)
        yield from self._met(zone)
        yield from self._age(zone, rows)

    # --- the prosecutor -------------------------------------------------------------------------

    def _authorisation(self, zone: Zone, rows: NDArray[np.intp]) -> Iterator[Gap]:
        """Yield a gap for each kind of reason; a site counts once, in its first bare period."""
        worst: NDArray[np.int8] | None = None
        since: dict[int, str] = {}
        for period in self._coverage.periods():
            ranks = self._coverage.ranks(zone, rows, period)
            worst = ranks if worst is None else np.minimum(worst, ranks)
            for rank in np.unique(ranks).tolist():
                since.setdefault(rank, period.name if period else "–")
        if worst is None:
            return
        told: dict[GapCode, list[int]] = defaultdict(list)
        for rank in np.unique(worst[worst < COVERED]).tolist():
            told[GAP_OF[REASONS[rank]]].append(rank)
        for what, ranks_of in told.items():
            bare = np.flatnonzero(np.isin(worst, ranks_of))
            yield Gap(
                what=what,
                count=len(bare),
                examples=rows_shown(self._sites, rows[bare])
                if len(rows)
                else shown(Kind.ZONE, [(zone.id, zone.name)]),
                params={"reason": REASONS[ranks_of[-1]].value, "period": since[ranks_of[-1]]},
            )

    # --- what is known of the zone --------------------------------------------------------------

    def _held(self, zone: Zone, rows: NDArray[np.intp]) -> Iterator[Gap]:
        if not len(rows):
            yield Gap(what=GapCode.NO_SITES, examples=shown(Kind.ZONE, [(zone.id, zone.name)]))
        at, holding = self._position[zone.id], self._holding
        for what, table, found in (
            (GapCode.SITES_UNCLASSIFIED, self._sites, holding.unclassified),
            (GapCode.ALLEGATIONS_NOT_TRIAGED, self._allegations, holding.untriaged),
            (GapCode.SITES_MAY_LIE, self._sites, holding.sites_perhaps),
            (GapCode.ALLEGATIONS_MAY_LIE, self._allegations, holding.untriaged_perhaps),
        ):
            those = found.rows[at]
            if len(those):
                yield Gap(what=what, count=len(those), examples=rows_shown(table, those))

    def _age(self, zone: Zone, rows: NDArray[np.intp]) -> Iterator[Gap]:
        if not len(rows):
            return  # that it holds no site says it already
        allegations = self._holding.allegations.rows[self._position[zone.id]]
        newest = self._freshness.newest(rows, allegations)
        most = self._operation.limits.stale_days
        if newest is None:
            yield Gap(what=GapCode.UNDATED, count=len(rows), examples=rows_shown(self._sites, rows))
        elif (days := (self._today - newest.day).days) > most:
            yield Gap(
                what=GapCode.STALE,
                count=len(rows),
                examples=rows_shown(self._sites, rows),
                params={"of": newest.what, "days": days, "most": most},
            )

    # --- who goes in, and who stands by ---------------------------------------------------------

    def _manned(self, zone: Zone) -> Iterator[Gap]:
        duties = self._assignments[zone.id]
        held = {p.id for a in duties for p in periods_of(a, self._operation)}
        bare = [(p.id, p.name) for p in self._operation.periods if p.id not in held]
        if bare or not duties:
            yield Gap(
                what=GapCode.NO_TEAM,
                count=max(len(bare), 1),
                examples=tuple(shown(Kind.OPERATION, bare)),
            )
        teams = [self._teams[i] for i in {a.team_id: 0 for a in duties} if i in self._teams]
        short = [(t, len(t.empty_mandatory_groups())) for t in teams]
        if count := sum(n for _, n in short):
            named = [(t.id, t.name) for t, n in short if n]
            yield Gap(what=GapCode.GROUPS_EMPTY, count=count, examples=shown(Kind.TEAM, named))

    def _support(self, zone: Zone, rows: NDArray[np.intp]) -> Iterator[Gap]:
        limits = self._operation.limits
        for reach in reaches(self._plan, self._distances.places(zone), limits):
            if reach.near:
                continue
            far = out_of_reach(reach, self._sites["lon"][rows], self._sites["lat"][rows], limits)
            yield Gap(
                what=FAR[reach.kind],
                count=max(len(far), 1),
                examples=rows_shown(self._sites, rows[far]),
                params=far_params(reach),
            )

    def _met(self, zone: Zone) -> Iterator[Gap]:
        by_code: dict[GapCode, list[Met]] = defaultdict(list)
        for met in self._meetings[zone.id]:
            by_code[met.why.what].append(met)
        for what, those in sorted(by_code.items()):
            others = [m.second if m.first.zone.id == zone.id else m.first for m in those]
            yield Gap(
                what=what,
                count=len(those),
                examples=shown(Kind.ZONE, [(d.zone.id, d.zone.name) for d in others]),
                params=params_of(those[0]),
            )
