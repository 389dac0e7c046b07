from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.view import COARSEST_M, FINEST_M, MapView

views = st.builds(
    MapView,
    x=st.floats(1.0e7, 1.25e7),
    y=st.floats(1.0e6, 1.8e6),
    resolution=st.floats(0.1, 5_000),
    width=st.integers(100, 4000),
    height=st.integers(100, 3000),
)
pixels = st.tuples(st.floats(0, 4000), st.floats(0, 3000))


@given(views, pixels)
def test_a_pixel_turned_to_degrees_and_back_is_the_same_pixel(view, pixel):
    lon, lat = view.to_lonlat(*pixel)
    assert view.to_pixel(lon, lat) == pytest.approx(pixel, abs=0.01)


@given(views, pixels, st.floats(0.2, 5.0))
def test_zooming_keeps_the_place_under_the_pointer(view, pixel, factor):
    before = view.to_lonlat(*pixel)
    zoomed = view.zoomed_at(*pixel, factor)
    assert zoomed.to_pixel(*before) == pytest.approx(pixel, abs=0.01)


@given(views, st.floats(-500, 500), st.floats(-500, 500))
def test_a_pan_moves_every_place_by_the_same_pixels(view, dx, dy):
    before = view.to_lonlat(50.0, 60.0)
    assert view.panned(dx, dy).to_pixel(*before) == pytest.approx((50 + dx, 60 + dy), abs=0.01)


@given(views)
def test_a_part_of_a_view_shows_the_same_places(view):
    part = view.part(30, 40, 20, 10)
    assert part.to_lonlat(0.0, 0.0) == pytest.approx(view.to_lonlat(30.0, 40.0), abs=1e-7)


def test_fitting_bounds_shows_all_of_them_inside_the_margin():
    bounds = (102.3, 9.9, 107.6, 14.7)
    view = MapView.fit(bounds, 800, 500, margin_px=24)
    x, y = view.to_pixel(np.array([102.3, 107.6]), np.array([14.7, 9.9]))
    assert x[0] >= 23.9
    assert x[1] <= 776.1
    assert y[0] >= 23.9
    assert y[1] <= 476.1


def test_a_single_point_can_be_fitted():
    view = MapView.fit((102.5, 13.6, 102.5, 13.6), 800, 500)
    assert view.resolution == FINEST_M


def test_zooming_ends_at_both_ends():
    view = MapView.fit((102.3, 9.9, 107.6, 14.7), 800, 500)
    for _ in range(60):
        view = view.zoomed_at(10, 10, 4.0)
    assert view.resolution == FINEST_M
    for _ in range(60):
        view = view.zoomed_at(10, 10, 0.25)
    assert view.resolution == COARSEST_M


def test_ground_metres_are_shorter_than_map_metres_away_from_the_equator():
    view = MapView.fit((102.5, 13.6, 102.6, 13.7), 800, 500)
    assert view.ground_resolution == pytest.approx(view.resolution * 0.9718, rel=1e-3)
