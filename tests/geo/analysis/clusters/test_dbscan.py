"""The grid's clusters against scikit-learn's, label for label."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN

from geo.analysis.clusters import dbscan as module
from geo.analysis.clusters.dbscan import NOISE, dbscan
from geo.errors import InputError


def reference(xy, distance, fewest):
    return DBSCAN(eps=distance, min_samples=fewest).fit(xy).labels_


def clouds(rng, n):
    middles = rng.uniform(0, 5000, (6, 2))
    near = middles[rng.integers(0, 6, n // 2)] + rng.normal(0, 150, (n // 2, 2))
    return rng.permutation(np.concatenate([near, rng.uniform(0, 5000, (n - n // 2, 2))]))


@given(
    seed=st.integers(0, 100_000),
    n=st.integers(1, 700),
    distance=st.floats(20, 1500),
    fewest=st.integers(1, 30),
)
@settings(max_examples=60, deadline=None)
def test_every_label_is_scikit_learns(seed, n, distance, fewest):
    xy = clouds(np.random.default_rng(seed), n)
    assert dbscan(xy, distance, fewest).tolist() == reference(xy, distance, fewest).tolist()


@given(seed=st.integers(0, 100_000), fewest=st.integers(2, 9), step=st.sampled_from([1.0, 2.0]))
@settings(max_examples=40, deadline=None)
def test_points_exactly_at_the_distance_are_neighbours(seed, fewest, step):
    rng = np.random.default_rng(seed)
    xy = rng.integers(0, 12, (150, 2)).astype(np.float64)
    assert dbscan(xy, step, fewest).tolist() == reference(xy, step, fewest).tolist()


def test_a_point_between_two_clusters_goes_to_the_one_whose_core_comes_first():
    left = [[-1.0 - 0.1 * i, 0.0] for i in range(5)]
    right = [[1.0 + 0.1 * i, 0.0] for i in range(5)]
    between = [[0.0, 0.0]]
    assert dbscan(np.array(left + right + between), 1.0, 5)[-1] == 0
    labels = dbscan(np.array(between + right + left), 1.0, 5)
    assert (labels[0], labels[1], labels[-1]) == (0, 0, 1)


def test_crowded_cells_are_measured_against_each_other_by_a_tree_too(monkeypatch):
    monkeypatch.setattr(module, "_MANY", 10)
    xy = clouds(np.random.default_rng(3), 600)
    xy[:200] = np.random.default_rng(4).normal(2500, 30, (200, 2))
    for distance in (60.0, 120.0, 400.0):
        assert dbscan(xy, distance, 4).tolist() == reference(xy, distance, 4).tolist()


def test_points_in_one_place_are_one_cluster():
    xy = np.concatenate([np.full((40, 2), 7.0), [[1e6, 1e6]]])
    assert dbscan(xy, 10.0, 20).tolist() == [0] * 40 + [NOISE]
    assert dbscan(np.empty((0, 2)), 10.0, 20).tolist() == []


def test_a_distance_too_small_for_the_extent_is_refused():
    with pytest.raises(InputError):
        dbscan(np.array([[0.0, 0.0], [1e9, 1e9]]), 1e-6, 2)
