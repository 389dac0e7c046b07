"""What part of the world the map shows: a place, the selection, the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import PlanError
from gui import facts
from gui.places import UnitPlaces

if TYPE_CHECKING:
    from geo.project import Project
    from gui.map.canvas import MapCanvas
    from gui.panels.base import Desk
    from gui.places import Bounds

MIN_DEGREES = 0.002
KM_OF_DEGREE = 111.0


class Navigator:
    """Moves the map of one window."""

    def __init__(self, desk: Desk, canvas: MapCanvas) -> None:
        self._desk, self._canvas = desk, canvas
        self._units = UnitPlaces()

    def show_place(self, lon: float, lat: float, radius_km: float) -> None:
        """Show a place with its surroundings."""
        half = radius_km / KM_OF_DEGREE
        self._canvas.zoom_to_bounds(lon - half, lat - half, lon + half, lat + half)

    def show_bounds(self, west: float, south: float, east: float, north: float) -> None:
        """Show a rectangle in degrees; what is nearly a point, with its surroundings."""
        if east - west < MIN_DEGREES and north - south < MIN_DEGREES:
            self.show_place((west + east) / 2, (south + north) / 2, 1.0)
        else:
            self._canvas.zoom_to_bounds(west, south, east, north)

    def show_selection(self) -> None:
        """Show what is selected."""
        chosen, project = self._desk.selection, self._desk.session.project
        if project is None or chosen.kind is None:
            return
        bounds = facts.bounds_of(project, chosen.kind, chosen.ids) or self._areas(project)
        if bounds is None:
            self._desk.toast.fail(PlanError("window.error.no_place"))
            return
        self.show_bounds(*bounds)

    def _areas(self, project: Project) -> Bounds | None:
        """Return the units of what has no position: it lies somewhere in them."""
        from geo.gazetteer import Gazetteer

        kind, ids = self._desk.selection.kind, self._desk.selection.ids
        table = project.table(kind) if kind is not None else None
        if table is None or "admin_code" not in table.columns:
            return None
        self._units.follow(project, Gazetteer.load())
        codes = {str(table["admin_code"][table.index[i]]) for i in ids if i in table}
        found = [b for b in map(self._units.bounds_of_code, codes) if b is not None]
        if not found:
            return None
        west, south, east, north = zip(*found, strict=True)
        return min(west), min(south), max(east), max(north)

    def zoom(self, how: str) -> None:
        """Zoom ``in``, ``out``, to the ``province`` or to the ``selection``."""
        project = self._desk.session.project
        if how == "in":
            self._canvas.zoom_in()
        elif how == "out":
            self._canvas.zoom_out()
        elif how == "selection":
            self.show_selection()
        elif project is not None:
            code = project.info.province_code
            self._desk.runner.run(
                lambda _progress: _extent(code),
                lambda bounds: self._canvas.zoom_to_bounds(*bounds),
                self._desk.toast.fail,
            )


def _extent(province_code: str) -> tuple[float, float, float, float]:
    from geo.gazetteer import Gazetteer

    return Gazetteer.load().extent(province_code)
