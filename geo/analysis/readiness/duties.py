"""Duties: who is where, and from when to when; and what keeps two of them apart.

The one rule that conflicts are found by, and by which alternatives are tried. It is symmetric: of
two operations with different limits the stricter ones hold for what they share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.analysis.readiness.travel import apart_m, minutes_of, whole
from geo.edit.assign import OVER
from geo.edit.zones import SETTLED
from geo.formats.text import normalise, squeezed
from geo.model.command import Assignment, Limits, Operation, Period, Team, Zone
from geo.model.gaps import GapCode
from geo.model.vocabulary import ZoneState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows

ENDED: Final = frozenset({ZoneState.COMPLETED, ZoneState.REVIEWED, ZoneState.CANCELLED})
_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Duty:
    """A team in a zone for some periods.

    Attributes:
        assignment_id: The assignment, or empty for one that is only tried.
        periods: When; an assignment for the whole operation holds in all of its periods.
        period_id: Of its one period; empty for the whole operation.
    """

    assignment_id: str
    zone: Zone
    team: Team
    operation: Operation
    periods: tuple[Period, ...]
    period_id: str = ""


class Meeting(NamedTuple):
    """Why two duties cannot both be.

    Attributes:
        what: Team, leader or vehicle twice, or no time between.
        first: Period of the first duty.
        second: Period of the second duty.
        named: The team, leader or vehicle that both need.
        minutes: What there is between the two; 0 if they overlap.
        needed: What the drive and the notice take; 0 if they overlap.
    """

    what: GapCode
    first: Period
    second: Period
    named: str
    minutes: int = 0
    needed: int = 0


class Distances:
    """Metres between the worst places of two zones, each pair measured once."""

    def __init__(self, places: Callable[[Zone], NDArray[np.float64]]) -> None:
        """Keep how the far places of a zone are found."""
        self._find = places
        self._places: dict[str, NDArray[np.float64]] = {}
        self._known: dict[tuple[str, str], float] = {}

    def between(self, first: Zone, second: Zone) -> float:
        """Return the metres; within one zone nobody travels."""
        if first.id == second.id:
            return 0.0
        key = (min(first.id, second.id), max(first.id, second.id))
        if key not in self._known:
            self._known[key] = apart_m(self.places(first), self.places(second))
        return self._known[key]

    def places(self, zone: Zone) -> NDArray[np.float64]:
        """Return the places of a zone of which one is the farthest from anywhere outside."""
        if zone.id not in self._places:
            self._places[zone.id] = self._find(zone)
        return self._places[zone.id]


def duties_of(plan: PlanRows) -> tuple[Duty, ...]:
    """Return every duty of the plan that is still to be done, of all operations."""
    operations = {o.id: o for o in plan.all(Operation) if o.state not in SETTLED}
    zones = {
        z.id: z for z in plan.all(Zone) if z.operation_id in operations and z.state not in ENDED
    }
    teams = {t.id: t for t in plan.all(Team)}
    found = []
    for a in plan.all(Assignment):
        if a.state in OVER or a.zone_id not in zones or a.team_id not in teams:
            continue
        operation = operations[zones[a.zone_id].operation_id]
        periods = periods_of(a, operation)
        found.append(
            Duty(a.id, zones[a.zone_id], teams[a.team_id], operation, periods, a.period_id)
        )
    return tuple(found)


def periods_of(assignment: Assignment, operation: Operation) -> tuple[Period, ...]:
    """Return the periods of an assignment: its own, or all of the operation's."""
    wanted = assignment.period_id
    return tuple(p for p in operation.periods if not wanted or p.id == wanted)


def meeting(a: Duty, b: Duty, distances: Distances) -> Meeting | None:
    """Return why two duties cannot both be, the weightiest reason, or None if they can.

    Periods that touch do not overlap; then only the time to travel counts.
    """
    shared = shared_by(a.team, b.team)
    if shared is None or a.zone.id == b.zone.id:
        return None
    what, named = shared
    limits = stricter(a.operation.limits, b.operation.limits)
    worst: Meeting | None = None
    for p in a.periods:
        for q in b.periods:
            if p.starts < q.ends and q.starts < p.ends:
                return Meeting(what, p, q, named)
            late, early = max(p.starts, q.starts), min(p.ends, q.ends)
            between = (late - early).total_seconds() / _MINUTE
            if worst is not None and between >= worst.minutes:
                continue
            drive = minutes_of(distances.between(a.zone, b.zone), limits)
            needed = drive + limits.notice_minutes
            if between < needed:
                worst = Meeting(GapCode.NO_TIME_BETWEEN, p, q, named, int(between), whole(needed))
    return worst


def shared_by(a: Team, b: Team) -> tuple[GapCode, str] | None:
    """Return what two duties of these teams would both need: the team, its leader or a vehicle."""
    if a.id == b.id:
        return GapCode.TEAM_TWICE, a.name
    if _same_leader(a, b):
        return GapCode.LEADER_TWICE, a.lead.strip() or b.lead.strip() or a.name
    vehicles = {(v.kind, _plate(v.name)): v.name.strip() for v in a.vehicles if _plate(v.name)}
    both = vehicles.keys() & {(v.kind, _plate(v.name)) for v in b.vehicles}
    if both:
        return GapCode.VEHICLE_TWICE, vehicles[min(both)]
    return None


def keys_of(team: Team) -> Iterable[tuple[str, str]]:
    """Yield by what a team is looked up among those with which it may share something."""
    yield "team", team.id
    if team.lead_user_id:
        yield "user", team.lead_user_id
    if team.lead.strip():
        yield "lead", _folded(team.lead)
    for vehicle in team.vehicles:
        if plate := _plate(vehicle.name):
            yield vehicle.kind.value, plate


def stricter(a: Limits, b: Limits) -> Limits:
    """Return the limits that hold between duties of two operations: slower, and more notice."""
    return Limits(
        speed_kmh=min(a.speed_kmh, b.speed_kmh),
        notice_minutes=max(a.notice_minutes, b.notice_minutes),
    )


def _same_leader(a: Team, b: Team) -> bool:
    """Tell whether one person leads both: by the user, else by the same office or title."""
    if a.lead_user_id and b.lead_user_id:
        return a.lead_user_id == b.lead_user_id
    return bool(a.lead.strip()) and _folded(a.lead) == _folded(b.lead)


def _folded(name: str) -> str:
    return normalise(name)


def _plate(name: str) -> str:
    """Return what a vehicle is called by: ២A-១២៣៤, 2a 1234 and 2A1234 are one."""
    return squeezed(name)
