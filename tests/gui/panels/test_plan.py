from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog

from geo.edit.edit import Edit, inserting, updating
from geo.edit.teams import edit_team
from geo.edit.verbs import Verb
from geo.edit.zones import rename_zone
from geo.model.command import Assignment, Operation, Team, Zone, new_period
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState, OperationState, ZoneState
from gui.models.faces import face_of, waiting_word
from gui.panels.zone_card import ZoneCard
from gui.widgets.buttons import IconButton
from gui.widgets.drag import TEAM, carried
from gui.widgets.texts import Data, Elided
from tests.gui.day_stage import go
from tests.gui.stage import ANALYST, DEPUTY, PLANNER, ZONES, services_for

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def said(panel):
    return " ".join(label.text() for label in panel.findChildren(Data) if label.isVisibleTo(panel))


# --- plan -----------------------------------------------------------------------------------------


def test_a_drawn_zone_asks_for_its_name_in_place(window, bench, qtbot):
    from shapely import box

    with qtbot.waitSignal(bench.zones.drawn) as told:
        bench.zones.draw(box(103.7, 10.7, 103.8, 10.8))
    assert bench.workspace == "plan"
    qtbot.waitUntil(lambda: told.args[0] in bench.plan.zone_cards)
    card = bench.plan.zone_cards[told.args[0]]
    qtbot.waitUntil(card.name_field.isVisible)
    assert card.name_field.text() == "Zone 1"


def drop(widget, data, at):
    enter = QDragEnterEvent(at, COPY, data, LEFT, NO_KEY)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(at), COPY, data, LEFT, NO_KEY))
    return True


def team_data(team_id):
    data = QMimeData()
    data.setData(TEAM, team_id.encode())
    return data


def test_a_team_dropped_on_a_zone_card_gets_the_zone(window, bench, qtbot):
    bench.show_workspace("plan")
    card = bench.plan.zone_cards["zone-1"]
    with qtbot.waitSignal(window.session.changed):
        assert drop(card, team_data("team-2"), QPoint(20, 20))
    assert window.session.project.all(Assignment)[0].team_id == "team-2"


def test_a_team_dropped_on_the_map_gets_the_zone_under_it(window, bench, qtbot):
    bench.map.canvas.zoom_to_bounds(103.49, 10.59, 103.53, 10.65)
    QApplication.processEvents()
    x, y = bench.map.canvas.view.to_pixel(103.507, 10.62)
    with qtbot.waitSignal(window.session.changed):
        assert drop(bench.map, team_data("team-1"), QPoint(round(float(x)), round(float(y))))
    assert window.session.project.all(Assignment)[0].zone_id == "zone-1"


def test_a_file_dropped_on_the_map_is_imported(window, bench, qtbot, tmp_path):
    from gui.dialogs.import_file import ImportDialog

    path = tmp_path / "x.csv"
    path.write_text("code,name_en\nA,Demo\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert drop(bench.map, data, QPoint(100, 100))
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.step in {"sheet", "error"}, timeout=30_000)
    dialog.reject()


def test_a_foreign_drag_carries_no_team():
    assert carried(QMimeData(), TEAM) == ""


def drag_over(widget, data, at):
    """Carry something into a widget and over a place; tell whether it may be dropped there."""
    enter = QDragEnterEvent(at, COPY, data, LEFT, NO_KEY)
    QApplication.sendEvent(widget, enter)
    move = QDragMoveEvent(at, COPY, data, LEFT, NO_KEY)
    QApplication.sendEvent(widget, move)
    return move.isAccepted()


def test_a_team_that_is_carried_over_a_zone_marks_it_and_says_what_would_happen(window, bench):
    canvas = bench.map.canvas
    canvas.zoom_to_bounds(103.49, 10.59, 103.53, 10.65)
    QApplication.processEvents()
    x, y = (round(float(v)) for v in canvas.view.to_pixel(103.507, 10.62))
    assert drag_over(bench.map, team_data("team-1"), QPoint(x, y))
    assert "Demo Team 1" in bench.map.hint.text()
    assert "Demo South" in bench.map.hint.text()
    assert canvas.selection() == (Kind.ZONE, frozenset({"zone-1"}))
    outside = (round(float(v)) for v in canvas.view.to_pixel(103.525, 10.62))
    assert not drag_over(bench.map, team_data("team-1"), QPoint(*outside))
    assert canvas.selection() is None
    QApplication.sendEvent(bench.map, QDragLeaveEvent())
    assert "Demo" not in bench.map.hint.text()


def zone_words(bench, zone_id):
    card = bench.plan.zone_cards[zone_id]
    return [label.text() for label in card.findChildren(Data) if label.isVisibleTo(card)]


def two_days(period_ids):
    """An operation of two days whose zone a team has for some of them."""
    days = (
        new_period("Day 1", datetime(2022, 9, 17, 6), datetime(2022, 9, 17, 18)),  # noqa: DTZ001
        new_period("Day 2", datetime(2022, 9, 18, 6), datetime(2022, 9, 18, 18)),  # noqa: DTZ001
    )
    operation = Operation(
        id="operation-2",
        name="Two days",
        province_code="18",
        periods=days,
        proposed_by=PLANNER.id,
        made_by=PLANNER.id,
    )
    zone = replace(ZONES[0], id="zone-3", name="Demo West", operation_id=operation.id)
    given = [
        Assignment(zone_id=zone.id, team_id="team-1", period_id=days[n].id if n >= 0 else "")
        for n in period_ids
    ]
    return operation, zone, given


@pytest.mark.parametrize(
    ("periods", "words"),
    [((0, 1), "All 2 periods"), ((1,), "Day 2"), ((-1,), "Whole operation")],
)
def test_a_team_stands_once_in_a_zone_with_its_periods(window, bench, qtbot, periods, words):
    operation, zone, given = two_days(periods)
    for entities in ([operation], [zone], given):
        with qtbot.waitSignal(window.session.changed):
            window.session.commit(Edit(verb=Verb.DRAW_ZONE, deltas=(inserting(entities),)))
    bench.show_workspace("plan")
    bench.plan.refresh_now()
    said_there = zone_words(bench, "zone-3")
    assert said_there.count("T1") == 1
    assert any(line.startswith(words) for line in said_there)


def test_days_are_said_where_the_hours_are_many(window, bench):
    bench.toggle_held()
    model = bench.held.model
    project = window.session.project
    waiting = [face_of(project, model.table, n).right for n in range(2)]
    assert all(re.fullmatch(r"[\d,]+ days", words) for words in waiting)
    words = [waiting_word(model.table, n) for n in range(2)]
    assert all(re.search(r"[\d,]+ days \([\d,]+ h\) since", line) for line in words)


# --- rights ---------------------------------------------------------------------------------------


@pytest.fixture
def analyst_window(make_window, qtbot, tmp_path):
    made = make_window(services_for(tmp_path, keys=(ANALYST.id,)))
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    return made


def test_a_role_without_the_right_is_told_whose_it_is(analyst_window):
    bench = analyst_window.workbench
    bench.show_workspace("plan")
    QApplication.processEvents()
    for control in (
        bench.plan.draw_button,
        bench.plan.add_team,
        bench.plan.add_operation,
        bench.register.import_button,
        bench.plan.zone_cards["zone-1"].assign_button,
    ):
        assert not control.isEnabled()
        assert "Analyst" in control.toolTip()
        assert "Planner" in control.toolTip()


def test_what_a_role_may_not_do_is_refused_before_anything_is_asked(analyst_window):
    bench = analyst_window.workbench
    before = len(analyst_window.findChildren(QDialog))
    bench.edits.add_team()
    bench.edits.import_file()
    bench.tools.take("draw_zone")
    assert len(analyst_window.findChildren(QDialog)) == before
    assert bench.tools.name == "select"
    assert "Analyst" in analyst_window.toast.text


def test_a_refusal_by_role_names_no_code(analyst_window, qtbot):
    with qtbot.waitSignal(analyst_window.session.failed):
        analyst_window.session.do(lambda p: rename_zone(p, "zone-1", "Other"))
    words = analyst_window.toast.text
    assert "Analyst" in words
    assert "Planner, Provincial governor" in words
    assert "edit_zone" not in words


def test_a_team_is_not_carried_by_who_may_not_assign(analyst_window):
    bench = analyst_window.workbench
    bench.show_workspace("plan")
    QApplication.processEvents()
    assert not drop(bench.plan.zone_cards["zone-1"], team_data("team-2"), QPoint(20, 20))
    assert not drag_over(bench.map, team_data("team-2"), QPoint(200, 200))
    assert "Analyst" in bench.map.hint.text()


# --- operate --------------------------------------------------------------------------------------


def test_an_empty_operate_panel_leads_to_plan(window, bench, qtbot):
    bench.show_workspace("operate")
    QApplication.processEvents()
    assert bench.operate.states.state == "empty"
    bench.operate.states.empty_page.button.click()
    assert bench.workspace == "plan"


def test_only_the_deputy_governor_accepts(window, bench, qtbot):
    from gui.dialogs.accept import AcceptDialog
    from gui.widgets.buttons import Button

    project = window.session.project
    team, zone = project.get(Team, "team-1"), project.get(Zone, "zone-1")
    raid = project.get(Operation, "operation-1")
    duty = Assignment(zone_id=zone.id, team_id=team.id, state=AssignmentState.PREPARED)
    ready = replace(zone, operation_id=raid.id, state=ZoneState.READY)
    given = Edit(  # past the gate: the acts that lead here have tests of their own
        verb=Verb.RELEASE_OPERATION,
        deltas=(
            updating(team, replace(team, lead_user_id=DEPUTY.id)),
            updating(raid, replace(raid, state=OperationState.RELEASED)),
            updating(zone, ready),
            inserting([duty]),
        ),
        barrier=True,
    )
    project.absorb(project.store.commit(given))
    bench.show_workspace("operate")
    QApplication.processEvents()

    def accept():
        buttons = bench.operate.findChildren(Button)
        seen = [b for b in buttons if b.text() == "Accept" and b.isVisibleTo(bench.operate)]
        return seen[0] if seen else None

    qtbot.waitUntil(lambda: accept() is not None)
    assert not accept().isEnabled()
    assert "deputy governor" in accept().toolTip()
    window.session.act_as(DEPUTY)
    qtbot.waitUntil(lambda: accept() is not None and accept().isEnabled())
    accept().click()
    (dialog,) = window.findChildren(AcceptDialog)
    with qtbot.waitSignal(window.session.changed):
        dialog.accept_button.click()
    assert window.session.project.all(Assignment)[0].accepted_by == DEPUTY.id


def test_a_period_of_one_day_names_its_day_once(window, bench, qtbot):
    operation, zone, given = two_days((0,))
    for entities in ([operation], [zone], given):
        with qtbot.waitSignal(window.session.changed):
            window.session.commit(Edit(verb=Verb.DRAW_ZONE, deltas=(inserting(entities),)))
    bench.show_workspace("operate")
    QApplication.processEvents()
    (line,) = [words for words in all_words(bench.operate) if words.startswith("Day 1: ")]
    assert line.endswith("06:00 – 18:00")
    assert line.count("2022") == 1


def all_words(panel):
    return [label.text() for label in panel.findChildren(Data) if label.isVisibleTo(panel)]


def test_a_zone_that_is_over_says_so_and_is_given_to_nobody(window, qtbot):
    zone = replace(ZONES[0], state=ZoneState.COMPLETED)
    card = ZoneCard(window.session.project, zone)
    qtbot.addWidget(card)
    card.show_gaps((0, 0), busy=False)
    assert card.badge.text() == "Completed"
    assert card.assign_button.isHidden()


def test_the_fittest_team_is_offered_first_and_each_says_why(window, bench, qtbot):
    bench.show_workspace("plan")
    project = window.session.project
    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda p: edit_team(p, replace(p.get(Team, "team-1"), groups=())))
    menu = bench.plan.zone_cards["zone-1"].assign_button.menu()
    assert len(menu.actions()) == 1, "nobody waits for what nobody looks at"
    menu.fill()
    first, second, *_ = (a.text() for a in menu.actions())
    assert first.startswith("T2")
    assert second.startswith("T1")
    assert "Minutes" in second
    with qtbot.waitSignal(window.session.changed):
        menu.actions()[0].trigger()
    assert project.all(Assignment)[0].team_id == "team-2"
    menu = bench.plan.zone_cards["zone-1"].assign_button.menu()
    menu.fill()
    here = next(a for a in menu.actions() if a.text().startswith("T2"))
    assert not here.isEnabled()


def test_of_a_zone_that_is_over_it_is_said_who_was_there(window, qtbot):
    project = window.session.project
    go(project, AssignmentState.COMPLETED, ZoneState.COMPLETED)
    card = ZoneCard(project, project.get(Zone, "zone-1"), flat=True)
    qtbot.addWidget(card)
    card.show()
    assert any("Demo Team 1" in label.text() for label in card.findChildren(Elided))
    assert not any(b.isVisible() for b in card.findChildren(IconButton))
    nobody = ZoneCard(project, replace(ZONES[1], state=ZoneState.COMPLETED), flat=True)
    qtbot.addWidget(nobody)
    assert "No team was there." in [label.text() for label in nobody.findChildren(Data)]
