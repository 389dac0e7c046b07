"""Pictures of the assignment board: beside the map, at full height, with a team carried over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent

from tests.pictures.a_map import sites

if TYPE_CHECKING:
    from gui.panels.board import BoardPage
    from tests.pilot import Pilot


def board(pilot: Pilot) -> None:
    page = _open(pilot)
    twice = next((c for c in page.strip.found if len(c.assignment_ids) > 1), None)
    if twice is not None:
        page.strip.show_of(twice.assignment_ids[0])
        place = page.model.board.place_of(twice.assignment_ids[0])
        if place is not None:
            page.view.choose(*place)
    page.view.setFocus()
    pilot.rest(0.3)


def full(pilot: Pilot) -> None:
    board(pilot)
    page = _page(pilot)
    page.full_button.setChecked(True)
    pilot.rest(0.3)


def carried(pilot: Pilot) -> None:
    page = _open(pilot)
    model = page.model
    busy = model.cell(model.index(0, 1)).team or model.cell(model.index(0, 0)).team
    team_id = busy.id if busy is not None else next(iter(page.shelf.cards))
    from gui.widgets.drag import TEAM

    data = QMimeData()
    data.setData(TEAM, team_id.encode())
    at: QPoint = page.view.visualRect(model.index(1, 1)).center()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (QDragEnterEvent, QDragMoveEvent):
        happening = event(at, Qt.DropAction.MoveAction, data, left, none)
        pilot.app.sendEvent(page.view.viewport(), happening)
    pilot.rest(0.2)


def menu(pilot: Pilot) -> None:
    page = _open(pilot)
    index = page.model.index(1, 1)
    at = page.view.viewport().mapToGlobal(page.view.visualRect(index).topRight())
    page.view.setCurrentIndex(index)
    page.open_menu(*page.model.place(index), at - QPoint(0, 260))
    pilot.rest(0.3)


def _page(pilot: Pilot) -> BoardPage:
    from gui.panels.board import BoardPage

    page = pilot.bench.drawers.page("board")
    assert isinstance(page, BoardPage)
    return page


def _open(pilot: Pilot) -> BoardPage:
    from geo.model.command import Operation, Zone
    from geo.model.vocabulary import OperationState

    sites(pilot)
    _crowd(pilot)
    zones = [z.operation_id for z in pilot.project.all(Zone)]
    draft = OperationState.DRAFT
    busiest = max(
        pilot.project.all(Operation), key=lambda o: (o.state is draft, zones.count(o.id), o.name)
    )
    pilot.bench.show_workspace("plan")
    pilot.bench.desk.moment.look_at(busiest.id, busiest.periods[0].id if busiest.periods else "")
    pilot.bench.drawers.show_page("board")
    page = _page(pilot)
    page.full_button.setChecked(False)
    page.view.show_hover(None)
    pilot.wait(lambda: page.states.state == "full", "the board")
    pilot.wait(lambda: page.trial is not None and not page.watch.busy, "the conflicts")
    return page


def _crowd(pilot: Pilot) -> None:
    """Have one fictional team in two zones at once, so that there is something to see."""
    from geo.edit.assign import assign_team, current_assignments
    from geo.errors import PlanError
    from geo.model.command import Operation, Zone

    project = pilot.project
    for operation in project.all(Operation):
        zones = sorted(
            (z for z in project.all(Zone) if z.operation_id == operation.id),
            key=lambda z: z.priority,
        )
        given = [d for z in zones for d in current_assignments(project, z.id) if d.period_id]
        if not given:
            continue
        first = given[0]
        try:
            for zone in zones:
                if zone.id != first.zone_id:
                    project.commit(assign_team(project, zone.id, first.team_id, first.period_id))
                    break
        except PlanError:
            continue


def team_page(pilot: Pilot) -> None:
    from geo.model.command import Team
    from geo.model.entity import Kind

    _open(pilot)
    pilot.bench.drawers.close_page()
    team = next(t for t in pilot.project.all(Team) if t.empty_mandatory_groups())
    pilot.bench.desk.selection.select(Kind.TEAM, [team.id])
    pilot.rest(0.6)


def team_form(pilot: Pilot) -> None:
    from geo.model.command import Team

    sites(pilot)
    pilot.bench.desk.intents.ask("team.duplicate", pilot.project.all(Team)[0].id)
    pilot.rest(0.4)


SCENES = {
    "board": board,
    "board-full": full,
    "board-carried": carried,
    "board-menu": menu,
    "team-page": team_page,
    "team-form": team_form,
}
