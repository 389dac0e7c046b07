"""The dossier of a person, and the links of a site: what a user does with them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.clock import today
from geo.edit.people import add_authorities
from geo.edit.person_decisions import name_ringleader
from geo.edit.ruling import Ruling
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind, PersonDecision, PersonRef
from geo.model.site import Authority
from geo.model.vocabulary import PersonRole
from gui.dialogs.link import LinkDialog, LinkEditDialog
from gui.dialogs.person import ArrestDialog, PersonDialog
from gui.dialogs.person_decide import PersonDecideDialog
from gui.widgets.buttons import Button, IconButton
from tests.gui.dossier_hands import field, idle, open_fold, retype, said, seen
from tests.gui.link_stage import network
from tests.gui.stage import ANALYST, PLANNER

LEFT = Qt.MouseButton.LeftButton
COURT = Authority(id="court", name_km="តុលាការ", name_en="Demo court")


@pytest.fixture
def do(window, qtbot):
    def act(build):
        with qtbot.waitSignal(window.session.changed, timeout=20_000):
            window.session.do(build)
        idle(window, qtbot)

    return act


@pytest.fixture
def dossier(window, bench, do):
    do(network)
    do(lambda _p: add_authorities([COURT]))
    window.desk.selection.select(Kind.PERSON_REF, ["p-3"])
    QApplication.processEvents()
    return bench.dossier


@pytest.fixture
def person(window):
    return lambda person_id="p-3": window.session.project.get(PersonRef, person_id)


def press(dossier, name: str, kind: type = Button) -> None:
    (button,) = seen(dossier, kind, name)
    QTest.mouseClick(button, LEFT)


def dialog_of(window, kind, qtbot):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(kind)))
    return window.findChildren(kind)[-1]


def accept(window, dialog, qtbot) -> None:
    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        QTest.mouseClick(dialog.accept_button, LEFT)
    idle(window, qtbot)


def test_a_person_is_told_by_pseudonym_role_arrest_and_links_and_the_reading_logged(
    window, dossier, monkeypatch
):
    words = said(dossier)
    for expected in ("P-003", "Foreign broker", "suspected", "Court (demo)", "Who paid?"):
        assert expected in words
    assert "3 links, confidence 40 % – 80 %" in words
    logged = []
    monkeypatch.setattr(window.session, "record", lambda what, **d: logged.append((what, d)))
    window.desk.selection.select(Kind.PERSON_REF, ["p-1"])
    assert logged == [("read", {"kind": "person_ref", "row": "p-1"})]


def test_a_person_is_found_by_pseudonym_and_opened_without_moving_the_map(window, bench, dossier):
    view = bench.map.canvas.view
    found = bench.finder.find(window.session.project, "P-004")
    (person,) = (f for f in found if f.title == "P-004")
    person.act()
    assert window.desk.selection.one(Kind.PERSON_REF) == "p-4"
    assert bench.map.canvas.view == view


def test_the_next_question_is_corrected_in_place(window, dossier, person, qtbot):
    retype(field(dossier, "asked-by"), "Police (demo)")
    idle(window, qtbot)
    assert (person().next_question, person().asked_by) == ("Who paid?", "Police (demo)")
    question = field(dossier, "next-question")
    QTest.mouseClick(question.shown, LEFT)
    question.editor.clear()
    QTest.keyClick(question.editor, Qt.Key.Key_Return)
    idle(window, qtbot)
    assert (person().next_question, person().asked_by) == ("", "")


def test_an_arrest_is_corrected_and_taken_back(window, dossier, person, qtbot):
    press(dossier, "person-arrest")
    dialog = dialog_of(window, ArrestDialog, qtbot)
    dialog.source.setText("")
    assert not dialog.accept_button.isEnabled()
    dialog.source.setText("Paper 7 (demo)")
    accept(window, dialog, qtbot)
    assert person().arrest_source == "Paper 7 (demo)"
    press(dossier, "person-free")
    idle(window, qtbot)
    assert person().arrested_on is None


def test_a_link_with_a_new_person_is_added_from_a_sites_dossier(window, dossier, qtbot):
    window.desk.selection.select(Kind.SITE, ["site-3"])
    QApplication.processEvents()
    open_fold(dossier, "panel.site.links")
    press(dossier, "link-add")
    dialog = dialog_of(window, LinkDialog, qtbot)
    dialog.new.pseudonym.setText("Somebody 1")
    assert dialog.missing() == "dialog.person.no_pseudonym"
    dialog.new.pseudonym.setText("P-077")
    dialog.new.role.setCurrentIndex(0)
    dialog.said.kind.setCurrentIndex(2)
    assert dialog.missing() == "dialog.link.no_source"
    dialog.said.source.setText("S-001")
    dialog.said.confidence.setValue(35)
    dialog.said.seen.setText("1/9/2022")
    accept(window, dialog, qtbot)
    new = next(p for p in window.session.project.all(PersonRef) if p.pseudonym == "P-077")
    link = next(k for k in window.session.project.all(Link) if new.id in (k.from_id, k.to_id))
    assert (link.kind, link.confidence) == (LinkKind.TRANSFER, 0.35)
    assert "P-077" in said(dossier) or any("P-077" in b.text() for b in seen(dossier, Button))


def test_no_dialog_offers_the_role_of_a_ringleader(window, dossier, bench, qtbot):
    window.desk.intents.ask("person.add")
    dialog = dialog_of(window, PersonDialog, qtbot)
    roles = [dialog.fields.role.itemData(n) for n in range(dialog.fields.role.count())]
    assert PersonRole.RINGLEADER.value not in roles
    assert len(roles) == len(PersonRole) - 1


def test_a_link_with_a_site_is_found_by_its_name(window, dossier, qtbot):
    open_fold(dossier, "panel.site.links")
    press(dossier, "link-add")
    dialog = dialog_of(window, LinkDialog, qtbot)
    dialog.what.choose("place")
    dialog.what.chosen.emit("place")
    assert dialog.missing() == "dialog.link.no_place"
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "Lotus")
    qtbot.waitUntil(lambda: dialog.search.list.count() == 1 and dialog.search.results.isVisible())
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert "Lotus" in dialog.chosen.text()
    dialog.said.kind.setCurrentIndex(0)
    dialog.said.source.setText("S-001")
    accept(window, dialog, qtbot)
    ends = {(k.from_id, k.to_id) for k in window.session.project.all(Link)}
    assert ("p-3", "site-3") in ends


def test_a_link_that_is_there_already_is_refused_in_the_dialog(window, dossier, qtbot):
    open_fold(dossier, "panel.site.links")
    press(dossier, "link-add")
    dialog = dialog_of(window, LinkDialog, qtbot)
    dialog.person.setCurrentIndex(dialog.person.findData("p-1"))
    dialog.said.kind.setCurrentIndex(dialog.said.kind.findData("payment"))
    dialog.said.source.setText("S-001")
    QTest.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: "already" in dialog.fault.text())
    assert dialog.isVisible()


def test_a_link_is_corrected_and_removed_and_comes_back(window, dossier, qtbot):
    open_fold(dossier, "panel.site.links")
    press(dossier, "link-edit-link-0", IconButton)
    dialog = dialog_of(window, LinkEditDialog, qtbot)
    assert dialog.said.confidence.value() == 80
    dialog.said.confidence.setValue(95)
    accept(window, dialog, qtbot)
    assert window.session.project.get(Link, "link-0").confidence == 0.95
    press(dossier, "link-remove-link-0", IconButton)
    idle(window, qtbot)
    assert window.session.project.find(Link, "link-0") is None
    window.session.undo()
    idle(window, qtbot)
    assert window.session.project.get(Link, "link-0").confidence == 0.95


def test_a_ringleader_is_named_by_a_whole_decision_and_the_name_stands_for_it(
    window, dossier, person, qtbot
):
    open_fold(dossier, "panel.person.ledger")
    press(dossier, "person-decide")
    dialog = dialog_of(window, PersonDecideDialog, qtbot)
    assert PLANNER.name in said(dialog)
    for fill, missing in (
        (
            lambda: dialog.authority.setCurrentIndex(dialog.authority.findData("court")),
            "dialog.decide.no_document",
        ),
        (lambda: dialog.document.setText("DEMO-J-1"), "dialog.decide.no_reason"),
        (lambda: dialog.reason.setText("Judgment (demo)"), ""),
    ):
        fill()
        assert dialog.missing() == missing
    accept(window, dialog, qtbot)
    assert person().role is PersonRole.RINGLEADER
    assert "by decision" in said(dossier)
    (entry,) = window.session.project.all(PersonDecision)
    assert entry.decided_by == PLANNER.id
    window.session.undo()
    idle(window, qtbot)
    assert person().role is PersonRole.FOREIGN_BROKER


def test_a_decision_is_revoked_and_both_stay_to_be_read(window, dossier, person, do, qtbot):
    ruling = Ruling(
        reason="Judgment (demo)", authority_id="court", document="D-1", decided_on=today()
    )
    do(lambda p: name_ringleader(p, "p-3", ruling))
    open_fold(dossier, "panel.person.ledger")
    press(dossier, "person-decide")
    dialog = dialog_of(window, PersonDecideDialog, qtbot)
    assert "D-1" in said(dialog)
    dialog.authority.setCurrentIndex(dialog.authority.findData("court"))
    dialog.document.setText("D-2")
    dialog.reason.setText("Appeal (demo)")
    accept(window, dialog, qtbot)
    assert person().role is PersonRole.FOREIGN_BROKER
    words = said(dossier)
    assert "D-1" in words
    assert "D-2" in words


def test_who_may_not_is_told_whose_right_it_is(window, dossier, qtbot):
    window.session.project.user = ANALYST
    window.session.user_changed.emit()
    open_fold(dossier, "panel.person.ledger")
    why = lambda: [b.toolTip() for b in seen(dossier, Button, "person-decide")]  # noqa: E731
    qtbot.waitUntil(lambda: any("Analyst" in words for words in why()))
