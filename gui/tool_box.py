"""The tools of the map: which one is in hand and what becomes of what it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from geo.errors import InputError, NotAllowedError, PlanError
from geo.model.command import Zone
from geo.model.entity import Kind
from gui.rights import demand
from gui.tool_list import BY_NAME
from gui.tool_reasons import reason, selected_sites
from gui.tools.drawing import DrawingTool
from gui.tools.options import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.model.entity import Area
    from geo.project import Project
    from gui.acts.zones import ZoneActs
    from gui.panels.base import Desk
    from gui.panels.map_area import MapArea
    from gui.tools.options import ToolOptions
    from gui.tools.tool import MapTool

REST_MS = 150


class ToolBox(QObject):
    """Makes a tool when it is taken and puts it away afterwards.

    Attributes:
        name: The tool in hand.
        tool: The tool itself.
        options: What is switched on for all of them.
        boundaries_asked: The user wants to load the boundaries that a tool lacks.
    """

    boundaries_asked = Signal()

    def __init__(self, desk: Desk, area: MapArea, zones: ZoneActs) -> None:
        super().__init__(area)
        self._desk, self._area, self._zones = desk, area, zones
        self.options: ToolOptions = area.options
        self.name = ""
        self.tool: MapTool | None = None
        zones.drawn.connect(lambda _zone_id: self.take("select"))
        zones.changed.connect(lambda _zone_id: self.take("select"))
        zones.overlapped.connect(self._overlapped)
        desk.selection.changed.connect(area.palette_box.refresh)
        # What the pointer asks at every move is made before it asks, and off this thread.
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self._make_ready)
        self.options.changed.connect(self._resting.start)
        area.canvas.view_changed.connect(self._rest)

    def take(self, name: str) -> None:
        """Take a tool of `gui.tool_list.TOOLS`; what cannot be taken now says why."""
        kind, project = BY_NAME[name], self._desk.session.project
        if kind.verb is not None and project is not None:
            try:
                demand(project, kind.verb)
            except NotAllowedError as error:
                self._desk.toast.fail(error)
                name = "select"
        why, params = reason(BY_NAME[name], self._desk)
        if why and project is not None:
            self._refuse(why, params)
            return
        self._put_away()
        self._hold(name, self._make(name, project))

    def edit_zone(self, zone_id: str) -> None:
        """Change the outline of a zone corner by corner."""
        project = self._desk.session.project
        if project is None or project.find(Zone, zone_id) is None:
            self._refuse("window.error.choose_zone", {})
            return
        self._desk.selection.select(Kind.ZONE, [zone_id])
        self.take("edit_vertices")

    def hold(self, tool: MapTool) -> None:
        """Take a tool that has no button of its own, such as the one that places a point."""
        self._put_away()
        self._hold("", tool)

    def _rest(self) -> None:
        if self.options.tracing:
            self._resting.start()

    def _make_ready(self) -> None:
        tool, canvas = self.tool, self._area.canvas
        if not isinstance(tool, DrawingTool) or self._desk.session.project is None:
            return
        request, tracing = canvas.request(), self.options.tracing and Option.TRACING in tool.heeds
        self._desk.runner.run(
            lambda _progress: canvas.make_ready(request, tracing=tracing),
            lambda _done: None,
            lambda _error: None,  # it is told when the pointer asks
        )

    # --- steps ----------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step of a drawing back, or else the last edit of the plan."""
        if self.tool is not None and self.tool.can_undo:
            self.tool.undo()
        else:
            self._desk.session.undo()

    def redo(self) -> None:
        """Put a step of a drawing back, or else the last edit that was taken back."""
        if self.tool is not None and self.tool.can_redo:
            self.tool.redo()
        else:
            self._desk.session.redo()

    # --- tools ----------------------------------------------------------------------------------

    def _refuse(self, why: str, params: dict[str, object]) -> None:
        self._area.show_tool(self.name or "select")
        if why == "tool.why.no_units":
            self._desk.toast.tell(why, button="action.boundaries", press=self.boundaries_asked.emit)
        else:
            self._desk.toast.fail(InputError(why, **params))

    def _hold(self, name: str, tool: MapTool) -> None:
        self.name, self.tool = name, tool
        tool.options = self.options
        tool.readout_changed.connect(self._area.set_readout)
        tool.refused.connect(lambda code: self._desk.toast.fail(InputError(code)))
        self._area.canvas.set_tool(tool)
        self._area.set_hint(tool.hint)
        self._area.show_tool(name)
        self._area.strip.show_for(tool)
        self._make_ready()
        if name not in {"", "select"}:
            self._area.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        self._area.set_readout("")
        self._area.strip.show_for(None)
        if self.tool is not None:
            old, self.tool = self.tool, None
            old.deleteLater()

    def _make(self, name: str, project: Project | None) -> MapTool:
        if name == "measure":
            from gui.tools.measure import MeasureTool

            return MeasureTool()
        if name.startswith("draw_") and project is not None:
            return self._drawing(name, project)
        zone_id = self._desk.selection.one(Kind.ZONE)
        zone = project.find(Zone, zone_id) if project is not None and zone_id else None
        if project is not None and zone is not None and BY_NAME[name].family == "change":
            return self._changing(name, project, zone)
        from gui.tools.select import PanTool, SelectTool

        return PanTool() if name == "pan" else SelectTool()

    def _drawing(self, name: str, project: Project) -> MapTool:
        from gui.tools.around_sites import AroundSitesTool
        from gui.tools.drag_shapes import CircleTool, FreehandTool, RectangleTool
        from gui.tools.draw_zone import DrawZoneTool
        from gui.tools.from_units import FromUnitsTool

        if name == "draw_units":
            units = FromUnitsTool()
            units.finished.connect(self._zones.draw_units)
            return units
        makers: dict[str, Callable[[], MapTool]] = {
            "draw_zone": DrawZoneTool,
            "draw_freehand": FreehandTool,
            "draw_rectangle": RectangleTool,
            "draw_circle": CircleTool,
            "draw_around": lambda: AroundSitesTool(
                selected_sites(project, self._desk.selection), self._compute
            ),
        }
        tool = makers[name]()
        tool.finished.connect(self._zones.draw)
        return tool

    def _changing(self, name: str, project: Project, zone: Zone) -> MapTool:
        from gui.tools.click_zone import FillHoleTool, MergeTool
        from gui.tools.draw_zone import DivideTool, DrawHoleTool, ReshapeTool
        from gui.tools.edit_vertices import EditVerticesTool
        from gui.tools.move_zone import MoveZoneTool

        zones, outline = self._zones, zone.outline
        same = [z for z in project.all(Zone) if z.operation_id == zone.operation_id]
        others = {z.id: (z.name, z.outline) for z in same if z.id != zone.id}
        shared = [z.outline for z in same if z.id != zone.id] if zone.operation_id else []
        ways: dict[str, tuple[Callable[[], MapTool], Callable[[Any], None]]] = {
            "edit_vertices": (
                lambda: EditVerticesTool(outline, shared),
                lambda made: zones.reshape(zone.id, made, with_neighbours=self.options.shared),
            ),
            "move_zone": (lambda: MoveZoneTool(outline), lambda made: zones.reshape(zone.id, made)),
            "reshape_zone": (
                lambda: ReshapeTool(outline),
                lambda made: zones.reshape_by_line(
                    zone.id, made, with_neighbours=self.options.shared
                ),
            ),
            "divide_zone": (lambda: DivideTool(outline), lambda made: zones.divide(zone.id, made)),
            "merge_zones": (
                lambda: MergeTool(outline, others),
                lambda made: zones.merge(zone.id, made),
            ),
            "add_hole": (lambda: DrawHoleTool(outline), lambda made: zones.add_hole(zone.id, made)),
            "fill_hole": (
                lambda: FillHoleTool(outline),
                lambda made: zones.fill_hole(zone.id, made),
            ),
        }
        make, then = ways[name]
        tool = make()
        tool.finished.connect(then)
        return tool

    def _compute(self, work: Callable[[], Area], done: Callable[[Area], None]) -> None:
        tool = self.tool

        def arrived(area: Area) -> None:
            if tool is not None and isValid(tool) and self.tool is tool:
                done(area)

        self._desk.runner.run(lambda _progress: work(), arrived, self._desk.toast.fail)

    def _overlapped(
        self, error: PlanError, ground: Area, cut: Callable[[], object], code: str
    ) -> None:
        """Show the ground that other zones hold, say whose it is, and offer to cut it away."""
        from gui.tools.outline import rings_of

        if not isinstance(self.tool, DrawingTool):
            self._desk.toast.fail(error)
            return
        self.tool.hatch(rings_of(ground))
        self._area.strip.show_overlap(error, cut, code)
