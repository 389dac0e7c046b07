"""How border pressure is computed for the window: on a worker thread, the rest in its process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.border.corridors import Corridor
from geo.analysis.border.job import pressure
from geo.analysis.border.result import CrossingPressure
from geo.analysis.border.trend import Direction
from geo.analysis.border.wish import Wish, order
from geo.model.entity import Kind
from gui.models.found_rows import FoundColumn, FoundRows
from gui.models.shown_result import ShownResult
from layers.border import (
    corridor_key,
    corridor_place,
    crossing_name,
    findings,
    province_name,
    state_words,
    statement,
    trend_words,
    warned,
)
from layers.said import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from geo.analysis.border.result import Pressure
    from geo.compute import Computer
    from geo.progress import Progress
    from geo.project import Project
    from layers.said import Words

Told = Corridor | CrossingPressure
Line = tuple[str, Told]
READS: Final = (Kind.ALLEGATION, Kind.SITE, Kind.CROSSING, Kind.ADMIN_UNIT)
_TRENDS: Final = {
    Direction.RISING: 0.0,
    Direction.NONE: 1.0,
    Direction.FALLING: 2.0,
    Direction.TOO_FEW: 3.0,
}


def compute(
    plan: Project, wish: Wish, on: date, computer: Computer, progress: Progress
) -> ShownResult:
    """Compute what is asked for.

    Raises:
        PlanError: The wish makes no sense, no crossing is shown, or the user asked to stop.
    """
    ordered = order(plan, wish, on, progress)
    found: Pressure = computer.run(pressure, ordered, progress=progress)
    return ShownResult(
        asked=wish,
        headline=headline(found),
        said=statement(found),
        warned=warned(found),
        findings=findings(found, tuple(plan.table(kind) for kind in READS)),
        rows=rows(found),
    )


def headline(found: Pressure) -> Words:
    """Return the crossing of the first rank, and how many corridors there are."""
    first = found.crossings[0]
    corridors = len(found.corridors.found)
    where = tuple({c.province: province_name(c.province) for c in found.corridors.found}.values())
    if not first.n:
        told: Words = Said("pressure.headline.none")
    else:
        params = {"name": crossing_name(first), "n": first.n, "km": found.wish.within_m / 1000}
        told = Said("pressure.headline.first", params)
    if not corridors:
        return told
    return Said("pressure.headline.corridors", {"first": told, "n": corridors, "where": where})


def rows(found: Pressure) -> FoundRows:
    """Return crossings by rank, and after those with something sure the corridors."""
    sure = sum(c.n > 0 for c in found.crossings)
    corridors = [(corridor_key(n), c) for n, c in enumerate(found.corridors.found)]
    crossings = [(c.id, c) for c in found.crossings]
    lines: list[Line] = [*crossings[:sure], *corridors, *crossings[sure:]]
    closed = [isinstance(c, CrossingPressure) and c.closed_now is True for _, c in lines]
    return FoundRows(
        keys=tuple(key for key, _ in lines),
        columns=(
            _numbers("rank", lines, lambda c: c.rank, width=70),
            FoundColumn(
                head_code="pressure.head.name",
                words=lambda at: _name(lines[at][1]),
                width=230,
                struck=np.array(closed),
            ),
            FoundColumn(
                head_code="pressure.head.class", words=lambda at: _kind(lines[at][1]), width=190
            ),
            _numbers("n", lines, lambda c: c.n, lambda c: c.n),
            _numbers(
                "perhaps", lines, lambda c: c.perhaps, decimals=1, tip_code="pressure.tip.perhaps"
            ),
            _numbers("sites", lines, lambda c: c.sites, width=80),
            _numbers("rate", lines, lambda c: c.per_month, decimals=2, width=130),
            FoundColumn(
                head_code="pressure.head.trend",
                words=lambda at: _trend(lines[at][1]),
                order=np.array([_order(c) for _, c in lines]),
                tip_code="pressure.tip.trend",
                width=150,
            ),
            _numbers("closed", lines, lambda c: c.closed_days),
        ),
    )


def _name(told: Told) -> Words:
    if isinstance(told, Corridor):
        return corridor_place(told)
    name, state = crossing_name(told), state_words(told)
    return name if state is None else Said("pressure.name_state", {"name": name, "state": state})


def _kind(told: Told) -> Words:
    if isinstance(told, Corridor):
        return Said("pressure.stretch", {"km": round(told.metres / 1000, 1)})
    return Said("pressure.class", {"class": told.crossing_class})


def _trend(told: Told) -> Words:
    if isinstance(told, Corridor):
        return Said("pressure.expected", {"n": round(told.expected, 1)})
    return trend_words(told)


def _order(told: Told) -> float:
    return np.nan if isinstance(told, Corridor) else _TRENDS[told.trend.direction]


def _numbers(
    head: str,
    lines: Sequence[Line],
    crossing: Callable[[CrossingPressure], float | None],
    corridor: Callable[[Corridor], float | None] = lambda _corridor: None,
    *,
    decimals: int = 0,
    tip_code: str = "",
    width: int = 110,
) -> FoundColumn:
    values = [corridor(c) if isinstance(c, Corridor) else crossing(c) for _, c in lines]
    return FoundColumn(
        head_code=f"pressure.head.{head}",
        numbers=np.array([np.nan if v is None else v for v in values], dtype=np.float64),
        decimals=decimals,
        tip_code=tip_code,
        width=width,
    )
