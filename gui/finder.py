"""What the search field finds: commands, rows of the plan, places, positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.model.command import Team, Zone
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from gui import i18n
from gui.actions import COMMANDS
from gui.i18n import tr
from gui.models.faces import site_title
from gui.widgets.search import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.gazetteer import Gazetteer, Hit
    from geo.project import Project
    from gui.actions import Actions

EACH = 6
"""How many findings of one sort are shown."""
REACH_KM = {"province": 60.0, "district": 20.0, "commune": 6.0, "village": 2.0, "place": 3.0}
MIN_LETTERS = 2


class Finder:
    """Searches everything that can be gone to or done.

    Args:
        actions: The commands.
        go_to_row: Shows a row of the plan (kind, id).
        go_to_place: Shows a place (lon, lat, radius in km).
    """

    def __init__(
        self,
        actions: Actions,
        go_to_row: Callable[[Kind, str], object],
        go_to_place: Callable[[float, float, float], object],
    ) -> None:
        self._actions = actions
        self._go_to_row = go_to_row
        self._go_to_place = go_to_place
        self.gazetteer: Gazetteer | None = None

    def find(self, project: Project | None, wanted: str) -> list[Finding]:
        """Return what fits; without a text, the commands."""
        needle = wanted.casefold()
        found: list[Finding] = []
        if len(wanted) >= MIN_LETTERS:
            found += self._positions(wanted)
            if project is not None:
                found += self._rows(project, needle)
            found += self._places(wanted)
        return [*found, *self._commands(needle)]

    def _commands(self, needle: str) -> list[Finding]:
        found = []
        for command in COMMANDS:
            action = self._actions[command.name]
            words = tr(f"action.{command.name}")
            if action.isEnabled() and needle in words.casefold():
                found.append(
                    Finding(command.icon or "player-play", words, command.keys, action.trigger)
                )
        return found[: EACH if needle else len(found)]

    def _positions(self, wanted: str) -> list[Finding]:
        if not any(c.isdigit() for c in wanted):
            return []
        from geo import crs

        try:
            lon, lat = crs.parse(wanted)
        except InputError:
            return []
        words = crs.format_decimal(lon, lat, khmer_digits=i18n.language() == "km")
        return [
            Finding(
                "map-pin",
                words,
                tr("window.search.position"),
                lambda: self._go_to_place(lon, lat, 2.0),
            )
        ]

    def _rows(self, project: Project, needle: str) -> list[Finding]:
        found: list[Finding] = []
        for rows in (
            self._named(Kind.ZONE, "polygon", project.all(Zone), needle),
            self._named(Kind.TEAM, "users-group", project.all(Team), needle),
            self._crossings(project, needle),
            self._sites(project, needle),
        ):
            found += [finding for finding, _ in zip(rows, range(EACH), strict=False)]
        return found

    def _named(
        self, kind: Kind, icon: str, entities: tuple[Zone, ...] | tuple[Team, ...], needle: str
    ) -> Iterator[Finding]:
        code = "panel.zone.kind" if kind is Kind.ZONE else "panel.team.kind"
        for entity in entities:
            if needle in entity.name.casefold():
                yield Finding(icon, entity.name, tr(code), self._to_row(kind, entity.id))

    def _crossings(self, project: Project, needle: str) -> Iterator[Finding]:
        for crossing in project.all(BorderCrossing):
            if needle in f"{crossing.name_en} {crossing.name_km} {crossing.opposite}".casefold():
                name = i18n.name_of(crossing.name_km, crossing.name_en)
                yield Finding(
                    "building-community",
                    name,
                    tr("panel.crossing.kind"),
                    self._to_row(Kind.CROSSING, crossing.id),
                )

    def _sites(self, project: Project, needle: str) -> Iterator[Finding]:
        table = project.table(Kind.SITE)
        names = zip(
            table["name_en"], table["name_km"], table["name_zh"], table["code"], strict=True
        )
        for position, parts in enumerate(names):
            if any(needle in part.casefold() for part in parts if part):
                yield Finding(
                    "building-store",
                    site_title(table, position),
                    str(table["code"][position] or tr("panel.column.site")),
                    self._to_row(Kind.SITE, str(table.ids[position])),
                )

    def _places(self, wanted: str) -> list[Finding]:
        if self.gazetteer is None:
            return []
        hits = [hit for hit in self.gazetteer.find(wanted, 3 * EACH) if hit.lon is not None]
        return [self._place(hit) for hit in hits[:EACH]]

    def _place(self, hit: Hit) -> Finding:
        within = ", ".join(i18n.name_of(u.name_km, u.name_en) for u in hit.within[:2])
        level = tr(f"window.place.{hit.kind}")
        lon, lat = hit.lon or 0.0, hit.lat or 0.0
        return Finding(
            "map-pin",
            i18n.name_of(hit.name_km, hit.name_en),
            f"{level} · {within}" if within else level,
            lambda: self._go_to_place(lon, lat, REACH_KM.get(hit.kind, 3.0)),
        )

    def _to_row(self, kind: Kind, entity_id: str) -> Callable[[], object]:
        return lambda: self._go_to_row(kind, entity_id)
