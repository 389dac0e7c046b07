"""The page of licences against sites, as it is used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from geo.analysis.reconcile import Finding
from geo.edit.edit import Edit, inserting
from geo.edit.merging import merge_sites
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.site import Licence
from geo.model.vocabulary import SiteKind
from gui.acts.reconcile import PAGE
from gui.i18n import tr
from tests.gui.stage import SITES

PAPAYA = Licence(
    id="licence-2",
    number="DEMO-L-2",
    business="Demo Papaya Hotel",
    holder="Demo Papaya Holding",
    point=SITES[1].point,
    activity_kind=SiteKind.HOTEL_GUESTHOUSE,
    expires_on=date(2099, 1, 1),
)


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


@pytest.fixture
def page(window, bench, qtbot):
    with qtbot.waitSignal(window.session.changed):
        window.session.commit(Edit(verb=Verb.ADD_LICENCE, deltas=(inserting([PAPAYA]),)))
    window.actions_["licences"].trigger()
    made = bench.drawers.page(PAGE)
    qtbot.waitUntil(lambda: made.found is not None and made.states.state == "full")
    return made


def shown(page, finding):
    page.show_list(finding)
    model = page.model
    return [model.licence_at(r) or model.site_at(r) for r in range(model.rowCount())]


def test_each_list_holds_what_was_found(page):
    assert shown(page, Finding.PROPOSED) == ["licence-2"]
    assert shown(page, Finding.EXPIRED) == ["licence-1"]
    assert shown(page, Finding.NO_LICENCE) == ["site-3"]


def test_the_model_keeps_the_rules_of_qt(page, qtmodeltester):
    for finding in Finding:
        page.show_list(finding)
        qtmodeltester.check(page.model)
    assert QAbstractItemModelTester(page.model) is not None


def test_a_chosen_row_shows_its_site_on_the_map(window, page):
    page.show_list(Finding.EXPIRED)
    page.table.selectRow(0)
    assert window.desk.selection.one(Kind.SITE) == "site-1"


def test_a_whole_list_is_shown_on_the_map(window, page, qtbot):
    page.show_list(Finding.NO_LICENCE)
    qtbot.mouseClick(page.map_button, Qt.MouseButton.LeftButton)
    assert window.desk.selection.ids == ("site-3",)


def test_a_proposal_is_linked_only_when_it_is_confirmed_and_can_be_undone(window, page, qtbot):
    page.show_list(Finding.PROPOSED)
    assert window.session.project.get(Licence, "licence-2").site_id == ""
    with qtbot.waitSignal(window.session.changed):
        qtbot.mouseClick(page.link_button, Qt.MouseButton.LeftButton)
    assert window.session.project.get(Licence, "licence-2").site_id == "site-2"
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert window.session.project.get(Licence, "licence-2").site_id == ""


def test_it_is_compared_again_after_a_change(window, page, qtbot):
    with qtbot.waitSignal(window.session.changed):
        page.link()
    qtbot.waitUntil(lambda: page.found.count(Finding.PROPOSED) == 0)
    assert shown(page, Finding.MATCHED) == ["licence-2"]


def test_a_site_that_was_merged_is_not_counted_among_the_compared(window, page, qtbot):
    before = page.count.text()
    assert before.startswith(tr("reconcile.compared", licences="2", sites=str(len(SITES))))
    window.session.do(
        lambda plan: merge_sites(plan, "site-1", "site-3"), lambda _: None, pytest.fail
    )
    fewer = tr("reconcile.compared", licences="2", sites=str(len(SITES) - 1))
    qtbot.waitUntil(lambda: page.count.text() == fewer)


def test_a_decision_can_be_taken_from_it(window, page, qtbot):
    from gui.dialogs.decide import DecideDialog

    page.show_list(Finding.EXPIRED)
    page.table.selectRow(0)
    qtbot.mouseClick(page.decide_button, Qt.MouseButton.LeftButton)
    assert window.findChild(DecideDialog) is not None


def test_other_terms_are_compared_with(page, qtbot):
    assert page.found.terms.soon_days == 90
    page.soon.setValue(365)
    page.soon.editingFinished.emit()
    qtbot.waitUntil(lambda: page.found.terms.soon_days == 365)


def test_what_cannot_be_done_says_why(page):
    page.show_list(Finding.EXPIRED)
    assert not page.link_button.isEnabled()
    assert tr("reconcile.why.no_proposal") in page.link_button.toolTip()


def test_without_licences_it_says_what_to_do_next(empty_window, qtbot):
    empty_window.actions_["licences"].trigger()
    page = empty_window.workbench.drawers.page(PAGE)
    QApplication.processEvents()
    assert page.states.state == "empty"
    assert empty_window.workbench.drawers.shown == PAGE


def test_nothing_of_a_closed_plan_is_shown_or_compared_beside_another(window, page, qtbot):
    page.soon.setValue(365)
    page.soon.editingFinished.emit()  # a comparison is under way
    window.session.close()
    assert page.found is None
    assert page.model.rowCount() == 0
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        window.open_plan(Path("other.gpkg"))
    qtbot.waitUntil(lambda: page.found is not None and page.states.state == "full")
    assert "licence-2" not in page.found.licence_ids


def test_an_earlier_comparison_that_was_given_up_leaves_the_counts_right(page, qtbot):
    for days in (365, 366, 367):
        page.soon.setValue(days)
        page.soon.editingFinished.emit()
    qtbot.waitUntil(lambda: page.found.terms.soon_days == 367)
    qtbot.waitUntil(lambda: not page.desk.runner.busy())
    page.show_list(Finding.MATCHED)
    assert page.count.text() == tr("reconcile.compared", licences="2", sites="3")
