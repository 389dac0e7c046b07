"""Which unit each outline of a file is."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from shapely import box
from shapely.affinity import translate

from geo.boundaries.loading import load_boundaries
from geo.boundaries.match import How, match
from geo.boundaries.unions import with_unions
from geo.errors import InputError
from geo.formats.raw import RawTable
from geo.formats.reader import FileReader
from geo.gazetteer import Gazetteer
from geo.model.vocabulary import AdminLevel

OFFICIAL = Path(__file__).parents[4] / "shared" / "data" / "boundaries" / "khm_admin_2014.gpkg"
HERE = box(102.70, 13.50, 102.72, 13.52)  # in Banteay Meanchey


def table(rows, shapes=None, **more):
    columns = tuple(rows[0])
    shapes = shapes or [translate(HERE, i % 20 * 0.03, i // 20 * 0.03) for i in range(len(rows))]
    return RawTable(
        columns=columns,
        cells=tuple([row[c] for row in rows] for c in columns),
        numbers=list(range(1, len(rows) + 1)),
        areas=[None if s is None else shapely.to_wkb(s) for s in shapes],
        has_geometry=True,
        **more,
    )


def districts(province="01"):
    return Gazetteer.load().children(province)


def codes(found):
    return [b.unit.code for b in found.boundaries]


def test_codes_are_found_whatever_the_column_is_called_and_however_they_are_written():
    units = districts()
    rows = [
        {"ADM2_PCODE": f"KH{u.code}", "ADM2_EN": u.name_en, "ADM1_PCODE": "KH01"} for u in units
    ]
    assert codes(match(table(rows))) == [u.code for u in units]
    numbers = [{"DIS_CODE": int(u.code), "PRO_CODE": 1, "x": u.name_en} for u in units]
    assert codes(match(table(numbers))) == [u.code for u in units]


def test_without_codes_names_are_enough_in_khmer_or_english():
    units = districts()
    for field in ("name_km", "name_en"):
        found = match(table([{"shapeName": getattr(u, field)} for u in units]))
        assert found.level is AdminLevel.DISTRICT
        assert codes(found) == [u.code for u in units]
        assert found.count(How.NAME) == len(units)


def test_of_several_units_of_one_name_the_row_says_which_by_what_lies_above():
    gazetteer = Gazetteer.load()
    communes = [c for d in districts() for c in gazetteer.children(d.code)]
    rows = [{"COM_NAME": c.name_en, "DIS_NAME": gazetteer.unit(c.parent).name_en} for c in communes]
    found = match(table(rows))
    assert found.level is AdminLevel.COMMUNE
    assert set(codes(found)) == {c.code for c in communes}


def test_a_code_that_its_name_contradicts_is_not_believed():
    units = districts()
    rows = [{"code": u.code, "name": u.name_en} for u in units]
    rows[0]["name"], rows[0]["code"] = units[1].name_en, units[0].code
    rows[1] = {"code": "0199", "name": "Nowhere At All"}
    found = match(table(rows))
    assert found.boundaries[0].unit == units[1]
    assert [u.code for u in found.unmatched] == ["boundaries.unknown"]
    rows[0]["name"] = "Something Else"
    assert "boundaries.code_and_name" in [u.code for u in match(table(rows)).unmatched]


def test_a_name_spelt_differently_counts_within_its_province_and_is_said():
    units = districts()
    rows = [{"name": u.name_en} for u in units]
    rows[0]["name"] = rows[0]["name"].replace("o", "oo", 1) + "y"
    found = match(table(rows))
    assert found.boundaries[0].unit == units[0]
    assert found.count(How.SIMILAR) == 1


def test_rows_are_the_matched_and_the_unmatched_and_each_says_why():
    units = districts()
    rows = [{"code": u.code, "name": u.name_en} for u in units]
    far = box(90, 20, 91, 21)
    shapes: list[object] = [HERE] * len(units)
    shapes[0], shapes[1] = None, far
    found = match(table(rows, shapes))
    assert [u.code for u in found.unmatched] == ["boundaries.no_outline", "boundaries.outside"]
    assert sum(len(b.rows) for b in found.boundaries) + len(found.unmatched) == found.rows
    assert units[0] in found.absent


def test_islands_in_rows_of_their_own_become_one_outline():
    units = districts()
    rows = [{"code": u.code, "name": u.name_en} for u in (*units, units[0])]
    found = match(table(rows))
    first = found.boundaries[0]
    assert first.rows == (1, len(units) + 1)
    assert first.outline.geom_type == "MultiPolygon"


def test_a_broken_ring_is_mended_and_costs_no_other_row():
    units = districts()
    rows = [{"code": u.code, "name": u.name_en} for u in units]
    bow = shapely.Polygon([(102.5, 13.5), (102.6, 13.6), (102.6, 13.5), (102.5, 13.6)])
    found = match(table(rows, [bow, *([HERE] * (len(units) - 1))]))
    assert len(found.boundaries) == len(units)
    assert all(b.outline.is_valid for b in found.boundaries)


def test_a_file_of_something_else_is_refused():
    with pytest.raises(InputError, match=r"error\.boundaries\.no_unit"):
        match(table([{"name": f"Demo Casino {i}"} for i in range(9)]))


def test_the_province_is_joined_only_from_enough_of_its_districts():
    units = districts()
    wide = 0.05
    shapes = [box(102.7 + i * wide, 13.5, 102.75 + i * wide, 13.6) for i in range(len(units))]
    rows = [{"code": u.code, "name": u.name_en} for u in units]
    whole = with_unions(match(table(rows, shapes)))
    (province,) = [b for b in whole.boundaries if b.how is How.UNION]
    assert province.unit.code == "01"
    strip = box(102.7, 13.5, 102.7 + wide * len(units), 13.6)
    assert province.outline.symmetric_difference(strip).area < 1e-6
    half = with_unions(match(table(rows[:4], shapes[:4])))
    assert half.count(How.UNION) == 0


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official boundaries may not be shipped")
def test_the_official_boundaries_of_2014_match_but_for_units_divided_or_renamed_since():
    with FileReader() as reader:
        found = load_boundaries(reader, OFFICIAL)
    by_level = {m.level: m for m in found.layers.values()}
    communes, named = by_level[AdminLevel.COMMUNE], by_level[AdminLevel.DISTRICT]
    assert (named.rows, len(named.unmatched)) == (197, 0)
    assert communes.rows == 1633
    assert len(communes.unmatched) <= 20
    assert {b.unit.code for b in found.boundaries if b.unit.level is AdminLevel.PROVINCE} >= {
        "01",
        "02",
        "12",
    }
    assert all(b.outline.is_valid for b in found.boundaries)
