"""Areas and a line drawn across them."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geo.cutting import divided, reshaped
from geo.errors import GeometryError

BLOCK = box(103.0, 11.0, 103.1, 11.1)
PIERCED = BLOCK.difference(box(103.04, 11.04, 103.06, 11.06))
PLACE = st.tuples(st.floats(102.9, 103.2), st.floats(10.9, 11.2))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ([(102.9, 11.05), (103.2, 11.05)], 2),
        ([(103.0, 11.05), (103.1, 11.05)], 2),  # snapped to the edge at both ends
        ([(102.9, 11.02), (103.2, 11.03), (103.2, 11.07), (102.9, 11.06)], 3),
        ([(103.02, 10.9), (103.02, 11.05), (103.05, 11.05), (103.05, 10.9)], 2),
    ],
)
def test_a_line_divides_at_each_crossing(line, count):
    parts = divided(BLOCK, line)
    assert len(parts) == count
    assert shapely.coverage_is_valid(list(parts))
    assert shapely.union_all(parts).symmetric_difference(BLOCK).area < 1e-12
    assert [p.area for p in parts] == sorted((p.area for p in parts), reverse=True)


@pytest.mark.parametrize(
    "line",
    [
        [(102.9, 11.05), (103.05, 11.05)],
        [(103.02, 11.05), (103.05, 11.05)],
        [(102.0, 11.0), (102.5, 11.0)],
        [(102.9, 11.1), (103.2, 11.1)],  # along the edge
    ],
)
def test_a_line_that_does_not_cross_says_so(line):
    with pytest.raises(GeometryError) as refused:
        divided(BLOCK, line)
    assert refused.value.code == "error.zone.line_divides_nothing"


@pytest.mark.parametrize(
    "line", [[], [(103, 11)], [(103, 11), (103, 11)], [(103, 11), (1e400, 11)]]
)
def test_what_is_no_line_is_refused(line):
    for act in (divided, reshaped):
        with pytest.raises(GeometryError) as refused:
            act(BLOCK, line)
        assert refused.value.code == "error.zone.line_too_short"


def test_a_part_that_the_line_leaves_alone_stays_with_the_largest():
    island = box(103.3, 11.0, 103.31, 11.01)
    first, second = divided(MultiPolygon([BLOCK, island]), [(102.9, 11.03), (103.2, 11.03)])
    assert first.contains(island)
    assert second.equals(box(103.0, 11.0, 103.1, 11.03))


def test_a_hole_on_the_line_is_in_neither_part():
    parts = divided(PIERCED, [(102.9, 11.05), (103.2, 11.05)])
    assert len(parts) == 2
    assert sum(p.area for p in parts) == pytest.approx(PIERCED.area)


@given(st.lists(PLACE, min_size=2, max_size=6))
def test_whatever_line_divides_the_parts_make_up_the_whole(line):
    try:
        parts = divided(PIERCED, line)
    except GeometryError:
        return
    assert all(p.is_valid for p in parts)
    assert sum(p.area for p in parts) == pytest.approx(PIERCED.area)
    assert shapely.union_all(parts).symmetric_difference(PIERCED).area < 1e-9


def test_a_line_through_the_inside_cuts_the_smaller_side_off():
    cut = [(103.02, 10.99), (103.02, 11.03), (103.06, 11.03), (103.06, 10.99)]
    assert reshaped(BLOCK, cut).equals(BLOCK.difference(box(103.02, 11.0, 103.06, 11.03)))


def test_a_line_outside_adds_what_it_encloses():
    out = [(103.02, 11.01), (103.02, 10.97), (103.06, 10.97), (103.06, 11.01)]
    assert reshaped(BLOCK, out).equals(BLOCK.union(box(103.02, 10.97, 103.06, 11.0)))


def test_a_hole_is_kept_and_can_be_reshaped_itself():
    cut = [(102.9, 11.02), (103.2, 11.02)]
    assert reshaped(PIERCED, cut).equals(PIERCED.difference(box(103.0, 11.0, 103.1, 11.02)))
    into = [(103.05, 11.05), (103.05, 11.08), (103.055, 11.08), (103.055, 11.05)]
    assert reshaped(PIERCED, into).equals(PIERCED.difference(box(103.05, 11.06, 103.055, 11.08)))


def test_a_line_that_crosses_once_says_so():
    with pytest.raises(GeometryError) as refused:
        reshaped(BLOCK, [(102.9, 11.05), (103.05, 11.05)])
    assert refused.value.code == "error.zone.line_crosses_not_twice"


@given(st.lists(PLACE, min_size=2, max_size=6))
def test_whatever_line_reshapes_the_outcome_is_valid(line):
    try:
        new = reshaped(PIERCED, line)
    except GeometryError:
        return
    assert new.is_valid
    assert isinstance(new, Polygon | MultiPolygon)
