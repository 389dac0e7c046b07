from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from geo.errors import PlanFileError, StoreError
from geo.model.command import Operation, Team
from geo.model.site import Authority, Site
from geo.model.vocabulary import MANDATORY_GROUPS, GroupKind, LegalStatus
from geo.project import Project
from gui.dialogs.decide import DecideDialog
from gui.dialogs.new_plan import NewPlanDialog
from gui.dialogs.operation import OperationDialog
from gui.dialogs.team import TeamDialog
from tests.gui.stage import PLANNER, plan_store, services_for


@pytest.fixture
def parent(dressed, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def project():
    return Project(plan_store(), PLANNER)


def test_a_new_plan_says_what_is_missing_until_it_can_be_made(parent, qtbot):
    dialog = NewPlanDialog(parent)
    asked = []
    dialog.ready.connect(asked.append)
    assert "name" in dialog.accept_button.toolTip()
    dialog.name.setText("Unity Command: 2022")
    assert not dialog.accept_button.isEnabled()
    dialog.province.setCurrentIndex(dialog.province.findData("18"))
    dialog.user.setText("Demo Planner")
    assert dialog.accept_button.isEnabled()
    assert dialog.accept_button.toolTip() == ""
    dialog.accept_button.click()
    assert asked[0].province_code == "18"
    assert asked[0].passphrase is None
    assert asked[0].path.name == "Unity Command- 2022.gpkg"


def test_a_protected_plan_needs_a_long_passphrase_twice(parent):
    dialog = NewPlanDialog(parent)
    dialog.name.setText("Plan")
    dialog.province.setCurrentIndex(0)
    dialog.user.setText("Demo Planner")
    dialog.protected.setChecked(True)
    assert dialog.path.text().endswith(".ucmplan")
    dialog.passphrase.setText("short")
    assert dialog.missing() == "dialog.new_plan.short_passphrase"
    dialog.passphrase.setText("correct horse battery")
    assert dialog.missing() == "dialog.new_plan.not_the_same"
    dialog.again.setText("correct horse battery")
    assert dialog.missing() == ""
    dialog.reject()


def test_a_province_can_be_typed_but_not_invented(parent):
    dialog = NewPlanDialog(parent)
    dialog.name.setText("Plan")
    dialog.province.setEditText("Atlantis")
    assert dialog.missing() == "dialog.new_plan.no_province"
    dialog.reject()


def test_a_new_team_brings_the_mandatory_groups(parent, project):
    from geo.edit.teams import new_team

    dialog = TeamDialog(project, new_team(""), parent, is_new=True)
    assert {entry.kind for entry in dialog.groups} >= set(MANDATORY_GROUPS)
    made = []
    dialog.ready.connect(made.append)
    assert not dialog.accept_button.isEnabled()
    dialog.name.setText("Demo Team 9")
    dialog.groups[0].chief.setText("Chief (demo)")
    dialog.groups[0].members.setValue(4)
    dialog.accept_button.click()
    assert made[0].name == "Demo Team 9"
    assert made[0].groups[0].members == 4
    assert dialog.groups[0].kind not in made[0].empty_mandatory_groups()


def test_a_team_keeps_what_was_not_touched(parent, project):
    team = project.get(Team, "team-1")
    dialog = TeamDialog(project, team, parent, is_new=False)
    made = []
    dialog.ready.connect(made.append)
    dialog.accept_button.click()
    assert made == [team]


def test_an_optional_group_can_be_added_and_removed(parent, project):
    dialog = TeamDialog(project, project.get(Team, "team-1"), parent, is_new=False)
    place = dialog.more.findData(GroupKind.INTERPRETER.value)
    dialog.more.setCurrentIndex(place)
    dialog.more.activated.emit(place)
    assert dialog.groups[-1].kind is GroupKind.INTERPRETER
    dialog.groups[-1].removed.emit(dialog.groups[-1])
    assert GroupKind.INTERPRETER not in {entry.kind for entry in dialog.groups}
    assert dialog.more.findData(GroupKind.INTERPRETER.value) > 0
    dialog.reject()


def test_a_decision_needs_status_authority_document_and_reason(parent, project, qtbot):
    dialog = DecideDialog(project, "site-1", parent)
    built = []
    dialog.ready.connect(built.append)
    authority = next(a for a in project.all(Authority) if a.may_decide)
    assert dialog.missing() == "dialog.decide.no_status"
    dialog.to.setCurrentIndex(dialog.to.findData(LegalStatus.UNDER_REVIEW.value))
    assert dialog.missing() == "dialog.decide.no_authority"
    dialog.authority.setCurrentIndex(dialog.authority.findData(authority.id))
    dialog.document.setText("DEMO-DOC-1")
    assert dialog.missing() == "dialog.decide.no_reason"
    dialog.reason.setText("Demo: papers asked for")
    dialog.accept_button.click()
    project.commit(built[0](project))
    assert project.get(Site, "site-1").legal_status is LegalStatus.UNDER_REVIEW


def test_an_operation_cannot_end_before_it_begins(parent):
    dialog = OperationDialog("18", parent)
    made: list[Operation] = []
    dialog.ready.connect(made.append)
    dialog.name.setText("Demo operation 2")
    dialog.ends.setDateTime(dialog.starts.dateTime().addSecs(-60))
    assert not dialog.accept_button.isEnabled()
    dialog.ends.setDateTime(dialog.starts.dateTime().addSecs(3600))
    dialog.accept_button.click()
    assert made[0].periods[0].ends > made[0].periods[0].starts


def test_tab_walks_through_a_dialog(parent, qtbot):
    dialog = OperationDialog("18", parent)
    dialog.open()
    dialog.activateWindow()
    dialog.name.setFocus()
    qtbot.waitUntil(dialog.name.hasFocus)
    seen = set()
    for _ in range(30):
        seen.add(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert {dialog.name, dialog.commander, dialog.starts, dialog.ends} <= seen
    assert dialog.cancel_button in seen
    dialog.reject()


def full_disk(window, monkeypatch):
    """Let every commit of the open plan fail as on a full disk; returns what ends that."""

    def refuse(edit, signer=None, contents=None):
        raise StoreError("error.store.disk_full")

    store = window.session.project.store
    monkeypatch.setattr(store, "commit", refuse)
    return lambda: monkeypatch.delattr(store, "commit")


def test_what_was_typed_is_not_lost_when_the_disk_is_full(window, bench, qtbot, monkeypatch):
    free = full_disk(window, monkeypatch)
    bench.edits.add_team()
    dialog = window.findChild(TeamDialog)
    dialog.name.setText("Demo Team 9")
    dialog.accept_button.click()
    qtbot.waitUntil(dialog.fault.isVisible)
    assert "disk is full" in dialog.fault.text()
    assert dialog.name.text() == "Demo Team 9"
    free()
    with qtbot.waitSignal(window.session.changed):
        dialog.accept_button.click()
    assert "Demo Team 9" in {t.name for t in window.session.project.all(Team)}


def test_a_new_plan_that_could_not_be_made_keeps_its_form(make_window, qtbot, tmp_path):
    def refuse(asked):
        raise PlanFileError("error.plan.exists", name=asked.path.name)

    window = make_window(replace(services_for(tmp_path), create_store=refuse))
    window.ask_new_plan()
    dialog = window.findChild(NewPlanDialog)
    dialog.name.setText("Unity Command")
    dialog.province.setCurrentIndex(dialog.province.findData("18"))
    dialog.user.setText("Demo Planner")
    dialog.accept_button.click()
    qtbot.waitUntil(dialog.fault.isVisible)
    assert "Unity Command.gpkg" in dialog.fault.text()
    assert dialog.name.text() == "Unity Command"
    assert window.start.states.state == "full"
    dialog.reject()
