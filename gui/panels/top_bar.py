"""The bar above everything: the plan, undo, search, what is urgent, language, theme, who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from gui import i18n, theme
from gui.i18n import retext, tr
from gui.models.history import sentence
from gui.rights import why_not
from gui.tips import plain_tip
from gui.widgets.buttons import Button, IconButton, Segments
from gui.widgets.layouts import row
from gui.widgets.search import SearchBox
from layers.duty import EVERY, Duty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from geo.edit.history import EditHeader
    from geo.model.plan import User
    from gui.actions import Actions
    from gui.panels.base import Desk

HEIGHT = 40
NAME_WIDTH, USER_WIDTH, PERIOD_WIDTH = 240, 140, 200
ROOMY = 1280


class DutyEntry(NamedTuple):
    """An operation or one of its periods in the menu."""

    duty: Duty
    words: str


class TopBar(QFrame):
    """The bar; it changes nothing by itself.

    Attributes:
        language_asked: Another language is wanted.
        user_chosen: Another user of the plan is to act.
        duty_chosen: Another operation or period is looked at (a `Duty`).
    """

    language_asked = Signal(str)
    user_chosen = Signal(object)
    duty_chosen = Signal(object)

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setFixedHeight(HEIGHT)
        self._desk = desk
        self._held = 0
        self._duties: tuple[DutyEntry, ...] = ()
        self._chosen = EVERY
        self.plan = Button("", "chevron-down", look="flat")
        self.plan.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.plan.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        plan_menu = QMenu(self.plan)
        for name in ("new_plan", "open_plan", "save_copy", "close_plan"):
            plan_menu.addAction(actions[name])
        plan_menu.addSeparator()
        for name in ("import", "table", "shortcuts", "quit"):
            plan_menu.addAction(actions[name])
        self.plan.setMenu(plan_menu)
        self.undo = IconButton("arrow-back-up", "action.undo", keys="Ctrl+Z")
        self.redo = IconButton("arrow-forward-up", "action.redo", keys="Ctrl+Shift+Z")
        self.undo.clicked.connect(actions["undo"].trigger)
        self.redo.clicked.connect(actions["redo"].trigger)
        self.search = SearchBox(window)
        self.held = Button("action.held_now", "alert-circle", look="held", tip="panel.held.note")
        self.held.setCheckable(True)
        self.period = Button("", "calendar", look="flat", tip="window.period.tip")
        self.period.hide()
        self.language = Segments([("km", "=ខ្មែរ"), ("en", "=EN")], "action.language")
        self.language.choose(i18n.language())
        self.language.chosen.connect(self.language_asked)
        self.theme = IconButton("moon", "action.theme", keys="Ctrl+D")
        self.theme.clicked.connect(actions["theme"].trigger)
        theme.on_theme(
            self.theme,
            lambda: self.theme.set_icon("sun" if theme.current().name == "dark" else "moon"),
        )
        self.user = Button("", "user", look="flat", tip="window.user.tip")
        bar = row(
            self.plan, self.undo, self.redo, None, self.search, None, self.held, self.period,
            self.language, self.theme, self.user, gap=6,
        )  # fmt: skip
        bar.setStretchFactor(self.search, 6)
        bar.setContentsMargins(10, 0, 10, 0)
        self.setLayout(bar)
        session = desk.session
        for signal in (session.opened, session.changed, session.user_changed, session.closed):
            signal.connect(self.refresh)
        retext(self, self.refresh)

    def refresh(self) -> None:
        """Show the plan, its user and what can be undone."""
        self.language.choose(i18n.language())
        project = self._desk.session.project
        if project is None:
            return
        self._show_names()
        self.show_held(self._held)
        self.show_duties(self._duties, self._chosen)
        history = project.history
        self._show_step(self.undo, "undo", history.undoable)
        self._show_step(self.redo, "redo", history.redoable)
        self._fill_users()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_names()

    def _show_names(self) -> None:
        """Show plan and user as far as there is room; the tooltips have all of it."""
        project = self._desk.session.project
        if project is None:
            return
        narrow = self.width() < ROOMY
        user = project.user.name if project.user else tr("window.user.nobody")
        for button, name, width in (
            (self.plan, project.info.name, NAME_WIDTH // 2 if narrow else NAME_WIDTH),
            (self.user, user, USER_WIDTH // 2 if narrow else USER_WIDTH),
        ):
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, width)
            button.setText(shown.replace("&", "&&"))
        self.plan.setToolTip(plain_tip(project.info.name))

    def show_held(self, count: int) -> None:
        """Show how many allegations speak of people held now."""
        self._held = count
        self.held.say("window.held", n=i18n.number(count))

    def show_duties(self, duties: Sequence[DutyEntry], chosen: Duty) -> None:
        """Offer the operations and their periods, if there are any."""
        self._duties, self._chosen = tuple(duties), chosen
        self.period.setVisible(bool(duties))
        menu = QMenu(self.period)
        group = QActionGroup(menu)
        every = DutyEntry(EVERY, tr("panel.plan.all_operations"))
        for entry in (every, *duties):
            if not entry.duty.period_id:
                menu.addSeparator()
            words = f"    {entry.words}" if entry.duty.period_id else entry.words
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(entry.duty == chosen)
            action.triggered.connect(lambda _c=False, duty=entry.duty: self.duty_chosen.emit(duty))
            group.addAction(action)
            menu.addAction(action)
        self.period.setMenu(menu)
        names = {e.duty: e.words for e in (every, *duties)}
        whole = names.get(Duty(chosen.operation_id), every.words)
        shown = f"{whole} · {names[chosen]}" if chosen.period_id and chosen in names else whole
        self.period.setToolTip(plain_tip(f"{tr('window.period.tip')}\n{shown}"))
        shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, PERIOD_WIDTH)
        self.period.setText(shown.replace("&", "&&"))

    def _show_step(self, button: IconButton, which: str, steps: tuple[EditHeader, ...]) -> None:
        session = self._desk.session
        code, params = why_not(session.project, steps[-1].verb) if steps else ("", {})
        able = bool(steps) and not code
        button.setEnabled(able and not session.busy)
        if code:
            button.setToolTip(plain_tip(tr(code, **params)))
        elif steps:
            button.setToolTip(plain_tip(tr(f"window.{which}", what=sentence(steps[-1]))))
        else:
            button.setToolTip(tr(f"window.{which}.nothing"))

    def _fill_users(self) -> None:
        menu = QMenu(self.user)
        project = self._desk.session.project
        head = menu.addAction(tr("window.user.head"))
        head.setEnabled(False)
        group = QActionGroup(menu)
        for user in self._desk.session.users_here():
            entry = QAction(_user_words(user), menu)
            entry.setCheckable(True)
            entry.setChecked(
                project is not None and project.user is not None and project.user.id == user.id
            )
            entry.triggered.connect(lambda _c=False, user=user: self.user_chosen.emit(user))
            group.addAction(entry)
            menu.addAction(entry)
        if not group.actions():
            nobody = menu.addAction(tr("window.user.no_key"))
            nobody.setEnabled(False)
        self.user.setMenu(menu)


def _user_words(user: User) -> str:
    return f"{user.name} – {i18n.label(user.role)}".replace("&", "&&")
