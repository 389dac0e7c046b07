"""Where the header of a table stands, however it is decorated.

Title rows, two lines, merged cells, totals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.formats.synonyms import known_words
from geo.formats.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.formats.raw import Cell

SEARCHED_LINES = 40
_MIN_KNOWN = 2
_LONG = 60
_TOTALS = (
    "សរុប",
    "total",
    "subtotal",
    "sub total",
    "sous total",
    "sum",
    "grand total",
    "小计",
    "合计",
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header.

    Attributes:
        start: Its first line, from 0; when there is none, the first data line.
        lines: Number of lines, 0 when there is none.
        names: Unique column names; two lines are joined as ``upper / lower``.
    """

    start: int
    lines: int
    names: tuple[str, ...]


def find_header(
    lines: Sequence[Sequence[Cell]],
    *,
    merged: Sequence[tuple[int, int, int, int]] = (),
    given: tuple[int, int] | None = None,
) -> Header:
    """Return the header of a sheet.

    Args:
        lines: Lines of the sheet from its first.
        merged: Merged ranges as (first line, first column, last line, last column) from 0.
        given: Chosen by a person: (line from 1, number of lines).
    """
    if given:
        start, count = max(given[0] - 1, 0), max(given[1], 0)
    else:
        found = _best_line(lines)
        if found is None:
            start = next((i for i, li in enumerate(lines) if any(c is not None for c in li)), 0)
            return Header(start, 0, _numbered(lines))
        start = _upper_line(lines, found, merged)
        count = 2 if _has_second_line(lines, start, merged) else 1
    if not count:
        return Header(start, 0, _numbered(lines))
    return Header(start, count, _names(lines, start, count, merged))


def _numbered(lines: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    width = max((len(line) for line in lines), default=0)
    return tuple(f"column {i + 1}" for i in range(width))


def is_total(line: Sequence[Cell], width: int) -> bool:
    """Tell whether a line is a subtotal or total.

    Its first cell says so and little else stands in it.
    """
    filled = [c for c in line if c is not None]
    if not filled or not isinstance(filled[0], str):
        return False
    word = normalise(filled[0])
    return len(filled) <= max(2, width // 2) and any(
        word == t or (word.startswith(t) and len(word) < len(t) + 12) for t in _TOTALS
    )


def _best_line(lines: Sequence[Sequence[Cell]]) -> int | None:
    searched = lines[:SEARCHED_LINES]
    width = max((sum(c is not None for c in line) for line in searched), default=0)
    best: tuple[float, int] | None = None
    for i, line in enumerate(searched):
        texts = [c for c in line if isinstance(c, str)]
        filled = sum(c is not None for c in line)
        if not texts or len(texts) < filled or filled < min(2, width):
            continue
        known = sum(known_words(t) for t in texts)
        distinct = len({normalise(t) for t in texts}) / len(texts)
        short = sum(len(t) <= _LONG for t in texts) / len(texts)
        numbers = sum(_number_like(t) for t in texts) / len(texts)
        score = (
            (3.0 * known / len(texts) if known >= min(_MIN_KNOWN, len(texts)) else 0.0)
            + filled / max(width, 1)
            + 0.5 * distinct
            + 0.5 * short
            - 2.0 * numbers
            - 0.02 * i
        )
        if best is None or score > best[0] + 1e-9:
            best = (score, i)
    return best[1] if best and best[0] > 1.0 else None


def _number_like(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return digits > len(text) / 2


def _upper_line(
    lines: Sequence[Sequence[Cell]], found: int, merged: Sequence[tuple[int, int, int, int]]
) -> int:
    """Return the line above, if what was found is the second line of a header.

    It often has the better words.
    """
    if found == 0:
        return found
    if any(top == found - 1 and bottom == found for top, _, bottom, _ in merged):
        return found - 1
    above, here = lines[found - 1], lines[found]
    filled = [i for i, c in enumerate(above) if c is not None]
    texts = all(isinstance(above[i], str) for i in filled)
    fills_gap = any(i >= len(here) or here[i] is None for i in filled)
    known = sum(known_words(str(above[i])) for i in filled)
    return found - 1 if texts and fills_gap and known >= _MIN_KNOWN else found


def _has_second_line(
    lines: Sequence[Sequence[Cell]], start: int, merged: Sequence[tuple[int, int, int, int]]
) -> bool:
    if start + 1 >= len(lines):
        return False
    if any(top == start and bottom == start + 1 for top, _, bottom, _ in merged):
        return True
    upper, lower = lines[start], lines[start + 1]
    filled = [i for i, c in enumerate(lower) if c is not None]
    if not filled or any(not isinstance(lower[i], str) for i in filled):
        return False
    under_gap = sum(i >= len(upper) or upper[i] is None for i in filled)
    wide = any(top == start == bottom and right > left for top, left, bottom, right in merged)
    known = sum(known_words(str(lower[i])) for i in filled)
    # Below an upper line with gaps stand words of a header, not data.
    return under_gap > 0 and (wide or known >= max(1, len(filled) // 2))


def _names(
    lines: Sequence[Sequence[Cell]],
    start: int,
    count: int,
    merged: Sequence[tuple[int, int, int, int]],
) -> tuple[str, ...]:
    block = _filled_block(lines, start, count, merged)
    width = max((i + 1 for line in block for i, c in enumerate(line) if c is not None), default=0)
    names: list[str] = []
    for column in range(width):
        parts = dict.fromkeys(part for line in block if (part := _text(line[column])))
        names.append(_unique(" / ".join(parts) or f"column {column + 1}", names))
    return tuple(names)


def _filled_block(
    lines: Sequence[Sequence[Cell]],
    start: int,
    count: int,
    merged: Sequence[tuple[int, int, int, int]],
) -> list[list[Cell]]:
    """Return the header's lines with a group's name over each of its columns."""
    found = [list(lines[start + k]) if start + k < len(lines) else [] for k in range(count)]
    width = max((len(line) for line in found), default=0)
    block = [line + [None] * (width - len(line)) for line in found]
    for top, left, bottom, right in merged:
        if start <= top == bottom < start + count:
            for column in range(left, min(right + 1, width)):
                block[top - start][column] = block[top - start][left]
    if count > 1 and not merged:
        # Without merge marks a group's name stands over its first column only.
        for column in range(1, width):
            if block[0][column] is None and block[1][column] is not None:
                block[0][column] = block[0][column - 1]
    return block


def _unique(name: str, names: Sequence[str]) -> str:
    if name not in names:
        return name
    n = 2
    while f"{name} ({n})" in names:
        n += 1
    return f"{name} ({n})"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())
