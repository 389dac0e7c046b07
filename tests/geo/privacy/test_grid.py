from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.privacy.grid import BASE_M, MAX_LEVEL, corners, cover, snap

LON, LAT = 103.53, 10.62

places = st.lists(st.tuples(st.floats(103.3, 103.7), st.floats(10.4, 10.8)), max_size=60)


def columns(pairs):
    array = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def test_a_place_is_snapped_to_the_same_cell_each_time():
    first = snap(*columns([(LON, LAT)]))
    assert (snap(*columns([(LON, LAT)])) == first).all()


def test_places_within_a_cell_cannot_be_told_apart():
    column, row = snap(*columns([(LON, LAT)]))[0].tolist()
    middle = corners(column, row, 0).mean(axis=0)
    near = [tuple(middle), tuple(middle + 0.001), tuple(middle - 0.001)]
    assert len({tuple(cell) for cell in snap(*columns(near)).tolist()}) == 1


def test_the_grid_is_square_kilometres_of_the_zone_48_north():
    cell = snap(*columns([(LON, LAT)]))[0]
    ring = corners(*cell.tolist(), 0)
    south, north = ring[0, 1], ring[3, 1]
    assert (north - south) * 110_600 == pytest.approx(BASE_M, rel=0.03)


def test_a_cell_with_enough_premises_stays_at_one_kilometre():
    column, row = snap(*columns([(LON, LAT)]))[0].tolist()
    middle = corners(column, row, 0).mean(axis=0)
    found = cover(columns([tuple(middle)]), columns([tuple(middle)] * 11))
    assert found.size_m.tolist() == [BASE_M]
    assert found.counts.tolist() == [1]


def test_a_lonely_allegation_gets_a_wider_cell_and_a_hopeless_one_none():
    town = [(LON + i * 0.002, LAT) for i in range(30)]
    found = cover(columns([(LON + 0.045, LAT + 0.03), (106.5, 13.0)]), columns(town))
    assert found.size_m.size == 1
    assert found.size_m[0] > BASE_M
    assert found.withheld == 1


@given(places, places, st.integers(1, 8))
def test_no_cell_holds_fewer_premises_than_k_and_none_overlap(points, premises, k):
    found = cover(columns(points), columns(premises), k=k)
    assert found.counts.sum() + found.withheld == len(points)
    assert (found.size_m >= BASE_M).all()
    assert (found.size_m <= BASE_M * 2**MAX_LEVEL).all()
    for i, outline in enumerate(found.outlines):
        # The edge of a cell in degrees is straight, on the grid it is a hair's breadth bent.
        held = shapely.intersects_xy(shapely.buffer(outline, 2e-6), *columns(premises)).sum()
        assert held >= k
        for other in found.outlines[i + 1 :]:
            assert shapely.intersection(outline, other).area < 1e-4 * other.area


@given(places, places)
def test_the_order_of_rows_changes_nothing(points, premises):
    one = cover(columns(points), columns(premises), k=3)
    two = cover(columns(points[::-1]), columns(premises[::-1]), k=3)
    assert one.counts.tolist() == two.counts.tolist()
    assert one.size_m.tolist() == two.size_m.tolist()
    assert one.centres.tolist() == two.centres.tolist()
