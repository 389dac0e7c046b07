"""The passphrase of a protected plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.errors import PlanError

WRONG = "error.plan.wrong_passphrase"


class PassphraseDialog(FormDialog):
    """Asks for a passphrase.

    Attributes:
        ready: The passphrase that was typed.
    """

    ready = Signal(str)

    def __init__(self, plan: str, error: PlanError, parent: QWidget) -> None:
        super().__init__(parent, "dialog.passphrase.title", "dialog.passphrase.open", width=440)
        self.body.addWidget(Data(plan, role="heading", wrap=True))
        if error.code == WRONG:
            self.body.addWidget(Data(i18n.message(error), role="danger", wrap=True))
        self.passphrase = line(self.check)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        fields = form()
        add_field(fields, "dialog.passphrase", self.passphrase)
        self.body.addLayout(fields)
        self.passphrase.setFocus()
        self.check()

    def missing(self) -> str:
        return "" if self.passphrase.text() else "dialog.passphrase.empty"

    def finish(self) -> None:
        self.ready.emit(self.passphrase.text())
