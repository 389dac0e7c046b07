"""What is peculiar to workbooks: hidden rows and sheets, stray cells, dates from 1904."""

from __future__ import annotations

import time
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from geo.model.entity import Kind

HEAD = ["Code", "Name", "Type", "Latitude", "Longitude"]


def row(n):
    return [f"S{n}", f"Demo {n}", "hotel", 10.6, 103.5 + n / 1000]


@pytest.fixture
def book():
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "May"
    for line in (HEAD, *(row(n) for n in range(2, 7))):
        sheet.append(line)
    return made


def saved(book, tmp_path):
    path = tmp_path / "x.xlsx"
    book.save(path)
    return path


def test_hidden_rows_are_imported_like_the_rest_and_told(reader, checked, book, tmp_path):
    book["May"].row_dimensions[3].hidden = True
    book["May"].row_dimensions[5].hidden = True
    path = saved(book, tmp_path)
    result = checked(path, Kind.SITE)
    assert result.imported == 5
    assert [(r.row, r.code) for r in result.repairs] == [
        (3, "import.repair.hidden_row"),
        (5, "import.repair.hidden_row"),
    ]
    preview = reader.inspect(path).sheets[0].preview
    assert [line.row for line in preview if line.hidden] == [3, 5]


def test_a_hidden_sheet_is_read_and_told(reader, checked, book, tmp_path):
    other = book.create_sheet("June")
    for line in (HEAD, row(9)):
        other.append(line)
    other.sheet_state = "hidden"
    path = saved(book, tmp_path)
    assert [(s.name, s.hidden) for s in reader.inspect(path).sheets] == [
        ("May", False),
        ("June", True),
    ]
    result = checked(path, Kind.SITE)
    assert result.imported == 6
    assert [(r.sheet, r.row, r.code) for r in result.repairs] == [
        ("June", 2, "import.repair.hidden_sheet")
    ]


@pytest.mark.parametrize("place", ["XFD1048576", "XFD4", "A1048576", "ZZZ900000"])
def test_a_stray_last_cell_costs_nothing(reader, book, tmp_path, place):
    book["May"][place] = "x"
    path = saved(book, tmp_path)
    reader.warm()
    begun = time.monotonic()
    raw = reader.read(path)
    assert time.monotonic() - begun < 3
    assert raw.columns == tuple(HEAD)
    assert raw.column("Code") == [f"S{n}" for n in range(2, 7)]
    lost = [n.row for n in raw.skipped if n.what == "import.skipped.stray"]
    assert lost == [int("".join(c for c in place if c.isdigit()))]


def test_a_wide_table_keeps_all_its_columns(reader, tmp_path):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([f"question {n}" for n in range(900)])
    sheet.append(list(range(900)))
    raw = reader.read(saved(book, tmp_path))
    assert len(raw.columns) == 900
    assert [column[0] for column in raw.cells] == list(range(900))


def test_dates_of_a_workbook_that_counts_from_1904(checked, tmp_path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append([*HEAD, "Visited on"])
    sheet.append([*row(1), date(2022, 9, 17)])
    sheet.append([*row(2), 43359])
    result = checked(saved(book, tmp_path), Kind.SITE)
    assert result.columns["visited_on"] == ["2022-09-17", "2022-09-17"]
