"""The header that was found is shown with the first lines of its sheet; a person corrects it."""

from __future__ import annotations

from openpyxl import Workbook

from geo.loading import open_file


def workbook(path, sheets):
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def test_the_first_lines_of_a_sheet_are_shown_as_they_stand(reader, tmp_path):
    lines = [["Register of one office"], ["Code", "Name", "Rooms"], ["00855", "Demo", 12.0]]
    path = workbook(tmp_path / "x.xlsx", {"One": lines})
    info = reader.inspect(path).sheets[0]
    assert (info.header_row, info.header_lines) == (2, 1)
    assert [(line.row, line.cells) for line in info.preview] == [
        (1, ("Register of one office", "", "")),
        (2, ("Code", "Name", "Rooms")),
        (3, ("00855", "Demo", "12")),
    ]


def test_the_lines_of_a_csv_are_shown_too(reader, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('Title\ncode;name\nS1;"two\nlines"\n', encoding="utf-8")
    preview = reader.inspect(path).sheets[0].preview
    assert [line.cells for line in preview] == [("Title",), ("code", "name"), ("S1", "two lines")]


def test_each_sheet_has_its_own_header(reader, tmp_path):
    sheets = {
        "Jan": [["a", "b"], ["Code", "Name"], ["S1", "Demo"]],
        "Feb": [["x"], ["a", "b"], ["Code", "Name"], ["S2", "Demo"]],
    }
    path = workbook(tmp_path / "x.xlsx", sheets)
    header = {"Jan": (2, 1), "Feb": (3, 1)}
    opened = open_file(reader, path, sheets=["Jan", "Feb"], header=header)
    assert opened.raw.columns == ("Code", "Name")
    assert opened.raw.column("Code") == ["S1", "S2"]
    assert [(s.header_row, s.columns) for s in opened.info.sheets] == [
        (2, ("Code", "Name")),
        (3, ("Code", "Name")),
    ]
    assert opened.header == header


def test_a_table_without_a_header_has_numbered_columns(reader, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("S1,Demo hotel\nS2,Demo shop\n", encoding="utf-8")
    raw = open_file(reader, path, header={"": (1, 0)}).raw
    assert raw.columns == ("column 1", "column 2")
    assert raw.column("column 1") == ["S1", "S2"]
    assert raw.numbers == [1, 2]


def test_a_header_of_two_lines_that_a_person_chose(reader, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Place,,Name\nlat,lon,\n11.5,104.9,Demo\n", encoding="utf-8")
    raw = open_file(reader, path, header={"": (1, 2)}).raw
    assert raw.columns == ("Place / lat", "Place / lon", "Name")
    assert len(raw) == 1
