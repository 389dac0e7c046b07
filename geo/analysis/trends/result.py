"""What is asked of a trend, and what is found."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.evidence import LeftOut

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

MIN_MONTHS: Final = 10
"""Months below which no trend is told: Kendall's normal approximation begins to hold there."""
TEST_LEVEL: Final = 0.05
MIN_N: Final = 12
"""Allegations below which no trend is told."""


class By(StrEnum):
    """What the lines of a trend are."""

    ALL = "all"
    KIND = "kind"
    GRADE = "grade"
    PROVINCE = "province"
    DISTRICT = "district"


class GradeClass(StrEnum):
    """Classes of the Admiralty grade as the map draws them; what cannot be judged is neutral."""

    GOOD = "good"
    BELOW = "below"
    NEUTRAL = "neutral"


class Direction(StrEnum):
    """Where a line goes at the level of 5 %; `UNTOLD` is no answer, and never "steady"."""

    RISING = "rising"
    FALLING = "falling"
    NONE = "none"
    UNTOLD = "untold"


class Refusal(StrEnum):
    """Why no trend is told of a line."""

    FEW_MONTHS = "few_months"
    FEW_ROWS = "few_rows"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Line:
    """The counts of one group.

    Attributes:
        key: Value of the kind or class, code of the unit; empty for all, and for units that are
            none of those shown.
        counts: Allegations received in each month, shape ``(n,)``.
        low: Lower ends of their intervals, shape ``(n,)``.
        high: Upper ends.
        tested: Allegations of the whole months of which something is known.
        tau: Kendall's tau over whole months of which something is known; NaN without a test.
        p: Two-sided, of Mann's test; NaN without one.
        slope: Sen's median slope, allegations per month more each year; NaN without a test.
        refusal: Why there is no test.
    """

    key: str
    counts: IntArray
    low: FloatArray
    high: FloatArray
    tested: int = 0
    tau: float = math.nan
    p: float = math.nan
    slope: float = math.nan
    refusal: Refusal | None = None

    @property
    def n(self) -> int:
        """All of its allegations."""
        return int(self.counts.sum())

    @property
    def direction(self) -> Direction:
        """Where it goes, as far as the test can tell."""
        if math.isnan(self.p):
            return Direction.UNTOLD
        if self.p > TEST_LEVEL:
            return Direction.NONE
        return Direction.RISING if self.tau > 0 else Direction.FALLING


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Trends:
    """Counts by month.

    Attributes:
        by: What the lines are.
        first: The first month, counted from the year 0 (``year * 12 + month - 1``).
        known: Whether anything is known of each month, shape ``(m,)``; what is not known is no 0.
        partial: The last month is not over.
        lines: The lines, the largest first.
        n: Allegations counted; with several kinds each is in several lines.
        undated: Allegations that would count but whose day of receipt nobody noted.
        ahead: Allegations whose day lies after the map's.
        no_unit: Allegations whose unit of that level is not known: in no line by unit.
        others: How many units are not shown by a line of their own.
        left_out: Reason → allegations that do not count.
        grades: Grade → how many of those counted, in the order of the scale.
        level: Of the intervals.
    """

    by: By
    first: int
    known: BoolArray
    partial: bool
    lines: tuple[Line, ...]
    n: int
    undated: int
    ahead: int
    no_unit: int
    others: int
    left_out: dict[LeftOut, int]
    grades: dict[str, int]
    level: float

    def __len__(self) -> int:
        """Return the number of months."""
        return len(self.known)

    @property
    def neutral(self) -> int:
        """How many of those counted have a grade that nobody could judge."""
        return sum(n for grade, n in self.grades.items() if grade[0] == "F" or grade[1] == "6")

    @property
    def unknown(self) -> tuple[tuple[int, int], ...]:
        """Stretches of months of which nothing is known, first and last of each."""
        edges = np.diff(np.concatenate(([0], (~self.known).astype(np.int8), [0])))
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
        return tuple(zip(starts.tolist(), ends.tolist(), strict=True))
