"""The next steps of an allegation: only those that its state permits, and why one is not open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtWidgets import QMenu, QWidget

from geo.edit.allegation_states import REOPENED, TRANSITIONS, Basis
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus
from geo.same_event import same_event
from gui import i18n
from gui.i18n import tr
from gui.models.faces import face_of
from gui.panels.dossier_parts import note
from gui.rights import permit
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import Flow, boxed, column

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.corroboration import Corroboration
    from geo.model.allegation import Allegation
    from geo.project import Project
    from gui.panels.dossier import Dossier

_S = AllegationStatus
MOST_OFFERED: Final = 12
ICONS: Final = {
    _S.TRIAGED: "checklist",
    _S.ASSESSING: "scale",
    _S.DUPLICATE: "layers-intersect",
    _S.INSUFFICIENT: "question-mark",
    _S.CORROBORATED: "users",
    _S.UNSUBSTANTIATED: "circle-x",
    _S.ACTIONED: "flag",
    _S.CLOSED: "archive",
}


class StatePart(QWidget):
    """The state with a button for each step that may follow."""

    def __init__(
        self, project: Project, allegation: Allegation, dossier: Dossier, found: Corroboration
    ) -> None:
        super().__init__()
        self._project, self._allegation, self._dossier = project, allegation, dossier
        self.buttons: dict[AllegationStatus, Button] = {}
        steps = Flow(6)
        now = allegation.status
        for to in AllegationStatus:
            if to in TRANSITIONS[now]:
                steps.addWidget(self._button(to, reopens=(now, to) in REOPENED))
        parts: list[QWidget] = [boxed(steps)]
        if permit(self, project, Verb.EDIT_ALLEGATION):
            if _S.CORROBORATED in self.buttons and not found.holds:
                self._offer_bases(self.buttons[_S.CORROBORATED])
                parts.append(note("panel.allegation.basis_note"))
            if _S.DUPLICATE in self.buttons:
                self._offer_others(self.buttons[_S.DUPLICATE])
        else:
            for button in self.buttons.values():
                permit(button, project, Verb.EDIT_ALLEGATION)
            self.setEnabled(True)  # its buttons say why, which a disabled parent would hide
            self.setToolTip("")
        self.setLayout(column(*parts, gap=6))

    def _button(self, to: AllegationStatus, *, reopens: bool) -> Button:
        code = "allegation.step.reopen" if reopens else f"allegation.step.{to.value}"
        button = Button(code, "refresh" if reopens else ICONS[to])
        button.setObjectName(f"state-{to.value}")
        button.clicked.connect(self._to(to))
        self.buttons[to] = button
        return button

    def _to(self, to: AllegationStatus, *more: object) -> Callable[[], None]:
        ask, allegation_id = self._dossier.desk.intents.ask, self._allegation.id
        return lambda: ask("allegation.state", allegation_id, to, *more)

    def _offer_bases(self, button: Button) -> None:
        """Where the rule does not hold, what corroborates it must be named: from a closed list."""
        menu = QMenu(button)
        for basis in Basis:
            if basis is not Basis.INDEPENDENT_SOURCES:
                action = menu.addAction(i18n.label(basis))
                action.triggered.connect(self._to(_S.CORROBORATED, "", basis))
        self._give(button, menu)

    def _offer_others(self, button: Button) -> None:
        others = near_reports(self._project, self._allegation)
        if not others:
            explain(button, "panel.allegation.no_other")
            return
        table = self._project.table(Kind.ALLEGATION)
        menu = QMenu(button)
        for other in others:
            position = table.index[other]
            face = face_of(self._project, table, position)
            reference = str(table["reference"][position] or "")
            day = str(table["received_on"][position] or "–")
            words = " · ".join(w for w in (reference, i18n.digits(day), face.title) if w)
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(self._to(_S.DUPLICATE, other))
        self._give(button, menu)

    def _give(self, button: Button, menu: QMenu) -> None:
        button.clicked.disconnect()
        button.setMenu(menu)
        button.setAccessibleDescription(tr("panel.allegation.choose"))


def near_reports(project: Project, allegation: Allegation) -> list[str]:
    """Return the ids of what an allegation may repeat: the same event first, then the same place.

    The same place is here the same site or the same unit, a commune too: a person decides.
    """
    table = project.table(Kind.ALLEGATION)
    event = list(same_event(project, allegation))
    near = np.zeros(len(table), dtype=bool)
    if allegation.site_id:
        near |= table["site_id"] == allegation.site_id
    if allegation.admin_code:
        near |= table["admin_code"] == allegation.admin_code
    day = str(allegation.received_on or "")
    rest = [str(i) for i in table.ids[near] if i != allegation.id and i not in set(event)]
    # The latest before it are the likeliest.
    rest.sort(key=lambda i: _distance(str(table["received_on"][table.index[i]] or ""), day))
    return [*event, *rest][:MOST_OFFERED]


def _distance(one: str, other: str) -> int:
    from datetime import date

    if not one or not other:
        return 1_000_000
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
