"""CSV, parsed here line by line, so that an open quote or a NUL byte costs one row and is named."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.formats.raw import Cell, RawTable, RowNote
from geo.formats.worker.encoding import decoded
from geo.formats.worker.grid import Grid, arranged, sheet_info

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.raw import HeaderRows

DELIMITERS = (",", ";", "\t", "|")
MAX_CELL = 1_000_000
# A quoted cell may hold line breaks, but an address has not fifty lines: then the quote was left
# open.
MAX_JOINED = 50
_SAMPLE = 60
# Not str.splitlines, which also breaks at form feeds and the like inside of cells.
_BREAK = re.compile(r"\r\n|\n|\r")

csv.field_size_limit(MAX_CELL)


def look(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return encoding, delimiter and header guess."""
    return _grid(path, header)[1]


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return the rows; a record with a line break in a cell is one row, as Excel counts.

    Raises:
        InputError: There is no row below the header.
    """
    return both(path, sheets, header)[1]


def both(
    path: Path, sheets: list[str] | None, header: HeaderRows
) -> tuple[dict[str, Any], RawTable]:
    """Return what `look` and `read` return, of one pass over the file.

    Raises:
        InputError: There is no row below the header.
    """
    del sheets
    grid, told, records, bad_lines = _grid(path, header)
    if not grid.rows:
        raise InputError("error.import.no_rows", name=path.name)
    return told, _table(grid, records, bad_lines)


def _grid(path: Path, header: HeaderRows) -> tuple[Grid, dict[str, Any], list[_Record], set[int]]:
    text, encoding, bad_lines = decoded(path)
    delimiter, records = _records(text)
    lines = [r.cells for r in records]
    grid = arranged(lines, given=header.get(""))
    sheet = sheet_info("", grid, lines)
    told = {"sheets": (sheet,), "main": ("",), "encoding": encoding, "delimiter": delimiter}
    return grid, told, records, bad_lines


class _Record:
    __slots__ = ("cells", "fault", "first", "last")

    def __init__(self, cells: list[Cell], first: int, last: int, fault: str = "") -> None:
        self.cells, self.first, self.last, self.fault = cells, first, last, fault


def _table(grid: Grid, records: list[_Record], bad_lines: set[int]) -> RawTable:
    width = len(grid.header.names)
    damaged: list[RowNote] = []
    repairs: list[RowNote] = []
    for row, number in zip(grid.rows, grid.numbers, strict=True):
        record = records[number - 1]
        raw = "; ".join(str(c) for c in row if c is not None)[:200]
        if record.fault:
            damaged.append(RowNote(number, record.fault, value=raw))
        elif any(isinstance(c, str) and "\x00" in c for c in row):
            damaged.append(RowNote(number, "import.reason.nul", value=raw.replace("\x00", "␀")))
        elif len(row) < width and width - len(row) > 1 + width // 4:
            damaged.append(RowNote(number, "import.reason.short_line", value=raw))
        elif any(c is not None for c in row[width:]):
            damaged.append(RowNote(number, "import.reason.long_line", value=raw))
        elif bad_lines and any(line in bad_lines for line in range(record.first, record.last + 1)):
            repairs.append(RowNote(number, "import.repair.cut_text"))
        row[:] = (row + [None] * (width - len(row)))[:width]
    columns: list[list[Cell]] = [list(c) for c in zip(*grid.rows, strict=True)]
    return RawTable(
        columns=grid.header.names,
        cells=tuple(columns),
        numbers=grid.numbers,
        damaged=tuple(damaged),
        repairs=tuple(repairs),
        skipped=tuple(grid.skipped),
    )


def _records(text: str) -> tuple[str, list[_Record]]:
    lines = _BREAK.split(text)
    if lines and not lines[-1]:
        lines.pop()
    first = 0
    delimiter = ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == len("sep=") + 1:
        delimiter, first = lines[0].strip()[-1], 1
    delimiter = delimiter or _delimiter(lines[first : first + _SAMPLE])
    records = [_Record([None], 0, 0)] if first else []
    return delimiter, records + _parsed(lines, first, delimiter)


def _delimiter(lines: list[str]) -> str:
    best, best_score = ",", (0.0, 0)
    for candidate in DELIMITERS:
        counts = Counter(
            len(row) for row in csv.reader([li for li in lines if li.strip()], delimiter=candidate)
        )
        if not counts:
            continue
        width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
        share = times / sum(counts.values())
        score = (round(share, 1) if width > 1 else 0.0, width)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _parsed(lines: list[str], first: int, delimiter: str) -> list[_Record]:
    records: list[_Record] = []
    width = _usual_width(lines[first:], delimiter)
    # A quotation mark inside of a cell opens nothing: 10°37'24"N, a sign of 2".
    opening = re.compile(rf'(?:^|{re.escape(delimiter)})[ \t]*"')
    i = first
    while i < len(lines):
        line = lines[i]
        if line.count('"') % 2 == 0 or not opening.search(line):
            records.append(_Record(_cells(line, delimiter), i, i))
            i += 1
            continue
        end = _closing_line(lines, i)
        joined = "\n".join(lines[i : end + 1]) if end else ""
        cells = _cells(joined, delimiter) if end else []
        if end and (not width or len(cells) == width) and not _swallowed(cells, delimiter, width):
            records.append(_Record(cells, i, end))
            i = end + 1
        else:
            records.append(_Record(_unquoted(line, delimiter), i, i, "import.reason.open_quote"))
            i += 1
    return records


def _usual_width(lines: list[str], delimiter: str) -> int:
    """Return how many cells most whole lines have; titles above the table have fewer."""
    whole = [li for li in lines[: 10 * _SAMPLE] if li.strip() and li.count('"') % 2 == 0]
    widths = Counter(len(_cells(line, delimiter)) for line in whole)
    return max(widths, key=lambda width: (width > 1, widths[width]), default=0)


def _closing_line(lines: list[str], start: int) -> int:
    for end in range(start + 1, min(start + MAX_JOINED, len(lines))):
        if lines[end].count('"') % 2:
            return end
    return 0


def _swallowed(cells: list[Cell], delimiter: str, width: int) -> bool:
    """Tell whether a cell holds a line with about as many delimiters as a row has.

    It ate that row.
    """
    return any(
        isinstance(cell, str)
        and any(part.count(delimiter) >= max(2, width - 2) for part in cell.split("\n")[1:])
        for cell in cells
    )


def _cells(line: str, delimiter: str) -> list[Cell]:
    if not line:
        return []
    row = next(csv.reader([part + "\n" for part in line.split("\n")], delimiter=delimiter), [])
    return [cell if (cell := c.strip()) else None for c in row]


def _unquoted(line: str, delimiter: str) -> list[Cell]:
    return [c.strip().strip('"') or None for c in line.split(delimiter)]
