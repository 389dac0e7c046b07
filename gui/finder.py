"""What the search field finds: commands, rows of the plan, places, positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from geo.errors import InputError
from geo.model.entity import Kind
from gui import facts, i18n
from gui.actions import COMMANDS
from gui.i18n import tr
from gui.models.faces import site_title
from gui.places import UnitPlaces
from gui.widgets.search import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.gazetteer import Gazetteer, Hit
    from geo.model.table import Table
    from geo.project import Project
    from geo.search import Found, PlanIndex
    from gui.actions import Actions
    from gui.navigator import Navigator
    from gui.panels.base import Desk
    from gui.tasks.runner import Task

LATER_MS = 600
EACH = 6
"""How many findings of one sort are shown."""
MIN_LETTERS = 2
AT_ONCE_ROWS = 5_000
"""So many rows are indexed while the user waits; more, on a worker thread beforehand."""
ICONS = {
    Kind.ZONE: ("polygon", "panel.zone.kind"),
    Kind.TEAM: ("users-group", "panel.team.kind"),
    Kind.OPERATION: ("flag", "vocab.Kind.operation"),
    Kind.CROSSING: ("barrier-block", "panel.crossing.kind"),
    Kind.SITE: ("building-store", "panel.column.site"),
    Kind.LICENCE: ("certificate", "vocab.Kind.licence"),
    Kind.ALLEGATION: ("triangle", "vocab.Kind.allegation"),
    Kind.PERSON_REF: ("user-question", "panel.person.kind"),
}


class Finder:
    """Searches everything that can be gone to or done.

    Args:
        desk: Its session says when the plan changed, its runner makes the index.
        actions: The commands.
        go_to_row: Shows a row of the plan (kind, id).
        navigator: Moves the map to a place.
    """

    def __init__(
        self,
        desk: Desk,
        actions: Actions,
        go_to_row: Callable[[Kind, str], object],
        navigator: Navigator,
    ) -> None:
        self._desk = desk
        self._actions = actions
        self._go_to_row = go_to_row
        self._navigator = navigator
        self.gazetteer: Gazetteer | None = None
        self._index: PlanIndex | None = None
        self._task: Task | None = None
        self._units = UnitPlaces()
        # The index waits until the panels and the map, which everybody looks at, have been renewed.
        self._later = QTimer(desk.session, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._renew)
        desk.session.opened.connect(self._later.start)
        desk.session.changed.connect(lambda _edit: self._later.start())
        desk.session.closed.connect(self._forget)

    def find(self, project: Project | None, wanted: str) -> list[Finding]:
        """Return what fits; without a text, the commands."""
        found: list[Finding] = []
        if len(wanted) >= MIN_LETTERS:
            found += self._positions(wanted)
            if project is not None:
                found += self._rows(project, wanted)
            found += self._places(project, wanted)
        return [*found, *self._commands(wanted.casefold())]

    # --- the index of the plan's rows -----------------------------------------------------------

    def _forget(self) -> None:
        self._index = None
        if self._task is not None:
            self._task.cancel()

    def _renew(self) -> None:
        """Index the plan as it is now, unless no name changed; on a worker thread."""
        from geo.search import PlanIndex

        project = self._desk.session.project
        if project is None or self._task is not None:
            return
        tables, old = _tables(project), self._index
        if old is not None and old.fits(tables):
            return
        self._task = self._desk.runner.run(
            lambda progress: PlanIndex.of(tables, old, progress), self._take, lambda _error: None
        )
        self._task.ended.connect(self._ended)

    def _take(self, index: PlanIndex) -> None:
        self._index = index

    def _ended(self) -> None:
        self._task = None
        self._renew()  # the plan may have changed meanwhile

    def _current(self, project: Project) -> PlanIndex | None:
        """Return the index; of a big plan that of a moment ago, rather than make anybody wait."""
        from geo.search import PlanIndex

        tables = _tables(project)
        if self._index is not None and self._index.fits(tables):
            return self._index
        if sum(map(len, tables.values())) <= AT_ONCE_ROWS:
            self._index = PlanIndex.of(tables, self._index)
        return self._index

    # --- what is found --------------------------------------------------------------------------

    def _rows(self, project: Project, wanted: str) -> list[Finding]:
        index = self._current(project)
        if index is None:
            return []
        found = [hit for hits in index.find(wanted, EACH).values() for hit in hits]
        there = [hit for hit in found if hit.id in project.table(hit.kind)]
        there.sort(key=lambda hit: not hit.exact)
        return [self._row(project, hit) for hit in there]

    def _row(self, project: Project, hit: Found) -> Finding:
        table = project.table(hit.kind)
        icon, code = ICONS[hit.kind]
        title, second = _words(table, table.index[hit.id])
        second = " · ".join(part for part in (tr(code), second) if part)
        return Finding(icon, title, second, lambda: self._go(hit.kind, hit.id))

    def _go(self, kind: Kind, entity_id: str) -> None:
        """Show a row; a licence by the site that it is for, or where it was registered."""
        project = self._desk.session.project
        if project is None or entity_id not in project.table(kind):
            return
        row = project.table(kind).row(entity_id)
        if kind is Kind.OPERATION:
            zones = project.table(Kind.ZONE)
            of_it = [str(i) for i in zones.ids[zones["operation_id"] == entity_id]]
            self._desk.selection.select(Kind.ZONE, of_it, zoom=True)
        elif kind is Kind.PERSON_REF:  # who has no place is not looked for on the map
            self._desk.selection.select(kind, [entity_id])
        elif kind is not Kind.LICENCE:
            self._go_to_row(kind, entity_id)
        elif row["site_id"]:
            self._go_to_row(Kind.SITE, str(row["site_id"]))
        elif (bounds := facts.bounds_of(project, kind, (entity_id,))) is not None:
            self._navigator.show_bounds(*bounds)
        else:
            self._desk.toast.tell("window.search.licence_nowhere", number=str(row["number"]))

    def _commands(self, needle: str) -> list[Finding]:
        found = []
        for command in COMMANDS:
            action = self._actions[command.name]
            words = tr(f"action.{command.name}")
            if action.isEnabled() and action.isVisible() and needle in words.casefold():
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
                lambda: self._navigator.show_place(lon, lat, 2.0),
            )
        ]

    def _places(self, project: Project | None, wanted: str) -> list[Finding]:
        if self.gazetteer is None:
            return []
        self._units.follow(project, self.gazetteer)
        return [self._place(hit) for hit in self.gazetteer.find(wanted, EACH)]

    def _place(self, hit: Hit) -> Finding:
        within = ", ".join(i18n.name_of(u.name_km, u.name_en) for u in hit.within[:2])
        level = tr(f"window.place.{hit.kind}")
        parts = [level, within] if within else [level]
        bounds, shown = self._units.bounds_of(hit)
        if shown is not None:
            parts.append(
                tr("window.search.shows", place=i18n.name_of(shown.name_km, shown.name_en))
            )
        return Finding(
            "map-pin",
            i18n.name_of(hit.name_km, hit.name_en),
            " · ".join(parts),
            lambda: self._navigator.show_bounds(*bounds) if bounds is not None else None,
        )


def _tables(project: Project) -> Mapping[Kind, Table]:
    from geo.search import FIELDS

    return {kind: project.table(kind) for kind in FIELDS}


def _words(table: Table, position: int) -> tuple[str, str]:
    """Return a row's name, and what else tells it from others of that name."""

    def of(name: str) -> str:
        return str(table[name][position] or "")

    if table.kind is Kind.SITE:
        return site_title(table, position), of("code")
    if table.kind is Kind.CROSSING:
        return i18n.name_of(of("name_km"), of("name_en")), of("opposite")
    if table.kind is Kind.LICENCE:
        return of("number"), of("business") or of("holder")
    if table.kind is Kind.ALLEGATION:
        return of("reference"), ""
    if table.kind is Kind.PERSON_REF:
        return of("pseudonym"), ""
    return of("name"), of("lead") if table.kind is Kind.TEAM else ""
