"""The scoreboard itself: a figure for each unit and measure, with the ids of the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.scoreboard.measures import Measure, RowRef
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel

DIGITS: Final = {AdminLevel.PROVINCE: 2, AdminLevel.DISTRICT: 4, AdminLevel.COMMUNE: 6}
"""Length of the NCDD code of a unit of each level that the scoreboard can be made by."""


class Origin(StrEnum):
    """Where the figures come from."""

    PLAN = "plan"
    RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Period:
    """Days that count, both included.

    Attributes:
        first: None is since the beginning, and then rows without a day count too.
        last: Also the day up to which "days since the last action" is counted.
    """

    first: date | None
    last: date

    def holds(self, day: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Return which days count, shape ``(n,)``."""
        inside = day <= np.datetime64(self.last, "D")
        if self.first is None:
            return inside | np.isnat(day)
        return inside & (day >= np.datetime64(self.first, "D"))


def year_of(year: int, last: date) -> Period:
    """Return a calendar year, or as much of it as is over by `last`."""
    return Period(date(year, 1, 1), min(date(year, 12, 31), last))


@dataclass(frozen=True, slots=True, eq=False)
class Behind:
    """The rows behind one measure's figures, sorted by unit.

    Attributes:
        kind: Of the rows.
        ids: Object array.
        start: The rows of unit ``i`` are ``ids[start[i]:start[i + 1]]``, shape ``(units + 1,)``.
    """

    kind: Kind
    ids: NDArray[np.object_]
    start: NDArray[np.int64]

    def of(self, unit: int) -> tuple[RowRef, ...]:
        """Return the rows behind a unit's figure."""
        part = self.ids[self.start[unit] : self.start[unit + 1]]
        return tuple(RowRef(self.kind, str(i)) for i in part.tolist())


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Scoreboard:
    """Figures by unit.

    Attributes:
        level: Of the units.
        period: What counts.
        origin: The plan's registers, or monthly returns.
        units: NCDD codes in order. A code shorter than its level's is a remainder: what is known
            only by that district or province, or by no unit at all (empty).
        values: Measure → int64, shape ``(n,)``; without meaning where not known.
        known: Measure → bool, shape ``(n,)``. Not known is "none known", or for returns "not
            reported", and never zero.
        behind: Measure → rows behind the figures.
        last_action: Day of the last real step up to the period's end, ``datetime64[D]``, shape
            ``(n,)``; NaT where none is known.
        acted: The row of that step for each unit, or None.
        seen_until: Day up to which it is known whether anything was done, shape ``(n,)``: the
            period's end, for returns the end of the last month that a province reports of.
        undated: Measure → rows without a day, left out because the period has a beginning.
        no_return: Codes of provinces without any return in the period; empty for a plan's own
            registers.
        months: Province → months with a return; for returns only.
    """

    level: AdminLevel
    period: Period
    origin: Origin
    units: tuple[str, ...]
    values: Mapping[Measure, NDArray[np.int64]]
    known: Mapping[Measure, NDArray[np.bool_]]
    behind: Mapping[Measure, Behind]
    last_action: NDArray[np.datetime64]
    acted: tuple[RowRef | None, ...]
    seen_until: NDArray[np.datetime64]
    undated: Mapping[Measure, int] = field(default_factory=dict)
    no_return: tuple[str, ...] = ()
    months: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    def figure(self, measure: Measure, unit: int) -> int | None:
        """Return a figure, or None where it is not known."""
        return int(self.values[measure][unit]) if self.known[measure][unit] else None

    def rows(self, measure: Measure, unit: int) -> tuple[RowRef, ...]:
        """Return the rows behind a figure."""
        return self.behind[measure].of(unit)

    def total(self, measure: Measure) -> int | None:
        """Return the sum of what is known, or None where nothing is."""
        known = self.known[measure]
        return int(self.values[measure][known].sum()) if known.any() else None

    def is_remainder(self, unit: int) -> bool:
        """Tell whether a row is of what is known only by a coarser unit, or by none."""
        return len(self.units[unit]) < DIGITS[self.level]

    def days_since(self, unit: int) -> int | None:
        """Return the days from the last action to `seen_until`; None if there is none."""
        last = self.last_action[unit]
        if np.isnat(last):
            return None
        return int((self.seen_until[unit] - last) / np.timedelta64(1, "D"))

    def gaps(self) -> dict[str, tuple[date, ...]]:
        """Return provinces with returns of some months and not of others, with those others.

        A month counts if any province has a return of it.
        """
        every = sorted({month for months in self.months.values() for month in months})
        found = {p: tuple(m for m in every if m not in mine) for p, mine in self.months.items()}
        return {p: missing for p, missing in found.items() if missing}


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """A unit with allegations in which nothing was done for long.

    Attributes:
        unit: Its place among `Scoreboard.units`.
        days: Since the last action; None is that no action is known at all.
        reported: Allegations of the period.
        open: Allegations that are open; None where it is not known.
    """

    unit: int
    days: int | None
    reported: int
    open: int | None


def no_action(board: Scoreboard, days: int) -> tuple[Idle, ...]:
    """Return the units with allegations in which no real step was taken for `days` days or more.

    Those without any known action come first, then the longest idle. Units without a known
    allegation are not in the list, for "none known" is no reproach; nor are remainders, of which
    nobody can tell what was done. A province without a return is not in it either: it stands in
    `Scoreboard.no_return`.

    Args:
        board: Any scoreboard.
        days: Chosen by the user, at least 1.
    """
    found = []
    for unit in range(len(board.units)):
        since = board.days_since(unit)
        reported, still = board.figure(Measure.REPORTED, unit), board.figure(Measure.OPEN, unit)
        alleged = bool(reported or still)
        if board.is_remainder(unit) or not alleged or (since is not None and since < days):
            continue
        found.append(Idle(unit=unit, days=since, reported=reported or 0, open=still))
    far = timedelta.max.days
    return tuple(
        sorted(found, key=lambda i: (-(far if i.days is None else i.days), -i.reported, i.unit))
    )
