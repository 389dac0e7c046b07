"""What stands on the assignment board: the zones of an operation, its periods, who is where. No Qt.

One person's question, *who goes where and when*, read from the plan each time: it keeps no copy.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.analysis.readiness.inside import zones_of
from geo.edit.assign import OVER
from geo.model.command import Assignment, Operation, Team
from geo.model.vocabulary import AssignmentState, OperationState

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.command import Period, Zone

WHOLE: Final = ""
"""The column of those who have a zone for the whole operation."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A zone in a period.

    Attributes:
        duty: Who has it, or None.
        team: The team of `duty`.
        whole: The team that has the zone for the whole operation, in the cell of a period.
        earlier: Assignments that ended there, the last one first.
    """

    duty: Assignment | None = None
    team: Team | None = None
    whole: Team | None = None
    earlier: tuple[Assignment, ...] = ()


class BoardRows:
    """The board of one operation as the plan is now.

    Attributes:
        zones: The first by priority first, without those that are cancelled.
        columns: Ids of the periods in the order of their time, behind `WHOLE`.
    """

    def __init__(self, plan: PlanRows, operation: Operation) -> None:
        self.operation = operation
        self.zones: tuple[Zone, ...] = zones_of(plan, operation.id)
        self.periods: tuple[Period, ...] = tuple(sorted(operation.periods, key=lambda p: p.starts))
        self.columns: tuple[str, ...] = (WHOLE, *(p.id for p in self.periods))
        self.teams = {t.id: t for t in plan.all(Team)}
        self._cells: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
        own = {z.id for z in self.zones}
        self._place: dict[str, tuple[str, str]] = {}
        for duty in plan.all(Assignment):
            if duty.zone_id in own:
                self._cells[duty.zone_id, duty.period_id].append(duty)
                self._place[duty.id] = (duty.zone_id, duty.period_id)

    def cell(self, zone_id: str, period_id: str) -> Cell:
        """Return what stands in a cell."""
        there = self._cells.get((zone_id, period_id), [])
        shown = self._shown(there)
        earlier = tuple(d for d in reversed(there) if d is not shown)
        whole = None
        if period_id != WHOLE and shown is None:
            duty = self._shown(self._cells.get((zone_id, WHOLE), []))
            whole = self.teams.get(duty.team_id) if duty is not None else None
        team = self.teams.get(shown.team_id) if shown is not None else None
        return Cell(shown, team, whole, earlier)

    def place_of(self, assignment_id: str) -> tuple[str, str] | None:
        """Return the zone and the period of an assignment, or None if it is none of this board."""
        return self._place.get(assignment_id)

    def zone(self, zone_id: str) -> Zone | None:
        """Return a zone of the board."""
        return next((z for z in self.zones if z.id == zone_id), None)

    def period(self, period_id: str) -> Period | None:
        """Return a period; None for the whole operation."""
        return next((p for p in self.periods if p.id == period_id), None)

    def busy(self, period_id: str) -> dict[str, list[str]]:
        """Return team id → names of its zones, in a period or, without one, in any of them."""
        found: dict[str, list[str]] = defaultdict(list)
        names = {z.id: z.name for z in self.zones}
        for (zone_id, period), duties in self._cells.items():
            if period_id not in {WHOLE, period} and period != WHOLE:
                continue
            for duty in duties:
                if duty.state not in OVER and names[zone_id] not in found[duty.team_id]:
                    found[duty.team_id].append(names[zone_id])
        return dict(found)

    @staticmethod
    def _shown(duties: list[Assignment]) -> Assignment | None:
        """Return who has it or, on a day that is over, who had it; aborted ones are history."""
        kept = [d for d in duties if d.state is not AssignmentState.ABORTED]
        live = [d for d in kept if d.state not in OVER]
        last = live or kept
        return last[-1] if last else None


def operations_of(plan: PlanRows) -> list[Operation]:
    """Return the operations that can be looked at, by name."""
    found = [o for o in plan.all(Operation) if o.state is not OperationState.CANCELLED]
    return sorted(found, key=lambda o: o.name)
