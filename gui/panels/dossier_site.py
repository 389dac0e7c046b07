"""The dossier of a site: what it is, what was decided, what is alleged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.decisions import TRANSITIONS, ledger_of
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation, at_least
from geo.model.entity import Kind
from geo.model.site import Authority, Licence, Site
from geo.model.vocabulary import Activity, Answer
from gui import facts, i18n
from gui.i18n import tr
from gui.models.faces import allegation_title, site_title
from gui.panels.dossier_parts import (
    Page,
    Symbol,
    accuracy,
    chips,
    facts_form,
    follow,
    link_row,
    note,
    place,
    section,
)
from gui.rights import permit
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Chip, Data
from layers import style

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.site import StatusDecision
    from geo.project import Project
    from gui.panels.dossier import Dossier


def site_page(project: Project, site_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a site: what it is, what was decided, what is alleged."""
    site = project.get(Site, site_id)
    table = project.table(Kind.SITE)
    names = [n for n in (site.name_km, site.name_en, site.name_zh) if n]
    title = site_title(table, table.index[site_id])
    activity_tone = "plain" if site.activity is Activity.OPERATING else "warning"
    decide = Button("panel.site.decide", "gavel")
    decide.clicked.connect(lambda: dossier.decide_asked.emit(site_id))
    if not permit(decide, project, Verb.DECIDE_STATUS):
        pass  # it says why
    elif not any(a.may_decide for a in project.all(Authority)):
        explain(decide, "panel.why.no_authority")
    elif not TRANSITIONS[site.legal_status]:
        explain(decide, "panel.why.no_way")
    return Page(
        i18n.label(site.kind),
        title,
        " · ".join(n for n in names if n != title),
        [
            _status(site, activity_tone),
            _ledger(project, site, decide),
            section(
                "panel.site.where",
                facts_form(
                    [
                        ("panel.column.precision", i18n.label(site.precision)),
                        ("panel.column.accuracy", accuracy(site.accuracy_m)),
                        ("panel.site.position", place(site.point)),
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


def _status(site: Site, activity_tone: str) -> QWidget:
    """Return status and activity with the sign that they have on the map."""
    words = chips(
        (i18n.label(site.legal_status), "plain"), (i18n.label(site.activity), activity_tone)
    )
    line = row(Symbol(style.site_symbol(site.legal_status, site.activity), 22), words)
    line.setStretch(1, 1)
    return boxed(line)


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
                follow(dossier, Kind.ALLEGATION, allegation_id),
                symbol,
            )
        )
    last = note("panel.allegation.not_a_verdict") if rows else note("panel.site.no_allegation")
    return section("panel.site.allegations", *rows, last)
