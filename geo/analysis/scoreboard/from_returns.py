"""The scoreboard by province from monthly returns, without any province's plan.

A figure is the sum of what the returns of the period say; "open" is what the last of them says. A
province without a return in the period has no figure at all, and stands in a list of its own. Of a
return that says nothing to a column ("not reported") nothing is taken. Days since the last action
are counted to the end of the last month that a province reports of: what it did since nobody knows.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.scoreboard.board import Behind, Origin, Scoreboard
from geo.analysis.scoreboard.measures import FIELDS, MEASURES, STOCK, Measure, RowRef
from geo.edit.returns import end_of
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geo.analysis.scoreboard.board import Period
    from geo.model.result import MonthlyReturn

_ACTS = ("inspected", "rescued", "suspects", "cases", "fines_riel")


def board_of_returns(
    returns: Iterable[MonthlyReturn], provinces: Sequence[str], period: Period
) -> Scoreboard:
    """Set provinces side by side.

    Args:
        returns: Only those that count: one of each province and month (see `geo.returns.standing`).
        provinces: NCDD codes, each of which gets a row.
        period: A return counts if its month begins within it.
    """
    by_province: dict[str, list[MonthlyReturn]] = defaultdict(list)
    for one in returns:
        if (period.first is None or one.month >= period.first) and one.month <= period.last:
            by_province[one.province_code].append(one)
    found = [sorted(by_province[p], key=lambda r: r.month) for p in provinces]
    figures = {m: [_figure(m, mine) for mine in found] for m in MEASURES}
    last, acted = _last_actions(found)
    return Scoreboard(
        level=AdminLevel.PROVINCE,
        period=period,
        origin=Origin.RETURNS,
        units=tuple(provinces),
        values={m: np.array([v or 0 for v, _ in f], dtype=np.int64) for m, f in figures.items()},
        known={m: np.array([v is not None for v, _ in f], dtype=bool) for m, f in figures.items()},
        behind={m: _behind([ids for _, ids in f]) for m, f in figures.items()},
        last_action=last,
        acted=acted,
        seen_until=np.array(
            [min(end_of(r[-1].month), period.last) if r else period.last for r in found],
            dtype="datetime64[D]",
        ),
        no_return=tuple(p for p, mine in zip(provinces, found, strict=True) if not mine),
        months={
            p: tuple(r.month for r in mine)
            for p, mine in zip(provinces, found, strict=True)
            if mine
        },
    )


def _figure(measure: Measure, mine: Sequence[MonthlyReturn]) -> tuple[int | None, list[str]]:
    """Return a figure and the ids of the returns that it is made of."""
    name = FIELDS.get(measure)
    if name is None:
        return None, []
    told = [(r.id, getattr(r, name)) for r in mine if getattr(r, name) is not None]
    if measure in STOCK:
        told = told[-1:]
    return (sum(n for _, n in told), [i for i, _ in told]) if told else (None, [])


def _behind(ids: Sequence[Sequence[str]]) -> Behind:
    flat = np.array([i for mine in ids for i in mine], dtype=object)
    start = np.concatenate([[0], np.cumsum([len(mine) for mine in ids])]).astype(np.int64)
    return Behind(Kind.RETURN, flat, start)


def _last_actions(
    found: Sequence[Sequence[MonthlyReturn]],
) -> tuple[np.ndarray[tuple[int], np.dtype[np.datetime64]], tuple[RowRef | None, ...]]:
    last = np.full(len(found), np.datetime64("NaT"), dtype="datetime64[D]")
    acted: list[RowRef | None] = [None] * len(found)
    for place, mine in enumerate(found):
        days = [(day, r.id) for r in mine if (day := _acted_on(r)) is not None]
        if days:
            day, which = max(days)
            last[place], acted[place] = np.datetime64(day, "D"), RowRef(Kind.RETURN, which)
    return last, tuple(acted)


def _acted_on(one: MonthlyReturn) -> date | None:
    """Return the day of the last action that a return tells of.

    Without a day of its own, but with something done, it is the first of the month: the latest day
    that nobody can dispute would need more than the return says.
    """
    if one.last_action_on is not None:
        return one.last_action_on
    return one.month if any(getattr(one, name) for name in _ACTS) else None
