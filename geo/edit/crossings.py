"""Correcting border crossings: where they are, and when they were open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.place import BorderCrossing, OpenInterval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.edit.edit import Delta
    from geo.edit.reading import PlanRows
    from geo.model.entity import LonLat

Intervals = tuple[OpenInterval, ...]
DAY = timedelta(days=1)


def add_crossing(crossing: BorderCrossing) -> Edit:
    """Return the edit that adds a crossing.

    Raises:
        InputError: It has no name, or one of its intervals ends before it begins or meets another.
    """
    _check_name(crossing)
    check_intervals(crossing.open_intervals)
    return _edit(crossing, inserting([crossing]), Verb.ADD_CROSSING)


def edit_crossing(
    plan: PlanRows, crossing: BorderCrossing, verb: Verb = Verb.EDIT_CROSSING
) -> Edit:
    """Return the edit that gives a crossing the state `crossing`.

    Args:
        plan: The plan.
        crossing: As it is to be.
        verb: What is done to it, for the history.

    Raises:
        InputError: The crossing is gone, has no name, or one of its intervals ends before it
            begins or meets another.
    """
    old = crossing_of(plan, crossing.id)
    _check_name(crossing)
    if crossing.open_intervals != old.open_intervals:
        check_intervals(crossing.open_intervals)
    return _edit(crossing, updating(old, crossing), verb)


def change_crossing(plan: PlanRows, crossing_id: str, changes: Mapping[str, object]) -> Edit:
    """Return the edit that gives some fields of a crossing other values; texts are trimmed.

    Raises:
        InputError: See `edit_crossing`.
    """
    trimmed = {k: v.strip() if type(v) is str else v for k, v in changes.items()}
    crossing = crossing_of(plan, crossing_id)
    return edit_crossing(plan, replace(crossing, **cast("dict[str, Any]", trimmed)))


def move_crossing(
    plan: PlanRows, crossing_id: str, point: LonLat, *, approximate: bool, basis: str
) -> Edit:
    """Return the edit that puts a crossing elsewhere.

    Args:
        plan: The plan.
        crossing_id: The crossing.
        point: Degrees.
        approximate: It is the village or commune, not the gate itself.
        basis: What the new position rests on.

    Raises:
        InputError: The crossing is gone, or nothing is said of what the position rests on.
    """
    if not basis.strip():
        raise InputError("error.crossing.no_basis")
    return change_crossing(
        plan, crossing_id, {"point": point, "approximate": approximate, "basis": basis}
    )


def close_crossing(plan: PlanRows, crossing_id: str, closed_from: date) -> Edit:
    """Return the edit that closes a crossing; the day before is its last open one.

    A day ahead is an announced closure. Of a crossing of which nothing was known it says that it
    was open until then: otherwise there would be nothing to close.

    Raises:
        InputError: The crossing is gone, is closed already, or opened on that day or later.
    """
    crossing = crossing_of(plan, crossing_id)
    *earlier, last = crossing.open_intervals or (OpenInterval(None, None),)
    if last.until is not None:
        raise InputError("error.crossing.closed_already", day=last.until + DAY)
    if last.since is not None and closed_from <= last.since:
        raise InputError("error.crossing.closed_before_open", day=last.since)
    intervals = (*earlier, OpenInterval(last.since, closed_from - DAY))
    closed = replace(crossing, open_intervals=intervals)
    return edit_crossing(plan, closed, Verb.CLOSE_CROSSING)


def reopen_crossing(plan: PlanRows, crossing_id: str, open_from: date) -> Edit:
    """Return the edit that opens a closed crossing; that day is its first open one.

    Raises:
        InputError: The crossing is gone, is open, or was not closed for a day by then.
    """
    crossing = crossing_of(plan, crossing_id)
    intervals = crossing.open_intervals
    if intervals:
        last = intervals[-1]
        if last.until is None:
            raise InputError("error.crossing.open_already")
        if open_from <= last.until + DAY:
            raise InputError("error.crossing.opened_before_closed", day=last.until + DAY)
    opened = replace(crossing, open_intervals=(*intervals, OpenInterval(open_from, None)))
    return edit_crossing(plan, opened, Verb.REOPEN_CROSSING)


def correct_interval(
    plan: PlanRows, crossing_id: str, number: int, interval: OpenInterval | None
) -> Edit:
    """Return the edit that corrects one of the times in which a crossing was open.

    Args:
        plan: The plan.
        crossing_id: The crossing.
        number: Place of the interval, from 0.
        interval: What is true; None takes it out of the list.

    Raises:
        InputError: The crossing or the interval is gone, or it would end before it begins or meet
            another.
    """
    crossing = crossing_of(plan, crossing_id)
    intervals = list(crossing.open_intervals)
    if not 0 <= number < len(intervals):
        raise InputError("error.crossing.interval_gone")
    intervals[number : number + 1] = [] if interval is None else [interval]
    return edit_crossing(plan, replace(crossing, open_intervals=tuple(intervals)))


def crossing_of(plan: PlanRows, crossing_id: str) -> BorderCrossing:
    """Return a crossing.

    Raises:
        InputError: It is gone.
    """
    crossing = plan.find(BorderCrossing, crossing_id)
    if crossing is None:
        raise InputError("error.crossing.gone")
    return crossing


def check_intervals(intervals: Intervals) -> None:
    """Refuse intervals that end before they begin, are out of order, or leave no day between.

    Raises:
        InputError: They do.
    """
    for interval in intervals:
        if interval.since and interval.until and interval.until < interval.since:
            raise InputError("error.crossing.interval_backwards")
    for before, after in pairwise(intervals):
        # Two that meet without a closed day are one: nothing would say that it ever closed.
        if before.until is None or after.since is None or after.since <= before.until + DAY:
            raise InputError("error.crossing.interval_overlap")


def _check_name(crossing: BorderCrossing) -> None:
    if not (crossing.name_en.strip() or crossing.name_km.strip()):
        raise InputError("error.crossing.no_name")


def _edit(crossing: BorderCrossing, delta: Delta, verb: Verb) -> Edit:
    name = crossing.name_en or crossing.name_km
    return Edit(verb=verb, params={"name": name}, deltas=(delta,))
