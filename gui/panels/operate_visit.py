"""What can be done with a visit where it is listed: correct it, photos, fines, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.fines import proposals
from geo.edit.inspections import fines_of
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from gui.panels.operate_fines import fine_card
from gui.rights import permit
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import Flow, boxed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.result import Inspection, Outcome
    from geo.project import Project
    from gui.panels.dossier import Dossier

RECORD = "visit.record"


def record_button(project: Project, site_id: str, dossier: Dossier) -> list[QWidget]:
    """Return the button that records a visit, where somebody answers for it."""
    if not dossier.desk.intents.has(RECORD):
        return []
    button = _asking(dossier, project, "operate.record", RECORD, Verb.INSPECT, site_id)
    return [boxed(_flow(button))]


def visit_parts(project: Project, visit: Inspection, dossier: Dossier) -> list[QWidget]:
    """Return the fines of a visit and what can be done with it."""
    if not dossier.desk.intents.has(RECORD):
        return []
    fines = _asking(
        dossier, project, "operate.visit.fines", "fine.propose", Verb.PROPOSE_FINE, visit.id
    )
    if fines.isEnabled() and not proposals(project, visit.id):
        explain(fines, "operate.fine.none")
    buttons = _flow(
        _asking(dossier, project, "operate.visit.edit", "visit.correct", Verb.INSPECT, visit.id),
        _photo(dossier, project, visit),
        fines,
        _asking(
            dossier,
            project,
            "operate.visit.outcome",
            "outcome.of_visit",
            Verb.RECORD_OUTCOME,
            visit.id,
        ),
    )
    cards: list[QWidget] = []
    for fine in fines_of(project, visit.id):
        card = fine_card(project, fine)
        card.decide.clicked.connect(
            lambda _checked=False, fine=fine: dossier.desk.intents.ask("fine.decide", fine.id)
        )
        permit(card.decide, project, Verb.CONFIRM_FINE)
        cards.append(card)
    return [*cards, boxed(buttons)]


def outcome_parts(project: Project, outcome: Outcome, dossier: Dossier) -> list[QWidget]:
    """Return what can be done with an outcome."""
    if not dossier.desk.intents.has(RECORD):
        return []
    button = _asking(
        dossier,
        project,
        "operate.visit.edit",
        "outcome.correct",
        Verb.RECORD_OUTCOME,
        outcome.id,
    )
    return [boxed(_flow(button))]


def _photo(dossier: Dossier, project: Project, visit: Inspection) -> Button:
    button = Button("photo.add", look="link")
    button.clicked.connect(lambda: dossier.desk.intents.ask("photo.add", Kind.INSPECTION, visit.id))
    permit(button, project, Verb.ATTACH)
    return button


def _asking(
    dossier: Dossier, project: Project, code: str, name: str, verb: Verb, row_id: str
) -> Button:
    button = Button(code, look="link")
    button.clicked.connect(lambda: dossier.desk.intents.ask(name, row_id))
    permit(button, project, verb)
    return button


def _flow(*buttons: Button) -> Flow:
    flow = Flow(2)
    for button in buttons:
        flow.addWidget(button)
    return flow
