"""After the release too nobody goes beyond what the prosecutor authorised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from geo.edit.assign import accept
from geo.edit.coordination import correct_coordination, record_coordination
from geo.edit.edit import Edit, updating
from geo.edit.operations import edit_operation, step_operation
from geo.edit.verbs import Verb
from geo.edit.zone_steps import step_zone
from geo.errors import PlanError
from geo.model.command import Coordination, new_period
from geo.model.vocabulary import CoordinationResult, OperationState, Role, ZoneState
from tests.geo.edit import acts
from tests.geo.edit.acts import OPERATION, answer, duty, operation, zone


def refusal(act) -> str:
    with pytest.raises(PlanError) as refused:
        act()
    return refused.value.code


def test_the_governor_gives_no_more_time_than_the_prosecutor_authorised(plan):
    acts.released(plan)
    plan.act_as(Role.GOVERNOR)
    old = operation(plan)
    (day,) = old.periods
    late = replace(day, ends=day.ends.replace(hour=22))
    added = new_period("Later", day.starts + timedelta(days=60), day.ends + timedelta(days=60))
    for periods in ((late,), (day, added)):
        new = replace(old, periods=periods)
        code = "error.operation.time_not_authorised"
        assert refusal(lambda n=new: plan.commit(edit_operation(plan, n))) == code
        direct = Edit(verb=Verb.EDIT_OPERATION, deltas=(updating(old, new),))
        assert refusal(lambda d=direct: plan.commit(d)) == code
    within = replace(day, ends=day.ends.replace(hour=20))
    plan.commit(edit_operation(plan, replace(old, periods=(within,))))


@pytest.mark.parametrize("corrected", [True, False])
def test_a_zone_that_was_refused_since_its_release_does_not_begin(plan, corrected):
    acts.released(plan)
    plan.act_as(Role.DEPUTY_GOVERNOR)
    plan.commit(accept(plan, duty(plan).id))
    plan.commit(step_operation(plan, OPERATION, OperationState.ACTIVE))
    plan.act_as(Role.PLANNER)
    refused = CoordinationResult.REFUSED
    if corrected:
        (told,) = plan.all(Coordination)
        plan.commit(correct_coordination(plan, replace(told, result=refused)))
    else:
        plan.commit(record_coordination(plan, answer(plan, result=refused)))
    plan.act_as(Role.DEPUTY_GOVERNOR)
    code = refusal(lambda: plan.commit(step_zone(plan, zone(plan).id, ZoneState.ACTIVE)))
    assert code == ("error.zone.no_authorisation" if corrected else "error.zone.refused_since")
