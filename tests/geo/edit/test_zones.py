from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import translate

from geo.edit.assign import PLANNED, assign_team
from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.edit.zones import (
    ZONE_COLOURS,
    check_outline,
    delete_zone,
    draw_zone,
    next_zone_name,
    rename_zone,
    reshape_zone,
    set_zone,
)
from geo.errors import GeometryError, InputError
from geo.model.command import Assignment, Operation, Zone
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState

HOLED = [(103, 10), (104, 10), (104, 11), (103, 11)]
BAD_OUTLINES = {
    "error.zone.empty": Polygon(),
    "error.zone.crosses_itself": Polygon([(103, 10), (104, 11), (104, 10), (103, 11)]),
    "error.zone.invalid": Polygon(HOLED, [[(105, 10.2), (105.5, 10.2), (105.5, 10.6)]]),
    "error.zone.too_small": box(103, 10, 103.000001, 10.000001),
    "error.zone.outside_cambodia": box(10.5, 103.5, 10.6, 103.6),
}
OVER = [OperationState.COMPLETED, OperationState.REVIEWED, OperationState.CANCELLED]


@pytest.fixture
def zone(plan, square):
    plan.commit(draw_zone(plan, square, "Alpha", operation_id="raid"))
    return plan.all(Zone)[0]


def in_state(plan, state):
    """Bring the operation into a state that later acts lead to."""
    raid = plan.get(Operation, "raid")
    plan.stands(
        Edit(verb=Verb.EDIT_OPERATION, deltas=(updating(raid, replace(raid, state=state)),))
    )


def test_a_drawn_zone_is_a_draft_with_its_outline(plan, square):
    plan.commit(draw_zone(plan, square, " Alpha ", operation_id="raid", priority=2))
    (zone,) = plan.all(Zone)
    assert (zone.name, zone.outline, zone.priority) == ("Alpha", square, 2)
    assert (zone.state, zone.operation_id, zone.version) == (ZoneState.DRAFT, "raid", 1)


def test_a_zone_may_have_a_hole_and_several_parts(plan, square):
    holed = Polygon(HOLED, [[(103.2, 10.2), (103.8, 10.2), (103.8, 10.8), (103.2, 10.8)]])
    parts = MultiPolygon([square, translate(square, 1)])
    plan.commit(draw_zone(plan, holed, "Holed"))
    plan.commit(draw_zone(plan, parts, "Parts"))
    assert [z.outline for z in plan.all(Zone)] == [holed, parts]


@pytest.mark.parametrize("code", BAD_OUTLINES)
def test_an_outline_that_cannot_be_a_zone_is_refused(plan, zone, code):
    for act in (
        lambda: draw_zone(plan, BAD_OUTLINES[code], "Bravo"),
        lambda: reshape_zone(plan, zone.id, BAD_OUTLINES[code]),
        lambda: check_outline(BAD_OUTLINES[code]),
    ):
        with pytest.raises(GeometryError) as refused:
            act()
        assert refused.value.code == code


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_a_corner_nowhere_is_refused(plan, odd):
    with np.errstate(invalid="ignore"):  # shapely's own warning while the test makes it
        outline = Polygon([(103, 10), (104, 10), (104, odd)])
    with pytest.raises(GeometryError):
        draw_zone(plan, outline, "Bravo")


def test_a_line_is_no_zone(plan, square):
    with pytest.raises(GeometryError) as refused:
        draw_zone(plan, square.exterior, "Bravo")
    assert refused.value.code == "error.zone.empty"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "error.zone.no_name"),
        ("   ", "error.zone.no_name"),
        ("Alpha", "error.zone.name_taken"),
        (" Alpha ", "error.zone.name_taken"),
    ],
)
def test_every_zone_has_a_name_of_its_own(plan, zone, square, name, code):
    plan.commit(draw_zone(plan, square, "Bravo"))
    bravo = next(z for z in plan.all(Zone) if z.name == "Bravo")
    for act in (
        lambda: draw_zone(plan, square, name),
        lambda: rename_zone(plan, bravo.id, name),
    ):
        with pytest.raises(InputError) as refused:
            act()
        assert refused.value.code == code


def test_a_zone_may_keep_its_own_name(plan, zone):
    assert rename_zone(plan, zone.id, "Alpha").count() == 1


def test_the_next_name_is_the_first_that_is_free(plan, square):
    for name in ("Zone 1", "Zone 3"):
        plan.commit(draw_zone(plan, square, name))
    assert next_zone_name(plan, "Zone") == "Zone 2"


def test_the_colours_are_used_in_turn(plan, square):
    for number in range(ZONE_COLOURS * 2):
        plan.commit(draw_zone(plan, square, f"Zone {number}"))
    assert [z.colour for z in plan.all(Zone)] == [*range(ZONE_COLOURS)] * 2


def test_a_colour_may_be_chosen_and_stays_one_of_the_four(plan, square):
    plan.commit(draw_zone(plan, square, "Alpha", colour=3))
    plan.commit(draw_zone(plan, square, "Bravo", colour=ZONE_COLOURS + 1))
    assert [z.colour for z in plan.all(Zone)] == [3, 1]


def test_reshaping_changes_the_outline_only(plan, zone):
    edit = plan.commit(reshape_zone(plan, zone.id, box(103, 10, 104, 11)))
    assert [set(d.after) for d in edit.deltas] == [{"geom"}]
    assert plan.get(Zone, zone.id) == replace(zone, outline=box(103, 10, 104, 11), version=2)


def test_priority_and_colour_change_without_each_other(plan, zone):
    plan.commit(set_zone(plan, zone.id, priority=5))
    plan.commit(set_zone(plan, zone.id, colour=2))
    assert plan.get(Zone, zone.id) == replace(zone, priority=5, colour=2, version=3)


def test_deleting_a_zone_takes_its_assignments_with_it_and_undo_brings_back_both(plan, zone):
    plan.commit(assign_team(plan, zone.id, plan.team().id))
    kept = plan.all(Assignment)
    plan.commit(delete_zone(plan, zone.id))
    assert (plan.all(Zone), plan.all(Assignment)) == ((), ())
    plan.undo()
    assert plan.all(Zone) == (zone,)
    assert [replace(a, version=1) for a in plan.all(Assignment)] == list(kept)


@pytest.mark.parametrize("state", [s for s in AssignmentState if s not in PLANNED])
def test_a_zone_that_a_team_once_accepted_is_history_and_is_not_deleted(plan, zone, state):
    plan.commit(assign_team(plan, zone.id, plan.team().id))
    (planned,) = plan.all(Assignment)
    accepted = updating(planned, replace(planned, state=state))
    plan.stands(Edit(verb=Verb.ASSIGN_TEAM, deltas=(accepted,)))
    with pytest.raises(InputError) as refused:
        delete_zone(plan, zone.id)
    assert (refused.value.code, refused.value.params) == (
        "error.zone.has_history",
        {"name": "Alpha"},
    )


@pytest.mark.parametrize("state", [s for s in ZoneState if s is not ZoneState.DRAFT])
def test_a_zone_past_its_draft_is_not_deleted(plan, square, state):
    zone = Zone(name="Alpha", outline=square, state=state)
    plan.stands(Edit(verb=Verb.DRAW_ZONE, deltas=(inserting([zone]),)))
    with pytest.raises(InputError) as refused:
        delete_zone(plan, zone.id)
    assert refused.value.code == "error.zone.not_draft"


def test_a_zone_that_is_gone_cannot_be_changed(plan, square):
    for act in (
        lambda: reshape_zone(plan, "nowhere", square),
        lambda: rename_zone(plan, "nowhere", "Alpha"),
        lambda: set_zone(plan, "nowhere", priority=1),
        lambda: delete_zone(plan, "nowhere"),
    ):
        with pytest.raises(InputError) as refused:
            act()
        assert refused.value.code == "error.zone.gone"


@pytest.mark.parametrize("state", OVER)
def test_a_zone_of_an_operation_that_is_over_is_settled(plan, zone, square, state):
    in_state(plan, state)
    for act in (
        lambda: reshape_zone(plan, zone.id, square),
        lambda: rename_zone(plan, zone.id, "Bravo"),
        lambda: set_zone(plan, zone.id, colour=1),
        lambda: delete_zone(plan, zone.id),
        lambda: assign_team(plan, zone.id, plan.team().id),
    ):
        with pytest.raises(InputError) as refused:
            act()
        assert refused.value.code == "error.zone.operation_over"


def test_a_zone_is_drawn_for_an_operation_that_goes_on(plan, square):
    with pytest.raises(InputError) as refused:
        draw_zone(plan, square, "Alpha", operation_id="nowhere")
    assert refused.value.code == "error.operation.gone"
    in_state(plan, OperationState.COMPLETED)
    with pytest.raises(InputError) as refused:
        draw_zone(plan, square, "Alpha", operation_id="raid")
    assert refused.value.code == "error.operation.over"
