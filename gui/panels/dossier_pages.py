"""One page of the dossier for each kind that can be selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import localise, measure
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from gui import facts, i18n
from gui.i18n import tr
from gui.panels.dossier_allegation import allegation_page
from gui.panels.dossier_crossing import crossing_page
from gui.panels.dossier_parts import Page, facts_form, follow, link_row, note, section
from gui.panels.dossier_person import person_page
from gui.panels.dossier_site import site_page
from gui.panels.dossier_team import team_page
from gui.panels.zone_card import ZoneCard
from gui.rights import why_drawn
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import boxed, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from gui.panels.dossier import Dossier


def zone_page(project: Project, zone_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a zone: its size, what lies in it, its team."""
    from geo.model.command import Zone

    zone = project.get(Zone, zone_id)
    place = ZoneCard(project, zone, flat=True)
    place.assign_asked.connect(dossier.assign_asked)
    place.unassign_asked.connect(dossier.unassign_asked)
    place.add_team_asked.connect(dossier.add_team_asked)
    edit = Button("action.edit_vertices", "vector")
    edit.clicked.connect(lambda: dossier.edit_zone_asked.emit(zone_id))
    why, params = why_drawn(project, zone_id, Verb.EDIT_ZONE)
    explain(edit, why, **params)
    allegations = project.table(Kind.ALLEGATION)
    placed = facts.count_inside(project, Kind.ALLEGATION, zone.outline)
    return Page(
        tr("panel.zone.kind"),
        zone.name,
        "",
        [
            section("panel.zone.team", place),
            section(
                "panel.zone.facts",
                facts_form(
                    [
                        (
                            "panel.zone.area",
                            localise.format_area_km2(
                                measure.area_m2(zone.outline), i18n.language()
                            ),
                        ),
                        ("panel.column.priority", i18n.number(zone.priority)),
                        ("panel.column.state", i18n.label(zone.state)),
                        (
                            "panel.zone.sites",
                            i18n.number(facts.count_inside(project, Kind.SITE, zone.outline)),
                        ),
                        ("panel.zone.allegations", i18n.number(placed)),
                    ]
                ),
                note("panel.zone.points_only", n=i18n.number(len(allegations))),
            ),
            boxed(row(edit, None)),
        ],
    )


def several(project: Project, kind: Kind, ids: tuple[str, ...], dossier: Dossier) -> Page:
    """Return the dossier of several rows: how many, and a way to each."""
    from gui.models.faces import face_of

    table = project.table(kind)
    rows: list[QWidget] = []
    for entity_id in ids[:SHOWN]:
        if kind in {Kind.SITE, Kind.ALLEGATION, Kind.CROSSING}:
            face = face_of(project, table, table.index[entity_id])
            title, second, symbol = face.title, face.subtitle, face.symbol
        else:
            title, second, symbol = (
                str(table[_NAME.get(kind, "name")][table.index[entity_id]]),
                "",
                None,
            )
        rows.append(link_row(title, second, follow(dossier, kind, entity_id), symbol))
    if len(ids) > SHOWN:
        rows.append(note("panel.dossier.more", n=i18n.number(len(ids) - SHOWN)))
    return Page("", tr("panel.dossier.several", n=i18n.number(len(ids))), "", rows)


SHOWN = 50
_NAME: Final = {Kind.PERSON_REF: "pseudonym"}
PAGES: Final[dict[Kind, Callable[[Project, str, Dossier], Page]]] = {
    Kind.SITE: site_page,
    Kind.ALLEGATION: allegation_page,
    Kind.CROSSING: crossing_page,
    Kind.PERSON_REF: person_page,
    Kind.ZONE: zone_page,
    Kind.TEAM: team_page,
}
