"""The page of splits: by mouse and keyboard, with the real worker process."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.kept_units import keep_units
from geo.edit.verbs import Verb
from geo.model.command import Operation, Zone
from geo.model.vocabulary import OperationState
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit
from gui import i18n
from gui.acts.split import SplitActs
from gui.models.split_work import Ground
from gui.widgets.texts import Data
from layers.moment import Mode, Moment
from tests.gui.stage import ANALYST, DEPUTY, INFO, OPERATION, PLANNER, plan_store, services_for

FEW = 2
PATIENCE = 60_000
GROUND = box(103.50, 10.60, 103.60, 10.70)


@pytest.fixture
def acts(bench):
    return next(act for act in bench.acts if isinstance(act, SplitActs))


def opened(acts, *, into=2, of="zone-1"):
    """The page, opened with the button of the Plan panel, and asked for a small split."""
    acts.bench.show_workspace("plan")
    press(acts.bench.plan.split_button)
    page = acts.side.split
    page.form.candidates = FEW
    page.form.into.setValue(into)
    if of:
        area = page.form.area
        grounds = [area.itemData(n) for n in range(area.count())]
        area.setCurrentIndex(grounds.index(Ground(zone_id=of)))
    return page


def press(button):
    QApplication.processEvents()  # it has its place after the layout only
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def computed(page, qtbot):
    press(page.split)
    assert page.result.state == "loading"
    qtbot.waitUntil(lambda: page.result.state != "loading", timeout=PATIENCE)
    return page


def zones(window):
    return {z.name: z for z in window.session.project.all(Zone)}


def said(widget):
    return " ".join(label.text() for label in widget.findChildren(Data))


def plan_with(*entities, info=INFO):
    store = MemoryStore()
    store.commit(first_edit(info, (PLANNER, DEPUTY, ANALYST), crossings=False))
    for entity in entities:
        delta = inserting([entity])
        store.commit(Edit(verb=Verb.IMPORT, params={"file": "demo"}, deltas=(delta,)))
    return store


@pytest.fixture
def open_plan(reopened):
    def open_(store):
        made = reopened(store)
        acts = next(act for act in made.workbench.acts if isinstance(act, SplitActs))
        return made, acts

    return open_


# --- before ---------------------------------------------------------------------------------------


def test_the_form_opens_beside_the_map_and_names_the_province(window, bench, acts):
    page = opened(acts, of="")
    assert page.isVisible()
    assert page.form.area.currentText().startswith("Preah Sihanouk")
    assert page.form.asked().into == 2
    assert page.result.state == "empty"
    assert "no communes are loaded" in page.form.units.currentText()
    assert not page.form.choose.isEnabled() or "boundaries" in page.form.choose.toolTip()
    assert "sites (1 / 3 / 2 / 0.25)" in page.form.formula.text()
    bench.desk.selection.select("site", ["site-1"])
    assert bench.side.maximumWidth() < 360, "the dossier leaves the map its room"
    QTest.keyClick(page.form.area, Qt.Key.Key_Escape)
    assert not acts.is_open


def test_the_command_has_keys_and_is_found_by_its_name(window, bench, acts):
    window.actions_["split_area"].trigger()
    assert acts.side.page == "split"
    assert "Split into zones" in window.actions_["split_area"].text()


def test_a_weight_changes_the_formula_and_goes_back(acts):
    page = opened(acts)
    press(page.form.fold.head)
    field = page.form.weights.fields["illegal"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "5.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.form.asked().weights.illegal == 5.5
    assert "1 / 5.5 / 2" in page.form.formula.text()
    press(page.form.weights.reset)
    assert page.form.asked().weights.illegal == 3.0


def test_a_plan_without_any_ground_says_what_to_do(open_plan):
    _window, acts = open_plan(plan_with(info=replace(INFO, province_code="")))
    acts.open()
    page = acts.side.split
    assert page.states.state == "empty"
    assert not page.split.isEnabled()


# --- splitting ------------------------------------------------------------------------------------


def test_a_split_is_shown_on_the_map_and_in_figures_and_taken_over_as_one_edit(window, acts, qtbot):
    page = computed(opened(acts), qtbot)
    assert page.result.state == "full", said(page)
    assert [line.name.text() for line in page.lines] == ["Zone A", "Zone B"]
    assert "open allegations" in page.lines[0].counts.text()
    shown = acts.overlay.shown
    assert acts.overlay.isVisible()
    assert [name for name, _ in shown.names] == ["Zone A", "Zone B"]
    assert len(shown.zone) == len(page.found.result.units.ids)
    assert "Zone A" not in zones(window), "nothing is changed before it is taken over"
    before = zones(window)
    seed = page.found.asked.seed
    press(page.another)
    qtbot.waitUntil(lambda: page.result.state == "full", timeout=PATIENCE)
    assert page.found.asked.seed == seed + 1
    with qtbot.waitSignal(window.session.changed):
        press(page.take)
    made = zones(window)
    assert set(made) - set(before) == {"Zone A", "Zone B"}
    assert made["Zone A"].units
    assert not acts.is_open
    assert not acts.overlay.isVisible()
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert zones(window) == before


def test_asking_otherwise_offers_to_split_again(acts, qtbot):
    page = computed(opened(acts), qtbot)
    assert page.take.isVisibleTo(page)
    page.form.into.setValue(3)
    assert page.split.isVisibleTo(page)
    assert not page.take.isVisibleTo(page)


def test_computing_can_be_cancelled(acts, qtbot):
    page = opened(acts)
    page.form.candidates = 120
    press(page.split)
    assert page.result.state == "loading"
    press(page.result.loading_page.button)
    qtbot.waitUntil(lambda: page.result.state == "empty", timeout=PATIENCE)
    assert page.found is None
    assert page.split.isEnabled()


def test_what_cannot_be_split_says_why_and_can_be_tried_again(open_plan, qtbot):
    locked = Zone(id="z", name="Kept", outline=GROUND, operation_id=OPERATION.id, locked=True)
    window, acts = open_plan(plan_with(OPERATION, locked))
    window.workbench.desk.moment.look_at(OPERATION.id)
    page = opened(acts, of="z")
    assert page.form.operation.currentData() == OPERATION.id
    assert "1 zones stay" in page.form.kept.text()
    computed(page, qtbot)
    assert page.result.state == "error"
    assert "unlock a zone" in page.result.error_page.text.text()
    page.form.area.setCurrentIndex(0)
    press(page.split)
    qtbot.waitUntil(lambda: page.result.state == "full", timeout=PATIENCE)
    assert all(zone.outline.intersection(GROUND).area < 1e-9 for zone in page.found.result.zones), (
        "a locked zone keeps its ground"
    )


def test_draft_zones_that_give_way_are_named_first(open_plan, qtbot):
    draft = Zone(id="z", name="Old draft", outline=GROUND, operation_id=OPERATION.id)
    window, acts = open_plan(plan_with(OPERATION, draft))
    page = opened(acts, of="z")
    page.form.operation.setCurrentIndex(page.form.operation.findData(OPERATION.id))
    computed(page, qtbot)
    assert page.replaces.text() == "Takes the place of: Old draft"
    with qtbot.waitSignal(window.session.changed):
        press(page.take)
    assert set(zones(window)) == {"Zone A", "Zone B"}
    assert all(z.operation_id == OPERATION.id for z in zones(window).values())


def test_units_that_are_locked_are_shown_in_the_new_split_and_their_zone_goes_on(
    window, acts, qtbot
):
    page = opened(acts)
    computed(page, qtbot)
    with qtbot.waitSignal(window.session.changed):
        press(page.take)
    zone = next(z for z in zones(window).values() if z.units)
    unit = zone.units[0]
    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda plan: keep_units(plan, zone.id, [unit]))
    page = opened(acts, into=3)
    page.form.seed.setValue(3)
    computed(page, qtbot)
    result = page.found.result
    assert acts.overlay.shown.kept == {result.units.ids.index(unit)}
    assert "1 locked units stay" in page.notes.text()
    number = next(n for n, part in enumerate(result.zones) if part.continues == zone.id)
    assert page.figures()[number].name == zone.name
    with qtbot.waitSignal(window.session.changed):
        press(page.take)
    now = zones(window)[zone.name]
    assert (now.id, now.kept) == (zone.id, (unit,))
    assert unit in now.units


# --- who may, and when ----------------------------------------------------------------------------


def test_who_may_not_split_is_told_so(window, acts, make_window, qtbot, tmp_path):
    made = make_window(services_for(tmp_path / "other", plan_store(), keys=(ANALYST.id,)))
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    acts = next(act for act in made.workbench.acts if isinstance(act, SplitActs))
    made.session.act_as(ANALYST)
    page = computed(opened(acts), qtbot)
    assert page.result.state == "full", "to look is free"
    assert not page.take.isEnabled()
    assert "Analyst" in page.take.toolTip()


def test_on_a_past_day_nothing_is_split(bench, acts):
    page = opened(acts)
    bench.desk.moment.show(Moment(Mode.DECIDED, date(2022, 9, 12)))
    page.refresh_now()
    assert not page.split.isEnabled()
    assert page.split.toolTip()
    page.run()
    assert page.result.state == "empty"


def test_an_operation_that_is_over_is_not_offered_and_a_released_one_is_refused(open_plan, qtbot):
    over = replace(OPERATION, id="over", name="Over", state=OperationState.COMPLETED)
    released = replace(OPERATION, id="sent", name="Sent", state=OperationState.RELEASED)
    hand = Zone(id="z", name="By hand", outline=GROUND)
    window, acts = open_plan(plan_with(over, released, hand))
    page = opened(acts, of="z")
    assert page.form.operation.findData("over") == -1
    page.form.operation.setCurrentIndex(page.form.operation.findData("sent"))
    computed(page, qtbot)
    assert page.result.state == "full"
    assert not page.take.isEnabled()
    assert page.refusal.text()
    assert window.session.project.get(Operation, "sent").state is OperationState.RELEASED


def test_another_language_words_the_figures_anew(acts, qtbot):
    page = computed(opened(acts), qtbot)
    english = page.lines[0].counts.text()
    i18n.set_language("km")
    assert page.lines[0].counts.text() != english
    assert acts.overlay.shown.names[0][0].startswith("តំបន់")
    assert page.take.text() == "យកទៅប្រើ"
