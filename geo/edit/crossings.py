"""Correcting border crossings: where they are, and when they were open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.place import BorderCrossing

if TYPE_CHECKING:
    from geo.edit.edit import Delta
    from geo.edit.reading import PlanRows


def add_crossing(crossing: BorderCrossing) -> Edit:
    """Return the edit that adds a crossing.

    Raises:
        InputError: It has no name, or one of its intervals ends before it begins.
    """
    _check(crossing)
    return _edit(crossing, inserting([crossing]))


def edit_crossing(plan: PlanRows, crossing: BorderCrossing) -> Edit:
    """Return the edit that gives a crossing the state `crossing`.

    Raises:
        InputError: The crossing is gone, has no name, or one of its intervals ends before it
            begins.
    """
    old = plan.find(BorderCrossing, crossing.id)
    if old is None:
        raise InputError("error.crossing.gone")
    _check(crossing)
    return _edit(crossing, updating(old, crossing))


def _check(crossing: BorderCrossing) -> None:
    if not (crossing.name_en.strip() or crossing.name_km.strip()):
        raise InputError("error.crossing.no_name")
    for interval in crossing.open_intervals:
        if interval.since and interval.until and interval.until < interval.since:
            raise InputError("error.crossing.interval_backwards")


def _edit(crossing: BorderCrossing, delta: Delta) -> Edit:
    name = crossing.name_en or crossing.name_km
    return Edit(verb=Verb.EDIT_CROSSING, params={"name": name}, deltas=(delta,))
