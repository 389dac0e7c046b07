"""The four buttons at the map's corner: closer, farther, the whole plan, what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from geo.catalogue import text
from gui import icons

if TYPE_CHECKING:
    from geo.catalogue import Language

SIDE = 32
GAP = 4
_BUTTONS = (
    ("plus", "map.zoom_in"),
    ("minus", "map.zoom_out"),
    ("maximize", "map.fit_plan"),
    ("current-location", "map.fit_selection"),
)


class MapControls(QWidget):
    """Buttons to zoom in and out, to fit the plan, and to go to the selection.

    Attributes:
        zoom_in: Pressed +.
        zoom_out: Pressed –.
        fit_plan: Pressed ⤢.
        fit_selection: Pressed ⌖.
    """

    zoom_in = Signal()
    zoom_out = Signal()
    fit_plan = Signal()
    fit_selection = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapControls")
        self._buttons: list[tuple[QToolButton, str, str]] = []
        self._language: Language = "km"
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        signals = (self.zoom_in, self.zoom_out, self.fit_plan, self.fit_selection)
        for (icon, code), signal in zip(_BUTTONS, signals, strict=True):
            button = QToolButton(self)
            button.setObjectName(code)
            button.setFixedSize(SIDE, SIDE)
            button.setIconSize(QSize(18, 18))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
            rows.addWidget(button)
            self._buttons.append((button, icon, code))
        # Known from the start: the canvas puts it into its corner before it is styled.
        self.setFixedSize(SIDE, len(_BUTTONS) * (SIDE + GAP))

    def retext(self, language: Language) -> None:
        """Word the buttons in a language."""
        self._language = language
        for button, _, code in self._buttons:
            button.setAccessibleName(text(code, language))
        self._explain()

    def dress(self, theme: str) -> None:
        """Colour the icons for a theme."""
        ink = "#E7ECEC" if theme == "dark" else "#1B2324"
        ground = "rgba(33,42,43,235)" if theme == "dark" else "rgba(255,255,255,235)"
        line = "#445253" if theme == "dark" else "#C3CCCC"
        for button, name, _ in self._buttons:
            button.setIcon(icons.icon(name, ink))
        self.setStyleSheet(
            f"QToolButton {{ background: {ground}; border: 1px solid {line}; border-radius: 6px;"
            "min-height: 0; padding: 0; }"
            f"QToolButton:hover {{ border-color: {ink}; }}"
            "QToolButton:focus { border: 2px solid #0F766E; }"
            "QToolButton:disabled { opacity: 0.5; }"
        )

    def set_can_fit(self, *, plan: bool, selection: bool) -> None:
        """Enable the last two buttons for what there is."""
        self._buttons[2][0].setEnabled(plan)
        self._buttons[3][0].setEnabled(selection)
        self._explain()

    def _explain(self) -> None:
        """Say what each button does, and of what cannot be pressed why not."""
        for button, _, code in self._buttons:
            words = text(code, self._language)
            if code == "map.fit_selection" and not button.isEnabled():
                words += "\n" + text("map.fit_selection_why", self._language)
            button.setToolTip(words)
