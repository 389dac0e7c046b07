"""Teams as they are shown: the badge, the card that can be dragged onto a zone, the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from geo.model.vocabulary import MANDATORY_GROUPS
from gui import i18n
from gui.i18n import tr
from gui.models.team_words import short
from gui.widgets.drag import TEAM, carry
from gui.widgets.layouts import boxed, card, column, restyle, row
from gui.widgets.states import Picture
from gui.widgets.texts import Chip, Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from geo.model.command import Team

__all__ = ("TeamCard", "group_rows", "no_teams_note", "short")


def group_rows(team: Team) -> list[QWidget]:
    """Return the groups of a team with chief and task; a mandatory one that is empty says so."""
    missing = team.empty_mandatory_groups()
    rows: list[QWidget] = []
    shown = {g.kind for g in team.groups}
    for group in team.groups:
        head = row(Data(i18n.label(group.kind), role="heading", wrap=True), gap=6)
        head.setStretch(0, 1)
        if group.kind in missing:
            head.addWidget(Chip(tr("panel.team.empty"), "warning"))
        elif group.members:
            head.addWidget(Chip(tr("panel.team.members", n=i18n.number(group.members)), "plain"))
        lines = [
            Data(line, role="caption", wrap=True) for line in (group.chief, group.task) if line
        ]
        rows.append(card(column(head, *lines, margin=10, gap=2)))
    rows += [
        card(
            row(
                Data(i18n.label(kind), role="heading", wrap=True),
                None,
                Chip(tr("panel.team.empty"), "warning"),
                margin=10,
            )
        )
        for kind in MANDATORY_GROUPS
        if kind not in shown
    ]
    return rows


class TeamCard(QFrame):
    """A team in the list: drag it onto a zone on the map or in the list.

    Attributes:
        picked: It was chosen (its id).
        edit_asked: It is to be changed (its id).
    """

    picked = Signal(str)
    edit_asked = Signal(str)

    def __init__(self, team: Team, zones: list[str], lacks: str = "") -> None:
        """Show a team, the names of its zones, and in words what it lacks."""
        super().__init__()
        self.team = team
        self._pressed: QPoint | None = None
        self.setProperty("card", "true")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(team.name)
        self.setToolTip(tr("panel.team.drag"))
        name = Elided(team.name)
        second = ", ".join(zones) if zones else tr("panel.team.free")
        lines = column(
            name,
            Elided(f"{second} · {team.lead}" if team.lead else second, role="caption"),
            *([Elided(lacks, role="warning")] if lacks else []),
            gap=0,
        )
        inner = row(Picture("grip-vertical", 16), Chip(short(team)), boxed(lines), gap=6, margin=6)
        inner.setStretch(2, 1)
        missing = len(team.empty_mandatory_groups())
        if missing:
            warning = Picture("alert-triangle", 16, "warning")
            warning.setToolTip(tr("panel.team.missing", n=i18n.number(missing)))
            inner.addWidget(warning)
        self.setLayout(inner)

    def mark(self, *, selected: bool) -> None:
        """Show whether it is selected."""
        restyle(self, "card", "selected" if selected else "true")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed
        moved = event.position().toPoint()
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (moved - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            carry(self, TEAM, self.team.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            self._pressed = None
            self.picked.emit(self.team.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.edit_asked.emit(self.team.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.picked.emit(self.team.id)
        else:
            super().keyPressEvent(event)


def no_teams_note() -> QWidget:
    """Return what stands where the teams will be."""
    return Text("panel.plan.no_teams", role="muted", wrap=True)
