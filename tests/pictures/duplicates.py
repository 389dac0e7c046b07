"""Pictures of possible duplicates and of what merging says before it happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.pictures.a_map import sites

if TYPE_CHECKING:
    from geo.model.site import Site
    from tests.pilot import Pilot

CODES = ("PSH-0021", "PSH-0107")


def duplicates(pilot: Pilot) -> None:
    sites(pilot)
    _write_again(pilot)
    _page(pilot, "sites")


def allegations(pilot: Pilot) -> None:
    sites(pilot)
    _page(pilot, "allegations")


def merging(pilot: Pilot) -> None:
    duplicates(pilot)
    pilot.bench.drawers.page("duplicates").ask_merge()
    pilot.rest(0.4)


def _page(pilot: Pilot, which: str) -> None:
    from gui.panels.duplicates import KINDS

    pilot.bench.drawers.show_page("duplicates")
    page = pilot.bench.drawers.page("duplicates")
    page.show_kind(KINDS[which])
    page.look()
    pilot.wait(lambda: page.states.state == "full" and page.model.pairs, "the pairs")
    pilot.rest(0.5)
    pilot.settle()


def _write_again(pilot: Pilot) -> None:
    """Have another office write two of the fictional sites down a second time."""
    from geo.edit.edit import Edit, inserting
    from geo.edit.verbs import Verb
    from geo.model.site import Site

    known = {site.code: site for site in pilot.project.all(Site)}
    if f"FV-{CODES[0]}" in known:
        return
    again = [_again(known[code]) for code in CODES]
    pilot.project.commit(Edit(verb=Verb.IMPORT, deltas=(inserting(again),)))


def _again(site: Site) -> Site:
    from geo.model.entity import LonLat, new_id
    from geo.model.vocabulary import LegalStatus

    assert site.point is not None
    return replace(
        site,
        id=new_id(),
        version=0,
        code=f"FV-{site.code}",
        name_en=site.name_en.upper().replace("DEMO ", "") + " (demo)",
        name_zh="",
        point=LonLat(site.point.lon + 0.0003, site.point.lat - 0.0002),
        accuracy_m=30.0,
        capacity=None,
        owner="Owner (demo)",
        visited_on=date(2022, 10, 3),
        claimed_status="",
        legal_status=LegalStatus.UNVERIFIED,
        source="field visit (demo)",
    )


SCENES = {"duplicates": duplicates, "duplicates-allegations": allegations, "merging": merging}
