"""Lengths, areas and scale bars."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from geo import measure

SQUARE = [(104.0, 12.0), (105.0, 12.0), (105.0, 13.0), (104.0, 13.0)]


def test_a_degree_of_latitude_is_110_6_km():
    assert measure.length_m([(105.0, 12.0), (105.0, 13.0)]) == pytest.approx(110_640, rel=1e-3)


def test_a_single_point_has_no_length_and_two_no_area():
    assert measure.length_m([(105.0, 12.0)]) == 0
    assert measure.ring_area_m2(SQUARE[:2]) == 0


def test_an_area_does_not_depend_on_the_direction_or_the_closing_point():
    area = measure.ring_area_m2(SQUARE)
    assert area == pytest.approx(110_640 * (108_900 + 108_480) / 2, rel=1e-3)
    assert measure.ring_area_m2(SQUARE[::-1]) == pytest.approx(area)
    assert measure.ring_area_m2([*SQUARE, SQUARE[0]]) == pytest.approx(area)


def test_holes_and_parts_count_in_an_area():
    whole, hole, other = (
        Polygon(SQUARE),
        box(104.4, 12.4, 104.6, 12.6),
        box(106.0, 12.0, 107.0, 13.0),
    )
    pierced = Polygon(SQUARE, [hole.exterior.coords])
    expected = measure.area_m2(whole) - measure.area_m2(hole)
    assert measure.area_m2(pierced) == pytest.approx(expected)
    both = MultiPolygon([pierced, other])
    assert measure.area_m2(both) == pytest.approx(expected + measure.area_m2(other))
    assert measure.area_m2(LineString(SQUARE)) == 0


def test_one_point_is_measured_to_many():
    metres = measure.distances_m((105.0, 12.0), [(105.0, 12.0), (105.0, 13.0), (106.0, 12.0)])
    np.testing.assert_allclose(metres, [0, 110_640, 108_900], rtol=1e-3)


def test_a_mercator_pixel_is_shorter_on_the_ground():
    assert measure.ground_resolution(100.0, 0.0) == 100
    assert measure.ground_resolution(100.0, 60.0) == pytest.approx(50)


def test_zoom_and_resolution_are_inverse():
    assert measure.resolution_of(0) == pytest.approx(156_543.03, abs=0.01)
    assert measure.zoom_of(measure.resolution_of(11.3)) == pytest.approx(11.3)


@pytest.mark.parametrize(
    ("resolution", "room", "metres"),
    [(10, 100, 1000), (10, 99, 500), (3.7, 120, 200), (0.5, 100, 50)],
)
def test_a_scale_bar_has_the_longest_round_length_that_fits(resolution, room, metres):
    assert measure.nice_scale_bar(resolution, room) == (metres, metres / resolution)


@given(st.floats(0.01, 1e5), st.floats(40, 300))
def test_a_scale_bar_fills_at_least_two_fifths_of_its_room(resolution, room):
    metres, pixels = measure.nice_scale_bar(resolution, room)
    assert room * 0.399 <= pixels <= room * 1.000_001
    assert metres == pytest.approx(pixels * resolution)
