"""How much came in month by month: what the time strip draws."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geo.clock import today
from layers.coded import coded

if TYPE_CHECKING:
    from geo.model.table import Table

LEAST_MONTHS = 24
"""A plan of a few days still has room in which to choose."""
MOST_MONTHS = 30 * 12
"""A wrong year in a register would squeeze all the others into a pixel."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts of each month up to the present one.

    Attributes:
        first: The first month, see `month_of`.
        allegations: Received in each month, shape ``(n,)``.
        decisions: Decided in each month, shape ``(n,)``.
    """

    first: int
    allegations: NDArray[np.int64]
    decisions: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of months."""
        return len(self.allegations)

    @property
    def start(self) -> date:
        """The first day."""
        return first_day(self.first)

    @property
    def end(self) -> date:
        """The last day of the last month."""
        return last_day(self.first + len(self) - 1)

    def share_of(self, day: date) -> float:
        """Return where a day lies: 0 at the start of the first month, 1 at the end of the last."""
        month = month_of(day)
        length = calendar.monthrange(day.year, day.month)[1]
        return (month - self.first + (day.day - 0.5) / length) / len(self)

    def day_at(self, share: float) -> date:
        """Return the day at a share of the width, never outside and never ahead of today."""
        place = min(max(share, 0.0), 1.0) * len(self)
        month = min(int(place), len(self) - 1)
        first = first_day(self.first + month)
        length = calendar.monthrange(first.year, first.month)[1]
        day = min(int((place - month) * length) + 1, length)
        return min(first.replace(day=day), today())

    def counts_of(self, day: date) -> tuple[int, int]:
        """Return how many allegations and decisions the month of a day has."""
        place = month_of(day) - self.first
        if not 0 <= place < len(self):
            return 0, 0
        return int(self.allegations[place]), int(self.decisions[place])


def timeline(allegations: Table, decisions: Table) -> Timeline:
    """Return the counts of a plan's allegations by receipt and decisions by their day."""
    last = month_of(today())
    both = [
        _months(table[column], last)
        for table, column in ((allegations, "received_on"), (decisions, "decided_on"))
    ]
    first = min((int(found.min()) for found in both if len(found)), default=last)
    first = max(min(first, last - LEAST_MONTHS + 1), last - MOST_MONTHS + 1)
    counts = [
        np.bincount(found[found >= first] - first, minlength=last - first + 1) for found in both
    ]
    return Timeline(first, counts[0].astype(np.int64), counts[1].astype(np.int64))


def _months(column: NDArray[Any], last: int) -> NDArray[np.int64]:
    """Return the month of each row that has a day, none of them ahead of the last."""
    days = coded(column)
    months = np.fromiter(
        (int(v[:4]) * 12 + int(v[5:7]) - 1 if v else -1 for v in days.values),
        dtype=np.int64,
        count=len(days.values),
    )
    if not len(months):
        return months
    found = months[days.codes]
    known: NDArray[np.int64] = found[(found >= 0) & (found <= last)]
    return known


def month_of(day: date) -> int:
    """Return a month as a number that counts on over the years."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """Return the last day of a month."""
    first = first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month_before(day: date) -> date:
    """Return the last day of the month before: what a step back shows."""
    return last_day(month_of(day) - 1)


def month_after(day: date) -> date:
    """Return the last day of this month, or of the next one if it is that already; never ahead."""
    end = last_day(month_of(day))
    return min(end if day < end else last_day(month_of(day) + 1), today())
