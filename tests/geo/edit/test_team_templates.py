"""Templates know groups, tasks and numbers, and nobody by name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.edit.team_templates import (
    GroupTemplate,
    TeamTemplate,
    apply_template,
    command_order,
    duplicate_of,
    template_from_json,
    template_of,
    template_to_json,
)
from geo.errors import InputError
from geo.model.command import Team, TeamGroup, Vehicle
from geo.model.vocabulary import MANDATORY_GROUPS, GroupKind, VehicleKind

TEAM = Team(
    name="Demo Team",
    short_name="DT",
    lead="Deputy Governor (demo)",
    lead_user_id="u-1",
    contact="Channel 4",
    groups=(
        TeamGroup(GroupKind.MINUTES, "Chief of minutes", "Write", 2),
        TeamGroup(GroupKind.CORDON, "Chief of cordon", "Call 012 345 678", 5),
    ),
    vehicles=(Vehicle(VehicleKind.CAR, "Car 1"), Vehicle(VehicleKind.CAR, "Car 2")),
)


def test_a_template_keeps_no_name_contact_or_number_of_a_person():
    written = template_to_json(template_of(TEAM, "Night"))
    for word in ("Chief", "Deputy", "Channel", "Car 1", "u-1", "345"):
        assert word not in written
    assert template_from_json(written).groups[0] == GroupTemplate(GroupKind.MINUTES, "Write", 2)


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_commands_order_has_a_task_for_every_mandatory_group_and_victim_support(language):
    order = command_order(language)
    assert {g.kind for g in order.groups} == {*MANDATORY_GROUPS, GroupKind.VICTIM_SUPPORT}
    assert all(g.task for g in order.groups)


def test_applied_to_a_team_it_brings_tasks_and_leaves_the_people():
    made = apply_template(TEAM, command_order("en"))
    minutes = next(g for g in made.groups if g.kind is GroupKind.MINUTES)
    assert (minutes.chief, minutes.members) == ("Chief of minutes", 2)
    assert minutes.task.startswith("Write the minutes")
    assert made.groups[-1].kind is GroupKind.CORDON
    assert (made.lead, made.contact, made.vehicles) == (TEAM.lead, TEAM.contact, TEAM.vehicles)


def test_only_missing_vehicles_are_added():
    template = TeamTemplate("Night", (), (VehicleKind.CAR, VehicleKind.CAR, VehicleKind.VAN))
    kinds = [v.kind for v in apply_template(TEAM, template).vehicles]
    assert kinds == [VehicleKind.CAR, VehicleKind.CAR, VehicleKind.VAN]


def test_a_duplicate_is_a_new_team_without_leader_contact_or_named_vehicles():
    made = duplicate_of(TEAM, {"Demo Team", "Demo Team (2)"})
    assert made.name == "Demo Team (3)"
    assert made.id != TEAM.id
    assert (made.lead, made.lead_user_id, made.contact, made.short_name) == ("", "", "", "")
    assert {v.name for v in made.vehicles} == {""}
    assert made.groups == TEAM.groups


def test_a_template_needs_a_name():
    with pytest.raises(InputError):
        template_of(TEAM, "  ")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "null",
        '{"name": "x"}',
        '{"name": "", "groups": [], "vehicles": []}',
        '{"name": "x", "groups": [{"kind": "pirates", "task": "", "members": 1}], "vehicles": []}',
        '{"name": "x", "groups": [{"kind": "minutes", "task": 1, "members": 1}], "vehicles": []}',
        '{"name": "x", "groups": [7], "vehicles": []}',
    ],
)
def test_what_is_no_template_is_refused(written):
    with pytest.raises(InputError):
        template_from_json(written)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(GroupKind)), st.text(max_size=30), st.integers(0, 500)),
        unique_by=lambda g: g[0],
    ),
    st.lists(st.sampled_from(list(VehicleKind)), max_size=5),
)
def test_a_template_is_read_as_it_was_written(groups, vehicles):
    made = TeamTemplate("Demo", tuple(GroupTemplate(*g) for g in groups), tuple(vehicles))
    assert template_from_json(template_to_json(made)) == made
    assert json.loads(template_to_json(made))["name"] == "Demo"
