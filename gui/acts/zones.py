"""What is done to zones: drawn, reshaped, divided, merged; an overlap is shown and can be cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import Signal

from geo.errors import GeometryError, OverlapError
from geo.model.command import Zone
from geo.model.entity import Kind
from gui.acts.doing import Acts
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.edit.edit import Edit
    from geo.edit.ground import Cut
    from geo.errors import PlanError
    from geo.model.entity import Area
    from geo.project import Project
    from gui.tools.tool import Corner

PARTS = "error.zone.cut_leaves_parts"


class ZoneActs(Acts):
    """Acts on zones.

    Attributes:
        drawn: A zone was added (its id).
        changed: A zone has another form (its id).
        overlapped: What was drawn holds ground of other zones: the `GeometryError` that says so,
            that ground, what to call to cut it away, and the code of the text that says so.
    """

    drawn = Signal(str)
    changed = Signal(str)
    overlapped = Signal(object, object, object, str)

    # --- new zones ------------------------------------------------------------------------------

    def draw(self, outline: Area) -> None:
        """Add a zone with the outline that was drawn, under the next free name."""
        from geo.edit.zones import draw_zone, next_zone_name

        operation_id = self.bench.plan.operation_id

        def build(project: Project, cut: Cut) -> Edit:
            name = next_zone_name(project, tr("panel.zone.word"))
            last = max((zone.priority for zone in project.all(Zone)), default=0)
            return draw_zone(
                project, outline, name, operation_id=operation_id, priority=last + 1, cut=cut
            )

        def done(edit: Edit) -> None:
            zone_id = edit.deltas[0].ids[0]
            self.desk.selection.select(Kind.ZONE, [zone_id])
            self.drawn.emit(zone_id)

        self._lay(build, done, lambda _project: outline, operation_id, "")

    def draw_units(self, codes: Sequence[str]) -> None:
        """Add a zone of administrative units; their joining is not for the thread that draws."""
        from geo.edit.zone_shapes import outline_of_units

        project = self.project
        if project is not None:
            self.desk.runner.run(
                lambda _progress: outline_of_units(project, codes), self.draw, self.desk.toast.fail
            )

    # --- zones that are there -------------------------------------------------------------------

    def reshape(self, zone_id: str, outline: Area, *, with_neighbours: bool = False) -> None:
        """Give a zone another outline, and its neighbours their share of what moved."""
        from geo.edit.zones import reshape_zone

        self._change(
            zone_id,
            lambda p, cut: reshape_zone(
                p, zone_id, outline, cut=cut, with_neighbours=with_neighbours
            ),
            lambda _project: outline,
        )

    def reshape_by_line(
        self, zone_id: str, line: Sequence[Corner], *, with_neighbours: bool = False
    ) -> None:
        """Let a zone's edge follow a line."""
        from geo import cutting
        from geo.edit.zone_shapes import reshape_by_line

        self._change(
            zone_id,
            lambda p, cut: reshape_by_line(
                p, zone_id, line, cut=cut, with_neighbours=with_neighbours
            ),
            lambda project: cutting.reshaped(project.get(Zone, zone_id).outline, line),
        )

    def divide(self, zone_id: str, line: Sequence[Corner]) -> None:
        """Divide a zone by a line."""
        from geo.edit.zone_divide import divide_zone

        self._change(zone_id, lambda p, _cut: divide_zone(p, zone_id, line))

    def merge(self, zone_id: str, other_id: str) -> None:
        """Make a neighbour part of a zone, which keeps its name."""
        from geo.edit.zone_divide import merge_zones

        self._change(
            zone_id,
            lambda p, _cut: merge_zones(p, [zone_id, other_id], p.get(Zone, zone_id).name),
        )

    def add_hole(self, zone_id: str, hole: shapely.Polygon) -> None:
        """Take the inside of an outline out of a zone."""
        from geo.edit.zone_shapes import add_hole

        self._change(zone_id, lambda p, _cut: add_hole(p, zone_id, hole))

    def fill_hole(self, zone_id: str, at: Corner) -> None:
        """Fill the hole of a zone at a place."""
        from geo import shapes
        from geo.edit.zone_shapes import fill_hole

        self._change(
            zone_id,
            lambda p, cut: fill_hole(p, zone_id, at, cut=cut),
            lambda project: shapes.without_hole(project.get(Zone, zone_id).outline, at),
        )

    def rename(self, zone_id: str, name: str) -> None:
        """Give a zone another name."""
        from geo.edit.zones import rename_zone

        self.desk.session.do(lambda p: rename_zone(p, zone_id, name))

    def delete(self, zone_id: str) -> None:
        """Remove a zone with its assignments; undo brings back both."""
        from geo.edit.zones import delete_zone

        self.desk.session.do(lambda p: delete_zone(p, zone_id), self.tell)

    # --- overlaps -------------------------------------------------------------------------------

    def _change(
        self,
        zone_id: str,
        build: Callable[[Project, Cut], Edit],
        wanted: Callable[[Project], Area] | None = None,
    ) -> None:
        def done(edit: Edit) -> None:
            self.tell(edit)
            self.changed.emit(zone_id)

        project = self.project
        zone = project.find(Zone, zone_id) if project is not None else None
        self._lay(build, done, wanted, zone.operation_id if zone else "", zone_id)

    def _lay(
        self,
        build: Callable[[Project, Cut], Edit],
        done: Callable[[Edit], None],
        wanted: Callable[[Project], Area] | None,
        operation_id: str,
        zone_id: str,
        *,
        cut: Cut = False,
    ) -> None:
        """Make an edit; where it would hold ground of others, show that and offer to cut it."""

        def failed(error: PlanError) -> None:
            project = self.project
            parts = isinstance(error, GeometryError) and error.code == PARTS and cut is True
            if project is None or wanted is None or not (isinstance(error, OverlapError) or parts):
                self.desk.toast.fail(error)
                return
            again: Cut = "largest" if parts else True
            self.overlapped.emit(
                error,
                overlap_of(project, wanted(project), operation_id, zone_id),
                lambda: self._lay(build, done, wanted, operation_id, zone_id, cut=again),
                "tool.overlap.largest" if parts else "tool.overlap.cut",
            )

        self.desk.session.do(lambda project: build(project, cut), done, failed)


def overlap_of(project: Project, outline: Area, operation_id: str, zone_id: str) -> Area:
    """Return the ground of an outline that other zones of an operation hold."""
    from geo.edit.ground import zones_of
    from geo.snapping import polygons_of

    others = [z.outline for i, z in zones_of(project, operation_id).items() if i != zone_id]
    if not others:
        return shapely.Polygon()
    return polygons_of(shapely.intersection(outline, shapely.union_all(others)))
