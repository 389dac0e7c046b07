"""Linking an allegation to a site: those near it, and any other by its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from shiboken6 import isValid

from geo import localise
from geo.edit.merging import live_sites
from geo.edit.verbs import Verb
from geo.measure import distances_m
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Precision
from gui import i18n
from gui.i18n import retext, tr
from gui.models.faces import site_title
from gui.panels.dossier_parts import follow, link_row, note
from gui.rights import permit, why_not
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.search import Finding, SearchBox
from gui.widgets.texts import Elided
from layers import style

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.allegation import Allegation
    from geo.project import Project
    from geo.search import PlanIndex
    from gui.panels.dossier import Dossier

NEAR_M: Final = 2_000.0
MOST_NEAR: Final = 5
EACH: Final = 8


def site_part(project: Project, allegation: Allegation, dossier: Dossier) -> list[QWidget]:
    """Return the linked site with the way to take the link back, or the sites it may be."""
    ask = dossier.desk.intents.ask
    site = project.find(Site, allegation.site_id) if allegation.site_id else None
    if site is not None:
        sites = project.table(Kind.SITE)
        away = Button("panel.allegation.unlink", "x")
        away.setObjectName("allegation-unlink")
        away.clicked.connect(lambda: ask("allegation.link", allegation.id, ""))
        permit(away, project, Verb.EDIT_ALLEGATION)
        return [
            link_row(
                site_title(sites, sites.index[site.id]),
                i18n.label(site.legal_status),
                follow(dossier, Kind.SITE, site.id),
                style.site_symbol(site.legal_status, site.activity),
            ),
            boxed(row(away, None)),
        ]
    parts: list[QWidget] = [note("panel.allegation.no_site")]
    near = near_sites(project, allegation)
    parts += [_choice(project, allegation, dossier, i, metres) for i, metres in near]
    if not why_not(project, Verb.EDIT_ALLEGATION)[0]:
        parts.append(SiteSearch(project, allegation.id, dossier))
    return parts


def near_sites(project: Project, allegation: Allegation) -> list[tuple[str, float | None]]:
    """Return the sites that an allegation may be about, the nearest first, with metres.

    Those within `NEAR_M` of a point; of an allegation known by its village, the sites of that
    village, without a distance. A wider unit says too little.
    """
    sites = project.table(Kind.SITE)
    live = live_sites(sites)
    if allegation.point is not None:
        lon, lat = allegation.point
        reach = NEAR_M / 100_000
        window = (np.abs(sites["lon"] - lon) <= reach) & (np.abs(sites["lat"] - lat) <= reach)
        # A site held by its village has no place from which metres could be told.
        exact = sites["precision"] == Precision.POINT.value
        rows = np.flatnonzero(window & live & exact)
        if not len(rows):
            return []
        there = np.column_stack([sites["lon"][rows], sites["lat"][rows]]).astype(float)
        metres = distances_m(np.array([lon, lat]), there)
        order = np.argsort(metres, kind="stable")
        chosen = [k for k in order if metres[k] <= NEAR_M][:MOST_NEAR]
        return [(str(sites.ids[rows[k]]), float(metres[k])) for k in chosen]
    if allegation.precision is not Precision.VILLAGE:
        return []
    rows = np.flatnonzero((sites["admin_code"] == allegation.admin_code) & live)
    return [(str(i), None) for i in sites.ids[rows[:MOST_NEAR]]]


def _choice(
    project: Project, allegation: Allegation, dossier: Dossier, site_id: str, metres: float | None
) -> QWidget:
    sites = project.table(Kind.SITE)
    title = site_title(sites, sites.index[site_id])
    name = Button("", look="link")
    name.setText(title.replace("&", "&&"))
    name.clicked.connect(lambda _on=False: dossier.select(Kind.SITE, site_id))
    link = IconButton("link", "panel.allegation.link_here", look="small")
    link.setObjectName(f"link-{site_id}")
    link.clicked.connect(
        lambda: dossier.desk.intents.ask("allegation.link", allegation.id, site_id)
    )
    permit(link, project, Verb.EDIT_ALLEGATION)
    length = "" if metres is None else localise.format_length(metres, i18n.language())
    words = tr("panel.allegation.away", length=length) if length else ""
    inner = row(column(name, Elided(words, role="caption"), gap=0), link)
    inner.setStretch(0, 1)
    inner.setContentsMargins(6, 4, 8, 6)
    return card(inner)


class SiteSearch(SearchBox):
    """Finds any site by its name or code; the index is made when the field is first used."""

    def __init__(self, project: Project, allegation_id: str, dossier: Dossier) -> None:
        super().__init__(dossier.window())
        self._project, self._allegation_id, self._dossier = project, allegation_id, dossier
        self._index: PlanIndex | None = None
        self._asked = False
        self.setObjectName("allegation-find-site")
        self.asked.connect(self._find)
        self.destroyed.connect(partial(_drop, self.results))
        retext(self, self._word)

    def _word(self) -> None:
        self.setPlaceholderText(tr("panel.allegation.find_site"))
        self.setAccessibleName(tr("panel.allegation.find_site"))

    def _find(self, wanted: str) -> None:
        if len(wanted) < 2:  # noqa: PLR2004 - one letter finds everything
            self.results.hide()
            return
        if self._index is None:
            self._prepare()
            return
        table = self._project.table(Kind.SITE)
        found = []
        for hit in self._index.find(wanted, EACH).get(Kind.SITE, ()):
            if hit.id in table:
                position = table.index[hit.id]
                second = str(table["code"][position] or "")
                take = partial(self._link, hit.id)
                title = site_title(table, position)
                found.append(Finding("building-store", title, second, take))
        self.show_findings(found)

    def _prepare(self) -> None:
        from geo.search import FIELDS, PlanIndex

        if self._asked:
            return
        self._asked = True
        tables = {kind: self._project.table(kind) for kind in FIELDS}
        desk = self._dossier.desk
        desk.runner.run(lambda _progress: PlanIndex.of(tables), self._ready, desk.toast.fail)

    def _ready(self, index: PlanIndex) -> None:
        if isValid(self):
            self._index = index
            self._find(self.text().strip())

    def _link(self, site_id: str) -> None:
        self._dossier.desk.intents.ask("allegation.link", self._allegation_id, site_id)


def _drop(results: QWidget, *_gone: object) -> None:
    """Take the list of findings away with its field: it is a child of the window."""
    if isValid(results):
        results.deleteLater()
