"""Writing tables for other programs: CSV, XLSX, GeoJSON and what goes to the clipboard.

No GDAL, so that it may run in the process that owns the plan. What is written was released before
(`layers.export.rows`); here it is only made harmless: a text is never computed by the program that
opens it, and a file is whole or not there at all.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

Cell = str | int | float | None
Step = Callable[[int, int], object]

FORMATS: Final = (".csv", ".xlsx", ".geojson")
STEP_ROWS: Final = 20
"""A few milliseconds of work: whoever writes beside a window can let it draw between them."""
MOST_XLSX_WIDTH: Final = 48
# Spreadsheets compute what begins with one of these; the wide ones are typed on Asian keyboards.
_LIVE: Final = frozenset("=+-@＝＋－＠\t\r\n")  # noqa: RUF001 - the wide signs are what is meant
_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table that may leave.

    Attributes:
        name: Of the worksheet.
        about: Lines above the table: its grade, its day, what is not in it.
        keys: Stable names of the columns.
        heads: Their headings in the language of the copy.
        rows: Cells; None is unknown.
    """

    name: str
    about: Sequence[str]
    keys: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: marked as text where it could be."""
    begin = text.lstrip(" \u00a0\u200b\ufeff")[:1]
    return f"'{text}" if begin in _LIVE and begin else text


def _quiet(_done: int, _total: int) -> None:
    return None


def tsv_text(sheet: Sheet) -> str:
    """Return the table for the clipboard: one line a row, tabs between the cells."""
    lines = [*([line] for line in sheet.about), list(sheet.heads), *sheet.rows]
    return "\n".join("\t".join(map(_flat, line)) for line in lines) + "\n"


def _flat(cell: Cell) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return harmless(
        " ".join(cell.split()) if set(cell) & set("\t\r\n\v\f\x85\u2028\u2029") else cell
    )


def csv_bytes(sheet: Sheet, step: Step = _quiet) -> bytes:
    """Return the table as CSV in UTF-8, with the mark by which spreadsheets know it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for line in sheet.about:
        writer.writerow([f"# {line}"])
    writer.writerow([harmless(head) for head in sheet.heads])
    for number, row in enumerate(sheet.rows):
        if number % STEP_ROWS == 0:
            step(number, len(sheet.rows))
        writer.writerow([harmless(c) if isinstance(c, str) else c for c in row])
    return (_BOM + stream.getvalue()).encode()


def xlsx_bytes(sheet: Sheet, step: Step = _quiet, *, others: Sequence[Sheet] = ()) -> bytes:
    """Return tables as a workbook in which every text is a text cell, each on its own page."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    pages = []
    try:
        for each in (sheet, *others):
            pages.append(book.create_sheet(each.name[:31]))
            _fill(pages[-1], each, step)
    except BaseException:
        # Cancelled: else openpyxl would leave the rows so far in a file of the system's own folder.
        for page in pages:
            page.close()
        book.save(io.BytesIO())
        raise
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(page: Any, sheet: Sheet, step: Step) -> None:  # noqa: ANN401 - openpyxl's own page
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    bold = Font(bold=True)

    def text_cell(value: str, *, strong: bool = False) -> Any:  # noqa: ANN401 - openpyxl's own cell
        # openpyxl makes a formula of "=…": the type is set again after the value.
        cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        if value[:1] in _LIVE:
            cell.quotePrefix = True
        if strong:
            cell.font = bold
        return cell

    for place, head in enumerate(sheet.heads, 1):
        width = max([len(head), *(len(str(r[place - 1] or "")) for r in sheet.rows[:200])]) + 2
        page.column_dimensions[get_column_letter(place)].width = min(width, MOST_XLSX_WIDTH)
    page.freeze_panes = f"A{len(sheet.about) + 2}"
    for line in sheet.about:
        page.append([text_cell(line)])
    page.append([text_cell(head, strong=True) for head in sheet.heads])
    for number, row in enumerate(sheet.rows):
        if number % STEP_ROWS == 0:
            step(number, len(sheet.rows))
        page.append([text_cell(c) if isinstance(c, str) else c for c in row])


def geojson_bytes(
    sheet: Sheet, shapes: Sequence[Mapping[str, Any] | None], about: Mapping[str, Any]
) -> bytes:
    """Return the table as GeoJSON (RFC 7946, lon/lat).

    Args:
        sheet: Its keys name the properties.
        shapes: One geometry a row, or None where there is no exact place.
        about: Grade, day and what is not in it, as a member of the collection.
    """
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": dict(zip(sheet.keys, row, strict=True)),
        }
        for row, shape in zip(sheet.rows, shapes, strict=True)
    ]
    whole = {"type": "FeatureCollection", "about": dict(about), "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False).encode()


def write_whole(path: Path, data: bytes, *, before: Callable[[], None]) -> None:
    """Write a file that leaves the application: all of it, durable, or none.

    Args:
        path: Its folder is there; an older file of this name stays until the new one is whole.
        data: The file.
        before: Writes the audit row; called when the bytes are safe and before they have a name.

    Raises:
        InputError: It cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        before()
        draft.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise InputError("report.error.not_written", path=str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
