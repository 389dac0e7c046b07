from __future__ import annotations

from geo.model.entity import Kind
from gui import facts


def test_a_page_is_made_once_when_the_dossier_comes_up(window, bench, monkeypatch):
    made = []
    refresh = bench.dossier.refresh
    monkeypatch.setattr(bench.dossier, "refresh", lambda p: (made.append(p), refresh(p)))
    bench.dossier.mark_stale()
    bench.desk.selection.select(Kind.SITE, ["site-1"])
    assert bench.dossier.isVisible()
    assert len(made) == 1


def test_a_hidden_dossier_shows_what_was_changed_meanwhile(window, bench, qtbot):
    from geo.edit.sites import change_site

    session = window.session
    with qtbot.waitSignal(session.changed):
        session.do(lambda plan: change_site(plan, "site-1", {"name_en": "Demo Changed"}))
    bench.desk.selection.select(Kind.SITE, ["site-1"])
    titles = (bench.dossier.title.text(), bench.dossier.second.text())
    assert "Demo Changed" in titles


def test_the_number_on_the_button_is_that_of_the_list(window):
    plan = window.session.project
    assert facts.held_now_count(plan) == len(facts.held_now_positions(plan)) > 0
