"""One selection for the tables, the map and the dossier, in both directions.

A licence is no sign on the map: its row selects the site that it belongs to, and a selected site
marks its licences. Looking for a licence without a site shows its registered point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.model.entity import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gui.panels.base import Desk
    from gui.tables.entity_table import EntityTable


class Sharing:
    """Keeps the tables of one drawer and the window's selection alike."""

    def __init__(self, desk: Desk, tables: Mapping[Kind, EntityTable]) -> None:
        self._desk, self._tables = desk, tables
        self._choosing: Kind | None = None
        for kind, table in tables.items():
            table.chosen.connect(lambda ids, kind=kind: self._choose(kind, ids))
            table.zoom_asked.connect(lambda i, kind=kind: self._zoom_to(kind, i))

    def show(self) -> None:
        """Mark in every table what is selected in the window."""
        chosen = self._desk.selection
        for kind, table in self._tables.items():
            if kind is self._choosing:
                continue
            if kind is Kind.LICENCE:
                sites = chosen.ids if chosen.kind is Kind.SITE else ()
                table.show_chosen(self._licences_of(sites) if sites else ())
            else:
                table.show_chosen(chosen.ids if chosen.kind is kind else ())

    def zoom(self) -> None:
        """Show on the map what is selected."""
        self._desk.selection.zoom_asked.emit()

    def _choose(self, kind: Kind, ids: Sequence[str]) -> None:
        self._choosing = kind
        try:
            if kind is Kind.LICENCE:
                self._desk.selection.select(Kind.SITE, self._sites_of(ids))
            else:
                self._desk.selection.select(kind, ids)
        finally:
            self._choosing = None

    def _zoom_to(self, kind: Kind, entity_id: str) -> None:
        if kind is not Kind.LICENCE:
            self._desk.selection.select(kind, [entity_id], zoom=True)
        elif sites := self._sites_of([entity_id]):
            self._desk.selection.select(Kind.SITE, sites, zoom=True)
        else:
            self._desk.intents.ask("table.show_on_map", kind, [entity_id])

    def _sites_of(self, licences: Sequence[str]) -> list[str]:
        table = self._tables[Kind.LICENCE].rows.table
        sites = self._tables[Kind.SITE].rows.table
        found = (str(table["site_id"][table.index[i]] or "") for i in licences)
        return [i for i in dict.fromkeys(found) if i in sites]

    def _licences_of(self, sites: Sequence[str]) -> list[str]:
        table = self._tables[Kind.LICENCE].rows.table
        wanted = set(sites)
        mine = np.fromiter((s in wanted for s in table["site_id"]), bool, count=len(table))
        return [str(i) for i in table.ids[mine]]
