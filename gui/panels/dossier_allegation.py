"""The dossier of an allegation: held now first, and never a word that reads as a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.corroboration import corroboration
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation, Source, at_least
from geo.model.entity import Kind
from geo.model.vocabulary import Answer
from geo.same_event import NEAR_M, PLACE_DAYS, SITE_DAYS, duplicates_of, same_event
from gui import facts, i18n
from gui.allegation_words import nationality_words, people_words, place_words
from gui.i18n import tr
from gui.models.faces import allegation_title, waiting_word
from gui.panels.allegation_fields import AllegationFields
from gui.panels.allegation_link import site_part
from gui.panels.allegation_state import StatePart
from gui.panels.dossier_history import HistoryPart
from gui.panels.dossier_parts import (
    Page,
    asking,
    chips,
    facts_form,
    fold,
    follow,
    link_row,
    note,
)
from gui.rights import permit
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Chip, Data
from layers import style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from geo.corroboration import Corroboration
    from geo.project import Project
    from gui.panels.dossier import Dossier


def allegation_page(project: Project, allegation_id: str, dossier: Dossier) -> Page:
    """Return the dossier of an allegation."""
    allegation = project.get(Allegation, allegation_id)
    table = project.table(Kind.ALLEGATION)
    found = corroboration(project, allegation_id)
    fields = AllegationFields(project, allegation, dossier)
    repeats = sorted(duplicates_of(table, allegation_id) - {allegation_id})
    edit = asking(dossier, "allegation.edit", "panel.allegation.edit", "edit", allegation_id)
    parts: list[QWidget] = [
        _held(project, allegation),
        note("panel.allegation.not_a_verdict"),
        fold(
            dossier,
            "panel.allegation.state",
            lambda: [StatePart(project, allegation, dossier, found)],
        ),
        fold(dossier, "panel.allegation.grade", fields.grade),
        fold(dossier, "dialog.allegation.text", lambda: [_text(allegation)]),
        fold(
            dossier,
            "panel.site.where",
            lambda: [
                Data(_where(allegation), wrap=True),
                facts_form([("dialog.allegation.place_words", fields.place_text())]),
            ],
        ),
        fold(dossier, "panel.column.site", lambda: site_part(project, allegation, dossier)),
        fold(
            dossier,
            "panel.allegation.corroboration",
            lambda: _corroboration(project, allegation, found, dossier),
            count=found.independent,
        ),
        fold(dossier, "panel.allegation.report", lambda: [_report(allegation, fields)]),
        fold(
            dossier,
            "panel.allegation.duplicates",
            lambda: _rows(project, repeats, dossier) or [note("panel.allegation.no_duplicate")],
            count=len(repeats),
            is_open=bool(repeats),
        ),
        fold(
            dossier,
            "panel.history.title",
            lambda: [HistoryPart(dossier, [(Kind.ALLEGATION, allegation_id)])],
            is_open=False,
        ),
    ]
    if edit is not None:
        edit.setObjectName("allegation-edit")
        permit(edit, project, Verb.EDIT_ALLEGATION)
        parts.insert(2, boxed(row(edit, None)))
    return Page(
        tr("panel.allegation.kind"),
        allegation_title(table, table.index[allegation_id]),
        allegation.reference,
        parts,
    )


def _held(project: Project, allegation: Allegation) -> QWidget:
    """Return whether people are held now, with the hours, before anything else; and the state."""
    table = project.table(Kind.ALLEGATION)
    words = f"{tr('panel.column.held_now')}: {i18n.label(allegation.held_now)}"
    grade = facts.grade_of(allegation.reliability, allegation.credibility)
    rest = (
        (i18n.label(allegation.status), "plain"),
        (f"{tr('panel.column.grade')} {grade}", "plain"),
    )
    if allegation.held_now is not Answer.YES:
        return chips((words, "plain"), *rest)
    hours = waiting_word(table, table.index[allegation.id])
    return boxed(
        column(
            card(column(Chip(words, "allegation"), Data(hours, role="heading"), margin=10), "held"),
            chips(*rest),
        )
    )


def _where(allegation: Allegation) -> str:
    return place_words(
        allegation.precision, allegation.point, allegation.accuracy_m, allegation.admin_code
    )


def _corroboration(
    project: Project, allegation: Allegation, found: Corroboration, dossier: Dossier
) -> list[QWidget]:
    """Return the number with its formula in words, and the other reports of the event."""
    tone = "true" if found.holds else "plain"
    code = "panel.allegation.rule_holds" if found.holds else "panel.allegation.rule_fails"
    parts: list[QWidget] = [chips((tr(code), tone))]
    for line in found.formula():
        params = {k: i18n.number(v) if isinstance(v, int) else v for k, v in line.params.items()}
        parts.append(Data(tr(line.code, **params), wrap=True))
    limits = {
        "site_days": i18n.number(SITE_DAYS),
        "place_days": i18n.number(PLACE_DAYS),
        "metres": i18n.number(NEAR_M),
    }
    parts.append(note("panel.allegation.rule", **limits))
    parts += _rows(project, same_event(project, allegation), dossier)
    if allegation.source_id and project.find(Source, allegation.source_id) is not None:
        near = tuple(v.source_id for v in found.counted if v.source_id)
        others = (o.allegation_id for o in found.left_out)
        near += tuple(project.get(Allegation, i).source_id for i in others)
        ask = asking(
            dossier,
            "source.edit",
            "panel.allegation.edit_source",
            "link",
            allegation.source_id,
            near,
        )
        if ask is not None:
            ask.setObjectName("source-edit")
            permit(ask, project, Verb.EDIT_SOURCE)
            parts.append(boxed(row(ask, None)))
    return parts


def _report(allegation: Allegation, fields: AllegationFields) -> QWidget:
    received = i18n.day(allegation.received_on)
    if allegation.received_on is not None and allegation.received_at is not None:
        received += i18n.digits(f", {allegation.received_at:%H:%M}")
    return facts_form(
        [
            ("panel.column.received", received),
            ("panel.allegation.occurred", fields.occurred()),
            ("panel.column.held_now", fields.held()),
            ("panel.allegation.channel", fields.channel()),
            ("panel.allegation.people", people_words(allegation)),
            ("panel.allegation.nationalities", nationality_words(allegation.nationalities)),
            ("panel.column.reference", fields.reference()),
        ]
    )


def _text(allegation: Allegation) -> QWidget:
    """Return what was said; it cannot be taken into the clipboard."""
    if not allegation.text:
        return note("panel.allegation.no_text")
    return Data(allegation.text, wrap=True)


def _rows(project: Project, ids: Iterable[str], dossier: Dossier) -> list[QWidget]:
    """Return other allegations, each with its grade, its source and its state."""
    table = project.table(Kind.ALLEGATION)
    found: list[QWidget] = []
    for other_id in ids:
        other = project.get(Allegation, other_id)
        source = project.find(Source, other.source_id) if other.source_id else None
        grade = facts.grade_of(other.reliability, other.credibility)
        words = [
            other.reference,
            source.pseudonym if source else tr("panel.allegation.source_unknown"),
            f"{tr('panel.column.grade')} {grade}",
            i18n.label(other.status),
        ]
        found.append(
            link_row(
                allegation_title(table, table.index[other_id]),
                " · ".join(w for w in words if w),
                follow(dossier, Kind.ALLEGATION, other_id),
                style.allegation_symbol(
                    at_least(other.reliability, other.credibility),
                    held_now=other.held_now is Answer.YES,
                ),
            )
        )
    return found
