"""Ambulances and fire trucks that zones share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.edit.support import SUPPORT_KINDS, add_support, delete_support, edit_support, move_support
from geo.errors import PlanError
from geo.model.entity import LonLat
from geo.model.support import SupportUnit
from geo.model.vocabulary import Role, VehicleKind

PORT = LonLat(103.51, 10.63)


def refusal(act) -> str:
    with pytest.raises(PlanError) as refused:
        act()
    return refused.value.code


@pytest.fixture
def ambulance(plan) -> SupportUnit:
    plan.commit(add_support(plan, SupportUnit(name=" Ambulance 1 ", point=PORT)))
    return plan.all(SupportUnit)[0]


def test_a_unit_is_added_changed_moved_and_deleted_and_each_can_be_undone(plan, ambulance):
    assert (ambulance.name, ambulance.kind, ambulance.point) == (
        "Ambulance 1",
        VehicleKind.AMBULANCE,
        PORT,
    )
    plan.commit(edit_support(plan, replace(ambulance, contact="channel 4")))
    plan.commit(move_support(plan, ambulance.id, None))
    assert plan.get(SupportUnit, ambulance.id).point is None
    plan.commit(delete_support(plan, ambulance.id))
    assert plan.all(SupportUnit) == ()
    for _ in range(3):
        plan.undo()
    assert replace(plan.get(SupportUnit, ambulance.id), version=1) == ambulance


@pytest.mark.parametrize("kind", list(VehicleKind))
def test_only_an_ambulance_and_a_fire_truck_are_shared(plan, kind):
    unit = SupportUnit(name="Unit", kind=kind)
    if kind in SUPPORT_KINDS:
        plan.commit(add_support(plan, unit))
    else:
        assert refusal(lambda: add_support(plan, unit)) == "error.support.kind"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "error.support.no_name"),
        ({"name": "Ambulance 1"}, "error.support.name_taken"),
        ({"point": LonLat(10.6, 103.5)}, "error.support.outside_cambodia"),
        ({"point": LonLat(float("nan"), 10.6)}, "error.support.outside_cambodia"),
    ],
)
def test_a_unit_has_a_name_of_its_own_and_waits_in_the_country(plan, ambulance, change, code):
    new = SupportUnit(**{"name": "Ambulance 2", **change})
    assert refusal(lambda: add_support(plan, new)) == code


def test_what_is_gone_is_neither_changed_nor_deleted(plan):
    assert refusal(lambda: edit_support(plan, SupportUnit(name="X"))) == "error.support.gone"
    assert refusal(lambda: move_support(plan, "x", PORT)) == "error.support.gone"
    assert refusal(lambda: delete_support(plan, "x")) == "error.support.gone"


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR])
def test_who_only_reads_adds_none(plan, role):
    plan.act_as(role)
    assert refusal(lambda: plan.commit(add_support(plan, SupportUnit(name="X")))) == (
        "error.not_allowed"
    )
