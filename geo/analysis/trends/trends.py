"""Counting allegations by the month in which they came in.

A month is known if anything at all came in then, or if a return of the plan's province says that
nothing did. Of every other month nobody can tell "none" from "not entered": it is no zero, and no
test takes it for one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.analysis.border.trend import mann_kendall
from geo.analysis.columns import CREDIBILITIES, RELIABILITIES, days
from geo.analysis.evidence import Counting, Evidence, LeftOut, evidence
from geo.analysis.trends.poisson import LEVEL, exact_interval
from geo.analysis.trends.result import (
    MIN_MONTHS,
    MIN_N,
    BoolArray,
    By,
    FloatArray,
    GradeClass,
    IntArray,
    Line,
    Refusal,
    Trends,
)
from geo.model.allegation import at_least
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationKind

if TYPE_CHECKING:
    from datetime import date

    from geo.edit.reading import PlanRows

MOST_LINES: Final = 8
MOST_MONTHS: Final = 30 * 12
"""A wrong year in a register would squeeze all the others into a pixel; what is older is told."""
DIGITS: Final = {By.PROVINCE: 2, By.DISTRICT: 4}
MONTHS: Final = 12


class _Group(NamedTuple):
    key: str
    rows: BoolArray


def trends(plan: PlanRows, by: By, on: date, *, most: int = MOST_LINES) -> Trends:
    """Return the counts of a plan's allegations by month of receipt, in groups.

    Duplicates count once; what was found unsubstantiated or insufficient does not count. Any thread
    may ask.

    Args:
        plan: The plan, or what the lens shows of it.
        by: What the lines are.
        on: The day of the map: its month is the last one.
        most: Lines at most; of units the others are one line together.
    """
    found = evidence(plan, Counting(placeless=True))
    month = _months(found.received)
    last = on.year * MONTHS + on.month - 1
    dated = month > 0
    # The day itself, not the month alone: what is dated after the map's day has not come in yet.
    ahead = dated & (found.received > np.datetime64(on))
    kept = dated & ~ahead
    first = max(int(month[kept].min(initial=last)), last - MOST_MONTHS + 1)
    older = kept & (month < first)
    kept &= ~older
    counted = found.only(kept)
    place = month[kept] - first
    known = _known(plan, first, last)
    groups, others, no_unit = _groups(counted, by, most)
    lines = tuple(_line(g, place, known, partial=_is_partial(on)) for g in groups)
    return Trends(
        by=by,
        first=first,
        known=known,
        partial=_is_partial(on),
        lines=lines,
        n=len(counted),
        undated=int((~dated).sum()),
        ahead=int(ahead.sum()),
        no_unit=no_unit,
        others=others,
        left_out=found.left_out_counts
        | ({LeftOut.OTHER_PERIOD: int(older.sum())} if older.any() else {}),
        grades=counted.grade_mix,
        level=LEVEL,
    )


def _months(received: np.ndarray) -> IntArray:
    """Return months counted from the year 0, 0 where no day is known."""
    found = received.astype("datetime64[M]").astype(np.int64) + 1970 * MONTHS
    return np.where(np.isnat(received), 0, found)


def _is_partial(on: date) -> bool:
    """Tell whether the month of a day goes on after it."""
    return (on + timedelta(days=1)).month == on.month


def _known(plan: PlanRows, first: int, last: int) -> BoolArray:
    """Return of which months anything is known, shape ``(last - first + 1,)``."""
    known = np.zeros(last - first + 1, dtype=bool)
    every = _months(days(plan.table(Kind.ALLEGATION)["received_on"]))
    known[every[(every >= first) & (every <= last)] - first] = True
    returns = plan.table(Kind.RETURN)
    own = plan.info.province_code
    for code, month, reported in zip(
        returns["province_code"], returns["month"], returns["reported"], strict=True
    ):
        if code == own and reported == 0 and month:
            place = int(month[:4]) * MONTHS + int(month[5:7]) - 1 - first
            if 0 <= place < len(known):
                known[place] = True
    return known


def _groups(rows: Evidence, by: By, most: int) -> tuple[list[_Group], int, int]:
    """Return groups, the largest first, how many are together in one, and how many are in none."""
    if by is By.ALL:
        return [_Group("", np.ones(len(rows), dtype=bool))], 0, 0
    if by is By.KIND:
        found = [_Group(kind.value, rows.of_kind(kind)) for kind in AllegationKind]
    elif by is By.GRADE:
        classes = _grade_classes(rows)
        return [_Group(c.value, classes == i) for i, c in enumerate(GradeClass)], 0, 0
    else:
        return _units(rows, DIGITS[by], most)
    found = sorted((g for g in found if g.rows.any()), key=lambda g: -int(g.rows.sum()))
    return found[:most], 0, 0


def _grade_classes(rows: Evidence) -> IntArray:
    order = {True: 0, False: 1, None: 2}
    table = np.array([[order[at_least(r, c)] for c in CREDIBILITIES] for r in RELIABILITIES])
    classes: IntArray = table[rows.reliability, rows.credibility]
    return classes


def _units(rows: Evidence, digits: int, most: int) -> tuple[list[_Group], int, int]:
    code = rows.unit.astype(f"<U{digits}")
    has = np.strings.str_len(code) == digits
    names, place, counts = np.unique(code, return_inverse=True, return_counts=True)
    full = [i for i in np.argsort(-counts, kind="stable") if len(names[i]) == digits]
    shown = full if len(full) <= most else full[: most - 1]
    found = [_Group(str(names[i]), place == i) for i in shown]
    rest = has & ~np.isin(place, shown)
    if rest.any():
        found.append(_Group("", rest))
    return found, len(full) - len(shown), int((~has).sum())


def _line(group: _Group, place: IntArray, known: BoolArray, *, partial: bool) -> Line:
    counts = np.bincount(place[group.rows], minlength=len(known)).astype(np.int64)
    low, high = exact_interval(counts)
    whole = known.copy()
    if partial:
        whole[-1] = False
    tested = int(counts[whole].sum())
    line = Line(key=group.key, counts=counts, low=low, high=high, tested=tested)
    if int(whole.sum()) < MIN_MONTHS:
        return replace(line, refusal=Refusal.FEW_MONTHS)
    if tested < MIN_N:
        return replace(line, refusal=Refusal.FEW_ROWS)
    at = np.flatnonzero(whole).astype(np.float64)
    values = counts[whole].astype(np.float64)
    tau, p = mann_kendall(values)
    return replace(line, tau=tau, p=p, slope=sens_slope(at, values) * MONTHS)


def sens_slope(at: FloatArray, values: FloatArray) -> float:
    """Return the median of the slopes between all pairs of points, per unit of `at`.

    Args:
        at: Times, each another one, shape ``(n,)`` of 2 or more.
        values: Shape ``(n,)``.

    Source:
        Sen (1968), Estimates of the regression coefficient based on Kendall's tau,
        doi:10.1080/01621459.1968.10480934.
    """
    a, b = np.triu_indices(len(at), 1)
    return float(np.median((values[b] - values[a]) / (at[b] - at[a])))
