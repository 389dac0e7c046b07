"""Hotspots over units as they lie on the map: sure and unsure apart, each class with its count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.hotspots.result import CLASSES, HotClass
from geo.analysis.hotspots.wish import Statistic
from geo.analysis.hotspots.words import class_code
from geo.analysis.split.units import UnitKind
from layers.area_findings import rings_of
from layers.findings import FindingClass, Findings, found_areas, found_cells
from layers.ramps import COLD, HOT, area_style
from layers.said import Said
from layers.style import AreaStyle, Hatch, LineStyle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.analysis.hotspots.result import Hotspots
    from geo.model.table import Table
    from layers.said import Words

GREY: Final = "#6B7280"
STYLES: Final = {
    HotClass.HOT: area_style(HOT[2]),
    HotClass.COLD: area_style(COLD[2]),
    HotClass.HIGH_HIGH: area_style(HOT[2]),
    HotClass.LOW_LOW: area_style(COLD[2]),
    HotClass.HIGH_LOW: area_style(HOT[0], hatch=Hatch.CROSSED),
    HotClass.LOW_HIGH: area_style(COLD[0], hatch=Hatch.CROSSED),
    HotClass.NEW: area_style("#543005", hatch=Hatch.DOTS),
    HotClass.CONSECUTIVE: area_style(HOT[2], hatch=Hatch.LEVEL),
    HotClass.INTENSIFYING: area_style(HOT[2], hatch=Hatch.UPRIGHT),
    HotClass.PERSISTENT: area_style(HOT[2]),
    HotClass.DIMINISHING: area_style(HOT[1], hatch=Hatch.FALLING),
    HotClass.SPORADIC: area_style(HOT[0]),
    HotClass.OSCILLATING: area_style(HOT[0], hatch=Hatch.DOTS),
    HotClass.HISTORICAL: area_style("#9CA3AF", hatch=Hatch.LEVEL),
    HotClass.AREA: AreaStyle(HOT[0], 0.3, LineStyle(GREY, 0.8, dash=(2.0, 3.0)), Hatch.DOTS, GREY),
    HotClass.NONE: AreaStyle("", 0.0, LineStyle(GREY, 0.6, alpha=0.35)),
    HotClass.NO_DATA: AreaStyle("", 0.0, LineStyle(GREY, 0.8, alpha=0.5, dash=(1.0, 3.0))),
}
"""The strongest colours for what is sure; colour never stands alone where two could be mistaken."""
UNSURE: Final = {
    HotClass.HOT: area_style(HOT[1], unsure=True),
    HotClass.COLD: area_style(COLD[1], unsure=True),
    HotClass.HIGH_HIGH: area_style(HOT[1], unsure=True),
    HotClass.LOW_LOW: area_style(COLD[1], unsure=True),
    HotClass.HIGH_LOW: area_style(HOT[0], unsure=True),
    HotClass.LOW_HIGH: area_style(COLD[0], unsure=True),
}
_PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Which class of the legend each unit has.

    Attributes:
        classes: The legend.
        codes: Place of each unit's class in it, shape ``(n,)``.
        unsure: Units of a class that would not stand if places and grades wavered.
    """

    classes: tuple[FindingClass, ...]
    codes: NDArray[np.uint8]
    unsure: NDArray[np.bool_]


def marks_of(result: Hotspots) -> Marks:
    """Return the classes that occur, the sure ones before the unsure ones."""
    told = np.isfinite(result.certain).any()
    sure = result.is_sure if told else np.ones(len(result.codes), dtype=bool)
    classes: list[FindingClass] = []
    codes = np.zeros(len(result.codes), dtype=np.uint8)
    unsure = np.zeros(len(result.codes), dtype=bool)
    for which in CLASSES:
        mine = result.of_class(which)
        for certain in (True, False):
            some = mine & (sure == certain) if which in UNSURE else mine & certain
            if not some.any():
                continue
            codes[some] = len(classes)
            unsure |= some & (not certain)
            classes.append(
                FindingClass(
                    label=class_words(which, sure=certain, told=bool(told)),
                    area=STYLES[which] if certain else UNSURE[which],
                    count=int(some.sum()),
                )
            )
    return Marks(tuple(classes), codes, unsure)


def class_words(which: HotClass, *, sure: bool, told: bool) -> Words:
    """Return what a class is called; sure and unsure only where rounds were drawn."""
    named = Said(class_code(which))
    if which not in UNSURE or not told:
        return named
    return Said("hot.sure" if sure else "hot.unsure", {"name": named})


def hot_findings(
    result: Hotspots,
    names: Sequence[Words],
    note: Sequence[Words],
    made_of: tuple[Table, ...] = (),
    *,
    section: str = "hotspots",
) -> Findings:
    """Return hotspots as they lie on the map; off the main thread.

    Args:
        result: The hotspots.
        names: Of the units, in their order.
        note: Method, parameters, n and grade mix.
        made_of: The tables that it was computed from.
        section: Which section of the analysis shows it.
    """
    marks, units = marks_of(result), result.units
    places: Mapping[str, int] = {unit: at for at, unit in enumerate(units.ids)}
    if units.kind is UnitKind.HEXAGON:
        areas = found_cells(
            [shapely.get_coordinates(o) for o in units.outlines], units.ids, marks.codes
        )
    else:
        areas = found_areas([rings_of(o) for o in units.outlines], units.ids, marks.codes)

    def tell(key: str) -> tuple[Words, ...]:
        at = places[key]
        return (names[at], marks.classes[marks.codes[at]].label, *unit_words(result, at))

    return Findings(
        section=section,
        title=Said(f"hot.title.{result.wish.statistic.name.lower()}"),
        classes=marks.classes,
        note=tuple(note),
        areas=areas,
        tell=tell,
        made_of=made_of,
    )


def unit_words(result: Hotspots, at: int) -> tuple[Words, ...]:
    """Return the numbers of a unit, each with its doubt."""
    said = [Said("hot.unit.count", {"n": _few(result.count[at]), "sure": _few(result.sure[at])})]
    if np.isfinite(result.low[at]):
        low, high = _few(result.low[at]), _few(result.high[at])
        said.append(Said("hot.unit.interval", {"low": low, "high": high}))
    if np.isfinite(result.certain[at]) and result.codes[at] < CLASSES.index(HotClass.AREA):
        stays = round(float(result.certain[at]) * _PERCENT)
        said.append(Said("hot.unit.certain", {"percent": stays}))
    if np.isfinite(result.z[at]):
        code = "trend" if result.wish.statistic is Statistic.EMERGING else "score"
        z, q = float(result.z[at]), float(result.q[at])
        said.append(Said(f"hot.unit.{code}", {"z": round(z, 2), "q": round(q, 4)}))
    return tuple(said)


def _few(value: float) -> float:
    """Return a count; what is spread over units counts by its share, with one decimal."""
    return round(float(value), 1)
