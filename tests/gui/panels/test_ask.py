from __future__ import annotations

import csv
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from geo.edit.sites import add_site
from geo.model.asking import LiveLayer
from geo.model.entity import Kind, LonLat
from geo.model.site import Site
from geo.model.vocabulary import Grade, Precision
from geo.question.form import (
    About,
    AtLeast,
    GradeAtLeast,
    Lately,
    Near,
    OneOf,
    Period,
    Place,
    Question,
    Unseen,
)
from gui import i18n
from gui.panels.analyse.ask_form import FIRST, AskForm
from layers.moment import Mode, Moment
from tests.layers.test_asked import every_condition

EXACT = Question(any_of=((OneOf(field="precision", values=("point",)),),))
PRECISE = OneOf(field="precision", values=("point",))
INSIDE = Near(near=Place.UNIT, which="18", metres=0.0)


@pytest.fixture
def section(window, bench, qtbot):
    bench.show_workspace("analyse")
    bench.analyse.show_section("ask")
    made = bench.analyse.section("ask")
    qtbot.waitUntil(lambda: made.states.state == "full")
    return made


def ask(section, question, qtbot):
    section.form.show_question(question)
    section.run_bar.go.click()
    qtbot.waitUntil(
        lambda: (
            section.asked is not None
            and section.asked.answers.question == question
            and not section.run_bar.busy
        ),
        timeout=20_000,
    )
    return section.asked.answers


def words_of(widget) -> str:
    return " ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget))


def press(line, name: str) -> None:
    line.findChild(QAbstractButton, name).click()


# --- the form -------------------------------------------------------------------------------------


def test_a_question_comes_back_from_the_form_as_it_was(dressed, qtbot):
    form = AskForm()
    qtbot.addWidget(form)
    assert form.question() == FIRST
    for about, condition in every_condition():
        if isinstance(condition, Period) and None in (condition.since, condition.until):
            continue
        if isinstance(condition, Near) and condition.near is Place.UNIT:
            continue
        question = Question(about=about, any_of=((condition,),))
        form.show_question(question)
        assert form.question() == question


def test_and_binds_closer_than_or_and_a_condition_can_be_turned_round(dressed, qtbot):
    form = AskForm()
    qtbot.addWidget(form)
    form.add.click()
    form.cards[3].join.setCurrentIndex(1)
    form.cards[3].negated.setChecked(True)
    groups = form.question().any_of
    assert [len(g) for g in groups] == [3, 1]
    assert groups[1][0].negated
    form.cards[0].remove.click()
    assert [len(g) for g in form.question().any_of] == [2, 1]


def test_other_rows_have_other_fields(dressed, qtbot):
    form = AskForm()
    qtbot.addWidget(form)
    form.about.setCurrentIndex(form.about.findData(About.ALLEGATIONS.value))
    card = form.cards[0]
    card.field.setCurrentIndex(card.field.findData("received_on"))
    assert form.question() == Question(
        about=About.ALLEGATIONS, any_of=((Lately(field="received_on", days=90),),)
    )


def test_the_form_is_worded_in_khmer_too(dressed, qtbot):
    form = AskForm()
    qtbot.addWidget(form)
    i18n.set_language("km")
    form.show_question(Question(any_of=((AtLeast(field="capacity", value=3),),)))
    assert form.cards[0].field.currentText() == "សមត្ថភាពផ្ទុក"
    assert form.add.text() == "បន្ថែមលក្ខខណ្ឌ"


# --- asking ---------------------------------------------------------------------------------------


def test_what_answers_lies_on_the_map_and_is_said_with_what_cannot_be_judged(
    section, window, bench, qtbot
):
    answers = ask(section, Question(any_of=((PRECISE, Unseen(unrecorded=False)),)), qtbot)
    assert answers.unjudged
    assert "cannot be judged" in words_of(section)
    assert "Sites: How exactly" in section.headline.text()
    assert window.desk.findings.is_of("ask")
    rings = bench.map.canvas.request().live
    assert [r.answers for r in rings] == [answers]


def test_a_ring_selects_its_row_and_the_rows_open_as_a_table(section, window, bench, qtbot):
    answers = ask(section, EXACT, qtbot)
    window.desk.findings.choose(answers.found[0])
    assert window.desk.selection.one(Kind.SITE) == answers.found[0]
    section.table_button.click()
    page = bench.drawer.pages[Kind.SITE]
    qtbot.waitUntil(lambda: page.model.rowCount() == answers.n, timeout=20_000)
    assert page.isVisible()


def test_a_form_or_a_plan_that_is_another_by_now_is_said(section, window, qtbot):
    ask(section, EXACT, qtbot)
    assert section.changed_note.isHidden()
    assert section.stale.isHidden()
    section.form.cards[0].negated.setChecked(True)
    assert not section.changed_note.isHidden()
    new = Site(code="N", precision=Precision.POINT, point=LonLat(103.5, 10.6))
    window.session.do(lambda _plan: add_site(new))
    qtbot.waitUntil(lambda: not section.stale.isHidden(), timeout=20_000)


def test_what_cannot_be_asked_is_told_at_the_button(section, qtbot):
    section.form.show_question(Question(any_of=((Near(near=Place.SITE, which="x"),),)))
    section.run_bar.go.click()
    qtbot.waitUntil(lambda: "nothing named" in section.run_bar.refusal.text(), timeout=20_000)
    section.form.cards[0].editor.site.clear()
    section.run_bar.go.click()
    qtbot.waitUntil(lambda: "no value" in section.run_bar.refusal.text())


def test_a_plan_that_holds_nothing_says_what_to_do(empty_window, qtbot):
    bench = empty_window.workbench
    bench.show_workspace("analyse")
    bench.analyse.show_section("ask")
    made = bench.analyse.section("ask")
    qtbot.waitUntil(lambda: made.states.state == "empty", timeout=20_000)


# --- live layers ----------------------------------------------------------------------------------


def test_a_question_is_kept_shown_in_the_list_taken_up_and_deleted(section, window, qtbot):
    answers = ask(section, EXACT, qtbot)
    QTest.keyClicks(section.name, "Exact places")
    QTest.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.desk.live.rows) == 1, timeout=20_000)
    assert section.name.text() == ""
    (line,) = section.saved.lines.values()
    assert str(answers.n) in words_of(line)
    press(line, "eye")
    assert not window.desk.live.rows[0].visible
    section.form.show_question(FIRST)
    (line,) = section.saved.lines.values()
    press(line, "name")
    qtbot.waitUntil(lambda: section.asked.answers.question == EXACT and not section.run_bar.busy)
    assert section.form.question() == EXACT
    # What is kept under a name that is there takes its place.
    assert section.name.text() == "Exact places"
    section.form.cards[0].negated.setChecked(True)
    section.save_button.click()
    qtbot.waitUntil(lambda: window.desk.live.rows[0].answers.question != EXACT, timeout=20_000)
    assert len(window.desk.live.rows) == 1
    (line,) = section.saved.lines.values()
    press(line, "delete")
    qtbot.waitUntil(lambda: not window.desk.live.rows, timeout=20_000)
    assert window.session.project.all(LiveLayer) == ()


# --- what leaves ----------------------------------------------------------------------------------


def test_the_rows_leave_at_a_grade_and_are_logged(section, bench, window, qtbot, tmp_path):
    from gui.acts.answers import AnswerActs

    answers = ask(section, Question(any_of=((PRECISE, INSIDE),)), qtbot)
    acts = next(a for a in bench.acts if isinstance(a, AnswerActs))
    out = tmp_path / "rows.csv"
    acts.write(answers, Grade.COMMAND, ["code", "name"], out)
    qtbot.waitUntil(lambda: out.exists() and not window.desk.runner.busy(), timeout=20_000)
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    codes = {r[0] for r in rows}
    table = window.session.project.table(Kind.SITE)
    assert {table.row(i)["code"] for i in answers.found} <= codes


def test_why_rows_were_chosen_does_not_leave_to_partners(section, bench, window, qtbot, tmp_path):
    from gui.acts.answers import AnswerActs

    answers = ask(section, Question(any_of=((GradeAtLeast(negated=True),),)), qtbot)
    acts = next(a for a in bench.acts if isinstance(a, AnswerActs))
    out = tmp_path / "rows.csv"
    acts.write(answers, Grade.RESTRICTED, ["code"], out)
    qtbot.waitUntil(lambda: not window.desk.runner.busy(), timeout=20_000)
    assert not out.exists()
    assert window.toast.isVisible()


def test_a_past_day_is_asked_and_its_question_not_kept(section, window, qtbot):
    day = date(2022, 1, 1)
    window.desk.moment.show(Moment(Mode.DECIDED, day))
    qtbot.waitUntil(lambda: not section.save_button.isEnabled(), timeout=20_000)
    answers = ask(section, Question(any_of=((AtLeast(field="capacity", value=3),),)), qtbot)
    assert answers.on == day
