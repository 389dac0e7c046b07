from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from geo.errors import PlanFileError
from geo.model.command import Assignment, Zone
from geo.model.entity import Kind
from gui import settings, theme
from gui.actions import WORKSPACES
from gui.services import NewPlan, Services, real_services
from tests.gui.stage import PLANNER, services_for


def test_a_plan_opens_on_its_register_with_the_select_tool(window, bench):
    assert window.stack.currentWidget() is bench
    assert bench.workspace == "register"
    assert bench.tools.name == "select"
    assert window.actions_["draw_zone"].isEnabled()
    assert "Demo plan" in window.windowTitle()


def test_changing_the_workspace_never_moves_the_map(window, bench, qtbot):
    qtbot.waitUntil(lambda: not window.runner.busy())
    QApplication.processEvents()
    before = bench.map.canvas.view
    for name in WORKSPACES:
        bench.show_workspace(name)
        QApplication.processEvents()
        assert bench.map.canvas.view == before


def test_held_now_is_one_click_away_in_every_workspace(window, bench, qtbot):
    for name in WORKSPACES:
        bench.show_workspace(name)
        qtbot.mouseClick(bench.top.held, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert bench.stack.currentWidget() is bench.held
        ids = [bench.held.model.id_at(r) for r in range(bench.held.model.rowCount())]
        assert ids == ["allegation-2", "allegation-1"]  # the longest waiting first
        qtbot.mouseClick(bench.top.held, Qt.MouseButton.LeftButton)
        assert bench.stack.currentWidget() is bench.panels[name]


def test_a_selection_slides_the_dossier_in_and_escape_steps_back(window, bench, qtbot):
    window.desk.selection.select(Kind.SITE, ["site-1"])
    qtbot.waitUntil(lambda: bench.side.width() == 360)
    assert bench.dossier.title.text() == "Demo Mango Casino"
    bench.tools.take("measure")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert bench.tools.name == "select"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bench.side.width() == 0)


def test_a_zone_gets_a_team_and_undo_takes_it_back(window, bench, qtbot):
    session = window.session
    with qtbot.waitSignal(session.changed):
        bench.plan.assign_asked.emit("zone-1", "team-2")
    assert [a.team_id for a in session.project.all(Assignment)] == ["team-2"]
    assert window.toast.isVisible()
    assert "Demo Team 2" in bench.top.undo.toolTip()
    with qtbot.waitSignal(session.changed):
        qtbot.mouseClick(bench.top.undo, Qt.MouseButton.LeftButton)
    assert session.project.all(Assignment) == ()
    with qtbot.waitSignal(session.changed):
        window.actions_["redo"].trigger()
    assert len(session.project.all(Assignment)) == 1


def test_a_zone_card_offers_every_team(window, bench, qtbot):
    bench.show_workspace("plan")
    card = bench.plan.zone_cards["zone-2"]
    card.assign_button.menu().fill()
    offered = card.assign_button.menu().actions()
    assert [a.text().split()[0] for a in offered if a.text()][:2] == ["T1", "T2"]
    with qtbot.waitSignal(window.session.changed):
        offered[0].trigger()
    assert window.session.project.all(Assignment)[0].zone_id == "zone-2"


def test_a_zone_is_renamed_in_its_card(window, bench, qtbot):
    bench.show_workspace("plan")
    card = bench.plan.zone_cards["zone-1"]
    card.start_naming()
    card.name_field.setText("Harbour")
    with qtbot.waitSignal(window.session.changed):
        qtbot.keyClick(card.name_field, Qt.Key.Key_Return)
    assert window.session.project.get(Zone, "zone-1").name == "Harbour"


def test_a_refusal_says_why_and_what_next(window, bench, qtbot):
    with qtbot.waitSignal(window.session.failed):
        bench.zones.rename("zone-1", "Demo North")
    assert window.toast.isVisible()
    assert "Choose another name" in window.toast.text
    assert window.toast.label.textFormat() is Qt.TextFormat.PlainText


def test_who_has_no_key_reads_and_is_told_why_the_rest_is_disabled(make_window, qtbot, tmp_path):
    made = make_window(services_for(tmp_path, keys=()))
    with qtbot.waitSignal(made.session.opened):
        made.open_plan(Path("demo.gpkg"))
    made.workbench.show_workspace("plan")
    QApplication.processEvents()
    button = made.workbench.plan.draw_button
    assert not button.isEnabled()
    assert "who acts" in button.toolTip()


def test_the_drawer_opens_with_f6_on_what_is_selected(window, bench, qtbot):
    window.desk.selection.select(Kind.TEAM, ["team-1"])
    window.actions_["table"].trigger()
    QApplication.processEvents()
    assert bench.drawer.isVisible()
    assert bench.drawer.kind is Kind.TEAM
    window.actions_["table"].trigger()
    assert not bench.drawer.isVisible()


def test_search_finds_rows_places_positions_and_commands(window, bench, qtbot):
    qtbot.waitUntil(lambda: bench.finder.gazetteer is not None, timeout=20_000)
    project = window.session.project

    def titles(wanted):
        return [f.title for f in bench.finder.find(project, wanted)]

    assert "Demo Mango Casino" in titles("mango")
    assert "Demo South" in titles("south")
    assert any("Sihanouk" in title for title in titles("sihanouk"))
    assert titles("10.62 N 103.51 E")[0].startswith("10.62")
    assert "Draw a zone" in titles("draw")


def test_search_is_used_by_keyboard_alone(window, bench, qtbot):
    window.activateWindow()
    bench.top.search.setFocus()
    qtbot.waitUntil(bench.top.search.hasFocus)
    qtbot.keyClicks(bench.top.search, "papaya")
    qtbot.waitUntil(bench.top.search.results.isVisible)
    qtbot.keyClick(bench.top.search, Qt.Key.Key_Return)
    assert window.desk.selection.one(Kind.SITE) == "site-2"


def test_enter_takes_what_fits_all_that_was_typed(window, bench, qtbot):
    window.activateWindow()
    box = bench.top.search
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "papaya")
    qtbot.waitUntil(box.results.isVisible)
    box.clear()
    qtbot.keyClicks(box, "mango")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.desk.selection.one(Kind.SITE) == "site-1"


def test_the_theme_changes_without_a_restart(window):
    window.switch_theme()
    assert theme.current().name == "dark"
    assert window.workbench.map.canvas.theme == "dark"
    window.switch_theme()
    assert theme.current().name == "light"


def test_a_plan_that_cannot_be_opened_says_why_on_the_start_page(make_window, qtbot, tmp_path):
    base = services_for(tmp_path)

    def refuse(path, passphrase):
        raise PlanFileError("error.plan.missing", name=path.name)

    made = make_window(
        Services(
            home=base.home,
            open_store=refuse,
            create_store=base.create_store,
            signer_of=base.signer_of,
        )
    )
    with qtbot.waitSignal(made.session.failed):
        made.open_plan(Path("gone.gpkg"))
    assert made.start.states.state == "error"
    made.start.states.error_page.button.click()
    assert made.start.states.state == "full"


def test_closing_remembers_the_plan_its_user_and_the_looks(make_window, qtbot, tmp_path):
    made = make_window(services_for(tmp_path))
    with qtbot.waitSignal(made.session.opened):
        made.open_plan(Path("demo.gpkg"))
    made.set_theme("dark")
    made.close()
    kept = settings.load(tmp_path)
    assert kept.recent == ["demo.gpkg"]
    assert kept.users == {"demo.gpkg": PLANNER.id}
    assert kept.theme == "dark"
    assert made.session.project is None


def test_a_new_plan_is_a_file_that_its_maker_signs_in(make_window, qtbot, tmp_path, fresh_home):
    from geo.model.vocabulary import Role

    made = make_window(real_services())
    path = tmp_path / "new.gpkg"
    asked = NewPlan(
        path=path,
        name="New plan",
        province_code="18",
        user_name="Demo Planner",
        office="",
        role=Role.PLANNER,
        passphrase=None,
    )
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.create_plan(asked)
    assert path.exists()
    assert made.session.project.user.name == "Demo Planner"
    assert made.session.project.signer is not None


def test_a_protected_plan_asks_for_its_passphrase(make_window, qtbot, tmp_path, fresh_home):
    from geo.model.vocabulary import Role
    from gui.dialogs.passphrase import PassphraseDialog

    made = make_window(real_services())
    path = tmp_path / "secret.ucmplan"
    asked = NewPlan(
        path=path,
        name="Secret",
        province_code="18",
        user_name="Demo Planner",
        office="",
        role=Role.PLANNER,
        passphrase="correct horse battery",
    )
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.create_plan(asked)
    made.session.close()
    with qtbot.waitSignal(made.session.failed, timeout=20_000):
        made.open_plan(path)
    dialog = made.findChild(PassphraseDialog)
    dialog.passphrase.setText("correct horse battery")
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        dialog.accept_button.click()
    assert made.session.project.info.name == "Secret"
