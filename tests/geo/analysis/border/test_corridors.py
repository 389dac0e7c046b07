"""Stretches of the border with more allegations than the rest: planted, and made of dice."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from geo.analysis.border.corridors import FEWEST, adjusted, corridors, upper_tail
from geo.analysis.border.line import stretches
from geo.crs import to_utm
from geo.measure import length_m
from tests.geo.analysis.border.frontier import POIPET, Frontier, Ground, away

RATE = 0.1
APART = (2, 3, 4, 15, 16, 18, 20, 22, 24, 26, 28)
"""Stretches of the province that lie away from the gate and from its ends."""


@pytest.fixture(scope="module")
def ground():
    return Ground()


def told(line):
    sys.stdout.write(f"{line}\n")


def found(points, **wish):
    frontier = Frontier()
    frontier.crossing()
    for at in points:
        frontier.say(at)
    return corridors(frontier.order(**wish))


def false_ones(ground, seeds, count=60):
    """The share of draws without any corridor in which one is told all the same."""
    hits = 0
    for seed in range(seeds):
        hits += bool(found(ground.points(count, np.random.default_rng(seed))).found)
    return hits / seeds


def planted(ground, seeds, *, noise=40, there=14):
    """Precision and recall of finding one stretch among the dice, by stretch."""
    right = named = 0
    for seed in range(seeds):
        random = np.random.default_rng(1_000 + seed)
        where = int(random.choice(APART))
        points = [ground.points(noise, random), ground.points(there, random, stretch=where)]
        result = found(np.concatenate(points)).found
        named += len(result)
        middle = ground.line.lines[ground.of[where]].interpolate(0.5, normalized=True)
        near = [
            np.hypot(*(to_utm(np.array(c.outline)) - middle.coords[0]).T).min() < 3_000.0
            for c in result
        ]
        right += any(near)
    return right / max(named, 1), right / seeds


def test_the_line_is_cut_into_equal_stretches_of_the_length_asked_for():
    line = stretches(5_000.0)
    metres = np.array([piece.length for piece in line.lines])
    assert metres.sum() == pytest.approx(2.41e6, rel=0.02)
    for part in np.unique(line.part):
        mine = metres[line.part == part]
        assert np.ptp(mine) < 1.0
        assert len(mine) == 1 or 4_500 < mine[0] < 5_500
    assert set(line.neighbour) == {"TH", "VN", "LA"}


def test_a_planted_corridor_is_found_and_told_where_it_lies(ground):
    random = np.random.default_rng(5)
    points = np.concatenate([ground.points(30, random), ground.points(12, random, stretch=18)])
    (corridor,) = found(points).found
    assert corridor.province == "01"
    assert corridor.neighbour == "TH"
    assert corridor.n >= 12
    assert corridor.ratio > 3
    assert corridor.q <= RATE
    assert len(corridor.ids) == corridor.n
    assert 4_000 < corridor.metres < 11_000
    assert length_m(np.array(corridor.outline)) == pytest.approx(corridor.metres, rel=0.01)


def test_precision_and_recall_of_planted_corridors(ground):
    precision, recall = planted(ground, 12)
    told(f"corridors, 12 seeds: precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= 0.8
    assert recall >= 0.9


def test_dice_give_corridors_no_more_often_than_stated(ground):
    rate = false_ones(ground, 25)
    told(f"corridors where there are none, 25 seeds: {rate:.2f}, stated {RATE:.2f}")
    assert rate <= 0.2


@pytest.mark.torture
def test_dice_give_corridors_no_more_often_than_stated_over_200_seeds(ground):
    rate = false_ones(ground, 200)
    precision, recall = planted(ground, 100, there=7)
    told(f"corridors where there are none, 200 seeds: {rate:.3f}, stated {RATE:.2f}")
    told(f"planted 7 among 40, 100 seeds: precision {precision:.2f}, recall {recall:.2f}")
    assert rate <= RATE + 2 * (RATE * (1 - RATE) / 200) ** 0.5


def test_what_an_official_crossing_explains_is_no_corridor(ground):
    random = np.random.default_rng(2)
    town = [away(POIPET, *xy) for xy in random.uniform((500, -2_500), (3_000, 2_500), (60, 2))]
    result = found(np.concatenate([ground.points(30, random), town]))
    assert result.found == ()
    (asked,) = result.asked
    assert asked.near_crossings == 60
    assert asked.n == 30


def test_below_a_stated_number_nothing_is_told_and_it_says_why(ground):
    random = np.random.default_rng(3)
    result = found(ground.points(FEWEST - 1, random, stretch=18))
    assert result.found == ()
    (asked,) = result.asked
    assert (asked.refused, asked.n) == ("few", FEWEST - 1)
    assert result.tested == 0


def test_a_place_known_by_its_commune_makes_no_corridor(ground):
    frontier = Frontier()
    frontier.crossing()
    for at in ground.points(30, np.random.default_rng(4)):
        frontier.say(at)
    for _ in range(1_000):
        frontier.say(unit="010902")
    result = corridors(frontier.order())
    assert result.asked[0].n == 30
    assert result.found == ()


def test_a_province_of_which_the_plan_holds_nothing_is_not_the_rest(ground):
    """Else every allegation of a province's plan would lie where there are more than elsewhere."""
    result = found(ground.points(60, np.random.default_rng(11)))
    assert [a.province for a in result.asked] == ["01"]


def test_the_tail_is_the_sum_of_the_distribution():
    from math import comb

    share = np.array([0.1])
    for k in range(6):
        exact = sum(comb(5, j) * 0.1**j * 0.9 ** (5 - j) for j in range(k, 6))
        assert upper_tail(np.array([k]), 5, share)[0] == pytest.approx(exact, rel=1e-12)


def test_the_correction_is_that_of_benjamini_and_hochberg():
    # Their own example of fifteen, Table of section 4.1: at 5 % the first four are rejected.
    p = np.array(
        [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
            0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
        ]
    )  # fmt: skip
    assert (adjusted(p) <= 0.05).sum() == 4
    from scipy.stats import false_discovery_control

    assert adjusted(p[::-1]) == pytest.approx(false_discovery_control(p[::-1]), abs=1e-15)
