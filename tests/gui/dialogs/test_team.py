"""A team's form with its templates, and its page in the dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from geo.edit.assign import assign_team
from geo.edit.operations import add_operation
from geo.edit.team_templates import TeamTemplate, command_order, template_of
from geo.edit.teams import edit_team, new_team
from geo.edit.zones import place_in_operation
from geo.model.command import Operation, Team, TeamGroup, Vehicle, new_period
from geo.model.entity import Kind
from geo.model.vocabulary import MANDATORY_GROUPS, GroupKind, VehicleKind
from gui.dialogs.team import TeamDialog
from gui.template_files import FOLDER, TemplateFiles
from gui.widgets.texts import Chip, Data, Elided, Text
from tests.gui.stage import DEPUTY, TEAMS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


@pytest.fixture
def files(tmp_path):
    return TemplateFiles(tmp_path / "home")


@pytest.fixture
def form(window, files, qtbot):
    made = TeamDialog(window.session.project, new_team(""), window, is_new=True, files=files)
    made.open()
    yield made
    made.reject()


def entry(form, words):
    form.templates.fill()
    return next(a for a in form.templates.menu.actions() if words in a.text())


def opened(window, qtbot):
    qtbot.waitUntil(lambda: window.findChildren(TeamDialog) != [])
    return window.findChildren(TeamDialog)[-1]


def said(widget):
    kinds = (Data, Text, Elided, Chip, QPushButton)
    return " ".join(x.text() for kind in kinds for x in widget.findChildren(kind))


# --- the form -------------------------------------------------------------------------------------


def test_mandatory_groups_are_marked_and_victim_support_is_offered(form):
    kinds = [g.kind for g in form.groups]
    assert kinds == [*MANDATORY_GROUPS, GroupKind.VICTIM_SUPPORT]
    marked = [g for g in form.groups if any(c.text() == "mandatory" for c in g.findChildren(Chip))]
    assert [g.kind for g in marked] == list(MANDATORY_GROUPS)


def test_the_leader_is_a_user_of_the_plan_or_an_office(form):
    form.name.setText("Demo Team 9")
    form.lead.setText("Deputy Governor (demo)")
    form.lead_user.setCurrentIndex(form.lead_user.findData(DEPUTY.id))
    team = form.team()
    assert (team.lead, team.lead_user_id) == ("Deputy Governor (demo)", DEPUTY.id)


@pytest.mark.parametrize(("language", "code"), [("English", "en"), ("Khmer", "km")])
def test_the_commands_order_brings_a_task_for_each_group_in_either_language(form, language, code):
    entry(form, f"({language})").trigger()
    tasks = {g.kind: g.task for g in form.team().groups}
    assert tasks == {g.kind: g.task for g in command_order(code).groups}


def test_a_template_leaves_who_is_in_the_team(form):
    form.groups[2].chief.setText("Chief of minutes (demo)")
    form.groups[2].members.setValue(4)
    entry(form, "(English)").trigger()
    minutes = form.team().groups[2]
    assert (minutes.chief, minutes.members) == ("Chief of minutes (demo)", 4)
    assert minutes.task


def test_a_team_is_saved_as_a_template_without_names_and_applied_again(form, files, tmp_path):
    form.name.setText("Night team")
    form.contact.setText("Channel 4")
    form.groups[0].chief.setText("Chief (demo)")
    form.groups[0].task.setText("Search the roof")
    form.vehicles.add(Vehicle(VehicleKind.BOAT, "Boat 7"))
    entry(form, "Save as a template").trigger()
    assert form.templates.name.text() == "Night team"
    QTest.keyClick(form.templates.name, Qt.Key.Key_Return)
    (path,) = (tmp_path / "home" / FOLDER).glob("*.json")
    written = path.read_text("utf-8")
    assert "Search the roof" in written
    for word in ("Channel", "Chief", "Boat 7"):
        assert word not in written
    form.groups[0].task.setText("")
    entry(form, "Night team").trigger()
    assert form.team().groups[0].task == "Search the roof"


def test_return_in_the_templates_name_does_not_add_the_team(form, qtbot):
    form.name.setText("Night team")
    entry(form, "Save as a template").trigger()
    with qtbot.assertNotEmitted(form.ready):
        QTest.keyClick(form.templates.name, Qt.Key.Key_Return)
    assert form.isVisible()


def test_a_template_is_removed_from_the_list(form, files):
    files.save(TeamTemplate("Old"))
    entry(form, "Remove Old").trigger()
    assert files.all() == ()


def test_a_damaged_template_is_left_out(files, tmp_path):
    files.save(template_of(TEAMS[0], "Good"))
    (tmp_path / "home" / FOLDER / "x.json").write_text('{"name": 1', "utf-8")
    assert [t.name for t in files.all()] == ["Good"]


def test_a_folder_that_cannot_be_written_is_said(form, tmp_path):
    (tmp_path / "home").write_text("a file, no folder", "utf-8")
    form.name.setText("Night team")
    entry(form, "Save as a template").trigger()
    QTest.mouseClick(form.templates.keep, LEFT)
    assert "could not be saved" in form.templates.words.text()


# --- the page -------------------------------------------------------------------------------------


def page_of(bench, team_id, qtbot):
    bench.desk.selection.select(Kind.TEAM, [team_id])
    bench.dossier.refresh_now()
    return bench.dossier


def button(dossier, words):
    return next(b for b in dossier.findChildren(QPushButton) if b.text() == words)


def test_the_page_says_what_is_missing(bench, qtbot):
    words = said(page_of(bench, "team-2", qtbot))
    assert "empty: Reports" in words
    assert "no contact" in words
    assert "Nobody of the plan is named who accepts" in words


def test_a_complete_team_lacks_nothing(window, bench, qtbot):
    whole = replace(TEAMS[0], lead_user_id=DEPUTY.id, contact="Channel 1")
    with qtbot.waitSignal(window.session.changed):
        window.session.do(
            lambda p: edit_team(p, replace(whole, version=p.get(Team, "team-1").version))
        )
    assert "Nothing: leader and contact" in said(page_of(bench, "team-1", qtbot))


def test_the_page_says_where_the_team_is_when_the_earliest_first(window, bench, qtbot):
    days = [
        new_period(f"Day {n}", datetime(2022, 9, 16 + n, 6), datetime(2022, 9, 16 + n, 18))  # noqa: DTZ001
        for n in (1, 2)
    ]
    operation = Operation(id="two", name="Two days", province_code="18", periods=tuple(days))

    def act(build):
        with qtbot.waitSignal(window.session.changed):
            window.session.do(build)

    act(lambda p: add_operation(p, operation))
    act(lambda p: place_in_operation(p, ["zone-1", "zone-2"], "two"))
    act(lambda p: assign_team(p, "zone-1", "team-1", days[1].id))
    act(lambda p: assign_team(p, "zone-2", "team-1", days[0].id))
    words = said(page_of(bench, "team-1", qtbot))
    assert words.index("Day 1") < words.index("Day 2")
    assert "06:00" in words
    assert "Draft" in words
    remove = button(bench.dossier, "Delete the team")
    assert not remove.isEnabled()
    assert "still has a zone" in remove.toolTip()


def test_another_like_it_begins_without_leader_and_is_added(window, bench, qtbot):
    QTest.mouseClick(button(page_of(bench, "team-1", qtbot), "Make another like it…"), LEFT)
    dialog = opened(window, qtbot)
    assert dialog.name.text() == "Demo Team 1 (2)"
    assert dialog.lead.text() == ""
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(dialog.accept_button, LEFT)
    made = next(t for t in window.session.project.all(Team) if t.name == "Demo Team 1 (2)")
    assert made.groups == TEAMS[0].groups
    assert all(isinstance(g, TeamGroup) for g in made.groups)


def test_a_team_is_deleted_and_undo_brings_it_back(window, bench, qtbot):
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(button(page_of(bench, "team-2", qtbot), "Delete the team"), LEFT)
    assert window.session.project.find(Team, "team-2") is None
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert window.session.project.find(Team, "team-2") is not None


def test_the_page_leads_to_the_board(bench, qtbot):
    QTest.mouseClick(button(page_of(bench, "team-1", qtbot), "Show on the board"), LEFT)
    assert bench.drawers.shown == "board"
