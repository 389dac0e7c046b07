"""A small fictional operation: one zone, its team, the prosecutor's answer, and every role."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from shapely import box

from geo.clock import today
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
    new_period,
)
from geo.model.entity import LonLat
from geo.model.plan import User
from geo.model.site import Site, StatusDecision
from geo.model.support import SupportUnit
from geo.model.vocabulary import (
    MANDATORY_GROUPS,
    AssignmentState,
    CoordinationAuthority,
    CoordinationResult,
    LegalStatus,
    OperationState,
    Precision,
    Role,
    VehicleKind,
    ZoneState,
)
from tests.gui.stage import ANALYST, DEPUTY, PLANNER, plan_store, services_for

GOVERNOR = User(id="u-governor", name="Demo Governor", role=Role.GOVERNOR, office="Governor (demo)")
AUDITOR = User(id="u-auditor", name="Demo Auditor", role=Role.AUDITOR)
OWN_GOVERNOR = User(id="u-own-governor", name="Demo Governor Who Proposed", role=Role.GOVERNOR)
OTHER_DEPUTY = User(id="u-other-deputy", name="Demo Other Deputy", role=Role.DEPUTY_GOVERNOR)
LATECOMERS = (GOVERNOR, AUDITOR, OWN_GOVERNOR, OTHER_DEPUTY)
EVERYBODY = (PLANNER, DEPUTY, ANALYST, *LATECOMERS)
TOMORROW = datetime.combine(today() + timedelta(days=1), time(6))
DAY = new_period("Day 1", TOMORROW, TOMORROW + timedelta(hours=12))
LATER = new_period("Night", TOMORROW + timedelta(hours=14), TOMORROW + timedelta(hours=18))
RAID = Operation(
    id="raid",
    name="Demo raid",
    province_code="18",
    commander="Commander (demo)",
    periods=(DAY,),
    ministry_guidance="Letter 1 (demo)",
    proposed_by=PLANNER.id,
    made_by=PLANNER.id,
)
GROUND = box(103.70, 10.60, 103.75, 10.65)
RAID_ZONE = Zone(id="raid-zone", name="Demo East", outline=GROUND, operation_id="raid")
RAID_SITE = Site(
    id="raid-site",
    code="DEMO-900",
    name_en="Demo Plum Factory",
    point=LonLat(103.72, 10.62),
    precision=Precision.POINT,
    accuracy_m=10.0,
    legal_status=LegalStatus.LEGAL,
    visited_on=today(),
)
DECISION = StatusDecision(
    site_id="raid-site",
    from_status=LegalStatus.UNVERIFIED,
    to_status=LegalStatus.LEGAL,
    reason="Licence seen (demo)",
    authority_id="commerce",
    document="D-1 (demo)",
    decided_on=today(),
    recorded_at=datetime.now(UTC),
    decided_by=PLANNER.id,
)
RAID_TEAM = Team(
    id="raid-team",
    name="Demo Raid Team",
    short_name="RT",
    lead_user_id=DEPUTY.id,
    groups=tuple(TeamGroup(kind, "Chief (demo)", "Task", 3) for kind in MANDATORY_GROUPS),
)
DUTY = Assignment(id="raid-duty", zone_id="raid-zone", team_id="raid-team")
SUPPORT = (
    SupportUnit(id="car", name="A1", kind=VehicleKind.AMBULANCE, point=LonLat(103.71, 10.61)),
    SupportUnit(id="pump", name="F1", kind=VehicleKind.FIRE_TRUCK, point=LonLat(103.71, 10.61)),
)
ASKED = Coordination(
    id="asked",
    operation_id="raid",
    authority=CoordinationAuthority.COURT_PROSECUTOR,
    asked_on=today() - timedelta(days=9),
    due_on=today() - timedelta(days=2),
)
GIVEN = replace(
    ASKED,
    replied_on=today(),
    result=CoordinationResult.AGREED,
    reference="P-1 (demo)",
    authorisation=Authorisation(
        zone_id="raid-zone",
        valid_from=TOMORROW - timedelta(days=1),
        valid_to=TOMORROW + timedelta(days=2),
        hours_from=time(6),
        hours_to=time(19),
    ),
)
_ZONE_STATES = {
    OperationState.SUBMITTED: ZoneState.COORDINATED,
    OperationState.RELEASED: ZoneState.READY,
    OperationState.ACTIVE: ZoneState.READY,
    OperationState.COMPLETED: ZoneState.COMPLETED,
}


def command_store(state=OperationState.DRAFT, *, coordination=GIVEN, support=SUPPORT, **of_raid):
    """Return a store with the operation in a state, as if others had brought it there."""
    store = plan_store()
    raid = replace(RAID, state=state, **of_raid)
    zone = replace(RAID_ZONE, state=_ZONE_STATES.get(state, ZoneState.DRAFT))
    duty = replace(
        DUTY,
        state=AssignmentState.DRAFT if state is OperationState.DRAFT else AssignmentState.PREPARED,
    )
    rows = [LATECOMERS, (raid,), (zone,), (RAID_SITE,), (DECISION,), (RAID_TEAM,), (duty,)]
    rows += [(coordination,)] if coordination is not None else []
    rows += [support] if support else []
    store.commit(
        Edit(
            verb=Verb.IMPORT,
            params={"file": "raid.csv"},
            deltas=tuple(inserting(group) for group in rows),
            actor=PLANNER.id,
            barrier=True,
        )
    )
    return store


def change(store, old, new):
    """Bring a row into another state behind everybody's back."""
    store.commit(Edit(verb=Verb.IMPORT, deltas=(updating(old, new),), actor=PLANNER.id))


def open_as(make_window, qtbot, tmp_path, store, user, *, workspace="plan"):
    """Return the window over a store with somebody signed in, looking at the operation."""
    made = make_window(services_for(tmp_path, store, keys=tuple(u.id for u in EVERYBODY)))
    open_in(made, qtbot)
    look_as(made, qtbot, user, workspace=workspace)
    return made


def open_in(window, qtbot):
    """Open the plan in a window, whatever was open in it."""
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        window.open_plan(Path("raid.gpkg"))


def look_as(window, qtbot, user, *, workspace="plan"):
    """Sign somebody in and look at the operation."""
    window.session.act_as(user)
    window.workbench.show_workspace(workspace)
    window.workbench.desk.moment.look_at("raid")
    qtbot.waitUntil(lambda: window.workbench.plan.operation_card.operation_id == "raid")
