"""Pictures of the map, its panels, tables and tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pilot import Pilot

PREAH_SIHANOUK = (103.46, 10.53, 103.72, 10.72)
POIPET = (102.46, 13.58, 102.66, 13.72)
BORDER = (102.25, 13.35, 103.05, 13.95)


def sites(pilot: Pilot) -> None:
    pilot.bench.show_workspace("register")
    pilot.look_at(*PREAH_SIHANOUK)


def dossier(pilot: Pilot) -> None:
    from geo.model.entity import Kind

    sites(pilot)
    table = pilot.project.table(Kind.SITE)
    chosen = next(
        i for i, s in zip(table.ids, table["legal_status"], strict=True) if s == "illegal"
    )
    pilot.bench.show_row(Kind.SITE, str(chosen))
    pilot.rest(0.5)
    pilot.settle()


def border(pilot: Pilot) -> None:
    pilot.bench.show_workspace("register")
    pilot.look_at(*POIPET)


def country(pilot: Pilot) -> None:
    pilot.bench.show_workspace("analyse")
    pilot.look_at(102.2, 10.2, 107.8, 14.8)
    pilot.rest(0.6)  # the figures follow the map once it rests


def drawing(pilot: Pilot) -> None:
    pilot.bench.show_workspace("plan")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.tools.take("draw_zone")
    for lon, lat in ((103.60, 10.66), (103.66, 10.68), (103.70, 10.65), (103.68, 10.61)):
        pilot.click(lon, lat)
    pilot.move(103.63, 10.615)
    pilot.rest()


def assigned(pilot: Pilot) -> None:
    from geo.model.command import Zone
    from geo.model.entity import Kind

    pilot.bench.show_workspace("plan")
    pilot.look_at(*PREAH_SIHANOUK)
    zone = next(z for z in pilot.project.all(Zone) if z.units and z.priority == 2)
    pilot.bench.show_row(Kind.ZONE, zone.id)
    pilot.rest(0.5)
    pilot.settle()


def operate(pilot: Pilot) -> None:
    pilot.bench.show_workspace("operate")
    pilot.look_at(*PREAH_SIHANOUK)


def held(pilot: Pilot) -> None:
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.toggle_held()
    pilot.rest(0.4)


def report(pilot: Pilot) -> None:
    pilot.bench.show_workspace("report")
    pilot.look_at(*PREAH_SIHANOUK)


def tables(pilot: Pilot) -> None:
    sites(pilot)
    pilot.bench.toggle_drawer()
    pilot.rest(0.5)
    pilot.settle()


def search(pilot: Pilot) -> None:
    from PySide6.QtTest import QTest

    sites(pilot)
    box = pilot.bench.top.search
    pilot.window.activateWindow()
    box.setFocus()
    QTest.keyClicks(box, "lotus")
    pilot.wait(box.results.isVisible, "findings")
    pilot.rest()


def undo(pilot: Pilot) -> None:
    from geo.model.command import Zone

    pilot.bench.show_workspace("plan")
    zone = next(z for z in pilot.project.all(Zone) if not z.units)  # of the draft
    west, south, east, north = zone.outline.bounds
    pilot.look_at(west - 0.03, south - 0.03, east + 0.03, north + 0.03)
    pilot.bench.zones.reshape(zone.id, zone.outline.buffer(-0.002))
    pilot.wait(lambda: not pilot.window.session.busy, "the edit")
    pilot.rest()


def decide(pilot: Pilot) -> None:
    from geo.model.entity import Kind

    sites(pilot)
    table = pilot.project.table(Kind.SITE)
    chosen = next(
        i for i, s in zip(table.ids, table["legal_status"], strict=True) if s == "under_review"
    )
    pilot.bench.show_row(Kind.SITE, str(chosen))
    pilot.bench.edits.decide(str(chosen))
    pilot.rest(0.5)
    pilot.settle()


def team(pilot: Pilot) -> None:
    from geo.model.command import Team

    pilot.bench.show_workspace("plan")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.edits.edit_team(pilot.project.all(Team)[0].id)
    pilot.rest()


SCENES = {
    "map-preah-sihanouk": sites,
    "dossier": dossier,
    "border-poipet": border,
    "country": country,
    "zone-being-drawn": drawing,
    "team-assigned": assigned,
    "operate": operate,
    "held-now": held,
    "report": report,
    "tables": tables,
    "search": search,
    "undo": undo,
    "decide": decide,
    "team": team,
}
