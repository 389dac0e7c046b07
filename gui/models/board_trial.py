"""What would be if a team had a zone: asked of the same rule that finds the conflicts. No Qt.

Made on a worker, because it measures the zones with all their sites; asked on the main thread while
a team is carried over the board.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.analysis.readiness.conflicts import Board, Conflict, Met, conflicts, params_of
from geo.analysis.readiness.duties import Distances, Duty, meeting
from geo.analysis.readiness.places import Places
from geo.analysis.readiness.wording import conflict_sentence
from geo.edit.assign import OVER, current_assignments
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.vocabulary import GroupKind
from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.edit.reading import PlanRows
    from geo.progress import Progress


class Trial:
    """Tries duties that nobody has yet."""

    def __init__(self, plan: PlanRows, operation_id: str) -> None:
        """Measure what can be asked later, so that nobody waits for it then."""
        self._plan = plan
        self._distances = Distances(Places(plan).of)
        self._board = Board(plan, self._distances)
        self._operation = plan.find(Operation, operation_id)
        for zone in plan.all(Zone):
            if zone.operation_id == operation_id:
                self._distances.places(zone)

    def meets(
        self, team: Team, zone: Zone, period_id: str = "", *, leaving: str = ""
    ) -> Conflict | None:
        """Return what a team would meet in a zone, or None.

        Args:
            team: The team.
            zone: The zone that it would have.
            period_id: The period; empty is the whole operation.
            leaving: The assignment that it would leave for it.
        """
        if self._operation is None:
            return None
        periods = tuple(p for p in self._operation.periods if period_id in {"", p.id})
        tried = Duty(leaving, zone, team, self._operation, periods, period_id)
        for other in self._board.beside(tried):
            why = meeting(tried, other, self._distances)
            if why is not None:
                met = Met(tried, other, why)
                return Conflict(
                    what=why.what,
                    assignment_ids=(other.assignment_id,),
                    zone_ids=(zone.id, other.zone.id),
                    params=params_of(met),
                )
        return None

    def load(self, team_id: str) -> int:
        """Return how many duties a team has, in all operations."""
        return self._board.load(team_id)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a worker found out about an operation."""

    operation_id: str
    conflicts: tuple[Conflict, ...]
    trial: Trial


def find(plan: PlanRows, operation_id: str, progress: Progress) -> Findings:
    """Look for the conflicts of an operation and make what tries others.

    Raises:
        CancelledError: The user asked to stop.
    """
    found = conflicts(plan, operation_id, progress=progress)
    progress.step(0, 0, "readiness.step.conflicts")
    return Findings(operation_id, found, Trial(plan, operation_id))


@dataclass(frozen=True, slots=True)
class Fitness:
    """How well a team would fit into a cell.

    Attributes:
        conflict: What it would meet, or None.
        missing: Its mandatory groups that are empty.
        away: It is of another province.
        load: How many duties it has already.
        here: It is there already.
    """

    team: Team
    conflict: Conflict | None
    missing: tuple[GroupKind, ...]
    away: bool
    load: int
    here: bool = False

    @property
    def rank(self) -> tuple[object, ...]:
        """The better, the lower."""
        return (
            self.here,
            self.conflict is not None,
            len(self.missing),
            self.away,
            self.load,
            self.team.name,
        )


def fitting(
    plan: PlanRows, trial: Trial | None, zone: Zone, period_id: str, *, leaving: str = ""
) -> tuple[Fitness, ...]:
    """Return every team with how well it would fit, the best first.

    Without a trial (it is not made yet) conflicts are left out.
    """
    operation = plan.find(Operation, zone.operation_id)
    province = operation.province_code if operation is not None else ""
    loads = Counter(a.team_id for a in plan.all(Assignment) if a.state not in OVER)
    own = [d for d in current_assignments(plan, zone.id) if d.period_id == period_id]
    there = {d.team_id for d in own}
    found = [
        Fitness(
            team=team,
            conflict=trial.meets(team, zone, period_id, leaving=leaving) if trial else None,
            missing=team.empty_mandatory_groups(),
            away=bool(team.province_code and province and team.province_code != province),
            load=trial.load(team.id) if trial else loads[team.id],
            here=team.id in there,
        )
        for team in plan.all(Team)
    ]
    return tuple(sorted(found, key=lambda f: f.rank))


def reason(fit: Fitness) -> str:
    """Return in words why a team stands where it stands in the list."""
    if fit.here:
        return tr("board.fit.here")
    if fit.conflict is not None:
        return conflict_sentence(fit.conflict, i18n.language())
    if fit.missing:
        groups = ", ".join(i18n.label(kind) for kind in fit.missing)
        return tr("board.fit.missing", groups=groups)
    if fit.away:
        return tr("board.fit.away")
    if fit.load:
        return tr("board.fit.load", n=i18n.number(fit.load))
    return tr("panel.team.free")


def conflicted(found: tuple[Conflict, ...]) -> Mapping[str, str]:
    """Return assignment id → its first conflict as a sentence."""
    marks: dict[str, str] = {}
    for conflict in found:
        for assignment_id in conflict.assignment_ids:
            marks.setdefault(assignment_id, conflict_sentence(conflict, i18n.language()))
    return marks
