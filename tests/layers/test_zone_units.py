"""The units of a split on the map: what lies under the pointer, and what lies beside."""

from __future__ import annotations

import numpy as np
import pytest

from layers.view import to_mercator
from layers.zone_units import UnitShapes, places_of, rings_of, shares
from tests.geo.analysis.split.places import squares

BOARD = squares(3, 3)


@pytest.fixture
def shapes():
    return UnitShapes(list(BOARD.values()))


def test_a_place_is_in_one_unit_or_in_none(shapes):
    assert shapes.at(103.01, 12.01) == 0
    assert shapes.at(103.05, 12.05) == 8
    assert shapes.at(104.0, 12.0) is None


def test_the_next_unit_lies_straight_ahead_and_there_is_none_beyond_the_edge(shapes):
    assert shapes.towards(4, 1, 0) == 5
    assert shapes.towards(4, 0, 1) == 7
    assert shapes.towards(4, -1, 0) == 3
    assert shapes.towards(8, 0, 1) == 8


def test_the_nearest_unit_and_those_in_a_rectangle(shapes):
    assert shapes.nearest(*to_mercator(103.049, 12.011)) == 2
    west, south = to_mercator(103.0, 12.0)
    east, north = to_mercator(103.04, 12.02)
    assert shapes.within(west, south, east, north) == [0, 1]


def test_rings_are_closed_and_a_name_stands_inside():
    outline = BOARD["990000"]
    (ring,) = rings_of(outline)
    assert (ring[0] == ring[-1]).all()
    x, y = places_of([outline])[0]
    assert ring[:, 0].min() < x < ring[:, 0].max()
    assert ring[:, 1].min() < y < ring[:, 1].max()


def test_work_is_shown_as_a_share_of_the_most():
    assert shares(np.array([1.0, 4.0])).tolist() == [0.25, 1.0]
    assert shares(np.zeros(2)).tolist() == [0.0, 0.0]
