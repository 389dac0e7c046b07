"""Buttons worded by the catalogue, with icons that follow the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from gui import theme
from gui.i18n import language, retext, tr
from gui.icons import set_icon
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QAbstractButton

ICON = QSize(18, 18)
LIST_PX = 28


def explain(button: QWidget, code: str = "", **params: object) -> None:
    """Enable a control, or disable it and say in its tooltip why and what to do about it."""
    button.setEnabled(not code)
    button.setProperty("why", code)
    button.setProperty("whyParams", params)
    if isinstance(button, Button | IconButton):
        button.word()
    else:
        button.setToolTip(plain_tip(tr(code, **params)) if code else "")


class Button(QPushButton):
    """A button with a text."""

    def __init__(self, code: str, icon: str = "", *, look: str = "", tip: str = "") -> None:
        """Make a button.

        Args:
            code: Text of the catalogue.
            icon: Icon before the text.
            look: ``primary``, ``link``, ``flat``, ``held`` or nothing.
            tip: Text of the tooltip while it can be pressed.
        """
        super().__init__()
        self._code, self._tip, self._params = code, tip, dict[str, object]()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if look:
            self.setProperty(look, "true")
        if icon:
            role = {"primary": "on_accent", "link": "accent", "held": "allegation"}
            self.setIconSize(ICON)
            set_icon(
                self, icon, role=role.get(look, "text"), checked="raised" if look == "held" else ""
            )
        retext(self, self.word)

    def say(self, code: str, **params: object) -> None:
        """Show another text."""
        self._code, self._params = code, params
        self.word()

    def word(self) -> None:
        """Word the button and its tooltip in the language as it is now."""
        if self._code:
            self.setText(tr(self._code, **self._params))
        _word_tip(self, self._tip)


class IconButton(QToolButton):
    """A button that is only an icon: its name stands in the tooltip and for screen readers."""

    def __init__(
        self, icon: str, code: str, *, look: str = "square", flat: bool = True, keys: str = ""
    ) -> None:
        """Make a button.

        Args:
            icon: Icon of the button.
            code: Text of the catalogue that says what it does.
            look: ``square``, ``small`` or ``tool``.
            flat: Without a border.
            keys: Shortcut that is told in the tooltip.
        """
        super().__init__()
        self._code, self._keys = code, keys
        self.setProperty(look, "true")
        if flat and look != "tool":
            self.setProperty("flat", "true")
        self.setIconSize(QSize(20, 20) if look == "tool" else ICON)
        self.set_icon(icon, checked="on_accent" if look == "tool" else "")
        retext(self, self.word)

    def set_icon(self, name: str, *, role: str = "text", checked: str = "") -> None:
        """Show another icon."""
        set_icon(self, name, role=role, checked=checked)

    def say(self, code: str) -> None:
        """Do something else from now on."""
        self._code = code
        self.word()

    def word(self) -> None:
        """Word the tooltip in the language as it is now."""
        self.setAccessibleName(tr(self._code))
        _word_tip(self, self._code, self._keys)


class ListButton(QPushButton):
    """One of several lists to choose from: its name, and at the right how many rows it has."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("flat", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(LIST_PX)
        self._name, self._count = QLabel(), QLabel()
        self._count.setProperty("role", "caption")
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 0, 10, 0)
        box.addWidget(self._name, 1)
        box.addWidget(self._count)
        for label in (self._name, self._count):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_count(self, name: str, count: str) -> None:
        """Show what is in the list and how many."""
        self._name.setText(name)
        self._count.setText(count)
        self.setAccessibleName(f"{name} {count}")


class MenuButton(IconButton):
    """An icon that opens a list of commands."""

    def __init__(self, icon: str, code: str, commands: Sequence[QAction]) -> None:
        super().__init__(icon, code)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("menu", "true")
        menu = QMenu(self)
        menu.addActions(list(commands))
        self.setMenu(menu)


def _word_tip(button: QAbstractButton, code: str, keys: str = "") -> None:
    why = button.property("why")
    if why:
        button.setToolTip(plain_tip(tr(why, **(button.property("whyParams") or {}))))
    elif code:
        button.setToolTip(f"{tr(code)}  ({keys})" if keys else tr(code))
    else:
        button.setToolTip("")


class Segments(QWidget):
    """Two or three choices side by side, one of them taken.

    Attributes:
        chosen: Emitted with the key of a choice that the user took.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        """Show `choices`, pairs of a key and a text's code (or, after ``=``, the text itself)."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        retext(self, lambda: self.setAccessibleName(tr(name)))
        for place, (key, code) in enumerate(choices):
            button = QPushButton(code[1:]) if code.startswith("=") else Button(code)
            button.setCheckable(True)
            side = "left" if place == 0 else "right" if place == len(choices) - 1 else "middle"
            button.setProperty("segment", side)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
            button.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
        retext(self, self._give_room)

    def _give_room(self) -> None:
        """Let each choice be as wide as it is when it is taken, in bold."""
        bold = QFontMetrics(theme.font(bold=True, language=language()))
        for button in self._buttons.values():
            button.setMinimumWidth(bold.horizontalAdvance(button.text()) + 2 * theme.GRID)

    def choose(self, key: str) -> None:
        """Show `key` as taken, without telling anybody."""
        self._buttons[key].setChecked(True)

    def choice(self) -> str:
        """Return the key that is taken, or empty."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")
