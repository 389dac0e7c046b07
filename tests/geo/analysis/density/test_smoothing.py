"""The transformed sum of kernels against the sum itself, point by point."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from geo.analysis.density.raster import Raster
from geo.analysis.density.smoothing import BEYOND, quartic, smooth, smooth_each, volume
from tests.geo.analysis.density.places import cluster


def direct(xy, weight, raster, radius):
    """The sum of kernels at each cell's middle, as it is defined."""
    east, north = raster.centres()
    radius = np.broadcast_to(radius, len(xy))
    total = np.zeros(raster.shape)
    for (x, y), w, r in zip(xy, weight, radius, strict=True):
        total += w * quartic(np.hypot(east[None, :] - x, north[:, None] - y), r)
    return total


@given(
    seed=st.integers(0, 10_000),
    n=st.integers(1, 30),
    cells=st.floats(10.0, 15.0),
    weighted=st.booleans(),
)
@settings(max_examples=15, deadline=None)
def test_the_transform_gives_the_direct_sum(seed, n, cells, weighted):
    rng = np.random.default_rng(seed)
    xy = cluster(rng, n)
    weight = rng.uniform(0.25, 2.25, n) if weighted else np.ones(n)
    radius = 800.0
    raster = Raster.around(xy, radius, radius / cells)
    found = smooth(xy, weight if weighted else None, raster, radius)
    wanted = direct(xy, weight, raster, radius)
    assert (np.abs(found - wanted) < 0.0045 * weight.max() * np.maximum(1.0, wanted)).all()


def test_every_cell_is_within_a_hundredth_of_its_value_or_of_one_point():
    rng = np.random.default_rng(3)
    xy = np.concatenate([cluster(rng, 800), cluster(rng, 80, (306_000.0, 1_504_000.0), 3000.0)])
    raster = Raster.around(xy, 1000.0, 100.0)
    found = smooth(xy, None, raster, 1000.0)
    wanted = direct(xy, np.ones(len(xy)), raster, 1000.0)
    assert (np.abs(found - wanted) <= 0.01 * np.maximum(wanted, 1.0)).all()


def test_what_stands_under_a_kernel_is_its_volume():
    found, _ = integrate.quad(lambda r: 2 * np.pi * r * quartic(np.array(r), 700.0), 0.0, 700.0)
    assert np.isclose(volume(700.0), found)


def test_a_radius_for_each_point_gives_the_direct_sum():
    rng = np.random.default_rng(4)
    xy = cluster(rng, 120, spread=2000.0)
    radius = rng.uniform(400.0, 1600.0, len(xy))
    weight = rng.uniform(0.5, 1.5, len(xy))
    raster = Raster.around(xy, 1600.0 * BEYOND, 40.0)
    found = smooth_each(xy, weight, raster, radius)
    wanted = direct(xy, weight / radius**2, raster, radius)
    assert np.abs(found - wanted).max() < 0.01 * wanted.max()
    assert np.isclose(found.sum(), wanted.sum(), rtol=0.001)


def test_the_grid_is_the_one_that_qgis_makes():
    xy = np.array([[1000.0, 2000.0], [1950.0, 2510.0]])
    raster = Raster.around(xy, 500.0, 100.0)
    assert (raster.west, raster.north, raster.shape) == (500.0, 3010.0, (17, 21))
