"""The log of the day: written lines, and the steps that nobody writes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from geo.clock import now
from geo.edit.day_log import newest, rows_of, state_lines, whole_log, write_log
from geo.edit.edit import Action, Edit, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Assignment, LogEntry
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState, LogCode, Role
from tests.geo.edit.day_plan import on_the_day

AT = datetime(2022, 9, 17, 6, 30)  # noqa: DTZ001 - local


@pytest.fixture
def day(plan):
    return on_the_day(plan)


def refusal(act):
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def test_a_line_has_its_time_its_writer_and_the_zone_of_its_duty(day):
    day.commit(write_log(day, "day", "Gate locked, tel. 012 345 678", at=AT, assignment_id="duty"))
    (line,) = day.all(LogEntry)
    assert (line.at, line.written_by, line.zone_id) == (AT, day.user.id, "north")
    assert "345" not in line.words


def test_a_line_may_be_a_code_alone_and_its_time_is_now(day):
    day.commit(write_log(day, "day", code=LogCode.TEAM_ARRIVED))
    (line,) = day.all(LogEntry)
    assert timedelta() <= now() - line.at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("operation", "more", "code"),
    [
        ("day", {}, "error.log.nothing"),
        ("day", {"code": "party"}, "error.log.no_such_code"),
        ("day", {"words": "x", "zone_id": "gone"}, "error.zone.gone"),
        ("day", {"words": "x", "assignment_id": "gone"}, "error.assign.gone"),
        ("day", {"words": "x", "site_id": "gone"}, "error.site.gone"),
        ("raid", {"words": "x"}, "error.log.not_released"),
        ("gone", {"words": "x"}, "error.operation.gone"),
    ],
)
def test_a_line_that_says_nothing_or_is_of_nothing_is_not_written(day, operation, more, code):
    assert refusal(lambda: write_log(day, operation, **more)) == code


def test_no_line_lies_ahead(day):
    later = now() + timedelta(hours=1)
    assert refusal(lambda: write_log(day, "day", "x", at=later)) == "error.log.future"


def test_written_lines_stand_in_the_order_of_what_happened(day):
    for minutes in (20, 0, 10):
        day.commit(write_log(day, "day", "x", at=AT + timedelta(minutes=minutes)))
    times = [line.at for line in newest(day, "day", 99)[0]]
    assert times == sorted(times)
    assert newest(day, "raid", 99) == ((), 0)


def test_only_the_newest_lines_are_read_and_all_are_counted(day):
    for n in range(8):
        at = AT + timedelta(days=n % 2, minutes=n)
        day.commit(write_log(day, "day", f"line {n}", at=at, zone_id="north" if n % 4 else ""))
    every, n = newest(day, "day", 99)
    assert n == 8
    for most in range(9):
        assert newest(day, "day", most) == (every[8 - most :], 8)
    in_zone = tuple(line for line in every if line.zone_id)
    assert newest(day, "day", 3, zone_id="north") == (in_zone[-3:], len(in_zone))
    before = tuple(line for line in every if line.at.date() == AT.date())
    assert newest(day, "day", 99, until=AT.date()) == (before, 4)


def step(plan, state):
    old = plan.get(Assignment, "duty")
    changed = updating(old, replace(old, state=state))
    return plan.stands(Edit(verb=Verb.STEP_ASSIGNMENT, deltas=(changed,)))


def steps_of(plan):
    edits = [e for kind, i in rows_of(plan, "day") for e in plan.store.edits_of(kind, i)]
    return state_lines(edits)


def test_steps_are_read_from_the_plans_own_log(day):
    day.act_as(Role.DEPUTY_GOVERNOR)
    step(day, AssignmentState.COMPLETED)
    last = steps_of(day)[-1]
    assert (last.kind, last.entity_id) == (Kind.ASSIGNMENT, "duty")
    assert (last.before, last.after) == ("under_way", "completed")
    assert last.actor == day.user.id
    assert day.all(LogEntry) == ()


def test_a_step_that_was_taken_back_is_no_line(day):
    before = steps_of(day)
    done = step(day, AssignmentState.COMPLETED)
    assert len(steps_of(day)) == len(before) + 1
    taken_back = day.stands(undone(day, done))
    assert steps_of(day) == before
    assert taken_back.of == done.id


def undone(plan, done):
    inverse = done.inverse(Action.UNDO)
    return replace(
        inverse,
        deltas=tuple(
            replace(d, versions=tuple(plan.get(Assignment, i).version for i in d.ids))
            for d in inverse.deltas
        ),
    )


def test_lines_and_steps_come_together_in_one_order(day):
    day.commit(write_log(day, "day", "x", at=AT))
    lines = whole_log(newest(day, "day", 99)[0], steps_of(day))
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert isinstance(lines[0], LogEntry)
