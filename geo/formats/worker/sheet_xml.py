"""What calamine does not tell of a workbook: hidden sheets and rows, and cells far from the table.

A stray cell in the last corner of a sheet makes calamine reserve half a terabyte, so such a cell is
taken out of a copy in memory before calamine sees it.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.formats.worker.archives import unpacked
from geo.formats.worker.xml_tools import children, parsed, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LIMIT = 1 << 24
_CHUNK = 1 << 20
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_FAR_COLUMN = re.compile(rb"\br\s*=\s*[\"'][A-Z]{3}\d+[\"']")
_WHOLE_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row\s*>)", re.DOTALL)
_CELL = re.compile(rb"<((?:\w+:)?)c\b([^>]*?)(?:/>|>(.*?)</\1c\s*>)", re.DOTALL)
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>/]*>[^<]")
_TEXT_RESULT = re.compile(rb"\bt\s*=\s*[\"'](?:str|inlineStr)[\"']")
_EXTENT = re.compile(rb"<(?:\w+:)?dimension\b[^>]*/>")
# Beyond so many rows or columns it is worth to look whether all of them belong to one table.
_MANY_ROWS = 300_000
_ROW_GAP, _COLUMN_GAP = 5_000, 200
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the workbook lists it.

    Attributes:
        entry: Its file inside of the workbook.
        hidden: Whether the workbook hides it.
        hidden_rows: Numbers of its hidden rows; a filter hides rows too.
        spread: It reaches so far that a cell may be astray.
        computed: Some of its cells are formulas.
    """

    entry: str
    hidden: bool
    hidden_rows: frozenset[int]
    spread: bool
    computed: bool = False


def sheets_of(archive: zipfile.ZipFile, name: str) -> dict[str, Sheet]:
    """Return the sheets of a workbook by name; one without a file of rows is left out.

    Raises:
        InputError: The workbook's own list is damaged.
    """
    folder = "xl/"
    book = parsed(unpacked(archive, f"{folder}workbook.xml", _LIMIT), name)
    entries = set(archive.namelist())
    links = f"{folder}_rels/workbook.xml.rels"
    if links not in entries:
        return {}
    targets = {
        str(link.get("Id")): str(link.get("Target", ""))
        for link in parsed(unpacked(archive, links, _LIMIT), name)
    }
    found: dict[str, Sheet] = {}
    for sheet in (s for group in children(book, "sheets") for s in children(group, "sheet")):
        link = next((v for k, v in sheet.attrib.items() if k.rpartition("}")[2] == "id"), "")
        target = targets.get(link, "")
        entry = target.lstrip("/") if target.startswith("/") else folder + target
        if entry not in entries or tag(sheet) != "sheet":
            continue
        rows, spread, computed = _looked_through(archive, entry)
        hidden = sheet.get("state", "visible") != "visible"
        found[str(sheet.get("name", ""))] = Sheet(entry, hidden, rows, spread, computed)
    return found


def unsolved(archive: zipfile.ZipFile, sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return formulas without a saved result, by row from 1 and column from 0.

    Programs that only write workbooks save none, and such a cell reads as if it were empty.
    """
    found: dict[tuple[int, int], str] = {}
    if not sheet.computed:
        return found
    for cell in _CELL.finditer(unpacked(archive, sheet.entry)):
        formula = _FORMULA.search(cell[3] or b"")
        place = _PLACE.search(cell[2])
        if formula and place and not (_RESULT.search(cell[3]) or _TEXT_RESULT.search(cell[2])):
            text = html.unescape((formula[1] or b"").decode("utf-8", "replace"))
            found[int(place[2]), _column(place[1]) - 1] = f"={text}"
    return found


def _looked_through(archive: zipfile.ZipFile, entry: str) -> tuple[frozenset[int], bool, bool]:
    """Return a sheet's hidden rows, whether a cell may lie far off, and whether it computes."""
    hidden: set[int] = set()
    last, spread, computed, rest = 0, False, False, b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"<") if text.rfind(b"<") > text.rfind(b">") else len(text)
            text, rest = text[:cut], text[cut:]
            for row in _ROW.finditer(text):
                number = _NUMBER.search(row[0])
                last = int(number[1]) if number else last + 1
                if _HIDDEN.search(row[0]):
                    hidden.add(last)
            spread = spread or _FAR_COLUMN.search(text) is not None
            computed = computed or _FORMULA.search(text) is not None
    return frozenset(hidden), spread or last > _MANY_ROWS, computed


def without_strays(
    archive: zipfile.ZipFile, sheets: Mapping[str, Sheet]
) -> tuple[io.BytesIO, dict[str, list[int]]]:
    """Return a copy of a workbook without cells far from the table, and the rows of those cells."""
    lost: dict[str, list[int]] = {}
    mended: dict[str, bytes] = {}
    for name, sheet in sheets.items():
        if sheet.spread:
            text = unpacked(archive, sheet.entry)
            mended[sheet.entry], lost[name] = _near(text)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for entry in archive.namelist():
            if entry in mended:
                target.writestr(entry, mended[entry])
            elif not entry.endswith("/"):
                target.writestr(entry, unpacked(archive, entry))
    copy.seek(0)
    return copy, lost


def _near(text: bytes) -> tuple[bytes, list[int]]:
    """Return a sheet without its stray cells, and the numbers of the rows where they stood."""
    rows: set[int] = set()
    columns: set[int] = set()
    for cell in _CELL.finditer(text):
        place = _PLACE.search(cell[2])
        if place and cell[3]:
            rows.add(int(place[2]))
            columns.add(_column(place[1]))
    last_row, last_column = _end(rows, _ROW_GAP), _end(columns, _COLUMN_GAP)
    lost: set[int] = set()

    def near_cell(cell: re.Match[bytes]) -> bytes:
        place = _PLACE.search(cell[2])
        if place is None or _column(place[1]) <= last_column:
            return cell[0]
        lost.add(int(place[2]))
        return b""

    def near_row(row: re.Match[bytes]) -> bytes:
        number = _NUMBER.search(row[2])
        if number is not None and int(number[1]) > last_row:
            if int(number[1]) in rows:
                lost.add(int(number[1]))
            return b""
        return _CELL.sub(near_cell, row[0]) if _FAR_COLUMN.search(row[0]) else row[0]

    return _EXTENT.sub(b"", _WHOLE_ROW.sub(near_row, text)), sorted(lost)


def _end(used: Iterable[int], gap: int) -> int:
    """Return the last place before the first wide gap."""
    last = 0
    for place in sorted(used):
        if last and place - last > gap:
            break
        last = place
    return last


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
