"""How border pressure is computed for the window: on a worker thread, the rest in its process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.border.job import pressure
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
    from datetime import date

    from geo.analysis.border.result import CrossingPressure, Pressure
    from geo.compute import Computer
    from geo.progress import Progress
    from geo.project import Project
    from layers.said import Words

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
    """Return crossings by rank, then corridors."""
    crossings, strips = found.crossings, found.corridors.found
    none = [np.nan] * len(strips)

    def name(at: int) -> Words:
        if at >= len(crossings):
            return corridor_place(strips[at - len(crossings)])
        told = crossings[at]
        state = state_words(told)
        named = crossing_name(told)
        return named if state is None else Said("pressure.name_state", _state(named, state))

    def kind(at: int) -> Words:
        if at >= len(crossings):
            km = round(strips[at - len(crossings)].metres / 1000, 1)
            return Said("pressure.stretch", {"km": km})
        return Said("pressure.class", {"class": crossings[at].crossing_class})

    def trend(at: int) -> Words:
        if at >= len(crossings):
            expected = round(strips[at - len(crossings)].expected, 1)
            return Said("pressure.expected", {"n": expected})
        return trend_words(crossings[at])

    rising = [_TRENDS[c.trend.direction] for c in crossings]
    return FoundRows(
        keys=(*(c.id for c in crossings), *(corridor_key(n) for n in range(len(strips)))),
        columns=(
            _numbers("pressure.head.rank", [c.rank for c in crossings], none, width=70),
            FoundColumn(head_code="pressure.head.name", words=name, width=230),
            FoundColumn(head_code="pressure.head.class", words=kind, width=190),
            _numbers("pressure.head.n", [c.n for c in crossings], [c.n for c in strips]),
            _numbers(
                "pressure.head.perhaps",
                [c.perhaps for c in crossings],
                none,
                decimals=1,
                tip_code="pressure.tip.perhaps",
            ),
            _numbers("pressure.head.sites", [c.sites for c in crossings], none, width=80),
            _numbers(
                "pressure.head.rate", [_rate(c) for c in crossings], none, decimals=2, width=130
            ),
            FoundColumn(
                head_code="pressure.head.trend",
                words=trend,
                order=np.array([*rising, *none]),
                tip_code="pressure.tip.trend",
                width=150,
            ),
            _numbers("pressure.head.closed", [c.closed_days for c in crossings], none),
        ),
        struck=np.array([*(c.closed_now is True for c in crossings), *(False for _ in strips)]),
    )


def _state(name: Words, state: Words) -> dict[str, object]:
    return {"name": name, "state": state}


def _rate(told: CrossingPressure) -> float:
    return np.nan if told.per_month is None else told.per_month


def _numbers(
    head_code: str,
    crossings: list[float] | list[int],
    corridors: list[float] | list[int],
    *,
    decimals: int = 0,
    tip_code: str = "",
    width: int = 110,
) -> FoundColumn:
    return FoundColumn(
        head_code=head_code,
        numbers=np.array([*crossings, *corridors], dtype=np.float64),
        decimals=decimals,
        tip_code=tip_code,
        width=width,
    )
