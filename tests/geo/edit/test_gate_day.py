"""Direct edits of what the day brought do not walk round the acts, whatever verb they carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from geo.edit.checklist import tick
from geo.edit.day_log import write_log
from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.fines import add_rate, decide_fine
from geo.edit.verbs import Verb, may
from geo.errors import InputError, NotAllowedError
from geo.model.command import Assignment, ChecklistItem, LogEntry
from geo.model.result import Arrests, Fine, FineRate, Inspection, Outcome
from geo.model.vocabulary import FineBasis, FineState, GroupKind, PersonRole, Role
from tests.geo.edit.day_plan import on_the_day

AT = datetime(2022, 9, 17, 6, 30)  # noqa: DTZ001 - local
VISIT = Inspection(id="visit", site_id="s", violations=("forced_overtime",), inspected_at=AT)
FINE = Fine(
    id="fine", inspection_id="visit", rate_id="r", violation="forced_overtime", amount_riel=100
)


@pytest.fixture
def day(plan):
    on_the_day(plan)
    plan.stands(Edit(verb=Verb.IMPORT, deltas=(inserting([VISIT]), inserting([FINE]))))
    return plan


def refused(plan, edit):
    """Tell that nobody's edit of these rows passes, whoever may use its verb."""
    for role in Role:
        user = plan.act_as(role)
        if not may(user, edit.verb):
            continue
        with pytest.raises(NotAllowedError):
            plan.commit(edit)
    return True


@pytest.mark.parametrize("verb", Verb)
def test_no_fine_begins_as_a_confirmed_one(day, verb):
    new = replace(FINE, id="new", state=FineState.CONFIRMED, confirmed_by="x", inspector="Office")
    assert refused(day, Edit(verb=verb, deltas=(inserting([new]),)))


@pytest.mark.parametrize("verb", [v for v in Verb if v is not Verb.CONFIRM_FINE])
def test_no_fine_is_decided_but_by_deciding(day, verb):
    decided = replace(FINE, state=FineState.CONFIRMED, inspector="Office")
    assert refused(day, Edit(verb=verb, deltas=(updating(day.get(Fine, "fine"), decided),)))


def test_nobody_decides_in_another_name_or_takes_a_decision_away(day):
    old = day.get(Fine, "fine")
    forged = replace(old, state=FineState.CONFIRMED, confirmed_by="other", inspector="Office")
    assert refused(day, Edit(verb=Verb.CONFIRM_FINE, deltas=(updating(old, forged),)))
    assert refused(day, Edit(verb=Verb.CONFIRM_FINE, deltas=(deleting(old),)))
    day.act_as(Role.GOVERNOR)
    on = {"inspector": "Office", "decided_on": date(2022, 9, 20)}
    day.commit(decide_fine(day, "fine", FineState.CONFIRMED, **on))
    now = day.get(Fine, "fine")
    back = replace(now, state=FineState.PROPOSED)
    assert refused(day, Edit(verb=Verb.CONFIRM_FINE, deltas=(updating(now, back),)))


@pytest.mark.parametrize("verb", Verb)
def test_a_written_line_is_never_changed_nor_taken_out_nor_written_for_another(day, verb):
    day.act_as(Role.PLANNER)
    day.commit(write_log(day, "day", "First", at=AT))
    (line,) = day.all(LogEntry)
    other = replace(line, words="Second")
    assert refused(day, Edit(verb=verb, deltas=(updating(line, other),)))
    assert refused(day, Edit(verb=verb, deltas=(deleting(line),)))
    forged = LogEntry(operation_id="day", at=AT, words="x", written_by="somebody")
    assert refused(day, Edit(verb=verb, deltas=(inserting([forged]),)))


@pytest.mark.parametrize("verb", Verb)
def test_an_item_is_ticked_by_ticking_it_and_in_ones_own_name(day, verb):
    old = day.get(Assignment, "duty")
    item = ChecklistItem(GroupKind.MINUTES, "signed", AT, "somebody")
    assert refused(day, Edit(verb=verb, deltas=(updating(old, replace(old, checklist=(item,))),)))
    day.act_as(Role.PLANNER)
    day.commit(tick(day, "duty", GroupKind.MINUTES, "signed"))
    (ticked,) = day.get(Assignment, "duty").checklist
    assert ticked.code == "signed"


def test_no_ringleader_comes_in_by_another_way(day):
    found = Outcome(
        site_id=day.site().id,
        recorded_on=date(2022, 9, 17),
        arrested=(Arrests(PersonRole.RINGLEADER, 1),),
    )
    with pytest.raises(InputError) as told:
        day.commit(Edit(verb=Verb.INSPECT, deltas=(inserting([found]),)))
    assert told.value.code == "error.outcome.ringleader"


def test_what_was_done_by_its_act_can_be_taken_back_and_put_back(day):
    day.act_as(Role.GOVERNOR)
    on = {"inspector": "Office", "decided_on": date(2022, 9, 20)}
    day.commit(decide_fine(day, "fine", FineState.CONFIRMED, **on))
    day.undo()
    assert day.get(Fine, "fine").state is FineState.PROPOSED
    day.redo()
    assert day.get(Fine, "fine").state is FineState.CONFIRMED


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_riel": 1},
        {"units": 0, "amount_riel": 0},
        {"rate_id": "r"},
        {"violation": "child_labour"},
        {"inspection_id": "none"},
        {"note": "said so"},
    ],
)
def test_a_fine_is_proposed_as_the_dated_table_has_it(day, changes):
    rate = FineRate(
        violation="forced_overtime",
        amount_riel=1_680_000,
        basis=FineBasis.PER_CASE,
        applies_from=date(2022, 1, 1),
        source="Order (demo)",
    )
    day.act_as(Role.GOVERNOR)
    day.commit(add_rate(day, rate))
    right = replace(FINE, id="new", rate_id=rate.id, amount_riel=1_680_000)
    wrong = replace(right, **changes)
    assert refused(day, Edit(verb=Verb.PROPOSE_FINE, deltas=(inserting([wrong]),)))
    day.act_as(Role.PLANNER)
    day.commit(Edit(verb=Verb.PROPOSE_FINE, deltas=(inserting([right]),)))


def test_no_line_holds_a_number_that_finds_somebody(day):
    me = day.act_as(Role.PLANNER)
    line = LogEntry(operation_id="day", at=AT, words="Call 012 345 678", written_by=me.id)
    with pytest.raises(InputError) as told:
        day.commit(Edit(verb=Verb.WRITE_LOG, deltas=(inserting([line]),)))
    assert told.value.code == "error.log.number"
