"""Units that stay: whatever is locked, a split is whole, of one piece each, and keeps it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.split.job import split
from geo.analysis.split.wanted import Keep
from geo.errors import InputError
from geo.progress import NoProgress
from tests.geo.analysis.split.places import ordered, province, squares
from tests.geo.analysis.split.test_split import check_split, hang_together

BOARD = squares(6, 6)
QUICK = {"communes": BOARD, "candidates": 3, "count": 120}


def done(order):
    return split(order, NoProgress())


FIRST = {into: done(ordered(None, into=into, **QUICK)) for into in (2, 3, 5)}


def keeps_of(result, chosen):
    """What is locked of each zone of a split, by zone and number of the unit in it."""
    found = {}
    for number, unit in sorted(chosen):
        zone = number % len(result.zones)
        units = result.zones[zone].units
        found.setdefault(zone, set()).add(units[unit % len(units)])
    return tuple(
        Keep(f"z{z}", f"Zone {z}", tuple(sorted(units)), result.zones[z].units)
        for z, units in sorted(found.items())
    )


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(FIRST)),
    st.integers(1, 99),
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 35)), min_size=1, max_size=14),
)
def test_any_locked_units_stay_together_in_a_whole_contiguous_repeatable_split(into, seed, chosen):
    keeps = keeps_of(FIRST[into], chosen)
    order = ordered(None, into=into, seed=seed, keeps=keeps, **QUICK)
    result = done(order)
    assert result.contiguous
    assert all(hang_together(result, z) for z in range(into))
    assert sorted(u for zone in result.zones for u in zone.units) == sorted(BOARD)
    by_zone = {zone.continues: zone for zone in result.zones if zone.continues}
    assert set(by_zone) == {keep.zone_id for keep in keeps}
    for keep in keeps:
        assert set(keep.kept) <= set(by_zone[keep.zone_id].units)
        assert by_zone[keep.zone_id].kept == keep.kept
    again = done(order)
    assert [zone.units for zone in again.zones] == [zone.units for zone in result.zones]


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 6), st.sets(st.sampled_from(sorted(BOARD)), min_size=2, max_size=6))
def test_units_of_no_zone_before_stay_too_or_it_is_said_why_not(into, chosen):
    units = sorted(chosen)
    keeps = tuple(
        Keep(f"z{n}", f"Zone {n}", tuple(units[n::2]), ()) for n in range(2) if units[n::2]
    )
    try:
        result = done(ordered(None, into=into, keeps=keeps, **QUICK))
    except InputError as error:
        refusal = error.code
    else:
        refusal = ""
    if refusal:
        assert refusal in {"error.split.kept_apart", "error.split.kept_room"}
        return
    assert all(hang_together(result, z) for z in range(into))
    for keep in keeps:
        assert any(set(keep.kept) <= set(zone.units) for zone in result.zones)


def test_a_few_locked_units_cost_little_balance():
    keeps = keeps_of(FIRST[5], {(0, 0), (1, 1), (2, 2), (3, 0)})
    result = done(ordered(None, into=5, communes=BOARD, keeps=keeps))
    assert result.max_deviation < 0.1
    assert any(note.code == "split.note.kept" for note in result.notes)


def test_hexagons_are_of_the_size_of_those_that_stay():
    area = province("18")
    first = done(ordered(area, into=4, candidates=4))
    keeps = keeps_of(first, {(0, 3), (1, 5), (2, 0)})
    result = done(ordered(area, into=3, candidates=4, keeps=keeps))
    check_split(result, area, 3)
    for keep in keeps:
        part = next(z for z in result.zones if z.continues == keep.zone_id)
        assert set(keep.kept) <= set(part.units)


def corners(*, between):
    """Two zones whose units lie crosswise in the corners, or side by side."""
    a, b, c, d = "990000", "990005", "990500", "990505"
    first, second = ((a, d), (b, c)) if between else ((a, b), (c, d))
    return Keep("x", "Cross", first, ()), Keep("y", "Wise", second, ())


def test_what_cannot_be_of_one_piece_is_refused_by_name():
    wall = tuple(f"99{row:02d}03" for row in range(6))
    keeps = (
        Keep("x", "Parted", ("990300", "990305"), ()),
        Keep("y", "Wall", wall, ()),
    )
    with pytest.raises(InputError) as refused:
        done(ordered(None, into=3, keeps=keeps, **QUICK))
    assert refused.value.code == "error.split.kept_apart"
    assert refused.value.params["name"] == "Parted"
    result = done(ordered(None, into=3, keeps=corners(between=False), **QUICK))
    assert result.contiguous


def test_what_was_locked_of_other_units_or_in_too_many_zones_is_refused():
    keeps = keeps_of(FIRST[5], {(n, 0) for n in range(5)})
    with pytest.raises(InputError, match=r"error\.split\.kept_room"):
        done(ordered(None, into=4, keeps=keeps, **QUICK))
    strange = (replace(keeps[0], kept=("880000",)),)
    with pytest.raises(InputError, match=r"error\.split\.kept_elsewhere"):
        done(ordered(None, into=4, keeps=strange, **QUICK))
