"""Pictures of links: the lines on the map, the graph, where chains stop, persons and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.entity import Kind
from geo.model.network import PersonRef

if TYPE_CHECKING:
    from gui.panels.analyse.links import LinksSection
    from gui.panels.analyse.links_page import LinksPage
    from tests.pilot import Pilot


def stops(pilot: Pilot) -> None:
    _measured(pilot)
    pilot.settle()


def hub(pilot: Pilot) -> None:
    section, page = _measured(pilot)
    page.what.choose("between")
    page.stack.setCurrentWidget(page.between)
    assert section.shown is not None
    page.graph.setFocus()
    page.graph.node_chosen.emit(section.shown.links.hubs[0])
    pilot.rest(0.4)
    pilot.settle()


def person(pilot: Pilot) -> None:
    _select(pilot, "P-005 (demo)")


def leader(pilot: Pilot) -> None:
    _select(pilot, "P-003 (demo)")
    from tests.gui.dossier_hands import open_fold

    open_fold(pilot.bench.dossier, "panel.person.ledger")
    pilot.rest(0.3)


def new_link(pilot: Pilot) -> None:
    _select(pilot, "P-005 (demo)")
    pilot.bench.desk.intents.ask("link.add", *_chosen(pilot))
    pilot.rest(0.2)


def decide(pilot: Pilot) -> None:
    _select(pilot, "P-004 (demo)")
    pilot.bench.desk.intents.ask("person.decide", _chosen(pilot)[1])
    pilot.rest(0.2)


def _measured(pilot: Pilot) -> tuple[LinksSection, LinksPage]:
    from gui.panels.analyse.links import LinksSection
    from gui.panels.analyse.links_page import LinksPage

    bench = pilot.bench
    bench.show_workspace("analyse")
    bench.analyse.show_section("links")
    section = bench.analyse.section("links")
    assert isinstance(section, LinksSection)
    if section.shown is None:
        pilot.wait(section.run_bar.go.isVisible, "the section")
        pilot.press(section.run_bar.go)
        pilot.wait(lambda: section.shown is not None, "the network")
    if not bench.desk.findings.is_of("links"):
        pilot.press(section.map_button)
    pilot.rest(0.1)
    bench.drawers.show_page("links")
    page = bench.drawers.page("links")
    assert isinstance(page, LinksPage)
    page.what.choose("stops")
    page.stack.setCurrentWidget(page.stops)
    bench.desk.selection.clear()
    page.graph.fit()
    pilot.rest(0.4)
    return section, page


def _select(pilot: Pilot, pseudonym: str) -> None:
    persons = pilot.project.all(PersonRef)
    found = next(p for p in persons if p.pseudonym == pseudonym)
    pilot.bench.desk.selection.select(Kind.PERSON_REF, [found.id])
    pilot.rest(0.4)
    pilot.settle()


def _chosen(pilot: Pilot) -> tuple[Kind, str]:
    return Kind.PERSON_REF, pilot.bench.desk.selection.one(Kind.PERSON_REF)


SCENES = {
    "links": stops,
    "links-hub": hub,
    "person": person,
    "person-ringleader": leader,
    "link-new": new_link,
    "person-decide": decide,
}
