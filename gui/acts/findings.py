"""The result of an analysis between map, legend and table, and the sections of the workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from gui.actions import ANALYSES
from gui.acts.doing import Acts
from gui.panels.findings_legend import FindingsLegend

if TYPE_CHECKING:
    from gui.workbench import Workbench

ROOM: Final = 0.25
"""Around a chosen shape the map shows so much more of its size."""
LEAST_SHARE: Final = 0.15
"""What was found and is narrower than this share of the map is looked at more closely."""


class FindingsActs(Acts):
    """Keeps map and legend to the one result, and opens the sections by search and keys."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.legend = FindingsLegend()
        bench.layer_panel.put_above(self.legend)
        self.legend.grown.connect(bench.layer_panel.share)
        findings, canvas = self.desk.findings, bench.map.canvas
        self.legend.visible_set.connect(findings.set_visible)
        self.legend.removed.connect(findings.clear)
        findings.changed.connect(self._show)
        findings.chosen.connect(canvas.choose_finding)
        findings.zoom_asked.connect(self._look_at)
        canvas.finding_picked.connect(findings.choose)
        self.desk.session.changed.connect(lambda _edit: self._judge())
        self.desk.moment.changed.connect(self._judge)
        self.desk.session.closed.connect(findings.clear)
        for name in ANALYSES:
            command = bench.commands[f"analyse_{name}"]
            command.setVisible(name in bench.analyse.keys)
            bench.on(f"analyse_{name}", partial(self._open, name))

    def _open(self, name: str) -> None:
        self.bench.show_workspace("analyse")
        self.bench.analyse.show_section(name)
        self.bench.analyse.take_focus()

    def _judge(self) -> None:
        project = self.project
        if project is not None and self.desk.findings.shown is not None:
            self.desk.findings.judge(self.desk.moment.project(project))

    def _show(self) -> None:
        findings = self.desk.findings
        self.bench.map.canvas.set_findings(findings.shown if findings.visible else None)
        self.legend.show_findings(findings.shown, visible=findings.visible, stale=findings.stale)

    def _look_at(self, key: str) -> None:
        """Show a shape, or all that was found, unless it is seen well already."""
        shown, canvas = self.desk.findings.shown, self.bench.map.canvas
        box = None if shown is None else shown.bounds_of(key) if key else shown.striking
        if box is None:
            return
        from layers.view import from_mercator

        west, south, east, north = canvas.view.bounds
        size = max(box[2] - box[0], box[3] - box[1])
        seen = box[0] >= west and box[1] >= south and box[2] <= east and box[3] <= north
        if seen and (key or size >= LEAST_SHARE * (east - west)):
            return
        room = size * ROOM
        lon0, lat0 = from_mercator(box[0] - room, box[1] - room)
        lon1, lat1 = from_mercator(box[2] + room, box[3] + room)
        if room:
            canvas.zoom_to_bounds(float(lon0), float(lat0), float(lon1), float(lat1))
        else:
            canvas.set_view(canvas.view.centred(float(lon0), float(lat0)))
