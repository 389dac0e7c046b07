"""A sheet of cells made into rows of data.

Header found, titles, subtotals, blanks and notes set apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.formats.headers import Header, find_header, is_total
from geo.formats.raw import Cell, PreviewLine, RowNote, SheetInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.formats.worker.sheet_xml import Sheet

NOTE_CELLS = 2
MIN_TABLE_WIDTH = 4
PREVIEW_LINES, PREVIEW_CELLS, PREVIEW_TEXT = 40, 60, 80
EXACT = 1e15
"""Whole numbers below it are exact as floats."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet.

    Attributes:
        header: Where the header stands.
        rows: Data rows, each as wide as the header or wider.
        numbers: Their numbers as a person counts.
        skipped: What is no data, with its number.
        repairs: What should be seen of the rows that are.
    """

    header: Header
    rows: list[list[Cell]]
    numbers: list[int]
    skipped: list[RowNote]
    repairs: list[RowNote] = field(default_factory=list)


def arranged(
    lines: Sequence[Sequence[Cell]],
    *,
    sheet: str = "",
    merged: Sequence[tuple[int, int, int, int]] = (),
    given: tuple[int, int] | None = None,
) -> Grid:
    """Set the data rows of a sheet apart from everything else.

    Args:
        lines: All lines of the sheet from its first, also blank ones.
        sheet: Its name, for the notes.
        merged: Merged ranges as (first line, first column, last line, last column) from 0.
        given: Header as chosen by a person: (line from 1, number of lines), or None to find it.
    """
    header = find_header(lines, merged=merged, given=given)
    skipped = [
        RowNote(i + 1, "import.skipped.title", sheet=sheet)
        for i in range(min(header.start, len(lines)))
        if any(c is not None for c in lines[i])
    ]
    skipped += [
        RowNote(header.start + k + 1, "import.skipped.header", sheet=sheet)
        for k in range(header.lines)
    ]
    last = _last_data_line(lines, header)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    for i in range(header.start + header.lines, len(lines)):
        line = lines[i]
        filled = sum(c is not None for c in line)
        if not filled:
            skipped.append(RowNote(i + 1, "import.skipped.blank", sheet=sheet))
        elif is_total(line, len(header.names)):
            skipped.append(RowNote(i + 1, "import.skipped.total", sheet=sheet))
        elif i > last:
            skipped.append(RowNote(i + 1, "import.skipped.note", sheet=sheet))
        else:
            rows.append(list(line))
            numbers.append(i + 1)
    return Grid(header, rows, numbers, skipped)


def sheet_info(
    name: str, grid: Grid, lines: Sequence[Sequence[Cell]], fact: Sheet | None = None
) -> SheetInfo:
    """Return what is told of a sheet before it is read, with its first lines as they stand."""
    header = grid.header
    hidden_rows = fact.hidden_rows if fact else frozenset()
    hidden = fact is not None and fact.hidden
    preview = tuple(
        PreviewLine(i, tuple(_shown(cell) for cell in line[:PREVIEW_CELLS]), i in hidden_rows)
        for i, line in enumerate(lines[:PREVIEW_LINES], 1)
    )
    return SheetInfo(
        name, len(grid.rows), header.names, header.start + 1, header.lines, preview, hidden
    )


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    return " ".join(str(cell).split())[:PREVIEW_TEXT]


def _last_data_line(lines: Sequence[Sequence[Cell]], header: Header) -> int:
    """Return the last line that is no note.

    Notes and signatures stand below the table, one or two cells wide.

    Two cells are a note only below a gap or a total; and a line that is cut short is a damaged
    row, never a note.
    """
    width = len(header.names)
    if width < MIN_TABLE_WIDTH:
        return len(lines)
    first = header.start + header.lines
    i = len(lines) - 1
    while i >= first:
        filled = sum(c is not None for c in lines[i])
        apart = i > first and (
            not any(c is not None for c in lines[i - 1]) or is_total(lines[i - 1], width)
        )
        whole = len(lines[i]) >= width or not filled
        small = filled <= 1 or (filled <= NOTE_CELLS and apart)
        if not (whole and small) and not is_total(lines[i], width):
            return i
        i -= 1
    return len(lines)
