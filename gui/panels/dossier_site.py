"""The dossier of a site: everything that is known of it on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.decisions import ledger_of
from geo.edit.indicators import answers_now, checks_of
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Activity, Answer
from gui import facts, i18n
from gui.models.faces import site_title
from gui.panels import dossier_links
from gui.panels import dossier_site_lists as lists
from gui.panels.dossier_history import HistoryPart
from gui.panels.dossier_merged import merged_ids, merged_rows
from gui.panels.dossier_parts import Page, Symbol, chips, fold, follow, link_row
from gui.panels.dossier_site_fields import SiteFields
from gui.panels.dossier_site_indicators import IndicatorList
from gui.panels.dossier_site_status import status_ledger
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Text
from layers import style

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from gui.panels.dossier import Dossier


def site_page(project: Project, site_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a site."""
    site = project.get(Site, site_id)
    table = project.table(Kind.SITE)
    names = [n for n in (site.name_km, site.name_en, site.name_zh) if n]
    title = site_title(table, table.index[site_id])
    fields = SiteFields(project, site, dossier)
    asked = [a for a in answers_now(checks_of(project, site_id)).values() if a != Answer.UNKNOWN]
    visits = lists.visits_of(project, site_id)
    photos = lists.photos(project, Kind.SITE, site_id, dossier)
    parts = [
        _status(site),
        fold(dossier, "panel.site.overview", fields.overview),
        fold(
            dossier,
            "panel.site.ledger",
            lambda: status_ledger(project, site, dossier),
            count=len(ledger_of(project, site_id)),
        ),
        fold(dossier, "panel.site.where", fields.where),
        fold(
            dossier,
            "panel.site.licences",
            lambda: lists.licences(project, site_id, dossier),
            count=len(facts.licences_of(project, site_id)),
        ),
        fold(
            dossier,
            "panel.site.allegations",
            lambda: lists.allegations(project, site_id, dossier),
            count=len(facts.linked_allegations(project, site_id)),
        ),
        fold(
            dossier,
            "panel.site.indicators",
            lambda: [IndicatorList(project, site, dossier)],
            count=len(asked),
            is_open=("indicators", site_id) in dossier.drafts,
        ),
        fold(
            dossier,
            "panel.site.visits",
            lambda: lists.visits(project, site_id, visits, dossier),
            count=len(visits),
            is_open=False,
        ),
        fold(
            dossier,
            "panel.site.links",
            lambda: dossier_links.links(project, Kind.SITE, site_id, dossier),
            count=len(dossier_links.links_of(project, Kind.SITE, site_id)),
            is_open=False,
        ),
        *([photos] if photos is not None else []),
        fold(
            dossier,
            "panel.history.title",
            lambda: [HistoryPart(dossier, lists.history_rows(project, site_id))],
            is_open=False,
        ),
    ]
    if merged := merged_ids(project, site_id):
        parts.append(
            fold(
                dossier,
                "duplicates.merged_rows",
                lambda: merged_rows(project, site_id, dossier),
                count=len(merged),
                is_open=False,
            )
        )
    if site.merged_into:
        parts.insert(0, _merged(project, site, dossier))
    return Page(i18n.label(site.kind), title, " · ".join(n for n in names if n != title), parts)


def _status(site: Site) -> QWidget:
    """Return status and activity with the sign that they have on the map."""
    activity_tone = "plain" if site.activity is Activity.OPERATING else "warning"
    words = chips(
        (i18n.label(site.legal_status), "plain"), (i18n.label(site.activity), activity_tone)
    )
    line = row(Symbol(style.site_symbol(site.legal_status, site.activity), 22), words)
    line.setStretch(1, 1)
    return boxed(line)


def _merged(project: Project, site: Site, dossier: Dossier) -> QWidget:
    """Return that the site turned out to be another one, with the way to that one."""
    sites = project.table(Kind.SITE)
    parts: list[QWidget] = [Text("panel.site.merged", wrap=True)]
    if site.merged_into in sites:
        title = site_title(sites, sites.index[site.merged_into])
        parts.append(link_row(title, "", follow(dossier, Kind.SITE, site.merged_into)))
    return card(column(*parts, margin=10, gap=6), "warning")
