"""Fines: the amount follows the date, the inspector decides, forced labour goes further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import today
from geo.edit.edit import Edit, inserting
from geo.edit.fines import add_rate, decide_fine, for_prosecutor, proposals, propose_fines, rate_for
from geo.edit.inspections import inspect
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.result import Fine, FineRate, Inspection
from geo.model.vocabulary import FineBasis, FineState, Role, Violation
from tests.geo.edit.day_plan import on_the_day

FORCED, LATE = Violation.DETAINED_AND_FORCED_TO_WORK.value, Violation.FORCED_OVERTIME.value
VISIT = datetime(2022, 9, 17, 6, 30)  # noqa: DTZ001 - local
DECIDED = date(2022, 9, 20)


def rate(violation, amount, since, basis=FineBasis.PER_CASE):
    return FineRate(
        violation=violation, amount_riel=amount, basis=basis, applies_from=since, source="Law"
    )


RATES = (
    rate(FORCED, 2_620_000, date(2022, 1, 1)),
    rate(FORCED, 5_240_000, date(2023, 1, 1)),
    rate(LATE, 1_680_000, date(2022, 1, 1), FineBasis.PER_WORKER),
    rate(Violation.NO_LICENCE.value, 900_000, date(2023, 1, 1), FineBasis.PER_SITE),
)


@pytest.fixture
def day(plan):
    on_the_day(plan)
    plan.stands(Edit(verb=Verb.EDIT_PLAN, deltas=(inserting(list(RATES)),)))
    return plan


def visit(plan, *violations, at=VISIT, people=None):
    new = Inspection(
        site_id=plan.site().id,
        assignment_id="duty",
        inspected_at=at,
        violations=violations,
        people_min=people,
    )
    plan.commit(inspect(plan, new))
    return new.id


def proposed(plan, *, violation=FORCED, units=1, people=None):
    plan.commit(propose_fines(plan, visit(plan, violation, people=people), {violation: units}))
    return plan.all(Fine)[-1]


def refusal(act):
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize(
    ("at", "amount"),
    [
        (date(2022, 9, 17), 2_620_000),
        (date(2022, 12, 31), 2_620_000),
        (date(2023, 1, 1), 5_240_000),
    ],
)
def test_the_amount_follows_the_day_of_the_visit(day, at, amount):
    inspection = visit(day, FORCED, at=datetime(at.year, at.month, at.day, 9))  # noqa: DTZ001 - local
    day.commit(propose_fines(day, inspection, {FORCED: 1}))
    (fine,) = day.all(Fine)
    assert (fine.amount_riel, fine.state) == (amount, FineState.PROPOSED)
    assert day.get(FineRate, fine.rate_id).amount_riel == amount


@given(
    since=st.lists(st.dates(date(2020, 1, 1), date(2024, 1, 1)), max_size=6, unique=True),
    asked=st.dates(date(2019, 1, 1), date(2025, 1, 1)),
)
def test_the_rate_is_the_last_one_that_began_by_that_day(since, asked):
    class Rows:
        def all(self, _cls):
            return tuple(rate(FORCED, 1 + n, day) for n, day in enumerate(since))

    found = rate_for(Rows(), FORCED, asked)
    begun = [day for day in since if day <= asked]
    assert (found.applies_from if found else None) == (max(begun) if begun else None)


def test_without_a_rate_on_that_day_the_proposal_says_so(day):
    inspection = visit(day, Violation.NO_LICENCE.value, FORCED)
    told = {p.violation: p for p in proposals(day, inspection)}
    assert told[Violation.NO_LICENCE.value].amount_riel is None
    assert told[Violation.NO_LICENCE.value].rate is None
    assert told[FORCED].amount_riel == 2_620_000
    act = lambda: propose_fines(day, inspection, {Violation.NO_LICENCE.value: 1})  # noqa: E731
    assert refusal(act) == "error.fine.no_rate"


def test_workers_are_never_more_than_were_surely_there_unless_somebody_counts(day):
    (unknown,) = proposals(day, visit(day, LATE))
    assert (unknown.units, unknown.amount_riel) == (None, None)
    inspection = visit(day, LATE, people=4)
    (known,) = proposals(day, inspection)
    assert (known.units, known.amount_riel) == (4, 6_720_000)
    day.commit(propose_fines(day, inspection, {LATE: 6}))
    assert day.all(Fine)[-1].amount_riel == 6 * 1_680_000


def test_forced_labour_goes_to_the_prosecutor_too(day):
    told = {p.violation: p for p in proposals(day, visit(day, FORCED, LATE))}
    assert told[FORCED].for_prosecutor
    assert not told[LATE].for_prosecutor
    assert for_prosecutor(FORCED)


def test_a_fine_is_proposed_once_and_only_for_what_was_found(day):
    inspection = visit(day, FORCED)
    assert refusal(lambda: propose_fines(day, inspection, {})) == "error.fine.nothing"
    other = lambda: propose_fines(day, inspection, {LATE: 1})  # noqa: E731 - an act
    assert refusal(other) == "error.fine.not_found_there"
    assert refusal(lambda: propose_fines(day, inspection, {FORCED: 0})) == "error.fine.units"
    day.commit(propose_fines(day, inspection, {FORCED: 1}))
    again = lambda: propose_fines(day, inspection, {FORCED: 1})  # noqa: E731 - an act
    assert refusal(again) == "error.fine.already"


def test_a_site_is_fined_once_per_visit(day):
    at = datetime(2023, 2, 1, 9)  # noqa: DTZ001 - local
    inspection = visit(day, Violation.NO_LICENCE.value, at=at)
    act = lambda: propose_fines(day, inspection, {Violation.NO_LICENCE.value: 2})  # noqa: E731
    assert refusal(act) == "error.fine.units"


def decide(plan, fine, state=FineState.CONFIRMED, **more):
    given = {"inspector": "Labour office, desk 2", "decided_on": DECIDED, **more}
    return decide_fine(plan, fine.id, state, **given)


def test_the_inspectors_decision_is_entered_by_a_commander(day):
    fine = proposed(day)
    with pytest.raises(NotAllowedError):
        day.commit(decide(day, fine))
    me = day.act_as(Role.DEPUTY_GOVERNOR)
    day.commit(decide(day, fine))
    after = day.get(Fine, fine.id)
    assert (after.state, after.amount_riel) == (FineState.CONFIRMED, 2_620_000)
    assert (after.confirmed_by, after.decided_on) == (me.id, DECIDED)
    assert after.inspector == "Labour office, desk 2"


def test_what_is_altered_rejected_or_decided_anew_has_its_reason(day):
    fine = proposed(day, violation=LATE, units=4, people=4)
    day.act_as(Role.GOVERNOR)
    for more in ({"units": 3}, {"amount_riel": 1_000_000}):
        assert refusal(lambda m=more: decide(day, fine, **m)) == "error.fine.no_note"
    assert refusal(lambda: decide(day, fine, FineState.REJECTED)) == "error.fine.no_note"
    day.commit(decide(day, fine, units=3, note="One was the owner, 012 345 678"))
    after = day.get(Fine, fine.id)
    assert (after.units, after.amount_riel) == (3, 3 * 1_680_000)
    assert "345" not in after.note
    assert refusal(lambda: decide(day, fine)) == "error.fine.no_note"
    day.commit(decide(day, fine, FineState.REJECTED, note="Appeal upheld"))
    assert day.get(Fine, fine.id).state is FineState.REJECTED


def test_after_a_rejection_the_same_may_be_proposed_again(day):
    fine = proposed(day)
    day.act_as(Role.GOVERNOR)
    day.commit(decide(day, fine, FineState.REJECTED, note="Wrong form"))
    day.act_as(Role.PLANNER)
    day.commit(propose_fines(day, fine.inspection_id, {FORCED: 1}))
    assert len(day.all(Fine)) == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"inspector": " "}, "error.fine.no_inspector"),
        ({"decided_on": date(2022, 9, 16)}, "error.fine.too_early"),
        ({"decided_on": today() + timedelta(days=2)}, "error.fine.future"),
        ({"amount_riel": 0, "note": "x"}, "error.fine.amount"),
        ({"units": 0, "note": "x"}, "error.fine.units"),
        ({"state": FineState.PROPOSED}, "error.fine.no_decision"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(day, more, code):
    fine = proposed(day)
    assert refusal(lambda: decide(day, fine, **more)) == code


def test_a_row_is_added_to_the_table_and_applies_from_its_day(day):
    new = rate(FORCED, 6_000_000, date(2024, 1, 1))
    day.commit(add_rate(day, new))
    assert rate_for(day, FORCED, date(2023, 12, 31)).amount_riel == 5_240_000
    assert rate_for(day, FORCED, date(2024, 1, 1)).amount_riel == 6_000_000
    assert refusal(lambda: add_rate(day, new)) == "error.rate.there_already"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"violation": "murder"}, "error.inspection.no_such_violation"),
        ({"amount_riel": 0}, "error.fine.amount"),
        ({"source": " "}, "error.rate.no_source"),
    ],
)
def test_a_row_names_a_violation_an_amount_and_its_source(day, change, code):
    wrong = replace(rate(FORCED, 1, date(2025, 1, 1)), **change)
    assert refusal(lambda: add_rate(day, wrong)) == code
