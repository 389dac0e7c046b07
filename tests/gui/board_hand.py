"""A hand at the assignment board: what it carries, where it lets go, what it reads."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from geo.model.command import Assignment, Operation, Team, TeamGroup, Zone, new_period
from geo.model.vocabulary import MANDATORY_GROUPS, AssignmentState
from gui.widgets.texts import Data

MOVE, LEFT = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
DAYS = (
    new_period("First day", datetime(2022, 9, 17, 6), datetime(2022, 9, 17, 18)),  # noqa: DTZ001
    new_period("Second day", datetime(2022, 9, 18, 6), datetime(2022, 9, 18, 18)),  # noqa: DTZ001
)
FIRST, SECOND = (day.id for day in DAYS)
OPERATION = Operation(id="two-days", name="Two days", province_code="18", periods=DAYS)
COMPLETE = Team(
    id="team-3",
    name="Demo Team 3",
    short_name="T3",
    lead="Deputy Governor 3 (demo)",
    contact="Channel 3",
    groups=tuple(TeamGroup(kind, "Chief (demo)", "Task", 3) for kind in MANDATORY_GROUPS),
)
NAMES = ("Demo East", "Demo West")


def known(page, qtbot):
    """Wait until the conflicts of the plan as it is are known."""
    qtbot.waitUntil(lambda: not page.desk.session.busy, timeout=20_000)
    QApplication.processEvents()
    page.refresh_now()
    qtbot.waitUntil(lambda: page.trial is not None and not page.watch.busy, timeout=20_000)


def zones(page):
    return {z.name: z.id for z in page.project.all(Zone) if z.operation_id == OPERATION.id}


def given(page):
    names = {i: name for name, i in zones(page).items()}
    return {
        (names[a.zone_id], a.period_id): a.team_id
        for a in page.project.all(Assignment)
        if a.state is not AssignmentState.ABORTED
    }


def middle(page, zone, period):
    index = page.model.at(zones(page)[zone], period)
    assert index.isValid()
    return page.view.visualRect(index).center()


def mime(what, name):
    data = QMimeData()
    data.setData(what, name.encode())
    return data


def over(page, data, at):
    target = page.view.viewport()
    enter = QDragEnterEvent(at, MOVE, data, LEFT, NO_KEY)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():  # Qt sends the rest only to who took the first
        return False
    move = QDragMoveEvent(at, MOVE, data, LEFT, NO_KEY)
    QApplication.sendEvent(target, move)
    return move.isAccepted()


def drop(page, data, at):
    accepted = over(page, data, at)
    if accepted:
        event = QDropEvent(QPointF(at), MOVE, data, LEFT, NO_KEY)
        QApplication.sendEvent(page.view.viewport(), event)
    return accepted


def duty_of(page, zone, period):
    return page.model.cell(page.model.at(zones(page)[zone], period)).duty


def words(widget):
    return " ".join(x.text() for x in widget.findChildren(Data) if x.isVisibleTo(widget))
