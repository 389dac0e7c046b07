"""When a crossing was open: closing, reopening, correcting a wrong date."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.edit.crossings import (
    add_crossing,
    change_crossing,
    close_crossing,
    correct_interval,
    move_crossing,
    reopen_crossing,
)
from geo.errors import InputError
from geo.model.entity import LonLat
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.vocabulary import CrossingClass, Neighbour, Role
from tests.geo.project_plan import new_project

FIRST = date(2020, 1, 1)


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def gate(plan, *intervals):
    made = BorderCrossing(
        name_en="Demo gate",
        neighbour=Neighbour.THAILAND,
        crossing_class=CrossingClass.LOCAL_CORRIDOR,
        open_intervals=tuple(OpenInterval(*i) for i in intervals),
    )
    plan.commit(add_crossing(made))
    return made.id


def open_on(plan, crossing_id, day):
    return plan.get(BorderCrossing, crossing_id).open_on(day)


def test_a_closure_begins_on_its_day(plan):
    crossing = gate(plan, (FIRST, None))
    plan.commit(close_crossing(plan, crossing, date(2025, 6, 24)))
    assert open_on(plan, crossing, date(2025, 6, 23))
    assert open_on(plan, crossing, date(2025, 6, 24)) is False


def test_a_crossing_of_which_nothing_was_known_was_open_until_it_closed(plan):
    crossing = gate(plan)
    plan.commit(close_crossing(plan, crossing, date(2025, 6, 24)))
    assert open_on(plan, crossing, date(2025, 6, 23))
    assert open_on(plan, crossing, date(2025, 6, 24)) is False


def test_a_closure_may_be_announced_for_a_day_ahead(plan):
    crossing = gate(plan, (FIRST, None))
    ahead = date.today() + timedelta(days=30)  # noqa: DTZ011 - a day of this machine
    plan.commit(close_crossing(plan, crossing, ahead))
    assert open_on(plan, crossing, ahead - timedelta(days=1))
    assert open_on(plan, crossing, ahead) is False


def test_what_is_closed_is_not_closed_again(plan):
    crossing = gate(plan, (FIRST, date(2025, 6, 23)))
    act = lambda: close_crossing(plan, crossing, date(2025, 7, 1))  # noqa: E731
    assert refusal(act) == "error.crossing.closed_already"


def test_it_does_not_close_before_it_opened(plan):
    crossing = gate(plan, (FIRST, None))
    act = lambda: close_crossing(plan, crossing, FIRST)  # noqa: E731
    assert refusal(act) == "error.crossing.closed_before_open"


def test_it_reopens_after_a_closed_day_and_not_before(plan):
    crossing = gate(plan, (FIRST, date(2025, 6, 23)))
    act = lambda: reopen_crossing(plan, crossing, date(2025, 6, 24))  # noqa: E731
    assert refusal(act) == "error.crossing.opened_before_closed"
    plan.commit(reopen_crossing(plan, crossing, date(2025, 6, 25)))
    assert [open_on(plan, crossing, date(2025, 6, d)) for d in (23, 24, 25)] == [True, False, True]


def test_what_is_open_is_not_opened_again(plan):
    crossing = gate(plan, (FIRST, None))
    act = lambda: reopen_crossing(plan, crossing, date(2025, 7, 1))  # noqa: E731
    assert refusal(act) == "error.crossing.open_already"


def test_a_wrong_date_is_corrected_and_a_wrong_interval_taken_out(plan):
    crossing = gate(plan, (FIRST, date(2021, 1, 1)), (date(2022, 1, 1), None))
    right = OpenInterval(date(2021, 6, 1), None)
    plan.commit(correct_interval(plan, crossing, 1, right))
    assert plan.get(BorderCrossing, crossing).open_intervals[1] == right
    plan.commit(correct_interval(plan, crossing, 0, None))
    assert plan.get(BorderCrossing, crossing).open_intervals == (right,)


def test_a_corrected_date_does_not_run_into_another_interval(plan):
    crossing = gate(plan, (FIRST, date(2021, 1, 1)), (date(2022, 1, 1), None))
    into = OpenInterval(date(2021, 1, 2), None)
    act = lambda: correct_interval(plan, crossing, 1, into)  # noqa: E731
    assert refusal(act) == "error.crossing.interval_overlap"
    assert refusal(lambda: correct_interval(plan, crossing, 2, into)).endswith("interval_gone")


def test_a_crossing_is_moved_with_what_its_position_rests_on(plan):
    crossing, there = gate(plan), LonLat(102.55, 13.66)
    act = lambda: move_crossing(plan, crossing, there, approximate=False, basis=" ")  # noqa: E731
    assert refusal(act) == "error.crossing.no_basis"
    plan.commit(move_crossing(plan, crossing, there, approximate=False, basis="GPS at the gate"))
    moved = plan.get(BorderCrossing, crossing)
    assert (moved.point, moved.approximate, moved.basis) == (there, False, "GPS at the gate")


def test_fields_of_a_crossing_are_trimmed(plan):
    crossing = gate(plan)
    plan.commit(change_crossing(plan, crossing, {"opposite": " Demo town "}))
    assert plan.get(BorderCrossing, crossing).opposite == "Demo town"


DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))


@given(st.lists(st.tuples(st.sampled_from([close_crossing, reopen_crossing]), DAYS), max_size=8))
def test_whatever_closes_and_reopens_the_days_are_as_told(acts):
    plan = new_project(Role.PLANNER)
    told: list[tuple[date, bool]] = []
    for act, day in acts:
        try:
            plan.commit(act(plan, "gate", day))
        except InputError:
            continue
        told.append((day, act is reopen_crossing))
    crossing = plan.get(BorderCrossing, "gate")
    intervals = crossing.open_intervals
    assert all(a.until < b.since for a, b in itertools.pairwise(intervals))
    assert all(i.since is None or i.until is None or i.since <= i.until for i in intervals)
    assert [day for day, _ in told] == sorted({day for day, _ in told})
    for n in range(-1, 62):
        day = FIRST + timedelta(days=n)
        if not told:
            assert crossing.open_on(day) is None
            continue
        # Before the first word it was the other way round.
        last = [is_open for since, is_open in told if since <= day]
        assert crossing.open_on(day) is (last[-1] if last else not told[0][1])
