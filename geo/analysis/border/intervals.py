"""On which days of a period a crossing was open; its closed days are no quiet days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from geo.model.place import BorderCrossing

BoolArray = NDArray[np.bool_]
Days = NDArray[np.datetime64]


def open_mask(crossing: BorderCrossing, since: date, until: date) -> BoolArray:
    """Return which days of a period a crossing was open, both ends included.

    A crossing of which no interval is known counts as open: nobody said that it closed.
    """
    count = (until - since).days + 1
    if not crossing.open_intervals:
        return np.ones(count, dtype=bool)
    mask = np.zeros(count, dtype=bool)
    for interval in crossing.open_intervals:
        first = 0 if interval.since is None else (interval.since - since).days
        last = count if interval.until is None else (interval.until - since).days + 1
        mask[max(first, 0) : max(last, 0)] = True
    return mask


def months_of(since: date, until: date) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of each calendar month of a period, cut to it."""
    found = []
    first = since
    while first <= until:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        found.append((first, min(following - timedelta(days=1), until)))
        first = following
    return tuple(found)


def month_numbers(day: Days, since: date) -> NDArray[np.int64]:
    """Return in which month of a period, from 0, each day lies."""
    months = day.astype("datetime64[M]").astype(np.int64)
    first = (since.year - 1970) * 12 + since.month - 1
    counted: NDArray[np.int64] = months - first
    return counted
