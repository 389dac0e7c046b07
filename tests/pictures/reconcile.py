"""Pictures of licences against sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pictures.a_map import sites

if TYPE_CHECKING:
    from tests.pilot import Pilot


def reconcile(pilot: Pilot) -> None:
    from geo.analysis.reconcile import Finding
    from gui.acts.reconcile import PAGE

    sites(pilot)
    pilot.bench.drawers.show_page(PAGE)
    page = pilot.bench.drawers.page(PAGE)
    pilot.wait(lambda: page.found is not None and page.states.state == "full", "the comparison")
    page.show_list(Finding.EXPIRED)
    page.table.selectRow(0)
    pilot.rest(0.4)
    pilot.settle()


SCENES = {"licences": reconcile}
