"""Pictures of an operation that is looked back upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pilot import Pilot

AROUND = (102.48, 13.55, 102.75, 13.75)


def effect(pilot: Pilot) -> None:
    from gui.panels.analyse.effect import EffectSection

    pilot.bench.desk.findings.clear()
    pilot.bench.show_workspace("analyse")
    panel = pilot.bench.analyse
    panel.show_section("effect")
    section = panel.section("effect")
    assert isinstance(section, EffectSection)
    section.compute()
    pilot.wait(lambda: not section.run_bar.busy, "the comparison")
    pilot.bench.drawers.show_page("effect")
    pilot.rest(0.4)
    pilot.look_at(*AROUND)
    pilot.bench.desk.findings.choose("inside")
    pilot.rest(0.4)
    pilot.settle()


SCENES = {"effect": effect}
