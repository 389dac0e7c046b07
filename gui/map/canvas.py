"""The map in the window: shows frames, moves them at once, and hands gestures to the tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from geo.catalogue import text
from gui.map.controls import MapControls
from gui.map.frames import MARGIN_PX, FrameMaker
from gui.map.gestures import Gestures
from gui.map.scene import paint_scene
from gui.map.tooltip import tooltip
from gui.tools.select import SelectTool
from layers.extent import CAMBODIA, plan_bounds, selection_bounds
from layers.hit import pick, pick_rectangle
from layers.layer_list import default_layers
from layers.snap import snap
from layers.snapshot import SHOWN_KINDS, snapshot
from layers.view import MapView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QCloseEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from geo.catalogue import Language
    from geo.edit.edit import Edit
    from geo.model.entity import Kind
    from geo.project import Project
    from gui.tools.tool import Corner, MapTool
    from layers.hit import Pick
    from layers.layer_list import LayerList
    from layers.palette import Theme
    from layers.snapshot import DrawRequest

REST_MS = 140
"""After so long without a move, names are placed anew for what is seen."""
NOTE_MS = 250
EDGE_PX = 12
CLOSEST_FIT_M = 1.0
"""Fitting a single point stops at this many metres per pixel."""


class MapCanvas(QWidget):
    """A map that pans, zooms, picks and draws; it keeps no copy of the plan.

    Attributes:
        view_changed: Another part of the world is shown (`MapView`).
        cursor_moved: The pointer is at this longitude and latitude.
        picked: The user selected rows: kind (None for nothing) and ids.
        hint_changed: Code of what the next click does.
        frame_ready: The true frame of the present view is shown.
        activated: The user double-clicked a row: kind and id.
    """

    view_changed = Signal(object)
    cursor_moved = Signal(float, float)
    picked = Signal(object, list)
    hint_changed = Signal(str)
    frame_ready = Signal()
    activated = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapCanvas")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.theme: Theme = "light"
        self.hint_visible = True
        self.note: tuple[tuple[str, ...], float, float] | None = None
        self.cursor_lonlat: Corner | None = None
        self._language: Language = "km"
        self._project: Project | None = None
        self._layers = default_layers()
        self._layers.changed.connect(self.refresh)
        self._selection: tuple[Kind, frozenset[str]] | None = None
        self._on: date | None = None
        self._view = MapView.fit(CAMBODIA, 640, 480)
        self._fit: tuple[float, float, float, float] | None = CAMBODIA
        self.maker = FrameMaker(self)
        self.maker.writing_ready.connect(self.update)
        self.maker.frame_ready.connect(self._frame_done)
        self.controls = MapControls(self)
        self.controls.zoom_in.connect(self.zoom_in)
        self.controls.zoom_out.connect(self.zoom_out)
        self.controls.fit_plan.connect(self.fit_plan)
        self.controls.fit_selection.connect(self.fit_selection)
        self._gestures = Gestures(self)
        self._tool: MapTool = SelectTool()
        self._tool.attach(self)
        self._connect_tool()
        # A burst of changes is one frame.
        self._soon = self._timer(0, self._ask)
        self._rest = self._timer(REST_MS, self._ask)
        self._hover = self._timer(NOTE_MS, self._show_note)
        self.destroyed.connect(self.maker.stop)
        self._dress()

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

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
    def tool(self) -> MapTool:
        """The tool in hand."""
        return self._tool

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
            on=self._on,
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
        self._tool.cancel()
        self.refresh()

    def set_layers(self, layer_list: LayerList) -> None:
        """Show other layers."""
        self._layers.changed.disconnect(self.refresh)
        self._layers = layer_list
        self._layers.changed.connect(self.refresh)
        self.refresh()

    def set_date(self, on: date | None) -> None:
        """Show the map of a date; None is today."""
        self._on = on
        self.refresh()

    def set_tool(self, tool: MapTool) -> None:
        """Take another tool in hand."""
        if tool is self._tool:
            return
        self._tool.detach()
        self._tool.sketch_changed.disconnect(self.update)
        self._tool.hint_changed.disconnect(self.hint_changed)
        self._tool = tool
        tool.attach(self)
        self._connect_tool()
        self.update()

    def set_selection(self, kind: Kind | None, ids: Iterable[str] = ()) -> None:
        """Set rows off from the others; does not emit `picked`."""
        chosen = frozenset(ids)
        self._selection = (kind, chosen) if kind is not None and chosen else None
        self._dress_controls()
        self.update()

    def set_theme(self, name: Theme) -> None:
        """Show the light or the dark map."""
        self.theme = name
        self._dress()
        self.refresh()

    def set_language(self, language: Language) -> None:
        """Write the map in another language."""
        self._language = language
        self._dress()
        self.hint_changed.emit(self._tool.hint)
        self.refresh()

    def set_hint_visible(self, visible: bool) -> None:  # noqa: FBT001 - a setter, as Qt has them
        """Show or hide the hint line, for a window that shows it elsewhere."""
        self.hint_visible = visible
        self.update()

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
        self.note = None
        self.update()
        if self.maker.covers(view, MARGIN_PX // 3):
            self._rest.start()
        else:
            self._soon.start()
            self._rest.start()
        self.view_changed.emit(view)

    # --- what tools ask (gui.tools.tool.Surface) -------------------------------------------------

    def pick(self, px: float, py: float) -> Pick | None:
        """Return what lies at a pixel."""
        return pick(self.request(), px, py)

    def pick_rectangle(self, x0: float, y0: float, x1: float, y1: float) -> Pick | None:
        """Return what lies in a rectangle of pixels."""
        return pick_rectangle(self.request(), x0, y0, x1, y1)

    def snap(self, px: float, py: float, exclude: Collection[Corner] = ()) -> Corner | None:
        """Return an existing corner within reach of a pixel, but none of `exclude`."""
        return snap(self.request(), px, py, exclude=exclude)

    def selection(self) -> tuple[Kind, frozenset[str]] | None:
        """Return what is selected."""
        return self._selection

    def picked_rows(self, kind: Kind | None, ids: Sequence[str]) -> None:
        """Select rows and tell the window."""
        self.set_selection(kind, ids)
        self.picked.emit(kind, list(ids))

    # --- frames --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Make the frame anew, soon."""
        self._dress_controls()
        self._soon.start()
        self.update()

    def _plan_changed(self, edit: Edit) -> None:
        if not edit.kinds().isdisjoint(SHOWN_KINDS):
            self.refresh()

    @property
    def settled(self) -> bool:
        """Whether the true frame and its names are shown and nothing is under way."""
        waiting = self._soon.isActive() or self._rest.isActive()
        return self.maker.idle and not waiting

    def _ask(self) -> None:
        if self.width() > 0 and self.height() > 0:
            self.maker.request(self.request(), self.devicePixelRatioF())

    def _frame_done(self) -> None:
        self.update()
        if self.maker.covers(self._view, 0):
            self.frame_ready.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_scene(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fit is not None:
            self._view = self._fitted(self._fit)
        else:
            self._view = self._view.resized(self.width(), self.height())
        self.controls.move(self.width() - self.controls.width() - EDGE_PX, EDGE_PX)
        self._soon.start()
        self.view_changed.emit(self._view)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.maker.stop()
        super().closeEvent(event)

    # --- gestures ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.note = None
        self._hover.stop()
        self._gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._gestures.move(event)
        self.note = None
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover.start()
        at = event.position()
        self.cursor_lonlat = lonlat = self._gestures.lonlat(at.x(), at.y())
        self.cursor_moved.emit(*lonlat)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._gestures.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._gestures.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key_down(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key_up(event):
            super().keyReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover.stop()
        self.note = self.cursor_lonlat = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._gestures.let_go()
        self.update()

    def _show_note(self) -> None:
        x, y = self._gestures.last
        found = self.pick(x, y)
        lines = () if found is None else tooltip(self.request(), found, self._language)
        self.note = (lines, x, y) if lines else None
        self.update()

    # --- dress ---------------------------------------------------------------------------------

    def _connect_tool(self) -> None:
        self._tool.sketch_changed.connect(self.update)
        self._tool.hint_changed.connect(self.hint_changed)
        self.setCursor(self._tool.cursor)
        self.hint_changed.emit(self._tool.hint)

    def _dress(self) -> None:
        self.controls.dress(self.theme)
        self.controls.retext(self._language)
        self.setAccessibleName(text("map.canvas", self._language))
        self._dress_controls()

    def _dress_controls(self) -> None:
        self.controls.set_can_fit(
            plan=self._project is not None, selection=self._selection is not None
        )
