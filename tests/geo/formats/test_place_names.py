"""Names of places as people write them: found where they are meant, never in another province."""

from __future__ import annotations

import pytest

from geo.formats.found import Existing
from geo.formats.mapping import Mapping
from geo.formats.raw import RawTable
from geo.formats.rows import check
from geo.formats.values.admin import AdminNames
from geo.gazetteer import Gazetteer
from geo.model.entity import Kind

COLUMNS = ("name", "kind", "province", "district", "commune", "village")


@pytest.fixture(scope="module")
def names():
    return AdminNames(Gazetteer.load())


def placed(*rows, province_code="18"):
    cells = tuple([row[i] for row in rows] for i in range(len(COLUMNS)))
    raw = RawTable(columns=COLUMNS, cells=cells, numbers=list(range(2, len(rows) + 2)))
    mapping = Mapping(target=Kind.SITE, columns={name: name for name in COLUMNS})
    return check(raw, mapping, existing=Existing(province_code=province_code))


def site(province=None, district=None, commune=None, village=None):
    return ("Demo", "hotel", province, district, commune, village)


@pytest.mark.parametrize(
    "written",
    [
        "ស្ទឹងហាវ",
        "ស្ទឹង\u200bហាវ",
        "ស្រុកស្ទឹងហាវ",
        "ស្រុក ស្ទឹង ហាវ",
        "ស. ស្ទឹងហាវ",
        "Stueng Hav",
        "STUENG HAV",
        "Stung Hav",
        "Steung Hav",
        "Srok Stoeng Hav",
        "Stueng-Hav district",
    ],
)
def test_one_district_in_all_its_spellings(names, written):
    assert names.find(written, "18").code == "1803"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Kompong Cham", "03"),
        ("Kg. Cham", ""),
        ("Preah Sihanuk", "18"),
        ("Sihanouk Ville", "18"),
        ("Banteay Meanchay", "01"),
        ("Battambong", "02"),
        ("Kampong", ""),
        ("ខេត្តកំពង់\u200bចាម", "03"),
        ("Atlantis", ""),
    ],
)
def test_a_province_is_very_like_its_name_or_none(names, written, code):
    assert names.province(written).code == code


def test_a_name_of_another_province_is_asked_about_never_taken():
    # Bavet lies in Svay Rieng, and nowhere else.
    result = placed(site("Kampot", "Bavet"), site("Svay Rieng", "Bavet"))
    assert result.columns["admin_code"] == ["2008"]
    assert [(p.row, p.field, p.code) for p in result.waiting] == [
        (2, "district", "import.reason.unknown_district")
    ]


def test_a_province_that_is_not_on_the_list_is_not_replaced_by_the_plans_own():
    result = placed(site("Atlantis", "Stueng Hav"))
    assert [(p.field, p.code) for p in result.waiting] == [
        ("province", "import.reason.unknown_province")
    ]


def test_a_province_misspelt_a_little_is_told():
    result = placed(site("Preah Sihanuk", "Stueng Hav"))
    assert result.columns["admin_code"] == ["1803"]
    assert [r.code for r in result.repairs] == ["import.repair.close_name"]


def test_two_names_that_are_equally_like_make_a_question(names):
    communes = {u.name_en: u.code for u in Gazetteer.load().children("1801")}
    assert names.find(next(iter(communes)), "1801").code == next(iter(communes.values()))
    match = names.find("Sangkat Pram", "1801")
    assert not match.close or len(match.several) != 1


def test_each_commune_of_the_country_finds_itself_in_its_district(names):
    wrong = []
    for province in Gazetteer.load().provinces:
        for district in Gazetteer.load().children(province.code):
            for unit in Gazetteer.load().children(district.code):
                for name in (unit.name_km, unit.name_en):
                    match = names.find(name, district.code)
                    if match.code != unit.code and unit.code not in match.several:
                        wrong.append((unit.code, name, match))
    assert wrong == []


@pytest.mark.parametrize(
    "written", ["Sangkat 3", "Sangkat Bei", "Lekh Bei", "No. 3", "សង្កាត់លេខ៣", "សង្កាត់ទី៣", "លេខបី"]
)
def test_a_commune_whose_name_is_a_number_in_all_its_spellings(names, written):
    assert names.find(written, "1801").code == "180103"


def test_a_row_that_says_no_place_gets_none_from_the_rows_around_it():
    result = placed(site(None, "Stueng Hav"), site())
    assert result.columns["admin_code"] == ["1803"]
    assert [(p.row, p.code) for p in result.waiting] == [(3, "import.reason.no_place")]
