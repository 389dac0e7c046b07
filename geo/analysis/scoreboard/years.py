"""Year against year: the ministry's own figures first, then what the plan or the returns hold."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.scoreboard.board import Origin, Scoreboard, year_of
from geo.analysis.scoreboard.measures import MEASURES, Measure, RowRef

if TYPE_CHECKING:
    from geo.analysis.scoreboard.board import Period
    from geo.analysis.scoreboard.reading import Registers


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A period with its figures.

    Attributes:
        first: First day, or None where the source names no period.
        last: Last day, or None.
        told_in: First day of the month in which a figure without a period was told.
        source: Code of a baseline's source; empty for what was counted here.
        figures: What is given or known; a measure that is not in it is not given, or none known.
        board: What the figures were counted by, with the rows behind them; None for a baseline.
        unfinished: The year is not over.
        returns: How many monthly returns it is the sum of; None for anything else.
    """

    first: date | None
    last: date | None
    told_in: date | None = None
    source: str = ""
    figures: Mapping[Measure, int]
    board: Scoreboard | None = None
    unfinished: bool = False
    returns: int | None = None

    def rows(self, measure: Measure) -> tuple[RowRef, ...]:
        """Return the rows behind a figure that was counted here."""
        board = self.board
        if board is None:
            return ()
        return tuple(r for unit in range(len(board.units)) for r in board.rows(measure, unit))


@cache
def baselines() -> tuple[YearRow, ...]:
    """Return the ministry's own figures, of the whole country, a row for each period.

    Source: ``resources/baselines/ministry.csv``; its README says what each column is.
    """
    text = (files("resources") / "baselines" / "ministry.csv").read_text(encoding="utf-8")
    periods: dict[tuple[str, str, str, str], dict[Measure, int]] = {}
    for row in csv.DictReader(text.splitlines()):
        key = (row["first"], row["last"], row["told_in"], row["source"])
        periods.setdefault(key, {})[Measure(row["measure"])] = int(row["value"])
    return tuple(
        YearRow(
            first=_day(first),
            last=_day(last),
            told_in=_day(f"{told_in}-01" if told_in else ""),
            source=source,
            figures=figures,
        )
        for (first, last, told_in, source), figures in sorted(
            periods.items(), key=lambda item: (not item[0][0], item[0][1], item[0][0])
        )
    )


def year_rows(boards: Callable[[Period], Scoreboard], years: range, last: date) -> list[YearRow]:
    """Return a row for each year, oldest first, without the baselines.

    Args:
        boards: Makes the scoreboard of a period; its totals are taken.
        years: Which.
        last: The last day that counts; a year that holds it is unfinished.
    """
    return [_year(boards(year_of(year, last)), year, last) for year in years]


def years_in(registers: Registers, last: date) -> range:
    """Return the years from the first row of the registers to `last`; at most the last ten."""
    days = [entries.day[~np.isnat(entries.day)] for entries in registers.entries.values()]
    found = [int(d.min().astype("datetime64[Y]").astype(int)) + 1970 for d in days if len(d)]
    return range(max(min(found, default=last.year), last.year - 9), last.year + 1)


def _year(board: Scoreboard, year: int, last: date) -> YearRow:
    figures = {m: total for m in MEASURES if (total := board.total(m)) is not None}
    period = board.period
    return YearRow(
        first=period.first,
        last=period.last,
        figures=figures,
        board=board,
        unfinished=year == last.year and last < date(year, 12, 31),
        returns=sum(map(len, board.months.values())) if board.origin is Origin.RETURNS else None,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
