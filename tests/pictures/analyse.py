"""Pictures of the hotspots: the form, what was found, its table, other methods, a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.vocabulary import Grade
from gui.models.hotspot_asked import Method
from tests.pictures.a_map import PREAH_SIHANOUK

if TYPE_CHECKING:
    from gui.panels.analyse.hotspots import HotspotSection
    from tests.pilot import Pilot


def form(pilot: Pilot) -> None:
    section = _open(pilot)
    section.form.fold.head.setChecked(True)
    section.form.weigh.setChecked(True)
    pilot.rest(0.3)
    section.area.verticalScrollBar().setValue(section.form.fold.y())
    pilot.look_at(*PREAH_SIHANOUK)


def found(pilot: Pilot) -> None:
    _computed(pilot, _open(pilot), Method.GI_STAR)
    pilot.look_at(*PREAH_SIHANOUK)


def table(pilot: Pilot) -> None:
    section = _open(pilot)
    _computed(pilot, section, Method.GI_STAR)
    pilot.bench.drawers.show_page("hotspots")
    pilot.look_at(*PREAH_SIHANOUK)
    assert section.shown is not None
    pilot.bench.desk.findings.choose(section.shown.rows.keys[0])
    pilot.rest(0.4)
    pilot.settle()


def in_time(pilot: Pilot) -> None:
    section = _open(pilot)
    section.form.province.setCurrentIndex(section.form.province.findData(""))
    _computed(pilot, section, Method.EMERGING)
    pilot.rest(0.4)
    pilot.settle()


def density(pilot: Pilot) -> None:
    section = _open(pilot)
    _computed(pilot, section, Method.KDE)
    pilot.look_at(*PREAH_SIHANOUK)


def leaving(pilot: Pilot) -> None:
    from gui.dialogs.export_result import ExportResultDialog

    found(pilot)
    pilot.press(_section(pilot).export_button)
    dialog = pilot.window.findChild(ExportResultDialog)
    assert dialog is not None
    dialog.grade.choose(Grade.COMMAND)
    pilot.rest(0.3)


def refused(pilot: Pilot) -> None:
    section = _open(pilot)
    section.form.kind.setCurrentIndex(1)
    section.form.period.setCurrentIndex(section.form.period.findData("quarter"))
    _computed(pilot, section, Method.GI_STAR)
    pilot.look_at(*PREAH_SIHANOUK)


def _open(pilot: Pilot) -> HotspotSection:
    pilot.bench.show_workspace("analyse")
    pilot.bench.analyse.show_section("hotspots")
    section = _section(pilot)
    section.form.fold.head.setChecked(False)
    section.form.weigh.setChecked(False)
    for box in (section.form.kind, section.form.province, section.form.period):
        box.setCurrentIndex(0)
    section.form.choose(Method.GI_STAR)
    section.area.verticalScrollBar().setValue(0)
    return section


def _section(pilot: Pilot) -> HotspotSection:
    from gui.panels.analyse.hotspots import HotspotSection

    section = pilot.bench.analyse.section("hotspots")
    assert isinstance(section, HotspotSection)
    return section


def _computed(pilot: Pilot, section: HotspotSection, method: Method) -> None:
    section.form.choose(method)
    section.compute()
    pilot.wait(lambda: not section.run_bar.busy, "the hotspots")
    pilot.rest(0.4)
    pilot.settle()


SCENES = {
    "hotspots-form": form,
    "hotspots": found,
    "hotspots-table": table,
    "hotspots-in-time": in_time,
    "hotspots-density": density,
    "hotspots-export": leaving,
    "hotspots-refused": refused,
}
