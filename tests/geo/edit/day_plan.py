"""An operation on its day: a zone, a team that accepted, three sites, and who does what."""

from __future__ import annotations

from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.command import Assignment, Operation, Team, TeamGroup, Zone
from geo.model.vocabulary import AssignmentState, GroupKind, OperationState, ZoneState

TEAM = Team(
    id="gold",
    name="Gold",
    groups=(
        TeamGroup(GroupKind.MINUTES, "Chief", "Minutes", 2),
        TeamGroup(GroupKind.VICTIM_SUPPORT),
    ),
)
DAY_OF = Operation(id="day", name="The day", state=OperationState.ACTIVE)
ZONE = Zone(
    id="north",
    name="North",
    outline=box(103.5, 10.6, 103.55, 10.65),
    operation_id="day",
    state=ZoneState.ACTIVE,
)
DUTY = Assignment(id="duty", zone_id="north", team_id="gold", state=AssignmentState.UNDER_WAY)


def on_the_day(plan):
    """Bring about what acts of others led to."""
    rows = ([TEAM], [DAY_OF], [ZONE], [DUTY])
    plan.stands(Edit(verb=Verb.ASSIGN_TEAM, deltas=tuple(inserting(r) for r in rows)))
    return plan
