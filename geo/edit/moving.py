"""Moving a team from one zone or period to another: one act, not two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.assign import assign_team, unassign
from geo.edit.reading import PlanAfter
from geo.edit.teams import team_of
from geo.edit.zones import zone_of
from geo.errors import InputError
from geo.model.command import Assignment

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows


def move_assignment(plan: PlanRows, assignment_id: str, zone_id: str, period_id: str = "") -> Edit:
    """Return the edit that takes a team from where it is and gives it another zone or period.

    What it leaves is taken back, or aborted where it was accepted already; whoever has the zone
    that it gets is replaced. Its tasks go with it.

    Args:
        plan: The plan.
        assignment_id: What the team has now.
        zone_id: The zone that it gets; may be the same.
        period_id: A period of that zone's operation; empty is the whole operation.

    Raises:
        InputError: It is gone, the team is there already, or it cannot be taken back or given; see
            `unassign` and `assign_team`.
        NotAllowedError: The operation was released, and who is signed in is no commander.
    """
    taken = unassign(plan, assignment_id)
    old = plan.get(Assignment, assignment_id)
    if (old.zone_id, old.period_id) == (zone_id, period_id):
        zone, team = zone_of(plan, zone_id), team_of(plan, old.team_id)
        raise InputError("error.assign.already", zone=zone.name, team=team.name)
    given = assign_team(
        PlanAfter(plan, taken.deltas), zone_id, old.team_id, period_id, tasks=old.tasks
    )
    return replace(
        given, deltas=(*taken.deltas, *given.deltas), barrier=taken.barrier or given.barrier
    )
