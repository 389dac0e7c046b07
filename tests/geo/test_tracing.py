"""The way along drawn lines between two clicked positions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from geo.errors import GeometryError
from geo.measure import length_m
from geo.territory import Territory
from geo.tracing import Tracer, trace

LEFT, RIGHT = box(103.0, 11.0, 103.1, 11.1), box(103.1, 11.0, 103.2, 11.1)


def corners(way) -> list[tuple[float, float]]:
    return [tuple(np.round(c, 6)) for c in way]


def test_the_shorter_way_around_a_ring_is_taken_with_its_corners():
    way = trace([LEFT], (103.02, 11.0001), (103.0001, 11.02))
    assert corners(way) == [(103.02, 11.0), (103.0, 11.0), (103.0, 11.02)]


def test_a_way_leads_from_one_ring_to_its_neighbour():
    way = trace([LEFT, RIGHT], (103.02, 11.0), (103.15, 11.0))
    assert corners(way) == [(103.02, 11.0), (103.1, 11.0), (103.15, 11.0)]


def test_an_open_line_is_followed_in_either_direction():
    line = LineString([(103, 11), (103.1, 11), (103.1, 11.1)])
    there, back = (
        trace([line], (103.05, 11), (103.1, 11.05)),
        trace([line], (103.1, 11.05), (103.05, 11)),
    )
    assert corners(there) == corners(back)[::-1] == [(103.05, 11), (103.1, 11), (103.1, 11.05)]


def test_a_click_far_from_every_line_and_lines_that_do_not_meet_are_told():
    with pytest.raises(GeometryError) as refused:
        trace([LEFT], (103.05, 11.05), (103.0, 11.05))
    assert refused.value.code == "error.trace.no_line"
    with pytest.raises(GeometryError) as refused:
        trace([LEFT, box(104, 11, 104.1, 11.1)], (103.0, 11.05), (104.0, 11.05))
    assert refused.value.code == "error.trace.no_way"
    with pytest.raises(GeometryError):
        trace([], (103.0, 11.05), (104.0, 11.05))


@given(st.floats(0, 0.4), st.floats(0, 0.4))
def test_no_way_around_a_ring_is_longer_than_half_of_it(a, b):
    ends = [LEFT.exterior.interpolate(x).coords[0] for x in (a, b)]
    way = trace([LEFT], *ends)
    assert length_m(way) <= length_m(np.array(LEFT.exterior.coords)) / 2 * 1.02


def test_the_border_is_followed_between_two_crossings():
    tracer = Tracer([Territory.load().outline])
    way = tracer.between((102.55, 13.66), (102.36, 13.45), reach_m=5_000)
    assert 30_000 < length_m(way) < 120_000
    assert len(way) > 50
