"""Pictures of the scoreboard: provinces from returns, districts of the plan, years, lists, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.analysis.scoreboard.measures import Measure

if TYPE_CHECKING:
    from gui.panels.analyse.score_page import ScorePage
    from gui.panels.analyse.scoreboard import ScoreboardSection
    from tests.pilot import Pilot

COUNTRY = (102.2, 9.9, 107.8, 14.8)


def asked(pilot: Pilot) -> None:
    _section(pilot)
    pilot.settle()


def provinces(pilot: Pilot) -> None:
    section = _counted(pilot, "returns", Measure.INSPECTED)
    _page(pilot, "units")
    pilot.look_at(*COUNTRY)
    pilot.bench.desk.findings.choose("01")
    pilot.rest(0.3)
    assert section.shown is not None


def days(pilot: Pilot) -> None:
    _counted(pilot, "returns", None)
    _page(pilot, "silent")
    pilot.look_at(*COUNTRY)


def districts(pilot: Pilot) -> None:
    _counted(pilot, "district", Measure.REPORTED)
    _page(pilot, "units")


def years(pilot: Pilot) -> None:
    _counted(pilot, "district", Measure.REPORTED)
    _page(pilot, "years")


def idle(pilot: Pilot) -> None:
    _counted(pilot, "district", Measure.REPORTED)
    _page(pilot, "idle")


def rows_behind(pilot: Pilot) -> None:
    section = _counted(pilot, "district", Measure.INSPECTED)
    _press(pilot, section, Measure.INSPECTED)


def allegations(pilot: Pilot) -> None:
    section = _counted(pilot, "district", Measure.REPORTED)
    _press(pilot, section, Measure.REPORTED)
    pilot.rest(0.4)


def _section(pilot: Pilot) -> ScoreboardSection:
    from gui.panels.analyse.scoreboard import ScoreboardSection

    bench = pilot.bench
    bench.show_workspace("analyse")
    bench.analyse.show_section("scoreboard")
    section = bench.analyse.section("scoreboard")
    assert isinstance(section, ScoreboardSection)
    return section


def _counted(pilot: Pilot, by: str, measure: Measure | None) -> ScoreboardSection:
    section = _section(pilot)
    section.form.by.setCurrentIndex(section.form.by.findData(by))
    section.form.column.setCurrentIndex(
        section.form.column.findData(measure.value if measure is not None else "")
    )
    section.compute()
    pilot.wait(lambda: not section.run_bar.busy, "the figures")
    pilot.wait(
        lambda: section.shown is not None and section.shown.found.wish == section.form.wish(),
        "the figures that were asked for",
    )
    pilot.settle()
    return section


def _page(pilot: Pilot, tab: str) -> ScorePage:
    from gui.panels.analyse.score_page import ScorePage

    pilot.bench.drawers.show_page("scoreboard")
    page = pilot.bench.drawers.page("scoreboard")
    assert isinstance(page, ScorePage)
    page.show_tab(tab)
    pilot.rest(0.3)
    pilot.settle()
    return page


def _press(pilot: Pilot, section: ScoreboardSection, measure: Measure) -> None:
    from gui.models.score_tables import shown_measures

    page = _page(pilot, "units")
    assert section.shown is not None
    found = section.shown.found
    table = page.tables["units"]
    unit = max(range(len(found.board.units)), key=lambda u: found.board.figure(measure, u) or 0)
    at = table.rows.index(unit, 1 + shown_measures(found).index(measure))
    table.scrollTo(at)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(at).center())
    pilot.rest(0.4)
    pilot.settle()


SCENES = {
    "scoreboard-asked": asked,
    "scoreboard-provinces": provinces,
    "scoreboard-days": days,
    "scoreboard-districts": districts,
    "scoreboard-years": years,
    "scoreboard-idle": idle,
    "scoreboard-rows": rows_behind,
    "scoreboard-allegations": allegations,
}
