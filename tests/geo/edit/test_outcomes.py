"""What came of the day, in counts, and what it did to the sites."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geo.clock import today
from geo.edit.edit import Edit, inserting
from geo.edit.outcomes import Counts, correct_outcome, record_outcome
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.network import PersonRef
from geo.model.result import Arrests, Outcome
from geo.model.vocabulary import Activity, LegalStatus, PersonRole
from tests.geo.edit.day_plan import on_the_day

DAY = date(2022, 9, 17)
LEADER = PersonRole.RINGLEADER


@pytest.fixture
def day(plan):
    return on_the_day(plan)


def refusal(act):
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def of_duty(plan, counts, **more):
    return record_outcome(plan, counts, **{"recorded_on": DAY, "assignment_id": "duty", **more})


def test_an_outcome_holds_counts_and_no_name(day):
    counts = Counts(
        rescued=12,
        referred=9,
        arrested={PersonRole.MANAGER: 2, PersonRole.RECRUITER: 1, PersonRole.INTERMEDIARY: 0},
        cases_to_court=1,
    )
    day.commit(of_duty(day, counts))
    (found,) = day.all(Outcome)
    assert (found.rescued, found.referred, found.cases_to_court) == (12, 9, 1)
    assert found.arrested == (Arrests(PersonRole.RECRUITER, 1), Arrests(PersonRole.MANAGER, 2))


def test_closing_and_sealing_changes_the_activity_in_the_same_edit_and_never_the_status(day):
    a, b = day.site("A").id, day.site("B").id
    day.commit(of_duty(day, Counts(), closed=(a,), sealed=(b,)))
    (found,) = day.all(Outcome)
    assert (found.sites_closed, found.sites_sealed) == (1, 1)
    assert (day.site("A").activity, day.site("B").activity) == (Activity.CLOSED, Activity.SEALED)
    assert {day.site(c).legal_status for c in "AB"} == {LegalStatus.UNVERIFIED}
    day.undo()
    assert day.all(Outcome) == ()
    assert {day.site(c).activity for c in "AB"} == {Activity.OPERATING}


def test_what_is_closed_may_be_sealed_but_is_not_shut_again(day):
    a = day.site("A").id
    day.commit(of_duty(day, Counts(), closed=(a,)))
    again = lambda: of_duty(day, Counts(), closed=(a,))  # noqa: E731 - said twice
    assert refusal(again) == "error.outcome.shut_already"
    day.commit(of_duty(day, Counts(), sealed=(a,)))
    assert day.site("A").activity is Activity.SEALED
    assert refusal(again) == "error.outcome.shut_already"


def test_a_ringleader_is_counted_only_where_the_ledger_names_one(day):
    counts = Counts(arrested={LEADER: 1})
    assert refusal(lambda: of_duty(day, counts)) == "error.outcome.ringleader"
    people = [
        PersonRef(pseudonym="P1", role=LEADER, ringleader_decision="DOC-9"),
        PersonRef(pseudonym="P2", role=LEADER),
    ]
    day.stands(Edit(verb=Verb.EDIT_LINK, deltas=(inserting(people),)))
    day.commit(of_duty(day, counts))
    assert refusal(lambda: of_duty(day, counts)) == "error.outcome.ringleader"
    (found,) = day.all(Outcome)
    more = Counts(arrested={LEADER: 2})
    assert refusal(lambda: correct_outcome(day, found.id, more, DAY)) == "error.outcome.ringleader"


@pytest.mark.parametrize(
    ("counts", "more", "code"),
    [
        (Counts(), {}, "error.outcome.nothing"),
        (Counts(rescued=-1), {}, "error.outcome.negative"),
        (Counts(arrested={PersonRole.MANAGER: -1}), {}, "error.outcome.negative"),
        (Counts(rescued=1), {"assignment_id": ""}, "error.outcome.of_nothing"),
        (Counts(rescued=1), {"assignment_id": "gone"}, "error.assign.gone"),
        (Counts(rescued=1), {"site_id": "gone"}, "error.site.gone"),
        (Counts(rescued=1), {"closed": ("gone",)}, "error.site.gone"),
        (
            Counts(rescued=1),
            {"recorded_on": today() + timedelta(days=2)},
            "error.outcome.future",
        ),
    ],
)
def test_what_makes_no_sense_is_not_recorded(day, counts, more, code):
    assert refusal(lambda: of_duty(day, counts, **more)) == code


def test_a_site_is_closed_or_sealed_and_not_both(day):
    a = day.site("A").id
    both = {"closed": (a,), "sealed": (a,)}
    assert refusal(lambda: of_duty(day, Counts(), **both)) == "error.outcome.site_twice"


def test_counts_are_corrected_and_the_sites_stay_shut(day):
    site = day.site("A")
    day.commit(
        record_outcome(day, Counts(rescued=2), recorded_on=DAY, site_id=site.id, closed=(site.id,))
    )
    (found,) = day.all(Outcome)
    day.commit(correct_outcome(day, found.id, Counts(rescued=3), DAY))
    (after,) = day.all(Outcome)
    assert (after.rescued, after.sites_closed) == (3, 1)
    assert refusal(lambda: correct_outcome(day, "gone", Counts(), DAY)) == "error.outcome.gone"
