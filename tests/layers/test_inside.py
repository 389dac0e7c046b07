from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.inside import count_inside
from layers.points import PointIndex

MANY = np.random.default_rng(7).normal(size=(5_000, 2)) * 1000
INDEX = PointIndex.of(MANY)


def counted(outline):
    return int(shapely.contains_xy(outline, MANY[:, 0], MANY[:, 1]).sum())


@given(st.lists(st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000)), min_size=3, max_size=12))
@settings(max_examples=150, deadline=None)
def test_a_count_by_cells_is_the_count_one_by_one(corners):
    ring = np.array(corners)
    outline = shapely.Polygon(ring)
    if outline.is_valid and outline.area > 1:
        assert count_inside(INDEX, [ring]) == counted(outline)


def test_what_lies_in_a_hole_is_not_inside():
    outer, hole = shapely.Point(0, 0).buffer(1500), shapely.Point(100, 50).buffer(600)
    rings = [shapely.get_coordinates(r) for r in (outer.exterior, hole.exterior)]
    assert count_inside(INDEX, rings) == counted(outer - hole)


@pytest.mark.parametrize("ring", [np.empty((0, 2)), np.zeros((2, 2))])
def test_a_line_holds_nothing(ring):
    assert count_inside(INDEX, [ring]) == 0
    assert count_inside(PointIndex.of(np.empty((0, 2))), [MANY[:5]]) == 0
