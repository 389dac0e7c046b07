"""Conflicts of the assignments of all operations, and what could be done instead.

What is proposed was tried by the same rule that found the conflict: it brings no new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.analysis.readiness.duties import Distances, Duty, Meeting, duties_of, keys_of, meeting
from geo.analysis.readiness.inside import zones_of
from geo.analysis.readiness.places import Places
from geo.analysis.readiness.support import FAR, far_params, reaches
from geo.analysis.readiness.travel import whole
from geo.model.command import Operation, Team
from geo.model.gaps import GapCode
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.edit.reading import PlanRows
    from geo.progress import Progress

MOST_ALTERNATIVES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What could be done instead: another team, another period, or a support unit moved nearer.

    Attributes:
        assignment_id: The assignment to change; empty for support.
        team_id: The team instead, or empty.
        period_id: The period instead, or empty.
        unit_id: The support unit, or empty.
        minutes: Its drive to the worst place of the zone; 0 for teams and periods.
    """

    assignment_id: str = ""
    team_id: str = ""
    period_id: str = ""
    unit_id: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two duties that cannot both be, or a zone with support too far away.

    Attributes:
        what: Its code in the catalogue, with `params` as the values and a count of 1.
        assignment_ids: The two, the lower id first; of support those of the zone.
        zone_ids: Their zones, in the same order; of support the one zone.
        alternatives: The best first.
    """

    what: GapCode
    assignment_ids: tuple[str, ...]
    zone_ids: tuple[str, ...]
    params: Mapping[str, str | int] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()


class Met(NamedTuple):
    """Two duties and why they cannot both be."""

    first: Duty
    second: Duty
    why: Meeting


class Board:
    """All duties of a plan, looked up by what they need."""

    def __init__(self, plan: PlanRows, distances: Distances) -> None:
        """Read them; the plan's tables never change."""
        self.duties = sorted(duties_of(plan), key=lambda d: d.assignment_id)
        self._distances = distances
        self._by: dict[tuple[str, str], list[Duty]] = defaultdict(list)
        for duty in self.duties:
            for key in keys_of(duty.team):
                self._by[key].append(duty)

    def meetings(self, operation_id: str, progress: Progress) -> tuple[Met, ...]:
        """Return every pair that cannot both be and of which one is of the operation, once."""
        found = []
        own = [d for d in self.duties if d.operation.id == operation_id]
        for number, duty in enumerate(own):
            progress.step(number, len(own), "readiness.step.conflicts")
            for other in self.beside(duty):
                if other.operation.id == operation_id and other.assignment_id < duty.assignment_id:
                    continue  # found from the other one's side
                first, second = sorted((duty, other), key=lambda d: d.assignment_id)
                why = meeting(first, second, self._distances)
                if why is not None:
                    found.append(Met(first, second, why))
        return tuple(found)

    def beside(self, duty: Duty) -> Iterable[Duty]:
        """Return the other duties that may need the same as this one, each once."""
        near = (d for key in keys_of(duty.team) for d in self._by.get(key, ()))
        others = {d.assignment_id: d for d in near if d.assignment_id != duty.assignment_id}
        return others.values()

    def free(self, duty: Duty) -> bool:
        """Tell whether a duty that is only tried, in place of its assignment, meets no other."""
        return all(meeting(duty, d, self._distances) is None for d in self.beside(duty))

    def load(self, team_id: str) -> int:
        """Return how many duties a team has."""
        return len(self._by.get(("team", team_id), ()))


def conflicts(
    plan: PlanRows, operation_id: str, *, progress: Progress | None = None
) -> tuple[Conflict, ...]:
    """Return the conflicts of an operation with all operations of the plan, itself included.

    Args:
        plan: The plan; its tables never change, so that a worker thread may read them.
        operation_id: The operation.
        progress: Told of each step, and asked whether to go on.

    Raises:
        CancelledError: The user asked to stop.
    """
    step = progress or NoProgress()
    distances = Distances(Places(plan).of)
    board = Board(plan, distances)
    tried = _Alternatives(plan, board, operation_id)
    found = [
        Conflict(
            what=met.why.what,
            assignment_ids=(met.first.assignment_id, met.second.assignment_id),
            zone_ids=(met.first.zone.id, met.second.zone.id),
            params=params_of(met),
            alternatives=tried.of(met),
        )
        for met in board.meetings(operation_id, step)
    ]
    return (*found, *_too_far(plan, operation_id, distances, board))


def params_of(met: Met) -> dict[str, str | int]:
    """Return the values for the sentence of a conflict."""
    return {
        "name": met.why.named,
        "zone": met.first.zone.name,
        "other": met.second.zone.name,
        "period": met.why.first.name,
        "other_period": met.why.second.name,
        "minutes": met.why.minutes,
        "needed": met.why.needed,
    }


Ranked = tuple[tuple[float, ...], str, Alternative]
"""How good an alternative is, lower is better; its name, for equals; and itself."""


class _Alternatives:
    """What could be done instead of a duty, tried once for each duty."""

    def __init__(self, plan: PlanRows, board: Board, operation_id: str) -> None:
        self._board, self._operation_id = board, operation_id
        self._teams = [t for t in plan.all(Team) if not t.empty_mandatory_groups()]
        self._taken: dict[str, set[str]] = defaultdict(set)
        for duty in board.duties:
            self._taken[duty.zone.id] |= {p.id for p in duty.periods}
        self._known: dict[str, tuple[Ranked, ...]] = {}

    def of(self, met: Met) -> tuple[Alternative, ...]:
        """Return what could be done instead of one of two duties, the best first."""
        own = [d for d in (met.first, met.second) if d.operation.id == self._operation_id]
        ranked = [entry for duty in own for entry in self._instead(duty)]
        return tuple(a for _, _, a in sorted(ranked, key=lambda e: e[:2]))[:MOST_ALTERNATIVES]

    def _instead(self, duty: Duty) -> tuple[Ranked, ...]:
        if duty.assignment_id not in self._known:
            ranked = (*self._other_teams(duty), *self._other_periods(duty))
            self._known[duty.assignment_id] = ranked
        return self._known[duty.assignment_id]

    def _other_teams(self, duty: Duty) -> Iterable[Ranked]:
        """Yield the teams that could do it: of the same province and with least to do first."""
        for team in self._teams:
            tried = replace(duty, team=team)
            if team.id != duty.team.id and self._board.free(tried):
                away = team.province_code != duty.operation.province_code
                rank = (0.0, float(away), float(self._board.load(team.id)))
                yield (
                    rank,
                    team.name,
                    Alternative(assignment_id=duty.assignment_id, team_id=team.id),
                )

    def _other_periods(self, duty: Duty) -> Iterable[Ranked]:
        """Yield the periods to which it could be put off or brought forward, the nearest first."""
        if not duty.period_id:
            return  # the whole operation has no other time
        (now,) = duty.periods
        for period in duty.operation.periods:
            tried = replace(duty, periods=(period,))
            if period.id not in self._taken[duty.zone.id] and self._board.free(tried):
                away = abs((period.starts - now.starts).total_seconds())
                yield (
                    (1.0, 0.0, away),
                    period.name,
                    Alternative(assignment_id=duty.assignment_id, period_id=period.id),
                )


def _too_far(
    plan: PlanRows, operation_id: str, distances: Distances, board: Board
) -> Iterable[Conflict]:
    operation = plan.find(Operation, operation_id)
    if operation is None:
        return
    for zone in zones_of(plan, operation_id):
        duties = [d.assignment_id for d in board.duties if d.zone.id == zone.id]
        for reach in reaches(plan, distances.places(zone), operation.limits):
            if reach.near:
                continue
            nearest = tuple(
                Alternative(unit_id=d.unit.id, minutes=whole(d.minutes))
                for d in reach.drives[:MOST_ALTERNATIVES]
            )
            yield Conflict(
                what=FAR[reach.kind],
                assignment_ids=tuple(duties),
                zone_ids=(zone.id,),
                params={"zone": zone.name, **far_params(reach)},
                alternatives=nearest,
            )
