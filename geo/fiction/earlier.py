"""An operation of the spring that is over, so that there is something to look back upon."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import shapely

from geo.clock import CAMBODIA_TIME
from geo.edit.assign import assign_team, current_assignments, step_assignment
from geo.edit.inspections import inspect
from geo.edit.operations import add_operation, step_operation
from geo.edit.zone_steps import step_zone
from geo.edit.zones import draw_zone
from geo.fiction.operations import (
    COMMANDER,
    ENDS,
    LIMITS,
    PROVINCES,
    PROVINCES_KM,
    STARTS,
    TASKS,
    Story,
    sites_in,
)
from geo.fiction.signing import sign, signed_in
from geo.model.command import Operation, Zone, new_period
from geo.model.entity import Kind
from geo.model.result import Inspection
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState
from resources.demo.allegations import LAST_DAY as LAST_TOLD
from resources.demo.border import OVER_DAYS
from resources.demo.sites import LAST_DAY

if TYPE_CHECKING:
    from geo.model.plan import User
    from geo.project import Project

PROVINCE: Final = "01"
GROUND: Final = (102.553, 13.648, 102.585, 13.678)
"""West, south, east, north of its one zone, around a town at a gate."""
AGO: Final = timedelta(days=OVER_DAYS) + (LAST_DAY - LAST_TOLD)
NAME: Final = (
    f"{PROVINCES_KM[PROVINCE]}៖ ប្រតិបត្តិការចាស់សាកល្បង / {PROVINCES[PROVINCE]}: earlier demo operation"
)
ZONE_NAME: Final = "ក ក្រុងច្រកទ្វារ (សាកល្បង) / A Gate town (demo)"
PERIOD_NAME: Final = "ថ្ងៃសាកល្បង / Demo day"
VISITS: Final = (time(6, 20), time(8, 0), time(9, 40), time(11, 0))
FOUND: Final = "សាកល្បង៖ បានសុំមើលឯកសារ / Demo: papers were asked for"


def earlier_operation(project: Project, governor: User, later: Story, day: date) -> None:
    """Let an operation happen that was over long before the plan is built.

    Args:
        project: The plan, with its planner signed in.
        governor: Releases and completes it.
        later: The province's operation of today; its first team goes in here too.
        day: The day on which the plan is built.
    """
    on = day - AGO
    period = new_period(PERIOD_NAME, datetime.combine(on, STARTS), datetime.combine(on, ENDS))
    operation = Operation(
        name=NAME,
        province_code=PROVINCE,
        periods=(period,),
        commander=COMMANDER,
        limits=LIMITS,
    )
    project.commit(add_operation(project, operation))
    outline = shapely.box(*GROUND)
    project.commit(draw_zone(project, outline, ZONE_NAME, operation_id=operation.id))
    zone_id = next(z.id for z in project.all(Zone) if z.operation_id == operation.id)
    team_id, leader = later.teams[0], later.leaders[0]
    project.commit(assign_team(project, zone_id, team_id, period.id, TASKS))
    story = Story(PROVINCE, operation.id, (zone_id,), (team_id,), (leader,))
    sign(project, governor, story, on)
    with signed_in(project, governor):
        project.commit(step_operation(project, operation.id, OperationState.ACTIVE))
    with signed_in(project, leader):
        _go_in(project, zone_id, on)
    with signed_in(project, governor):
        project.commit(step_operation(project, operation.id, OperationState.COMPLETED))


def _go_in(project: Project, zone_id: str, on: date) -> None:
    project.commit(step_zone(project, zone_id, ZoneState.ACTIVE))
    (duty,) = (a.id for a in current_assignments(project, zone_id))
    project.commit(step_assignment(project, duty, AssignmentState.UNDER_WAY))
    sites = project.table(Kind.SITE)
    rows = sites_in(project, project.get(Zone, zone_id).outline)
    for number, (row, at) in enumerate(zip(rows, VISITS, strict=False), start=1):
        inspection = Inspection(
            site_id=str(sites.ids[row]),
            assignment_id=duty,
            inspected_at=datetime.combine(on, at, CAMBODIA_TIME),
            findings=FOUND,
            reference=f"DEMO-F-{PROVINCE}-0-{number}",
        )
        project.commit(inspect(project, inspection, {}))
    for state in (AssignmentState.COMPLETED, AssignmentState.DEBRIEFED):
        project.commit(step_assignment(project, duty, state))
    project.commit(step_zone(project, zone_id, ZoneState.COMPLETED))
