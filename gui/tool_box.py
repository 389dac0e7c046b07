"""The tools of the map: which one is in hand and what becomes of what it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.command import Zone
from geo.model.entity import Kind
from gui.rights import demand

if TYPE_CHECKING:
    from gui.edits import Edits
    from gui.panels.base import Desk
    from gui.panels.map_area import MapArea
    from gui.tools.tool import MapTool

CHANGING = {"draw_zone": Verb.DRAW_ZONE, "edit_vertices": Verb.EDIT_ZONE}


class ToolBox(QObject):
    """Makes a tool when it is taken and puts it away afterwards.

    Attributes:
        name: The tool in hand.
        tool: The tool itself.
    """

    def __init__(self, desk: Desk, area: MapArea, edits: Edits) -> None:
        super().__init__(area)
        self._desk, self._area, self._edits = desk, area, edits
        self.name = ""
        self.tool: MapTool | None = None

    def take(self, name: str) -> None:
        """Take a tool: ``select``, ``pan``, ``draw_zone``, ``edit_vertices`` or ``measure``."""
        project = self._desk.session.project
        if name in CHANGING and project is not None:
            try:
                demand(project, CHANGING[name])
            except NotAllowedError as error:
                self._desk.toast.fail(error)
                name = "select"
        if name == "edit_vertices":
            self.edit_zone(self._desk.selection.one(Kind.ZONE))
            return
        self._put_away()
        self._hold(name, _make(name))
        if name == "draw_zone" and self.tool is not None:
            self.tool.finished.connect(self._edits.draw_zone)

    def edit_zone(self, zone_id: str) -> None:
        """Change the outline of a zone corner by corner."""
        from gui.tools.edit_vertices import EditVerticesTool

        project = self._desk.session.project
        zone = project.find(Zone, zone_id) if project is not None and zone_id else None
        if zone is None:
            self._desk.toast.fail(InputError("window.error.choose_zone"))
            self._area.show_tool(self.name or "select")
            return
        self._desk.selection.select(Kind.ZONE, [zone_id])
        self._put_away()
        tool = EditVerticesTool(zone.outline)
        tool.finished.connect(lambda outline: self._reshaped(zone_id, outline))
        self._hold("edit_vertices", tool)

    def _reshaped(self, zone_id: str, outline: object) -> None:
        self._edits.reshape_zone(zone_id, outline)  # type: ignore[arg-type] # a tool emits an area
        self.take("select")

    def hold(self, tool: MapTool) -> None:
        """Take a tool that has no button of its own, such as the one that places a point."""
        self._put_away()
        self._hold("", tool)

    def _hold(self, name: str, tool: MapTool) -> None:
        self.name, self.tool = name, tool
        tool.readout_changed.connect(self._area.set_readout)
        tool.refused.connect(lambda code: self._desk.toast.fail(InputError(code)))
        self._area.canvas.set_tool(tool)
        self._area.set_hint(tool.hint)
        self._area.show_tool(name)

    def _put_away(self) -> None:
        self._area.set_readout("")
        if self.tool is not None:
            old, self.tool = self.tool, None
            old.deleteLater()


def _make(name: str) -> MapTool:
    if name == "draw_zone":
        from gui.tools.draw_zone import DrawZoneTool

        return DrawZoneTool()
    if name == "measure":
        from gui.tools.measure import MeasureTool

        return MeasureTool()
    from gui.tools.select import PanTool, SelectTool

    return PanTool() if name == "pan" else SelectTool()
