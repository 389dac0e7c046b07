"""Border pressure in words and on the map: the same for window, command line and paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.border.corridors import FEWEST, FEWEST_STRETCHES
from geo.analysis.border.trend import FEWEST as FEWEST_TREND
from geo.analysis.border.trend import FEWEST_MONTHS, LEVEL
from geo.analysis.weighting import Weighting
from geo.crs import from_utm, to_utm
from geo.gazetteer import Gazetteer
from layers.findings import FindingClass, Findings, found_areas, found_lines, found_points
from layers.ramps import HOT, SEQUENTIAL, shaded
from layers.said import Named, Said
from layers.style import AreaStyle, LineStyle, Shape, SymbolSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.border.corridors import Corridor
    from geo.analysis.border.result import CrossingPressure, Pressure
    from geo.analysis.evidence import LeftOut
    from geo.model.table import Table
    from layers.said import Words

SECTION: Final = "border"
SYMBOL: Final = SymbolSpec(Shape.GATE, SEQUENTIAL[3])
CLOSED: Final = replace(SYMBOL, hollow=True, struck=True)
CORRIDOR: Final = LineStyle(HOT[2], 6.0)
WIDTHS: Final = (5.0, 12.0)
"""Pixels of a corridor with as many as expected, and of one with ten times as many or more."""
_DISC: Final = AreaStyle(HOT[0], 0.12, LineStyle(shaded(HOT[0]), 1.0, dash=(4.0, 3.0)))
_CORNERS: Final = np.linspace(0.0, 2 * np.pi, 73)
_MOST_TIMES: Final = 10.0


def crossing_name(told: CrossingPressure) -> Words:
    """Return a crossing's name."""
    return Named(told.name_km, told.name_en)


def province_name(code: str) -> Words:
    """Return a province's name, or its code."""
    unit = Gazetteer.load().unit(code)
    return Named(unit.name_km, unit.name_en) if unit is not None else Named(code)


def trend_words(told: CrossingPressure) -> Words:
    """Return where a crossing's trend goes; *too few to tell* is not *no trend*."""
    return Said(f"pressure.trend.{told.trend.direction.value}")


def state_words(told: CrossingPressure) -> Words | None:
    """Return that a crossing is closed, or that nobody said; None if it is open."""
    if told.closed_now is None:
        return Said("pressure.closed_unknown")
    return Said("pressure.closed") if told.closed_now else None


def corridor_key(number: int) -> str:
    """Return the key of a corridor in tables and on the map."""
    return f"corridor-{number}"


def corridor_place(corridor: Corridor) -> Words:
    """Return where a corridor lies."""
    from geo.model.vocabulary import Neighbour

    params = {
        "province": province_name(corridor.province),
        "neighbour": Neighbour(corridor.neighbour),
    }
    return Said("pressure.corridor.place", params)


def left_words(left: Mapping[LeftOut, int]) -> Words | tuple[Words, ...]:
    """Return what was left out and why, with how many."""
    told = tuple(Said(f"pressure.left.{why.value}", {"n": n}) for why, n in left.items())
    return told or Said("pressure.nothing_left")


def grade_words(grades: Mapping[str, int]) -> Words | tuple[Words, ...]:
    """Return a grade mix."""
    told = tuple(Said("pressure.grade", {"grade": g, "n": n}) for g, n in grades.items())
    return told or Named("–")


def statement(found: Pressure) -> tuple[Words, ...]:
    """Return method, parameters, n and grade mix."""
    wish, basis = found.wish, found.basis
    said: list[Words] = [Said("pressure.rank_formula", {"km": wish.within_m / 1000})]
    if wish.counting.weighting is not Weighting.NONE:
        said.append(Said("pressure.rank_weighted"))
    params: dict[str, object] = {
        "n": basis.n,
        "since": found.since,
        "until": found.on,
        "left": left_words(basis.left_out),
    }
    said += [
        Said("pressure.basis", params),
        Said("pressure.grades", {"grades": grade_words(basis.grades)}),
        Said("pressure.perhaps_note", {"n": basis.area_only}),
        Said(
            "pressure.trend_note",
            {"level": round(LEVEL * 100), "months": FEWEST_MONTHS, "n": FEWEST_TREND},
        ),
    ]
    if found.corridors.tested:
        said.append(
            Said(
                "pressure.corridor.method",
                {
                    "stretch": wish.stretch_m / 1000,
                    "reach": wish.reach_m / 1000,
                    "clear": wish.clear_m / 1000,
                    "rate": round(wish.rate * 100),
                    "tested": found.corridors.tested,
                },
            )
        )
    return tuple(said)


def warned(found: Pressure) -> tuple[Words, ...]:
    """Return what limits the result: areas that nobody knows, provinces that were refused."""
    said: list[Words] = []
    if found.basis.unknown_area:
        said.append(Said("pressure.unknown_area", {"n": found.basis.unknown_area}))
    for asked in found.corridors.asked:
        place = province_name(asked.province)
        if asked.refused == "few":
            params = {"province": place, "n": asked.n, "fewest": FEWEST}
            said.append(Said("pressure.corridor.few", params))
        elif asked.refused:
            params = {"province": place, "n": asked.stretches, "fewest": FEWEST_STRETCHES}
            said.append(Said("pressure.corridor.short", params))
    return tuple(said)


def findings(found: Pressure, made_of: tuple[Table, ...] = ()) -> Findings:
    """Return a result for the map; on a worker thread.

    Args:
        found: The result.
        made_of: The tables of the plan that it was computed from.
    """
    crossings, strips = found.crossings, found.corridors.found
    is_closed = [c.closed_now is True for c in crossings]
    km = found.wish.within_m / 1000
    classes = (
        FindingClass(label=Said("pressure.legend.within", {"km": km}), area=_DISC),
        FindingClass(label=Said("pressure.legend.corridor"), line=CORRIDOR, count=len(strips)),
        FindingClass(
            label=Said("pressure.legend.open"),
            symbol=SYMBOL,
            count=len(crossings) - sum(is_closed),
        ),
        FindingClass(label=Said("pressure.legend.closed"), symbol=CLOSED, count=sum(is_closed)),
    )
    by_key = {c.id: c for c in crossings}
    of_corridor = {corridor_key(n): c for n, c in enumerate(strips)}

    def tell(key: str) -> tuple[Words, ...]:
        if key in of_corridor:
            return corridor_told(of_corridor[key])
        return crossing_told(by_key[key.removeprefix("disc-")])

    times = np.clip([c.ratio / _MOST_TIMES for c in strips], 0.0, 1.0)
    return Findings(
        section=SECTION,
        title=Said("pressure.title", {"km": km}),
        classes=classes,
        note=(*warned(found), *statement(found)),
        areas=found_areas(
            [[_circle(c.point, found.wish.within_m)] for c in crossings if c.n or c.may],
            [f"disc-{c.id}" for c in crossings if c.n or c.may],
            [0 for c in crossings if c.n or c.may],
        ),
        lines=found_lines(
            [np.array(c.outline) for c in strips],
            list(of_corridor),
            [1] * len(strips),
            WIDTHS[0] + (WIDTHS[1] - WIDTHS[0]) * times,
        ),
        points=found_points(
            np.array([c.point for c in crossings]),
            [c.id for c in crossings],
            [3 if closed else 2 for closed in is_closed],
        ),
        tell=tell,
        made_of=made_of,
    )


def crossing_told(told: CrossingPressure) -> tuple[Words, ...]:
    """Return what the pointer's note says of a crossing."""
    state = state_words(told)
    counted = {"n": told.n, "perhaps": round(told.perhaps, 1), "sites": told.sites}
    return (
        crossing_name(told),
        *((state,) if state is not None else ()),
        Said("pressure.tip.counts", counted),
        Said("pressure.tip.rank", {"rank": told.rank, "trend": trend_words(told)}),
        *((Said("pressure.grades", {"grades": grade_words(told.grades)}),) if told.n else ()),
    )


def corridor_told(told: Corridor) -> tuple[Words, ...]:
    """Return what the pointer's note says of a corridor."""
    counted = {"n": told.n, "expected": round(told.expected, 1), "km": told.metres / 1000}
    return corridor_place(told), Said("pressure.tip.corridor", counted)


def _circle(
    point: tuple[float, float], metres: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    around = np.column_stack((np.cos(_CORNERS), np.sin(_CORNERS))) * metres
    return from_utm(to_utm(point) + around)
