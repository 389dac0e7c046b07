"""The dossier of an allegation: held now first, only possible steps, the formula in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from geo.edit.allegation_states import Basis
from geo.edit.allegations import edit_allegation, set_state
from geo.edit.edit import Edit, inserting
from geo.edit.sources import add_source
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation, Source
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import AllegationStatus, Answer, LegalStatus, Reliability
from gui.panels.allegation_link import near_sites
from gui.panels.allegation_state import StatePart, near_reports
from gui.widgets.texts import Chip, Data
from tests.gui.stage import ALLEGATIONS, ANALYST, SITES, plan_store, services_for

if TYPE_CHECKING:
    from gui.widgets.buttons import Button

_S = AllegationStatus


def shown(window, allegation_id: str = "allegation-1") -> QWidget:
    window.desk.selection.select(Kind.ALLEGATION, [allegation_id])
    QApplication.processEvents()
    return window.workbench.dossier


def said(panel) -> str:
    parts = [d for d in panel.findChildren(Data) if d.isVisibleTo(panel)]
    return " ".join(p.text() for p in parts)


def do(window, qtbot, build) -> None:
    session = window.session
    session.do(build)
    qtbot.waitUntil(lambda: not session.busy)
    QApplication.processEvents()


def steps(dossier) -> dict[AllegationStatus, Button]:
    seen = [p for p in dossier.findChildren(StatePart) if p.isVisibleTo(dossier)]
    return seen[-1].buttons if seen else {}  # a page that is being made anew has none yet


def part(dossier, name: str) -> QWidget:
    return next(w for w in dossier.findChildren(QWidget, name) if w.isVisibleTo(dossier))


def there(dossier, name: str) -> bool:
    return any(w.isVisibleTo(dossier) for w in dossier.findChildren(QWidget, name))


def row(window, allegation_id: str = "allegation-1") -> Allegation:
    return window.session.project.get(Allegation, allegation_id)


def test_held_now_stands_first_with_the_hours_and_the_grade_in_words(window):
    dossier = shown(window)
    chips = [c.text() for c in dossier.findChildren(Chip) if c.isVisibleTo(dossier)]
    assert chips[0] == "Held now: Yes"
    assert chips[1:3] == ["Received", "Grade B2"]
    words = said(dossier)
    assert "since it was received" in words
    assert "B: usually reliable" in words
    assert "2: probably true" in words
    assert "10 Sept 2022, 06:30" in words


def test_what_is_not_held_has_no_banner(window):
    assert "since it was received" not in said(shown(window, "allegation-3"))


def test_a_place_known_by_its_commune_is_told_as_such(window):
    assert "somewhere in the commune Lekh Buon" in said(shown(window, "allegation-2"))


def test_only_the_steps_that_may_follow_are_offered(window, qtbot):
    dossier = shown(window)
    assert set(steps(dossier)) == {_S.TRIAGED}
    steps(dossier)[_S.TRIAGED].click()
    qtbot.waitUntil(lambda: row(window).status is _S.TRIAGED)
    qtbot.waitUntil(lambda: _S.ASSESSING in steps(dossier))
    assert set(steps(dossier)) == {_S.DUPLICATE, _S.INSUFFICIENT, _S.ASSESSING}
    why = steps(dossier)[_S.DUPLICATE].property("why")
    assert why == "panel.allegation.no_other"


def test_a_site_keeps_its_status_and_activity_whatever_becomes_of_the_allegation(window, qtbot):
    shown(window)
    for state in (_S.TRIAGED, _S.ASSESSING, _S.CORROBORATED, _S.ACTIONED, _S.CLOSED):
        do(
            window,
            qtbot,
            lambda p, state=state: set_state(p, "allegation-1", state, basis=Basis.INSPECTION),
        )
    site = window.session.project.get(Site, "site-1")
    assert (site.legal_status, site.activity) == (LegalStatus.UNVERIFIED, SITES[0].activity)


def test_without_two_sources_what_corroborates_it_is_chosen_from_a_list_and_kept(window, qtbot):
    dossier = shown(window)
    for state in (_S.TRIAGED, _S.ASSESSING):
        do(window, qtbot, lambda p, state=state: set_state(p, "allegation-1", state))
    qtbot.waitUntil(lambda: _S.CORROBORATED in steps(dossier))
    menu = steps(dossier)[_S.CORROBORATED].menu()
    assert [a.text() for a in menu.actions()] == [
        "What an inspection found",
        "A document or photograph",
        "Another authority confirms it",
    ]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: row(window).status is _S.CORROBORATED)
    kept = window.session.on_store_thread(lambda p: p.store.log()[-1].params).result()
    assert (kept["basis"], kept["sources"]) == ("document", 1)


def second_report(window, qtbot) -> tuple[Source, Source]:
    """Another report about the same site by a second source."""
    do(window, qtbot, lambda p: add_source(p, reliability=Reliability.B))
    first = window.session.project.all(Source)[0]
    do(window, qtbot, add_source)
    second = window.session.project.all(Source)[1]
    old = ALLEGATIONS[0]
    other = replace(old, id="other", reference="DEMO-A-9", source_id=second.id, version=0)

    def add(plan):
        return Edit(
            verb=Verb.IMPORT, params={"file": "b.csv"}, deltas=(inserting([other]),), barrier=True
        )

    do(window, qtbot, add)
    do(window, qtbot, lambda p: edit_allegation(p, replace(row(window), source_id=first.id)))
    return first, second


def test_the_formula_says_who_counts_and_who_does_not(window, qtbot):
    from geo.edit.sources import correct_source

    first, second = second_report(window, qtbot)
    dossier = shown(window)
    assert "Independent sources: 1 – S-001 (B)" in said(dossier)
    assert "Not counted: S-002, not known to be independent of S-001" in said(dossier)
    assert "Two independent sources are needed" in said(dossier)
    do(window, qtbot, lambda p: correct_source(p, first.id, independent_of=[second.id]))
    qtbot.waitUntil(lambda: "Independent sources: 2 – S-001 (B), S-002 (B)" in said(dossier))
    assert "The rule of two independent sources holds" in said(dossier)


def test_independence_is_entered_in_the_dialog_of_the_source(window, qtbot):
    from gui.dialogs.source import SourceDialog

    first, second = second_report(window, qtbot)
    dossier = shown(window)
    part(dossier, "source-edit").click()
    dialog = window.findChildren(SourceDialog)[-1]
    assert dialog.pseudonym.text() == "S-001"
    assert dialog.focusWidget() is dialog.list  # Space ticks the source that matters most here
    assert "S-002" in dialog.list.item(0).text()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.pseudonym.setText("Dara")
    assert not dialog.warning.isHidden()
    dialog.pseudonym.setText("012 345 678")
    dialog.accept_button.click()
    qtbot.waitUntil(dialog.fault.isVisible)
    dialog.pseudonym.setText("S-001")
    dialog.accept_button.click()

    def joined():
        return window.session.project.get(Source, second.id).independent_of == (first.id,)

    qtbot.waitUntil(joined)


def test_a_duplicate_is_chosen_among_the_reports_near_it(window, qtbot):
    second_report(window, qtbot)
    dossier = shown(window)
    do(window, qtbot, lambda p: set_state(p, "allegation-1", _S.TRIAGED))
    qtbot.waitUntil(lambda: _S.DUPLICATE in steps(dossier))
    action = steps(dossier)[_S.DUPLICATE].menu().actions()[0]
    assert action.text().startswith("DEMO-A-9")
    action.trigger()
    qtbot.waitUntil(lambda: row(window).duplicate_of == "other")
    qtbot.waitUntil(lambda: "Duplicate" in said(dossier))
    assert "DEMO-A-9" in said(dossier)


def test_a_link_is_taken_back_and_made_again_to_the_nearest_site(window, qtbot):
    dossier = shown(window)
    part(dossier, "allegation-unlink").click()
    qtbot.waitUntil(lambda: row(window).site_id == "")
    QApplication.processEvents()
    assert near_sites(window.session.project, row(window))[0] == ("site-1", 0.0)
    qtbot.waitUntil(lambda: there(dossier, "link-site-1"))
    part(dossier, "link-site-1").click()
    qtbot.waitUntil(lambda: row(window).site_id == "site-1")


def test_any_site_is_linked_by_its_name(window, qtbot):
    dossier = shown(window, "allegation-3")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field = part(dossier, "allegation-find-site")
    field.setFocus()
    qtbot.keyClicks(field, "lotus")
    qtbot.waitUntil(field.results.isVisible, timeout=20_000)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row(window, "allegation-3").site_id == "site-3")


def test_a_commune_proposes_no_site(window):
    assert near_sites(window.session.project, row(window, "allegation-2")) == []
    assert near_reports(window.session.project, row(window, "allegation-2")) == []


def test_a_field_is_corrected_where_it_stands(window, qtbot):
    dossier = shown(window)
    field = part(dossier, "field-held_now")
    field.asked.emit()
    place = field.parentWidget()
    place.editor.setCurrentIndex(1)
    place.editor.entered.emit()
    qtbot.waitUntil(lambda: row(window).held_now is Answer.NO)


def test_the_history_tells_what_changed_and_who_did_it(window, qtbot):
    dossier = shown(window)
    do(window, qtbot, lambda p: set_state(p, "allegation-1", _S.TRIAGED))
    dossier.folds["panel.history.title"] = True
    dossier.refresh_now()
    qtbot.waitUntil(lambda: "Received → Triaged" in said(dossier))
    assert "Demo Planner" in said(dossier)


def test_what_was_said_does_not_go_to_the_clipboard(window, qtbot):
    do(window, qtbot, lambda p: edit_allegation(p, replace(row(window), text="locked in")))
    dossier = shown(window)
    label = next(d for d in dossier.findChildren(Data) if d.text() == "locked in")
    assert not label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_an_analyst_reads_everything_and_each_step_says_why_not(make_window, qtbot, tmp_path):
    made = make_window(services_for(tmp_path, plan_store(), keys=(ANALYST.id,)))
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    dossier = shown(made)
    button = steps(dossier)[_S.TRIAGED]
    assert not button.isEnabled()
    assert "Analyst" in button.toolTip()
    assert not part(dossier, "allegation-edit").isEnabled()


def test_held_now_is_sorted_by_the_hours_and_counted(window, qtbot):
    bench = window.workbench
    bench.toggle_held()
    QApplication.processEvents()
    model = bench.held.model
    assert [model.id_at(r) for r in range(model.rowCount())] == ["allegation-2", "allegation-1"]
    assert bench.held.count.text() == "2"


def test_the_list_says_for_how_long_and_where(window):
    from gui.models.faces import face_of

    project = window.session.project
    table = project.table(Kind.ALLEGATION)
    face = face_of(project, table, table.index["allegation-2"])
    assert face.held
    assert face.right.endswith("days")
    assert face.subtitle == "F6 · Received · Sangkat 4"


@pytest.mark.parametrize("hours", [3, 70])
def test_below_three_days_the_hours_are_told(window, qtbot, hours):
    from datetime import timedelta

    from gui import facts
    from gui.models.faces import face_of

    at = facts.local_now() - timedelta(hours=hours)
    new = replace(row(window), received_on=date.fromordinal(at.toordinal()))
    new = replace(new, received_at=time(at.hour, at.minute))
    do(window, qtbot, lambda p: edit_allegation(p, new))
    project = window.session.project
    table = project.table(Kind.ALLEGATION)
    assert face_of(project, table, table.index["allegation-1"]).right == f"{hours} h"
