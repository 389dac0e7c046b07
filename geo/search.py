"""Finding a plan's rows by their names while somebody types: 100,000 sites within a frame.

Every row becomes one line of one long text in which letters, digits and spaces are folded as in
`geo.names.search_key`; looking for a word is then one search through the text, in C. Building it
takes about a second for 100,000 rows, in pieces, so that a thread that draws is not held up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.model.entity import Kind
from geo.names import fold_text, search_key
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.model.table import Table
    from geo.progress import Progress

FIELDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.ZONE: ("name",),
    Kind.TEAM: ("name", "short_name", "lead"),
    Kind.OPERATION: ("name",),
    Kind.CROSSING: ("name_en", "name_km", "opposite"),
    Kind.SITE: ("name_en", "name_km", "name_zh", "code"),
    Kind.LICENCE: ("number", "business", "holder"),
    Kind.ALLEGATION: ("reference",),
    Kind.PERSON_REF: ("pseudonym",),
}
"""By what a row is found: names, codes and numbers, never the text of an allegation."""

PIECE_ROWS = 50
"""Folded at a time: a piece takes a third of a millisecond, in which no other thread runs. What is
painted meanwhile waits for each of its many calls of Qt."""
MOST_LOOKED_AT = 3_000
"""Lines tried for a word that nearly every row holds; beyond them nobody would look."""
_ROW, _FIELD = "\n", "\x1f"
_BREAKS = re.compile(r"[\n\r\x1f]")


@dataclass(frozen=True, slots=True)
class Found:
    """A row that bears a name.

    Attributes:
        exact: A field is the wanted text, or begins with it.
    """

    kind: Kind
    id: str
    exact: bool


class _Lines:
    """The rows of one kind as one folded text."""

    def __init__(self, table: Table, progress: Progress) -> None:
        self.columns = _columns(table)
        self.ids = table.ids
        rows = np.arange(len(table))
        if table.kind is Kind.SITE:  # what was merged is no site of its own any more
            rows = rows[table["merged_into"] == ""]
        self._rows: NDArray[np.intp] = rows
        pieces, starts, at = [], [], 0
        for first in range(0, len(rows), PIECE_ROWS):
            progress.step(first, len(rows))
            part = rows[first : first + PIECE_ROWS]
            lines = zip(*(column[part] for column in self.columns), strict=True)
            text = fold_text("".join(_ROW + _line(fields) for fields in lines))
            starts.append(_line_starts(text) + at)
            pieces.append(text)
            at += len(text)
        self._text = "".join(pieces) + _ROW
        self._starts = np.concatenate(starts) if starts else np.arange(0)

    def fits(self, table: Table) -> bool:
        """Tell whether no name changed since, so that the text still stands for the table."""
        return len(self.ids) == len(table.ids) and all(
            old is new for old, new in zip(self.columns, _columns(table), strict=True)
        )

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
        """Yield the ids of rows that hold all words, those with a name that begins so first."""
        rarest = max(words, key=len)
        if self._text.find(rarest) < 0:
            return
        seen: set[int] = set()
        begins = _FIELD + words[0]
        for needle, exact in ((begins + _FIELD, True), (begins, True), (rarest, False)):
            for line in islice(self._lines_with(needle), MOST_LOOKED_AT):
                if line not in seen and self._holds(line, words):
                    seen.add(line)
                    yield str(self.ids[self._rows[line]]), exact

    def _lines_with(self, needle: str) -> Iterator[int]:
        at = self._text.find(needle)
        while at >= 0:
            line = int(np.searchsorted(self._starts, at, side="right")) - 1
            yield line
            following = int(self._starts[line + 1]) if line + 1 < len(self._starts) else -1
            at = self._text.find(needle, following) if following >= 0 else -1

    def _holds(self, line: int, words: Sequence[str]) -> bool:
        start = int(self._starts[line])
        end = self._text.index(_ROW, start + 1)
        return all(self._text.find(word, start, end) >= 0 for word in words)


class PlanIndex:
    """The names of a plan's rows; made by `of`, from any thread."""

    def __init__(self, lines: Mapping[Kind, _Lines]) -> None:
        """Keep what `of` made: the folded text of each kind."""
        self.lines = lines

    @classmethod
    def of(
        cls,
        tables: Mapping[Kind, Table],
        old: PlanIndex | None = None,
        progress: Progress | None = None,
    ) -> PlanIndex:
        """Index the names of tables.

        Args:
            tables: The tables of the kinds in `FIELDS`; they never change, so that a worker thread
                may read them.
            old: The index before the last edit; what still stands in it is kept.
            progress: Asked whether to go on.
        """
        progress = progress or NoProgress()
        before = old.lines if old is not None else {}
        return cls(
            {
                kind: before[kind]
                if kind in before and before[kind].fits(tables[kind])
                else _Lines(tables[kind], progress)
                for kind in FIELDS
            }
        )

    def fits(self, tables: Mapping[Kind, Table]) -> bool:
        """Tell whether it still stands for these tables."""
        return all(lines.fits(tables[kind]) for kind, lines in self.lines.items())

    def find(self, text: str, each: int) -> dict[Kind, tuple[Found, ...]]:
        """Return the rows that hold every word of a text, those that begin with it first.

        Args:
            text: As it is typed: any case, with or without zero-width spaces, Khmer digits.
            each: Most rows of one kind.
        """
        whole = search_key(text)
        if not whole:
            return {}
        words = [key for key in map(search_key, text.split()) if key]
        found: dict[Kind, tuple[Found, ...]] = {}
        for kind, lines in self.lines.items():
            hits: dict[str, bool] = {}
            # Names are kept without spaces: first as it was typed, then the words in any order.
            for wanted in ([whole], words) if len(words) > 1 else ([whole],):
                for entity_id, exact in islice(lines.find(wanted), each):
                    hits.setdefault(entity_id, exact)
            found[kind] = tuple(Found(kind, i, e) for i, e in islice(hits.items(), each))
        return found


def _columns(table: Table) -> tuple[NDArray[np.object_], ...]:
    hidden = ("merged_into",) if table.kind is Kind.SITE else ()
    return tuple(table[name] for name in (*FIELDS[table.kind], *hidden))


def _line(fields: Sequence[object]) -> str:
    names = (_BREAKS.sub(" ", field) for field in fields if isinstance(field, str) and field)
    return _FIELD + _FIELD.join(names) + _FIELD


def _line_starts(text: str) -> NDArray[np.int64]:
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return np.flatnonzero(letters == ord(_ROW)).astype(np.int64)
