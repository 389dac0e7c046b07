"""Who a copy is for: the three grades, each with what it shows, and why one is not to be had."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from geo.errors import InputError
from geo.model.vocabulary import Grade
from gui import i18n
from gui.i18n import message, retext, tr
from gui.widgets.layouts import column
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.model.entity import Kind


class GradeChoice(QWidget):
    """One of the grades at which rows of a kind may leave.

    Attributes:
        chosen: Another grade is wanted.
    """

    chosen = Signal()

    def __init__(
        self, kind: Kind, refused: Callable[[Grade], InputError | None] | None = None
    ) -> None:
        """Offer the grades.

        Args:
            kind: Of the rows.
            refused: Says why a grade cannot be had; None asks what is known of the kind.
        """
        super().__init__()
        self._refused = refused or partial(refusal, kind)
        self._group = QButtonGroup(self)
        self._buttons: dict[Grade, QRadioButton] = {}
        self._notes: dict[Grade, Data] = {}
        box = column(gap=2)
        for grade in Grade:
            button, note = QRadioButton(), Data(role="caption", wrap=True)
            button.setEnabled(self._refused(grade) is None)
            self._group.addButton(button)
            self._buttons[grade], self._notes[grade] = button, note
            box.addWidget(button)
            beneath = column(note)
            beneath.setContentsMargins(26, 0, 0, 8)
            box.addLayout(beneath)
            button.toggled.connect(lambda _on: self.chosen.emit())
        self.setLayout(box)
        self.setFocusProxy(self._buttons[Grade.COMMAND])
        retext(self, self._word)

    @property
    def grade(self) -> Grade | None:
        """The grade that is chosen, if one is."""
        return next((g for g, b in self._buttons.items() if b.isChecked()), None)

    def choose(self, grade: Grade) -> None:
        """Choose a grade, if it can be had."""
        if self._buttons[grade].isEnabled():
            self._buttons[grade].setChecked(True)

    def _word(self) -> None:
        for grade, button in self._buttons.items():
            fault = self._refused(grade)
            button.setText(i18n.label(grade))
            self._notes[grade].setText(
                message(fault) if fault else tr(f"table.shows.{grade.value}")
            )


def refusal(kind: Kind, grade: Grade) -> InputError | None:
    """Return why nothing of a kind may leave at a grade; None if it may."""
    from layers.export.rows import demand_grade

    try:
        demand_grade(kind, grade)
    except InputError as error:
        return error
    return None
