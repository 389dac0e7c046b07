"""What a map shows and where: plan, layers, view and selection; the canvas paints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from geo.model.entity import Kind
from layers.draw_findings import finding_at
from layers.extent import CAMBODIA, plan_bounds, selection_bounds
from layers.ground import inside, unit_at, zone_at
from layers.hit import pick, pick_rectangle
from layers.layer_list import default_layers
from layers.snap import snap
from layers.snapshot import SHOWN_KINDS, snapshot
from layers.trace import Ways
from layers.view import MapView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

    from geo.catalogue import Language
    from geo.edit.edit import Edit
    from geo.project import Project
    from gui.tools.tool import Corner
    from layers.coverage import Marks
    from layers.findings import Findings
    from layers.ground import Unit
    from layers.hit import Pick
    from layers.layer_list import LayerList
    from layers.lens import Lens
    from layers.live import LiveRows
    from layers.palette import Theme
    from layers.snap import Snap
    from layers.snapshot import DrawRequest

CLOSEST_FIT_M = 1.0
"""Fitting a single point stops at this many metres per pixel."""


class MapSurface(QWidget):
    """A rectangle of the world with a plan on it; keeps no copy of the plan.

    Attributes:
        view_changed: Another part of the world is shown (`MapView`).
        picked: The user selected rows: kind (None for nothing) and ids.
        finding_picked: The user chose a shape of a result (its key; empty for none).
        selection_changed: Other rows are set off.
        plan_replaced: Another plan is shown.
        content_changed: The frame must be made anew.
        dressed: Theme or language changed.
    """

    view_changed = Signal(object)
    picked = Signal(object, list)
    finding_picked = Signal(str)
    selection_changed = Signal()
    plan_replaced = Signal()
    content_changed = Signal()
    dressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = "light"
        self._language: Language = "km"
        self._project: Project | None = None
        self._layers = default_layers()
        self._layers.changed.connect(self.refresh)
        self._selection: tuple[Kind, frozenset[str]] | None = None
        self._lens: Lens | None = None
        self._marks: Marks | None = None
        self._findings: Findings | None = None
        self._live: tuple[LiveRows, ...] = ()
        self.chosen_finding = ""
        self._ways = Ways()
        self._view = MapView.fit(CAMBODIA, 640, 480)
        self._fit: tuple[float, float, float, float] | None = CAMBODIA

    # --- what is shown -------------------------------------------------------------------------

    @property
    def view(self) -> MapView:
        """The part of the world that is shown."""
        return self._view

    @property
    def language(self) -> Language:
        """The language of the map's writing."""
        return self._language

    @property
    def layer_list(self) -> LayerList:
        """The layers that are shown."""
        return self._layers

    def request(self) -> DrawRequest:
        """Return a snapshot of what is shown now."""
        return snapshot(
            self._layers,
            self._project,
            self._view,
            language=self._language,
            theme=self.theme,
            selection=self._selection,
            lens=self._lens,
            marks=self._marks,
            findings=self._findings,
            live=self._live,
        )

    def set_project(self, project: Project | None) -> None:
        """Show another plan, or only the basemap, and go to it."""
        if self._project is not None:
            self._project.changed.disconnect(self._plan_changed)
        self._project = project
        self._selection = None
        if project is not None:
            project.changed.connect(self._plan_changed)
            self.fit_plan()
        self.plan_replaced.emit()
        self.refresh()

    def set_layers(self, layer_list: LayerList) -> None:
        """Show other layers."""
        self._layers.changed.disconnect(self.refresh)
        self._layers = layer_list
        self._layers.changed.connect(self.refresh)
        self.refresh()

    def set_lens(self, lens: Lens | None) -> None:
        """Look at another day or through another filter; None is all of the plan, now."""
        self._lens = lens
        self.refresh()

    def set_marks(self, marks: Marks | None) -> None:
        """Put besides on the map what belongs to the operation that is looked at."""
        self._marks = marks
        self.refresh()

    def set_live(self, live: tuple[LiveRows, ...]) -> None:
        """Put rings around what answers the saved questions."""
        if live is not self._live:
            self._live = live
            self.refresh()

    def set_findings(self, findings: Findings | None) -> None:
        """Lay the result of an analysis on the map, or take it away."""
        if findings is not self._findings:
            self._findings = findings
            self.refresh()

    def choose_finding(self, key: str) -> None:
        """Set one shape of the result off; does not emit `finding_picked`."""
        self.chosen_finding = key
        self.update()

    def set_selection(self, kind: Kind | None, ids: Iterable[str] = ()) -> None:
        """Set rows off from the others; does not emit `picked`."""
        chosen = frozenset(ids)
        self._selection = (kind, chosen) if kind is not None and chosen else None
        self.update()
        self.selection_changed.emit()

    def set_theme(self, name: Theme) -> None:
        """Show the light or the dark map."""
        self.theme = name
        self.dressed.emit()
        self.refresh()

    def set_language(self, language: Language) -> None:
        """Write the map in another language."""
        self._language = language
        self.dressed.emit()
        self.refresh()

    def refresh(self) -> None:
        """Make the frame anew, soon."""
        self.content_changed.emit()
        self.update()

    def _plan_changed(self, edit: Edit) -> None:
        if not edit.kinds().isdisjoint(SHOWN_KINDS):
            self.refresh()

    # --- where it is ---------------------------------------------------------------------------

    def set_view(self, view: MapView) -> None:
        """Show another part of the world: the old picture moves at once, the true one follows."""
        self._fit = None
        self._show(view.resized(self.width(), self.height()))

    def zoom_to_bounds(self, west: float, south: float, east: float, north: float) -> None:
        """Show a rectangle given in degrees as large as can be."""
        bounds = (west, south, east, north)
        self._show(self._fitted(bounds))
        self._fit = bounds

    def zoom_in(self) -> None:
        """Come closer to the middle."""
        self.set_view(self._view.zoomed_at(self.width() / 2, self.height() / 2, 2.0))

    def zoom_out(self) -> None:
        """Go away from the middle."""
        self.set_view(self._view.zoomed_at(self.width() / 2, self.height() / 2, 0.5))

    def fit_plan(self) -> None:
        """Show all that the plan holds, or the country if that is nothing."""
        self.zoom_to_bounds(*plan_bounds(self.request()))

    def fit_selection(self) -> None:
        """Show what is selected, if anything is."""
        bounds = selection_bounds(self.request())
        if bounds is not None:
            self.zoom_to_bounds(*bounds)

    def _fitted(self, bounds: tuple[float, float, float, float]) -> MapView:
        view = MapView.fit(bounds, max(self.width(), 1), max(self.height(), 1))
        if view.resolution < CLOSEST_FIT_M:
            view = view.zoomed_at(view.width / 2, view.height / 2, view.resolution / CLOSEST_FIT_M)
        return view

    def _show(self, view: MapView) -> None:
        if view == self._view:
            return
        self._view = view
        self.view_changed.emit(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fit is not None:
            self._view = self._fitted(self._fit)
        else:
            self._view = self._view.resized(self.width(), self.height())
        self.view_changed.emit(self._view)

    # --- what tools ask (gui.tools.tool.Surface) -------------------------------------------------

    def pick(self, px: float, py: float) -> Pick | None:
        """Return what lies at a pixel."""
        return pick(self.request(), px, py)

    def pick_rectangle(self, x0: float, y0: float, x1: float, y1: float) -> Pick | None:
        """Return what lies in a rectangle of pixels."""
        return pick_rectangle(self.request(), x0, y0, x1, y1)

    def finding_at(self, px: float, py: float) -> str:
        """Return the shape of the result at a pixel where no symbol of the plan lies above it."""
        if self._findings is None:
            return ""
        above = self.pick(px, py)
        if above is not None and above.exact and above.kind is not Kind.ZONE:
            return ""
        return finding_at(self._findings, self._view, px, py)

    def snap(self, px: float, py: float, exclude: Collection[Corner] = ()) -> Snap | None:
        """Return what a pointer at a pixel is drawn to, but none of `exclude`."""
        return snap(self.request(), px, py, exclude=exclude)

    def way(self, start: Corner, end: Corner) -> list[Corner]:
        """Return the way along the lines in view between two places near them.

        Raises:
            GeometryError: There is none.
        """
        return self._ways.between(self.request(), start, end)

    def make_ready(self, request: DrawRequest, *, tracing: bool) -> None:
        """Make ready, on a worker, what a tool that draws will ask at every move.

        Raises:
            GeometryError: There is nothing to be traced in view, or too much.
        """
        snap(request, 0.0, 0.0)
        unit_at(request, 0.0, 0.0)
        if tracing:
            self._ways.prepare(request)

    def inside(self, rings: Sequence[Sequence[Corner]]) -> tuple[int, int]:
        """Return how many sites and allegations are known to lie inside rings."""
        return inside(self.request(), rings)

    def unit_at(self, lonlat: Corner) -> Unit | None:
        """Return the smallest administrative unit that is known to hold a place."""
        return unit_at(self.request(), *lonlat)

    def zone_at(self, lonlat: Corner) -> str:
        """Return the id of the zone that holds a place, or an empty one."""
        return zone_at(self.request(), *lonlat)

    def selection(self) -> tuple[Kind, frozenset[str]] | None:
        """Return what is selected."""
        return self._selection

    def picked_rows(self, kind: Kind | None, ids: Sequence[str]) -> None:
        """Select rows and tell the window."""
        self.set_selection(kind, ids)
        self.picked.emit(kind, list(ids))

    def picked_finding(self, key: str) -> None:
        """Choose a shape of the result, or none, and tell the window."""
        if key != self.chosen_finding:
            self.choose_finding(key)
            self.finding_picked.emit(key)
