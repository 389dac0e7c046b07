"""Time strip, banner and filters in the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from geo.clock import today
from geo.errors import NotAllowedError
from geo.model.entity import Kind
from geo.model.vocabulary import (
    Answer,
    Credibility,
    Grade,
    LegalStatus,
    Reliability,
    SiteKind,
)
from gui import i18n
from gui.acts.time import TimeActs
from gui.widgets.texts import Data
from layers.filters import EVERYTHING, AllegationFilter, MapFilter, SiteFilter
from layers.moment import NOW, Mode, Moment
from layers.timeline import month_before

B2 = (Reliability.B, Credibility.TWO)
PAST = Moment(Mode.DECIDED, date(2022, 9, 6))


@pytest.fixture
def acts(bench):
    return next(act for act in bench.acts if isinstance(act, TimeActs))


@pytest.fixture
def moment(bench):
    return bench.desk.moment


@pytest.fixture
def go_to(bench, qtbot):
    def go(wanted: Moment) -> None:
        bench.desk.intents.ask("time.show", wanted)
        qtbot.waitUntil(lambda: bench.desk.moment.moment == wanted, timeout=10_000)

    return go


def listed(bench, kind: Kind) -> set[str]:
    key = {Kind.SITE: "sites", Kind.ALLEGATION: "allegations"}[kind]
    bench.register.show_list(key)
    bench.register.refresh_now()
    model = bench.register.models[kind]
    return {model.id_at(row) for row in range(model.rowCount())}


def test_a_list_without_rows_on_a_past_day_says_so(bench, go_to):
    assert bench.register.nothing.isHidden()
    go_to(Moment(Mode.DECIDED, date(1999, 12, 31)))
    assert not listed(bench, Kind.ALLEGATION)
    assert bench.register.nothing.isVisible()
    assert bench.register.nothing.text() == "On 31 Dec 1999 the register held nothing of this kind."
    go_to(NOW)
    assert listed(bench, Kind.ALLEGATION)
    assert bench.register.nothing.isHidden()


def test_a_list_in_which_nothing_matches_says_how_to_see_all(bench, qtbot):
    bench.register.filter.setText("no such name")
    qtbot.waitUntil(bench.register.nothing.isVisible)
    assert "Clear the filter" in bench.register.nothing.text()
    bench.register.filter.clear()
    qtbot.waitUntil(bench.register.nothing.isHidden)


def drawn(bench, kind: Kind) -> set[str]:
    return set(bench.map.canvas.request().table(kind).ids)


def test_the_strip_is_closed_until_it_is_asked_for_and_remembered(bench, acts):
    assert acts.strip.isHidden()
    bench.commands["time_strip"].trigger()
    assert acts.strip.isVisible()
    assert bench.desk.settings.time_strip
    bench.commands["time_strip"].trigger()
    assert acts.strip.isHidden()
    assert not bench.desk.settings.time_strip


def test_the_arrow_keys_step_through_the_months_and_home_is_today(bench, acts, moment, qtbot):
    bench.commands["time_strip"].trigger()
    bars = acts.strip.bars
    QTest.keyClick(bars, Qt.Key.Key_Left)
    first = month_before(today())
    qtbot.waitUntil(lambda: moment.moment == Moment(Mode.DECIDED, first), timeout=10_000)
    QTest.keyClick(bars, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: moment.moment.day == month_before(first), timeout=10_000)
    QTest.keyClick(bars, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: moment.moment.day == first, timeout=10_000)
    assert i18n.day(first) in acts.strip.day.text()
    QTest.keyClick(bars, Qt.Key.Key_Home)
    assert moment.moment == NOW


def test_a_click_on_the_strip_chooses_a_day_and_the_handle_can_be_dragged(
    bench, acts, moment, qtbot
):
    bench.commands["time_strip"].trigger()
    acts.strip.refresh_now()
    bars = acts.strip.bars
    middle = QPoint(bars.width() // 2, 20)
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: moment.is_past, timeout=10_000)
    chosen = moment.moment.day
    at = QPoint(round(bars.x_of(chosen)), 20)
    QTest.mousePress(bars, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(bars, QPoint(20, 20))
    qtbot.waitUntil(lambda: moment.moment.day < chosen, timeout=10_000)
    QTest.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_a_period_drawn_across_the_strip_filters_allegations(bench, acts, moment):
    bench.commands["time_strip"].trigger()
    acts.strip.refresh_now()
    bars = acts.strip.bars
    a, b = (round(bars.x_of(day)) for day in (date(2022, 9, 2), date(2022, 9, 8)))
    QTest.mousePress(bars, Qt.MouseButton.LeftButton, pos=QPoint(min(a, b) - 8, 20))
    QTest.mouseMove(bars, QPoint(max(a, b) + 4, 20))
    QTest.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=QPoint(max(a, b) + 4, 20))
    wanted = moment.wanted.allegations
    assert wanted.since <= date(2022, 9, 1) <= wanted.until
    assert wanted.since.day == 1
    assert not moment.is_past
    QTest.mouseDClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert moment.wanted.allegations.since is None


def test_map_lists_and_tables_show_the_rows_of_the_day(bench, go_to):
    go_to(PAST)
    assert drawn(bench, Kind.ALLEGATION) == {"allegation-2", "allegation-3"}
    assert listed(bench, Kind.ALLEGATION) == {"allegation-2", "allegation-3"}
    bench.drawer.refresh_now()
    page = bench.drawer.pages[Kind.ALLEGATION]
    assert page.model.plan.day == PAST.day


def test_as_known_then_shows_nothing_of_a_day_before_the_plan(bench, go_to, acts):
    go_to(Moment(Mode.KNOWN, date(1960, 1, 1)))
    assert drawn(bench, Kind.SITE) == set()
    assert listed(bench, Kind.SITE) == set()
    assert not acts.notice.note.isHidden()


def test_the_banner_stays_until_today_is_asked_for(bench, go_to, acts, moment):
    assert acts.notice.isHidden()
    bench.commands["time_strip"].trigger()
    go_to(PAST)
    bench.commands["time_strip"].trigger()
    assert acts.notice.isVisible()
    assert i18n.day(PAST.day) in acts.notice.banner.words.text()
    QTest.mouseClick(acts.notice.banner.back, Qt.MouseButton.LeftButton)
    assert moment.moment == NOW
    assert acts.notice.isHidden()
    assert drawn(bench, Kind.ALLEGATION) == {f"allegation-{n}" for n in (1, 2, 3)}


def test_the_banner_speaks_khmer_too(bench, go_to, acts):
    go_to(PAST)
    i18n.set_language("km")
    assert "កញ្ញា" in acts.notice.banner.words.text()


def test_nothing_is_changed_while_a_past_day_is_shown(bench, go_to, window):
    go_to(PAST)
    project = window.session.project
    before = project.history
    bench.tools.take("draw_zone")
    assert bench.tools.name == "select"
    assert "Back to today" in window.toast.text
    bench.register.refresh_now()
    assert not bench.register.import_button.isEnabled()
    with pytest.raises(NotAllowedError):
        project.prepare(project.history)
    assert project.history is before
    go_to(NOW)
    bench.register.refresh_now()
    assert bench.register.import_button.isEnabled()


def test_a_tool_that_draws_is_put_away_when_the_past_is_shown(bench, go_to):
    bench.tools.take("draw_zone")
    go_to(PAST)
    assert bench.tools.name == "select"


def test_held_now_is_about_now_whatever_the_map_shows(bench, go_to, moment):
    bench.held.refresh_now()
    held = [bench.held.model.id_at(r) for r in range(bench.held.model.rowCount())]
    assert held == ["allegation-2", "allegation-1"]
    moment.filter(MapFilter(allegations=AllegationFilter(least=(Reliability.A, Credibility.ONE))))
    go_to(PAST)
    bench.held.refresh_now()
    assert [bench.held.model.id_at(r) for r in range(bench.held.model.rowCount())] == held
    assert bench.top.held.text().endswith("2")


def test_a_filter_is_one_truth_for_map_list_and_table(bench, moment):
    moment.filter(MapFilter(allegations=AllegationFilter(least=B2)))
    assert drawn(bench, Kind.ALLEGATION) == {"allegation-1"} == listed(bench, Kind.ALLEGATION)
    bench.drawer.refresh_now()
    page = bench.drawer.pages[Kind.ALLEGATION]
    page.model.arrangement.mask.sum()
    assert page.model.arrangement.mask.sum() == 1


def test_held_now_comes_first_in_a_filtered_list(bench, moment):
    moment.filter(MapFilter(allegations=AllegationFilter(linked=False)))
    listed(bench, Kind.ALLEGATION)
    model = bench.register.models[Kind.ALLEGATION]
    table = model.table
    held = [table["held_now"][table.index[model.id_at(r)]] for r in range(model.rowCount())]
    assert held == sorted(held, key=lambda v: v != Answer.YES.value)


def test_chips_say_what_is_hidden_and_take_it_back_one_by_one(bench, moment, acts):
    moment.filter(
        MapFilter(
            sites=SiteFilter(kinds=frozenset({SiteKind.CASINO})),
            allegations=AllegationFilter(least=B2, held_now=True),
        )
    )
    words = [chip.text() for chip in acts.notice.chips]
    assert "B2 or better" in words
    assert len(words) == 3
    assert "1 of 3 sites" in acts.notice.counts.text()
    chip = acts.notice.chips[words.index("B2 or better")]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert moment.wanted.allegations == AllegationFilter(held_now=True)
    QTest.mouseClick(acts.notice.clear_button, Qt.MouseButton.LeftButton)
    assert moment.wanted == EVERYTHING
    assert acts.notice.isHidden()


def test_the_card_of_filters_opens_at_the_layer_whose_funnel_is_pressed(bench, acts, moment):
    bench.layer_panel.refresh_now()
    QTest.mouseClick(bench.layer_panel.rows["sites"].funnel, Qt.MouseButton.LeftButton)
    assert acts.filters.isVisible()
    assert acts.filters.kind is Kind.SITE
    casino = next(
        b for b in acts.filters.choices[Kind.SITE, "kinds"] if b.member is SiteKind.CASINO
    )
    QTest.mouseClick(casino, Qt.MouseButton.LeftButton)
    assert moment.wanted.sites.kinds == {SiteKind.CASINO}
    bench.layer_panel.refresh_now()
    assert bench.layer_panel.rows["sites"].funnel.property("dotted") == "true"
    assert bench.layer_panel.rows["crossings"].funnel.property("dotted") == "false"
    QTest.keyClick(acts.filters, Qt.Key.Key_Escape)
    assert acts.filters.isHidden()
    assert moment.wanted.sites.kinds == {SiteKind.CASINO}


def test_every_filter_of_the_card_can_be_set_and_is_shown_again(acts, moment):
    card = acts.filters
    for (kind, name), buttons in card.choices.items():
        buttons[0].click()
        assert getattr(moment.wanted.of(kind), name) == {buttons[0].member}
    card.clear_button.click()
    before = moment.wanted
    moment.filter(replace(before, sites=SiteFilter(statuses=frozenset({LegalStatus.ILLEGAL}))))
    chosen = [b.member for b in card.choices[Kind.SITE, "statuses"] if b.isChecked()]
    assert chosen == [LegalStatus.ILLEGAL]


def test_what_cannot_be_judged_is_counted_on_the_card(acts, moment):
    acts.filters.show_kind("allegations")
    moment.filter(MapFilter(allegations=AllegationFilter(least=B2)))
    assert "1 of 3" in acts.filters.count.text()
    assert "1 left out" in acts.filters.count.text()


def test_the_dossier_says_that_the_map_shows_another_day(bench, go_to):
    from gui.panels.moment_notice import PagePast

    bench.desk.selection.select(Kind.SITE, ["site-1"])
    banner = bench.dossier.findChild(PagePast)
    assert banner.isHidden()
    go_to(PAST)
    assert not banner.isHidden()
    assert i18n.label(LegalStatus.UNVERIFIED) in banner.words.text()


def test_another_plan_begins_with_the_whole_present(bench, go_to, window, moment):
    moment.filter(MapFilter(sites=SiteFilter(licensed=True)))
    go_to(PAST)
    window.session.close()
    assert moment.moment == NOW
    assert moment.wanted == EVERYTHING


def test_a_report_is_of_the_day_of_the_map_and_ignores_its_filter(
    bench, go_to, moment, qtbot, tmp_path
):
    panel = bench.report
    bench.show_workspace("report")
    moment.filter(MapFilter(sites=SiteFilter(kinds=frozenset({SiteKind.CASINO}))))
    go_to(PAST)
    panel.refresh_now()
    assert i18n.day(PAST.day) in panel.shows.text()
    assert "filter" in panel.shows.text()
    panel.grades[Grade.PUBLIC].setChecked(True)
    assert not panel.write_button.isEnabled()
    panel.grades[Grade.COMMAND].setChecked(True)
    panel.pdf.setChecked(False)
    panel.set_folder(tmp_path / "out")
    panel.write_now()
    qtbot.waitUntil(lambda: panel.state != "loading", timeout=60_000)
    assert panel.state == "full", panel.fault.text()
    (page,) = (tmp_path / "out").iterdir()
    assert "-of-20220906-decided-" in page.name
    written = page.read_text("utf-8")
    assert "As of 6 Sept 2022, as decided" in written
    assert "Demo Papaya Hotel" in written  # no casino, and in the report all the same


def test_what_is_counted_in_view_is_what_the_map_shows(bench, moment, qtbot):
    bench.show_workspace("analyse")
    bench.analyse.section("overview").scope.choose("plan")
    moment.filter(MapFilter(allegations=AllegationFilter(least=B2)))
    bench.analyse.section("overview").refresh_now()

    def figures() -> list[str]:
        labels = bench.analyse.findChildren(Data)
        big = [d for d in labels if d.property("role") == "display"]
        return [d.text() for d in big if d.isVisibleTo(bench.analyse)]

    # Allegations, and those of them that speak of people held now.
    qtbot.waitUntil(lambda: figures() == ["1", "1"], timeout=5_000)
