"""The scoreboard as a whole: figures by unit, years, who is idle, and what it all rests upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.evidence import Evidence, LeftOut
from geo.analysis.scoreboard.board import (
    Idle,
    Origin,
    Period,
    Scoreboard,
    no_action,
)
from geo.analysis.scoreboard.counting import count
from geo.analysis.scoreboard.from_returns import board_of_returns
from geo.analysis.scoreboard.reading import read_registers
from geo.analysis.scoreboard.years import YearRow, baselines, year_rows, years_in
from geo.combining import standing
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.model.result import MonthlyReturn
from geo.model.vocabulary import AdminLevel, Precision
from geo.progress import NoProgress
from geo.return_document import is_genuine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.scoreboard.reading import Registers
    from geo.edit.reading import PlanRows
    from geo.progress import Progress

IDLE_DAYS: Final = 30
_STEPS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for.

    Attributes:
        level: Province, district or commune.
        origin: The plan's registers; or monthly returns, which know provinces only.
        within: Code of a province or district to which it is limited; empty is everywhere.
        first: First day that counts; None is since the beginning.
        last: Last day that counts.
        idle_days: After how many days without a real step a unit is listed.
    """

    level: AdminLevel
    origin: Origin = Origin.PLAN
    within: str = ""
    first: date | None = None
    last: date
    idle_days: int = IDLE_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the column "reported" rests upon.

    Attributes:
        n: Allegations, or monthly returns.
        grades: Grade → how many; empty for returns.
        precisions: Precision of the place → how many.
        duplicates: Left out, because they repeat others.
        unbelieved: Returns of the plan that contradict each other or were altered.
    """

    n: int
    grades: dict[str, int]
    precisions: dict[Precision, int]
    duplicates: int = 0
    unbelieved: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Standing:
    """The scoreboard with all that belongs to it.

    Attributes:
        years: The ministry's own figures first, then each year of the plan or of the returns.
        idle: Units without action for `Wish.idle_days` or more.
    """

    wish: Wish
    board: Scoreboard
    years: tuple[YearRow, ...]
    idle: tuple[Idle, ...]
    basis: Basis


def make_scoreboard(plan: PlanRows, wish: Wish, progress: Progress | None = None) -> Standing:
    """Count; any thread may. 100,000 allegations take some 0.5 s at the first time.

    Args:
        plan: The plan, or what the lens shows of it.
        wish: What is asked for.
        progress: Told of each step, and asked whether to go on.

    Raises:
        InputError: Returns are asked for by a unit that they do not know, the days are in the wrong
            order, or the days without action are none.
        CancelledError: The user asked to stop.
    """
    if wish.first is not None and wish.first > wish.last:
        raise InputError("error.scoreboard.days", first=wish.first, last=wish.last)
    if wish.idle_days < 1:
        raise InputError("error.scoreboard.idle_days")
    if wish.origin is Origin.RETURNS:
        return _of_returns(plan, wish, progress or NoProgress())
    return _of_plan(plan, wish, progress or NoProgress())


def _of_plan(plan: PlanRows, wish: Wish, progress: Progress) -> Standing:
    progress.step(0, _STEPS, "scoreboard.step.reading")
    registers = read_registers(plan)
    progress.step(1, _STEPS, "scoreboard.step.counting")
    units = _units(registers, plan.info.province_code, wish)
    period = Period(wish.first, wish.last)
    board = count(registers, wish.level, period, units=units, within=wish.within)
    progress.step(2, _STEPS, "scoreboard.step.years")
    counted = year_rows(
        lambda p: count(registers, AdminLevel.PROVINCE, p, within=wish.within),
        years_in(registers, wish.last),
        wish.last,
    )
    return Standing(
        wish=wish,
        board=board,
        years=(*baselines(), *counted),
        idle=no_action(board, wish.idle_days),
        basis=_basis(registers.alleged, period, wish.within),
    )


def _of_returns(plan: PlanRows, wish: Wish, progress: Progress) -> Standing:
    if wish.level is not AdminLevel.PROVINCE:
        raise InputError("error.scoreboard.returns_by_province")
    progress.step(0, _STEPS, "scoreboard.step.reading")
    kept = plan.all(MonthlyReturn)
    believed = [("", one) for one in kept if is_genuine(one)]
    returns, remarks = standing(believed)
    refused = sum(r.refuses for r in remarks) + len(kept) - len(believed)
    progress.step(1, _STEPS, "scoreboard.step.counting")
    codes = [p.code for p in Gazetteer.load().provinces if p.code.startswith(wish.within)]
    board = board_of_returns(returns, codes, Period(wish.first, wish.last))
    progress.step(2, _STEPS, "scoreboard.step.years")
    since = min((one.month.year for one in returns), default=wish.last.year)
    counted = year_rows(
        lambda p: board_of_returns(returns, codes, p),
        range(max(since, wish.last.year - 9), wish.last.year + 1) if returns else range(0),
        wish.last,
    )
    n = sum(len(months) for months in board.months.values())
    return Standing(
        wish=wish,
        board=board,
        years=(*baselines(), *counted),
        idle=no_action(board, wish.idle_days),
        basis=Basis(n=n, grades={}, precisions={}, unbelieved=refused),
    )


def _units(registers: Registers, own: str, wish: Wish) -> Sequence[str]:
    """Return what gets a row even if nothing is known of it: the units of the plan's provinces."""
    held = {code[:2] for e in registers.entries.values() for code in e.codes if len(code) > 1}
    provinces = held | ({own} if own else set())
    return [
        unit.code
        for unit in Gazetteer.load().at_level(wish.level)
        if unit.code[:2] in provinces and unit.code.startswith(wish.within)
    ]


def _basis(alleged: Evidence, period: Period, within: str) -> Basis:
    mask = period.holds(alleged.received)
    if within:
        mask &= np.strings.startswith(alleged.unit, within)
    counted = alleged.only(mask)
    return Basis(
        n=len(counted),
        grades=counted.grade_mix,
        precisions=counted.precision_mix,
        duplicates=alleged.left_out_counts.get(LeftOut.DUPLICATE, 0),
    )
