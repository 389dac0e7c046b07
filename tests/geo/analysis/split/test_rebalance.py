"""Units go from zone to zone: all sums follow at once, and no zone falls apart."""

from __future__ import annotations

import time

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.split.compactness import judge
from geo.analysis.split.job import split, weigh
from geo.analysis.split.rebalance import begin
from geo.analysis.split.state import Ground
from geo.errors import InputError
from geo.progress import NoProgress
from tests.geo.analysis.split.places import ordered, province, squares

BOARD = squares(4, 4)


def halves(**more):
    """The board in a west and an east half, two columns each."""
    result = split(ordered(None, into=2, communes=BOARD, candidates=2), NoProgress())
    zone = np.array([int(code[4:6]) // 2 for code in result.units.ids], dtype=np.int64)
    return begin(
        result.units, result.load, zone, zone_ids=("w", "e"), names=("West", "East"), **more
    )


def test_a_move_recounts_both_zones_and_gives_them_new_outlines():
    before = halves()
    after = before.move(["990001"], 1)
    assert before.zone[before.unit_at("990001")] == 0, "a state is never changed"
    assert "990001" in after.units_of(1)
    weight = before.load.total[before.unit_at("990001")]
    difference = after.figures().workload - before.figures().workload
    assert np.allclose(difference, [-weight, weight])
    assert after.outline(0).area + after.outline(1).area == pytest.approx(16 * 0.0004)
    assert after.outline(0).intersection(after.outline(1)).area == 0
    assert set(after.changed_since(before)) == {"w", "e"}
    assert after.changed_since(after) == {}


def test_what_is_refused_says_why():
    state = halves(locked=(), fixed=("990300",))
    for units, zone, code in [
        (["990000"], 1, "error.split.not_beside"),
        (["990100", "990101"], 1, "error.split.would_break"),
        (["nowhere"], 1, "error.split.no_unit"),
        (["990300", "990301"], 1, "error.split.unit_stays"),
        (["990001"], 7, "error.zone.gone"),
    ]:
        with pytest.raises(InputError) as refused:
            state.move(units, zone)
        assert refused.value.code == code
    with pytest.raises(InputError, match=r"error\.split\.locked"):
        halves(locked=(1,)).move(["990001"], 1)
    with pytest.raises(InputError, match=r"error\.split\.would_empty"):
        halves().move(list(halves().units_of(0)), 1)


def test_moving_what_is_there_already_changes_nothing():
    state = halves()
    assert state.move(["990002"], 1) is state


def test_several_units_move_together_where_one_alone_would_be_cut_off():
    state = halves().move(["990000", "990001"], 1)
    assert {"990000", "990001"} <= set(state.units_of(1))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 2)), max_size=25))
def test_after_any_moves_zones_hang_together_and_sums_are_what_a_recount_gives(moves):
    result = split(ordered(None, into=3, communes=BOARD, candidates=2), NoProgress())
    state = begin(result.units, result.load, result.zone, zone_ids=tuple("abc"), names=tuple("ABC"))
    ground = Ground(result.units, result.load.total)
    for unit, zone in moves:
        try:
            state = state.move([result.units.ids[unit]], zone)
        except InputError:
            continue
        for z in range(3):
            assert ground.connected(np.flatnonzero(state.zone == z).tolist())
            assert state.outline(z).geom_type == "Polygon"
        shapes = [state.outline(z) for z in range(3)]
        assert shapely.coverage_is_valid(shapes)
    figures = state.figures()
    again = judge(result.units, result.load.total, state.zone, 3)
    assert np.allclose(figures.deviation, again.deviation, atol=1e-6)
    assert np.allclose(figures.compactness, again.compactness)
    assert np.allclose(figures.work, result.load.of_zones(state.zone, 3)[0])


def test_zones_of_a_plan_are_taken_apart_into_their_units_again():
    order = ordered(province("18"), into=3, candidates=2)
    result = split(order, NoProgress())
    zones = tuple((z.outline, z.units) for z in result.zones)
    units, zone, load = weigh(zones, order, NoProgress())
    assert units.ids == result.units.ids
    assert zone.tolist() == result.zone.tolist()
    # A skerry may go to another unit of its zone; never to another zone.
    assert np.isclose(load.total, result.total, atol=1e-4).mean() > 0.95
    assert np.allclose(load.of_zones(zone, 3)[0], result.load.of_zones(zone, 3)[0], atol=1e-3)
    state = begin(units, load, zone, zone_ids=tuple("abc"), names=tuple("ABC"))
    for z in range(3):
        assert state.outline(z).symmetric_difference(zones[z][0]).area * 1.2e10 < 1.0


def test_zones_without_units_or_with_doubled_ones_are_refused():
    order = ordered(None, communes=BOARD)
    outline = BOARD["990000"]
    for zones in (((outline, ()),), ((outline, ("990000",)), (outline, ("990000",)))):
        with pytest.raises(InputError, match=r"error\.split\.not_of_units"):
            weigh(zones, order, NoProgress())


def test_ground_that_a_hand_added_goes_to_the_units_it_touches():
    order = ordered(None, into=2, communes=BOARD)
    west = shapely.union_all([BOARD[c] for c in sorted(BOARD) if int(c[4:6]) < 2])
    more = shapely.union(west, shapely.box(102.99, 12.0, 103.0, 12.02))
    islet = shapely.box(102.9, 12.0, 102.91, 12.01)
    for outline in (more, shapely.MultiPolygon([*shapely.get_parts(more), islet])):
        ids = tuple(c for c in sorted(BOARD) if int(c[4:6]) < 2)
        units, zone, _ = weigh(((outline, ids),), order, NoProgress())
        assert units.ids == ids
        assert set(zone.tolist()) == {0}
        assert shapely.union_all(units.outlines).symmetric_difference(outline).area < 1e-12


def test_a_move_in_a_large_province_takes_a_moment_only():
    result = split(ordered(province("01"), candidates=1), NoProgress())
    state = begin(
        result.units, result.load, result.zone, zone_ids=tuple("abcd"), names=tuple("ABCD")
    )
    pairs = result.units.borders.pairs
    crossing = pairs[state.zone[pairs[:, 0]] != state.zone[pairs[:, 1]]]
    took = []
    for a, b in crossing[:20].tolist():
        began = time.thread_time()
        try:
            state.move([result.units.ids[a]], int(state.zone[b])).figures()
        except InputError:
            continue
        took.append(time.thread_time() - began)
    assert sorted(took)[len(took) // 2] < 0.2
