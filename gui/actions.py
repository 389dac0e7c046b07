"""The commands of the window: words, keys and icon, once for menu, search and help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox

from gui import icons, theme
from gui.i18n import retext, tr
from gui.tool_list import TOOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

UNSEARCHED: Final = "unsearched"
"""Property of a list in which letters find nothing, so that they stay commands."""
WORKSPACES: Final = ("register", "analyse", "plan", "operate", "report")
WORKSPACE_ICONS: Final = {
    "register": "list-details",
    "analyse": "chart-dots",
    "plan": "polygon",
    "operate": "checklist",
    "report": "file-report",
}
ANALYSES: Final = {
    "overview": "chart-dots",
    "hotspots": "hexagon",
    "border": "barrier-block",
    "scoreboard": "chart-bar",
    "trends": "chart-line",
    "effect": "target",
    "links": "share",
    "ask": "map-search",
}
"""The sections of Analyse with their icons, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class Command:
    """What can be done in the window.

    Attributes:
        name: ``action.<name>`` is its text in the catalogue.
        icon: Icon, or empty.
        keys: Shortcut as it is written on the keys.
        needs_plan: Means nothing without an open plan.
    """

    name: str
    icon: str = ""
    keys: str = ""
    needs_plan: bool = True


COMMANDS: Final = (
    Command("new_plan", "plus", "Ctrl+N", needs_plan=False),
    Command("open_plan", "folder-open", "Ctrl+O", needs_plan=False),
    Command("save_copy", "copy", "Ctrl+Shift+S"),
    Command("close_plan", "x", "Ctrl+W"),
    Command("undo", "arrow-back-up", "Ctrl+Z"),
    Command("redo", "arrow-forward-up", "Ctrl+Shift+Z"),
    Command("search", "search", "Ctrl+K"),
    Command("held_now", "alert-circle", "Ctrl+H"),
    Command("import", "file-import", "Ctrl+I"),
    *(Command(tool.name, tool.icon, tool.keys) for tool in TOOLS),
    Command("add_team", "users-group", "Ctrl+T"),
    Command("zoom_in", "plus", "+"),
    Command("zoom_out", "minus", "-"),
    Command("zoom_province", "maximize", "Ctrl+0"),
    Command("zoom_selection", "focus-2", "Ctrl+."),
    Command("table", "table", "F6"),
    Command("add_site", "map-pin-plus", "Ctrl+Shift+P"),
    Command("add_allegation", "message", "Ctrl+Shift+A"),
    Command("add_crossing", "barrier-block", "Ctrl+Shift+G"),
    Command("waiting_rows", "user-question", "Ctrl+Shift+W"),
    Command("licences", "certificate", "Ctrl+Shift+L"),
    Command("duplicates", "layers-intersect", "Ctrl+Shift+D"),
    Command("boundaries", "map-2", "Ctrl+Shift+B"),
    Command("split_area", "layers-difference", "Ctrl+Shift+T"),
    Command("move_units", "hand-move", "Ctrl+Shift+M"),
    Command("filter_map", "filter", "Ctrl+Shift+F"),
    Command("readiness", "clipboard-check", "Ctrl+Shift+R"),
    Command("coordination", "gavel", "Ctrl+Shift+C"),
    Command("support", "ambulance", "Ctrl+Shift+U"),
    Command("board", "clipboard-list", "F8"),
    Command("time_strip", "timeline", "F7"),
    Command("language", "language", "Ctrl+L", needs_plan=False),
    Command("theme", "moon", "Ctrl+D", needs_plan=False),
    Command("shortcuts", "keyboard", "F1", needs_plan=False),
    Command("quit", "", "Ctrl+Q", needs_plan=False),
    *(
        Command(name, WORKSPACE_ICONS[name], f"Ctrl+{number}")
        for number, name in enumerate(WORKSPACES, start=1)
    ),
    *(
        Command(f"analyse_{name}", icon, f"Alt+{number}")
        for number, (name, icon) in enumerate(ANALYSES.items(), start=1)
    ),
)


class Actions:
    """Every command as a `QAction` of the window."""

    def __init__(self, window: QWidget) -> None:
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(window)
            action.setShortcut(QKeySequence(command.keys))
            action.setEnabled(not command.needs_plan)
            window.addAction(action)
            self._actions[command.name] = action
            _word(action, command)
            if command.icon:
                _paint(action, command.icon)
        self._letters = Letters(self._actions, window)

    def __getitem__(self, name: str) -> QAction:
        """Return the action of a command.

        Raises:
            KeyError: There is no such command.
        """
        return self._actions[name]

    def plan_is_open(self, is_open: bool) -> None:  # noqa: FBT001 - a setter
        """Enable what needs a plan, or disable it."""
        for command in COMMANDS:
            if command.needs_plan:
                self._actions[command.name].setEnabled(is_open)


class Letters(QObject):
    """Leaves letters to a list that is searched by typing: there they are no commands."""

    def __init__(self, actions: Mapping[str, QAction], window: QWidget) -> None:
        """Follow the keyboard from widget to widget."""
        super().__init__(window)
        self._of_letters = [
            (actions[command.name], command.keys)
            for command in COMMANDS
            if len(command.keys) == 1 and command.keys.isalpha()
        ]
        self._typing = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        typing = isinstance(now, QAbstractItemView | QComboBox) and not now.property(UNSEARCHED)
        if typing is self._typing:
            return
        self._typing = typing
        for action, keys in self._of_letters:
            action.setShortcut(QKeySequence() if typing else QKeySequence(keys))


def _word(action: QAction, command: Command) -> None:
    retext(action, lambda: action.setText(tr(f"action.{command.name}")))


def _paint(action: QAction, icon: str) -> None:
    theme.on_theme(
        action,
        lambda: action.setIcon(
            icons.icon(icon, theme.current().text, "", theme.current().strong_line)
        ),
    )
