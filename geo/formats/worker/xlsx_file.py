"""XLSX by python-calamine, which keeps the type of each cell: a text ``00855`` stays text.

It is quick: openpyxl in its read-only mode takes ten times as long for 100,000 rows and gives
nothing more that is needed here.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from geo.errors import InputError
from geo.formats.raw import Cell, RawTable, RowNote, SheetInfo
from geo.formats.worker.archives import checked, unpacked
from geo.formats.worker.grid import Grid, arranged, sheet_info
from geo.formats.worker.repeats import is_repeat, with_repeats
from geo.formats.worker.sheet_xml import Sheet, sheets_of, unsolved, without_strays

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.formats.raw import HeaderRows

_1904 = re.compile(rb"date1904\s*=\s*[\"'](1|true)[\"']")
MAX_ROWS = 2_000_000


def look(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return the sheets with their header guesses, and which are the register itself."""
    grids, sheets, _ = _grids(path, header)
    return {"sheets": sheets, "main": _main(grids)}


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return the rows of the given sheets, or of those that are the register itself.

    Raises:
        InputError: There is no such sheet, or no row.
    """
    return both(path, sheets, header)[1]


def both(
    path: Path, sheets: list[str] | None, header: HeaderRows
) -> tuple[dict[str, Any], RawTable]:
    """Return what `look` and `read` return, of one pass over the file.

    Raises:
        InputError: There is no such sheet, or no row.
    """
    grids, infos, date1904 = _grids(path, header)
    told = {"sheets": infos, "main": _main(grids)}
    return told, _table(path, grids, sheets, date1904=date1904)


def _table(
    path: Path, grids: dict[str, Grid], sheets: list[str] | None, *, date1904: bool
) -> RawTable:
    chosen = tuple(sheets) if sheets else _main(grids)
    for name in chosen:
        if name not in grids:
            raise InputError("error.import.no_sheet", sheet=name, name=path.name)
    columns: list[str] = []
    for name in chosen:
        columns += [c for c in grids[name].header.names if c not in columns]
    cells: list[list[Cell]] = [[] for _ in columns]
    numbers: list[int] = []
    sheet_of: list[str] = []
    damaged: list[RowNote] = []
    for name in chosen:
        grid = grids[name]
        places = [columns.index(c) for c in grid.header.names]
        for row, number in zip(grid.rows, grid.numbers, strict=True):
            line: list[Cell] = [None] * len(columns)
            for place, cell in zip(places, row, strict=False):
                line[place] = cell
            for column, cell in zip(cells, line, strict=True):
                column.append(cell)
            numbers.append(number)
            sheet_of.append(name)
    if not numbers:
        raise InputError("error.import.no_rows", name=path.name)
    table = RawTable(
        columns=tuple(columns),
        cells=tuple(cells),
        numbers=numbers,
        sheets=sheet_of,
        damaged=tuple(damaged),
        repairs=tuple(note for name in chosen for note in grids[name].repairs),
        skipped=tuple(note for name in chosen for note in grids[name].skipped),
        date1904=date1904,
    )
    repeats = {n: g for n, g in grids.items() if n not in chosen and is_repeat(g)}
    return with_repeats(table, repeats) if repeats else table


def _grids(path: Path, header: HeaderRows) -> tuple[dict[str, Grid], tuple[SheetInfo, ...], bool]:
    told: list[SheetInfo] = []
    lost: dict[str, list[int]] = {}
    source: str | io.BytesIO = str(path)
    with checked(path) as archive:
        date1904 = bool(_1904.search(unpacked(archive, "xl/workbook.xml", 1 << 24)))
        facts = sheets_of(archive, path.name)
        formulas = {name: unsolved(archive, sheet) for name, sheet in facts.items()}
        if any(sheet.spread for sheet in facts.values()):
            source, lost = without_strays(archive, facts)
    grids: dict[str, Grid] = {}
    try:
        with CalamineWorkbook.from_object(source) as book:
            for name in book.sheet_names:
                fact = facts.get(name)
                sheet = book.get_sheet_by_name(name)
                if sheet.total_height > MAX_ROWS:
                    raise InputError("error.import.too_big", name=path.name)
                lines = [[_cell(c) for c in row] for row in sheet.to_python(skip_empty_area=False)]
                merged = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
                given = header.get(name) or header.get("")
                grid = arranged(lines, sheet=name, merged=merged, given=given)
                grid.skipped.extend(
                    RowNote(row, "import.skipped.stray", sheet=name) for row in lost.get(name, ())
                )
                grid.repairs.extend(_formulas(formulas.get(name, {}), grid, name))
                if fact is not None:
                    grid.repairs.extend(_hidden(fact, grid, name))
                if grid.header.names:
                    grids[name] = grid
                    told.append(sheet_info(name, grid, lines, fact))
    except CalamineError:
        raise InputError("error.import.file_broken", name=path.name, what="xlsx") from None
    if not grids:
        raise InputError("error.import.no_rows", name=path.name)
    return grids, tuple(told), date1904


def _hidden(fact: Sheet, grid: Grid, name: str) -> Iterator[RowNote]:
    """Yield a note on each row that nobody sees in the workbook; it is read like the others."""
    for number in grid.numbers:
        if fact.hidden:
            yield RowNote(number, "import.repair.hidden_sheet", value=name, sheet=name)
        elif number in fact.hidden_rows:
            yield RowNote(number, "import.repair.hidden_row", sheet=name)


def _formulas(formulas: dict[tuple[int, int], str], grid: Grid, name: str) -> Iterator[RowNote]:
    """Put formulas that have no result where they stand, so that nobody takes them for empty."""
    at = dict(zip(grid.numbers, grid.rows, strict=True))
    for (number, column), formula in formulas.items():
        row = at.get(number)
        if row is not None and column < len(row) and row[column] is None:
            row[column] = formula
            yield RowNote(number, "import.repair.formula", sheet=name)


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, bool | int | float | date) or value is None:
        return value
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    return str(value)


def _main(grids: dict[str, Grid]) -> tuple[str, ...]:
    """Return the sheets that share the header of the biggest table.

    The months of a register, not its summary; forms, not the repeats of their groups.
    """

    def size(name: str) -> int:
        return len(grids[name].rows) * len(grids[name].header.names)

    forms = {name: grid for name, grid in grids.items() if not is_repeat(grid)}
    groups: dict[frozenset[str], list[str]] = {}
    for name, grid in (forms or grids).items():
        groups.setdefault(frozenset(grid.header.names), []).append(name)
    best: Sequence[str] = max(groups.values(), key=lambda names: sum(size(n) for n in names))
    return tuple(best)
