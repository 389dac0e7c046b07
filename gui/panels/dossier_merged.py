"""The rows that turned out to be the same site: each with its own history and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import tr
from gui.models.pairs import full_title_of
from gui.panels.dossier_parts import follow, link_row, note

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from gui.panels.dossier import Dossier


def merged_ids(project: Project, site_id: str) -> list[str]:
    """Return the ids of the rows that were merged into a site."""
    sites = project.table(Kind.SITE)
    return [str(i) for i in sites.ids[sites["merged_into"] == site_id]]


def merged_rows(project: Project, site_id: str, dossier: Dossier) -> list[QWidget]:
    """Return the way to each row that was merged into a site, with the size of its ledger."""
    ledger = project.table(Kind.STATUS_DECISION)["site_id"]
    rows: list[QWidget] = []
    for merged_id in merged_ids(project, site_id):
        count = i18n.number(int((ledger == merged_id).sum()))
        title = full_title_of(project, Kind.SITE, merged_id)
        press = follow(dossier, Kind.SITE, merged_id)
        rows.append(link_row(title, tr("duplicates.own_ledger", n=count), press))
    return [*rows, note("duplicates.own_history")]
