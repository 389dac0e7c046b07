"""One page of the dossier for each kind that can be selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import localise, measure
from geo.edit.decisions import TRANSITIONS, ledger_of
from geo.model.allegation import Allegation, Source, at_least
from geo.model.command import Team
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.site import Authority, Licence, Site
from geo.model.vocabulary import Activity, Answer
from gui import facts, i18n
from gui.i18n import tr
from gui.models.columns import open_word
from gui.models.faces import allegation_title, site_title, waiting_word
from gui.panels.dossier_parts import Page, chips, facts_form, link_row, note, section
from gui.panels.team_parts import group_rows
from gui.panels.zone_card import ZoneCard
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Chip, Data
from layers import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from geo.model.site import StatusDecision
    from geo.project import Project
    from gui.panels.dossier import Dossier

KHMER = "km"


def _place(lonlat: tuple[float, float] | None) -> str:
    from geo import crs

    if lonlat is None:
        return ""
    return crs.format_decimal(*lonlat, khmer_digits=i18n.language() == KHMER)


def _accuracy(metres: float | None) -> str:
    return "" if metres is None else f"± {localise.format_length(metres, i18n.language())}"


def site_page(project: Project, site_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a site: what it is, what was decided, what is alleged."""
    site = project.get(Site, site_id)
    table = project.table(Kind.SITE)
    names = [n for n in (site.name_km, site.name_en, site.name_zh) if n]
    title = site_title(table, table.index[site_id])
    activity_tone = "plain" if site.activity is Activity.OPERATING else "warning"
    decide = Button("panel.site.decide", "gavel")
    decide.clicked.connect(lambda: dossier.decide_asked.emit(site_id))
    if project.user is None:
        explain(decide, "panel.why.nobody")
    elif not any(a.may_decide for a in project.all(Authority)):
        explain(decide, "panel.why.no_authority")
    elif not TRANSITIONS[site.legal_status]:
        explain(decide, "panel.why.no_way")
    return Page(
        i18n.label(site.kind),
        title,
        " · ".join(n for n in names if n != title),
        [
            chips(
                (i18n.label(site.legal_status), "true"),
                (i18n.label(site.activity), activity_tone),
            ),
            _ledger(project, site, decide),
            section(
                "panel.site.where",
                facts_form(
                    [
                        ("panel.column.precision", i18n.label(site.precision)),
                        ("panel.column.accuracy", _accuracy(site.accuracy_m)),
                        ("panel.site.position", _place(site.point)),
                        ("panel.site.address", site.address),
                    ]
                ),
            ),
            _licences(project, site_id),
            _allegations(project, site_id, dossier),
            section(
                "panel.site.register",
                facts_form(
                    [
                        ("panel.column.code", site.code),
                        ("panel.site.owner", site.owner),
                        (
                            "panel.column.capacity",
                            "" if site.capacity is None else i18n.number(site.capacity),
                        ),
                        ("panel.column.visited", i18n.day(site.visited_on)),
                        ("panel.site.claimed", site.claimed_status),
                        ("panel.column.source", site.source),
                    ]
                ),
                note("panel.site.claimed_note"),
            ),
        ],
    )


def _ledger(project: Project, site: Site, decide: Button) -> QWidget:
    entries: list[QWidget] = [_decision(project, d) for d in reversed(ledger_of(project, site.id))]
    if not entries:
        entries = [note("panel.site.no_decision")]
    return section("panel.site.ledger", *entries, boxed(row(decide, None)))


def _decision(project: Project, decision: StatusDecision) -> QWidget:
    authority = project.find(Authority, decision.authority_id)
    who = i18n.name_of(authority.name_km, authority.name_en) if authority else "–"
    return card(
        column(
            row(
                Chip(i18n.label(decision.to_status), "plain"),
                None,
                Data(i18n.day(decision.decided_on), role="caption"),
            ),
            Data(decision.reason, wrap=True),
            Data(f"{who} · {decision.document}", role="caption", wrap=True),
            margin=10,
            gap=3,
        )
    )


def _licences(project: Project, site_id: str) -> QWidget:
    today = facts.local_now().date()
    rows: list[QWidget] = []
    for licence_id in facts.licences_of(project, site_id):
        licence = project.get(Licence, licence_id)
        over = licence.expires_on is not None and licence.expires_on < today
        until = (
            tr("panel.licence.no_end")
            if licence.expires_on is None
            else tr(
                "panel.licence.expired" if over else "panel.licence.until",
                day=i18n.day(licence.expires_on),
            )
        )
        rows.append(
            card(
                column(
                    row(
                        Data(licence.number, copyable=True),
                        None,
                        Chip(until, "warning" if over else "plain"),
                    ),
                    Data(f"{licence.authority} · {licence.activity}", role="caption", wrap=True),
                    margin=10,
                    gap=3,
                )
            )
        )
    return section("panel.site.licences", *(rows or [note("panel.site.no_licence")]))


def _allegations(project: Project, site_id: str, dossier: Dossier) -> QWidget:
    table = project.table(Kind.ALLEGATION)
    rows: list[QWidget] = []
    for allegation_id in facts.linked_allegations(project, site_id):
        position = table.index[allegation_id]
        allegation = project.get(Allegation, allegation_id)
        grade = facts.grade_of(allegation.reliability, allegation.credibility)
        symbol = style.allegation_symbol(
            at_least(allegation.reliability, allegation.credibility),
            held_now=allegation.held_now is Answer.YES,
        )
        second = f"{tr('panel.column.grade')} {grade} · {i18n.label(allegation.status)}"
        rows.append(
            link_row(
                allegation_title(table, position),
                second,
                _follow(dossier, Kind.ALLEGATION, allegation_id),
                symbol,
            )
        )
    last = note("panel.allegation.not_a_verdict") if rows else note("panel.site.no_allegation")
    return section("panel.site.allegations", *rows, last)


def _follow(dossier: Dossier, kind: Kind, entity_id: str) -> Callable[[], None]:
    return lambda: dossier.select(kind, entity_id)


def allegation_page(project: Project, allegation_id: str, dossier: Dossier) -> Page:
    """Return the dossier of an allegation: held now first, then the grade in its two fields."""
    allegation = project.get(Allegation, allegation_id)
    table = project.table(Kind.ALLEGATION)
    position = table.index[allegation_id]
    held = allegation.held_now
    held_words = f"{tr('panel.column.held_now')}: {i18n.label(held)}"
    if held is Answer.YES:
        held_words += f" · {waiting_word(table, position)}"
    site = project.find(Site, allegation.site_id) if allegation.site_id else None
    sites = project.table(Kind.SITE)
    site_part = (
        link_row(
            site_title(sites, sites.index[site.id]),
            i18n.label(site.legal_status),
            _follow(dossier, Kind.SITE, site.id),
            style.site_symbol(site.legal_status, site.activity),
        )
        if site
        else note("panel.allegation.no_site")
    )
    source = project.find(Source, allegation.source_id) if allegation.source_id else None
    return Page(
        tr("panel.allegation.kind"),
        allegation_title(table, position),
        allegation.reference,
        [
            chips(
                (held_words, "allegation" if held is Answer.YES else "plain"),
                (i18n.label(allegation.status), "plain"),
            ),
            note("panel.allegation.not_a_verdict"),
            section(
                "panel.allegation.grade",
                facts_form(
                    [
                        (
                            "panel.allegation.reliability",
                            i18n.label(allegation.reliability),
                        ),
                        (
                            "panel.allegation.credibility",
                            i18n.label(allegation.credibility),
                        ),
                        ("panel.column.source", source.pseudonym if source else ""),
                    ]
                ),
            ),
            section(
                "panel.site.where",
                facts_form(
                    [
                        ("panel.column.precision", i18n.label(allegation.precision)),
                        ("panel.site.position", _place(allegation.point)),
                        ("panel.column.place", allegation.place_text),
                    ]
                ),
            ),
            section("panel.column.site", site_part),
            section(
                "panel.allegation.report",
                facts_form(
                    [
                        ("panel.column.received", i18n.day(allegation.received_on)),
                        ("panel.allegation.occurred", i18n.day(allegation.occurred_on)),
                        ("panel.allegation.channel", i18n.label(allegation.channel)),
                        ("panel.allegation.people", _people(allegation)),
                    ]
                ),
            ),
        ],
    )


def _people(allegation: Allegation) -> str:
    low, high = allegation.people_min, allegation.people_max
    if low is None and high is None:
        return tr("panel.allegation.people_unknown")
    if low == high or high is None or low is None:
        return i18n.number(low if low is not None else high or 0)
    return f"{i18n.number(low)} – {i18n.number(high)}"


def crossing_page(project: Project, crossing_id: str, _dossier: Dossier) -> Page:
    """Return the dossier of a border crossing."""
    crossing = project.get(BorderCrossing, crossing_id)
    is_open = crossing.open_on(facts.local_now().date())
    tone = "plain" if is_open is None else "true" if is_open else "warning"
    intervals = [
        f"{i18n.day(i.since) if i.since else '…'} – {i18n.day(i.until) if i.until else '…'}"
        for i in crossing.open_intervals
    ]
    names = [n for n in (crossing.name_km, crossing.name_en) if n]
    title = i18n.name_of(crossing.name_km, crossing.name_en)
    parts = [
        chips((i18n.label(crossing.crossing_class), "plain"), (open_word(is_open), tone)),
        facts_form(
            [
                ("panel.column.neighbour", i18n.label(crossing.neighbour)),
                ("panel.column.opposite", crossing.opposite),
                ("panel.crossing.intervals", "\n".join(intervals)),
                ("panel.site.position", _place(crossing.point)),
                ("panel.crossing.basis", crossing.basis),
            ]
        ),
    ]
    if crossing.approximate:
        parts.append(note("panel.crossing.approximate"))
    return Page(tr("panel.crossing.kind"), title, " · ".join(n for n in names if n != title), parts)


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
    if project.user is None:
        explain(edit, "panel.why.nobody")
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


def team_page(project: Project, team_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a team: its groups, vehicles and zones."""
    from geo.model.command import Zone

    team = project.get(Team, team_id)
    edit = Button("panel.team.edit", "edit")
    edit.clicked.connect(lambda: dossier.edit_team_asked.emit(team_id))
    if project.user is None:
        explain(edit, "panel.why.nobody")
    zones = [
        project.get(Zone, zone_id)
        for zone_id, assigned in facts.current_assignments(project).items()
        if any(a.team_id == team_id for a in assigned) and project.find(Zone, zone_id)
    ]
    vehicles = [f"{i18n.label(v.kind)} {v.name}".strip() for v in team.vehicles]
    zone_rows = [link_row(z.name, "", _follow(dossier, Kind.ZONE, z.id)) for z in zones]
    return Page(
        tr("panel.team.kind"),
        team.name,
        team.lead,
        [
            facts_form(
                [
                    ("panel.column.short", team.short_name),
                    ("panel.column.lead", team.lead),
                    ("panel.team.contact", team.contact),
                    ("panel.team.vehicles", ", ".join(vehicles)),
                ]
            ),
            section("panel.team.groups", *group_rows(team)),
            section("panel.team.zones", *(zone_rows or [note("panel.team.no_zone")])),
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
            title, second, symbol = str(table["name"][table.index[entity_id]]), "", None
        rows.append(link_row(title, second, _follow(dossier, kind, entity_id), symbol))
    if len(ids) > SHOWN:
        rows.append(note("panel.dossier.more", n=i18n.number(len(ids) - SHOWN)))
    return Page("", tr("panel.dossier.several", n=i18n.number(len(ids))), "", rows)


SHOWN = 50
PAGES: Final[dict[Kind, Callable[[Project, str, Dossier], Page]]] = {
    Kind.SITE: site_page,
    Kind.ALLEGATION: allegation_page,
    Kind.CROSSING: crossing_page,
    Kind.ZONE: zone_page,
    Kind.TEAM: team_page,
}
