"""Points in polygons, against the plain test of every point with every polygon."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.counting import count_in_each, polygon_of_each


def cells(rng, n):
    seeds = shapely.multipoints(rng.uniform(0, 100, (n, 2)))
    frame = shapely.box(0, 0, 100, 100)
    made = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=frame))
    return list(shapely.intersection(made, frame))


@given(seed=st.integers(0, 10_000), points=st.integers(0, 400), polygons=st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_every_point_is_in_the_polygon_that_holds_it(seed, points, polygons):
    rng = np.random.default_rng(seed)
    xy = rng.uniform(-20, 120, (points, 2))
    areas = cells(rng, polygons) if polygons > 1 else []
    found = polygon_of_each(xy, areas)
    for at, number in zip(xy.tolist(), found.tolist(), strict=True):
        holding = [i for i, area in enumerate(areas) if area.intersects(shapely.Point(at))]
        assert number == (holding[0] if holding else -1)
    assert count_in_each(xy, areas).sum() == (found >= 0).sum()


def test_a_point_on_a_shared_edge_belongs_to_the_first():
    areas = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    assert polygon_of_each(np.array([[1.0, 0.5], [2.0, 1.0]]), areas).tolist() == [0, 1]


def test_polygons_that_overlap_each_count_what_they_hold_with_its_weight():
    areas = [shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3), shapely.Polygon()]
    xy = np.array([[0.5, 0.5], [1.5, 1.5], [2.5, 2.5], [9.0, 9.0]])
    assert count_in_each(xy, areas).tolist() == [2, 2, 0]
    assert count_in_each(xy, areas, np.array([1.0, 0.5, 2.0, 4.0])).tolist() == [1.5, 2.5, 0]


def test_points_in_one_place_and_on_one_line_are_counted_too():
    areas = [shapely.box(0, 0, 1, 1)]
    assert polygon_of_each(np.full((50, 2), 0.5), areas).tolist() == [0] * 50
    line = np.column_stack([np.linspace(-1, 2, 31), np.full(31, 0.5)])
    assert count_in_each(line, areas).tolist() == [11]
