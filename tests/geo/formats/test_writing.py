"""Texts stay texts in whatever opens them, and a file is whole or not there."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from geo.errors import CancelledError, InputError
from geo.formats.writing import Sheet, csv_bytes, harmless, tsv_text, write_whole, xlsx_bytes

LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "\u200b=1"]  # noqa: RUF001
HARMLESS = ["", "Demo", "1-2", "ក=1", "'=1"]


def sheet(*cells):
    return Sheet(
        name="sites", about=["Grade: Command"], keys=["a"], heads=["A"], rows=[[c] for c in cells]
    )


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_compute_is_marked_as_text(text):
    assert harmless(text) == f"'{text}"
    (cell,) = list(csv.reader(io.StringIO(csv_bytes(sheet(text)).decode("utf-8-sig"), newline="")))[
        2
    ]
    assert cell == f"'{text}"
    assert tsv_text(sheet(text)).splitlines()[2].startswith("'")
    page = load_workbook(io.BytesIO(xlsx_bytes(sheet(text)))).worksheets[0]
    assert page["A3"].data_type == "s"
    assert page["A3"].value in {text, text.replace("\r", "\n")}


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text):
    assert harmless(text) == text


def test_numbers_stay_numbers_even_negative_ones():
    page = load_workbook(io.BytesIO(xlsx_bytes(sheet(-3, 2.5)))).worksheets[0]
    assert [page["A3"].value, page["A4"].value] == [-3, 2.5]
    assert csv_bytes(sheet(-3)).decode().splitlines()[2] == "-3"


def test_a_cell_of_the_clipboard_never_breaks_its_line():
    assert tsv_text(sheet("one\ttwo\nthree\u2028four")).splitlines()[2] == "one two three four"


def test_khmer_survives_in_every_format():
    name = "កាស៊ីណូ ស្វាយ សាកល្បង"
    assert name in csv_bytes(sheet(name)).decode()
    assert name in tsv_text(sheet(name))
    page = load_workbook(io.BytesIO(xlsx_bytes(sheet(name)))).worksheets[0]
    assert page["A3"].value == name


def test_a_file_that_cannot_be_logged_does_not_replace_the_old_one(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def fails():
        raise InputError("error.nothing")

    with pytest.raises(InputError):
        write_whole(path, b"new", before=fails)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(InputError, match=r"report\.error\.not_written"):
        write_whole(tmp_path / "nowhere" / "out.csv", b"", before=lambda: None)


def test_a_workbook_that_is_cancelled_leaves_nothing_of_its_rows_behind():
    import openpyxl.worksheet._writer as writer

    def stop(done, _total):
        if done:
            raise CancelledError

    rows = [[f"row {n}"] for n in range(100)]
    whole = Sheet(name="sites", about=[], keys=["a"], heads=["A"], rows=rows)
    before = list(writer.ALL_TEMP_FILES)
    with pytest.raises(CancelledError):
        xlsx_bytes(whole, stop)
    assert before == writer.ALL_TEMP_FILES
