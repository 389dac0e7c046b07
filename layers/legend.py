"""The legend as data: every meaning that the map can show, with how often it occurs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel
from layers import content
from layers.coverage import NOT_COVERED, REACH_LINES, SUPPORT_SPECS
from layers.draw_basemap import unit_style
from layers.features import (
    ALLEGATION_SPECS,
    ALLEGATION_STYLES,
    CROSSING_SPECS,
    CROSSING_STYLES,
    SITE_SPECS,
    SITE_STYLES,
)
from layers.layer import LayerId
from layers.palette import Theme, palette
from layers.progress import VISITED
from layers.snapshot import snapshot
from layers.style import GREY, PURPLE, ZONE_COLOURS, AreaStyle, LineStyle, SymbolSpec
from layers.units import unit_lines
from layers.view import MapView

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geo.project import Project
    from layers.coverage import Marks
    from layers.layer_list import LayerList
    from layers.lens import Lens
    from layers.live import LiveRows
    from layers.snapshot import DrawRequest


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend: exactly one of `symbol`, `area` and `line` is there.

    Attributes:
        label_codes: Catalogue codes, joined by a middle dot.
        count: How many rows have it; None where counting means nothing.
        name: What it is called in place of the codes, if a person named it.
    """

    label_codes: tuple[str, ...]
    symbol: SymbolSpec | None = None
    area: AreaStyle | None = None
    line: LineStyle | None = None
    count: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """The lines of one visible layer."""

    layer: LayerId
    title_code: str
    entries: tuple[LegendEntry, ...]


def legend(
    layer_list: LayerList,
    project: Project | None,
    *,
    theme: Theme = "light",
    on: date | None = None,
    lens: Lens | None = None,
    marks: Marks | None = None,
    live: tuple[LiveRows, ...] = (),
) -> tuple[LegendGroup, ...]:
    """Return the legend of the visible layers, top first; of the plan only what is shown."""
    request = snapshot(layer_list, project, MapView(0, 0, 1, 1, 1), theme=theme, on=on, lens=lens)
    groups = []
    for layer in layer_list:
        if not layer.visible:
            continue
        entries = _entries(layer.id, request)
        if layer.id is LayerId.LIVE:
            entries = _live(live)
        if layer.id is LayerId.ZONES and marks is not None:
            entries = (*entries, *_marks(marks))
        if entries:
            groups.append(LegendGroup(layer.id, layer.title_code, entries))
    return tuple(groups)


def _entries(layer_id: LayerId, request: DrawRequest) -> tuple[LegendEntry, ...]:
    if layer_id is LayerId.SITES:
        return _sites(request)
    if layer_id is LayerId.ALLEGATIONS:
        return _allegations(request)
    if layer_id is LayerId.CROSSINGS:
        return _crossings(request)
    if layer_id is LayerId.ZONES:
        count = len(request.table(Kind.ZONE))
        style = AreaStyle(ZONE_COLOURS[0], 0.25, LineStyle(ZONE_COLOURS[0], 2.0))
        return (LegendEntry(("legend.zone",), area=style, count=count),) if count else ()
    if layer_id is LayerId.DOUBT:
        return _doubts(request)
    return _ground(layer_id, request)


def _live(live: tuple[LiveRows, ...]) -> tuple[LegendEntry, ...]:
    """Return a line for each saved question that is shown; what could not be asked has no count."""
    return tuple(
        LegendEntry(
            (),
            symbol=rows.spec,
            count=rows.answers.n if rows.answers is not None else None,
            name=rows.name,
        )
        for rows in live
        if rows.visible
    )


def _marks(marks: Marks) -> tuple[LegendEntry, ...]:
    """Return the lines of what Plan and Operate show besides."""
    entries = []
    if marks.visits is not None:
        n = len(marks.visits.visited)
        entries.append(LegendEntry(("legend.visited",), symbol=VISITED, count=n))
    if len(marks.bare):
        entries.append(
            LegendEntry(("legend.not_covered",), symbol=NOT_COVERED, count=len(marks.bare))
        )
    for kind, spec in SUPPORT_SPECS.items():
        n = sum(unit.kind is kind for unit in marks.units)
        if n:
            entries.append(LegendEntry((f"vocab.VehicleKind.{kind.value}",), symbol=spec, count=n))
            if marks.limits is not None:
                labels = (f"vocab.VehicleKind.{kind.value}", "legend.reach")
                entries.append(LegendEntry(labels, line=REACH_LINES[kind]))
    return tuple(entries)


def _counted(codes: NDArray[np.uint8]) -> Counter[int]:
    return Counter(dict(enumerate(np.bincount(codes).tolist())))


def _sites(request: DrawRequest) -> tuple[LegendEntry, ...]:
    counts = _counted(content.sites(request).spec)
    entries = []
    for code in reversed(range(len(SITE_STYLES))):
        if counts[code]:
            status, activity = SITE_STYLES[code]
            labels = [f"vocab.LegalStatus.{status}"]
            if activity is None:
                labels.append("time.annulled")
            elif activity.value != "operating":
                labels.append(f"vocab.Activity.{activity}")
            entries.append(LegendEntry(tuple(labels), symbol=SITE_SPECS[code], count=counts[code]))
    return tuple(entries)


def _allegations(request: DrawRequest) -> tuple[LegendEntry, ...]:
    counts = _counted(content.allegations(request).spec)
    grades = {True: "legend.grade.good", False: "legend.grade.below", None: "legend.grade.unknown"}
    entries = []
    for code in reversed(range(len(ALLEGATION_STYLES))):
        if counts[code]:
            grade, held = ALLEGATION_STYLES[code]
            labels = (grades[grade], "legend.held_now") if held else (grades[grade],)
            entries.append(LegendEntry(labels, symbol=ALLEGATION_SPECS[code], count=counts[code]))
    return tuple(entries)


def _crossings(request: DrawRequest) -> tuple[LegendEntry, ...]:
    counts = _counted(content.crossings(request).spec)
    states = {True: "legend.open", False: "legend.closed", None: "legend.open_unknown"}
    return tuple(
        LegendEntry(
            (f"vocab.CrossingClass.{CROSSING_STYLES[code][0]}", states[CROSSING_STYLES[code][1]]),
            symbol=CROSSING_SPECS[code],
            count=counts[code],
        )
        for code in reversed(range(len(CROSSING_STYLES)))
        if counts[code]
    )


def _doubts(request: DrawRequest) -> tuple[LegendEntry, ...]:
    entries = []
    for doubts, colour, code in (
        (content.site_doubts(request), GREY, "legend.doubt.sites"),
        (content.allegation_doubts(request), PURPLE, "legend.doubt.allegations"),
    ):
        if doubts:
            rows = sum(len(doubt.ids) for doubt in doubts)
            entries.append(LegendEntry((code,), area=AreaStyle(colour, 0.3), count=rows))
    return tuple(entries)


def _ground(layer_id: LayerId, request: DrawRequest) -> tuple[LegendEntry, ...]:
    colours = palette(request.theme)
    lines = {
        LayerId.BORDERS: ("legend.border", LineStyle(colours.border, 2.0)),
        LayerId.RIVERS: ("legend.river", LineStyle(colours.water_line, 1.2)),
    }
    if layer_id is LayerId.PROVINCES:
        return _units(request)
    if layer_id in lines:
        code, style = lines[layer_id]
        return (LegendEntry((code,), line=style),)
    if layer_id is LayerId.WATER:
        return (LegendEntry(("legend.water",), area=AreaStyle(colours.water)),)
    return ()


def _units(request: DrawRequest) -> tuple[LegendEntry, ...]:
    """Say which boundaries are official and which only approximate."""
    units, colours = unit_lines(request), palette(request.theme)
    entries = [
        LegendEntry((f"legend.official.{level.value}",), line=unit_style(level, colours))
        for level, shapes in units.lines.items()
        if len(shapes)
    ]
    if not units.complete:
        guess = unit_style(AdminLevel.PROVINCE, colours, approximate=True)
        entries.append(LegendEntry(("legend.province",), line=guess))
    return tuple(entries)
