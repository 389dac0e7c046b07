from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.clip import clip_ring, contains, drawn_lines, drawn_rings
from layers.shapes import Shapes, rings_from_wkb
from layers.view import MapView

radii = st.lists(st.floats(5, 60), min_size=3, max_size=40)


def star(sizes):
    angles = np.linspace(0, 2 * np.pi, len(sizes), endpoint=False)
    return np.column_stack((50 + np.cos(angles) * sizes, 50 + np.sin(angles) * sizes))


@given(radii, st.floats(0, 60), st.floats(0, 60))
def test_a_clipped_ring_has_the_area_of_the_intersection(sizes, west, south):
    ring = star(np.array(sizes))
    box = (west, south, west + 35, south + 35)
    clipped = clip_ring(ring, box)
    area = shapely.Polygon(clipped).area if len(clipped) > 2 else 0.0
    expected = shapely.intersection(shapely.Polygon(ring), shapely.box(*box)).area
    assert area == pytest.approx(expected, abs=1e-6)


def test_lines_far_outside_are_left_out_and_dashes_go_on_where_a_line_was_cut():
    view = MapView(0.0, 0.0, 1.0, 100, 100)
    line = np.array([[-1000.0, 0], [-500, 0], [-40, 0], [0, 0], [40, 0], [500, 0], [1000, 0]])
    runs, before = drawn_lines(Shapes.of([[line]]), view)
    assert len(runs) == 1
    assert before == [500.0]
    assert runs[0][:, 0].min() >= -500


def test_an_area_around_the_whole_view_fills_it():
    view = MapView(0.0, 0.0, 1.0, 100, 80)
    ring = np.array([[-1e6, -1e6], [1e6, -1e6], [1e6, 1e6], [-1e6, 1e6], [-1e6, -1e6]])
    drawn = drawn_rings(Shapes.of([[ring]]), view)
    low, high = drawn.xy.min(axis=0), drawn.xy.max(axis=0)
    assert (low <= 0).all()
    assert (high >= [100, 80]).all()
    assert (np.abs(drawn.xy) < 200).all()


def test_a_hole_is_no_part_of_an_area():
    shell = np.array([[0.0, 0], [10, 0], [10, 10], [0, 10]])
    hole = np.array([[4.0, 4], [6, 4], [6, 6], [4, 6]])
    shapes = Shapes.of([[shell, hole]])
    assert contains(shapes, 0, 1, 1)
    assert not contains(shapes, 0, 5, 5)


@pytest.mark.parametrize("byte_order", [0, 1])
def test_wkb_of_both_byte_orders_is_read(byte_order):
    area = shapely.MultiPolygon([shapely.box(102, 13, 103, 14), shapely.box(104, 11, 105, 12)])
    rings = rings_from_wkb(shapely.to_wkb(area, byte_order=byte_order))
    assert [len(ring) for ring in rings] == [5, 5]
    assert rings[0][:, 0].min() == pytest.approx(102 * 111319.49, rel=1e-6)


def test_a_geometry_with_heights_is_refused():
    with pytest.raises(ValueError, match="two-dimensional"):
        rings_from_wkb(
            shapely.to_wkb(shapely.Polygon([(0, 0, 1), (1, 0, 1), (1, 1, 1)]), output_dimension=3)
        )
