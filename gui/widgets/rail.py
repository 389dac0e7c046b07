"""The rail: five workspaces in the order of the work."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton

from gui.actions import WORKSPACE_ICONS, WORKSPACES
from gui.i18n import retext, tr
from gui.icons import set_icon
from gui.widgets.layouts import column


class Rail(QFrame):
    """One button for each workspace.

    Attributes:
        chosen: The user goes to a workspace (its name).
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(82)
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        box = column(gap=2)
        box.setContentsMargins(0, 8, 0, 8)
        for number, name in enumerate(WORKSPACES, start=1):
            button = QToolButton()
            button.setProperty("rail", "true")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(24, 24))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            set_icon(button, WORKSPACE_ICONS[name], role="muted", checked="accent")
            retext(button, partial(_word, button, name, number))
            button.clicked.connect(lambda _checked, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self.buttons[name] = button
            box.addWidget(button)
        box.addStretch(1)
        self.setLayout(box)

    def show_chosen(self, name: str) -> None:
        """Mark the workspace that is open."""
        self.buttons[name].setChecked(True)


def _word(button: QToolButton, name: str, number: int) -> None:
    button.setText(tr(f"action.{name}"))
    button.setToolTip(f"{tr(f'panel.{name}.tip')}  (Ctrl+{number})")
    button.setAccessibleName(tr(f"action.{name}"))
