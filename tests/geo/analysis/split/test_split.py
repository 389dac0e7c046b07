"""A split is contiguous, complete, balanced and always the same."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.split.coverage import joined
from geo.analysis.split.job import split
from geo.analysis.split.links import components
from geo.analysis.split.units import UnitKind, communes, hexagons
from geo.errors import InputError
from geo.progress import NoProgress
from tests.geo.analysis.split.places import (
    NO_OFFICIAL,
    OFFICIAL,
    PROVINCES,
    demand,
    official_communes,
    ordered,
    points,
    province,
    squares,
)

WITHIN = 0.05


def hang_together(result, zone):
    """Follow borders and links within the zone; the graph is the test's own."""
    inside = np.flatnonzero(result.zone == zone)
    position = {int(u): n for n, u in enumerate(inside)}
    units = result.units
    pairs = [
        (position[a], position[b])
        for a, b in np.concatenate([units.borders.pairs, units.links.pairs]).tolist()
        if a in position and b in position
    ]
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return len(set(components(len(inside), array).tolist())) == 1


def planar_m2(shape):
    """Square metres of a difference that should be nothing.

    Not on the ellipsoid: there a long edge is an arc, and one more vertex on it would make an area.
    """
    return shape.area * 1.2e10


def check_split(result, ground, into):
    """Contiguous, complete, without overlap, and within 5 % or it says why not."""
    assert len(result.zones) == into
    assert result.contiguous
    assert all(hang_together(result, z) for z in range(into))
    outlines = [z.outline for z in result.zones]
    assert all(o.is_valid and not o.is_empty for o in outlines)
    for first, second in itertools.combinations(outlines, 2):
        assert planar_m2(first.intersection(second)) < 0.01
    whole = joined(result.units.outlines)
    assert planar_m2(whole.symmetric_difference(ground)) < 1.0
    assert planar_m2(shapely.union_all(outlines).symmetric_difference(whole)) < 0.01
    assert sorted(u for z in result.zones for u in z.units) == sorted(result.units.ids)
    assert np.isclose(sum(z.workload for z in result.zones), result.total.sum(), atol=1e-3)
    codes = {n.code for n in result.notes}
    assert result.max_deviation <= WITHIN or codes & {"split.note.heavy", "split.note.coarse"}


@pytest.mark.parametrize("code", PROVINCES)
def test_every_province_on_hexagons(code):
    area = province(code)
    result = split(ordered(area, candidates=4), NoProgress())
    assert result.units.kind is UnitKind.HEXAGON
    assert 250 <= len(result.units.ids) <= 3000
    check_split(result, area, 4)
    assert result.max_deviation <= WITHIN, "hexagons are fine enough everywhere"


@pytest.mark.skipif(not OFFICIAL.exists(), reason=NO_OFFICIAL)
@pytest.mark.parametrize("code", PROVINCES)
def test_every_province_on_its_official_communes(code):
    loaded = official_communes()[code]
    result = split(ordered(None, communes=loaded, candidates=20), NoProgress())
    check_split(result, shapely.union_all(list(loaded.values())), 4)
    if len(loaded) > 40 and result.total.max() < result.total.sum() / 8:
        assert result.max_deviation <= WITHIN


def test_the_same_seed_gives_the_same_zones_and_another_one_may_not():
    order = ordered(province("08"), into=3, candidates=8)
    first, again = (split(order, NoProgress()) for _ in range(2))
    assert [z.units for z in first.zones] == [z.units for z in again.zones]
    other = split(ordered(province("08"), into=3, seed=2, candidates=8), NoProgress())
    assert [z.units for z in first.zones] != [z.units for z in other.zones]


@settings(max_examples=12, deadline=None)
@given(
    into=st.integers(2, 6),
    seed=st.integers(0, 10_000),
    rows=st.integers(4, 9),
    columns=st.integers(4, 9),
)
def test_any_number_of_zones_of_any_board(into, seed, rows, columns):
    board = squares(rows, columns)
    result = split(
        ordered(None, into=into, seed=seed, communes=board, candidates=4, count=120), NoProgress()
    )
    check_split(result, shapely.union_all(list(board.values())), into)


def test_a_unit_heavier_than_a_share_gets_a_zone_of_its_own_and_that_is_said():
    board = squares(6, 6)
    town = points(board["990202"], 300, 1)
    rest = points(shapely.union_all(list(board.values())), 60, 2)
    order = ordered(None, communes=board, demand=demand(np.concatenate([town, rest])))
    result = split(order, NoProgress())
    check_split(result, shapely.union_all(list(board.values())), 4)
    (note,) = [n for n in result.notes if n.code == "split.note.heavy"]
    assert note.params["unit"] == "990202"
    assert note.params["most"] == 25
    assert ("990202",) in [z.units for z in result.zones]
    others = [z.workload for z in result.zones if z.units != ("990202",)]
    assert max(others) / min(others) < 1.25, "what is left is shared as evenly as it can be"


def test_islands_are_joined_by_the_shortest_link_and_that_is_said():
    board = squares(4, 4)
    far = squares(1, 2, at=(103.3, 12.02))
    board |= {f"98{code[2:]}": outline for code, outline in far.items()}
    units = communes(board)
    assert len(units.links.pairs) == 1
    a, b = units.links.pairs[0].tolist()
    assert {units.ids[a][:2], units.ids[b][:2]} == {"98", "99"}
    assert 20_000 < units.links.metres[0] < 26_000
    result = split(ordered(None, into=2, communes=board), NoProgress())
    check_split(result, shapely.union_all(list(board.values())), 2)
    assert "split.note.links" in {n.code for n in result.notes}


def test_nothing_to_count_is_split_by_area():
    order = ordered(province("24"), into=2, candidates=4, demand=demand(np.empty((0, 2))))
    result = split(order, NoProgress())
    check_split(result, province("24"), 2)


def test_more_zones_than_units_are_refused():
    with pytest.raises(InputError, match=r"error\.split\.few_units"):
        split(ordered(None, into=5, communes=squares(2, 2)), NoProgress())


def test_pieces_that_a_coast_cuts_off_go_to_the_neighbour_they_touch():
    units = hexagons(province("18"))
    whole = joined(units.outlines)
    parts = shapely.get_parts(province("18"))
    for unit in units.outlines[[o.geom_type == "MultiPolygon" for o in units.outlines]]:
        # Whatever is apart within a unit lies on another island.
        islands = [int(np.argmax([p.intersection(q).area for q in parts])) for p in unit.geoms]
        assert len(set(islands)) == len(islands)
    assert whole.is_valid


def test_units_of_a_small_zone_are_small():
    units = hexagons(shapely.box(103.5, 10.6, 103.51, 10.61))
    assert len(units.ids) >= 300
    assert shapely.coverage_is_valid(units.outlines)
