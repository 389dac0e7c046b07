"""Whatever anybody does in whatever order, nobody releases his own proposal, or over a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import box

from geo.edit.assign import accept, assign_team, step_assignment
from geo.edit.coordination import record_coordination
from geo.edit.edit import Edit, inserting, updating
from geo.edit.operations import (
    add_operation,
    step_operation,
    submit_operation,
    withdraw_operation,
)
from geo.edit.overrides import override_gap
from geo.edit.release import release_operation
from geo.edit.verbs import Verb
from geo.edit.zone_steps import step_zone
from geo.edit.zones import draw_zone
from geo.errors import PlanError
from geo.model.command import Assignment, Operation, Override, Team, Zone
from geo.model.gaps import NEVER_OVERRIDDEN
from geo.model.plan import PlanInfo, User
from geo.model.vocabulary import AssignmentState, OperationState, Role, ZoneState
from geo.project import Project
from geo.releasing import release, standing_gaps
from geo.store.memory import MemoryStore
from tests.geo.edit.acts import DAY_1, OPERATION, REASON, answer, operation, zone

USERS = [
    User(id=name, name=name, role=role, public_key="ab" * 32)
    for name, role in (
        ("planner", Role.PLANNER),
        ("governor", Role.GOVERNOR),
        ("other governor", Role.GOVERNOR),
        ("deputy", Role.DEPUTY_GOVERNOR),
        ("analyst", Role.ANALYST),
    )
]
PAST = {OperationState.RELEASED, OperationState.ACTIVE, OperationState.SUSPENDED}


def new_plan() -> Project:
    store = MemoryStore()
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    groups = ([info], USERS, [Team(id="red", name="Red", lead_user_id="deputy")])
    store.commit(
        Edit(
            verb=Verb.CREATE_PLAN,
            actor="governor",
            barrier=True,
            deltas=tuple(inserting(list(group)) for group in groups),
        )
    )
    return Project(store)


def make(plan):
    return add_operation(plan, Operation(id=OPERATION, name="Sweep", periods=(DAY_1,)))


def draw(plan):
    outline = box(103.6, 10.7, 103.65, 10.75)
    return draw_zone(plan, outline, "Harbour", operation_id=OPERATION)


def override_one(plan):
    gaps = [g for g in standing_gaps(plan, OPERATION) if g[1] not in set(NEVER_OVERRIDDEN)]
    place, what = gaps[0]
    names = {z.name: z.id for z in plan.all(Zone)}
    return override_gap(plan, OPERATION, names.get(place, ""), what, REASON)


def forged_release(plan):
    """What somebody would write who thinks the gate looks only at functions."""
    actor = plan.user.id
    new = replace(
        operation(plan),
        state=OperationState.RELEASED,
        released_by=actor,
        released_at=datetime(2022, 9, 10, 8),  # noqa: DTZ001 - local
    )
    ready = [replace(z, state=ZoneState.READY) for z in plan.all(Zone)]
    return Edit(
        verb=Verb.RELEASE_OPERATION,
        params={"name": "Sweep"},
        deltas=(
            updating(operation(plan), new),
            *(updating(plan.get(Zone, z.id), z) for z in ready),
        ),
    )


def forged_authorship(plan):
    new = replace(operation(plan), proposed_by="planner", made_by="planner")
    return Edit(
        verb=Verb.EDIT_OPERATION,
        params={"name": "Sweep"},
        deltas=(updating(operation(plan), new),),
    )


def forged_override(plan):
    place, what = standing_gaps(plan, OPERATION)[-1]
    names = {z.name: z.id for z in plan.all(Zone)}
    new = Override(
        operation_id=OPERATION,
        zone_id=names.get(place, ""),
        what=what,
        reason=REASON,
        decided_by="other governor",
        decided_at=datetime(2022, 9, 10, 8),  # noqa: DTZ001 - local
        submission=operation(plan).submitted,
    )
    return Edit(verb=Verb.OVERRIDE, params={"name": "Sweep"}, deltas=(inserting([new]),))


def first_duty(plan):
    return plan.all(Assignment)[0].id


ACTS = {
    "make": make,
    "draw": draw,
    "assign": lambda p: assign_team(p, zone(p).id, "red"),
    "submit": lambda p: submit_operation(p, OPERATION),
    "withdraw": lambda p: withdraw_operation(p, OPERATION),
    "coordinate": lambda p: record_coordination(p, answer(p)),
    "step zone": lambda p: step_zone(p, zone(p).id, ZoneState.COORDINATED),
    "override": override_one,
    "release": lambda p: release(p, OPERATION),
    "release blindly": lambda p: release_operation(p, OPERATION, ()),
    "forge a release": forged_release,
    "forge the author": forged_authorship,
    "forge an override": forged_override,
    "accept": lambda p: accept(p, first_duty(p)),
    "prepare": lambda p: step_assignment(p, first_duty(p), AssignmentState.PREPARED),
    "cancel": lambda p: step_operation(p, OPERATION, OperationState.CANCELLED),
    "undo": lambda p: p.undo_edit(),
    "redo": lambda p: p.redo_edit(),
}
# Most sequences of eighteen acts lead nowhere: these lead somewhere, with anything in between.
ROAD = ("make", "draw", "assign", "submit", "coordinate", *("override",) * 9, "release", "accept")

GOVERNORS = ["governor", "other governor"]
one_act = st.tuples(st.sampled_from([u.id for u in USERS]), st.sampled_from(sorted(ACTS)))


@st.composite
def on_the_road(draw_from):
    """Every step in its place, by whom it may be; now and then something else in between."""
    maker, proposer = (
        draw_from(st.sampled_from(["planner", "planner", *GOVERNORS])) for _ in range(2)
    )
    releaser = draw_from(st.sampled_from(GOVERNORS))
    who = {"make": maker, "submit": proposer, "override": releaser, "release": releaser}
    who["accept"] = "deputy"
    steps = []
    between = st.lists(one_act, max_size=1)
    disturbed = draw_from(st.sets(st.integers(0, len(ROAD) - 1), max_size=3))
    for number, name in enumerate(ROAD):
        steps.append((who.get(name, "planner"), name))
        if number in disturbed:
            steps += draw_from(between)
    return steps


def told_what_stands(plan) -> list[tuple[str, str]]:
    try:
        return list(standing_gaps(plan, OPERATION))
    except PlanError:
        return []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(on_the_road(), st.lists(one_act, max_size=25)))
def test_nobody_releases_his_own_proposal_or_over_a_gap(steps):
    plan = new_plan()
    users = {u.id: u for u in USERS}
    for who, name in steps:
        plan.user = users[who]
        found = plan.find(Operation, OPERATION)
        was = found.state if found else None
        gaps = told_what_stands(plan)
        kept = plan.all(Override)
        try:
            plan.commit(ACTS[name](plan))
        except (PlanError, StopIteration, IndexError, KeyError):
            continue
        now = plan.find(Operation, OPERATION)
        assert set(kept) <= set(plan.all(Override)), "an override is never lost"
        if now is not None and now.state in PAST and was not in PAST:
            assert was is OperationState.SUBMITTED
            assert users[who].role is Role.GOVERNOR
            assert who not in {now.proposed_by, now.made_by}
            assert gaps == []
            assert now.released_by == who
            assert plan.history.undoable == ()
        for duty in plan.all(Assignment):
            if duty.state is AssignmentState.ACCEPTED:
                assert duty.accepted_by == "deputy"
                assert now is not None
                assert now.state in PAST


def test_the_road_leads_to_a_release():
    """Else the property above would hold of nothing."""
    plan = new_plan()
    for name in ROAD:
        who = {"override": "governor", "release": "governor", "accept": "deputy"}
        plan.user = next(u for u in USERS if u.id == who.get(name, "planner"))
        if name == "override" and not standing_gaps(plan, OPERATION):
            continue
        plan.commit(ACTS[name](plan))
    assert operation(plan).state is OperationState.RELEASED
    assert plan.all(Assignment)[0].state is AssignmentState.ACCEPTED
