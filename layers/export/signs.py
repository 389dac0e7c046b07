"""The legend of a report: a sign for each thing that the map really shows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from geo.catalogue import Language, label, text
from geo.localise import format_number
from geo.model.allegation import at_least
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import (
    Activity,
    Answer,
    Credibility,
    CrossingClass,
    LegalStatus,
    Reliability,
)
from layers.content import allegation_doubts, site_doubts
from layers.export.content import Bounds, LegendEntry
from layers.export.past import status_word
from layers.features import on_map
from layers.layer_list import default_layers
from layers.lens import ANNULLED
from layers.snapshot import snapshot
from layers.style import (
    GREY,
    PURPLE,
    ZONE_COLOURS,
    allegation_symbol,
    crossing_symbol,
    site_symbol,
)
from layers.view import MapView

if TYPE_CHECKING:
    from datetime import date

    from geo.privacy.grid import Cells
    from geo.project import Project

_GRADES = {
    True: "report.legend.b2",
    False: "report.legend.below_b2",
    None: "report.legend.unjudged",
}
_NOT_OPERATING = {Activity.CLOSED.value, Activity.SEALED.value}


def legend(
    released: Project, cells: Cells, bounds: Bounds, day: date, language: Language
) -> tuple[LegendEntry, ...]:
    """Return an entry for each sign on the map of released rows, with how many there are."""
    return (
        *_sites(released, language),
        *_allegations(released, language),
        *_cells(cells, language),
        *_crossings(released, bounds, day, language),
        *_zones(released, language),
        *_doubts(released, day, language),
    )


def _doubts(released: Project, day: date, language: Language) -> list[LegendEntry]:
    """Tell of the soft areas in which something lies somewhere."""
    request = snapshot(default_layers(), released, MapView(0, 0, 1, 1, 1), on=day)
    found = (
        (site_doubts(request), GREY, "legend.doubt.sites"),
        (allegation_doubts(request), PURPLE, "legend.doubt.allegations"),
    )
    return [
        LegendEntry(
            _counted(text(code, language), sum(len(d.ids) for d in doubts), language), fill=colour
        )
        for doubts, colour, code in found
        if doubts
    ]


def _counted(name: str, n: int, language: Language) -> str:
    return f"{name} ({format_number(n, language)})"


def _sites(released: Project, language: Language) -> list[LegendEntry]:
    sites = released.table(Kind.SITE)
    flags = sites.columns.get(ANNULLED, np.zeros(len(sites), dtype=bool))
    found = Counter(zip(sites["legal_status"].tolist(), flags.tolist(), strict=True))
    entries = [
        LegendEntry(
            _counted(status_word(s, language, annulled=gone), found[s.value, gone], language),
            site_symbol(s, annulled=gone),
        )
        for s in LegalStatus
        for gone in (False, True)
        if found[s.value, gone]
    ]
    if any(activity in _NOT_OPERATING for activity in sites["activity"]):
        symbol = site_symbol(LegalStatus.LEGAL, Activity.CLOSED)
        entries.append(LegendEntry(text("report.legend.closed", language), symbol))
    return entries


def _allegations(released: Project, language: Language) -> list[LegendEntry]:
    table = released.table(Kind.ALLEGATION)
    shown = on_map(table)
    judged = [
        at_least(Reliability(r), Credibility(c))
        for r, c in zip(table["reliability"][shown], table["credibility"][shown], strict=True)
    ]
    entries = [
        LegendEntry(
            _counted(text(code, language), judged.count(answer), language),
            allegation_symbol(answer),
        )
        for answer, code in _GRADES.items()
        if answer in judged
    ]
    if Answer.YES.value in table["held_now"][shown].tolist():
        symbol = allegation_symbol(True, held_now=True)  # noqa: FBT003 - the answer of `at_least`
        entries.append(LegendEntry(text("report.legend.held", language), symbol))
    return entries


def _cells(cells: Cells, language: Language) -> list[LegendEntry]:
    if not len(cells.counts):
        return []
    n = int(cells.counts.sum())
    return [LegendEntry(_counted(text("report.legend.cell", language), n, language), fill=PURPLE)]


def _crossings(
    released: Project, bounds: Bounds, day: date, language: Language
) -> list[LegendEntry]:
    west, south, east, north = bounds
    crossings = [
        c
        for c in released.all(BorderCrossing)
        if c.point and west <= c.point.lon <= east and south <= c.point.lat <= north
    ]
    classes = [c.crossing_class for c in crossings]
    entries = [
        LegendEntry(_counted(label(c, language), classes.count(c), language), crossing_symbol(c))
        for c in CrossingClass
        if c in classes
    ]
    if any(c.open_on(day) is False for c in crossings):
        symbol = crossing_symbol(CrossingClass.BILATERAL, is_open=False)
        entries.append(LegendEntry(text("report.legend.crossing_closed", language), symbol))
    return entries


def _zones(released: Project, language: Language) -> list[LegendEntry]:
    n = len(released.table(Kind.ZONE))
    if not n:
        return []
    return [
        LegendEntry(
            _counted(text("report.legend.zone", language), n, language), fill=ZONE_COLOURS[0]
        )
    ]
