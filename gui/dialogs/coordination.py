"""A question to another authority and its answer; for the prosecutor with the authorisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox

from geo.clock import today
from geo.model.command import Coordination
from geo.model.vocabulary import CoordinationAuthority, CoordinationResult
from gui import i18n
from gui.dialogs.authorisation import AuthorisationPart
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext, tr
from gui.widgets.layouts import boxed, column, row
from gui.widgets.spins import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from geo.model.command import Operation
    from geo.project import Project
    from gui.dialogs.authorisation import Bare

DAYS_TO_REPLY: Final = 7
WIDE, LEFT_PX = 860, 360
_PROSECUTOR: Final = CoordinationAuthority.COURT_PROSECUTOR


class CoordinationDialog(FormDialog):
    """Asks for a question, or for its answer.

    Attributes:
        ready: The `Coordination`.
        preview_asked: It is to be said what the authorisation leaves bare (`Coordination`).
    """

    ready = Signal(object)
    preview_asked = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        project: Project,
        operation: Operation,
        told: Coordination | None,
        selected: Sequence[str] = (),
    ) -> None:
        """Show an entry, or a new one.

        Args:
            parent: The window over which it stands.
            project: The plan.
            operation: Whose coordination it is.
            told: The entry; None asks for a new one.
            selected: Ids of the sites that are selected on the map.
        """
        is_open = told is not None and told.result is CoordinationResult.OPEN
        title = "record" if told is None else "reply" if is_open else "correct"
        super().__init__(
            parent, f"command.coordinate.{title}", f"command.coordinate.{title}", width=WIDE
        )
        self._told = told or Coordination(operation_id=operation.id, authority=_PROSECUTOR)
        asked = self._told.asked_on or today()
        self.authority = QComboBox()
        for member in CoordinationAuthority:
            self.authority.addItem("", member.value)
        self.authority.setEnabled(told is None)
        self.authority.setCurrentIndex(list(CoordinationAuthority).index(self._told.authority))
        self.asked = DayField(asked, today())
        self.has_due = QCheckBox()
        self.has_due.setChecked(told is None or told.due_on is not None)
        self.due = DayField(self._told.due_on or asked + timedelta(days=DAYS_TO_REPLY))
        self.answer = QComboBox()
        for result in CoordinationResult:
            self.answer.addItem("", result.value)
        begins = CoordinationResult.AGREED if is_open else self._told.result
        self.answer.setCurrentIndex(list(CoordinationResult).index(begins))
        self.replied = DayField(self._told.replied_on or today(), today())
        self.reference = line(self.check, self._told.reference)
        self.given = AuthorisationPart(project, operation, self._told.authorisation, selected)
        self._arrange()
        retext(self, self._word)
        self.has_due.toggled.connect(lambda _on: self.check())
        self.authority.currentIndexChanged.connect(lambda _at: self.check())
        self.answer.currentIndexChanged.connect(lambda _at: self.check())
        for field in (self.asked, self.due, self.replied):
            field.dateTimeChanged.connect(lambda _t: self.check())
        self.given.changed.connect(self.check)
        self.given.preview_asked.connect(self._ask_preview)
        self.check()

    def _arrange(self) -> None:
        fields = form()
        add_field(fields, "command.column.authority", self.authority)
        add_field(fields, "command.column.asked", self.asked)
        due = row(self.has_due, self.due, gap=4)
        due.setStretch(1, 1)
        fields.addRow("", boxed(due))
        add_field(fields, "command.column.result", self.answer)
        add_field(fields, "command.column.replied", self.replied)
        add_field(fields, "command.column.reference", self.reference)
        left = boxed(column(fields, None))
        left.setMinimumWidth(LEFT_PX)
        both = row(left, self.given, gap=24)
        both.setStretch(1, 1)
        self.body.addLayout(both)

    def _word(self) -> None:
        for at, authority in enumerate(CoordinationAuthority):
            self.authority.setItemText(at, i18n.label(authority))
        for at, result in enumerate(CoordinationResult):
            self.answer.setItemText(at, i18n.label(result))
        self.has_due.setText(tr("command.column.due"))
        self.due.setAccessibleName(tr("command.column.due"))

    # --- what comes of it -----------------------------------------------------------------------

    @property
    def of_prosecutor(self) -> bool:
        """Whether it is the prosecutor who is asked."""
        return CoordinationAuthority(self.authority.currentData()) is _PROSECUTOR

    def value(self) -> Coordination:
        """Return the entry as it stands in the form."""
        result = CoordinationResult(self.answer.currentData())
        names = self.of_prosecutor and self.given.names_anything()
        return replace(
            self._told,
            authority=CoordinationAuthority(self.authority.currentData()),
            asked_on=self.asked.day(),
            due_on=self.due.day() if self.has_due.isChecked() else None,
            result=result,
            replied_on=None if result is CoordinationResult.OPEN else self.replied.day(),
            reference=self.reference.text().strip(),
            authorisation=self.given.value() if names else None,
        )

    def check(self) -> None:
        result = CoordinationResult(self.answer.currentData())
        self.replied.setEnabled(result is not CoordinationResult.OPEN)
        self.due.setEnabled(self.has_due.isChecked())
        self.given.setVisible(self.of_prosecutor)
        super().check()
        self.grow()

    def missing(self) -> str:
        told = self.value()
        if told.due_on is not None and told.asked_on is not None and told.due_on < told.asked_on:
            return "error.coordination.due_before_asked"
        if (
            told.replied_on is not None
            and told.asked_on is not None
            and told.replied_on < told.asked_on
        ):
            return "error.coordination.replied_before_asked"
        if self.of_prosecutor and told.result is CoordinationResult.AGREED:
            if not self.given.names_anything():
                return "error.coordination.no_scope"
            if not told.reference:
                return "error.coordination.no_reference"
        return self.given.missing() if told.authorisation is not None else ""

    def finish(self) -> None:
        self.ready.emit(self.value())

    def show_preview(self, bare: Sequence[Bare] | None) -> None:
        """Say what the authorisation leaves bare; None is not known yet."""
        self.given.show_preview(bare)
        self.grow()

    def _ask_preview(self) -> None:
        if self.of_prosecutor:
            self.preview_asked.emit(self.value())
