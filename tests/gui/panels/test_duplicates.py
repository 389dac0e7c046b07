"""The page of possible duplicates: proposals side by side, judged by the mouse or by letters."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from geo.edit.edit import Edit, inserting
from geo.edit.merging import Side
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.entity import Kind, LonLat
from geo.model.evidence import DistinctPair
from geo.model.site import Site
from geo.model.vocabulary import AllegationStatus, Channel
from gui import i18n
from gui.dialogs.merge import MergeDialog
from gui.models.pairs import reason_words
from tests.gui.stage import ALLEGATIONS, ANALYST, PLANNER, SITES, plan_store, services_for
from tests.pilot import PATIENCE_S, live

TWIN = replace(
    SITES[1], id="twin", code="demo 002", name_km="", capacity=25, owner="Demo Owner", address="7"
)
NEAR = replace(
    SITES[0],
    id="near",
    code="FV-3",
    name_en="MANGO HOTEL (demo)",
    point=LonLat(103.511, 10.62),
    accuracy_m=30.0,
)
REPEAT = replace(
    ALLEGATIONS[2],
    id="repeat",
    reference="DEMO-A-9",
    received_on=date(2022, 9, 8),
    channel=Channel.EMBASSY,
)


def store_with_pairs():
    store = plan_store()
    rows = (inserting([TWIN, NEAR]), inserting([REPEAT]))
    store.commit(Edit(verb=Verb.IMPORT, deltas=rows, actor=PLANNER.id, barrier=True))
    return store


@pytest.fixture
def paired(make_window, qtbot, tmp_path):
    keys = (PLANNER.id, ANALYST.id)
    made = make_window(services_for(tmp_path, store_with_pairs(), keys=keys))
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    return made.workbench


@pytest.fixture
def page(paired, qtbot):
    paired.commands["duplicates"].trigger()
    made = paired.drawers.page("duplicates")
    until(lambda: made.states.state == "full")
    return made


def until(condition):
    """Wait while other threads run too, which `qtbot.waitUntil` hardly lets them."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end
        live(5)


def pairs(page):
    return [{p.first_id, p.second_id} for p in page.model.pairs]


def opened_dialog(qtbot):
    until(lambda: isinstance(QApplication.activeModalWidget(), MergeDialog))
    return QApplication.activeModalWidget()


def press(page, letter):
    page.list.setFocus()
    QTest.keyClick(page.list, letter)


def test_the_likeliest_pair_is_shown_and_selected_on_the_map(page, paired):
    assert pairs(page) == [{"site-2", "twin"}, {"site-1", "near"}]
    assert paired.desk.selection.kind is Kind.SITE
    assert set(paired.desk.selection.ids) == {"site-2", "twin"}
    assert set(page.compare.ids) == {"site-2", "twin"}


def test_nothing_is_merged_unasked(page, paired):
    table = paired.desk.session.project.table(Kind.SITE)
    assert not table["merged_into"].astype(bool).any()
    assert page.merge.isEnabled()


def test_the_fuller_value_is_proposed_where_the_rows_differ(page):
    assert page.compare.kept_id == "site-2"
    assert page.compare.choices() == {
        "name_km": Side.KEEP,
        "capacity": Side.KEEP,
        "owner": Side.DROP,
        "address": Side.DROP,
    }


def test_to_keep_the_other_one_proposes_anew(page):
    page.compare.keep(1 - page.compare.ids.index("site-2"))
    assert page.compare.kept_id == "twin"
    assert page.compare.choices()["name_km"] is Side.DROP


def test_the_dialog_says_what_will_happen_and_does_it(page, paired, qtbot):
    page.compare.choose("capacity", page.compare.ids.index("twin"))
    press(page, Qt.Key.Key_M)
    dialog = opened_dialog(qtbot)
    said = dialog.said.text()
    assert "Demo Papaya Hotel (demo 002) is merged into Demo Papaya Hotel (DEMO-002)" in said
    assert "capacity, owner" in said or "owner" in said
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    project = paired.desk.session.project
    until(lambda: project.get(Site, "twin").merged_into == "site-2")
    kept = project.get(Site, "site-2")
    assert (kept.capacity, kept.owner, kept.code) == (25, "Demo Owner", "DEMO-002")
    until(lambda: pairs(page) == [{"site-1", "near"}])
    assert set(page.compare.ids) == {"site-1", "near"}
    paired.desk.session.undo()
    until(lambda: project.get(Site, "twin").merged_into == "")
    until(lambda: {"site-2", "twin"} in pairs(page))


def test_a_pair_that_is_kept_apart_goes(page, paired, qtbot):
    press(page, Qt.Key.Key_K)
    until(lambda: pairs(page) == [{"site-1", "near"}])
    (found,) = paired.desk.session.project.all(DistinctPair)
    assert {found.first_id, found.second_id} == {"site-2", "twin"}


def test_later_puts_a_pair_at_the_end_and_down_goes_on(page):
    press(page, Qt.Key.Key_L)
    assert pairs(page) == [{"site-1", "near"}, {"site-2", "twin"}]
    assert set(page.compare.ids) == {"site-1", "near"}
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert set(page.compare.ids) == {"site-2", "twin"}


def test_the_letters_mean_the_windows_commands_elsewhere(page, paired, qtbot):
    page.compare.area.setFocus()
    assert paired.tools.name == "select"
    press(page, Qt.Key.Key_L)
    assert paired.tools.name == "select"


def test_when_the_last_pair_was_judged_the_page_says_what_was_compared(page, qtbot):
    for left in (1, 0):
        press(page, Qt.Key.Key_K)
        until(lambda left=left: len(page.model.pairs) == left)
    assert page.states.state == "empty"
    assert page.merge.isHidden()
    assert page.states.empty_page.text.text().startswith("Compared were codes")


def test_a_change_of_the_plan_offers_to_look_again(page, paired, qtbot):
    from geo.edit.sites import add_site

    assert page.again.isHidden()
    paired.desk.session.do(lambda _plan: add_site(Site(code="NEW", name_en="Demo new")))
    until(lambda: not page.again.isHidden())
    page.again.click()
    until(lambda: page.states.state == "full")
    assert page.again.isHidden()


def test_allegations_repeat_each_other_and_reading_them_is_logged(page, paired, qtbot):
    page.show_kind(Kind.ALLEGATION)
    until(lambda: pairs(page) == [{"allegation-3", "repeat"}])
    project = paired.desk.session.project
    until(
        lambda: (
            {"allegation-3", "repeat"}
            <= {r.details.get("row") for r in project.store.audit() if r.what == "read"}
        ),
    )
    assert page.compare.choices() == {}
    page.merge.click()
    opened_dialog(qtbot).accept_button.click()
    until(
        lambda: project.get(Allegation, "repeat").status is AllegationStatus.DUPLICATE,
    )
    assert project.get(Allegation, "repeat").duplicate_of == "allegation-3"


def test_who_may_not_merge_is_told_why(page, paired, qtbot):
    paired.desk.session.act_as(ANALYST)
    until(lambda: not page.merge.isEnabled())
    assert page.merge.toolTip()


def test_every_word_of_the_page_follows_the_language(page):
    i18n.set_language("km")
    QApplication.processEvents()
    shown = [w.text() for w in page.findChildren(QLabel) if w.isVisibleTo(page)]
    assert any("លេខកូដដូចគ្នា" in text for text in shown)
    assert page.merge.text() == "បញ្ចូលគ្នា…"


def test_a_length_and_a_kind_are_worded(dressed):
    words = reason_words("duplicates.reason.apart", {"metres": 59, "accuracy": 35})
    assert words == "59 m apart, known to ± 35 m"
    kinds = reason_words("duplicates.reason.kinds", {"kinds": "torture"})
    assert kinds == "both allege Torture"


def test_the_dossier_of_the_kept_site_leads_to_the_merged_row(page, paired):
    from geo.edit.merging import merge_sites
    from gui.panels.dossier_merged import merged_ids, merged_rows

    project = paired.desk.session.project
    project.commit(merge_sites(project, "site-2", "twin"))
    assert merged_ids(project, "site-2") == ["twin"]
    rows = merged_rows(project, "site-2", paired.dossier)
    words = [
        label.text()
        for part in rows
        for label in [part, *part.findChildren(QLabel)]
        if isinstance(label, QLabel)
    ]
    assert "Decisions of its own: 0" in words
    paired.desk.selection.select(Kind.SITE, ["site-2"])
    paired.dossier.refresh_now()
