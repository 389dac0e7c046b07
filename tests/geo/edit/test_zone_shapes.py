"""Changing the form of zones, dividing them and making one of several."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import box

from geo.edit.assign import assign_team
from geo.edit.edit import Edit, inserting
from geo.edit.operations import add_operation
from geo.edit.verbs import Verb
from geo.edit.zone_divide import divide_zone, merge_zones
from geo.edit.zone_shapes import (
    add_hole,
    fill_hole,
    move_zone,
    outline_of_units,
    reshape_by_line,
    rotate_zone,
)
from geo.edit.zones import draw_zone
from geo.errors import GeometryError, InputError, OverlapError
from geo.measure import area_m2
from geo.model.command import Assignment, Operation, Zone
from geo.model.place import AdminUnit
from geo.model.vocabulary import AdminLevel

LEFT = box(103.50, 10.60, 103.52, 10.62)
RIGHT = box(103.52, 10.60, 103.54, 10.62)
FAR = box(103.60, 10.60, 103.62, 10.62)
ACROSS = [(103.505, 10.59), (103.505, 10.63)]
BOTH = box(103.50, 10.60, 103.54, 10.62)


@pytest.fixture
def raid(plan):
    for name, outline in (("Left", LEFT), ("Right", RIGHT), ("Far", FAR)):
        plan.commit(draw_zone(plan, outline, name, operation_id="raid"))
    return plan


def named(plan, name) -> Zone:
    return next(z for z in plan.all(Zone) if z.name == name)


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def test_the_largest_part_stays_the_zone_with_its_team_and_the_others_are_new(raid):
    left = named(raid, "Left")
    raid.commit(assign_team(raid, left.id, raid.team().id))
    raid.commit(divide_zone(raid, left.id, ACROSS))
    parts = [named(raid, "Left"), named(raid, "Left 2")]
    assert parts[0].id == left.id
    assert parts[0].outline.area > parts[1].outline.area
    assert {p.operation_id for p in parts} == {"raid"}
    assert [a.zone_id for a in raid.all(Assignment)] == [left.id]
    assert shapely.coverage_is_valid([z.outline for z in raid.all(Zone)])
    raid.undo()
    assert {z.name for z in raid.all(Zone)} == {"Left", "Right", "Far"}
    assert named(raid, "Left").outline == LEFT


def test_where_a_line_crosses_a_shared_edge_the_neighbour_gets_the_corner(raid):
    raid.commit(divide_zone(raid, named(raid, "Left").id, [(103.49, 10.61), (103.53, 10.61)]))
    right = named(raid, "Right").outline
    assert right.equals(RIGHT)
    assert (103.52, 10.61) in {tuple(c) for c in shapely.get_coordinates(right).round(9)}
    assert shapely.coverage_is_valid([z.outline for z in raid.all(Zone)])


def test_a_line_beside_the_zone_divides_nothing(raid):
    zone = named(raid, "Left")
    assert refusal(lambda: divide_zone(raid, zone.id, [(104, 11), (105, 11)])) == (
        "error.zone.line_divides_nothing"
    )


def test_zones_that_touch_become_one_under_a_name_of_their_own(raid):
    left, right = named(raid, "Left"), named(raid, "Right")
    raid.commit(merge_zones(raid, [left.id, right.id], "Right"))
    assert {z.name for z in raid.all(Zone)} == {"Right", "Far"}
    merged = named(raid, "Right")
    assert merged.id == left.id
    assert merged.outline.equals(BOTH)
    raid.undo()
    assert {z.name for z in raid.all(Zone)} == {"Left", "Right", "Far"}


def test_what_cannot_become_one_zone_says_why(raid):
    raid.commit(add_operation(raid, Operation(id="sweep", name="Sweep")))
    raid.commit(draw_zone(raid, LEFT, "Other", operation_id="sweep"))
    ids = {z.name: z.id for z in raid.all(Zone)}

    def merged(*names, name="New"):
        return refusal(lambda: merge_zones(raid, [ids[n] for n in names], name))

    assert merged("Left") == merged("Left", "Left") == "error.zone.merge_one"
    assert merged("Left", "Far") == "error.zone.merge_apart"
    assert merged("Left", "Other") == "error.zone.merge_operations"
    assert merged("Left", "Right", name=" ") == "error.zone.no_name"
    assert merged("Left", "Right", name="Far") == "error.zone.name_taken"


def test_a_planned_team_comes_with_its_zone_where_none_is_in_its_way(raid):
    left, right = named(raid, "Left"), named(raid, "Right")
    raid.commit(assign_team(raid, right.id, raid.team().id))
    raid.commit(merge_zones(raid, [left.id, right.id], "Both"))
    (assignment,) = raid.all(Assignment)
    assert (assignment.zone_id, assignment.team_id) == (left.id, raid.team().id)


def test_one_team_in_both_zones_is_once_in_the_new_one_and_two_teams_are_refused(raid):
    left, right = named(raid, "Left"), named(raid, "Right")
    for zone in (left, right):
        raid.commit(assign_team(raid, zone.id, raid.team().id))
    raid.commit(merge_zones(raid, [left.id, right.id], "Both"))
    assert [a.zone_id for a in raid.all(Assignment)] == [left.id]
    raid.undo()
    raid.commit(assign_team(raid, right.id, raid.team("Blue").id))
    assert refusal(lambda: merge_zones(raid, [left.id, right.id], "Both")) == (
        "error.zone.merge_teams"
    )


def test_a_zone_moves_by_metres_unless_another_is_there(raid):
    far = named(raid, "Far")
    raid.commit(move_zone(raid, far.id, 0, 1_000))
    moved = named(raid, "Far").outline
    assert moved.bounds[1] == pytest.approx(10.609, abs=1e-4)
    assert area_m2(moved) == pytest.approx(area_m2(FAR), rel=1e-6)
    with pytest.raises(OverlapError):
        move_zone(raid, far.id, -7_000, -1_000)


def test_a_zone_turns_on_the_spot_and_back(raid):
    far = named(raid, "Far")
    raid.commit(rotate_zone(raid, far.id, 30))
    assert area_m2(named(raid, "Far").outline) == pytest.approx(area_m2(FAR), rel=1e-6)
    raid.undo()
    assert named(raid, "Far").outline == FAR


def test_a_hole_is_filled_unless_another_zone_lies_in_it(raid):
    far = named(raid, "Far")
    hole = box(103.605, 10.605, 103.61, 10.61)
    raid.commit(add_hole(raid, far.id, hole))
    raid.commit(draw_zone(raid, hole, "Island", operation_id="raid"))
    with pytest.raises(OverlapError):
        fill_hole(raid, far.id, (103.607, 10.607))
    raid.undo()
    raid.commit(fill_hole(raid, far.id, (103.607, 10.607)))
    assert named(raid, "Far").outline.equals(FAR)


def test_an_edge_follows_a_line_and_its_neighbour_with_it(raid):
    line = [(103.52, 10.605), (103.53, 10.605), (103.53, 10.615), (103.52, 10.615)]
    left = named(raid, "Left")
    with pytest.raises(OverlapError):
        reshape_by_line(raid, left.id, line)
    raid.commit(reshape_by_line(raid, left.id, line, with_neighbours=True))
    bay = box(103.52, 10.605, 103.53, 10.615)
    assert named(raid, "Left").outline.equals(LEFT.union(bay))
    assert named(raid, "Right").outline.equals(RIGHT.difference(bay))


def test_chosen_communes_become_one_outline_and_one_without_outline_is_told(plan):
    units = [
        AdminUnit(code="180101", level=AdminLevel.COMMUNE, outline=LEFT),
        AdminUnit(code="180102", level=AdminLevel.COMMUNE, outline=RIGHT),
        AdminUnit(code="180103", level=AdminLevel.COMMUNE),
    ]
    plan.commit(
        Edit(
            verb=Verb.IMPORT_BOUNDARIES,
            params={"file": "x", "count": 3},
            deltas=(inserting(units),),
        )
    )
    assert outline_of_units(plan, ["180101", "180102"]).equals(BOTH)
    with pytest.raises(GeometryError) as refused:
        outline_of_units(plan, ["180101", "180103"])
    assert refused.value.params == {"code": "180103"}
    assert refusal(lambda: outline_of_units(plan, [])) == "error.zone.no_units"


def test_units_of_a_split_are_joined_by_a_merge_and_lost_by_a_division(plan):
    zones = [
        Zone(name="One", outline=LEFT, operation_id="raid", units=("180101",)),
        Zone(name="Two", outline=RIGHT, operation_id="raid", units=("180102",)),
    ]
    plan.commit(Edit(verb=Verb.SPLIT_AREA, params={"count": 2}, deltas=(inserting(zones),)))
    plan.commit(merge_zones(plan, [z.id for z in zones], "Both"))
    both = named(plan, "Both")
    assert both.units == ("180101", "180102")
    plan.commit(divide_zone(plan, both.id, ACROSS))
    assert all(replace(z, units=()) == z for z in plan.all(Zone))
