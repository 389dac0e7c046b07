"""How long a drive takes, by estimate."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.readiness.travel import apart_m, far_places, farthest_m, minutes_of, whole
from geo.measure import distance_m, distances_m
from geo.model.command import Limits
from geo.model.entity import LonLat
from tests.geo.analysis.readiness.ground import square

LON = st.floats(103.5, 103.8)
LAT = st.floats(10.5, 10.8)
PLACES = st.lists(st.tuples(LON, LAT), min_size=1, max_size=20)


def places(found):
    lon, lat = np.array(found).T
    return far_places(square(0), lon, lat)


def test_minutes_are_metres_at_the_assumed_speed():
    assert minutes_of(35_000, Limits(speed_kmh=35)) == pytest.approx(60)
    assert minutes_of(0, Limits()) == 0


def test_without_a_speed_nothing_is_reached():
    assert minutes_of(1, Limits(speed_kmh=0)) == math.inf
    assert whole(math.inf) == 99_999


def test_a_minute_begun_counts():
    assert (whole(30.0), whole(30.01)) == (30, 31)


def test_without_sites_the_farthest_corner_counts():
    corners = far_places(square(0), np.zeros(0), np.zeros(0))
    home = LonLat(103.5, 10.5)
    assert farthest_m(corners, home) == pytest.approx(distance_m(home, (103.55, 10.55)))


@given(PLACES, LON, LAT)
def test_no_site_is_farther_than_the_worst_place(found, lon, lat):
    all_of_them = distances_m(np.array(found), np.array([lon, lat]))
    worst = farthest_m(places(found), LonLat(lon, lat))
    assert all_of_them.max() - 10 <= worst <= all_of_them.max() + 1e-6


@given(PLACES, PLACES)
def test_the_way_between_two_zones_is_the_same_in_both_directions(first, second):
    there, back = (apart_m(places(a), places(b)) for a, b in ((first, second), (second, first)))
    assert there == pytest.approx(back)
    for place in second:
        assert farthest_m(places(first), LonLat(*place)) <= there + 10
