from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from layers.points import CELL_PX, THIN_FROM, PointIndex, uppermost
from layers.style import symbol_size
from layers.view import MapView

places = st.lists(
    st.tuples(st.floats(0, 1000, width=32), st.floats(0, 1000, width=32)), max_size=200
).map(lambda points: np.array(points, dtype=np.float64).reshape(-1, 2))


@given(places, st.floats(0, 900), st.floats(0, 900), st.floats(1, 900), st.floats(1, 900))
def test_the_index_finds_exactly_what_lies_in_a_rectangle(xy, west, south, width, height):
    box = (west, south, west + width, south + height)
    inside = (
        (xy[:, 0] >= box[0]) & (xy[:, 0] <= box[2]) & (xy[:, 1] >= box[1]) & (xy[:, 1] <= box[3])
    )
    assert PointIndex.of(xy).within(box).tolist() == np.flatnonzero(inside).tolist()


@given(places, st.floats(0.5, 80))
def test_thinning_leaves_one_point_in_every_cell_that_had_one_and_it_is_the_uppermost(xy, cell):
    kept = uppermost(xy, cell)
    cells = [tuple(c) for c in np.floor(xy / cell).tolist()]
    last = {c: i for i, c in enumerate(cells)}
    assert sorted(last.values()) == kept.tolist()


def test_level_of_detail_takes_no_pixel_away_from_any_point():
    rng = np.random.default_rng(5)
    xy = np.concatenate(
        [rng.normal(0, 900, (THIN_FROM, 2)), rng.uniform(-60_000, 60_000, (THIN_FROM, 2))]
    )
    index = PointIndex.of(xy)
    for resolution in (3.0, 17.0, 60.0, 211.0):
        view = MapView(0.0, 0.0, resolution, 800, 600)
        shown = view.mercator_to_pixel(xy[index.drawn(view, 24.0)])
        seen = view.mercator_to_pixel(xy[index.within(view.bounds)])
        radius = symbol_size(0) / 2
        ink = set()
        for x, y in shown.tolist():
            ink |= {
                (round(x) + dx, round(y) + dy)
                for dx in range(-3, 4)
                for dy in range(-3, 4)
                if dx * dx + dy * dy <= (radius - 0.5) ** 2
            }
        bare = [p for p in seen.tolist() if (round(p[0]), round(p[1])) not in ink]
        assert bare == []
        assert len(shown) <= len(xy)


def test_thinning_depends_on_scale_and_not_on_the_view():
    rng = np.random.default_rng(6)
    index = PointIndex.of(rng.normal(0, 3_000, (3 * THIN_FROM, 2)))
    whole = MapView(0.0, 0.0, 20.0, 1000, 1000)
    part = whole.part(300, 300, 100, 100)
    near = set(index.within(part.bounds).tolist())
    assert set(index.drawn(part, 24).tolist()) & near == set(index.drawn(whole, 24).tolist()) & near


def test_a_cell_is_smaller_than_the_smallest_symbol():
    assert symbol_size(0) / 2 > CELL_PX * 2**0.5


def test_no_points_are_no_trouble():
    index = PointIndex.of(np.empty((0, 2)))
    assert len(index.within((0, 0, 1, 1))) == 0
    assert len(index.drawn(MapView(0, 0, 1, 10, 10), 5)) == 0
