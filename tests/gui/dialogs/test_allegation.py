"""Taking in an allegation at the telephone: the whole intake by keyboard, nothing lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtWidgets import QApplication

from geo.model.allegation import Allegation, NationalityCount, Source
from geo.model.entity import Kind, LonLat
from geo.model.vocabulary import (
    AllegationKind,
    Answer,
    Channel,
    Credibility,
    Precision,
    Reliability,
)
from gui import facts, i18n
from gui.dialogs.allegation import AllegationDialog
from tests.gui.stage import ANALYST, SITES, services_for

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


def opened(window, *what: object) -> AllegationDialog:
    intent = "allegation.edit" if what and str(what[0]).startswith("allegation") else None
    window.workbench.desk.intents.ask(intent or "allegation.add", *what)
    return window.findChildren(AllegationDialog)[-1]


def in_front(dialog, qtbot):
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: dialog.place._index is not None, timeout=20_000)  # noqa: SLF001


def allegations(window) -> list[Allegation]:
    return list(window.session.project.all(Allegation))


def press(qtbot, *keys: object) -> None:
    """Press keys and type texts at whatever has the keyboard."""
    for key in keys:
        focus = QApplication.focusWidget()
        if isinstance(key, str):
            qtbot.keyClicks(focus, key)
        else:
            qtbot.keyClick(focus, key)


def test_a_whole_intake_needs_the_keyboard_alone(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Key.Key_A, CTRL | SHIFT)
    qtbot.waitUntil(lambda: window.findChildren(AllegationDialog) != [])
    dialog = window.findChildren(AllegationDialog)[-1]
    in_front(dialog, qtbot)
    before = {a.id for a in allegations(window)}
    walk = []
    for _ in range(8):  # the eight kinds: the third one is ticked
        box = QApplication.focusWidget()
        walk.append(box)
        if len(walk) == 3:
            qtbot.keyClick(box, Key.Key_Space)
        qtbot.keyClick(box, Key.Key_Tab)
    assert walk == list(dialog.kinds.boxes.values())
    press(qtbot, Key.Key_Space)
    assert dialog.held.choice() == "yes"
    press(qtbot, Key.Key_Tab, "8", Key.Key_Tab, "12", Key.Key_Tab, "TH 5; CN 2", Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.received
    press(qtbot, Key.Key_Tab, Key.Key_Space)  # it is known when it happened
    press(qtbot, Key.Key_Tab, Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.channel
    press(qtbot, "H", Key.Key_Tab, "HL-7", Key.Key_Tab, "sangkat 4")
    qtbot.waitUntil(dialog.place.search.results.isVisible)
    press(qtbot, Key.Key_Return)
    assert QApplication.focusWidget() is dialog.words
    press(qtbot, "behind the market", Key.Key_Tab, "S-001", Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.reliability
    press(qtbot, "B", Key.Key_Tab, "3", Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.text.field
    press(qtbot, "They may not leave. Call 012 345 678.")
    assert "Stored as: They may not leave. Call [" in dialog.text.stored.text()
    qtbot.keyClick(dialog.text.field, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(allegations(window)) == len(before) + 1)
    new = next(a for a in allegations(window) if a.id not in before)
    assert new.kinds == (AllegationKind.FORCED_LABOUR,)
    assert (new.held_now, new.people_min, new.people_max) == (Answer.YES, 8, 12)
    assert new.nationalities == (NationalityCount("TH", 5), NationalityCount("CN", 2))
    assert (new.channel, new.reference) == (Channel.HOTLINE, "HL-7")
    assert (new.precision, new.admin_code, new.point) == (Precision.COMMUNE, "180104", None)
    assert new.place_text == "behind the market"
    assert (new.reliability, new.credibility) == (Reliability.B, Credibility.THREE)
    assert new.received_on == new.occurred_on == facts.local_now().date()
    assert new.received_at is not None
    assert "012" not in new.text
    source = window.session.project.get(Source, new.source_id)
    assert (source.pseudonym, source.reliability) == ("S-001", Reliability.B)
    qtbot.waitUntil(lambda: window.findChildren(AllegationDialog) == [] or not dialog.isVisible())
    assert window.desk.selection.one(Kind.ALLEGATION) == new.id


def test_the_next_one_begins_empty_and_by_the_same_channel(window, qtbot):
    dialog = opened(window)
    in_front(dialog, qtbot)
    dialog.kinds.boxes[AllegationKind.TORTURE].setChecked(True)
    dialog.channel.setCurrentIndex(dialog.channel.findData("hotline"))
    dialog.text.field.setPlainText("first")
    dialog.source.combo.setEditText("S-001")
    n = len(allegations(window))
    qtbot.keyClick(dialog, Key.Key_Return, CTRL | SHIFT)
    qtbot.waitUntil(lambda: len(allegations(window)) == n + 1)
    qtbot.waitUntil(lambda: dialog.text.text() == "")
    assert dialog.isVisible()
    assert dialog.kinds.kinds() == ()
    assert dialog.channel.currentData() == "hotline"
    assert dialog.accept_button.property("why") == "dialog.allegation.no_kind"
    assert dialog.source.combo.findText("S-002") == 0  # the next free one
    dialog.kinds.boxes[AllegationKind.TORTURE].setChecked(True)
    dialog.source.combo.setEditText("S-001")
    qtbot.keyClick(dialog, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(allegations(window)) == n + 2)
    assert len(window.session.project.all(Source)) == 1


def test_a_refusal_is_told_and_nothing_that_was_typed_is_lost(window, qtbot):
    dialog = opened(window)
    dialog.kinds.boxes[AllegationKind.TORTURE].setChecked(True)
    tomorrow = QDate.currentDate().addDays(1)
    dialog.received.setDateTime(QDateTime(tomorrow, QTime(6, 0)))
    dialog.text.field.setPlainText("kept")
    dialog.source.combo.setEditText("012 345 678")
    n = len(allegations(window))
    dialog.accept_button.click()
    qtbot.waitUntil(dialog.fault.isVisible)
    assert "telephone" in dialog.fault.text()
    dialog.source.combo.setEditText("")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "future" in dialog.fault.text())
    assert dialog.text.text() == "kept"
    assert len(allegations(window)) == n
    dialog.received.setDateTime(QDateTime(tomorrow.addDays(-2), QTime(6, 0)))
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: len(allegations(window)) == n + 1)


def test_what_cannot_be_read_is_said_before_it_is_sent(window, qtbot):
    dialog = opened(window)
    dialog.kinds.boxes[AllegationKind.TORTURE].setChecked(True)
    assert not dialog.accept_button.property("why")
    dialog.people.low.setText("many")
    assert dialog.accept_button.property("why") == "error.allegation.people_negative"
    dialog.people.low.setText("៨")
    dialog.people.nations.setText("five Thais")
    assert dialog.accept_button.property("why") == "error.allegation.no_country"
    assert dialog.next_button.property("why") == "error.allegation.no_country"


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_page_fits_a_small_laptop_without_scrolling(window, qtbot, language):
    window.set_language(language)
    dialog = opened(window)
    dialog.text.field.setPlainText("call 012 345 678")
    dialog.source.combo.setEditText("Somebody")
    dialog.place.search.setText("x")
    QApplication.processEvents()
    assert dialog.sizeHint().height() <= 660
    assert dialog.sizeHint().width() <= 1100


def test_a_site_that_is_found_by_its_name_is_linked_and_placed(window, qtbot):
    dialog = opened(window)
    in_front(dialog, qtbot)
    dialog.place.search.setFocus()
    press(qtbot, "papaya")
    qtbot.waitUntil(dialog.place.search.results.isVisible)
    press(qtbot, Key.Key_Return)
    place = dialog.place.place
    assert (place.site_id, place.point) == ("site-2", SITES[1].point)
    assert "Demo Papaya Hotel" in dialog.place.chosen.text()


def test_a_position_that_is_typed_keeps_the_accuracy_that_is_given(window, qtbot):
    dialog = opened(window)
    in_front(dialog, qtbot)
    dialog.place.search.setFocus()
    press(qtbot, "10.62, 103.52")
    qtbot.waitUntil(dialog.place.search.results.isVisible)
    press(qtbot, Key.Key_Return)
    assert dialog.place.place.point == LonLat(103.52, 10.62)
    assert dialog.place.place.accuracy_m is None
    dialog.place.accuracy.setText("150")
    assert dialog.place.place.accuracy_m == 150.0
    dialog.place.forget.click()
    assert dialog.place.place.precision is Precision.UNKNOWN


def test_a_place_is_picked_on_the_map_and_the_form_comes_back_as_it_was(window, bench, qtbot):
    dialog = opened(window)
    dialog.text.field.setPlainText("kept")
    dialog.place.pick.click()
    assert not dialog.isVisible()
    bench.tools.tool.finished.emit(LonLat(103.51, 10.61))
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.place.place.point == LonLat(103.51, 10.61)
    assert dialog.place.place.accuracy_m >= 20
    assert dialog.text.text() == "kept"
    assert bench.tools.name == "select"


def test_leaving_the_map_brings_the_form_back(window, bench, qtbot):
    dialog = opened(window)
    dialog.place.pick.click()
    bench.escape()
    qtbot.waitUntil(dialog.isVisible)
    dialog.place.pick.click()
    bench.tools.tool.key(Key.Key_Return.value)  # he would rather type it
    qtbot.waitUntil(dialog.isVisible)
    dialog.place.pick.click()
    bench.tools.take("measure")
    qtbot.waitUntil(dialog.isVisible)


def test_a_pseudonym_that_may_be_a_name_is_warned_of(window, qtbot):
    dialog = opened(window)
    dialog.source.combo.setEditText("Dara")
    assert "is this a name" in dialog.source.hint.text()
    dialog.source.combo.setEditText("S-009")
    assert "new source" in dialog.source.hint.text()


def test_the_grade_of_a_known_source_is_taken_over_until_somebody_grades(window, qtbot):
    from geo.edit.sources import add_source

    window.session.do(lambda p: add_source(p, reliability=Reliability.B))
    qtbot.waitUntil(lambda: len(window.session.project.all(Source)) == 1)
    dialog = opened(window)
    dialog.source.combo.setEditText("S-001")
    assert dialog.reliability.currentData() == "B"
    dialog.reliability.setCurrentIndex(2)
    dialog.reliability.activated.emit(2)
    dialog.source.combo.setEditText("")
    dialog.source.combo.setEditText("S-001")
    assert dialog.reliability.currentData() == "C"


def test_a_correction_shows_what_is_known_and_changes_only_that(window, qtbot):
    dialog = opened(window, "allegation-2")
    assert dialog.held.choice() == "yes"
    assert dialog.words.text() == "Sangkat 4"
    assert not dialog.next_button.isVisible()
    dialog.people.low.setText("4")
    dialog.accept_button.click()

    def row():
        return window.session.project.get(Allegation, "allegation-2")

    qtbot.waitUntil(lambda: row().people_min == 4)
    assert (row().received_on, row().received_at) == (date(2022, 9, 1), None)
    assert row().admin_code == "180104"


def test_a_correction_of_one_thing_leaves_the_rest_as_the_register_had_it(window, qtbot):
    from dataclasses import replace

    from geo.edit.allegations import edit_allegation

    kinds = (AllegationKind.UNLAWFUL_DETENTION, AllegationKind.FORCED_CRIMINALITY)
    session = window.session
    old = session.project.get(Allegation, "allegation-2")
    session.do(lambda p: edit_allegation(p, replace(old, kinds=kinds, text="locked in")))
    qtbot.waitUntil(lambda: session.project.get(Allegation, old.id).kinds == kinds)
    dialog = opened(window, "allegation-2")
    dialog.reference.setText("DEMO-A-2b")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: session.project.get(Allegation, old.id).reference == "DEMO-A-2b")
    last = session.on_store_thread(lambda p: p.store.edits_of(Kind.ALLEGATION, old.id)[-1]).result()
    assert set(last.deltas[0].after) == {"reference"}


def test_what_the_plan_holds_does_not_go_to_the_clipboard_from_the_form(window, qtbot):
    from dataclasses import replace

    from geo.edit.allegations import edit_allegation

    session = window.session
    old = session.project.get(Allegation, "allegation-2")
    session.do(lambda p: edit_allegation(p, replace(old, text="locked in")))
    qtbot.waitUntil(lambda: session.project.get(Allegation, old.id).text != "")
    clipboard = QApplication.clipboard()
    clipboard.setText("before")
    field = opened(window, "allegation-2").text.field
    field.selectAll()
    qtbot.keyClick(field, Key.Key_X, CTRL)
    qtbot.keyClick(field, Key.Key_C, CTRL)
    assert "locked" not in clipboard.text()
    assert field.toPlainText() == "locked in"


def test_an_allegation_about_a_site_begins_with_its_place(window, qtbot):
    dialog = opened(window, "site-1")
    assert dialog.place.place.site_id == "site-1"
    assert dialog.place.place.point == SITES[0].point


def test_who_may_not_take_in_is_told_before_he_is_asked(make_window, qtbot, tmp_path):
    from pathlib import Path

    made = make_window(services_for(tmp_path, keys=(ANALYST.id,)))
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    made.workbench.desk.intents.ask("allegation.add", "")
    assert made.findChildren(AllegationDialog) == []
    assert made.toast.isVisible()


def test_every_grade_stands_with_its_meaning(window, qtbot):
    dialog = opened(window)
    words = [dialog.reliability.itemText(i) for i in range(dialog.reliability.count())]
    assert words == [i18n.label(r) for r in Reliability]
    assert "completely reliable" in words[0]
