"""Clusters of allegations: planted ones are found, and each says what it rests on."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from sklearn.cluster import HDBSCAN

from geo.analysis.clusters.job import FEWEST, clusters, default_distance
from geo.analysis.clusters.result import ClusterMethod, ClusterWish
from geo.crs import from_utm
from geo.errors import InputError
from geo.progress import NoProgress
from tests.geo.analysis.density.places import MIDDLE, cluster, made

EAST = (MIDDLE[0] + 20_000.0, MIDDLE[1])


def found(points, **wish):
    return clusters(points, ClusterWish(**wish), NoProgress())


def planted(units=(), accuracy=np.nan):
    rng = np.random.default_rng(8)
    around = rng.uniform(-40_000, 40_000, (60, 2)) + MIDDLE
    xy = np.concatenate([cluster(rng, 40, spread=300.0), cluster(rng, 80, EAST, 300.0), around])
    return made(xy, units=units, accuracy=accuracy)


@pytest.mark.parametrize("method", list(ClusterMethod))
def test_planted_clusters_are_found_the_largest_first(method):
    result = found(planted(units=["0102"] * 7), method=method, distance_m=600.0)
    assert [c.n for c in result.clusters] == pytest.approx([80, 40], abs=5)
    assert result.points == 180
    assert result.alone == 180 - sum(c.n for c in result.clusters)
    assert result.nowhere == 7
    for one, middle in zip(result.clusters, (EAST, MIDDLE), strict=True):
        assert shapely.contains_xy(one.hull, *from_utm(middle))
        assert one.grades == {"F6": one.n}
        assert one.km2 > 0.5


def test_hdbscan_is_scikit_learns_up_to_the_numbers():
    points = planted()
    labels = found(points, method=ClusterMethod.HDBSCAN).label
    wanted = HDBSCAN(min_cluster_size=10, copy=True).fit(points.xy).labels_
    pairs = set(zip(labels.tolist(), wanted.tolist(), strict=True))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def test_the_default_distance_asks_for_four_times_an_even_spread():
    xy = np.random.default_rng(1).uniform(0, 10_000, (2000, 2))
    distance = default_distance(xy, 12, np.full(2000, np.nan))
    even = 2000 / 1e8 * np.pi * distance**2
    assert even == pytest.approx(12 / 4, rel=0.15)
    assert default_distance(xy, 12, np.full(2000, 2500.0)) == 2500.0


def test_places_known_less_exactly_than_the_distance_are_counted():
    assert found(planted(accuracy=900.0), distance_m=600.0).doubtful == 180
    assert found(planted(accuracy=900.0), distance_m=600.0).clusters[0].doubt_m == 900.0
    assert found(planted(), distance_m=600.0).doubtful == 0


def test_few_points_or_senseless_numbers_are_refused():
    few = made(cluster(np.random.default_rng(1), FEWEST - 1), units=["0102"] * 100)
    for points, wish, code in (
        (few, {}, "error.clusters.few"),
        (planted(), {"fewest": 2}, "error.clusters.fewest"),
        (planted(), {"distance_m": -1.0}, "error.clusters.distance"),
    ):
        with pytest.raises(InputError) as refused:
            found(points, **wish)
        assert refused.value.code == code


def test_a_cluster_in_one_place_has_an_area():
    points = made(np.concatenate([np.tile(MIDDLE, (40, 1)), planted().xy[120:]]))
    result = found(points, distance_m=500.0)
    assert result.clusters[0].n >= 40
    assert result.clusters[0].km2 > 0.04
