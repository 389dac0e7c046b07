"""How the first values of a file are read under a mapping, to be seen while it is chosen."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.formats.choices import vocabulary_of
from geo.formats.text import visible
from geo.formats.values.coordinates import Position, from_metres, parse_position, system_of
from geo.formats.values.dates import NEVER_WORDS, parse_date
from geo.formats.values.numbers import parse_number
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.formats.work import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.formats.mapping import Mapping
    from geo.formats.raw import RawTable

DATES = (
    *("received_on", "occurred_on", "issued_on", "expires_on"),
    *("visited_on", "inspected_at", "open_from", "open_to"),
)
_PAIRS = (("lat", "lon"), ("northing", "easting"))
_SEVERAL = frozenset(("kinds",))
_LIST = re.compile(r"\s*[;+&/\n]\s*|\s*,\s*")
_DEGREES = 180
SAMPLE = 400
"""So many cells are looked through for one that is filled."""


@dataclass(frozen=True, slots=True)
class Example:
    """A value as it stands in the file and as it is read; `code` says why it cannot be."""

    given: str
    read: Position | date | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of the file that no vocabulary holds, and in how many rows it stands."""

    field: str
    word: str
    rows: int


def place_example(raw: RawTable, mapping: Mapping) -> Example | None:
    """Return the first position of a file, or None if no column gives one."""
    columns = mapping.columns
    if "coordinate" in columns:
        for cell in raw.column(columns["coordinate"])[:SAMPLE]:
            text = as_text(cell)
            if visible(text).casefold() in NEVER_WORDS:
                continue
            try:
                return Example(text, parse_position(text, mapping.crs))
            except ValueProblemError as problem:
                return Example(text, None, problem.code)
    for north, east in _PAIRS:
        if north in columns and east in columns:
            return _of_columns(raw, mapping, north, east)
    return None


def _of_columns(raw: RawTable, mapping: Mapping, north: str, east: str) -> Example | None:
    ys, xs = raw.column(mapping.columns[north]), raw.column(mapping.columns[east])
    for given_y, given_x in zip(ys[:SAMPLE], xs[:SAMPLE], strict=True):
        if given_y is None or given_x is None:
            continue
        shown = f"{as_text(given_y)}, {as_text(given_x)}"
        try:
            y, x = parse_number(given_y), parse_number(given_x)
            if y is None or x is None:
                continue
            if mapping.swap_axes and north == "lat":
                y, x = x, y
            if max(abs(x), abs(y)) > _DEGREES:
                system = system_of(mapping.crs)
                return Example(shown, from_metres(min(x, y), max(x, y), system))
            return Example(shown, Position(x, y))
        except ValueProblemError as problem:
            return Example(shown, None, problem.code)
    return None


def date_example(raw: RawTable, mapping: Mapping) -> Example | None:
    """Return the first date that another order would read otherwise, else the first date."""
    first: Example | None = None
    for cell in _date_cells(raw, mapping):
        example = _date(cell, mapping.date_order, date1904=raw.date1904)
        if example is None:
            continue
        first = first or example
        other = _date(cell, "mdy" if mapping.date_order == "dmy" else "dmy", date1904=raw.date1904)
        if other is not None and other.read != example.read:
            return example
    return first


def _date_cells(raw: RawTable, mapping: Mapping) -> Iterator[object]:
    for name in DATES:
        if name in mapping.columns:
            yield from raw.column(mapping.columns[name])[:SAMPLE]


def _date(cell: object, order: str, *, date1904: bool) -> Example | None:
    text = as_text(cell)  # type: ignore[arg-type] # a cell of a `RawTable`
    try:
        found = parse_date(cell, order=order, date1904=date1904)  # type: ignore[arg-type] # the same
    except ValueProblemError as problem:
        return Example(text, None, problem.code)
    return None if found is None else Example(text, found)


def unknown_words(raw: RawTable, mapping: Mapping) -> tuple[UnknownWord, ...]:
    """Return the words of vocabularies that nobody can read, the most frequent first."""
    found: list[UnknownWord] = []
    for name, column in mapping.columns.items():
        words = vocabulary_of(mapping.target, name)
        if words is None:
            continue
        answered = mapping.words.get(name, {})
        counts: Counter[str] = Counter()
        for cell, rows in Counter(map(as_text, raw.column(column))).items():
            text = visible(cell)
            parts = [p for p in _LIST.split(text) if p] if name in _SEVERAL else [text]
            for part in parts:
                if part.casefold() not in NEVER_WORDS and part not in answered:
                    counts[part] += rows if meaning(words, part) is None else 0
        found += [UnknownWord(name, word, rows) for word, rows in counts.items() if rows]
    return tuple(sorted(found, key=lambda w: (-w.rows, w.field, w.word)))
