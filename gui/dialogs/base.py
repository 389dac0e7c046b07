"""A dialog: a title, a form, a line that says what is missing, two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from gui.i18n import message, retext, tr
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import row
from gui.widgets.no_copy import keep_stored
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.errors import PlanError


class FormDialog(QDialog):
    """A dialog with a form; its main button says why it cannot be pressed yet.

    Attributes:
        waits: It stays open after it handed over what was filled in, until `accept` or `refuse` is
            called: nothing that was typed is lost when it cannot be done.
        fault: Says why it could not be done.
    """

    def __init__(self, parent: QWidget, title: str, accept: str, *, width: int = 520) -> None:
        """Make a dialog.

        Args:
            parent: The window over which it stands.
            title: Code of its title.
            accept: Code of the main button's text: what it will do.
            width: Pixels.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumWidth(width)
        retext(self, lambda: self.setWindowTitle(tr(title)))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.accept_button = Button(accept, look="primary")
        self.cancel_button = Button("window.cancel")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self._accepted)
        self.cancel_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(16)
        box.addWidget(Text(title, role="title", wrap=True))
        box.addLayout(self.body, 1)
        self.waits = False
        self._waiting = False
        self.fault = Data(role="danger", wrap=True)
        self.fault.hide()
        box.addWidget(self.fault)
        self.buttons = row(None, self.cancel_button, self.accept_button)
        box.addLayout(self.buttons)

    def missing(self) -> str:
        """Return the code of what still has to be filled in, or empty."""
        return ""

    def finish(self) -> None:
        """Hand over what was filled in."""
        raise NotImplementedError

    def check(self) -> None:
        """Enable the main button if nothing is missing, and else explain."""
        explain(self.accept_button, "dialog.waiting" if self._waiting else self.missing())

    def grow(self) -> None:
        """Make room for a text that has become longer; Qt would squeeze all others instead."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            height = max(layout.totalHeightForWidth(self.width()), layout.minimumSize().height())
            if height > self.height():
                self.resize(self.width(), height)

    def refuse(self, error: PlanError) -> None:
        """Say why it could not be done; what was filled in stays for another try."""
        self._waiting = False
        self.fault.setText(message(error))
        self.fault.show()
        self.check()
        self.grow()

    def _accepted(self) -> None:
        if self.missing() or self._waiting:
            return
        self.fault.hide()
        self._waiting = self.waits
        self.check()
        self.finish()
        if not self.waits:
            self.accept()


def form() -> QFormLayout:
    """Return a form with its labels above the 8 px grid."""
    made = QFormLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(10)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def add_field(to: QFormLayout, code: str, field: QWidget) -> None:
    """Add a field with its label; the label is its name for screen readers too."""
    name = Text(code)
    name.setBuddy(field)
    name.setMinimumWidth(130)
    retext(field, lambda: field.setAccessibleName(tr(code)))
    to.addRow(name, field)


def line(changed: Callable[[], object], text: str = "") -> QLineEdit:
    """Return a field for one line of text."""
    made = QLineEdit(text)
    made.setCursorPosition(0)  # a long value is read from its beginning
    made.textChanged.connect(lambda _text: changed())
    if text:
        keep_stored(made)
    return made
