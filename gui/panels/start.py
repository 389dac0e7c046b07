"""The page before a plan is open: new, open, recent, demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.i18n import retext, tr
from gui.tips import plain_tip
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, card, clear, column, row
from gui.widgets.states import Picture, StateView
from gui.widgets.texts import Elided, Line, Text, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.errors import PlanError
    from gui.tasks.runner import Task

SHOWN = 5


class RecentPlan(QFrame):
    """One plan that was open before: its name and folder; click or Enter opens it."""

    opened = Signal(object)
    forgotten = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._path = path
        button = Button("", look="flat")
        button.setText(path.stem.replace("&", "&&"))
        button.setStyleSheet("text-align: left; font-weight: 600;")
        retext(button, lambda: button.setAccessibleName(tr("start.open_named", name=path.stem)))
        button.clicked.connect(lambda: self.opened.emit(path))
        forget = IconButton("x", "start.forget", look="small")
        forget.set_icon("x", role="muted")
        forget.clicked.connect(lambda: self.forgotten.emit(path))
        folder = Elided(shown_path(path.parent), role="caption")
        folder.setContentsMargins(13, 0, 0, 4)
        button.setToolTip(plain_tip(str(path)))
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 6, 2)
        box.setSpacing(0)
        box.addLayout(row(button, None, forget, gap=4))
        box.addWidget(folder)


class StartPage(QWidget):
    """What can be done before a plan is open.

    Attributes:
        new_asked: The user wants a new plan.
        open_asked: The user wants to choose a file.
        plan_chosen: The user chose a recent plan (its path).
        plan_forgotten: The user takes a plan from the list (its path).
        demo_asked: The user wants to try the demonstration.
    """

    new_asked = Signal()
    open_asked = Signal()
    plan_chosen = Signal(object)
    plan_forgotten = Signal(object)
    demo_asked = Signal()

    def __init__(self, *, with_demo: bool) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.new_button = Button("start.new", "plus", look="primary")
        self.open_button = Button("start.open", "folder-open")
        self.demo_button = Button("start.demo", "player-play")
        self._with_demo = with_demo
        self.new_button.clicked.connect(self.new_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.demo_button.clicked.connect(self.demo_asked)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(8)
        self.states = StateView(boxed(self._page()))
        box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.states)
        self.show_recent(())

    def _page(self) -> QVBoxLayout:
        note = Text("start.demo_note", role="caption", wrap=True)
        for part in (self.demo_button, note):
            part.setHidden(not self._with_demo)
        left = column(
            Picture("map-search", 56, "accent"),
            8,
            Text("window.app_name", role="display", wrap=True),
            Text("start.subtitle", role="muted", wrap=True),
            24,
            self.new_button,
            self.open_button,
            self.demo_button,
            note,
            None,
        )
        for button in (self.new_button, self.open_button, self.demo_button):
            button.setMinimumHeight(40)
        self._recent_title = Text("start.recent", role="heading")
        right = column(self._recent_title, Line(), self._recent, None, gap=12)
        left_side, right_side = boxed(left), card(right)
        left_side.setFixedWidth(360)
        right_side.setFixedWidth(400)
        right_side.setMinimumHeight(380)
        right.setContentsMargins(24, 20, 24, 20)
        inner = row(None, left_side, 56, right_side, None)
        return column(None, inner, None, Text("start.foot", role="caption"), margin=24)

    def show_recent(self, paths: Sequence[str]) -> None:
        """Show the plans that were open before."""
        clear(self._recent)
        known = [Path(p) for p in paths][:SHOWN]
        if not known:
            self._recent.addSpacing(24)
            picture = Picture("folder-open", 32)
            self._recent.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
            for text in (
                Text("start.none", role="heading", wrap=True),
                Text("start.none_next", role="muted", wrap=True),
            ):
                text.setAlignment(Qt.AlignmentFlag.AlignCenter)
                self._recent.addWidget(text)
        for path in known:
            entry = RecentPlan(path)
            entry.opened.connect(self.plan_chosen)
            entry.forgotten.connect(self.plan_forgotten)
            self._recent.addWidget(entry)

    def show_page(self) -> None:
        """Show the page itself."""
        self.states.show_full()

    def show_loading(self, code: str, task: Task | None = None) -> None:
        """Say that a plan is being opened or built."""
        self.states.show_loading(code, task)

    def show_error(self, error: PlanError, press: Callable[[], object]) -> None:
        """Say why a plan could not be opened; the button leads back to the page."""
        self.states.show_error(error, "start.back", press)
