"""Converting, reading and writing positions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from pyproj.transformer import TransformerGroup

from geo import crs
from geo.errors import InputError
from geo.measure import distance_m

POIPET = (102.5507, 13.6612)
CAMBODIA = st.tuples(st.floats(102.3, 107.7), st.floats(9.9, 14.7))


def test_web_mercator_agrees_with_proj():
    lonlat = np.array([POIPET, (107.5, 10.0), (0.0, 0.0), (-179.0, -60.0)])
    x, y = Transformer.from_crs(4326, 3857, always_xy=True).transform(lonlat[:, 0], lonlat[:, 1])
    np.testing.assert_allclose(crs.to_mercator(lonlat), np.column_stack((x, y)), atol=1e-6)


@given(CAMBODIA)
def test_web_mercator_and_back_is_the_same_position(position):
    assert crs.from_mercator(crs.to_mercator(position)) == pytest.approx(position, abs=1e-10)


def test_a_pole_stays_on_the_square_world():
    assert crs.to_mercator((0.0, 90.0))[1] == pytest.approx(np.pi * crs.EARTH_RADIUS)


def test_grids_are_in_utm_zone_48():
    expected = Transformer.from_crs(4326, 32648, always_xy=True).transform(*POIPET)
    assert crs.to_utm(POIPET) == pytest.approx(expected)
    assert crs.from_utm(crs.to_utm(POIPET)) == pytest.approx(POIPET, abs=1e-9)


def test_utm_keeps_the_shape_of_many_points():
    assert crs.to_utm(np.array([POIPET] * 5)).shape == (5, 2)


def geocentric(lon, lat, axis, flattening):
    """Textbook formula, to be independent of PROJ."""
    squared = flattening * (2 - flattening)
    lon, lat = np.radians(lon), np.radians(lat)
    normal = axis / np.sqrt(1 - squared * np.sin(lat) ** 2)
    return np.array(
        [
            normal * np.cos(lat) * np.cos(lon),
            normal * np.cos(lat) * np.sin(lon),
            normal * (1 - squared) * np.sin(lat),
        ]
    )


def test_indian_1960_is_shifted_by_its_published_parameters():
    # EPSG:1543: Everest 1830 (1937) to WGS 84 by +198, +881, +317 m.
    east, north = 490_000.0, 1_277_000.0
    old_lon, old_lat = Transformer.from_crs(3148, 4131, always_xy=True).transform(east, north)
    shifted = geocentric(old_lon, old_lat, 6_377_276.345, 1 / 300.8017)
    shifted += np.array([198.0, 881.0, 317.0])
    lon, lat = crs.from_indian_1960((east, north))
    height = np.linalg.norm(shifted) - np.linalg.norm(geocentric(lon, lat, 6_378_137, 1 / 298.257))
    direction = shifted / np.linalg.norm(shifted)
    expected = geocentric(lon, lat, 6_378_137.0, 1 / 298.257223563) + height * direction
    assert np.linalg.norm(shifted - expected) < 5.0


def test_indian_1960_takes_the_path_that_proj_publishes_for_cambodia():
    group = TransformerGroup(3148, 4326, always_xy=True)
    named = [t for t in group.transformers if "Indian 1960 to WGS 84 (2)" in t.description]
    assert [t.definition for t in named] == [crs.INDIAN_1960_PIPELINE.replace("+", "")]


def test_indian_1960_is_not_the_unshifted_position_450_m_away():
    unshifted = Transformer.from_crs(3148, 4326, always_xy=True).transform(490_000, 1_277_000)
    lon, lat = crs.from_indian_1960((490_000, 1_277_000))
    assert 400 < distance_m((lon, lat), unshifted) < 550


@given(CAMBODIA)
def test_indian_1960_and_back_is_the_same_position(position):
    there = crs.to_indian_1960(position)
    assert distance_m(tuple(crs.from_indian_1960(there)), position) < 0.01


@given(CAMBODIA)
def test_mgrs_and_back_is_within_its_square_metre(position):
    assert distance_m(crs.from_mgrs(crs.to_mgrs(*position)), position) < 1.0


def test_mgrs_of_fewer_digits_means_the_middle_of_its_square():
    whole = crs.from_mgrs("48P TA 350 115")
    assert crs.to_mgrs(*whole) == "48P TA 35050 11550"


def test_mgrs_is_read_with_or_without_spaces_and_in_khmer_digits():
    expected = crs.from_mgrs("48P TA 35043 11595")
    assert crs.from_mgrs("48pta3504311595") == expected
    assert crs.from_mgrs("៤៨P TA ៣៥០៤៣ ១១៥៩៥") == expected


@pytest.mark.parametrize("text", ["", "48P TA 3504 115", "48P IO 35043 11595", "99P TA 1 1", "x"])
def test_what_is_no_mgrs_reference_is_refused(text):
    with pytest.raises(InputError) as refused:
        crs.from_mgrs(text)
    assert refused.value.code == "coordinates.error.not_mgrs"


def test_a_position_is_written_in_four_ways():
    assert crs.format_decimal(*POIPET) == "13.6612 N 102.5507 E"
    assert crs.format_dms(*POIPET) == "13°39′40.3″N 102°33′02.5″E"
    assert crs.format_utm(*POIPET).startswith("48P 2350")
    assert crs.format_mgrs(*POIPET).startswith("48P TA 350")


def test_a_position_is_written_in_khmer_digits():
    assert crs.format_decimal(*POIPET, khmer_digits=True) == "១៣.៦៦១២ N ១០២.៥៥០៧ E"


def test_sixty_seconds_are_written_as_a_minute():
    assert crs.format_dms(103.0, 12.999_999) == "13°00′00.0″N 103°00′00.0″E"


def test_south_of_the_equator_has_a_false_northing():
    jakarta = (106.83, -6.18)
    east, north = Transformer.from_crs(4326, 32748, always_xy=True).transform(*jakarta)
    assert crs.format_utm(*jakarta) == f"48M {east:.0f} {north:.0f}"
    assert distance_m(crs.parse(crs.format_utm(*jakarta)), jakarta) < 1
    assert distance_m(crs.parse(crs.format_mgrs(*jakarta)), jakarta) < 1


def test_west_of_102_degrees_is_zone_47():
    assert crs.utm_zone(101.9) == 47
    assert crs.utm_zone(102.1) == 48
    assert crs.format_utm(101.0, 13.0).startswith("47P")


@pytest.mark.parametrize(
    "text",
    [
        "13.6612 N 102.5507 E",
        "13.6612, 102.5507",
        "13.6612 102.5507",
        "102.5507, 13.6612",
        "102.5507 E 13.6612 N",
        "១៣.៦៦១២ ១០២.៥៥០៧",
        "13°39'40.3\"N 102°33'2.5\"E",
        "13°39′40.3″N 102°33′02.5″E",
    ],
)
def test_positions_are_read_as_people_write_them(text):
    assert distance_m(crs.parse(text), POIPET) < 3


@given(CAMBODIA)
def test_every_written_form_is_read_back(position):
    for write, metres in (
        (crs.format_decimal, 9),
        (crs.format_dms, 3),
        (crs.format_utm, 1),
        (crs.format_mgrs, 1.5),
    ):
        assert distance_m(crs.parse(write(*position)), position) < metres


@pytest.mark.parametrize(
    "text", ["", "Poipet", "13.66", "95, 200", "13 N 14 N", "61P 1 1", "1E 2E"]
)
def test_what_is_no_position_is_refused(text):
    with pytest.raises(InputError):
        crs.parse(text)


def test_utm_is_refused_near_the_pole():
    with pytest.raises(InputError):
        crs.format_utm(100.0, 88.0)
