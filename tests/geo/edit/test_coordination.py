"""What was asked of other authorities and what they answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from geo.clock import today
from geo.edit.coordination import (
    authorised,
    correct_coordination,
    record_coordination,
    reply_coordination,
)
from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.operations import step_operation
from geo.edit.sites import move_site
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError, PlanError
from geo.model.command import Authorisation, Coordination
from geo.model.entity import LonLat
from geo.model.vocabulary import (
    CoordinationAuthority,
    CoordinationResult,
    OperationState,
    Role,
    ZoneState,
)
from tests.geo.edit import acts
from tests.geo.edit.acts import DAY, OPERATION, answer, zone

AGREED, REFUSED, OPEN = (
    CoordinationResult.AGREED,
    CoordinationResult.REFUSED,
    CoordinationResult.OPEN,
)
MINISTRY = CoordinationAuthority.MINISTRY
PROSECUTOR = CoordinationAuthority.COURT_PROSECUTOR


def refusal(act) -> str:
    with pytest.raises(PlanError) as refused:
        act()
    return refused.value.code


def question(**changes: object) -> Coordination:
    asked = Coordination(operation_id=OPERATION, authority=MINISTRY, asked_on=DAY)
    return replace(asked, **changes)


@pytest.fixture
def proposed(plan):
    acts.submitted(plan)
    plan.act_as(Role.PLANNER)
    return plan


def test_a_question_is_asked_answered_and_corrected(proposed):
    proposed.commit(record_coordination(proposed, question(due_on=date(2022, 9, 9))))
    (asked,) = proposed.all(Coordination)
    assert (asked.result, asked.due_on) == (OPEN, date(2022, 9, 9))
    edit = reply_coordination(
        proposed, asked.id, replied_on=date(2022, 9, 5), result=AGREED, reference=" N-7 "
    )
    proposed.commit(edit)
    (told,) = proposed.all(Coordination)
    assert (told.result, told.replied_on, told.reference) == (AGREED, date(2022, 9, 5), "N-7")
    proposed.commit(correct_coordination(proposed, replace(told, reference="N-8")))
    assert proposed.all(Coordination)[0].reference == "N-8"
    assert [len(e.deltas) for e in proposed.store.edits_of(edit.deltas[0].kind, asked.id)] == [
        1
    ] * 3


CONTRADICTIONS = {
    "error.coordination.not_asked": question(asked_on=None),
    "error.coordination.due_before_asked": question(due_on=DAY - timedelta(days=1)),
    "error.coordination.no_result": question(replied_on=DAY),
    "error.coordination.no_reply": question(result=AGREED),
    "error.coordination.replied_before_asked": question(
        result=REFUSED, replied_on=DAY - timedelta(days=1)
    ),
    "error.coordination.future": question(result=AGREED, replied_on=today() + timedelta(days=2)),
    "error.coordination.only_prosecutor_authorises": question(authorisation=Authorisation()),
    "error.operation.gone": question(operation_id="nothing"),
}


@pytest.mark.parametrize("code", CONTRADICTIONS)
def test_an_entry_that_contradicts_itself_is_refused(proposed, code):
    assert refusal(lambda: record_coordination(proposed, CONTRADICTIONS[code])) == code
    if code == "error.operation.gone":
        return
    proposed.commit(record_coordination(proposed, question()))
    (asked,) = proposed.all(Coordination)
    wrong = replace(CONTRADICTIONS[code], id=asked.id, version=asked.version)
    assert refusal(lambda: correct_coordination(proposed, wrong)) == code
    direct = Edit(verb=Verb.COORDINATE, deltas=(updating(asked, wrong),))
    assert refusal(lambda: proposed.commit(direct)) == code


def test_an_authorisation_says_what_when_and_by_which_letter(proposed):
    told = acts.authorisation(proposed)
    end = told.valid_to
    for code, changes in {
        "error.coordination.no_scope": {"authorisation": replace(told, zone_id="")},
        "error.coordination.no_times": {"authorisation": replace(told, valid_to=None)},
        "error.coordination.no_reference": {"reference": "  "},
        "error.coordination.zone_elsewhere": {"authorisation": replace(told, zone_id="x")},
        "error.site.gone": {"authorisation": replace(told, site_ids=("x",))},
    }.items():
        wrong = answer(proposed, **changes)
        assert refusal(lambda w=wrong: record_coordination(proposed, w)) == code
    for changed in (
        replace(told, valid_from=end, valid_to=end),
        replace(told, hours_to=None),
        replace(told, hours_from=time(6), hours_to=time(6)),
        replace(told, witnesses=-1),
    ):
        wrong = answer(proposed, authorisation=changed)
        assert refusal(lambda w=wrong: record_coordination(proposed, w)) == (
            "error.coordination.times_backwards"
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"hours_from": time(6, tzinfo=UTC), "hours_to": time(18, tzinfo=UTC)},
        {"valid_from": datetime(2022, 9, 1, tzinfo=UTC)},
    ],
)
def test_an_authorisation_has_the_hours_of_the_clock_in_cambodia(proposed, changes):
    given = answer(proposed)
    foreign = replace(given, authorisation=replace(given.authorisation, **changes))
    code = "error.operation.time_with_zone"
    assert refusal(lambda: record_coordination(proposed, foreign)) == code
    direct = Edit(verb=Verb.COORDINATE, deltas=(inserting([foreign]),))
    assert refusal(lambda: proposed.commit(direct)) == code


def test_hours_may_go_over_midnight(proposed):
    night = replace(acts.authorisation(proposed), hours_from=time(22), hours_to=time(4))
    proposed.commit(record_coordination(proposed, answer(proposed, authorisation=night)))
    assert zone(proposed).state is ZoneState.COORDINATED


def test_one_question_to_an_authority_about_one_thing_is_open_at_a_time(proposed):
    proposed.commit(record_coordination(proposed, question()))
    assert refusal(lambda: record_coordination(proposed, question())) == (
        "error.coordination.asked_already"
    )
    whole = question(authority=PROSECUTOR)
    of_zone = replace(whole, authorisation=Authorisation(zone_id=zone(proposed).id))
    of_zone = replace(of_zone, id="of zone")
    proposed.commit(record_coordination(proposed, whole))
    proposed.commit(record_coordination(proposed, of_zone))
    (asked, *_) = proposed.all(Coordination)
    proposed.commit(reply_coordination(proposed, asked.id, replied_on=DAY, result=REFUSED))
    proposed.commit(record_coordination(proposed, question()))


def test_an_answer_is_given_once_and_is_agreed_or_refused(proposed):
    proposed.commit(record_coordination(proposed, question()))
    (asked,) = proposed.all(Coordination)
    assert (
        refusal(lambda: reply_coordination(proposed, asked.id, replied_on=DAY, result=OPEN))
        == "error.coordination.no_result"
    )
    proposed.commit(reply_coordination(proposed, asked.id, replied_on=DAY, result=AGREED))
    assert (
        refusal(lambda: reply_coordination(proposed, asked.id, replied_on=DAY, result=REFUSED))
        == "error.coordination.answered"
    )
    assert (
        refusal(lambda: reply_coordination(proposed, "x", replied_on=DAY, result=REFUSED))
        == "error.coordination.gone"
    )


def test_a_zone_is_coordinated_with_the_answer_and_undo_takes_back_both(proposed):
    proposed.commit(record_coordination(proposed, answer(proposed)))
    assert zone(proposed).state is ZoneState.COORDINATED
    proposed.undo()
    assert (zone(proposed).state, proposed.all(Coordination)) == (ZoneState.SUBMITTED, ())


@pytest.mark.parametrize("result", [OPEN, REFUSED])
def test_a_question_and_a_refusal_coordinate_nothing(proposed, result):
    told = answer(proposed, result=result, replied_on=None if result is OPEN else DAY)
    proposed.commit(record_coordination(proposed, told))
    assert zone(proposed).state is ZoneState.SUBMITTED
    assert not authorised(proposed, zone(proposed))


def test_a_site_inside_a_zone_is_an_authorisation_of_it_and_one_outside_is_not(proposed):
    told = replace(acts.authorisation(proposed), zone_id="", site_ids=(proposed.site("A").id,))
    proposed.commit(record_coordination(proposed, answer(proposed, authorisation=told)))
    assert not authorised(proposed, zone(proposed))
    inside = zone(proposed).outline.representative_point()
    there = LonLat(inside.x, inside.y)
    proposed.commit(move_site(proposed, proposed.site("A").id, there, accuracy_m=10.0))
    assert authorised(proposed, zone(proposed))


def test_what_was_answered_is_not_deleted_or_changed_in_passing(proposed):
    proposed.commit(record_coordination(proposed, answer(proposed)))
    (told,) = proposed.all(Coordination)
    for verb in (Verb.COORDINATE, Verb.EDIT_SITE, Verb.IMPORT, Verb.MERGE):
        edit = Edit(verb=verb, params={"name": "x", "file": "x"}, deltas=(deleting(told),))
        with pytest.raises(NotAllowedError):
            proposed.commit(edit)
    later = replace(told.authorisation, valid_to=datetime(2030, 1, 1))  # noqa: DTZ001 - local
    forged = updating(told, replace(told, authorisation=later))
    for verb in (Verb.EDIT_SITE, Verb.MERGE):
        with pytest.raises(NotAllowedError):
            proposed.commit(Edit(verb=verb, params={"name": "x"}, deltas=(forged,)))


def test_what_is_over_is_no_longer_coordinated(plan):
    acts.drafted(plan)
    plan.act_as(Role.GOVERNOR)
    plan.commit(step_operation(plan, OPERATION, OperationState.CANCELLED))
    with pytest.raises(InputError) as refused:
        record_coordination(plan, question())
    assert refused.value.code == "error.operation.over"


@pytest.mark.parametrize("role", list(Role))
def test_who_keeps_the_register_keeps_the_coordination(proposed, role):
    proposed.act_as(role)
    if role in {Role.ANALYST, Role.AUDITOR}:
        assert (
            refusal(lambda: proposed.commit(record_coordination(proposed, question())))
            == "error.not_allowed"
        )
    else:
        proposed.commit(record_coordination(proposed, question()))
