"""An authority's decision on a site: the only way in which a legal status changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit

from geo.edit.decisions import TRANSITIONS, decide_status
from geo.model.site import Authority, Site
from geo.model.vocabulary import LegalStatus
from gui import facts, i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import tr
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.project import Project


class DecideDialog(FormDialog):
    """Asks for a decision.

    Attributes:
        ready: A function from the plan to the edit that enters the decision.
    """

    ready = Signal(object)

    def __init__(self, project: Project, site_id: str, parent: QWidget) -> None:
        super().__init__(parent, "dialog.decide.title", "dialog.decide.enter", width=560)
        self._site_id = site_id
        site = project.get(Site, site_id)
        name = i18n.name_of(site.name_km, site.name_en, site.code)
        self.body.addWidget(Data(f"{name} · {i18n.label(site.legal_status)}", role="heading"))
        self.body.addWidget(
            card(column(Text("dialog.decide.note", role="caption", wrap=True), margin=10))
        )
        self.to = QComboBox()
        for status in LegalStatus:
            if status in TRANSITIONS[site.legal_status]:
                self.to.addItem(i18n.label(status), status.value)
        self.to.setCurrentIndex(-1)
        self.to.setPlaceholderText(tr("dialog.decide.choose"))
        self.authority = QComboBox()
        for authority in project.all(Authority):
            if authority.may_decide:
                self.authority.addItem(
                    i18n.name_of(authority.name_km, authority.name_en), authority.id
                )
        self.authority.setCurrentIndex(-1)
        self.authority.setPlaceholderText(tr("dialog.decide.choose"))
        self.document, self.reason = line(self.check), line(self.check)
        today = facts.local_now().date()
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.day.setMaximumDate(self.day.date())
        for combo in (self.to, self.authority):
            combo.currentIndexChanged.connect(lambda _i: self.check())
        fields = form()
        add_field(fields, "dialog.decide.to", self.to)
        add_field(fields, "dialog.decide.authority", self.authority)
        add_field(fields, "dialog.decide.document", self.document)
        add_field(fields, "dialog.decide.day", self.day)
        add_field(fields, "dialog.decide.reason", self.reason)
        self.body.addLayout(fields)
        self.to.setFocus()
        self.check()

    def missing(self) -> str:
        if self.to.currentIndex() < 0:
            return "dialog.decide.no_status"
        if self.authority.currentIndex() < 0:
            return "dialog.decide.no_authority"
        if not self.document.text().strip():
            return "dialog.decide.no_document"
        if not self.reason.text().strip():
            return "dialog.decide.no_reason"
        return ""

    def finish(self) -> None:
        to = LegalStatus(self.to.currentData())
        authority, document = self.authority.currentData(), self.document.text().strip()
        reason, site_id = self.reason.text().strip(), self._site_id
        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        self.ready.emit(
            lambda plan: decide_status(
                plan,
                [site_id],
                to,
                reason=reason,
                authority_id=authority,
                document=document,
                decided_on=day,
            )
        )
