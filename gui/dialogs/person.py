"""Persons by pseudonym: who they may be, their arrest, and what they are asked next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from geo.clock import today
from geo.edit.persons import add_person, ask_next, edit_person, record_arrest
from geo.edit.pseudonyms import is_pseudonym
from geo.model.network import PersonRef
from geo.model.vocabulary import PersonRole
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext, tr
from gui.widgets.field_values import day_text, read_day, reads
from gui.widgets.layouts import card, column
from gui.widgets.spins import DayField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = 2
"""Of a country's code."""


class PersonFields(QWidget):
    """Pseudonym, suspected role, country: all that is ever kept of who somebody is."""

    def __init__(self, changed: Callable[[], object], person: PersonRef | None = None) -> None:
        super().__init__()
        self._changed = changed
        self.pseudonym = line(self._typed, "" if person is None else person.pseudonym)
        retext(
            self.pseudonym,
            lambda: self.pseudonym.setPlaceholderText(tr("dialog.person.pseudonym_hint")),
        )
        self.role = QComboBox()
        led = person is not None and person.role is PersonRole.RINGLEADER
        for role in PersonRole:
            # Nobody is called a ringleader here: the ledger decides who is one.
            if (role is PersonRole.RINGLEADER) == led:
                self.role.addItem(i18n.label(role), role.value)
        self.role.setCurrentIndex(-1 if person is None else self.role.findData(person.role.value))
        self.role.setPlaceholderText(tr("dialog.decide.choose"))
        self.country = line(changed, "" if person is None else person.country)
        self.country.setMaxLength(LETTERS)
        retext(
            self.country,
            lambda: self.country.setPlaceholderText(tr("dialog.person.country_hint")),
        )
        self.warning = Text("dialog.person.no_name", role="warning", wrap=True)
        self.warning.hide()
        fields = form()
        fields.setContentsMargins(0, 0, 0, 0)
        add_field(fields, "dialog.person.pseudonym", self.pseudonym)
        fields.addRow("", self.warning)
        add_field(fields, "dialog.person.role", self.role)
        add_field(fields, "dialog.person.country", self.country)
        fields.setRowVisible(self.warning, False)
        self._fields = fields
        self.setLayout(fields)
        self.role.currentIndexChanged.connect(lambda _i: changed())

    def missing(self) -> str:
        """Return the code of what still has to be filled in, or empty."""
        for wanting, code in (
            (not is_pseudonym(self.pseudonym.text()), "dialog.person.no_pseudonym"),
            (self.role.currentIndex() < 0, "dialog.person.no_role"),
            (len(self.country.text().strip()) not in {0, LETTERS}, "dialog.person.no_country"),
        ):
            if wanting:
                return code
        return ""

    def person(self) -> PersonRef:
        """Return a new person as it was filled in."""
        return PersonRef(
            pseudonym=self.pseudonym.text().strip(),
            role=PersonRole(self.role.currentData()),
            country=self.country.text().strip().upper(),
        )

    def _typed(self) -> None:
        text = self.pseudonym.text().strip()
        self._fields.setRowVisible(self.warning, bool(text) and not is_pseudonym(text))
        self._changed()


class PersonDialog(FormDialog):
    """Asks for a person, new or to be corrected.

    Attributes:
        ready: A function from the plan to the edit.
    """

    ready = Signal(object)

    def __init__(self, parent: QWidget, person: PersonRef | None = None) -> None:
        """Ask for a new person, or for corrections of one."""
        title = "dialog.person.new" if person is None else "dialog.person.edit"
        accept = "dialog.person.add" if person is None else "dialog.team.save"
        super().__init__(parent, title, accept, width=520)
        self._known = person
        self.body.addWidget(
            card(column(Text("dialog.person.note", role="caption", wrap=True), margin=10))
        )
        self.fields = PersonFields(self.check, person)
        self.body.addWidget(self.fields)
        self.fields.pseudonym.setFocus()
        self.check()

    def missing(self) -> str:
        return self.fields.missing()

    def finish(self) -> None:
        told = self.fields.person()
        if self._known is None:
            self.ready.emit(lambda plan: add_person(plan, told))
            return
        person_id = self._known.id
        self.ready.emit(
            lambda plan: edit_person(
                plan, person_id, pseudonym=told.pseudonym, country=told.country, role=told.role
            )
        )


class ArrestDialog(FormDialog):
    """Asks for the day of an arrest and who says so.

    Attributes:
        ready: A function from the plan to the edit.
    """

    ready = Signal(object)

    def __init__(self, person: PersonRef, parent: QWidget) -> None:
        super().__init__(parent, "dialog.arrest.title", "dialog.arrest.record", width=480)
        self._person_id = person.id
        self.day = DayField(person.arrested_on or today(), today())
        self.source = line(self.check, person.arrest_source)
        retext(self.source, lambda: self.source.setPlaceholderText(tr("dialog.arrest.source_hint")))
        fields = form()
        add_field(fields, "dialog.arrest.day", self.day)
        add_field(fields, "dialog.arrest.source", self.source)
        self.body.addWidget(Data(person.pseudonym, role="heading"))
        self.body.addLayout(fields)
        self.day.setFocus()
        self.check()

    def missing(self) -> str:
        return "" if self.source.text().strip() else "dialog.arrest.no_source"

    def finish(self) -> None:
        person_id, day, source = self._person_id, self.day.day(), self.source.text().strip()
        self.ready.emit(lambda plan: record_arrest(plan, person_id, day, source=source))


class AskDialog(FormDialog):
    """Asks for the next question, who asks it, and when.

    Attributes:
        ready: A function from the plan to the edit.
    """

    ready = Signal(object)

    def __init__(self, person: PersonRef, parent: QWidget) -> None:
        super().__init__(parent, "dialog.ask.title", "dialog.team.save", width=540)
        self._person_id = person.id
        self.question = line(self.check, person.next_question)
        self.asked_by = line(self.check, person.asked_by)
        self.asked_on = line(self.check, day_text(person.asked_on))
        retext(self, self._word)
        fields = form()
        add_field(fields, "links.head.question", self.question)
        add_field(fields, "links.head.asked_by", self.asked_by)
        add_field(fields, "dialog.ask.day", self.asked_on)
        self.body.addWidget(Data(person.pseudonym, role="heading"))
        self.body.addWidget(
            card(column(Text("dialog.ask.note", role="caption", wrap=True), margin=10))
        )
        self.body.addLayout(fields)
        self.question.setFocus()
        self.check()

    def missing(self) -> str:
        told = self.question.text().strip()
        if not told and (self.asked_by.text().strip() or self.asked_on.text().strip()):
            return "dialog.ask.no_question"
        return "" if reads(read_day, self.asked_on.text()) else "dialog.crossing.no_day"

    def finish(self) -> None:
        person_id, question = self._person_id, self.question.text().strip()
        asked_by, day = self.asked_by.text().strip(), read_day(self.asked_on.text())
        self.ready.emit(
            lambda plan: ask_next(plan, person_id, question, asked_by=asked_by, asked_on=day)
        )

    def _word(self) -> None:
        self.question.setPlaceholderText(tr("dialog.ask.question_hint"))
        self.asked_by.setPlaceholderText(tr("dialog.ask.by_hint"))
        self.asked_on.setPlaceholderText(tr("dialog.crossing.since_hint"))
