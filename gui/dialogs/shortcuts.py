"""Keys and help: every command with its keys, and what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout

from gui.actions import COMMANDS
from gui.i18n import retext, tr
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, column, row, scrolling
from gui.widgets.texts import Chip, Line, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SIZE = (640, 600)


class ShortcutsDialog(QDialog):
    """Shows the commands in two columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        retext(self, lambda: self.setWindowTitle(tr("action.shortcuts")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        half = (len(COMMANDS) + 1) // 2
        for place, command in enumerate(COMMANDS):
            column_, line = divmod(place, half)
            grid.addWidget(Text(f"action.{command.name}"), line, column_ * 3)
            keys = Chip(command.keys, "plain")
            grid.addWidget(keys, line, column_ * 3 + 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnMinimumWidth(2, 24)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        close = Button("window.close", look="primary")
        close.clicked.connect(self.accept)
        body = column(
            Text("dialog.help.map", role="caption", wrap=True),
            grid,
            Line(),
            Text("window.app_name", role="heading"),
            Text("dialog.help.about", role="caption", wrap=True),
            None,
            gap=12,
        )
        body.setContentsMargins(0, 0, 12, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        box.addWidget(Text("action.shortcuts", role="title"))
        box.addWidget(scrolling(boxed(body)), 1)
        box.addLayout(row(None, close))
