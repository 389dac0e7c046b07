"""Files as offices send them that no register that was given is like."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook

from geo.formats.mapping import suggest
from geo.formats.raw import RawTable
from geo.formats.rows import check
from geo.model.entity import Kind


def points(path, *places):
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"{i:03}", "name": f"Demo {i}"},
            "geometry": {"type": "Point", "coordinates": place},
        }
        for i, place in enumerate(places, 1)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_metres_of_a_file_without_a_system_wait_until_somebody_says_which(reader, tmp_path):
    raw = reader.read(points(tmp_path / "a.geojson", [343757, 1176111], [103.5, 10.6]))
    mapping = suggest(raw, Kind.SITE)
    asked = check(raw, mapping)
    assert [(p.row, p.field, p.code) for p in asked.waiting] == [
        (1, "geometry", "import.reason.which_system")
    ]
    said = check(raw, replace(mapping, crs="EPSG:3148"))
    assert said.imported == 2
    assert said.columns["lon"][0] == pytest.approx(103.5678, abs=5e-4)


def test_a_mark_of_inches_or_seconds_opens_no_quotation(reader, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "code;name;lat;lon\nA1;Demo;13°39'40\"N;102°33'E\nA2;Demo 2\" pipe;13.6;102.5\n"
    )
    raw = reader.read(path)
    assert not raw.damaged
    assert raw.column("lat") == ["13°39'40\"N", "13.6"]
    assert raw.column("name") == ["Demo", 'Demo 2" pipe']


@pytest.mark.parametrize(
    "column",
    ["Owner phone", "Phone number of owner", "លេខទូរស័ព្ទម្ចាស់អាជីវកម្ម", "Téléphone du propriétaire",
     "Worker's passport number"],
)  # fmt: skip
def test_a_number_is_never_taken_for_its_owner(column):
    cells = (["A1", "A2"], ["Demo", "Demo 2"], [12345678.0, 96123456.0])
    raw = RawTable(columns=("code", "name", column), cells=cells, numbers=[2, 3])
    assert suggest(raw, Kind.SITE).never == (column,)


def test_khmer_headers_with_a_word_more_find_their_fields():
    columns = ("លេខអាជ្ញាប័ណ្ណ", "ឈ្មោះម្ចាស់អាជ្ញាប័ណ្ណ", "សុពលភាពដល់")
    raw = RawTable(columns=columns, cells=(["1"], ["Demo"], ["31/12/2023"]), numbers=[2])
    assert dict(suggest(raw, Kind.LICENCE).columns) == dict(
        zip(("number", "holder", "expires_on"), columns, strict=True)
    )


def test_a_formula_without_its_result_is_not_taken_for_an_empty_cell(checked, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["Number", "Holder", "Issued on", "Expires on"])
    sheet.append(["L-1", "Demo A", "01/03/2022", '=DATE(2023,3,1)&""'])
    sheet.append(["L-2", "Demo B", "01/03/2022", "01/03/2023"])
    sheet.append(["Sub-total", "=COUNTA(A2:A3)", "=1", "=2"])
    book.save(tmp_path / "a.xlsx")
    found = checked(tmp_path / "a.xlsx", Kind.LICENCE)
    assert (found.rows, found.imported) == (2, 1)
    assert [(p.row, p.field, p.value) for p in found.rejected] == [
        (2, "expires_on", '=DATE(2023,3,1)&""')
    ]
    assert [(r.row, r.code) for r in found.repairs] == [(2, "import.repair.formula")]


def test_a_formula_whose_result_is_empty_is_empty(checked, tmp_path):
    book = Workbook()
    book.active.append(["Number", "Holder", "Expires on"])
    book.active.append(["L-1", "Demo A", '=IF(1,"","x")'])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    place = "xl/worksheets/sheet1.xml"
    parts[place] = parts[place].replace(b'r="C2"', b'r="C2" t="str"')
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    found = checked(tmp_path / "b.xlsx", Kind.LICENCE)
    assert found.imported == 1
    assert found.columns["expires_on"] == [None]
