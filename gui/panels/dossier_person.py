"""The dossier of a person: a pseudonym, a suspected role, an arrest, the next question, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.clock import today
from geo.edit.person_decisions import in_force, person_ledger
from geo.edit.persons import ask_next
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.network import PersonRef
from geo.model.plan import User
from geo.model.site import Authority
from geo.model.vocabulary import PersonRole
from gui import i18n
from gui.i18n import tr
from gui.panels.dossier_history import HistoryPart
from gui.panels.dossier_links import connected, links, links_of
from gui.panels.dossier_parts import (
    Field,
    Page,
    asking,
    chips,
    facts_form,
    fold,
    in_place,
    note,
)
from gui.rights import permit
from gui.widgets.buttons import explain
from gui.widgets.field_values import day_text, read_day
from gui.widgets.in_place import LineEditor
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Chip, Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.edit.edit import Edit
    from geo.model.network import PersonDecision
    from geo.project import Project
    from gui.panels.dossier import Dossier
    from gui.widgets.buttons import Button


def person_page(project: Project, person_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a person."""
    person = project.get(PersonRef, person_id)
    ledger = person_ledger(project, person_id)
    history = [
        (Kind.PERSON_REF, person_id),
        *((Kind.PERSON_DECISION, d.id) for d in ledger),
        *((Kind.LINK, link.id) for link in links_of(project, Kind.PERSON_REF, person_id)),
    ]
    parts = [
        _head(project, person),
        fold(dossier, "panel.person.arrest", lambda: _arrest(project, person, dossier)),
        fold(dossier, "panel.person.next", lambda: _next(project, person, dossier)),
        fold(
            dossier,
            "panel.site.links",
            lambda: links(project, Kind.PERSON_REF, person_id, dossier),
            count=len(links_of(project, Kind.PERSON_REF, person_id)),
        ),
        fold(
            dossier,
            "panel.person.ledger",
            lambda: _ledger(project, person, ledger, dossier),
            count=len(ledger),
        ),
        fold(
            dossier,
            "panel.history.title",
            lambda: [HistoryPart(dossier, history)],
            is_open=False,
        ),
    ]
    return Page(tr("panel.person.kind"), person.pseudonym, person.country, parts)


def _head(project: Project, person: PersonRef) -> QWidget:
    named = in_force(project, person.id) is not None
    standing = "panel.person.decided" if named else "panel.person.suspected"
    words = [(i18n.label(person.role), "plain"), (tr(standing), "plain" if named else "warning")]
    if person.arrested_on is not None:
        words.append((tr("panel.person.arrested"), "plain"))
    return boxed(
        column(chips(*words), Data(connected(project, person.id), role="caption", wrap=True), gap=4)
    )


def _arrest(project: Project, person: PersonRef, dossier: Dossier) -> list[QWidget]:
    record = asking(
        dossier,
        "person.arrest",
        "panel.person.record" if person.arrested_on is None else "panel.person.correct",
        "lock",
        person.id,
    )
    free = None
    if person.arrested_on is not None:
        free = asking(dossier, "person.free", "panel.person.no_arrest", "x", person.id)
    acts = _acts(project, Verb.RECORD_ARREST, ("person-arrest", record), ("person-free", free))
    if person.arrested_on is None:
        return [note("panel.person.not_arrested"), *acts]
    days = (today() - person.arrested_on).days
    rows: list[tuple[str, str | QWidget]] = [
        ("dialog.arrest.day", i18n.day(person.arrested_on)),
        ("links.head.days", i18n.number(days)),
        ("dialog.arrest.source", person.arrest_source),
    ]
    return [facts_form(rows), *acts]


def _next(project: Project, person: PersonRef, dossier: Dossier) -> list[QWidget]:
    """Return the next question, who asks it and when, each corrected where it stands."""
    question, asker, day = person.next_question, person.asked_by, person.asked_on

    def asked(plan: Project, value: object) -> Edit:
        # Without a question there is nobody who asks it.
        keeps = bool(str(value).strip())
        return ask_next(
            plan,
            person.id,
            str(value),
            asked_by=asker if keeps else "",
            asked_on=day if keeps else None,
        )

    def by(plan: Project, value: object) -> Edit:
        return ask_next(plan, person.id, question, asked_by=str(value), asked_on=day)

    def on(plan: Project, value: object) -> Edit:
        return ask_next(plan, person.id, question, asked_by=asker, asked_on=value)  # type: ignore[arg-type] # a day or None

    fields = (
        ("links.head.question", question, lambda: LineEditor(question), asked, "next-question"),
        ("links.head.asked_by", asker, lambda: LineEditor(asker), by, "asked-by"),
        (
            "dialog.ask.day",
            i18n.day(day) if day is not None else "",
            lambda: LineEditor(day_text(day), read_day),
            on,
            "asked-on",
        ),
    )
    rows: list[tuple[str, str | QWidget]] = [
        (
            code,
            in_place(dossier, project, Verb.ASK_NEXT, Field(code, text or "–", make, key), build),
        )
        for code, text, make, build, key in fields
    ]
    parts: list[QWidget] = [facts_form(rows), note("dialog.ask.note")]
    if question and day is not None and day < today():
        parts.insert(0, note("panel.person.overdue", role="warning", day=i18n.day(day)))
    return parts


def _ledger(
    project: Project, person: PersonRef, ledger: list[PersonDecision], dossier: Dossier
) -> list[QWidget]:
    revoked = {d.revokes for d in ledger if d.revokes}
    entries: list[QWidget] = [
        _decision(project, d, struck=d.id in revoked) for d in reversed(ledger)
    ]
    named = in_force(project, person.id) is not None
    code = "panel.person.revoke" if named else "panel.person.name"
    decide = asking(dossier, "person.decide", code, "gavel", person.id)
    acts = _acts(project, Verb.DECIDE_PERSON, ("person-decide", decide))
    if decide is not None and decide.isEnabled():
        if not any(a.may_decide for a in project.all(Authority)):
            explain(decide, "panel.why.no_authority")
        elif person.role is PersonRole.RINGLEADER and not named:
            explain(decide, "panel.person.old_leader")
    edit = asking(dossier, "person.edit", "panel.person.edit", "pencil", person.id)
    remove = None
    if not ledger and not links_of(project, Kind.PERSON_REF, person.id):
        remove = asking(dossier, "person.remove", "panel.person.remove", "trash", person.id)
    return [
        *(entries or [note("panel.person.no_decision")]),
        *acts,
        *_acts(project, Verb.EDIT_PERSON, ("person-edit", edit), ("person-remove", remove)),
    ]


def _decision(project: Project, decision: PersonDecision, *, struck: bool) -> QWidget:
    authority = project.find(Authority, decision.authority_id)
    who = i18n.name_of(authority.name_km, authority.name_en) if authority else "–"
    user = project.find(User, decision.decided_by)
    reason = Data(decision.reason, wrap=True)
    reason.setProperty("struck", "true" if struck else "false")
    entered = tr("panel.person.entered", name=user.name if user is not None else "–")
    parts: list[QWidget] = [
        boxed(
            row(
                Chip(i18n.label(decision.to_role), "struck" if struck else "plain"),
                None,
                Data(i18n.day(decision.decided_on), role="caption"),
            )
        ),
        reason,
        Data(f"{who} · {decision.document} · {entered}", role="caption", wrap=True),
    ]
    if decision.revokes:
        parts.append(Text("panel.person.revokes", role="caption", wrap=True))
    return card(column(*parts, margin=10, gap=3))


def _acts(project: Project, verb: Verb, *buttons: tuple[str, Button | None]) -> list[QWidget]:
    shown = [(name, button) for name, button in buttons if button is not None]
    for name, button in shown:
        button.setObjectName(name)
        permit(button, project, verb)
    return [boxed(row(*(button for _, button in shown), None))] if shown else []
