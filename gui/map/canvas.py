"""The map in the window: shows frames, moves them at once, and hands gestures to the tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from geo.catalogue import text
from geo.model.entity import Kind
from gui.map.controls import MapControls
from gui.map.frames import MARGIN_PX, FrameMaker
from gui.map.gestures import Gestures
from gui.map.scene import Scene, paint_scene
from gui.map.surface import MapSurface
from gui.map.tooltip import tooltip
from gui.tools.select import SelectTool
from layers.draw_findings import chosen_ops
from layers.draw_plan import selection_ops
from layers.units import all_official

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QFocusEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from gui.tools.tool import Corner, MapTool
    from layers.view import MapView

REST_MS = 140
"""After so long without a move, names are placed anew for what is seen."""
NOTE_MS = 250
EDGE_PX = 12


class MapCanvas(MapSurface):
    """A map that pans, zooms, picks and draws.

    Attributes:
        cursor_moved: The pointer is at this longitude and latitude.
        hint_changed: Code of what the next click does.
        frame_ready: The true frame of the present view is shown.
        activated: The user double-clicked a row: kind and id.
    """

    cursor_moved = Signal(float, float)
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
        self.hint_visible = True
        self.note: tuple[tuple[str, ...], float, float] | None = None
        self.cursor_lonlat: Corner | None = None
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
        self.view_changed.connect(self._moved)
        self.content_changed.connect(self._soon.start)
        self.content_changed.connect(self._dress_controls)
        self.selection_changed.connect(self._dress_controls)
        self.plan_replaced.connect(self._drop_sketch)
        self.dressed.connect(self._dress)
        self._dress()

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    # --- tool ----------------------------------------------------------------------------------

    @property
    def tool(self) -> MapTool:
        """The tool in hand."""
        return self._tool

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

    def set_hint_visible(self, visible: bool) -> None:  # noqa: FBT001 - a setter, as Qt has them
        """Show or hide the hint line, for a window that shows it elsewhere."""
        self.hint_visible = visible
        self.update()

    def _drop_sketch(self) -> None:
        self._tool.cancel()

    # --- frames --------------------------------------------------------------------------------

    def _moved(self, view: MapView) -> None:
        """Move the old picture at once, and ask for the true one."""
        self.note = None
        self.update()
        if not self.maker.covers(view, MARGIN_PX // 3):
            self._soon.start()
        self._rest.start()

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
        maker, view = self.maker, self.view
        covered = maker.covers(view, 0)
        request = self.request()
        selected = tuple(selection_ops(request, view)) if self.selection() is not None else ()
        if self.chosen_finding and request.findings is not None:
            selected += tuple(chosen_ops(request.findings, self.chosen_finding, view, self.theme))
        scene = Scene(
            view=view,
            theme=self.theme,
            language=self.language,
            dpr=self.devicePixelRatioF(),
            frames=tuple(f for f in (None if covered else maker.overview, maker.frame) if f),
            writing=maker.writing,
            selected=selected,
            sketch=self._tool.sketch(),
            cursor=self.cursor_lonlat,
            hint=self._tool.hint if self.hint_visible else "",
            note=self.note,
            focused=self.hasFocus(),
            official=self._official(),
        )
        painter = QPainter(self)
        try:
            paint_scene(painter, scene)
        finally:
            painter.end()

    def _official(self) -> bool:
        return all_official(self.request().table(Kind.ADMIN_UNIT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.controls.move(self.width() - self.controls.width() - EDGE_PX, EDGE_PX)
        self._soon.start()

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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and self._tool.wants(event.key()):
                event.accept()  # while it draws, a letter is the tool's and no command
                return True
        return super().event(event)

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
        if not self._tool.tells_what_lies_here:
            return
        x, y = self._gestures.last
        shape = self.finding_at(x, y)
        lines = self._said_of(shape) if shape else self._said_here(x, y)
        self.note = (lines, x, y) if lines else None
        self.update()

    def _said_here(self, x: float, y: float) -> tuple[str, ...]:
        found = self.pick(x, y)
        return () if found is None else tooltip(self.request(), found, self._language)

    def _said_of(self, shape: str) -> tuple[str, ...]:
        findings = self._findings
        said = findings.tell(shape) if findings is not None else ()
        return tuple(each.words(self._language) for each in said)

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
        self.hint_changed.emit(self._tool.hint)
        self._dress_controls()

    def _dress_controls(self) -> None:
        self.controls.set_can_fit(
            plan=self._project is not None, selection=self._selection is not None
        )
