"""Traps of real registers: what must not be said, kept or lost on the way in."""

from __future__ import annotations

import json
from datetime import date

import pytest
import shapely
from openpyxl import load_workbook

from geo.errors import InputError
from geo.formats import rows
from geo.formats.found import Existing
from geo.formats.mapping import suggest
from geo.formats.raw import RawTable, RowNote
from geo.formats.rejects import write_rejects
from geo.formats.summary import summary
from geo.formats.values.coordinates import parse_position
from geo.model.entity import Kind

TODAY = Existing(province_code="18", today=date(2026, 1, 1))


def table(columns: dict[str, list], **rest) -> RawTable:
    n = len(next(iter(columns.values())))
    return RawTable(
        columns=tuple(columns), cells=tuple(columns.values()), numbers=list(range(2, n + 2)), **rest
    )


def checked(raw: RawTable, target: Kind = Kind.SITE) -> rows.Checked:
    return rows.check(raw, suggest(raw, target), target, existing=TODAY)


def test_a_place_is_never_called_finer_than_the_unit_that_was_found():
    raw = table(
        {
            "received on": ["2022-09-01"],
            "kind": ["human trafficking"],
            "province": ["Preah Sihanouk"],
            "district": ["Preah Sihanouk"],
            "commune": ["a commune that nobody knows"],
            "precision": ["commune"],
            "latitude": [10.62],
            "longitude": [103.52],
        }
    )
    result = checked(raw, Kind.ALLEGATION)
    assert result.columns["lon"] == [None]
    assert result.columns["admin_code"] == ["1801"]
    assert result.columns["precision"] == ["district"]


@pytest.mark.parametrize(("side", "vague"), [(0.02, False), (0.2, True)])
def test_the_middle_of_a_district_is_no_exact_place_of_a_site(side, vague):
    outline = shapely.to_wkb(shapely.box(103.65, 10.65, 103.65 + side, 10.65 + side))
    raw = table({"name": ["A"]}, areas=[outline], lon=[None], lat=[None], has_geometry=True)
    (accuracy,) = checked(raw).columns["accuracy_m"]
    assert (accuracy is not None and accuracy > 10_000) == vague


def test_exchanged_columns_are_told_for_each_row():
    raw = table({"name": ["A", "B"], "lat": [103.52, 103.53], "lon": [10.62, 10.63]})
    result = checked(raw)
    assert result.columns["lat"] == [10.62, 10.63]
    assert [r.row for r in result.repairs if r.code == "import.repair.swapped"] == [2, 3]


@pytest.mark.parametrize("value", [10**400, 10**30, "1" * 400])
def test_a_number_beyond_all_measure_costs_its_row_only(value):
    raw = table(
        {"name": ["A", "B"], "capacity": [value, 5], "lat": [10.62] * 2, "lon": [103.52] * 2}
    )
    result = checked(raw)
    assert (result.imported, len(result.rejected)) == (1, 1)
    assert result.rejected[0].field == "capacity"


def test_a_torn_row_of_allegations_shows_nothing_of_itself(tmp_path):
    raw = table(
        {
            "received on": ["2022-09-01", "2022-09-02"],
            "kind": ["torture", "Sok Dara"],
            "name of complainant": ["Chan Thy", None],
            "description": ["told by her brother", None],
            "district": ["Preah Sihanouk", None],
        },
        damaged=(RowNote(3, "import.reason.short_line", value="2022-09-02; Sok Dara"),),
    )
    result = checked(raw, Kind.ALLEGATION)
    assert result.rejected[0].field == "line"
    assert result.rejected[0].value == ""
    assert "Sok" not in result.values_of(1)
    write_rejects(result, tmp_path / "r.xlsx", "en")
    shown = [str(c.value) for r in load_workbook(tmp_path / "r.xlsx").active for c in r]
    assert not any("Sok" in s or "Thy" in s for s in shown)


def test_what_no_grade_lets_out_of_an_allegation_is_in_no_list_of_rejects(tmp_path):
    raw = table(
        {
            "received on": ["2022-09-01", "2022-09-01", "2022-09-02"],
            "reference": ["H-1", "H-1", "H-2"],
            "kind": ["torture"] * 3,
            "place": ["behind the pagoda", "behind the pagoda", "her aunt's house"],
        }
    )
    result = rows.check(raw, suggest(raw, Kind.ALLEGATION), existing=Existing(today=TODAY.today))
    assert {p.field for p in result.waiting} == {"reference", "place_text"}
    write_rejects(result, tmp_path / "r.xlsx", "en")
    shown = [str(c.value) for r in load_workbook(tmp_path / "r.xlsx").active for c in r]
    assert not any("H-1" in s or "pagoda" in s or "aunt" in s for s in shown)
    assert "aunt" not in json.dumps(summary(result, "en"))


def test_a_number_of_a_person_is_masked_in_whatever_column_it_stands():
    raw = table(
        {
            "name": ["A"],
            "owner": ["Mr X 012 345 678"],
            "visited on": ["ask 012 345 678"],
            "lat": [10.62],
            "lon": [103.52],
        }
    )
    result = checked(raw)
    assert "345" not in result.rejected[0].value + result.values_of(0)


@pytest.mark.parametrize(
    "text",
    [
        "N10.62 E103.52",
        "10 37 12 N, 103 31 12 E",
        "10d37m12s N, 103d31m12s E",
        "10:37:12 103:31:12",
    ],
)
def test_positions_as_handheld_receivers_write_them(text):
    place = parse_position(text)
    assert place is not None
    assert (round(place.lon, 6), round(place.lat, 6)) == (103.52, 10.62)


def test_a_list_of_rejects_is_never_written_over_a_plan(tmp_path):
    raw = table({"name": ["A"], "lat": [0], "lon": [0]})
    plan = tmp_path / "plan.gpkg"
    plan.write_bytes(b"plan")
    with pytest.raises(InputError) as caught:
        write_rejects(checked(raw), plan, "en")
    assert caught.value.code == "error.import.rejects_name"
    assert plan.read_bytes() == b"plan"


@pytest.mark.parametrize(
    "column",
    [
        "Address of victim",
        "Date of birth",
        "WhatsApp",
        "Caller's name",
        "អាសយដ្ឋានជនរងគ្រោះ",
        "受害人姓名",
    ],
)
@pytest.mark.parametrize("target", [Kind.SITE, Kind.ALLEGATION])
def test_columns_about_persons_are_left_out_in_whatever_words(column, target):
    raw = table(
        {
            "name": ["A"],
            "received on": ["2022-09-01"],
            "kind": ["torture"],
            "number of victims": [3],
            column: ["somebody"],
        }
    )
    mapping = suggest(raw, target)
    assert mapping.never == (column,)
    assert column not in mapping.columns.values()


def test_rejects_that_cannot_be_logged_do_not_become_a_file(tmp_path):
    result = checked(table({"name": ["A"], "lat": ["far"], "lon": [103.52]}))
    path = tmp_path / "r.xlsx"

    def refuse(_what, **_details):
        raise InputError("error.no_key")

    with pytest.raises(InputError):
        write_rejects(result, path, "en", record=refuse)
    assert list(tmp_path.iterdir()) == []
    told = []
    write_rejects(result, path, "en", record=lambda what, **details: told.append((what, details)))
    assert told == [("export", {"kind": "rejects", "grade": "command", "rows": 1})]
