"""An authority's decision on a person: the only way in which anybody is called a ringleader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from geo.clock import today
from geo.edit.person_decisions import in_force, name_ringleader, revoke_ringleader
from geo.edit.ruling import Ruling
from geo.model.site import Authority
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import tr
from gui.widgets.layouts import card, column
from gui.widgets.spins import DayField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.network import PersonRef
    from geo.project import Project


class PersonDecideDialog(FormDialog):
    """Asks for a decision that names a ringleader, or for the one that revokes it.

    Attributes:
        ready: A function from the plan to the edit that enters the decision.
    """

    ready = Signal(object)

    def __init__(self, project: Project, person: PersonRef, parent: QWidget) -> None:
        held = in_force(project, person.id)
        self._revokes = held is not None
        title = "dialog.leader.revoke" if self._revokes else "dialog.leader.name"
        super().__init__(parent, title, "dialog.decide.enter", width=560)
        self._person_id = person.id
        words = f"{person.pseudonym} · {i18n.label(person.role)}"
        self.body.addWidget(Data(words, role="heading", wrap=True))
        signer = project.user.name if project.user is not None else ""
        self.body.addWidget(
            card(
                column(
                    Text("dialog.leader.note", wrap=True),
                    Text("dialog.leader.signer", role="caption", wrap=True, name=signer),
                    margin=12,
                    gap=4,
                ),
                "warning",
            )
        )
        if held is not None:
            said = tr(
                "dialog.leader.revokes", day=i18n.day(held.decided_on), document=held.document
            )
            before = tr("dialog.leader.before", role=i18n.label(held.from_role))
            self.body.addWidget(Data(f"{said} {before}", wrap=True))
        self.authority = QComboBox()
        for authority in project.all(Authority):
            if authority.may_decide:
                name = i18n.name_of(authority.name_km, authority.name_en)
                self.authority.addItem(name, authority.id)
        self.authority.setCurrentIndex(-1)
        self.authority.setPlaceholderText(tr("dialog.decide.choose"))
        self.document, self.reason = line(self.check), line(self.check)
        self.day = DayField(today(), latest=today())
        fields = form()
        add_field(fields, "dialog.decide.authority", self.authority)
        add_field(fields, "dialog.decide.document", self.document)
        add_field(fields, "dialog.decide.day", self.day)
        add_field(fields, "dialog.decide.reason", self.reason)
        self.body.addLayout(fields)
        self.authority.currentIndexChanged.connect(lambda _i: self.check())
        self.authority.setFocus()
        self.check()

    def missing(self) -> str:
        if self.authority.currentIndex() < 0:
            return "dialog.decide.no_authority"
        if not self.document.text().strip():
            return "dialog.decide.no_document"
        return "" if self.reason.text().strip() else "dialog.decide.no_reason"

    def finish(self) -> None:
        ruling = Ruling(
            reason=self.reason.text().strip(),
            authority_id=self.authority.currentData(),
            document=self.document.text().strip(),
            decided_on=self.day.day(),
        )
        enter, person_id = (
            revoke_ringleader if self._revokes else name_ringleader,
            self._person_id,
        )
        self.ready.emit(lambda plan: enter(plan, person_id, ruling))
