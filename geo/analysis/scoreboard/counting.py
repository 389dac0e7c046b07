"""Counting a plan's registers by unit, all rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.scoreboard.board import DIGITS, Behind, Origin, Period, Scoreboard
from geo.analysis.scoreboard.measures import MEASURES, STOCK, RowRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geo.analysis.scoreboard.reading import Entries, Registers
    from geo.model.vocabulary import AdminLevel

_COARSER = (4, 2, 0)


def count(
    registers: Registers,
    level: AdminLevel,
    period: Period,
    *,
    units: Iterable[str] = (),
    within: str = "",
) -> Scoreboard:
    """Count by district, commune or province. 100,000 allegations take some 0.1 s.

    An allegation that is known only by its district is counted there; by commune it stands in a row
    of its own, the district's, so that the rows always add up to everything.

    Args:
        registers: See `read_registers`.
        level: Province, district or commune.
        period: Which days count.
        units: Codes that get a row even if nothing is known of them.
        within: Count only what lies in this unit (a beginning of the code); empty is everywhere.
    """
    keys = _Keys(level, units, within)
    placed = {measure: keys.of(entries) for measure, entries in registers.entries.items()}
    acts = [(entries, keys.of(entries)) for entries in registers.acts]
    order = keys.order()
    size = len(order)
    place = np.argsort(order)
    whole = Period(None, period.last)
    values, known, behind, undated = {}, {}, {}, {}
    for measure in MEASURES:
        entries, key = registers.entries[measure], placed[measure]
        mine = key >= 0
        counted = mine & (whole if measure in STOCK else period).holds(entries.day)
        row = place[key[counted]]
        value = entries.value[counted]
        values[measure] = np.bincount(row, weights=value, minlength=size).astype(np.int64)
        known[measure] = np.bincount(row, minlength=size) > 0
        behind[measure] = _behind(entries, counted, row, size, nothing=value == 0)
        # What has no day is in no period that has a beginning.
        if (
            period.first
            and measure not in STOCK
            and (missing := int((mine & np.isnat(entries.day)).sum()))
        ):
            undated[measure] = missing
    last, acted = _last_actions(acts, place, period, size)
    codes = keys.codes()
    return Scoreboard(
        level=level,
        period=period,
        origin=Origin.PLAN,
        units=tuple(codes[i] for i in order.tolist()),
        values=values,
        known=known,
        behind=behind,
        last_action=last,
        acted=acted,
        seen_until=np.full(size, np.datetime64(period.last, "D")),
        undated=undated,
    )


class _Keys:
    """Gives each code the row in which it is counted; asked once per code, not once per row."""

    def __init__(self, level: AdminLevel, units: Iterable[str], within: str) -> None:
        self._digits, self._within = DIGITS[level], within
        self._places: dict[str, int] = {}
        for code in units:
            self._places.setdefault(code, len(self._places))

    def of(self, entries: Entries) -> NDArray[np.int64]:
        """Return the row of each entry, -1 for what lies elsewhere, shape ``(n,)``."""
        return np.array([self._row(c) for c in entries.codes], dtype=np.int64)[entries.unit]

    def _row(self, code: str) -> int:
        if not code.startswith(self._within):
            return -1
        held = (
            self._digits
            if len(code) >= self._digits
            else next(n for n in _COARSER if n <= len(code))
        )
        return self._places.setdefault(code[:held], len(self._places))

    def codes(self) -> list[str]:
        return list(self._places)

    def order(self) -> NDArray[np.int64]:
        """Units by their code, each remainder after the units that it is the rest of."""
        codes = self.codes()
        last = "~"  # sorts after every digit
        keys = [c if len(c) == self._digits else c + last for c in codes]
        return np.array(sorted(range(len(codes)), key=keys.__getitem__), dtype=np.int64)


def _behind(
    entries: Entries,
    counted: NDArray[np.bool_],
    row: NDArray[np.int64],
    size: int,
    *,
    nothing: NDArray[np.bool_],
) -> Behind:
    """Sort the rows that bring something by their unit."""
    ids, row = entries.ids[counted][~nothing], row[~nothing]
    order = np.argsort(row, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=size))]).astype(np.int64)
    return Behind(entries.kind, ids[order], start)


def _last_actions(
    acts: Sequence[tuple[Entries, NDArray[np.int64]]],
    place: NDArray[np.int64],
    period: Period,
    size: int,
) -> tuple[NDArray[np.datetime64], tuple[RowRef | None, ...]]:
    last = np.full(size, np.datetime64("NaT"), dtype="datetime64[D]")
    acted: list[RowRef | None] = [None] * size
    until = np.datetime64(period.last, "D")
    for entries, key in acts:
        seen = np.flatnonzero((key >= 0) & (entries.day <= until))
        row = place[key[seen]]
        # Sorted by day within a unit: of several values for one place the last is kept.
        seen = seen[np.lexsort((entries.day[seen], row))]
        newest = np.full(size, -1, dtype=np.int64)
        newest[place[key[seen]]] = seen
        for unit in np.flatnonzero(newest >= 0).tolist():
            day = entries.day[newest[unit]]
            if np.isnat(last[unit]) or day > last[unit]:
                last[unit] = day
                acted[unit] = RowRef(entries.kind, str(entries.ids[newest[unit]]))
    return last, tuple(acted)
