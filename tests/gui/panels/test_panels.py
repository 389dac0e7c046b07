from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog

from geo.edit.assign import assign_team
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.edit.zones import rename_zone
from geo.errors import InputError, StoreError
from geo.model.command import Assignment, Operation, new_period
from geo.model.entity import Kind
from geo.model.vocabulary import Grade, LegalStatus
from gui.models.faces import face_of
from gui.widgets.drag import TEAM, carried
from gui.widgets.texts import Chip, Data, shown_path
from tests.gui.stage import ANALYST, DEPUTY, PLANNER, ZONES, services_for

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def said(panel):
    return " ".join(label.text() for label in panel.findChildren(Data) if label.isVisibleTo(panel))


# --- register -------------------------------------------------------------------------------------


def test_the_register_counts_sites_by_legal_status(window, bench):
    counts = {b.status: b.text() for b in bench.register.findChildren(type_of_status(bench))}
    assert counts[LegalStatus.UNVERIFIED].endswith("3")
    assert counts[LegalStatus.ILLEGAL].endswith("0")


def type_of_status(bench):
    from gui.panels.register import StatusButton

    return StatusButton


def test_a_status_that_is_pressed_narrows_the_list(window, bench, qtbot):
    buttons = {b.status: b for b in bench.register.findChildren(type_of_status(bench))}
    model = bench.register.models[Kind.SITE]
    buttons[LegalStatus.ILLEGAL].click()
    assert model.rowCount() == 0
    buttons[LegalStatus.UNVERIFIED].click()
    assert model.rowCount() == 3


def test_what_is_typed_narrows_the_list_and_the_count_says_so(window, bench, qtbot):
    bench.register.filter.setText("lotus")
    model = bench.register.models[Kind.SITE]
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert "1 of 3" in said(bench.register)


def test_an_empty_register_offers_the_import(empty_window):
    panel = empty_window.workbench.register
    QApplication.processEvents()
    assert panel.states.state == "empty"
    assert panel.states.empty_page.button.text() == "Import…"


def test_a_row_of_the_list_selects_its_site(window, bench, qtbot):
    view = bench.register.lists[Kind.SITE]
    area = view.visualRect(view.model().index(1, 0))
    qtbot.mouseClick(view.viewport(), LEFT, pos=area.center())
    assert window.desk.selection.one(Kind.SITE) == "site-2"


# --- dossier --------------------------------------------------------------------------------------


def test_the_dossier_of_a_site_tells_claims_licences_and_allegations_apart(window, bench):
    window.desk.selection.select(Kind.SITE, ["site-1"])
    QApplication.processEvents()
    words = said(bench.dossier)
    assert "Unverified" in words
    assert "ended 31 Jan 2022" in words
    assert "± 10 m" in words
    assert "Grade B2" in words


def test_the_dossier_of_an_allegation_shows_held_now_first(window, bench):
    window.desk.selection.select(Kind.ALLEGATION, ["allegation-1"])
    QApplication.processEvents()
    chips = [c.text() for c in bench.dossier.findChildren(Chip) if c.isVisibleTo(bench.dossier)]
    assert chips[0].startswith("Held now: Yes")
    assert "not a verdict" in bench.dossier.kind_label.text()


def test_reading_an_allegation_is_logged_once_and_signed(window, bench):
    def log():
        return window.session.on_store_thread(lambda p: p.store.audit()).result()

    window.desk.selection.select(Kind.SITE, ["site-1"])
    before = len(log())
    window.desk.selection.select(Kind.ALLEGATION, ["allegation-1"])
    bench.dossier.refresh_now()
    read = log()[before:]
    assert [(row.what, row.actor) for row in read] == [("read", PLANNER.id)]
    assert read[0].details == {"kind": "allegation", "row": "allegation-1"}
    assert read[0].signature


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        (Kind.ZONE, ["zone-1"]),
        (Kind.TEAM, ["team-2"]),
        (Kind.SITE, ["site-1", "site-2", "site-3"]),
        (Kind.ALLEGATION, ["allegation-2"]),
    ],
)
def test_every_kind_has_its_dossier(window, bench, kind, ids):
    window.desk.selection.select(kind, ids)
    QApplication.processEvents()
    assert bench.dossier.isVisible()
    assert bench.dossier.title.text()


def test_a_crossing_says_whether_it_is_open(window, bench):
    crossing = str(window.session.project.table(Kind.CROSSING).ids[0])
    window.desk.selection.select(Kind.CROSSING, [crossing])
    QApplication.processEvents()
    assert "Neighbour" not in bench.dossier.title.text()
    assert bench.dossier.title.text()


def test_a_row_that_an_undo_took_away_leaves_the_dossier(window, bench, qtbot):
    from shapely import box

    with qtbot.waitSignal(bench.edits.zone_drawn) as told:
        bench.edits.draw_zone(box(103.7, 10.7, 103.8, 10.8))
    assert window.desk.selection.one(Kind.ZONE) == told.args[0]
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    qtbot.waitUntil(lambda: not window.desk.selection.ids)


# --- plan -----------------------------------------------------------------------------------------


def test_a_drawn_zone_asks_for_its_name_in_place(window, bench, qtbot):
    from shapely import box

    with qtbot.waitSignal(bench.edits.zone_drawn) as told:
        bench.edits.draw_zone(box(103.7, 10.7, 103.8, 10.8))
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
    qtbot.waitUntil(lambda: dialog.step in {"map", "error"}, timeout=30_000)
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
    operation = Operation(id="operation-2", name="Two days", province_code="18", periods=days)
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
    lines = [face_of(project, model.table, n).subtitle for n in range(2)]
    assert all(re.search(r"[\d,]+ days \([\d,]+ h\) since", line) for line in lines)


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
    from gui.widgets.buttons import Button

    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda p: assign_team(p, "zone-1", "team-1"))
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
    with qtbot.waitSignal(window.session.changed):
        accept().click()
    assert window.session.project.all(Assignment)[0].accepted_by == DEPUTY.id


# --- analyse --------------------------------------------------------------------------------------


def test_numbers_stand_beside_their_n_and_their_precision(window, bench, qtbot):
    bench.show_workspace("analyse")
    bench.analyse.scope.choose("plan")
    bench.analyse.refresh_now()
    qtbot.waitUntil(lambda: "n = 3" in said(bench.analyse))
    assert "Commune" in said(bench.analyse)


def test_what_has_no_point_is_never_in_view_and_the_panel_says_so(window, bench, qtbot):
    bench.show_workspace("analyse")
    bench.map.canvas.zoom_to_bounds(103.0, 10.0, 104.5, 11.5)
    qtbot.waitUntil(lambda: "1 allegations of the plan have no point" in said(bench.analyse))
    assert "n = 2" in said(bench.analyse)


# --- layers ---------------------------------------------------------------------------------------


def test_a_layer_is_hidden_moved_and_faded_from_its_row(window, bench, qtbot):
    panel = bench.layer_panel
    panel.rows["sites"].eye.click()
    assert not bench.layers["sites"].visible
    qtbot.waitUntil(lambda: not panel.rows["sites"].layer.visible)
    panel.rows["allegations"].stepped.emit("allegations", 1)
    assert [layer.id.value for layer in bench.layers][:2] == ["sites", "allegations"]
    panel.rows["sites"].more.click()
    panel.rows["sites"].slider.setValue(40)
    assert bench.layers["sites"].opacity == pytest.approx(0.4)


# --- report ---------------------------------------------------------------------------------------


def test_a_report_is_written_and_logged(window, bench, qtbot, tmp_path):
    panel = bench.report
    bench.show_workspace("report")
    panel.set_folder(tmp_path / "out")
    panel.write_now()
    assert panel.state == "loading"
    qtbot.waitUntil(lambda: panel.state != "loading", timeout=60_000)
    assert panel.state == "full", panel.fault.text()
    files = sorted((tmp_path / "out").iterdir())
    assert [path.suffix for path in files] == [".html", ".pdf"]
    assert all(path.name.startswith("province-restricted-en-") for path in files)
    audit = window.session.on_store_thread(lambda p: p.store.audit()).result()
    logged = {row.what: row for row in audit[-2:]}
    assert set(logged) == {"print", "export"}
    assert all(row.signature for row in logged.values())
    page = (tmp_path / "out" / files[0].name).read_bytes()
    assert logged["export"].details["sha256"] == hashlib.sha256(page).hexdigest()


def test_a_second_report_does_not_replace_the_first(tmp_path):
    from gui.report_files import free_stem

    assert free_stem(tmp_path, "report", [".pdf", ".html"]) == "report"
    (tmp_path / "report.html").write_text("first")
    assert free_stem(tmp_path, "report", [".pdf", ".html"]) == "report-2"
    assert free_stem(tmp_path, "report", [".pdf"]) == "report"


def test_a_report_that_cannot_be_logged_is_not_written(window, bench, qtbot, tmp_path, monkeypatch):
    def refuse(event, signer=None):
        raise StoreError("error.store.disk_full")

    monkeypatch.setattr(window.session.project.store, "record", refuse)
    panel = bench.report
    bench.show_workspace("report")
    panel.pdf.setChecked(False)
    panel.set_folder(tmp_path / "out")
    panel.write_now()
    qtbot.waitUntil(lambda: panel.state == "error", timeout=60_000)
    assert "disk is full" in panel.fault.text()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_report_speaks_as_the_window_until_its_language_is_chosen(window, bench, qtbot):
    bench.show_workspace("report")
    QApplication.processEvents()
    assert bench.report.language.choice() == "en"
    window.set_language("km")
    qtbot.waitUntil(lambda: bench.report.language.choice() == "km")
    bench.report.language.choose("en")
    bench.report.language.chosen.emit("en")
    window.set_language("en")
    window.set_language("km")
    QApplication.processEvents()
    assert bench.report.language.choice() == "en"


def test_the_commands_own_grade_is_asked_for_once(window, bench, qtbot, tmp_path):
    from gui.dialogs.confirm import ConfirmDialog

    panel = bench.report
    bench.show_workspace("report")
    panel.grades[Grade.COMMAND].setChecked(True)
    panel.set_folder(tmp_path)
    panel.write_button.click()
    dialog = window.findChild(ConfirmDialog)
    assert dialog.isVisible()
    dialog.reject()
    assert panel.state == "empty"


def test_a_report_that_cannot_be_written_says_why(window, bench, qtbot, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")
    panel = bench.report
    bench.show_workspace("report")
    panel.html.setChecked(False)
    panel.set_folder(blocked)
    panel.write_now()
    qtbot.waitUntil(lambda: panel.state == "error", timeout=60_000)
    assert "Choose another place" in panel.fault.text()


def test_an_operation_is_never_public(window, bench):
    panel = bench.report
    bench.show_workspace("report")
    panel.kind.choose("operation")
    panel.kind.chosen.emit("operation")
    panel.grades[Grade.PUBLIC].setChecked(True)
    assert not panel.write_button.isEnabled()
    assert "never public" in panel.write_button.toolTip()


# --- start ----------------------------------------------------------------------------------------


def test_a_recent_plan_opens_and_can_be_taken_from_the_list(make_window, qtbot):
    from gui.panels.start import RecentPlan
    from gui.settings import Settings
    from gui.widgets.buttons import IconButton

    made = make_window(remembered=Settings(language="en", recent=["a.gpkg"]))
    entry = made.start.findChild(RecentPlan)
    entry.findChild(IconButton).click()
    assert made.settings.recent == []
    with qtbot.waitSignal(made.session.opened):
        made.start.plan_chosen.emit(Path("b.gpkg"))
    assert made.settings.recent == ["b.gpkg"]


def test_building_the_demonstration_can_be_cancelled(make_window, qtbot, tmp_path):
    import dataclasses
    import threading

    from tests.gui.stage import services_for

    go = threading.Event()

    def build(folder, progress):
        go.wait(5)
        progress.step(1, 2)
        raise InputError("error.zone.gone")

    made = make_window(dataclasses.replace(services_for(tmp_path), build_demo=build))
    qtbot.mouseClick(made.start.demo_button, LEFT)
    assert made.start.states.state == "loading"
    made.start.states.loading_page.button.click()
    go.set()
    qtbot.waitUntil(lambda: made.start.states.state == "full")


def test_no_path_of_this_machine_is_shown_among_the_recent_plans():
    assert shown_path(Path.home() / "Documents" / "plans") == str(Path("~/Documents/plans"))
    assert shown_path(Path("/media/somebody/stick/plans")) == str(Path("…/stick/plans"))
    assert shown_path(Path("/media/stick")) == str(Path("/media/stick"))
