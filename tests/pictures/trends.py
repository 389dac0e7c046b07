"""Pictures of trends: chart and table below the map, by district, and a period that was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.analysis.trends.result import By

if TYPE_CHECKING:
    from gui.panels.analyse.trends import TrendsSection
    from gui.panels.analyse.trends_page import TrendsPage
    from tests.pilot import Pilot


def whole(pilot: Pilot) -> None:
    section, page = _opened(pilot)
    _by(pilot, section, By.ALL)
    page.chart.read(len(section.found.lines[0].counts) - 4 if section.found else 0)
    pilot.settle()


def districts(pilot: Pilot) -> None:
    section, _ = _opened(pilot)
    _by(pilot, section, By.DISTRICT)


def taken(pilot: Pilot) -> None:
    section, page = _opened(pilot)
    _by(pilot, section, By.GRADE)
    page.chart.setFocus()
    page.chart.read(len(page.chart.chart.labels) - 8 if page.chart.chart else 0)
    for _ in range(4):
        QTest.keyClick(page.chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    pilot.wait(lambda: section.found is not None, "the counts")
    pilot.rest(0.5)
    pilot.settle()


def _opened(pilot: Pilot) -> tuple[TrendsSection, TrendsPage]:
    from gui.panels.analyse.trends import TrendsSection
    from gui.panels.analyse.trends_page import TrendsPage

    bench = pilot.bench
    bench.show_workspace("analyse")
    bench.analyse.show_section("trends")
    section = bench.analyse.section("trends")
    assert isinstance(section, TrendsSection)
    pilot.wait(lambda: section.found is not None, "the counts")
    bench.drawers.show_page("trends")
    page = bench.drawers.page("trends")
    assert isinstance(page, TrendsPage)
    return section, page


def _by(pilot: Pilot, section: TrendsSection, by: By) -> None:
    section.by.setCurrentIndex(section.by.findData(by.value))
    pilot.wait(lambda: section.found is not None and section.found.by is by, "the counts")
    pilot.rest(0.3)
    pilot.settle()


SCENES = {"trends": whole, "trends-districts": districts, "trends-period": taken}
