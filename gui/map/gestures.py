"""What the mouse, the wheel and the keys mean on the map, whatever the tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt

from gui.tools.tool import MapPointer

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

    from gui.tools.tool import MapTool
    from layers.hit import Pick
    from layers.view import MapView

WHEEL_NOTCH = 120.0
ZOOM_PER_NOTCH = 2**0.5
KEY_PAN_PX = 90
_PAN_KEYS = {
    Qt.Key.Key_Left: (KEY_PAN_PX, 0),
    Qt.Key.Key_Right: (-KEY_PAN_PX, 0),
    Qt.Key.Key_Up: (0, KEY_PAN_PX),
    Qt.Key.Key_Down: (0, -KEY_PAN_PX),
}


class Canvas(Protocol):
    """What gestures work on."""

    activated: SignalInstance

    @property
    def view(self) -> MapView:
        """The part of the world that is shown."""

    @property
    def tool(self) -> MapTool:
        """The tool in hand."""

    def set_view(self, view: MapView) -> None:
        """Show another part of the world."""

    def pick(self, px: float, py: float) -> Pick | None:
        """Return what lies at a pixel."""

    def zoom_in(self) -> None:
        """Come closer to the middle."""

    def zoom_out(self) -> None:
        """Go away from the middle."""

    def fit_plan(self) -> None:
        """Show all that the plan holds."""

    def setCursor(self, cursor: Qt.CursorShape, /) -> None:
        """Change the pointer."""


class Gestures:
    """Pans with the middle button or Space in every tool; the rest goes to the tool first."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._space = False
        self._grip: QPointF | None = None
        self.last = (0.0, 0.0)

    def lonlat(self, px: float, py: float) -> tuple[float, float]:
        """Return the place at a pixel in degrees."""
        lon, lat = self._canvas.view.to_lonlat(px, py)
        return float(lon), float(lat)

    def pointer(self, event: QMouseEvent) -> MapPointer:
        """Return an event as tools see it."""
        at = event.position()
        return MapPointer(
            at.x(),
            at.y(),
            self.lonlat(at.x(), at.y()),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def press(self, event: QMouseEvent) -> None:
        """Begin to pan, or hand the press to the tool."""
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (self._space and event.button() == Qt.MouseButton.LeftButton):
            self._grip = event.position()
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        self._canvas.tool.press(self.pointer(event))

    def move(self, event: QMouseEvent) -> None:
        """Pan, or hand the move to the tool."""
        at = event.position()
        self.last = (at.x(), at.y())
        if self._grip is not None:
            step = at - self._grip
            self._grip = at
            self._canvas.set_view(self._canvas.view.panned(step.x(), step.y()))
            return
        self._canvas.tool.move(self.pointer(event))

    def release(self, event: QMouseEvent) -> None:
        """End panning, or hand the release to the tool."""
        if self._grip is not None:
            self.let_go()
            return
        self._canvas.tool.release(self.pointer(event))

    def double_click(self, event: QMouseEvent) -> None:
        """Open a row, come closer, or hand the double click to the tool."""
        tool = self._canvas.tool
        if not tool.zooms_on_double_click or event.button() != Qt.MouseButton.LeftButton:
            tool.double_click(self.pointer(event))
            return
        at = event.position()
        found = self._canvas.pick(at.x(), at.y())
        if found is not None and found.exact:
            self._canvas.activated.emit(found.kind, found.ids[0])
            return
        self._canvas.set_view(self._canvas.view.zoomed_at(at.x(), at.y(), 2.0))

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        turned = event.angleDelta().y() or event.pixelDelta().y()
        if turned:
            at = event.position()
            factor = ZOOM_PER_NOTCH ** (turned / WHEEL_NOTCH)
            self._canvas.set_view(self._canvas.view.zoomed_at(at.x(), at.y(), factor))
        event.accept()

    def key_down(self, event: QKeyEvent) -> bool:
        """Take a key and tell whether it meant something."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = True
                self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
            return True
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._canvas.tool.key(key, shift=shift):
            return True
        if key in _PAN_KEYS:
            dx, dy = _PAN_KEYS[Qt.Key(key)]
            self._canvas.set_view(self._canvas.view.panned(dx, dy))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self._canvas.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self._canvas.zoom_out()
        elif key == Qt.Key.Key_Home:
            self._canvas.fit_plan()
        else:
            return False
        return True

    def key_up(self, event: QKeyEvent) -> bool:
        """Take the release of a key."""
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space = False
            self.let_go()
        return True

    def let_go(self) -> None:
        """End panning, as when the window loses the keyboard."""
        self._grip = None
        self._canvas.setCursor(self._canvas.tool.cursor)
