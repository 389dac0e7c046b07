"""What else the plan knows of a site: licences, allegations, visits, photographs."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from geo.catalogue import label
from geo.edit.inspections import local
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation, at_least
from geo.model.entity import Kind
from geo.model.result import Inspection, Outcome
from geo.model.site import Licence
from geo.model.vocabulary import Answer, Violation
from gui import facts, i18n
from gui.i18n import tr
from gui.models.faces import allegation_title
from gui.panels.dossier_parts import asking, follow, link_row, note, nothing_yet
from gui.panels.dossier_photos import photos_section
from gui.rights import permit
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import card, column, row
from gui.widgets.texts import Chip, Data
from layers import style

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from gui.panels.dossier import Dossier
    from gui.widgets.buttons import Button


def licences(project: Project, site_id: str, dossier: Dossier) -> list[QWidget]:
    """Return the licences that were matched to a site."""
    rows = [
        _licence(project.get(Licence, licence_id), project, dossier)
        for licence_id in facts.licences_of(project, site_id)
    ]
    add = asking(dossier, "licence.add", "panel.site.add_licence", "certificate", site_id)
    _allow(add, project, Verb.ADD_LICENCE)
    if not rows:
        return nothing_yet("panel.site.no_licence", add)
    return [*rows, *_button(add)]


def _licence(licence: Licence, project: Project, dossier: Dossier) -> QWidget:
    today = facts.local_now().date()
    over = licence.expires_on is not None and licence.expires_on < today
    until = (
        tr("panel.licence.no_end")
        if licence.expires_on is None
        else tr(
            "panel.licence.expired" if over else "panel.licence.until",
            day=i18n.day(licence.expires_on),
        )
    )
    head = row(Data(licence.number), None, Chip(until, "warning" if over else "plain"))
    if dossier.desk.intents.has("licence.edit"):
        edit = IconButton("pencil", "panel.site.edit_licence", look="small")
        edit.clicked.connect(lambda: dossier.desk.intents.ask("licence.edit", licence.id))
        permit(edit, project, Verb.EDIT_LICENCE)
        head.addWidget(edit)
    words = " · ".join(part for part in (licence.authority, licence.activity) if part)
    return card(
        column(head, *([Data(words, role="caption", wrap=True)] if words else []), margin=10, gap=3)
    )


def allegations(project: Project, site_id: str, dossier: Dossier) -> list[QWidget]:
    """Return the allegations that are linked to a site, never without saying what they are."""
    table = project.table(Kind.ALLEGATION)
    rows: list[QWidget] = []
    for allegation_id in facts.linked_allegations(project, site_id):
        allegation = project.get(Allegation, allegation_id)
        grade = facts.grade_of(allegation.reliability, allegation.credibility)
        symbol = style.allegation_symbol(
            at_least(allegation.reliability, allegation.credibility),
            held_now=allegation.held_now is Answer.YES,
        )
        second = f"{tr('panel.column.grade')} {grade} · {i18n.label(allegation.status)}"
        title = allegation_title(table, table.index[allegation_id])
        to = follow(dossier, Kind.ALLEGATION, allegation_id)
        rows.append(link_row(title, second, to, symbol))
    add = asking(dossier, "allegation.add", "panel.site.add_allegation", "message", site_id)
    _allow(add, project, Verb.ADD_ALLEGATION)
    if not rows:
        return nothing_yet("panel.site.no_allegation", add)
    return [*rows, note("panel.allegation.not_a_verdict"), *_button(add)]


def visits_of(project: Project, site_id: str) -> list[Inspection | Outcome]:
    """Return inspections and outcomes of a site, the latest first; one without a day comes last."""
    seen, came = project.table(Kind.INSPECTION), project.table(Kind.OUTCOME)
    found: list[Inspection | Outcome] = [
        *(project.get(Inspection, str(i)) for i in seen.ids[seen["site_id"] == site_id]),
        *(project.get(Outcome, str(i)) for i in came.ids[came["site_id"] == site_id]),
    ]
    return sorted(found, key=_when, reverse=True)


def _when(visit: Inspection | Outcome) -> datetime:
    if isinstance(visit, Outcome):
        return datetime.combine(visit.recorded_on, time.min)
    # A visit carries the zone in which it was written down, an outcome only its day.
    return local(visit.inspected_at) if visit.inspected_at else datetime.min  # noqa: DTZ901


def visits(
    project: Project, site_id: str, found: list[Inspection | Outcome], dossier: Dossier
) -> list[QWidget]:
    """Return what was seen at a site and what came of it."""
    from gui.panels.operate_visit import outcome_parts, record_button, visit_parts

    record = record_button(project, site_id, dossier)
    if found:
        rows = [
            _inspection(v, visit_parts(project, v, dossier))
            if isinstance(v, Inspection)
            else _outcome(v, outcome_parts(project, v, dossier))
            for v in found
        ]
        return [*record, *rows]
    button = asking(dossier, "import.file", "panel.site.import_visits", "file-import")
    _allow(button, project, Verb.IMPORT)
    return [*nothing_yet("panel.site.no_visit", button), *record]


def _inspection(visit: Inspection, acts: list[QWidget]) -> QWidget:
    people = [n for n in (visit.people_min, visit.people_max) if n is not None]
    words = tr("panel.site.people", n=" – ".join(i18n.number(n) for n in sorted(set(people))))
    lines = [
        visit.findings,
        words if people else "",
        ", ".join(_violation(v) for v in visit.violations),
        " · ".join(part for part in (visit.reference, visit.source) if part),
    ]
    when = i18n.moment(visit.inspected_at)
    return _dated(tr("panel.site.inspection"), when, lines, acts)


def _violation(code: str) -> str:
    """Return what a violation is called; what an older list named stays as it was written."""
    return label(Violation(code), i18n.language()) if code in set(Violation) else code


def _outcome(outcome: Outcome, acts: list[QWidget]) -> QWidget:
    counts = {
        "rescued": outcome.rescued,
        "referred": outcome.referred,
        "arrested": sum(a.count for a in outcome.arrested),
        "closed": outcome.sites_closed,
        "sealed": outcome.sites_sealed,
        "court": outcome.cases_to_court,
    }
    lines = [tr(f"panel.outcome.{key}", n=i18n.number(n)) for key, n in counts.items() if n]
    return _dated(
        tr("panel.site.outcome"),
        i18n.day(outcome.recorded_on),
        [" · ".join(lines) or tr("panel.outcome.nothing")],
        acts,
    )


def _dated(title: str, when: str, lines: list[str], acts: list[QWidget]) -> QWidget:
    texts = [Data(words, wrap=True) for words in lines if words]
    head = row(Data(title, role="heading"), None, Data(when, role="caption"))
    return card(column(head, *texts, *acts, margin=10, gap=3))


def history_rows(project: Project, site_id: str) -> list[tuple[Kind, str]]:
    """Return the rows whose history is a site's: its own, its decisions and its checks."""
    rows = [(Kind.SITE, site_id)]
    for kind, column_name in (
        (Kind.STATUS_DECISION, "site_id"),
        (Kind.INDICATOR_CHECK, "site_id"),
        (Kind.ATTACHMENT, "owner_id"),
    ):
        table = project.table(kind)
        rows += [(kind, str(i)) for i in table.ids[table[column_name] == site_id]]
    return rows


def photos(project: Project, kind: Kind, row_id: str, dossier: Dossier) -> QWidget | None:
    """Return the photographs of a row, if somebody answers for them."""
    if not dossier.desk.intents.has("photo.add"):
        return None
    return photos_section(project, kind, row_id, dossier)


def _allow(button: Button | None, project: Project, verb: Verb) -> None:
    if button is not None:
        permit(button, project, verb)


def _button(button: Button | None) -> list[QWidget]:
    from gui.widgets.layouts import boxed

    return [boxed(row(button, None))] if button is not None else []
