"""What followed an operation, in words and on the map: inside, around, and the control area."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import shapely

from geo.analysis.effect.difference import LEVEL
from geo.analysis.effect.doors import FEWEST as FEWEST_DOORS
from geo.analysis.effect.job import FEWEST, Verdict, Where
from layers.border import grade_words, left_words
from layers.findings import FindingClass, Findings, found_areas
from layers.ramps import COLD, HOT, area_style, shaded
from layers.said import Said
from layers.style import AreaStyle, Hatch, LineStyle

if TYPE_CHECKING:
    from geo.analysis.effect.difference import Difference
    from geo.analysis.effect.job import Effect
    from geo.model.entity import Area
    from geo.model.table import Table
    from layers.said import Words
    from layers.view import FloatArray

SECTION: Final = "effect"
STYLES: Final = {
    Where.INSIDE: area_style(HOT[2], hatch=Hatch.CROSSED),
    Where.RING: area_style(HOT[0]),
    Where.CONTROL: AreaStyle(COLD[0], 0.22, LineStyle(shaded(COLD[0]), 1.0, dash=(4.0, 3.0))),
}


def area_words(where: Where) -> Words:
    """Return what an area is called."""
    return Said(f"effect.area.{where.value}")


def headline(found: Effect) -> Words:
    """Return the result in one sentence."""
    told = found.read
    if told is None or found.verdict is Verdict.REFUSED:
        return Said("effect.headline.refused", {"fewest": FEWEST})
    return Said(f"effect.headline.{found.verdict.value}", _interval(told))


def statement(found: Effect) -> tuple[Words, ...]:
    """Return times, counts, both differences with their errors, and the doors."""
    wish = found.wish
    times = {
        "since": found.before,
        "last": found.starts - timedelta(days=1),
        "first": found.ends + timedelta(days=1),
        "until": found.after,
        "days": wish.days,
    }
    said: list[Words] = [Said("effect.said.times", times), Said(f"effect.said.by.{wish.by.value}")]
    if found.published is not None:
        said.append(Said("effect.said.published", _parts(found.published)))
    if found.scaled is not None:
        said.append(Said("effect.said.scaled", _parts(found.scaled)))
    if found.published is not None:
        said.append(Said("effect.said.alike" if found.alike else "effect.said.not_alike"))
    counted = {
        "n": found.n,
        "grades": grade_words(found.grades),
        "left": left_words(found.left_out),
    }
    said += [_doors(found), Said("effect.said.basis", counted), Said("effect.said.perhaps")]
    return tuple(said)


def warned(found: Effect) -> tuple[Words, ...]:
    """Return what keeps a reader from taking it for more than it is."""
    said: list[Words] = []
    if found.others:
        said.append(Said("effect.warn.others", {"names": found.others}))
    if found.published is not None and found.scaled is None and not found.alike:
        said.append(Said("effect.warn.no_growth"))
    said.append(Said("effect.warn.told"))
    return tuple(said)


def findings(found: Effect, made_of: tuple[Table, ...] = ()) -> Findings:
    """Return a result for the map; on a worker thread."""
    order = (Where.CONTROL, Where.RING, Where.INSIDE)

    def tell(key: str) -> tuple[Words, ...]:
        counted = found.counted[Where(key)]
        sure = {"before": counted.before, "after": counted.after}
        perhaps = {
            "before": round(counted.perhaps_before, 1),
            "after": round(counted.perhaps_after, 1),
        }
        return (
            area_words(Where(key)),
            Said("effect.tip.counts", sure),
            Said("effect.tip.perhaps", perhaps),
        )

    return Findings(
        section=SECTION,
        title=Said("effect.title", {"name": found.name}),
        classes=tuple(FindingClass(label=area_words(w), area=STYLES[w]) for w in order),
        note=(*warned(found), *statement(found)),
        areas=found_areas(
            [_rings(found.outlines[w]) for w in order], [w.value for w in order], range(len(order))
        ),
        tell=tell,
        made_of=made_of,
    )


def _rings(area: Area) -> list[FloatArray]:
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(area))]


def _interval(told: Difference) -> dict[str, object]:
    return {
        "total": _signed(told.total),
        "low": _signed(told.low),
        "high": _signed(told.high),
        "level": round(LEVEL * 100),
    }


def _parts(told: Difference) -> dict[str, object]:
    return {
        **_interval(told),
        "local": _signed(told.local),
        "local_se": round(told.local_se, 2),
        "around": _signed(told.around),
        "around_se": round(told.around_se, 2),
        "se": round(told.se, 2),
        "z": _signed(told.z),
    }


def _signed(value: float, decimals: int = 2) -> float:
    """Return a number rounded, and never minus nought."""
    return round(value, decimals) + 0.0


def _doors(found: Effect) -> Words:
    doors, spread = found.doors, found.doors.spread
    counted: dict[str, object] = {"reached": doors.reached, "n": doors.n}
    if spread is None:
        return Said("effect.said.doors_few", {**counted, "fewest": FEWEST_DOORS})
    low, middle, high = (round(hours) for hours in spread)
    params = {"low": low, "median": middle, "high": high, "untimed": doors.untimed}
    return Said("effect.said.doors", counted | params)
