"""A zone in the list: its name, what lies in it, and the place where a team is given to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from geo.edit.states import ZONE_OVER
from geo.edit.verbs import Verb
from geo.model.command import Assignment, Operation, Team
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState
from gui import facts, i18n
from gui.i18n import tr
from gui.models.operation_words import gap_words
from gui.panels.team_parts import short
from gui.panels.zone_team_menu import TeamMenu
from gui.rights import permit, why_drawn, why_not
from gui.tips import plain_tip
from gui.widgets.buttons import Button, IconButton
from gui.widgets.drag import TEAM, carried
from gui.widgets.layouts import boxed, column, restyle, row
from gui.widgets.states import Picture
from gui.widgets.texts import Chip, Data, Elided
from layers.style import ZONE_COLOURS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )

    from geo.model.command import Zone
    from geo.project import Project


class Swatch(QWidget):
    """The colour of a zone, as on the map: a quarter of it inside a full edge."""

    def __init__(self, colour: int) -> None:
        super().__init__()
        self._colour = QColor(ZONE_COLOURS[colour % len(ZONE_COLOURS)])
        self.setFixedSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill = QColor(self._colour)
            fill.setAlphaF(0.35)
            painter.setBrush(fill)
            painter.setPen(self._colour)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)
        finally:
            painter.end()


class ZoneCard(QFrame):
    """A zone and its teams.

    Attributes:
        picked: It was chosen (its id).
        assign_asked: A team is given to it (zone id, team id).
        unassign_asked: A team is taken from it (assignment id).
        rename_asked: It gets another name (zone id, name).
        delete_asked: It is to be removed (zone id).
        edit_asked: Its outline is to be changed (zone id).
        add_team_asked: There is no team yet to give.
        intent_asked: Something else is to be done with it (`gui.intents`, zone id).
    """

    picked = Signal(str)
    assign_asked = Signal(str, str)
    unassign_asked = Signal(str)
    rename_asked = Signal(str, str)
    delete_asked = Signal(str)
    edit_asked = Signal(str)
    add_team_asked = Signal()
    intent_asked = Signal(str, str)

    def __init__(self, project: Project, zone: Zone, *, flat: bool = False) -> None:
        """Show a zone; `flat` leaves out its name, which stands above already."""
        super().__init__()
        self.zone = zone
        self._project = project
        self._look = "true"
        self.setProperty("card", self._look)
        self.setAcceptDrops(True)
        self.setAccessibleName(zone.name)
        self.name_field = QLineEdit(zone.name)
        self.name_field.hide()
        self._name = Elided(zone.name)
        self.badge = Chip()
        self.badge.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 8, 8)
        box.setSpacing(6)
        if not flat:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.addLayout(self._head())
            sites = facts.count_inside(project, Kind.SITE, zone.outline)
            held = facts.count_inside(project, Kind.ALLEGATION, zone.outline)
            box.addWidget(
                Data(
                    tr(
                        "panel.zone.inside", sites=i18n.number(sites), allegations=i18n.number(held)
                    ),
                    role="caption",
                    wrap=True,
                )
            )
        by_team: dict[str, list[Assignment]] = {}
        for assignment in self._given():
            by_team.setdefault(assignment.team_id, []).append(assignment)
        for team_id, given in by_team.items():
            box.addLayout(self._team_row(team_id, given))
        self.assign_button = self._assign_button()
        box.addWidget(self.assign_button)
        if zone.state in ZONE_OVER:  # who was there is history; nobody is given it any more
            self.assign_button.hide()
            if flat and not by_team:
                box.addWidget(Data(tr("panel.zone.nobody"), role="muted"))
            self.show_gaps(None, busy=False)

    def _head(self) -> QVBoxLayout:
        more = IconButton("dots", "panel.zone.more", look="small")
        menu = QMenu(more)
        menu.setToolTipsVisible(True)
        lock = "unlock" if self.zone.locked else "lock"
        for code, verb, act in (
            ("panel.zone.rename", Verb.EDIT_ZONE, self.start_naming),
            ("action.edit_vertices", Verb.EDIT_ZONE, lambda: self.edit_asked.emit(self.zone.id)),
            ("action.split_area", Verb.SPLIT_AREA, self._intent("zone.split")),
            ("action.move_units", Verb.REBALANCE, self._intent("zone.move_units")),
            (f"split.menu.{lock}", Verb.EDIT_ZONE, self._intent(f"zone.{lock}")),
            ("panel.zone.delete", Verb.DELETE_ZONE, lambda: self.delete_asked.emit(self.zone.id)),
        ):
            entry = menu.addAction(tr(code))
            entry.triggered.connect(act)
            why, params = why_drawn(self._project, self.zone.id, verb)
            if why:
                entry.setEnabled(False)
                entry.setToolTip(plain_tip(tr(why, **params)))
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        self.name_field.returnPressed.connect(self._named)
        self.name_field.editingFinished.connect(self._named)
        self.name_field.setAccessibleName(tr("panel.zone.name"))
        priority = Chip(i18n.number(self.zone.priority), "plain")
        priority.setToolTip(tr("panel.column.priority"))
        line = row(
            Swatch(self.zone.colour), self._name, self.name_field, self.badge, priority, more, gap=6
        )
        if self.zone.locked:
            sign = Picture("lock", 16)
            sign.setToolTip(tr("split.locked"))
            line.insertWidget(1, sign)
        line.setStretchFactor(self._name, 1)
        box = QVBoxLayout()
        box.addLayout(line)
        return box

    def _given(self) -> tuple[Assignment, ...]:
        """Return who has the zone; of one that is over who was there."""
        if self.zone.state not in ZONE_OVER:
            return tuple(facts.current_assignments(self._project).get(self.zone.id, ()))
        return tuple(
            a
            for a in self._project.all(Assignment)
            if a.zone_id == self.zone.id and a.state is not AssignmentState.ABORTED
        )

    def _intent(self, name: str) -> Callable[[], None]:
        return lambda: self.intent_asked.emit(name, self.zone.id)

    def _team_row(self, team_id: str, given: list[Assignment]) -> QHBoxLayout:
        team = self._project.find(Team, team_id)
        take = IconButton("x", "panel.zone.unassign", look="small")
        if len(given) == 1:
            take.clicked.connect(lambda: self.unassign_asked.emit(given[0].id))
        else:
            menu = QMenu(take)
            for assignment in given:
                words = tr("panel.zone.unassign_from", period=self._period_name(assignment))
                menu.addAction(words.replace("&", "&&")).triggered.connect(
                    lambda _checked=False, i=assignment.id: self.unassign_asked.emit(i)
                )
            take.clicked.connect(lambda: menu.popup(take.mapToGlobal(take.rect().bottomLeft())))
        permit(take, self._project, Verb.UNASSIGN_TEAM)
        if self.zone.state in ZONE_OVER:
            take.hide()
        lines = column(
            Elided(team.name if team else "–"), Elided(self._when(given), role="caption"), gap=0
        )
        line = row(Chip(short(team) if team else "–"), boxed(lines), take, gap=6)
        line.setStretch(1, 1)
        return line

    def _when(self, given: list[Assignment]) -> str:
        """Return the periods for which a team has the zone, and how far each one is."""
        operation = self._project.find(Operation, self.zone.operation_id)
        every = {p.id for p in operation.periods} if operation else set()
        states = {a.state for a in given}
        state = i18n.label(given[0].state)
        if len(states) == 1 and ("" in {a.period_id for a in given}):
            return f"{tr('panel.operate.whole')} · {state}"
        if len(states) == 1 and len(given) > 1 and {a.period_id for a in given} == every:
            return f"{tr('panel.zone.all_periods', n=i18n.number(len(given)))} · {state}"
        if len(states) == 1:
            return f"{', '.join(map(self._period_name, given))} · {state}"
        return ", ".join(f"{self._period_name(a)}: {i18n.label(a.state)}" for a in given)

    def _period_name(self, assignment: Assignment) -> str:
        operation = self._project.find(Operation, self.zone.operation_id)
        for period in operation.periods if operation else ():
            if period.id == assignment.period_id:
                return period.name
        return tr("panel.operate.whole")

    def _assign_button(self) -> Button:
        has_team = bool(facts.current_assignments(self._project).get(self.zone.id))
        button = Button(
            "panel.zone.other_team" if has_team else "panel.zone.give_team",
            "users-group",
            look="" if has_team else "primary",
            tip="panel.zone.give_tip",
        )
        menu = TeamMenu(button, self._project, self.zone)
        menu.chosen.connect(lambda team_id: self.assign_asked.emit(self.zone.id, team_id))
        menu.add_asked.connect(self.add_team_asked)
        button.setMenu(menu)
        permit(button, self._project, Verb.ASSIGN_TEAM)
        return button

    # --- name -----------------------------------------------------------------------------------

    def start_naming(self) -> None:
        """Let the user type another name in place."""
        if why_drawn(self._project, self.zone.id, Verb.EDIT_ZONE)[0]:
            return
        self._name.hide()
        self.name_field.show()
        self.name_field.setFocus()
        self.name_field.selectAll()

    def _named(self) -> None:
        if self.name_field.isHidden():
            return
        self.name_field.hide()
        self._name.show()
        name = self.name_field.text().strip()
        if name and name != self.zone.name:
            self.rename_asked.emit(self.zone.id, name)
        else:
            self.name_field.setText(self.zone.name)

    # --- looks and gestures ---------------------------------------------------------------------

    def show_gaps(self, found: tuple[int, int] | None, *, busy: bool) -> None:
        """Say how many gaps stand in its way, or were overridden; None is not known yet.

        What is being computed anew is said to be old.
        """
        if self.zone.state in ZONE_OVER:
            self.badge.setText(i18n.label(self.zone.state))
            restyle(self.badge, "chip", "plain")
            self.badge.show()
            return
        self.badge.setVisible(found is not None)
        n, waved = found or (0, 0)
        words = gap_words(n, waved)
        self.badge.setText(tr("command.old_short", what=words) if busy else words)
        restyle(self.badge, "chip", "warning" if n or waved else "true")

    def mark(self, *, selected: bool) -> None:
        """Show whether it is selected."""
        self._look = "selected" if selected else "true"
        restyle(self, "card", self._look)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.picked.emit(self.zone.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._name.isHidden():
            self.start_naming()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.picked.emit(self.zone.id)
        elif event.key() == Qt.Key.Key_F2:
            self.start_naming()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.zone.id)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        may_assign = not why_not(self._project, Verb.ASSIGN_TEAM)[0]
        if carried(event.mimeData(), TEAM) and may_assign:
            restyle(self, "card", "drop")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, "card", self._look)

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, "card", self._look)
        event.acceptProposedAction()
        self.assign_asked.emit(self.zone.id, carried(event.mimeData(), TEAM))
