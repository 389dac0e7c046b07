"""Pictures of border pressure: the form, the table with both links, a corridor on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.panels.analyse.border import BorderSection
    from tests.pilot import Pilot

NORTH_WEST = (102.1, 12.9, 103.3, 14.3)
STRETCH = (102.75, 13.95, 103.05, 14.2)


def border(pilot: Pilot) -> None:
    section = _asked(pilot)
    pilot.look_at(*NORTH_WEST)
    assert section.shown is not None
    pilot.bench.desk.findings.choose(section.shown.rows.keys[0])
    pilot.rest(0.4)
    pilot.settle()


def corridor(pilot: Pilot) -> None:
    _asked(pilot)
    pilot.look_at(*STRETCH)
    pilot.bench.desk.findings.choose("corridor-0")
    pilot.rest(0.4)
    pilot.settle()


def border_form(pilot: Pilot) -> None:
    section = _open(pilot)
    pilot.bench.drawers.close_page()
    section.within.setFocus()
    pilot.rest(0.3)
    pilot.settle()


def _open(pilot: Pilot) -> BorderSection:
    from gui.panels.analyse.border import BorderSection

    pilot.bench.desk.findings.clear()
    pilot.bench.show_workspace("analyse")
    panel = pilot.bench.analyse
    panel.show_section("border")
    section = panel.section("border")
    assert isinstance(section, BorderSection)
    return section


def _asked(pilot: Pilot) -> BorderSection:
    section = _open(pilot)
    section.compute()
    pilot.wait(lambda: not section.run_bar.busy, "the pressure")
    pilot.bench.drawers.show_page("border")
    pilot.rest(0.4)
    pilot.settle()
    return section


SCENES = {"border-form": border_form, "border": border, "border-corridor": corridor}
