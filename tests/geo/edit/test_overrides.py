"""Going ahead in spite of a gap: by the governor, with a reason, for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.edit.edit import Edit, inserting
from geo.edit.operations import step_operation, submit_operation, withdraw_operation
from geo.edit.overrides import override_gap
from geo.edit.verbs import Verb
from geo.errors import PlanError
from geo.model.command import Override
from geo.model.gaps import NEVER_OVERRIDDEN, GapCode
from geo.model.vocabulary import OperationState, Role
from geo.releasing import standing_gaps
from tests.geo.edit import acts
from tests.geo.edit.acts import OPERATION, REASON, zone
from tests.geo.edit.people import USERS

WHAT = GapCode.NO_SITES.value


def refusal(act) -> str:
    with pytest.raises(PlanError) as refused:
        act()
    return refused.value.code


@pytest.fixture
def proposed(plan):
    acts.coordinated(plan)
    plan.act_as(Role.GOVERNOR)
    return plan


def test_an_override_names_person_time_and_reason_and_cannot_be_undone(proposed):
    zone_id = zone(proposed).id
    proposed.commit(override_gap(proposed, OPERATION, zone_id, WHAT, f"  {REASON} "))
    (kept,) = proposed.all(Override)
    assert (kept.zone_id, kept.what, kept.reason) == (zone_id, WHAT, REASON)
    assert kept.decided_by == USERS[Role.GOVERNOR].id
    assert kept.decided_at is not None
    assert refusal(proposed.undo) == "error.nothing_to_undo"


@pytest.mark.parametrize(
    "reason", ["", "   ", "ok", "because it", "1234567890", ". . . . . . . . . ."]
)
def test_a_reason_is_at_least_ten_letters(proposed, reason):
    assert refusal(lambda: override_gap(proposed, OPERATION, "", WHAT, reason)) == (
        "error.override.reason"
    )


def test_a_khmer_reason_counts_its_letters(proposed):
    reason = "អភិបាលសម្រេចបន្តប្រតិបត្តិការ"
    proposed.commit(override_gap(proposed, OPERATION, zone(proposed).id, WHAT, reason))
    assert len(proposed.all(Override)) == 1


def test_a_reason_stands_on_the_sheet_without_a_number_that_finds_somebody(proposed):
    told = f"{REASON}, the source answers on 012 345 678"
    proposed.commit(override_gap(proposed, OPERATION, zone(proposed).id, WHAT, told))
    (kept,) = proposed.all(Override)
    assert "345" not in kept.reason
    assert REASON in kept.reason
    forged = replace(kept, id="forged", reason=told)
    direct = Edit(verb=Verb.OVERRIDE, deltas=(inserting([forged]),))
    assert refusal(lambda: proposed.commit(direct)) == "error.override.number"


@pytest.mark.parametrize("what", sorted(NEVER_OVERRIDDEN))
def test_what_only_the_prosecutor_may_say_is_overridden_by_nobody(proposed, what):
    assert refusal(lambda: override_gap(proposed, OPERATION, zone(proposed).id, what, REASON)) == (
        "error.override.authorisation"
    )


def test_only_a_gap_that_there_is_a_code_for_is_overridden(proposed):
    assert refusal(lambda: override_gap(proposed, OPERATION, "", "all", REASON)) == (
        "error.override.no_such_gap"
    )
    assert refusal(lambda: override_gap(proposed, OPERATION, "nowhere", WHAT, REASON)) == (
        "error.zone.gone"
    )
    assert refusal(lambda: override_gap(proposed, "nothing", "", WHAT, REASON)) == (
        "error.operation.gone"
    )


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.GOVERNOR])
def test_nobody_else_overrides(proposed, role):
    proposed.act_as(role)
    assert refusal(
        lambda: proposed.commit(override_gap(proposed, OPERATION, "", WHAT, REASON))
    ) in {"error.not_allowed", "error.override.own"}


def test_nobody_overrides_for_his_own_proposal(plan):
    acts.coordinated(plan, Role.GOVERNOR)
    plan.act_as(Role.GOVERNOR)
    assert refusal(lambda: override_gap(plan, OPERATION, "", WHAT, REASON)) == "error.override.own"


def test_a_draft_has_its_gaps_closed_and_what_is_over_has_none(plan):
    acts.drafted(plan)
    plan.act_as(Role.GOVERNOR)
    assert refusal(lambda: override_gap(plan, OPERATION, "", WHAT, REASON)) == (
        "error.override.not_submitted"
    )
    plan.commit(step_operation(plan, OPERATION, OperationState.CANCELLED))
    assert refusal(lambda: override_gap(plan, OPERATION, "", WHAT, REASON)) == (
        "error.operation.over"
    )


def test_what_somebody_overrode_stands_again_when_he_proposes_it_himself(proposed):
    """Else one governor could clear the way and another would release it on his word."""
    before = standing_gaps(proposed, OPERATION)
    acts.overridden(proposed)
    assert standing_gaps(proposed, OPERATION) == ()
    proposed.act_as(Role.PLANNER)
    proposed.commit(withdraw_operation(proposed, OPERATION))
    proposed.act_as(Role.GOVERNOR)
    proposed.commit(submit_operation(proposed, OPERATION))
    assert standing_gaps(proposed, OPERATION) == before


def test_nobody_signed_in_overrides_nothing(proposed):
    proposed.user = None
    assert refusal(lambda: override_gap(proposed, OPERATION, "", WHAT, REASON)) == (
        "error.nobody_signed_in"
    )


def test_what_was_overridden_of_one_proposal_stands_again_in_the_next(proposed):
    zone_id = zone(proposed).id
    proposed.commit(override_gap(proposed, OPERATION, zone_id, WHAT, REASON))
    old = proposed.all(Override)[0]
    before = set(standing_gaps(proposed, OPERATION))
    proposed.act_as(Role.PLANNER)
    proposed.commit(withdraw_operation(proposed, OPERATION))
    proposed.commit(submit_operation(proposed, OPERATION))
    after = set(standing_gaps(proposed, OPERATION))
    assert (zone(proposed).name, WHAT) in after - before
    proposed.act_as(Role.GOVERNOR)
    late = Edit(verb=Verb.OVERRIDE, deltas=(inserting([replace(old, id="again")]),))
    assert refusal(lambda: proposed.commit(late)) == "error.override.other_proposal"
    assert proposed.all(Override) == (old,), "it stays on record"
