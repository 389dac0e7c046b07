"""The site's dossier: what is told, and what is corrected where it stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from geo.edit.decisions import decide_status
from geo.edit.edit import Edit, inserting
from geo.edit.indicators import checks_of
from geo.edit.people import add_authorities
from geo.edit.sites import change_site
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind
from geo.model.result import Inspection, Outcome
from geo.model.site import Authority, Site
from geo.model.vocabulary import Answer, Indicator, LegalStatus, SiteKind
from gui.panels.dossier_site_indicators import IndicatorList
from gui.widgets.in_place import ChoiceEditor
from gui.widgets.texts import Chip
from tests.gui.dossier_hands import field, fold, idle, open_fold, retype, said, seen, settle
from tests.gui.stage import ANALYST

SITE = "site-1"
COURT = Authority(id="court", name_km="តុលាការ", name_en="Demo court")
DAY = date(2022, 9, 2)
ZONED = datetime(2022, 9, 1, 9, 5, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


@pytest.fixture
def dossier(window, bench):
    window.desk.selection.select(Kind.SITE, [SITE])
    QApplication.processEvents()
    return bench.dossier


@pytest.fixture
def do(window, qtbot):
    """Makes edits behind the dossier's back."""

    def act(*edits):
        for build in edits:
            window.session.do(build)
        idle(window, qtbot)

    return act


@pytest.fixture
def site(window):
    return lambda: window.session.project.get(Site, SITE)


# --- in place -------------------------------------------------------------------------------------


def test_a_value_that_is_clicked_is_typed_anew_and_kept_with_enter(window, dossier, site, qtbot):
    retype(field(dossier, "owner"), "Demo owner")
    idle(window, qtbot)
    assert site().owner == "Demo owner"
    assert "Demo owner" in said(dossier)
    window.session.undo()
    idle(window, qtbot)
    assert site().owner == ""


def test_escape_leaves_the_value_and_the_selection_as_they_were(window, dossier, site, qtbot):
    retype(field(dossier, "owner"), "Somebody", Qt.Key.Key_Escape)
    idle(window, qtbot)
    assert site().owner == ""
    assert window.desk.selection.one(Kind.SITE) == SITE


def test_what_cannot_be_read_is_told_beside_the_field_and_stays_for_another_try(
    window, dossier, site, qtbot
):
    made = field(dossier, "capacity")
    retype(made, "many")
    assert made.editing
    assert "whole number" in made.fault.text()
    made.editor.setText("៤០")
    QTest.keyClick(made.editor, Qt.Key.Key_Return)
    idle(window, qtbot)
    assert site().capacity == 40


def test_what_the_plan_refuses_is_told_beside_the_field(window, dossier, site, qtbot):
    made = field(dossier, "accuracy_m")
    retype(made, "0")
    idle(window, qtbot)
    assert made.editing
    assert "above 0" in made.fault.text()


def test_f2_opens_a_value_and_tab_goes_on_after_keeping_it(window, dossier, site, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = field(dossier, "address")
    made.shown.setFocus()
    QTest.keyClick(made.shown, Qt.Key.Key_F2)
    QTest.keyClicks(made.editor, "Demo street 1")
    QTest.keyClick(made.editor, Qt.Key.Key_Tab)
    idle(window, qtbot)
    assert site().address == "Demo street 1"


def test_a_choice_is_kept_when_it_is_entered(window, dossier, site, qtbot):
    made = field(dossier, "kind")
    made.begin()
    assert isinstance(made.editor, ChoiceEditor)
    made.editor.setCurrentIndex(list(SiteKind).index(SiteKind.SHOP))
    QTest.keyClick(made.editor, Qt.Key.Key_Return)
    idle(window, qtbot)
    assert site().kind is SiteKind.SHOP


def test_a_unit_is_found_by_its_code_and_a_wrong_name_is_told(window, dossier, site, qtbot):
    made = field(dossier, "admin_code")
    retype(made, "Atlantis")
    assert "Atlantis" in made.fault.text()
    made.editor.selectAll()
    QTest.keyClicks(made.editor, "180104")
    QTest.keyClick(made.editor, Qt.Key.Key_Return)
    idle(window, qtbot)
    assert site().admin_code == "180104"
    assert "180104" in said(dossier)


def test_what_is_being_typed_outlasts_a_change_of_the_plan(dossier, do, site):
    made = field(dossier, "owner")
    made.begin()
    QTest.keyClicks(made.editor, "half a na")
    do(lambda p: change_site(p, SITE, {"address": "Elsewhere"}))
    assert made.editor.text() == "half a na"
    QTest.keyClick(made.editor, Qt.Key.Key_Escape)
    settle()
    assert "Elsewhere" in said(dossier)


def test_the_legal_status_and_the_claim_are_no_fields(dossier):
    names = {w.objectName() for w in dossier.findChildren(type(field(dossier, "owner").shown))}
    assert "field-owner" in names
    assert not {"field-legal_status", "field-claimed_status", "field-merged_into"} & names


def test_whoever_may_not_is_told_why(window, dossier, qtbot):
    window.session.project.user = ANALYST
    window.session.user_changed.emit()
    settle()
    made = field(dossier, "owner")
    made.begin()
    assert not made.editing
    assert "Analyst" in made.shown.toolTip()


# --- sections -------------------------------------------------------------------------------------


def test_a_section_stays_as_it_was_left_for_the_next_site(window, dossier):
    fold(dossier, "panel.site.licences").head.click()
    window.desk.selection.select(Kind.SITE, ["site-2"])
    QApplication.processEvents()
    assert not fold(dossier, "panel.site.licences").is_open
    assert fold(dossier, "panel.site.overview").is_open


def test_sections_say_how_much_is_in_them(dossier):
    assert fold(dossier, "panel.site.licences").head.count.text() == "1"
    assert fold(dossier, "panel.site.allegations").head.count.text() == "1"
    assert fold(dossier, "panel.site.links").head.count.text() == "0"


def test_an_annulled_decision_is_struck_through_and_says_by_what(dossier, do):
    def rule(to, day, document):
        return lambda p: decide_status(
            p, [SITE], to, reason="Demo", authority_id="court", document=document, decided_on=day
        )

    do(
        lambda _p: add_authorities([COURT]),
        rule(LegalStatus.UNDER_REVIEW, DAY, "D-1"),
        rule(LegalStatus.ILLEGAL, DAY, "D-2"),
        rule(LegalStatus.UNDER_REVIEW, DAY, "D-3"),
        rule(LegalStatus.LEGAL, DAY, "D-4"),
    )
    words = said(dossier)
    assert "Annulled by the decision of 2 Sept 2022, D-4" in words
    assert sum(chip.property("chip") == "struck" for chip in seen(dossier, Chip)) == 1


def test_visits_outcomes_and_links_are_listed_and_a_link_is_followed(window, dossier, do):
    link = Link(
        from_kind=Kind.SITE,
        from_id="site-2",
        to_kind=Kind.SITE,
        to_id=SITE,
        kind=LinkKind.SAME_OWNER,
        source="Demo register",
    )
    do(
        lambda _p: Edit(
            verb=Verb.INSPECT,
            deltas=(
                inserting(
                    [
                        Inspection(site_id=SITE, findings="Demo finding", people_min=3),
                        Inspection(site_id=SITE, inspected_at=ZONED, findings="Visit with a zone"),
                    ]
                ),
                inserting([Outcome(site_id=SITE, recorded_on=DAY, rescued=2)]),
            ),
        ),
        lambda _p: Edit(verb=Verb.EDIT_LINK, deltas=(inserting([link]),)),
    )
    open_fold(dossier, "panel.site.visits")
    links = open_fold(dossier, "panel.site.links")
    words = said(dossier)
    assert "Demo finding" in words
    assert "Visit with a zone" in words
    assert "rescued: 2" in words
    assert "Same owner · confidence 50% · Demo register" in words
    from gui.widgets.buttons import Button

    seen(links, Button)[0].click()
    assert window.desk.selection.one(Kind.SITE) == "site-2"


def test_the_history_tells_who_changed_what(window, dossier, do, qtbot):
    do(lambda p: change_site(p, SITE, {"owner": "Demo owner"}))
    do(lambda p: change_site(p, SITE, {"kind": SiteKind.SHOP}))
    window.session.undo()
    idle(window, qtbot)
    history = open_fold(dossier, "panel.history.title")
    qtbot.waitUntil(lambda: "Taken back" in said(history), timeout=20_000)
    words = said(history)
    assert "Owner: – → Demo owner" in words
    assert "Kind: Casino → Shop" in words
    assert "Demo Planner" in words


def test_a_merged_site_leads_to_the_one_that_it_is_and_is_not_corrected(window, dossier, do):
    from dataclasses import replace

    from geo.edit.edit import updating

    def merge(plan):
        old = plan.get(Site, SITE)
        delta = updating(old, replace(old, merged_into="site-2"))
        return Edit(verb=Verb.MERGE, params={"name": "Demo"}, deltas=(delta,))

    do(merge)
    assert "merged into it" in said(dossier)
    made = field(dossier, "owner")
    made.begin()
    assert not made.editing


# --- indicators -----------------------------------------------------------------------------------


def indicator_list(dossier) -> IndicatorList:
    open_fold(dossier, "panel.site.indicators")
    return seen(dossier, IndicatorList)[0]


def choose(made, indicator, answer):
    place = list(Answer).index(answer)
    made.choices[indicator].findChildren(QAbstractButton)[place].click()


def test_answers_wait_until_they_are_kept_as_one_edit(window, dossier, qtbot):
    made = indicator_list(dossier)
    choose(made, Indicator.DEBT_BONDAGE, Answer.YES)
    choose(made, Indicator.ISOLATION, Answer.NO)
    assert not made.keep_button.isEnabled()
    assert "who or what" in made.keep_button.toolTip()
    QTest.keyClicks(made.source, "Labour inspector (demo)")
    QTest.keyClick(made.source, Qt.Key.Key_Return)
    idle(window, qtbot)
    project = window.session.project
    checks = checks_of(project, SITE)
    assert checks[Indicator.DEBT_BONDAGE][0].answer is Answer.YES
    assert checks[Indicator.ISOLATION][0].source == "Labour inspector (demo)"
    assert "1 yes of 2 that were answered; 11 in all" in said(dossier)
    window.session.undo()
    idle(window, qtbot)
    assert not any(checks_of(project, SITE).values())


def test_answers_that_are_not_kept_are_still_there_when_one_comes_back(window, dossier):
    made = indicator_list(dossier)
    choose(made, Indicator.DECEPTION, Answer.YES)
    window.desk.selection.select(Kind.SITE, ["site-2"])
    window.desk.selection.select(Kind.SITE, [SITE])
    QApplication.processEvents()
    again = indicator_list(dossier)
    assert again.choices[Indicator.DECEPTION].choice() == Answer.YES.value
    assert dossier.foot_box.isVisible()
    assert not any(checks_of(window.session.project, SITE).values())


def test_unknown_for_what_was_never_asked_is_no_answer(dossier):
    made = indicator_list(dossier)
    choose(made, Indicator.DECEPTION, Answer.YES)
    choose(made, Indicator.DECEPTION, Answer.UNKNOWN)
    assert not dossier.foot_box.isVisible()


def test_the_list_says_that_signs_are_no_verdict(dossier):
    indicator_list(dossier)
    assert "not a verdict" in said(fold(dossier, "panel.site.indicators"))


def test_the_keyboard_stays_where_it_was_when_the_page_is_made_anew(window, dossier, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = field(dossier, "owner")
    made.shown.setFocus()
    QTest.keyClick(made.shown, Qt.Key.Key_Return)
    QTest.keyClicks(made.editor, "Demo owner")
    QTest.keyClick(made.editor, Qt.Key.Key_Return)
    idle(window, qtbot)
    again = field(dossier, "owner").shown
    assert again is not made.shown
    qtbot.waitUntil(again.hasFocus)
