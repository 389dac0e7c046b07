"""How long a split of the largest province takes, and a move of a unit afterwards."""

from __future__ import annotations

import statistics
import sys
import time

import numpy as np
import pytest

from geo.analysis.split.job import WARM, split
from geo.analysis.split.rebalance import begin
from geo.compute import Computer
from geo.errors import InputError
from geo.measure import area_m2
from geo.territory import Territory
from tests.geo.analysis.split.places import (
    NO_OFFICIAL,
    OFFICIAL,
    demand,
    official_communes,
    ordered,
    points,
)

pytestmark = pytest.mark.benchmark

ROUNDS, CANDIDATES, POINTS = 5, 120, 10_000
GOAL_S, GOAL_MOVE_S = 3.0, 0.2


def largest():
    provinces = Territory.load().provinces
    return max(provinces, key=lambda code: area_m2(provinces[code]))


@pytest.fixture(scope="module")
def orders():
    code = largest()
    area = Territory.load().provinces[code]
    work = demand(points(area, POINTS, 1))
    made = {f"{code} hexagons": ordered(area, candidates=CANDIDATES, demand=work)}
    if OFFICIAL.exists():
        communes = official_communes()
        most = max(communes, key=lambda c: len(communes[c]))
        for province in (code, most):
            made[f"{province} communes"] = ordered(
                None, communes=communes[province], candidates=CANDIDATES, count=POINTS
            )
    return made


def test_the_largest_province_is_split_into_four(orders):
    took: dict[str, list[float]] = {name: [] for name in orders}
    results = {}
    with Computer() as computer:
        computer.warm(*WARM)
        for _ in range(ROUNDS):
            for name, order in orders.items():
                began = time.perf_counter()
                results[name] = computer.run(split, order)
                took[name].append(time.perf_counter() - began)
    sys.stdout.write("\n")
    for name, result in results.items():
        sys.stdout.write(
            f"{name}: {len(result.units.ids)} units, {result.candidates} candidates:"
            f" median {statistics.median(took[name]):.2f} s, slowest {max(took[name]):.2f} s,"
            f" deviation {result.max_deviation * 100:.1f} %, compactness"
            f" {np.mean([z.compactness for z in result.zones]):.2f}\n"
        )
        assert result.candidates >= 100
    hexagons = next(iter(orders))
    assert statistics.median(took[hexagons]) < GOAL_S
    if not OFFICIAL.exists():
        sys.stdout.write(f"communes left out: {NO_OFFICIAL}\n")


def test_a_unit_goes_to_the_neighbour(orders):
    result = split_here(next(iter(orders.values())))
    state = begin(
        result.units, result.load, result.zone, zone_ids=tuple("abcd"), names=tuple("ABCD")
    )
    took, drawn = [], []
    pairs = result.units.borders.pairs
    for a, b in pairs[state.zone[pairs[:, 0]] != state.zone[pairs[:, 1]]].tolist():
        began = time.perf_counter()
        try:
            after = state.move([result.units.ids[a]], int(state.zone[b]))
        except InputError:
            continue
        after.figures()
        took.append(time.perf_counter() - began)
        began = time.perf_counter()
        after.outline(int(state.zone[a]))
        after.outline(int(state.zone[b]))
        drawn.append(time.perf_counter() - began)
    ms = [statistics.median(took) * 1000, max(took) * 1000, statistics.median(drawn) * 1000]
    sys.stdout.write(
        f"\n{len(took)} moves: median {ms[0]:.1f} ms, slowest {ms[1]:.1f} ms;"
        f" both outlines, median: {ms[2]:.1f} ms\n"
    )
    assert statistics.median(took) < GOAL_MOVE_S


def split_here(order):
    with Computer() as computer:
        return computer.run(split, order)
