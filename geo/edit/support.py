"""Ambulances and fire trucks that several zones share: adding, changing, moving, deleting them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.verbs import Verb
from geo.edit.zones import REACH
from geo.errors import InputError
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.entity import LonLat

SUPPORT_KINDS: Final = (VehicleKind.AMBULANCE, VehicleKind.FIRE_TRUCK)


def add_support(plan: PlanRows, unit: SupportUnit) -> Edit:
    """Return the edit that adds an ambulance or a fire truck.

    Raises:
        InputError: Its name is empty or taken, it is another vehicle, or it waits outside Cambodia.
    """
    unit = _checked(plan, unit)
    return Edit(verb=Verb.ADD_SUPPORT, params={"name": unit.name}, deltas=(inserting([unit]),))


def edit_support(plan: PlanRows, unit: SupportUnit) -> Edit:
    """Return the edit that gives a unit the state `unit`.

    Raises:
        InputError: It is gone; or see `add_support`.
    """
    old, unit = support_of(plan, unit.id), _checked(plan, unit)
    return Edit(verb=Verb.EDIT_SUPPORT, params={"name": unit.name}, deltas=(updating(old, unit),))


def move_support(plan: PlanRows, unit_id: str, point: LonLat | None) -> Edit:
    """Return the edit that says where a unit waits; None is unknown.

    Raises:
        InputError: It is gone, or the place is outside Cambodia.
    """
    return edit_support(plan, replace(support_of(plan, unit_id), point=point))


def delete_support(plan: PlanRows, unit_id: str) -> Edit:
    """Return the edit that removes a unit.

    Raises:
        InputError: It is gone.
    """
    unit = support_of(plan, unit_id)
    return Edit(verb=Verb.DELETE_SUPPORT, params={"name": unit.name}, deltas=(deleting(unit),))


def support_of(plan: PlanRows, unit_id: str) -> SupportUnit:
    """Return a unit.

    Raises:
        InputError: It is gone.
    """
    unit = plan.find(SupportUnit, unit_id)
    if unit is None:
        raise InputError("error.support.gone")
    return unit


def _checked(plan: PlanRows, unit: SupportUnit) -> SupportUnit:
    unit = replace(unit, name=unit.name.strip())
    if not unit.name:
        raise InputError("error.support.no_name")
    if any(u.name == unit.name and u.id != unit.id for u in plan.all(SupportUnit)):
        raise InputError("error.support.name_taken", name=unit.name)
    if unit.kind not in SUPPORT_KINDS:
        raise InputError("error.support.kind", kind=unit.kind.value)
    if unit.point is not None:
        west, south, east, north = REACH
        lon, lat = unit.point
        if not (west <= lon <= east and south <= lat <= north):
            raise InputError("error.support.outside_cambodia")
    return unit
