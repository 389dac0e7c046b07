"""Units, and in which of them a position lies."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.analysis.hotspots.locating import HexagonLocator, OutlineLocator, beside
from geo.analysis.hotspots.units import commune_units, hexagon_units
from geo.errors import InputError
from geo.territory import Territory
from tests.geo.analysis.hotspots.ground import disk


def province(code):
    return Territory.load().provinces[code]


def test_hexagons_cover_a_province_whole():
    units = hexagon_units(province("18"))
    assert shapely.union_all(units.outlines).buffer(1e-9).contains(province("18"))
    assert len(units) >= 300
    counts = units.neighbours.counts
    assert counts.max() == 6
    assert (counts > 0).mean() > 0.95  # islands stand alone


def test_a_wider_neighbourhood_holds_the_second_ring():
    near = disk(6).neighbours
    assert near.wider(2).counts.max() == 18
    assert (near.wider(1).of == near.of).all()
    assert hexagon_units(province("18"), 7, rings=2).neighbours.counts.max() == 18


def test_neighbours_are_mutual_and_nobody_is_its_own():
    near = disk(5).neighbours
    pairs = set(zip(np.repeat(np.arange(91), near.counts).tolist(), near.of.tolist(), strict=True))
    assert all((b, a) in pairs and a != b for a, b in pairs)


def test_neighbours_of_some_units_are_counted_anew():
    near = disk(2).neighbours
    kept = np.ones(19, dtype=bool)
    kept[4] = False
    left = near.only(kept)
    assert len(left.counts) == 18
    assert left.counts.sum() == near.counts.sum() - 2 * near.counts[4]


@pytest.mark.parametrize("rings", [0, 6])
def test_a_neighbourhood_has_its_limits(rings):
    with pytest.raises(InputError, match="rings"):
        hexagon_units(province("18"), 7, rings=rings)


def test_too_many_and_too_coarse_hexagons_are_refused():
    with pytest.raises(InputError, match="too_many_units"):
        hexagon_units(province("18"), 10)
    with pytest.raises(InputError, match="resolution"):
        hexagon_units(province("18"), 12)


@pytest.mark.parametrize(("code", "resolution"), [("18", 7), ("24", 8), ("12", 7)])
def test_the_quick_way_to_a_hexagon_finds_what_the_outlines_say(code, resolution):
    units = hexagon_units(province(code), resolution)
    random = np.random.default_rng(1)
    west, south, east, north = shapely.total_bounds(units.outlines)
    spread = random.uniform((west - 0.1, south - 0.1), (east + 0.1, north + 0.1), (20_000, 2))
    corners = shapely.get_coordinates(units.outlines[:300])
    close = corners + random.normal(0, 1e-6, corners.shape)
    lonlat = np.concatenate([spread, close])
    quick = HexagonLocator(units).units_at(lonlat)
    assert (quick == OutlineLocator(units).units_at(lonlat)).all()
    assert (quick >= 0).any()
    assert (quick < 0).any()


def test_a_position_that_is_none_lies_nowhere():
    found = HexagonLocator(disk(3)).units_at(np.array([[np.nan, np.nan], [0.0, 0.0]]))
    assert found.tolist() == [-1, -1]


def test_a_place_on_a_jetty_counts_to_the_nearest_unit():
    units = disk(1)
    west, south, _, _ = shapely.total_bounds(units.outlines)
    lon, lat = shapely.get_coordinates(units.outlines[0])[0]
    outside = np.array([[lon, lat]]) + np.sign([lon - 102.8, lat - 13.4]) * 0.004
    assert OutlineLocator(units).units_at(np.array([[west - 0.5, south]])).tolist() == [-1]
    assert beside(units, np.array([[west - 0.5, south]])).tolist() == [-1]
    assert beside(units, outside)[0] >= 0


def test_communes_are_near_those_with_which_they_share_a_border():
    squares = {f"0102{n:02d}": shapely.box(n, 13, n + 1, 14) for n in range(1, 6)}
    units = commune_units(squares)
    assert units.neighbours.counts.tolist() == [1, 2, 2, 2, 1]
    assert commune_units(squares, rings=2).neighbours.counts.tolist() == [2, 3, 4, 3, 2]
