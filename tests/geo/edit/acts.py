"""The acts from a draft to a released operation, each by the user whose right it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from shapely import box

from geo.edit.assign import accept, assign_team, step_assignment
from geo.edit.coordination import record_coordination
from geo.edit.operations import add_operation, step_operation, submit_operation
from geo.edit.overrides import override_gap
from geo.edit.teams import edit_team
from geo.edit.zone_steps import step_zone
from geo.edit.zones import draw_zone
from geo.model.command import (
    Assignment,
    Authorisation,
    Coordination,
    Operation,
    Period,
    Team,
    Zone,
)
from geo.model.vocabulary import (
    AssignmentState,
    CoordinationAuthority,
    CoordinationResult,
    OperationState,
    Role,
    ZoneState,
)
from geo.releasing import release, standing_gaps
from tests.geo.edit.people import USERS

if TYPE_CHECKING:
    from geo.project import Project

OPERATION, DAY = "sweep", date(2022, 9, 1)
REASON = "The governor goes ahead knowing of this gap"
DAY_1 = Period("day-1", "Day 1", datetime(2022, 9, 20, 6), datetime(2022, 9, 20, 18))  # noqa: DTZ001 - local


def by(plan: Project, role: Role) -> None:
    plan.user = USERS[role]


def operation(plan: Project) -> Operation:
    return plan.get(Operation, OPERATION)


def zone(plan: Project) -> Zone:
    return next(z for z in plan.all(Zone) if z.operation_id == OPERATION)


def duty(plan: Project) -> Assignment:
    return next(a for a in plan.all(Assignment) if a.zone_id == zone(plan).id)


def drafted(plan: Project, role: Role = Role.PLANNER) -> None:
    """An operation with a zone and a team that a deputy governor leads."""
    by(plan, role)
    plan.commit(add_operation(plan, Operation(id=OPERATION, name="Sweep", periods=(DAY_1,))))
    plan.commit(draw_zone(plan, box(103.6, 10.7, 103.65, 10.75), "Harbour", operation_id=OPERATION))
    red = next(t for t in plan.all(Team) if t.name == "Red")
    by(plan, Role.PLANNER)
    leader = USERS[Role.DEPUTY_GOVERNOR].id
    plan.commit(edit_team(plan, replace(red, lead_user_id=leader)))
    plan.commit(assign_team(plan, zone(plan).id, red.id))


def submitted(plan: Project, role: Role = Role.PLANNER) -> None:
    drafted(plan)
    by(plan, role)
    plan.commit(submit_operation(plan, OPERATION))


def authorisation(plan: Project) -> Authorisation:
    return Authorisation(
        zone_id=zone(plan).id,
        valid_from=datetime(2022, 9, 1),  # noqa: DTZ001 - local
        valid_to=datetime(2022, 10, 1),  # noqa: DTZ001 - local
        hours_from=time(5),
        hours_to=time(20),
    )


def answer(plan: Project, **changes: object) -> Coordination:
    """The prosecutor's agreed authorisation of the zone."""
    told = Coordination(
        operation_id=OPERATION,
        authority=CoordinationAuthority.COURT_PROSECUTOR,
        asked_on=DAY,
        replied_on=DAY,
        reference="N-1",
        result=CoordinationResult.AGREED,
        authorisation=authorisation(plan),
    )
    return replace(told, **changes)


def coordinated(plan: Project, role: Role = Role.PLANNER) -> None:
    submitted(plan, role)
    by(plan, Role.PLANNER)
    plan.commit(record_coordination(plan, answer(plan)))


def overridden(plan: Project) -> None:
    """The governor takes every gap upon himself that can be."""
    by(plan, Role.GOVERNOR)
    names = {z.name: z.id for z in plan.all(Zone)}
    for place, what in standing_gaps(plan, OPERATION):
        plan.commit(override_gap(plan, OPERATION, names.get(place, ""), what, REASON))


def released(plan: Project) -> None:
    coordinated(plan)
    overridden(plan)
    plan.commit(release(plan, OPERATION))


def accepted(plan: Project) -> None:
    released(plan)
    by(plan, Role.DEPUTY_GOVERNOR)
    plan.commit(accept(plan, duty(plan).id))


def under_way(plan: Project) -> None:
    accepted(plan)
    plan.commit(step_operation(plan, OPERATION, OperationState.ACTIVE))
    plan.commit(step_zone(plan, zone(plan).id, ZoneState.ACTIVE))
    plan.commit(step_assignment(plan, duty(plan).id, AssignmentState.UNDER_WAY))


def completed(plan: Project) -> None:
    under_way(plan)
    plan.commit(step_assignment(plan, duty(plan).id, AssignmentState.COMPLETED))
    plan.commit(step_zone(plan, zone(plan).id, ZoneState.COMPLETED))
    plan.commit(step_operation(plan, OPERATION, OperationState.COMPLETED))
