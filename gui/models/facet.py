"""One column of many rows, ready to be sorted and filtered: each distinct value only once.

A hundred thousand rows have eight legal statuses: what is worded, folded and compared is the eight.
Everything that goes over many values is a generator of short steps, so that the window can draw
between them; see `gui.models.slices`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.localise import latin_digits
from gui.models.column import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from gui.models.column import ColumnSpec

CHUNK: Final = 4096
"""Rows of one step: two to five milliseconds."""
_NO_WIDTH: Final = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")


def folded(text: str) -> str:
    """Return a text as it is searched: without case, zero-width spaces and kinds of digits.

    Khmer writes no spaces between words; some put zero-width ones there, and nobody sees them.
    """
    if text.isascii():
        return text.lower()
    for sign in _NO_WIDTH:
        if sign in text:
            text = text.replace(sign, "")
    return latin_digits(text).casefold()


def sorted_in_steps(count: int, key: Callable[[int], Any]) -> Iterator[list[int] | None]:
    """Sort ``range(count)`` in short steps; the last thing that is yielded is the order."""
    runs: list[list[int]] = []
    for start in range(0, count, CHUNK):
        runs.append(sorted(range(start, min(start + CHUNK, count)), key=key))
        yield None
    while len(runs) > 1:
        merged = []
        for i in range(0, len(runs), 2):
            pair = runs[i] + (runs[i + 1] if i + 1 < len(runs) else [])
            pair.sort(key=key)  # two runs in order: the sort only merges them
            merged.append(pair)
            yield None
        runs = merged
    yield runs[0] if runs else []


class Facet:
    """The values of one column.

    Attributes:
        spec: The column.
        words: Its distinct values, in the order in which they were met.
        codes: Index into `words` for each row, shape ``(n,)``.
        numbers: The values themselves where they are measured numbers (NaN is unknown), else None.
    """

    def __init__(self, spec: ColumnSpec) -> None:
        self.spec = spec
        self.words: list[Any] = []
        self.codes: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self.numbers: NDArray[np.float64] | None = None
        self._index: dict[Any, int] = {}
        self._texts: list[str] = []
        self._folded: list[str] = []
        self._ranks: NDArray[np.int32] = np.zeros(0, dtype=np.int32)

    def __len__(self) -> int:
        """Return the number of rows that are in it."""
        return len(self.codes)

    # --- rows -------------------------------------------------------------------------------------

    def fill(self, plan: PlanRows, table: Table) -> Iterator[None]:
        """Take in the rows that are not in it yet."""
        while len(self) < len(table):  # somebody else may be filling it between the steps
            rows = np.arange(len(self), min(len(self) + CHUNK, len(table)))
            codes, numbers = self._coded(plan, table, rows)
            self.codes = np.concatenate([self.codes, codes])
            if numbers is not None:
                before = np.zeros(0) if self.numbers is None else self.numbers
                self.numbers = np.concatenate([before, numbers])
            yield

    def update(self, plan: PlanRows, table: Table, rows: NDArray[np.int64]) -> None:
        """Take in other values of a few rows."""
        rows = rows[rows < len(self)]
        if not len(rows):
            return
        codes, numbers = self._coded(plan, table, rows)
        self.codes = self.codes.copy()
        self.codes[rows] = codes
        if numbers is not None and self.numbers is not None:
            self.numbers = self.numbers.copy()
            self.numbers[rows] = numbers

    def _coded(
        self, plan: PlanRows, table: Table, rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.float64] | None]:
        values = self.spec.values(plan, table, rows)
        if isinstance(values, np.ndarray) and values.dtype == np.float64:
            return np.zeros(len(rows), dtype=np.int32), values
        index, numbers = self._index, None
        codes = np.fromiter(
            (index.setdefault(v, len(index)) for v in values), np.int32, count=len(rows)
        )
        if len(index) > len(self.words):
            self.words.extend(list(index)[len(self.words) :])
        if self.spec.form is Form.NUMBER:
            numbers = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
        return codes, numbers

    # --- words ------------------------------------------------------------------------------------

    def reword(self) -> None:
        """Forget all texts: the language is another."""
        self._texts, self._folded, self._ranks = [], [], np.zeros(0, dtype=np.int32)

    def text(self, code: int) -> str:
        """Return the text of a word."""
        if code < len(self._texts):
            return self._texts[code]
        return self.spec.shown(self.words[code])

    def wording(self) -> Iterator[None]:
        """Word and fold what is not worded yet; numbers are found by their range instead."""
        if self.numbers is not None and not self.words:
            return
        shown = self.spec.shown
        while len(self._texts) < len(self.words):
            start = len(self._texts)
            texts = [shown(word) for word in self.words[start : start + CHUNK]]
            self._texts.extend(texts)
            self._folded.extend(map(folded, texts))
            yield

    def matching(self, needle: str) -> NDArray[np.bool_]:
        """Return which rows have a folded text in theirs; `wording` must be done."""
        if not self.words:
            return np.zeros(len(self), dtype=bool)
        hit = np.fromiter((needle in t for t in self._folded), bool, count=len(self._folded))
        found: NDArray[np.bool_] = hit[self.codes]
        return found

    def empty(self) -> NDArray[np.bool_]:
        """Return which rows have no value."""
        if self.numbers is not None:
            return np.isnan(self.numbers)
        nothing = np.fromiter((w is None or w == "" for w in self.words), bool, len(self.words))
        return nothing[self.codes] if len(self.words) else np.zeros(len(self), dtype=bool)

    def parts(self, word: Any) -> Sequence[Any]:  # noqa: ANN401 - a cell
        """Return the choices that a word holds: itself, unless it holds several."""
        parts = self.spec.parts(word) if self.spec.parts is not None else (word,)
        return parts or (word,)

    def counts(self, rows: NDArray[np.int64]) -> list[tuple[Any, int]]:
        """Return how often each word stands in some rows: choices in their order, else the most."""
        found = np.bincount(self.codes[rows], minlength=len(self.words))
        tally: dict[Any, int] = {}
        for word, n in zip(self.words, found.tolist(), strict=True):
            if n:
                for part in self.parts(word):
                    tally[part] = tally.get(part, 0) + n
        pairs = list(tally.items())
        order = {word: place for place, word in enumerate(self.spec.order)}
        if order:
            return sorted(pairs, key=lambda p: order.get(p[0], len(order)))
        return sorted(pairs, key=lambda p: -p[1])

    # --- order ------------------------------------------------------------------------------------

    def ranking(self) -> Iterator[None]:
        """Find the place of each word among all, if a new one came."""
        if self.numbers is not None or len(self._ranks) == len(self.words):
            return
        order = {word: place for place, word in enumerate(self.spec.order)}
        if order:
            self._ranks = np.array([order.get(w, len(order)) for w in self.words], dtype=np.int32)
        elif self.spec.form is Form.DATE:
            yield from self._ranked([w or "" for w in self.words])
        else:
            yield from self.wording()
            yield from self._ranked(self._folded)

    def _ranked(self, keys: list[str]) -> Iterator[None]:
        order: list[int] = []
        for step in sorted_in_steps(len(keys), keys.__getitem__):
            order = step if step is not None else order
            yield
        ranks = np.empty(len(keys), dtype=np.int32)
        ranks[order] = np.arange(len(keys), dtype=np.int32)
        self._ranks = ranks

    def keys(self, *, ascending: bool) -> NDArray[Any]:
        """Return a number to sort each row by; rows without a value come last either way."""
        keys: NDArray[np.float64]
        if self.numbers is not None:
            keys = self.numbers if ascending else -self.numbers
        else:
            ranks = self._ranks.astype(np.float64)
            keys = (ranks if ascending else -ranks)[self.codes] if len(ranks) else np.zeros(0)
        keys = keys.copy()
        keys[self.empty()] = np.inf
        return keys
