"""The plan of the stage on its day: an operation that runs, a team that went in, the fine rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.model.command import (
    Assignment,
    Authorisation,
    Coordination,
    Operation,
    Team,
    TeamGroup,
    Zone,
)
from geo.model.result import FineRate
from geo.model.vocabulary import (
    AssignmentState,
    CoordinationAuthority,
    CoordinationResult,
    FineBasis,
    GroupKind,
    OperationState,
    Violation,
    ZoneState,
)
from tests.gui.stage import DEPUTY

DUTY_ID = "duty-1"
RATES = (
    FineRate(
        id="rate-1",
        violation=Violation.FORCED_OVERTIME.value,
        amount_riel=1_680_000,
        basis=FineBasis.PER_WORKER,
        applies_from=date(2022, 1, 1),
        source="Demo law",
    ),
    FineRate(
        id="rate-2",
        violation=Violation.DETAINED_AND_FORCED_TO_WORK.value,
        amount_riel=2_620_000,
        basis=FineBasis.PER_CASE,
        applies_from=date(2022, 1, 1),
        source="Demo law",
    ),
)


def go(
    project,
    duty: AssignmentState = AssignmentState.UNDER_WAY,
    zone: ZoneState = ZoneState.ACTIVE,
    operation: OperationState = OperationState.ACTIVE,
):
    """Bring the plan to its day, past the gate: the acts that lead there have their own tests."""
    raid, area = project.get(Operation, "operation-1"), project.get(Zone, "zone-1")
    team = project.get(Team, "team-1")
    groups = (TeamGroup(GroupKind.VICTIM_SUPPORT), TeamGroup(GroupKind.MINUTES, "Chief", "", 2))
    led = replace(team, lead_user_id=DEPUTY.id, contact="Channel 3 (demo)", groups=groups)
    given = Assignment(
        id=DUTY_ID,
        zone_id=area.id,
        team_id=team.id,
        period_id=raid.periods[0].id,
        state=duty,
        accepted_by=DEPUTY.id,
    )
    first, last = raid.periods[0], raid.periods[-1]
    agreed = Coordination(
        operation_id=raid.id,
        authority=CoordinationAuthority.COURT_PROSECUTOR,
        asked_on=first.starts.date(),
        replied_on=first.starts.date(),
        result=CoordinationResult.AGREED,
        reference="P-1 (demo)",
        authorisation=Authorisation(zone_id=area.id, valid_from=first.starts, valid_to=last.ends),
    )
    deltas = (
        updating(team, led),
        updating(raid, replace(raid, state=operation)),
        updating(area, replace(area, operation_id=raid.id, state=zone)),
        inserting([given]),
        inserting([agreed]),
        inserting(list(RATES)),
    )
    edit = Edit(verb=Verb.RELEASE_OPERATION, deltas=deltas, barrier=True)
    project.absorb(project.store.commit(edit))
