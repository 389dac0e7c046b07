"""Times and limits that no operation is made of, by its verbs or by a direct edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from geo.edit.edit import Edit, inserting, updating
from geo.edit.operations import add_operation, edit_operation
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Limits, Operation, new_period

SIX = datetime(2022, 9, 1, 6)  # noqa: DTZ001 - periods are in local time
ZONED = SIX.replace(tzinfo=UTC)
HOUR = timedelta(hours=1)
ODD = {
    "error.operation.time_with_zone": {"periods": (new_period("A", ZONED, ZONED + HOUR),)},
    "error.operation.period_backwards": {"periods": (new_period("A", SIX, SIX - HOUR),)},
    "error.operation.period_no_name": {"periods": (new_period(" ", SIX, SIX + HOUR),)},
    "error.operation.period_twice": {
        "periods": (new_period("A", SIX, SIX + HOUR), new_period("A ", SIX + HOUR, SIX + 2 * HOUR))
    },
    "error.operation.limit": {"limits": Limits(speed_kmh=float("inf"))},
}


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize("code", ODD)
def test_no_way_brings_in_what_cannot_be(plan, code):
    made = Operation(name="Sweep", proposed_by=plan.user.id, made_by=plan.user.id)
    odd = replace(made, **ODD[code])
    assert refusal(lambda: add_operation(plan, odd)) == code
    direct = Edit(verb=Verb.ADD_OPERATION, deltas=(inserting([odd]),))
    assert refusal(lambda: plan.commit(direct)) == code
    plan.commit(add_operation(plan, made))
    changed = replace(odd, id=made.id)
    assert refusal(lambda: edit_operation(plan, changed)) == code
    direct = Edit(verb=Verb.EDIT_OPERATION, deltas=(updating(made, changed),))
    assert refusal(lambda: plan.commit(direct)) == code


@pytest.mark.parametrize("speed", [float("nan"), 0.0, -1.0, 121.0])
def test_a_speed_is_one_that_is_driven(plan, speed):
    odd = Operation(name="Sweep", limits=Limits(speed_kmh=speed))
    assert refusal(lambda: add_operation(plan, odd)) == "error.operation.limit"


def test_what_an_older_plan_had_may_stay(plan):
    raid = plan.get(Operation, "raid")
    old = replace(raid, limits=Limits(stale_days=99_999))
    plan.stands(Edit(verb=Verb.EDIT_OPERATION, deltas=(updating(raid, old),)))
    plan.commit(edit_operation(plan, replace(plan.get(Operation, "raid"), commander="Governor")))
    assert plan.get(Operation, "raid").limits.stale_days == 99_999
