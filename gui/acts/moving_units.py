"""Moving units between the zones of a split: the tool, its page, and one edit at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from geo.edit.verbs import Verb
from geo.errors import CancelledError, InputError
from geo.model.command import Zone
from geo.model.entity import Kind
from gui.models.split_words import note_lines, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.split.rebalance import Rebalance
    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from geo.model.entity import Area
    from geo.progress import Progress
    from geo.project import Project
    from gui.acts.split import SplitActs
    from gui.panels.split_moves import MovesPage
    from gui.tasks.runner import Task
    from gui.tools.rebalance import RebalanceTool
    from layers.zone_units import Rings, UnitShapes


class MovingUnits(QObject):
    """Begins with what the zones weigh, which the worker process counts, and ends with an edit.

    Attributes:
        tool: The tool in hand, or None.
    """

    def __init__(self, acts: SplitActs) -> None:
        super().__init__(acts)
        self._acts, self._desk, self._bench = acts, acts.desk, acts.bench
        self.tool: RebalanceTool | None = None
        self._page: MovesPage | None = None
        self._task: Task | None = None
        self._zones: tuple[Zone, ...] = ()
        self._zone_id = ""
        self._looks: tuple[object, ...] = ()
        self._names: dict[str, tuple[str, str]] = {}
        self._edges: dict[int, tuple[Area, Rings, tuple[float, float]]] = {}

    def furnish(self, page: MovesPage) -> None:
        """Serve a page."""
        self._page = page
        page.undo_asked.connect(self._bench.tools.undo)
        page.take_asked.connect(lambda: self.tool.finish() if self.tool is not None else None)
        page.lock_asked.connect(self._lock)
        page.again_asked.connect(lambda: self.begin(self._zone_id))

    # --- beginning ------------------------------------------------------------------------------

    def begin(self, zone_id: str = "") -> None:
        """Weigh the zones of an operation and take the tool."""
        project = self._desk.session.project
        if project is None or not self._acts.may(Verb.REBALANCE):
            return
        self._zone_id = zone_id or self._desk.selection.one(Kind.ZONE)
        zones = zones_of_units(project, self._zone_id, self._desk.moment.duty.operation_id)
        if len(zones) < 2:  # noqa: PLR2004 - a unit goes from one to another
            self._desk.toast.fail(InputError("error.split.no_zones"))
            return
        side = self._acts.side
        self._acts.close()
        self._zones = zones
        weights, computer = side.split.form.weights.weights(), self._desk.computing.computer()

        def work(progress: Progress) -> tuple[Rebalance, UnitShapes]:
            from geo.analysis.split.job import weigh
            from geo.analysis.split.order import order_rebalance
            from geo.analysis.split.rebalance import begin
            from layers.zone_units import UnitShapes

            given, wanted = order_rebalance(project, zones, weights, progress)
            units, zone, load = computer.run(weigh, given, wanted, progress=progress)
            state = begin(
                units, load, zone, zone_ids=[z.id for z in zones], names=[z.name for z in zones]
            )
            return state, UnitShapes(list(units.outlines))

        def done(made: tuple[Rebalance, UnitShapes]) -> None:
            if task is self._task:
                self._task = None
                self._hold(project, *made)

        def failed(error: PlanError) -> None:
            if task is self._task:
                self._task = None
                if isinstance(error, CancelledError):
                    self._acts.close()
                else:
                    side.moves.show_error(error)

        task = self._task = self._desk.runner.run(work, done, failed)
        side.moves.show_loading(task)
        side.open(side.moves)
        self._bench.side.slide_to(0)

    def _hold(self, project: Project, state: Rebalance, shapes: UnitShapes) -> None:
        from gui.tools.rebalance import RebalanceTool

        self._names = _names_of(state)
        self._edges.clear()
        tool = RebalanceTool(state, shapes, _reasons(self._zones), _kept(self._zones))
        tool.keep_asked.connect(self._keep)
        tool.moved.connect(self.paint)
        tool.stepped.connect(self.paint)
        tool.finished.connect(self._take)
        tool.left.connect(self._left)
        self._bench.tools.hold(tool)
        self.tool = tool
        self._bench.map.canvas.setFocus()
        self._acts.hide_zones(True)
        self._show(project)
        self._acts.look_at([zone.outline for zone in self._zones])

    def _show(self, project: Project) -> None:
        if self._page is None or self.tool is None:
            return
        reasons = _reasons(self._zones)
        lockable = {n for n, z in enumerate(self._zones) if _movable(z)}
        colours = [zone.colour for zone in self._zones]
        self._page.show_tool(self.tool, colours, reasons, lockable)
        self._page.say_rights(project)
        self.paint()

    # --- while units move -----------------------------------------------------------------------

    def paint(self) -> None:
        """Show the zones and the figures as they are now."""
        tool = self.tool
        if tool is None or self._page is None:
            return
        import numpy as np

        from layers.zone_units import ShownZones, shares

        state = tool.shown
        deviation = state.figures().deviation.tolist()
        edges = [self._edge(state, zone) for zone in range(len(state.zone_ids))]
        lines = note_lines(tool, self._names)
        at = tool.at or self._pixel(tool)
        self._acts.overlay.show_zones(
            ShownZones(
                shapes=tool.shapes,
                zone=state.zone,
                share=shares(state.load.total),
                colours=tuple(zone.colour for zone in self._zones),
                names=tuple(zip(state.names, map(percent, deviation), strict=True)),
                edges=tuple(rings for _, rings, _ in edges),
                places=np.array([place for _, _, place in edges]),
                locked=frozenset(_reasons(self._zones)),
                kept=frozenset(map(state.unit_at, sorted(tool.kept))),
                chosen=tool.in_hand if tool.dragging else tool.chosen,
                focus=None if tool.dragging else tool.focus,
                target=tool.target,
                refused=tool.error is not None,
                note=(lines, *at) if lines and at is not None else None,
            )
        )
        looks = (state, tool.target, tool.error, tool.can_undo)
        if looks != self._looks:  # most moves of the pointer change no figure
            self._looks = looks
            self._page.refresh()

    def _edge(self, state: Rebalance, zone: int) -> tuple[Area, Rings, tuple[float, float]]:
        from layers.zone_units import places_of, rings_of

        outline = state.outline(zone)
        kept = self._edges.get(zone)
        if kept is None or kept[0] is not outline:
            x, y = places_of([outline])[0].tolist()
            kept = self._edges[zone] = (outline, rings_of(outline), (x, y))
        return kept

    def _pixel(self, tool: RebalanceTool) -> tuple[float, float] | None:
        """Return where the unit is that the keyboard is at."""
        if tool.focus is None:
            return None
        middle = tool.shapes.middle[[tool.focus]]
        x, y = self._bench.map.canvas.view.mercator_to_pixel(middle)[0].tolist()
        return x, y

    def plan_changed(self, edit: Edit) -> None:
        """Follow locks; end where the zones themselves were changed elsewhere."""
        project = self._desk.session.project
        if self.tool is None or project is None or Kind.ZONE not in edit.kinds():
            return
        now = [project.find(Zone, zone.id) for zone in self._zones]
        if any(
            n is None or n.units != z.units or n.operation_id != z.operation_id
            for n, z in zip(now, self._zones, strict=True)
        ):
            if edit.verb is not Verb.REBALANCE or edit.params.get("count") != self.tool.count:
                self._desk.toast.tell("split.move.changed")
            self._acts.close()
            return
        self._zones = tuple(zone for zone in now if zone is not None)
        self.tool.reasons = _reasons(self._zones)
        self.tool.kept = _kept(self._zones)
        self._show(project)

    def pending(self, zone_id: str) -> bool:
        """Tell whether units of a zone were moved and not taken over yet."""
        tool = self.tool
        return tool is not None and zone_id in {tool.first.zone_ids[n] for n in tool.changed}

    def _lock(self, zone: int, locked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._acts.lock(self._zones[zone].id, locked)

    def _keep(self, units: tuple[int, ...], kept: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Lock units in their zones, or unlock them: one act, be they of several."""
        from geo.edit.kept_units import keep_in_zones

        tool = self.tool
        if tool is None or not self._acts.may(Verb.KEEP_UNITS):
            return
        by_zone: dict[str, list[str]] = {}
        for unit in units:
            zone = self._zones[int(tool.now.zone[unit])]
            by_zone.setdefault(zone.id, []).append(tool.now.units.ids[unit])
        tool.chosen = frozenset()
        self._desk.session.do(lambda plan: keep_in_zones(plan, by_zone, kept=kept), self._acts.tell)

    # --- the end --------------------------------------------------------------------------------

    def _take(self, changed: Mapping[str, Any]) -> None:
        from geo.edit.splitting import rebalance_zones

        if not self._acts.may(Verb.REBALANCE):
            return

        def done(edit: Edit) -> None:
            self._acts.close()
            self._acts.tell(edit)

        self._desk.session.do(lambda plan: rebalance_zones(plan, changed), done)

    def _left(self) -> None:
        """The tool was put away, by Esc or for another one: nothing is taken over."""
        if self.tool is not None:
            self.tool = None
            self._acts.close()

    def stop(self) -> None:
        """Let go of the tool, and of what is being weighed."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.tool = None
        self._edges.clear()


def zones_of_units(project: Project, zone_id: str, operation_id: str) -> tuple[Zone, ...]:
    """Return the zones between which units can move: one operation's, all of the same units."""
    from geo.model.vocabulary import ZoneState

    made = [z for z in project.all(Zone) if z.units and z.state is not ZoneState.CANCELLED]
    first = next((z for z in made if z.id == zone_id), None)
    if first is None:
        mine = [z for z in made if z.operation_id == operation_id]
        first = mine[0] if mine else (made[0] if made and not operation_id else None)
    if first is None:
        return ()
    # Communes have six digits, hexagons fifteen: zones of both were not split together.
    same = [
        z
        for z in made
        if z.operation_id == first.operation_id and len(z.units[0]) == len(first.units[0])
    ]
    return tuple(sorted(same, key=lambda z: (z.priority, z.name)))


def _movable(zone: Zone) -> bool:
    from geo.edit.kept_units import MOVABLE

    return zone.state in MOVABLE


def _reasons(zones: tuple[Zone, ...]) -> dict[int, PlanError]:
    """Return why zones neither give nor take, by their place in the list."""
    reasons: dict[int, PlanError] = {}
    for number, zone in enumerate(zones):
        if zone.locked:
            reasons[number] = InputError("error.split.locked", name=zone.name)
        elif not _movable(zone):
            reasons[number] = InputError("error.split.coordinated", name=zone.name)
    return reasons


def _kept(zones: tuple[Zone, ...]) -> frozenset[str]:
    return frozenset(unit for zone in zones for unit in zone.kept)


def _names_of(state: Rebalance) -> dict[str, tuple[str, str]]:
    from geo.analysis.split.units import UnitKind
    from geo.gazetteer import Gazetteer

    if state.units.kind is not UnitKind.COMMUNE:
        return {}
    known = Gazetteer.load()
    found = {code: known.unit(code) for code in state.units.ids}
    return {code: (unit.name_en, unit.name_km) for code, unit in found.items() if unit is not None}
