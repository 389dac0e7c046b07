"""Who may release, and what leads to it and follows, by the acts themselves and by rows by hand.

The table is `tests.who_may`. By whatever verb a row is written, only the act's own verb by a person
who may do it brings it about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from geo.edit.assign import accept
from geo.edit.edit import Edit, inserting, updating
from geo.edit.operations import step_operation, submit_operation, withdraw_operation
from geo.edit.overrides import override_gap
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.command import Override, Zone
from geo.model.gaps import GapCode
from geo.model.plan import User
from geo.model.vocabulary import AssignmentState, OperationState, Role, ZoneState
from geo.releasing import release
from tests.geo.edit import acts
from tests.geo.edit.acts import OPERATION, duty, operation, zone
from tests.geo.edit.people import USERS
from tests.who_may import ALLOWED, MAY, REFUSED, Act, Person

NOW = datetime(2022, 9, 10, 8)  # noqa: DTZ001 - local
KEY = "ab" * 32
USER = {
    Person.PLANNER: USERS[Role.PLANNER],
    Person.GOVERNOR: USERS[Role.GOVERNOR],
    Person.OWN_GOVERNOR: User(name="own governor", role=Role.GOVERNOR, public_key=KEY),
    Person.LEADER: USERS[Role.DEPUTY_GOVERNOR],
    Person.OTHER_DEPUTY: User(name="other deputy", role=Role.DEPUTY_GOVERNOR, public_key=KEY),
    Person.ANALYST: USERS[Role.ANALYST],
    Person.AUDITOR: USERS[Role.AUDITOR],
}
S = OperationState


@dataclass(frozen=True)
class Tried:
    """An act: how far the operation is, the act itself, its verb, and the rows that it writes."""

    reached: Callable
    edit: Callable
    verb: Verb
    deltas: Callable


def ready(plan):
    """All that stands in the way of the release is overridden."""
    acts.coordinated(plan)
    acts.overridden(plan)


def stepped(plan, state, zone_state=None, duty_state=None, **more):
    deltas = [updating(operation(plan), replace(operation(plan), state=state, **more))]
    if zone_state is not None:
        deltas.append(updating(zone(plan), replace(zone(plan), state=zone_state)))
    if duty_state is not None:
        deltas.append(updating(duty(plan), replace(duty(plan), state=duty_state)))
    return deltas


def submitted(plan):
    signed = {"proposed_by": plan.user.id, "submitted": operation(plan).submitted + 1}
    return stepped(plan, S.SUBMITTED, ZoneState.SUBMITTED, AssignmentState.PREPARED, **signed)


def overriding(what):
    def deltas(plan):
        told = Override(
            operation_id=OPERATION,
            zone_id=zone(plan).id,
            what=what,
            reason=acts.REASON,
            decided_by=plan.user.id,
            decided_at=NOW,
            submission=operation(plan).submitted,
        )
        return [inserting([told])]

    return deltas


def override(what):
    return lambda plan: override_gap(plan, OPERATION, zone(plan).id, what, acts.REASON)


TRIED = {
    Act.SUBMIT: Tried(
        acts.drafted,
        lambda plan: submit_operation(plan, OPERATION),
        Verb.SUBMIT_OPERATION,
        submitted,
    ),
    Act.WITHDRAW: Tried(
        acts.submitted,
        lambda plan: withdraw_operation(plan, OPERATION),
        Verb.WITHDRAW_OPERATION,
        lambda plan: stepped(plan, S.DRAFT, ZoneState.DRAFT),
    ),
    Act.RELEASE: Tried(
        ready,
        lambda plan: release(plan, OPERATION),
        Verb.RELEASE_OPERATION,
        lambda plan: stepped(
            plan, S.RELEASED, ZoneState.READY, released_by=plan.user.id, released_at=NOW
        ),
    ),
    Act.OVERRIDE: Tried(
        acts.coordinated, override(GapCode.NO_SITES), Verb.OVERRIDE, overriding(GapCode.NO_SITES)
    ),
    Act.OVERRIDE_AUTHORISATION: Tried(
        acts.submitted,
        override(GapCode.AUTHORISATION_MISSING),
        Verb.OVERRIDE,
        overriding(GapCode.AUTHORISATION_MISSING),
    ),
    Act.ACCEPT: Tried(
        acts.released,
        lambda plan: accept(plan, duty(plan).id),
        Verb.ACCEPT_ASSIGNMENT,
        lambda plan: [
            updating(
                duty(plan),
                replace(
                    duty(plan),
                    state=AssignmentState.ACCEPTED,
                    accepted_by=plan.user.id,
                    accepted_at=NOW,
                ),
            )
        ],
    ),
    Act.START: Tried(
        acts.released,
        lambda plan: step_operation(plan, OPERATION, S.ACTIVE),
        Verb.STEP_OPERATION,
        lambda plan: stepped(plan, S.ACTIVE),
    ),
    Act.CANCEL: Tried(
        acts.released,
        lambda plan: step_operation(plan, OPERATION, S.CANCELLED),
        Verb.STEP_OPERATION,
        lambda plan: stepped(plan, S.CANCELLED, ZoneState.CANCELLED, AssignmentState.ABORTED),
    ),
}


@pytest.fixture
def standing(plan):
    """Brings a plan to where an act could be done, proposed by who is asked if it is his own."""

    def make(act, person):
        others = [USER[Person.OWN_GOVERNOR], USER[Person.OTHER_DEPUTY]]
        plan.stands(Edit(verb=Verb.ADD_USER, deltas=(inserting(others),)))
        TRIED[act].reached(plan)
        if person is Person.OWN_GOVERNOR:
            old, me = operation(plan), USER[person].id
            own = replace(old, proposed_by=me, made_by=me)
            plan.stands(Edit(verb=Verb.EDIT_OPERATION, deltas=(updating(old, own),)))
        plan.user = USER[person]
        return plan

    return make


def by_hand(plan, verb, deltas):
    params = dict.fromkeys(("name", "zone", "team", "file"), "x") | {"n": 1}
    return Edit(verb=verb, params=params, deltas=tuple(deltas))


@pytest.mark.parametrize(("act", "person"), ALLOWED)
def test_who_may_does_it_by_the_act(standing, act, person):
    plan = standing(act, person)
    done = plan.commit(TRIED[act].edit(plan))
    assert (done.actor, done.verb) == (USER[person].id, TRIED[act].verb)


@pytest.mark.parametrize(("act", "person"), REFUSED)
def test_who_may_not_is_refused_by_the_act(standing, act, person):
    plan = standing(act, person)
    before = plan.history
    with pytest.raises((NotAllowedError, InputError)):
        plan.commit(TRIED[act].edit(plan))
    assert plan.history is before


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("person", Person)
def test_rows_written_by_hand_come_through_by_that_verb_and_that_person_alone(
    standing, act, person
):
    plan = standing(act, person)
    tried = TRIED[act]
    right = tried.verb if person in MAY[act] else None
    for verb in Verb:
        if verb is right:
            continue
        before = plan.history
        with pytest.raises((NotAllowedError, InputError)):
            plan.commit(by_hand(plan, verb, tried.deltas(plan)))
        assert plan.history is before
    if right is not None:
        plan.commit(by_hand(plan, right, tried.deltas(plan)))


@pytest.mark.parametrize("person", [p for p in Person if p is not Person.GOVERNOR])
def test_nobody_writes_an_act_in_the_name_of_who_may(standing, person):
    """The rows name the governor, and the leader; who is signed in is somebody else."""
    plan = standing(Act.RELEASE, person)
    forged = stepped(
        plan, S.RELEASED, ZoneState.READY,
        released_by=USER[Person.GOVERNOR].id, released_at=NOW,
    )  # fmt: skip
    for verb in Verb:
        with pytest.raises((NotAllowedError, InputError)):
            plan.commit(by_hand(plan, verb, forged))
    assert plan.get(Zone, zone(plan).id).state is ZoneState.COORDINATED


@pytest.mark.parametrize("role", Role)
def test_a_role_that_somebody_gives_himself_in_passing_counts_for_nothing(standing, role):
    """Who is signed in has the role that stands in the plan, whatever he says of himself."""
    plan = standing(Act.RELEASE, Person.ANALYST)
    plan.user = replace(USER[Person.ANALYST], role=role)
    with pytest.raises((NotAllowedError, InputError)):
        plan.commit(TRIED[Act.RELEASE].edit(plan))
