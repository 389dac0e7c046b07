"""Names, codes and positions of Cambodia's places."""

from __future__ import annotations

import csv
import time

import numpy as np
import pytest

from geo.errors import PlanError
from geo.gazetteer import FOLDER, PLACE, Gazetteer, UnknownProvinceError
from geo.model.vocabulary import AdminLevel
from geo.territory import Territory

CROSSINGS = FOLDER.parent / "crossings" / "border_crossings.csv"


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


def crossings():
    with CROSSINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_units_of_the_code_list_are_there(gazetteer):
    provinces = gazetteer.provinces
    districts = [unit for above in provinces for unit in gazetteer.children(above.code)]
    communes = [unit for above in districts for unit in gazetteer.children(above.code)]
    assert (len(provinces), len(districts), len(communes)) == (25, 210, 1661)


def test_the_gazetteer_is_read_once():
    assert Gazetteer.load() is Gazetteer.load()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Preah Sihanouk", "18"),
        ("Sihanoukville", "18"),
        ("sihanoukville province", "18"),
        ("Kampong Som", "18"),
        ("Kompong Som", "18"),
        ("ព្រះសីហនុ", "18"),
        ("ខេត្តព្រះសីហនុ", "18"),
        ("ខេត្ត\u200bព្រះ\u200bសីហនុ", "18"),
        ("18", "18"),
        ("១៨", "18"),
        ("Oddar Meanchey", "22"),
        ("Otdar Meanchey", "22"),
        ("otdar mean chey", "22"),
        ("ឧត្តរមានជ័យ", "22"),
        ("ឧត្ដរមានជ័យ", "22"),
        ("Banteay Mean Chey", "01"),
        ("BANTEAY MEANCHEY", "01"),
        ("1", "01"),
        ("Siemreap", "17"),
        ("Siem Reap", "17"),
        ("Kratié", "10"),
        ("Mondulkiri", "11"),
        ("Ratanak Kiri", "16"),
        ("រាជធានីភ្នំពេញ", "12"),
        ("ភ្នំពេញ", "12"),
        ("Phnum Penh", "12"),
    ],
)
def test_a_province_is_found_by_any_usual_name(gazetteer, written, code):
    assert gazetteer.province(written).code == code


def test_the_official_name_is_shown_whatever_was_asked_for(gazetteer):
    assert gazetteer.province("Sihanoukville").name_en == "Preah Sihanouk"
    assert gazetteer.province("Otdar Meanchey").name_en == "Oddar Meanchey"


@pytest.mark.parametrize("written", ["Batambang", "Kampung Cham", "Sihanokville"])
def test_a_misspelt_province_is_refused_with_the_closest_names(gazetteer, written):
    with pytest.raises(UnknownProvinceError) as refused:
        gazetteer.province(written)
    assert {"Battambang", "Kampong Cham", "Preah Sihanouk"} & set(refused.value.suggestions)
    assert isinstance(refused.value, PlanError)
    assert isinstance(refused.value, LookupError)


@pytest.mark.parametrize("written", ["", "Aranyaprathet", "99", "0110", "   "])
def test_what_is_no_province_is_refused(gazetteer, written):
    with pytest.raises(UnknownProvinceError):
        gazetteer.province(written)


def test_the_chain_of_parents_leads_to_the_province(gazetteer):
    village = gazetteer.unit("01020101")
    assert village.level is AdminLevel.VILLAGE
    assert [unit.code for unit in gazetteer.parents(village)] == ["010201", "0102", "01"]


def test_a_code_that_stands_for_two_villages_names_neither(gazetteer):
    assert gazetteer.unit("02140401") is None
    assert len({unit.parent for unit in gazetteer.units("02140401")}) == 2
    assert len(gazetteer.units("0506140-")) == 9


def test_a_village_belongs_to_its_commune_whatever_its_code_begins_with(gazetteer):
    assert any(unit.code == "02140401" for unit in gazetteer.children("021405"))


def test_villages_of_a_commune_without_a_row_are_still_listed(gazetteer):
    assert gazetteer.unit("120913") is None
    villages = gazetteer.children("120913")
    assert villages
    assert [unit.code for unit in gazetteer.parents(villages[0])] == ["1209", "12"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Poipet", "0110"),
        ("ប៉ោយប៉ែត", "0110"),
        ("ប៉ោយ\u200bប៉ែត", "0110"),
        ("ក្រុងប៉ោយប៉ែត", "0110"),
        ("koh rong", "1805"),
        ("bavet", "2008"),
        ("0110", "0110"),
        ("០១១០", "0110"),
        ("Anlong Veng", "2201"),
        ("Sihanoukville", "18"),
        ("កំពង់ចាម", "03"),
    ],
)
def test_the_first_hit_is_what_was_meant(gazetteer, text, code):
    assert gazetteer.find(text)[0].code == code


def test_beginnings_come_before_middles_and_provinces_before_villages(gazetteer):
    kinds = [hit.kind for hit in gazetteer.find("kampong", limit=300)]
    assert kinds[0] == "province"
    first_village = kinds.index("village")
    assert "province" not in kinds[first_village:]
    begins = [h.name_en.lower().startswith("kampong") for h in gazetteer.find("kampong", 4)]
    assert all(begins)


def test_a_place_across_the_border_is_found_with_its_position(gazetteer):
    (hit, *_) = gazetteer.find("Aranyaprathet")
    assert (hit.kind, hit.country) == (PLACE, "TH")
    assert hit.lon == pytest.approx(102.5, abs=0.05)


def test_a_town_is_not_listed_twice(gazetteer):
    codes = [hit.code for hit in gazetteer.find("Siem Reap") if len(hit.code) == 4]
    assert codes == ["1710"]


def test_a_search_for_nothing_finds_nothing(gazetteer):
    assert gazetteer.find("") == ()
    assert gazetteer.find(" \u200b ") == ()
    assert gazetteer.find("Poipet", limit=0) == ()
    assert gazetteer.find("no such place at all") == ()


def test_a_search_is_quick(gazetteer):
    gazetteer.find("phnom")
    gazetteer.centre("18")
    started = time.perf_counter()
    for text in ("a", "kampong", "ភ្នំ", "Poipet", "zz"):
        gazetteer.find(text)
    assert (time.perf_counter() - started) / 5 < 0.05


def test_a_village_is_never_placed_by_its_commune(gazetteer):
    assert gazetteer.centre("01020101") is None
    assert gazetteer.centre("no such code") is None
    assert gazetteer.centre("") is None


def test_a_province_and_a_town_have_a_centre(gazetteer):
    lon, lat = gazetteer.centre("01")
    assert gazetteer.province_at(lon, lat) == "01"
    assert gazetteer.centre("0110") == pytest.approx((102.56, 13.66), abs=0.01)


def test_the_extent_of_a_province_holds_its_capital(gazetteer):
    west, south, east, north = gazetteer.extent("18")
    assert west < 103.53 < east
    assert south < 10.61 < north
    with pytest.raises(UnknownProvinceError):
        gazetteer.extent("77")


def test_every_province_town_lies_in_its_province(gazetteer):
    towns = [p for p in gazetteer.places if p.kind in {"capital", "province town"}]
    assert len(towns) == 25
    assert [p.name_en for p in towns if gazetteer.province_at(p.lon, p.lat) != p.province] == []


def test_crossings_lie_in_their_provinces(gazetteer):
    far = {"Choam"}
    for row in crossings():
        position = float(row["lon"]), float(row["lat"])
        found = gazetteer.province_at(*position)
        expected = None if row["name_en"] in far else gazetteer.province(row["province"]).code
        assert found == expected, row["name_en"]


def test_crossings_are_as_far_from_the_border_as_was_measured():
    for row in crossings():
        nearest = Territory.load().nearest_border(float(row["lon"]), float(row["lat"]))
        assert nearest.neighbour == row["country"]
        # Cham Yeam lies where the border meets the coast, which was drawn anew since.
        if row["name_en"] != "Cham Yeam":
            assert nearest.metres == pytest.approx(float(row["metres_to_border"]), abs=5)


def test_swapped_axes_and_neighbours_are_outside(gazetteer):
    assert gazetteer.in_cambodia(104.9, 11.56)
    assert not gazetteer.in_cambodia(11.56, 104.9)
    assert not gazetteer.in_cambodia(102.5, 13.75, tolerance_m=0)
    assert not gazetteer.in_cambodia(100.5, 13.75)


def test_a_point_just_over_the_border_counts_unless_told_otherwise(gazetteer):
    assert gazetteer.in_cambodia(102.5470, 13.6630)
    assert not gazetteer.in_cambodia(102.5470, 13.6630, tolerance_m=0)


def test_islands_are_cambodia(gazetteer):
    koh_rong = (103.25, 10.72)
    assert gazetteer.in_cambodia(*koh_rong, tolerance_m=0)
    assert gazetteer.province_at(*koh_rong) == "18"
    assert not gazetteer.in_cambodia(103.98, 10.22)


def test_many_positions_are_told_like_single_ones(gazetteer):
    random = np.random.default_rng(7)
    lon, lat = random.uniform(102, 108, 300), random.uniform(9.5, 15, 300)
    mask = gazetteer.in_cambodia_mask(lon, lat)
    singles = [gazetteer.in_cambodia(x, y) for x, y in zip(lon, lat, strict=True)]
    assert mask.tolist() == singles
    codes = Territory.load().provinces_at(lon, lat)
    assert codes.tolist() == [
        gazetteer.province_at(x, y) or "" for x, y in zip(lon, lat, strict=True)
    ]
    metres = Territory.load().border_distances_m(lon[:20], lat[:20])
    expected = [gazetteer.border_distance_m(x, y) for x, y in zip(lon[:20], lat[:20], strict=True)]
    np.testing.assert_allclose(metres, expected)


def test_a_missing_position_is_nowhere(gazetteer):
    assert gazetteer.in_cambodia_mask([np.nan, 104.9], [11.5, np.nan]).tolist() == [False, False]
    assert gazetteer.province_at(float("nan"), 12.0) is None
