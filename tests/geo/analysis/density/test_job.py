"""Densities of allegations: what is spread, what is refused, what the classes hold."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely

from geo.analysis.density.bandwidth import abramson, default_radius, effective_n
from geo.analysis.density.contours import above, levels
from geo.analysis.density.job import FEWEST, density
from geo.analysis.density.raster import Raster
from geo.analysis.density.result import AreaOnly, Bandwidth, DensityWish
from geo.analysis.density.smoothing import smooth
from geo.crs import from_utm, to_utm
from geo.errors import InputError
from geo.progress import NoProgress
from tests.geo.analysis.density.places import MIDDLE, cluster, made

COMMUNE = shapely.transform(shapely.box(310_000, 1_490_000, 330_000, 1_510_000), from_utm)


def found(points, outlines=None, **wish):
    return density(points, outlines or {}, DensityWish(**wish), NoProgress())


def at(result, east, north):
    raster = result.raster
    row, column = int((raster.north - north) / raster.cell), int((east - raster.west) / raster.cell)
    return result.per_km2[row, column]


def test_a_planted_centre_is_the_densest_place_and_nothing_is_lost():
    rng = np.random.default_rng(0)
    points = made(np.concatenate([cluster(rng, 200), cluster(rng, 60, spread=6000.0)]))
    for bandwidth in Bandwidth:
        result = found(points, bandwidth=bandwidth, radius_m=4000.0)
        total = result.per_km2.sum() * result.raster.km2
        assert total == pytest.approx(260, rel=0.001)
        row, column = np.unravel_index(result.per_km2.argmax(), result.raster.shape)
        east, north = (
            axis[i] for axis, i in zip(result.raster.centres(), (column, row), strict=True)
        )
        assert np.hypot(east - MIDDLE[0], north - MIDDLE[1]) < 500


def test_a_thousand_allegations_of_one_commune_make_no_summit_in_it():
    points = made(cluster(np.random.default_rng(1), 40), units=["010203"] * 1000)
    result = found(points, {"010203": COMMUNE}, radius_m=1000.0)
    inside = [at(result, e, n) for e in (312_000, 320_000, 328_000) for n in (1_492_000, 1_500_000)]
    assert inside == pytest.approx([1000 / 400] * 6, rel=0.03)
    assert (result.points, result.spread, result.nowhere) == (40, 1000, 0)


def test_what_is_left_out_is_counted():
    points = made(cluster(np.random.default_rng(1), 40), units=["010203", "010203", "990101"])
    left_out = found(points, {"010203": COMMUNE}, area_only=AreaOnly.LEAVE_OUT)
    assert (left_out.spread, left_out.nowhere) == (0, 3)
    spread = found(points, {"010203": COMMUNE})
    assert (spread.spread, spread.nowhere) == (2, 1)


def test_too_few_are_refused_with_their_number():
    with pytest.raises(InputError) as refused:
        found(made(cluster(np.random.default_rng(1), FEWEST - 1)))
    assert refused.value.code == "error.density.few"
    assert refused.value.params == {"n": FEWEST - 1, "fewest": FEWEST}


def test_areas_alone_are_no_density():
    with pytest.raises(InputError) as refused:
        found(made(np.empty((0, 2)), units=["010203"] * 50), {"010203": COMMUNE})
    assert refused.value.code == "error.density.no_points"


def test_cells_that_are_too_coarse_or_too_fine_are_refused():
    points = made(cluster(np.random.default_rng(1), 40, spread=20_000.0))
    for cell, code in ((400.0, "error.density.coarse"), (10.0, "error.density.fine")):
        with pytest.raises(InputError) as refused:
            found(points, radius_m=1000.0, cell_m=cell)
        assert refused.value.code == code


def test_the_default_radius_is_silvermans_for_a_normal_cloud():
    xy = np.random.default_rng(2).normal(0.0, 1000.0, (4096, 2))
    radius = default_radius(xy, np.ones(4096), np.full(4096, np.nan))
    assert radius == pytest.approx(2.78 * 1000.0 / 4.0, rel=0.1)


def test_the_default_radius_of_two_towns_is_that_of_a_town():
    rng = np.random.default_rng(2)
    near = rng.normal(0.0, 1000.0, (600, 2))
    both = np.concatenate([near, rng.normal(300_000.0, 1000.0, (600, 2))])
    radius = default_radius(both, np.ones(1200), np.full(1200, np.nan))
    assert 1000.0 < radius < 3000.0


def test_the_default_radius_is_no_finer_than_the_places_are_known():
    xy = np.random.default_rng(2).normal(0.0, 100.0, (500, 2))
    assert default_radius(xy, np.ones(500), np.full(500, 1500.0)) == 1500.0


def test_the_default_radius_is_not_blurred_by_a_few_far_points():
    rng = np.random.default_rng(2)
    xy = rng.normal(0.0, 1000.0, (400, 2))
    far = np.concatenate([xy, rng.normal(200_000.0, 1000.0, (8, 2))])
    nowhere = np.full(408, np.nan)
    assert default_radius(far, np.ones(408), nowhere) < 1.2 * default_radius(
        xy, np.ones(400), nowhere[:400]
    )


def test_abramson_widens_where_little_is_near_and_never_below_the_doubt():
    pilot = np.array([4.0, 1.0, 1.0, 0.25])
    radius = abramson(pilot, 1000.0, np.array([np.nan, np.nan, 1700.0, np.nan]), 250.0)
    assert radius.tolist() == pytest.approx([500.0, 1000.0, 1700.0, 2000.0])


def test_weights_tell_no_more_than_their_effective_number():
    assert effective_n(np.ones(7)) == pytest.approx(7)
    assert effective_n(np.array([3.0, 0.0, 0.0])) == pytest.approx(1)


def test_each_class_holds_its_share_and_lies_in_no_other():
    rng = np.random.default_rng(5)
    points = made(np.concatenate([cluster(rng, 500), cluster(rng, 200, (312_000.0, 1_505_000.0))]))
    result = found(points, radius_m=800.0)
    shares = [kind.share for kind in result.classes]
    assert shares == [0.25, 0.5, 0.75, 0.9]
    for kind in result.classes:
        assert kind.n / 700 == pytest.approx(kind.share, abs=0.12)
    areas = [shapely.transform(kind.area, to_utm) for kind in result.classes]
    for one, other in pairwise(areas):
        assert one.intersection(other).area < 1e-3 * one.area
    assert sum(area.area for area in areas) / 1e6 == pytest.approx(result.classes[-1].km2, rel=1e-3)


def test_a_contour_runs_where_the_density_has_its_level():
    xy = np.array([MIDDLE])
    raster = Raster.around(xy, 1000.0, 50.0)
    disc = above(smooth(xy, None, raster, 1000.0), raster, 0.5)
    radius = 1000.0 * np.sqrt(1 - np.sqrt(0.5))
    away = np.hypot(*(shapely.get_coordinates(disc) - xy).T)
    assert np.abs(away - radius).max() < 5.0
    assert above(smooth(xy, None, raster, 1000.0), raster, 2.0).is_empty


def test_a_contour_has_holes_and_islands():
    raster = Raster(west=0.0, north=70.0, cell=10.0, rows=7, columns=7)
    ring = np.zeros((7, 7))
    ring[0], ring[-1], ring[:, 0], ring[:, -1] = 1.0, 1.0, 1.0, 1.0
    area = above(ring, raster, 0.5)
    assert area.is_valid
    assert len(area.interiors) == 1
    assert levels(ring, (0.5,)) == pytest.approx((1.0,), rel=0.03)


def test_ground_that_holds_the_same_everywhere_is_in_a_class_or_not_at_all():
    points = made(cluster(np.random.default_rng(1), 40), units=["010203"] * 300)
    result = found(points, {"010203": COMMUNE}, radius_m=1000.0)
    parts = [shapely.get_num_geometries(kind.area) for kind in result.classes]
    assert max(parts) <= 4
