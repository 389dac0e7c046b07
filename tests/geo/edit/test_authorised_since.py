"""After the release too nobody goes beyond what the prosecutor authorised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from geo.edit.assign import accept
from geo.edit.coordination import correct_coordination, record_coordination
from geo.edit.edit import Edit, updating
from geo.edit.merging import merge_sites
from geo.edit.operations import add_operation, edit_operation, step_operation
from geo.edit.sites import add_site
from geo.edit.verbs import Verb
from geo.edit.zone_steps import step_zone
from geo.errors import PlanError
from geo.model.command import Coordination, Operation, new_period
from geo.model.entity import LonLat
from geo.model.site import Site
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


def test_nobody_widens_an_authorisation_in_passing(plan):
    acts.coordinated(plan)
    plan.act_as(Role.PLANNER)
    site = Site(code="N1", name_en="N", point=LonLat(103.62, 10.72), admin_code="180101")
    plan.commit(add_site(site))
    (told,) = plan.all(Coordination)
    wider = replace(told, authorisation=replace(told.authorisation, site_ids=(site.id,)))
    for verb in set(Verb) - {Verb.COORDINATE}:
        with pytest.raises(PlanError):
            plan.commit(Edit(verb=verb, deltas=(updating(told, wider),)))


def test_a_merged_site_takes_its_authorisation_along(plan):
    acts.submitted(plan)
    plan.act_as(Role.PLANNER)
    sites = [
        Site(code=code, name_en=code, point=LonLat(103.62, 10.72), admin_code="180101")
        for code in ("N1", "N2")
    ]
    for site in sites:
        plan.commit(add_site(site))
    first, second = (site.id for site in sites)
    given = answer(plan)
    named = replace(given.authorisation, zone_id="", site_ids=(first,))
    plan.commit(record_coordination(plan, replace(given, authorisation=named)))
    plan.commit(merge_sites(plan, second, first))
    (told,) = plan.all(Coordination)
    assert told.authorisation is not None
    assert told.authorisation.site_ids == (second,)


def test_an_answer_is_not_moved_to_another_operation(plan):
    acts.coordinated(plan)
    plan.act_as(Role.PLANNER)
    plan.commit(add_operation(plan, Operation(id="other", name="Other")))
    (told,) = plan.all(Coordination)
    moved = replace(
        told,
        operation_id="other",
        authorisation=None,
        result=CoordinationResult.OPEN,
        replied_on=None,
    )
    direct = Edit(verb=Verb.COORDINATE, deltas=(updating(told, moved),))
    assert refusal(lambda: plan.commit(direct)) == "error.coordination.other_operation"
