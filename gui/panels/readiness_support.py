"""Ambulances and fire trucks, below the map: where they wait and how far they are from a zone."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidgetItem

from geo.edit.verbs import Verb
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind
from gui import i18n, icons, theme
from gui.i18n import tr
from gui.panels.base import Desk, Panel
from gui.panels.operation_next import looked_at
from gui.rights import permit, why_not
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, column, row
from gui.widgets.line_table import LineTable
from gui.widgets.states import StateView
from gui.widgets.texts import Elided, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from geo.errors import PlanError
    from geo.model.command import Operation
    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from gui.tasks.runner import Task

Drives = dict[str, tuple[float, int]]
"""Of each unit the minutes to the worst place of a zone, and how many are allowed."""

COLUMNS: Final = ("kind", "name", "contact", "place", "minutes")
ICONS: Final = {VehicleKind.AMBULANCE: "ambulance", VehicleKind.FIRE_TRUCK: "firetruck"}


class SupportPage(Panel):
    """The support units of the plan, with the drive to the zone that is selected.

    Attributes:
        closed: The user closes the page.
        unit_ids: Of the rows, from the top.
    """

    closed = Signal()
    wanted_px = 240

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.unit_ids: list[str] = []
        self._zone_id = ""
        self._drives: Drives = {}
        self._asked: tuple[Zone | None, Operation | None] = (None, None)
        self._seen: tuple[Table, ...] = ()
        self._task: Task | None = None
        self.hint = Elided(role="caption")
        self.add = Button("command.support.add", "plus", look="primary")
        self.edit = Button("command.support.edit", "edit")
        self.place = Button("command.support.move", "map-pin")
        self.remove = Button("command.support.delete", "trash")
        self.table = self._table()
        self.states = StateView(boxed(column(self.table)))
        self.box.addLayout(self._head())
        self.box.addWidget(self.states, 1)
        ask = desk.intents.ask
        self.add.clicked.connect(lambda: ask("support.add"))
        acts = {"edit": self.edit, "move": self.place, "delete": self.remove}
        for name, button in acts.items():
            button.clicked.connect(lambda _c=False, n=name: ask(f"support.{n}", self.chosen_id))
        desk.moment.changed.connect(self.mark_stale)
        desk.selection.changed.connect(self.mark_stale)
        desk.session.closed.connect(self._forget)
        theme.on_theme(self, self.mark_stale)

    def _head(self) -> QHBoxLayout:
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        title = Text("command.support", role="heading")
        head = row(
            title, 8, self.hint, self.add, self.edit, self.place, self.remove, close, margin=8
        )
        head.setStretch(2, 1)
        return head

    def _table(self) -> LineTable:
        heads = [f"command.support.column.{name}" for name in COLUMNS]
        table = LineTable("command.support", heads, wide=1)
        table.opened.connect(self.edit.click)
        return table

    @property
    def chosen_id(self) -> str:
        """Id of the unit that is selected, or empty."""
        at = self.table.currentRow()
        return self.unit_ids[at] if 0 <= at < len(self.unit_ids) else ""

    def refresh(self, project: Project) -> None:
        operation = looked_at(project, self.desk.moment.duty.operation_id)
        zone_id = self.desk.selection.one(Kind.ZONE)
        zone = project.find(Zone, zone_id) if zone_id else None
        self.hint.setText(
            tr("command.support.to_zone", zone=zone.name) if zone else tr("command.support.hint")
        )
        permit(self.add, project, Verb.ADD_SUPPORT)
        permit(self.edit, project, Verb.EDIT_SUPPORT)
        permit(self.place, project, Verb.EDIT_SUPPORT)
        permit(self.remove, project, Verb.DELETE_SUPPORT)
        # Of another zone another unit is the nearest.
        chosen = self.chosen_id if zone_id == self._zone_id else ""
        self._zone_id = zone_id
        self._look(project, operation, zone)
        self._show(project, chosen)

    def _show(self, project: Project, chosen: str) -> None:
        """Show the units with the drives that are known."""
        minutes = self._drives
        units = sorted(
            project.all(SupportUnit),
            key=lambda u: (minutes.get(u.id, (0.0, 0))[0], u.kind.value, u.name),
        )
        for button in (self.edit, self.place, self.remove):
            button.setVisible(bool(units))
        self.unit_ids = [u.id for u in units]
        if not units:
            may = not why_not(project, Verb.ADD_SUPPORT)[0]
            self.states.show_empty(
                "command.support.none",
                "command.support.none_next",
                icon="ambulance",
                button="command.support.add",
                press=(lambda: self.desk.intents.ask("support.add")) if may else None,
            )
            return
        unknown = "…" if self._task is not None else "–"
        self.table.setRowCount(len(units))
        for at, unit in enumerate(units):
            for place, item in enumerate(_items(unit, minutes, unknown)):
                self.table.setItem(at, place, item)
        at = self.unit_ids.index(chosen) if chosen in self.unit_ids else 0
        self.table.setCurrentCell(at, 0)
        self.states.show_full()

    # --- how far they are -----------------------------------------------------------------------

    def _forget(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self._drives = None, {}
        self._asked, self._seen = (None, None), ()

    def _look(self, project: Project, operation: Operation | None, zone: Zone | None) -> None:
        """Find the drives on a worker, if they are asked of anything else than last time."""
        tables = tuple(project.table(kind) for kind in (Kind.SITE, Kind.SUPPORT_UNIT))
        old_zone, old_operation = self._asked
        seen = len(self._seen) == len(tables) and all(map(is_, tables, self._seen))
        if seen and (zone, operation) == (old_zone, old_operation):
            return
        # Of the same zone what was known stays shown until it is known anew.
        same = zone is not None and old_zone is not None and zone.id == old_zone.id
        known = self._drives if same else {}
        self._forget()
        self._asked, self._seen, self._drives = (zone, operation), tables, known
        if zone is None:
            return
        from geo.clock import today
        from layers.read_only import ShownPlan

        still = ShownPlan(project, {}, today())

        def done(found: Drives) -> None:
            if task is self._task:
                self._drives = found
                self._ended()

        def failed(_error: PlanError) -> None:
            if task is self._task:
                self._ended()

        task = self._task = self.desk.runner.run(
            lambda progress: drives(still, operation, zone, progress), done, failed
        )

    def _ended(self) -> None:
        self._task = None
        project = self.project
        if project is not None:
            self._show(project, self.chosen_id)


def drives(project: Project, operation: Operation | None, zone: Zone, progress: Progress) -> Drives:
    """Return the minutes of each unit to the worst place of a zone, and how many are allowed."""
    from geo.analysis.readiness.inside import exact_rows, inside
    from geo.analysis.readiness.support import reaches
    from geo.analysis.readiness.travel import far_places
    from geo.model.command import Operation

    own = project.find(Operation, zone.operation_id) or operation
    if own is None:
        return {}
    sites = project.table(Kind.SITE)
    (rows,) = inside(sites, [zone.outline], exact_rows(sites), progress).rows
    places = far_places(zone.outline, sites["lon"][rows], sites["lat"][rows])
    return {
        drive.unit.id: (drive.minutes, reach.limit)
        for reach in reaches(project, places, own.limits)
        for drive in reach.drives
    }


def _items(unit: SupportUnit, drives: Drives, unknown: str) -> list[QTableWidgetItem]:
    from geo.analysis.readiness.travel import whole

    minutes, limit = drives.get(unit.id, (None, 0))
    words = unknown if unit.point is not None else "–"
    if minutes is not None:
        code = "command.support.minutes" if minutes <= limit else "command.support.too_far"
        words = tr(code, n=i18n.number(whole(minutes)), limit=i18n.number(limit))
    place = "–"
    if unit.point is not None:
        place = i18n.digits(f"{unit.point.lat:.4f}, {unit.point.lon:.4f}")
    texts = (i18n.label(unit.kind), unit.name, unit.contact or "–", place, words)
    items = [QTableWidgetItem(text) for text in texts]
    items[0].setIcon(icons.icon(ICONS.get(unit.kind, "truck"), theme.current().text))
    if minutes is not None and minutes > limit:
        items[4].setIcon(icons.icon("alert-triangle", theme.current().warning))
    return items
