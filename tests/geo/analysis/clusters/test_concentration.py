"""The 80-20 list: its arithmetic, its interval, and what chance alone would give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.clusters.concentration import concentration, gini
from geo.errors import InputError


def plain_gini(values):
    """The mean difference of all pairs by twice the mean: the definition."""
    values = np.asarray(values, dtype=np.float64)
    return np.abs(values[:, None] - values[None, :]).mean() / (2 * values.mean())


@given(st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(lambda v: sum(v) > 0))
def test_the_index_is_the_mean_difference_of_all_pairs(values):
    assert gini(*np.unique(values, return_counts=True)) == pytest.approx(plain_gini(values))


def test_two_places_of_ten_hold_four_fifths():
    found = concentration(np.array([0, 40, 1, 40, 2, 3, 4, 5, 5, 0]))
    assert (found.holding, found.places, found.with_any, found.n) == (2, 10, 8, 100)
    assert found.order[:3].tolist() == [1, 3, 7]
    assert found.count[:3].tolist() == [40, 40, 5]


def test_the_same_everywhere_is_no_concentration():
    found = concentration(np.full(20, 5))
    assert (found.gini, found.gini_among, found.holding) == (pytest.approx(0), pytest.approx(0), 16)
    assert found.chance[0] > 0.05


def test_on_as_many_places_as_they_can_lie_they_are_not_concentrated():
    found = concentration(np.array([1] * 40 + [0] * 160))
    assert found.gini == pytest.approx(0.8)
    assert found.gini_among == pytest.approx(0)


def test_what_chance_throws_lies_where_chance_does():
    rng = np.random.default_rng(0)
    inside = 0
    for _ in range(40):
        found = concentration(np.bincount(rng.integers(0, 100, 300), minlength=100))
        inside += found.chance[0] <= found.gini <= found.chance[1]
    assert 32 <= inside <= 40


def test_too_few_are_refused():
    for count in (np.full(10, 2), np.full(5, 20)):
        with pytest.raises(InputError) as refused:
            concentration(count)
        assert refused.value.code == "error.concentration.few"


@pytest.mark.torture
def test_the_interval_covers_the_places_that_were_not_looked_at():
    rng = np.random.default_rng(1)
    everything = rng.poisson(rng.gamma(0.7, 5.0, 1_000_000))
    truth = gini(*np.unique(everything, return_counts=True))
    covered = 0
    for _ in range(200):
        found = concentration(rng.choice(everything, 300))
        covered += found.interval[0] <= truth <= found.interval[1]
    print(f"\n90 % interval of the Gini index: covers in {covered / 2:.1f} % of 200 samples")  # noqa: T201
    assert 0.86 <= covered / 200 <= 0.94
