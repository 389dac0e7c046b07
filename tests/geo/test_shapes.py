"""Shapes that are drawn, on the ellipsoid."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import Polygon, box

from geo import shapes
from geo.crs import to_utm
from geo.errors import GeometryError, InputError
from geo.measure import area_m2, distance_m, distances_m

LON, LAT = st.floats(102.5, 107.0), st.floats(10.0, 14.5)
BLOCK = box(103.50, 10.60, 103.52, 10.63)


@given(LON, LAT, st.floats(10, 50_000))
def test_every_corner_of_a_circle_is_its_radius_from_the_middle(lon, lat, radius):
    corners = shapely.get_coordinates(shapes.circle((lon, lat), radius))
    np.testing.assert_allclose(distances_m((lon, lat), corners), radius, rtol=1e-6)


def test_a_circle_has_the_area_of_one():
    area = area_m2(shapes.circle((103.5, 11.0), 1_000))
    assert area == pytest.approx(math.pi * 1_000**2, rel=1e-3)


@pytest.mark.parametrize("radius", [0, -1, math.nan, 1e6])
def test_a_radius_that_no_zone_has_is_refused(radius):
    with pytest.raises(GeometryError):
        shapes.circle((103.5, 11.0), radius)


def test_the_ground_around_sites_is_joined_where_it_meets_and_unknown_places_are_left_out():
    sites = [(103.5, 11.0), (103.505, 11.0), (104.0, 11.0), (math.nan, math.nan)]
    found = shapes.around(sites, 500)
    assert len(shapely.get_parts(found)) == 2
    assert all(found.contains(shapely.Point(s)) for s in sites[:3])
    assert area_m2(found) < 3 * math.pi * 500**2


def test_there_is_no_ground_around_nothing():
    with pytest.raises(GeometryError) as refused:
        shapes.around([(math.nan, math.nan)], 500)
    assert refused.value.code == "error.zone.no_positions"


def test_the_sides_of_a_rectangle_run_along_the_grid():
    metres = to_utm(shapely.get_coordinates(shapes.rectangle((103.1, 11.2), (103.0, 11.0))))
    assert {tuple(np.round(c, 3)) for c in metres} == {
        (x, y) for x in np.round(metres[:, 0], 3) for y in np.round(metres[:, 1], 3)
    }
    with pytest.raises(GeometryError):
        shapes.rectangle((103.0, 11.0), (103.0, 11.0))


@given(st.floats(-20_000, 20_000), st.floats(-20_000, 20_000))
def test_what_is_moved_keeps_its_area_and_lands_where_it_should(east, north):
    moved = shapes.moved(BLOCK, east, north)
    assert area_m2(moved) == pytest.approx(area_m2(BLOCK), rel=1e-6)
    before, after = (shapely.centroid(a).coords[0] for a in (BLOCK, moved))
    assert distance_m(before, after) == pytest.approx(math.hypot(east, north), abs=0.5, rel=1e-4)


def test_what_is_turned_keeps_its_area_and_turns_as_a_compass():
    turned = shapes.rotated(BLOCK, 90)
    assert area_m2(turned) == pytest.approx(area_m2(BLOCK), rel=1e-9)
    west, south, east, north = turned.bounds
    assert east - west > north - south  # it was higher than wide
    first = shapely.get_coordinates(shapes.rotated(Polygon([(0, 1), (0.1, -1), (-0.1, -1)]), 90))[0]
    assert first[0] > 0.9  # the tip that showed north shows east
    assert shapes.rotated(BLOCK, 360) is BLOCK


def test_a_hole_lies_inside_and_can_be_filled_again():
    hole = box(103.505, 10.605, 103.51, 10.61)
    pierced = shapes.with_hole(BLOCK, hole)
    assert area_m2(pierced) == pytest.approx(area_m2(BLOCK) - area_m2(hole), rel=1e-6)
    assert shapes.without_hole(pierced, (103.507, 10.607)).equals(BLOCK)
    with pytest.raises(GeometryError) as refused:
        shapes.with_hole(BLOCK, box(103.49, 10.605, 103.51, 10.61))
    assert refused.value.code == "error.zone.hole_outside"
    with pytest.raises(GeometryError) as refused:
        shapes.without_hole(pierced, (103.515, 10.62))
    assert refused.value.code == "error.zone.no_hole"


def test_a_freehand_loop_becomes_a_polygon_of_few_corners():
    angle = np.linspace(0, 2 * math.pi, 500)
    drawn = np.column_stack((103.5 + 0.01 * np.cos(angle), 11 + 0.01 * np.sin(angle)))
    drawn += np.random.default_rng(1).normal(0, 1e-5, drawn.shape)
    loop = shapes.freehand(np.concatenate((drawn, drawn[:20] + 5e-5)), 10)
    assert loop.is_valid
    assert len(loop.exterior.coords) < 60
    assert loop.area == pytest.approx(math.pi * 0.01**2, rel=0.02)
    with pytest.raises(GeometryError):
        shapes.freehand([(103, 11), (103.1, 11)], 10)


@given(st.lists(st.tuples(LON, LAT), min_size=2, max_size=40), st.floats(1, 5_000))
@example([(104.0, 10.0), (104.0, 10.0), (103.0, 10.0), (103.0, 10.0), (104.0, 10.0)], 1.0)
def test_a_simplified_line_keeps_its_ends_and_a_ring_stays_one(points, tolerance):
    found = [(float(x), float(y)) for x, y in shapes.simplified(points, tolerance)]
    assert len(found) <= len(points)
    assert set(found) <= set(points)
    if points[0] == points[-1] and len(points) > shapes.MIN_RING:
        assert found[0] == found[-1]  # a ring may begin at any of its corners
    else:
        assert (found[0], found[-1]) == (points[0], points[-1])


def test_corners_are_typed_in_any_format_one_a_line():
    found = shapes.typed("11.5 N 103.2 E\n\n48P 300000 1200000\n48P TA 35043 11595\n11.5 N 103.2 E")
    assert len(found) == 3
    assert found[0] == (103.2, 11.5)
    assert shapes.typed("11.5 103; 11.6 103; 11.6 103.1")[1] == (103.0, 11.6)
    assert shapes.typed_outline("11.5 103\n11.6 103\n11.6 103.1").is_valid


def test_a_typed_line_that_is_no_position_is_told_with_its_number():
    with pytest.raises(InputError) as refused:
        shapes.typed("11.5 103\nby the river")
    assert refused.value.params == {"line": 2, "text": "by the river"}
    with pytest.raises(GeometryError) as refused:
        shapes.typed_outline("11.5 103\n11.6 103")
    assert refused.value.code == "error.zone.too_few_corners"


def test_communes_that_do_not_quite_meet_become_one_ground():
    left, right = box(103.0, 11.0, 103.1, 11.1), box(103.100_000_2, 11.0, 103.2, 11.1)
    assert shapes.joined([left, right]).geom_type == "Polygon"
    with pytest.raises(GeometryError):
        shapes.joined([])
