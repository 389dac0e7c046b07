"""Repeat sheets of KoboToolbox, counted and joined to the forms that they belong to.

A repeated group lies on a sheet of its own. What serves is how many there were, and of which
nationality, sex or age group: numbers. Everything else of it, above all a name, stays in the file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.formats.raw import RawTable, RowNote
from geo.formats.text import digits, normalise, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.formats.raw import Cell
    from geo.formats.worker.grid import Grid

JOINED = "repeat groups"
# Column of the repeat sheet → column of the forms.
_KEYS = {"_parent_index": "_index", "_submission__uuid": "_uuid", "_submission__id": "_id"}
_COUNTS = frozenset(("count", "number", "how many", "total", "ចំនួន"))
_CLASSES = frozenset(
    ("nationality", "sex", "gender", "age group", "agegroup", "សញ្ជាតិ", "ភេទ", "ក្រុមអាយុ")
)
_LONG = 24


def is_repeat(grid: Grid) -> bool:
    """Tell whether a sheet holds the repeats of another sheet's forms."""
    return any(key in grid.header.names for key in _KEYS)


def with_repeats(forms: RawTable, sheets: Mapping[str, Grid]) -> RawTable:
    """Return the forms with one more column that says what each one's repeat sheets hold.

    Args:
        forms: The rows of the forms' own sheet.
        sheets: The workbook's repeat sheets.
    """
    texts: list[list[str]] = [[] for _ in range(len(forms))]
    notes: list[RowNote] = []
    for name, grid in sheets.items():
        key = next((k for k, own in _KEYS.items() if _has(grid, k) and own in forms.columns), None)
        if key is None:
            continue
        position_of = {
            _plain(cell): i
            for i, cell in reversed(list(enumerate(forms.column(_KEYS[key]))))
            if cell is not None
        }
        counts, joined = _counted(grid, key, position_of)
        notes += [
            RowNote(n, f"import.skipped.{'repeat' if ok else 'orphan'}", sheet=name)
            for n, ok in zip(grid.numbers, joined, strict=True)
        ]
        for i, found in counts.items():
            parts = ", ".join(f"{label} {n}".strip() for label, n in found.items())
            texts[i].append(f"{name}: {parts}")
    if not notes:
        return forms
    return RawTable(
        columns=(*forms.columns, JOINED),
        cells=(*forms.cells, ["; ".join(text) or None for text in texts]),
        numbers=forms.numbers,
        sheets=forms.sheets,
        repairs=forms.repairs,
        damaged=forms.damaged,
        skipped=(*forms.skipped, *notes),
        date1904=forms.date1904,
        joined=JOINED,
    )


def _counted(
    grid: Grid, key: str, position_of: Mapping[str, int]
) -> tuple[dict[int, Counter[str]], list[bool]]:
    names = grid.header.names
    last = [normalise(name.rpartition("/")[2]) for name in names]
    counting = next((k for k, word in enumerate(last) if word in _COUNTS), None)
    classes = [k for k, word in enumerate(last) if word in _CLASSES]
    counts: dict[int, Counter[str]] = {}
    joined: list[bool] = []
    for row in grid.rows:
        form = position_of.get(_plain(_at(row, names.index(key))))
        joined.append(form is not None)
        if form is None:
            continue
        labels = [visible(str(c)) for k in classes if (c := _at(row, k)) is not None]
        label = "/".join(text for text in labels if len(text) <= _LONG)
        n = 1 if counting is None else _number(_at(row, counting))
        counts.setdefault(form, Counter())[label] += n
    return counts, joined


def _has(grid: Grid, name: str) -> bool:
    return name in grid.header.names


def _at(row: list[Cell], position: int) -> Cell:
    return row[position] if position < len(row) else None


def _plain(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _number(cell: Cell) -> int:
    text = digits(_plain(cell))
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONG else 1
