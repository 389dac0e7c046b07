"""The layers of a web map: released rows as positions, signs and facts in words."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.catalogue import Language, label, text
from geo.clock import today
from geo.localise import format_area_km2, format_length, format_number
from geo.measure import area_m2
from geo.model.allegation import at_least
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    Answer,
    Credibility,
    LegalStatus,
    Precision,
    Reliability,
    SiteKind,
)
from layers.content import allegation_doubts, site_doubts
from layers.export.counts import named
from layers.export.ground import home_land
from layers.export.past import status_word
from layers.export.zones import team_of, zones_of
from layers.features import is_exact, on_map
from layers.layer_list import default_layers
from layers.lens import ANNULLED
from layers.snapshot import snapshot
from layers.style import (
    GREY,
    PURPLE,
    ZONE_COLOURS,
    SymbolSpec,
    allegation_symbol,
    crossing_symbol,
    site_symbol,
)
from layers.view import FloatArray, MapView, from_mercator

if TYPE_CHECKING:
    from layers.doubt import Doubt
    from layers.export.content import ReportContent

DECIMALS = 6
CIRCLE = 48
"""Corners of a circle of doubt."""
COAST_DEG = 0.0008
"""So much of a coast may be smoothed away in an area that is soft anyway."""


class Signs:
    """The symbols that a page uses, each once."""

    def __init__(self) -> None:
        self._numbers: dict[SymbolSpec, int] = {}

    def index(self, spec: SymbolSpec) -> int:
        """Return the number of a symbol, a new one if it was not used before."""
        return self._numbers.setdefault(spec, len(self._numbers))

    def as_data(self) -> list[dict[str, object]]:
        """Return the symbols in the order of their numbers."""
        return [{k: _plain(v) for k, v in asdict(spec).items()} for spec in self._numbers]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def layers_of(content: ReportContent, signs: Signs) -> list[dict[str, Any]]:
    """Return the layers that have something on them, the lowest first.

    Each has ``name``, ``title``, ``facts`` (labels), ``areas`` and ``points``: a point is
    [lon, lat, sign, title, values of the facts].
    """
    made = (
        _doubt(content),
        _zones(content),
        _cells(content),
        _crossings(content, signs),
        _sites(content, signs),
        _allegations(content, signs),
    )
    return [layer for layer in made if layer["areas"] or layer["points"]]


def _layer(name: str, language: Language, facts: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "name": name,
        "title": text(f"report.web.{name}", language),
        "facts": [text(f"report.web.{fact}", language) for fact in facts],
        "areas": [],
        "points": [],
    }


def _doubt(content: ReportContent) -> dict[str, Any]:
    """Return what is known only by its area: an area, never a point."""
    language = content.language
    layer = _layer("doubt", language)
    view = MapView(0, 0, 1, 1, 1)
    request = snapshot(default_layers(), content.map.project, view, language=language)
    for found, colour, name in (
        (site_doubts(request), GREY, "sites"),
        (allegation_doubts(request), PURPLE, "allegations"),
    ):
        for doubt in found:
            number = format_number(len(doubt.ids), language)
            lon, lat = from_mercator(doubt.x, doubt.y)
            layer["areas"].append(
                {
                    "rings": _outline(doubt),
                    "colour": colour,
                    "soft": True,
                    "edge": doubt.outline is not None,
                    "title": text(f"map.doubt.{name}", language, n=number),
                    "facts": [[text("map.doubt.where", language), ""]],
                    "writing": "",
                    "at": [float(lat), float(lon)],
                }
            )
    return layer


def _outline(doubt: Doubt) -> list[list[list[list[float]]]]:
    if doubt.outline is not None:
        rings = [ring for i in range(len(doubt.outline)) for ring in doubt.outline.rings_of(i)]
        return [[_latlngs(ring)] for ring in rings]
    turn = np.linspace(0, 2 * np.pi, CIRCLE, endpoint=False)
    x, y = doubt.x + doubt.radius * np.cos(turn), doubt.y + doubt.radius * np.sin(turn)
    circle = shapely.Polygon(np.column_stack(from_mercator(x, y)))
    # A unit reaches neither over the border nor into the sea.
    on_land = shapely.intersection(circle, home_land())
    kept = shapely.simplify(circle if on_land.is_empty else on_land, COAST_DEG)
    areas = [part for part in shapely.get_parts(kept) if part.geom_type == "Polygon"]
    return [rings for area in areas for rings in _rings(area)]


def _latlngs(ring: FloatArray) -> list[list[float]]:
    lon, lat = from_mercator(ring[:, 0], ring[:, 1])
    found: list[list[float]] = np.round(np.column_stack([lat, lon]), DECIMALS).tolist()
    return found


def _zones(content: ReportContent) -> dict[str, Any]:
    released, language = content.map.project, content.language
    layer = _layer("zones", language)
    for zone in zones_of(released):
        team = team_of(released, zone)
        at = zone.outline.representative_point()
        facts = [
            [text("report.web.team", language), team.name if team else "–"],
            [text("report.web.area", language), format_area_km2(area_m2(zone.outline), language)],
        ]
        layer["areas"].append(
            {
                "rings": _rings(zone.outline),
                "colour": ZONE_COLOURS[zone.colour % len(ZONE_COLOURS)],
                "title": zone.name,
                "facts": facts,
                "writing": (team.short_name or team.name) if team else "",
                "at": [at.y, at.x],
            }
        )
    return layer


def _cells(content: ReportContent) -> dict[str, Any]:
    language, cells = content.language, content.map.cells
    layer = _layer("cells", language)
    for i, outline in enumerate(cells.outlines):
        number = format_number(int(cells.counts[i]), language)
        size = format_length(float(cells.size_m[i]), language)
        lon, lat = cells.centres[i].tolist()
        layer["areas"].append(
            {
                "rings": _rings(outline),
                "colour": PURPLE,
                "title": text("report.not_a_verdict", language),
                "facts": [
                    [text("report.web.count", language), number],
                    [text("report.web.cell_size", language), size],
                ],
                "writing": number,
                "at": [lat, lon],
            }
        )
    return layer


def _crossings(content: ReportContent, signs: Signs) -> dict[str, Any]:
    language = content.language
    layer = _layer("crossings", language, ("kind",))
    day = content.map.day or today()
    for crossing in content.map.project.all(BorderCrossing):
        if crossing.point is None:
            continue
        symbol = crossing_symbol(crossing.crossing_class, is_open=crossing.open_on(day))
        layer["points"].append(
            [
                round(crossing.point.lon, DECIMALS),
                round(crossing.point.lat, DECIMALS),
                signs.index(symbol),
                named(crossing.name_km, crossing.name_en, language),
                [label(crossing.crossing_class, language)],
            ]
        )
    return layer


def _sites(content: ReportContent, signs: Signs) -> dict[str, Any]:
    language = content.language
    layer = _layer("sites", language, ("status", "kind", "activity", "accuracy"))
    table = content.map.project.table(Kind.SITE)
    flags = table.columns.get(ANNULLED, np.zeros(len(table), dtype=bool))
    for i in np.flatnonzero(is_exact(table)).tolist():
        lon, lat = float(table["lon"][i]), float(table["lat"][i])
        status = LegalStatus(table["legal_status"][i])
        activity = Activity(table["activity"][i])
        accuracy = table["accuracy_m"][i]
        layer["points"].append(
            [
                round(lon, DECIMALS),
                round(lat, DECIMALS),
                signs.index(site_symbol(status, activity, annulled=bool(flags[i]))),
                named(table["name_km"][i], table["name_en"][i], language),
                [
                    status_word(status, language, annulled=bool(flags[i])),
                    label(SiteKind(table["kind"][i]), language),
                    label(activity, language),
                    "" if accuracy is None else format_length(float(accuracy), language),
                ],
            ]
        )
    return layer


def _allegations(content: ReportContent, signs: Signs) -> dict[str, Any]:
    language = content.language
    layer = _layer("allegations", language, ("kind", "grade", "precision", "held"))
    table = content.map.project.table(Kind.ALLEGATION)
    for i in np.flatnonzero(is_exact(table) & on_map(table)).tolist():
        lon, lat = float(table["lon"][i]), float(table["lat"][i])
        reliability = Reliability(table["reliability"][i])
        credibility = Credibility(table["credibility"][i])
        held = Answer(table["held_now"][i])
        symbol = allegation_symbol(at_least(reliability, credibility), held_now=held is Answer.YES)
        kinds = [label(AllegationKind(k), language) for k in json.loads(table["kinds"][i] or "[]")]
        layer["points"].append(
            [
                round(lon, DECIMALS),
                round(lat, DECIMALS),
                signs.index(symbol),
                text("report.not_a_verdict", language),
                [
                    ", ".join(kinds),
                    f"{reliability.value}{credibility.value}",
                    label(Precision(table["precision"][i]), language),
                    label(held, language),
                ],
            ]
        )
    return layer


def _rings(area: Any) -> list[list[list[list[float]]]]:  # noqa: ANN401 - a polygon or several
    return [
        [
            [[round(y, DECIMALS), round(x, DECIMALS)] for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in shapely.get_parts(area)
    ]
