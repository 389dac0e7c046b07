"""The parts of a plan's map, prepared once per table and kept until the table is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.model.entity import Kind
from layers.doubt import Doubt, doubts
from layers.features import (
    PointFeatures,
    ZoneFeatures,
    allegation_features,
    crossing_features,
    site_features,
    zone_features,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.model.table import Table
    from layers.snapshot import DrawRequest, Selection
    from layers.view import FloatArray


def prepare(tables: Mapping[Kind, Table]) -> None:
    """Make ready what the main thread will ask of a plan's big tables, on whatever thread this is.

    The places of the ids, which every selection looks up, and the symbols of map and legend.
    """
    for table in tables.values():
        table.index  # noqa: B018 - built when it is first asked for
    _sites(tables[Kind.SITE])
    _allegations(tables[Kind.ALLEGATION])


def sites(request: DrawRequest) -> PointFeatures:
    """Return the sites that are symbols."""
    return _sites(request.table(Kind.SITE))


def _sites(table: Table) -> PointFeatures:
    return table.kept("sites", (), lambda: site_features(table))


def allegations(request: DrawRequest) -> PointFeatures:
    """Return the allegations that are symbols."""
    return _allegations(request.table(Kind.ALLEGATION))


def _allegations(table: Table) -> PointFeatures:
    return table.kept("allegations", (), lambda: allegation_features(table))


def crossings(request: DrawRequest) -> PointFeatures:
    """Return the crossings as they were on the map's date."""
    table = request.table(Kind.CROSSING)
    return table.kept("crossings", (request.on,), lambda: crossing_features(table, request.on))


def zones(request: DrawRequest) -> ZoneFeatures:
    """Return the zones with what is written in them."""
    tables = [request.table(kind) for kind in (Kind.ZONE, Kind.ASSIGNMENT, Kind.TEAM)]
    return tables[0].kept("zones", tuple(tables[1:]), lambda: zone_features(*tables))


def site_doubts(request: DrawRequest) -> tuple[Doubt, ...]:
    """Return the areas in which sites are known to be somewhere."""
    return _doubts("site doubts", Kind.SITE, request)


def allegation_doubts(request: DrawRequest) -> tuple[Doubt, ...]:
    """Return the areas of which something is alleged."""
    return _doubts("allegation doubts", Kind.ALLEGATION, request)


def _doubts(name: str, kind: Kind, request: DrawRequest) -> tuple[Doubt, ...]:
    table, units = request.table(kind), request.table(Kind.ADMIN_UNIT)
    return table.kept(name, (units,), lambda: doubts(table, units))


def selected_points(request: DrawRequest) -> FloatArray:
    """Return where selected rows are in EPSG:3857 metres: symbols, or the middles of doubt."""
    selection = request.selection
    if selection is None or selection.kind not in _POINT_KINDS:
        return np.empty((0, 2))
    table = request.table(selection.kind)
    parts = (request.table(Kind.ADMIN_UNIT), selection, request.on)
    return table.kept("selected", parts, lambda: _selected(request, table, selection))


def _selected(request: DrawRequest, table: Table, selection: Selection) -> FloatArray:
    points, doubts_of = _POINT_KINDS[selection.kind]
    features = points(request)
    chosen = np.zeros(len(table), dtype=bool)
    chosen[[table.index[i] for i in selection.ids if i in table]] = True
    found = [features.index.xy[chosen[features.rows]]]
    found += [
        np.array([(doubt.x, doubt.y)])
        for doubt in (doubts_of(request) if doubts_of else ())
        if not selection.ids.isdisjoint(doubt.ids)
    ]
    return np.concatenate(found)


_POINT_KINDS: dict[
    Kind,
    tuple[
        Callable[[DrawRequest], PointFeatures],
        Callable[[DrawRequest], tuple[Doubt, ...]] | None,
    ],
] = {
    Kind.SITE: (sites, site_doubts),
    Kind.ALLEGATION: (allegations, allegation_doubts),
    Kind.CROSSING: (crossings, None),
}
