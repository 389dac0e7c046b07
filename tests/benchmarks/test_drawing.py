"""What a pointer asks at every move while a zone is drawn over a large plan."""

from __future__ import annotations

import time

import numpy as np
import pytest
from shapely import box

from geo.model.place import AdminUnit
from geo.model.vocabulary import AdminLevel
from layers.inside import count_inside
from layers.points import PointIndex
from layers.snap import snap
from layers.trace import Ways
from layers.view import MapView
from tests.layers.scenes import project_of, request_of

pytestmark = pytest.mark.benchmark

SITES, GOAL_S, WAY_GOAL_S = 100_000, 0.005, 0.02
SIDE, STEPS = 40, 10
WEST, SOUTH, SIZE = 103.0, 12.0, 0.05
"""A chessboard of 1,600 communes, each edge in ten steps."""


def median(times: int, act) -> float:
    took = []
    for number in range(times):
        start = time.perf_counter()
        act(number)
        took.append(time.perf_counter() - start)
    return sorted(took)[times // 2]


@pytest.mark.parametrize("corners", [8, 120, 2_000])
def test_sites_inside_are_counted_at_every_move(corners):
    xy = np.random.default_rng(1).random((SITES, 2)) * 100_000
    index = PointIndex.of(xy)
    turns = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    ring = 50_000 + 49_000 * np.column_stack((np.cos(turns), np.sin(turns)))
    took = median(21, lambda number: count_inside(index, [ring + number]))
    assert took < GOAL_S, f"{SITES} sites in {corners} corners: {took * 1000:.1f} ms"


@pytest.fixture(scope="module")
def communes():
    def outline(column, row):
        corners = box(
            WEST + column * SIZE,
            SOUTH + row * SIZE,
            WEST + (column + 1) * SIZE,
            SOUTH + (row + 1) * SIZE,
        )
        return corners.segmentize(SIZE / STEPS)

    return project_of(
        *(
            AdminUnit(
                code=f"{10_000 + column * SIDE + row:06d}",
                level=AdminLevel.COMMUNE,
                outline=outline(column, row),
                approximate=False,
            )
            for column in range(SIDE)
            for row in range(SIDE)
        )
    )


def test_a_pointer_is_caught_at_every_move(communes):
    request = request_of(communes, MapView.fit((WEST, SOUTH, WEST + 1, SOUTH + 1), 1000, 700))
    snap(request, 0, 0)
    took = median(51, lambda number: snap(request, 400.0 + number, 300.0))
    assert took < GOAL_S, f"snapping among {SIDE * SIDE} communes: {took * 1000:.1f} ms"


def test_a_way_is_followed_at_every_move(communes):
    view = MapView.fit((WEST, SOUTH, WEST + 6 * SIZE, SOUTH + 4 * SIZE), 1000, 700)
    request, ways = request_of(communes, view), Ways()
    ways.prepare(request)
    start = (WEST + SIZE, SOUTH + SIZE)
    took = median(
        21,
        lambda number: ways.between(
            request, start, (WEST + 4 * SIZE, SOUTH + SIZE + number * SIZE / STEPS)
        ),
    )
    assert took < WAY_GOAL_S, f"a way along communes: {took * 1000:.1f} ms"
