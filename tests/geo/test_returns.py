"""Counting, signing and taking in a month, through the gate of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from geo.clock import CAMBODIA_TIME, today
from geo.edit.edit import Action, Edit, deleting, inserting, updating
from geo.edit.returns import import_returns, latest
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError, SigningKeyError
from geo.model.entity import Kind
from geo.model.plan import PlanInfo, User
from geo.model.result import Inspection, MonthlyReturn, Outcome
from geo.model.site import Site
from geo.model.vocabulary import Role
from geo.project import Project
from geo.return_document import is_genuine
from geo.returns import count_month, file_of, prepare, small_counts
from geo.store.memory import MemoryStore
from tests.geo.analysis.alleged import within
from tests.geo.returning import SEPTEMBER, key_of, told

SIGNER = key_of("18")
PLANNER = User(id=SIGNER.user_id, name="Planner (demo)", role=Role.PLANNER,
               public_key=SIGNER.public_key)  # fmt: skip
AUDITOR = replace(PLANNER, id="auditor", role=Role.AUDITOR)


def a_plan(*rows, user=PLANNER) -> Project:
    store = MemoryStore()
    info = PlanInfo(
        name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=CAMBODIA_TIME)
    )
    everything = (info, PLANNER, AUDITOR, *rows)
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=tuple(inserting([r]) for r in everything)))
    return Project(store, user, SIGNER)


@pytest.fixture
def plan() -> Project:
    return a_plan(
        Site(id="hotel", admin_code="180101"),
        within("180101"),
        within("1801", received_on=date(2022, 8, 31)),
        within("0102"),
        Inspection(site_id="hotel", inspected_at=datetime(2022, 9, 5, tzinfo=CAMBODIA_TIME)),
        Outcome(site_id="hotel", recorded_on=date(2022, 8, 6), rescued=3),
    )


def test_a_month_is_counted_for_the_province_alone(plan):
    counted = count_month(plan, "18", SEPTEMBER)
    assert counted.counts == {
        "reported": 1, "triaged": 0, "inspected": 1,
        "rescued": 0, "suspects": 0, "cases": 0,  # outcomes are kept, and there was none
        "fines_riel": None,  # no fine was ever entered: nobody keeps them here
        "still_open": 2,
    }  # fmt: skip
    assert counted.last_action_on == date(2022, 9, 5)


def test_what_shall_not_be_reported_is_not(plan):
    assert count_month(plan, "18", SEPTEMBER, ["cases"]).counts["cases"] is None
    with pytest.raises(InputError) as refused:
        count_month(plan, "18", SEPTEMBER, ["casualties"])
    assert refused.value.code == "error.return.column"


def test_a_month_that_is_not_over_is_refused(plan):
    with pytest.raises(InputError) as refused:
        count_month(plan, "18", today().replace(day=1))
    assert refused.value.code == "error.return.not_closed"


def signed_in_plan(plan, **more):
    signing = prepare(plan, count_month(plan, "18", SEPTEMBER, **more), plan.signer)
    if signing.edit is not None:
        plan.commit(signing.edit)
    return signing.row


def test_a_signed_return_is_kept_and_ends_undo(plan):
    row = signed_in_plan(plan)
    kept = latest(plan, "18", SEPTEMBER)
    assert (kept.id, kept.edition, kept.signed_by) == (row.id, 1, PLANNER.id)
    assert is_genuine(kept)
    assert not plan.history.undoable
    assert b'"reported": 1' in file_of(kept)


def test_asking_again_gives_the_same_return_and_a_correction_the_next_edition(plan):
    first = signed_in_plan(plan)
    assert signed_in_plan(plan).id == first.id
    second = signed_in_plan(plan, not_reported=["cases"])
    assert (second.edition, len(plan.table(Kind.RETURN))) == (2, 2)


def test_nobody_signs_without_the_right_or_with_anothers_key(plan):
    counted = count_month(plan, "18", SEPTEMBER)
    with pytest.raises(SigningKeyError):
        prepare(plan, counted, key_of("01"))
    edit = prepare(plan, counted, SIGNER).edit
    plan.user = AUDITOR
    with pytest.raises(NotAllowedError):
        plan.commit(edit)


def test_no_edit_changes_or_removes_a_return(plan):
    signed_in_plan(plan)
    kept = latest(plan, "18", SEPTEMBER)
    for delta in (updating(kept, replace(kept, reported=0)), deleting(kept)):
        for verb in (Verb.SIGN_RETURN, Verb.IMPORT_RETURNS, Verb.BULK_EDIT):
            with pytest.raises(NotAllowedError):
                plan.commit(Edit(verb=verb, deltas=(delta,), barrier=True))


@pytest.mark.parametrize(
    "forged",
    [
        replace(told(), reported=99),  # altered
        replace(told(), signed_by=PLANNER.id),  # signed by nobody here
        MonthlyReturn(province_code="18", month=SEPTEMBER, reported=4),
    ],
)
@pytest.mark.parametrize("verb", [Verb.SIGN_RETURN, Verb.IMPORT_RETURNS, Verb.EDIT_PLAN])
def test_no_edit_brings_a_return_that_was_not_signed_as_it_stands(plan, verb, forged):
    with pytest.raises(NotAllowedError):
        plan.commit(Edit(verb=verb, deltas=(inserting([forged]),), barrier=True))


def test_a_ministry_takes_in_returns_once_and_may_take_that_back(plan):
    two = [told("01"), told("02")]
    plan.commit(import_returns(plan, two))
    kept = plan.get(MonthlyReturn, two[0].id)
    assert (kept.received_on, kept.signed_by, is_genuine(kept)) == (today(), "", True)
    with pytest.raises(InputError) as refused:
        import_returns(plan, two)
    assert refused.value.code == "error.return.all_known"
    plan.commit(import_returns(plan, [*two, told("03")]))
    plan.undo()
    plan.undo()
    assert len(plan.table(Kind.RETURN)) == 0
    plan.redo()
    assert plan.history.redoable[-1].action is not Action.UNDO
    assert len(plan.table(Kind.RETURN)) == 2


def test_an_altered_return_is_not_taken_in(plan):
    with pytest.raises(InputError) as refused:
        import_returns(plan, [replace(told("01"), rescued=7)])
    assert refused.value.code == "error.return.altered"


def test_small_counts_are_named_and_zero_is_none():
    assert small_counts(told(reported=12, triaged=9, inspected=0, fines_riel=5)) == ("triaged",)


def test_a_plan_that_keeps_nothing_reports_nothing_and_no_zero():
    empty = a_plan()
    row = signed_in_plan(empty)
    assert all(value is None for value in count_month(empty, "18", SEPTEMBER).counts.values())
    assert (row.reported, row.still_open, row.last_action_on) == (None, None, None)


def test_check_finds_a_return_that_was_altered_behind_the_gate(plan):
    signed_in_plan(plan)
    assert not plan.store.check()
    forged = replace(told("01"), rescued=99)
    plan.store.commit(Edit(verb=Verb.IMPORT_RETURNS, deltas=(inserting([forged]),)))
    assert [p.what for p in plan.store.check()] == ["check.return_signature"]
