"""Visits recorded on the day and corrected later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from geo.clock import CAMBODIA_TIME, now
from geo.edit.edit import Edit, inserting, updating
from geo.edit.fines import propose_fines
from geo.edit.inspections import correct_inspection, inspect
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.command import Assignment
from geo.model.result import FineRate, Inspection
from geo.model.site import IndicatorCheck
from geo.model.vocabulary import (
    Answer,
    AssignmentState,
    FineBasis,
    Indicator,
    LegalStatus,
    Role,
    Violation,
)
from tests.geo.edit.day_plan import on_the_day

AT = datetime(2022, 9, 17, 6, 30)  # noqa: DTZ001 - local
FORCED = Violation.DETAINED_AND_FORCED_TO_WORK.value


@pytest.fixture
def day(plan):
    return on_the_day(plan)


def visit_of(plan, **more):
    given = {"site_id": plan.site().id, "assignment_id": "duty", "inspected_at": AT, **more}
    return Inspection(**given)


def refusal(act):
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def test_a_visit_holds_what_was_found_and_when_the_site_was_last_seen(day):
    visit = visit_of(
        day,
        findings=" Locked rooms; call 012 345 678 ",
        evidence="Passport N1234567 in the office",
        violations=("forced_overtime", FORCED, FORCED),
        people_min=3,
        people_max=5,
        reference=" 007-2 ",
    )
    day.commit(inspect(day, visit, {Indicator.ISOLATION: Answer.YES}))
    (found,) = day.all(Inspection)
    assert found.inspected_at == AT.replace(tzinfo=CAMBODIA_TIME)
    assert found.violations == (FORCED, "forced_overtime")
    assert (found.people_min, found.people_max, found.reference) == (3, 5, "007-2")
    assert (found.assignment_id, found.source) == ("duty", "Gold")
    assert not any(c.isdigit() for c in found.findings + found.evidence)
    (check,) = day.all(IndicatorCheck)
    assert (check.indicator, check.answer) == (Indicator.ISOLATION, Answer.YES)
    assert (check.inspection_id, check.checked_on) == (found.id, date(2022, 9, 17))
    site = day.site()
    assert site.visited_on == date(2022, 9, 17)
    assert site.legal_status is LegalStatus.UNVERIFIED


def test_a_visit_is_one_edit_that_can_be_taken_back(day):
    day.commit(inspect(day, visit_of(day), {Indicator.DECEPTION: Answer.NO}))
    day.undo()
    assert day.all(Inspection) == day.all(IndicatorCheck) == ()
    assert day.site().visited_on is None


def test_an_earlier_visit_does_not_make_the_last_one_earlier(day):
    day.commit(inspect(day, visit_of(day)))
    day.commit(inspect(day, visit_of(day, inspected_at=AT - timedelta(days=3))))
    assert day.site().visited_on == date(2022, 9, 17)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"inspected_at": None}, "error.inspection.no_time"),
        ({"people_min": -1}, "error.inspection.people"),
        ({"people_min": 5, "people_max": 3}, "error.inspection.people"),
        ({"violations": ("murder",)}, "error.inspection.no_such_violation"),
        ({"assignment_id": "gone"}, "error.assign.gone"),
        ({"site_id": "gone"}, "error.site.gone"),
    ],
)
def test_what_makes_no_sense_is_not_recorded(day, more, code):
    assert refusal(lambda: inspect(day, visit_of(day, **more))) == code


def test_no_visit_lies_ahead(day):
    late = visit_of(day, inspected_at=now() + timedelta(hours=1))
    assert refusal(lambda: inspect(day, late)) == "error.inspection.future"


def test_a_team_that_has_not_accepted_has_not_been_anywhere(day):
    duty = day.get(Assignment, "duty")
    early = replace(duty, state=AssignmentState.PREPARED)
    day.stands(Edit(verb=Verb.STEP_ASSIGNMENT, deltas=(updating(duty, early),)))
    assert refusal(lambda: inspect(day, visit_of(day))) == "error.day.not_accepted"


def test_a_form_comes_in_once(day):
    day.commit(inspect(day, visit_of(day, reference="7")))
    again = visit_of(day, reference="7")
    assert refusal(lambda: inspect(day, again)) == "error.inspection.form_in_plan"


def test_indicators_have_somebody_who_looked_for_them(day):
    alone = visit_of(day, assignment_id="")
    answers = {Indicator.ISOLATION: Answer.YES}
    assert refusal(lambda: inspect(day, alone, answers)) == "error.indicators.no_source"
    day.commit(inspect(day, replace(alone, source="Labour office"), answers))


def test_a_visit_is_corrected_and_only_new_answers_are_added(day):
    answers = {Indicator.ISOLATION: Answer.YES, Indicator.DECEPTION: Answer.NO}
    day.commit(inspect(day, visit_of(day), answers))
    (visit,) = day.all(Inspection)
    later = {**answers, Indicator.DECEPTION: Answer.YES}
    day.commit(correct_inspection(day, replace(visit, people_min=9), later))
    assert day.get(Inspection, visit.id).people_min == 9
    answered = [(c.indicator, c.answer) for c in day.all(IndicatorCheck)]
    assert answered[2:] == [(Indicator.DECEPTION, Answer.YES)]


def test_a_visit_keeps_its_site_and_what_a_fine_stands_on(day):
    rate = FineRate(
        violation=FORCED,
        amount_riel=2_620_000,
        basis=FineBasis.PER_CASE,
        applies_from=date(2022, 1, 1),
        source="Law",
    )
    day.stands(Edit(verb=Verb.EDIT_PLAN, deltas=(inserting([rate]),)))
    day.commit(inspect(day, visit_of(day, violations=(FORCED,))))
    (visit,) = day.all(Inspection)
    other = replace(visit, site_id=day.site("B").id)
    assert refusal(lambda: correct_inspection(day, other)) == "error.inspection.other_site"
    day.commit(propose_fines(day, visit.id, {FORCED: 1}))
    for wrong in (replace(visit, violations=()), replace(visit, inspected_at=AT.replace(day=2))):
        assert refusal(lambda w=wrong: correct_inspection(day, w)) == "error.inspection.has_fine"
    day.commit(correct_inspection(day, replace(visit, people_max=4)))


@pytest.mark.parametrize("role", Role)
def test_who_may_record_a_visit(day, role):
    day.act_as(role)
    edit = inspect(day, visit_of(day))
    if role in {Role.PLANNER, Role.DEPUTY_GOVERNOR}:
        day.commit(edit)
    else:
        with pytest.raises(NotAllowedError):
            day.commit(edit)
