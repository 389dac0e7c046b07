"""Selecting and panning: the two tools that make nothing."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt

from gui.tools.tool import EMPTY, Drag, MapPointer, MapTool, Sketch


class SelectTool(MapTool):
    """A click selects what lies there, Shift adds to it, a drag selects in a rectangle."""

    zooms_on_double_click: ClassVar[bool] = True
    tells_what_lies_here: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self._drag: Drag | None = None
        self._corner: MapPointer | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.select.hint"

    def sketch(self) -> Sketch:
        """Return the rubber band."""
        if self._drag is None or not self._drag.moved or self._corner is None:
            return EMPTY
        start, end = self._drag.start, self._corner
        return Sketch(rectangle=(start.px, start.py, end.px, end.py))

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self._drag = Drag(at)

    def move(self, at: MapPointer) -> None:
        if self._drag is not None and self._drag.follow(at):
            self._corner = at
            self.sketch_changed.emit()

    def release(self, at: MapPointer) -> None:
        drag, self._drag, self._corner = self._drag, None, None
        if at.button != Qt.MouseButton.LeftButton or drag is None:
            return
        if drag.follow(at):
            found = self.surface.pick_rectangle(drag.start.px, drag.start.py, at.px, at.py)
        else:
            found = self.surface.pick(at.px, at.py)
            shape = "" if at.shift else self.surface.finding_at(at.px, at.py)
            self.surface.picked_finding(shape)
            found = None if shape else found
        self.sketch_changed.emit()
        before = self.surface.selection()
        if found is None:
            if not at.shift:
                self.surface.picked_rows(None, ())
        elif at.shift and before is not None and before[0] is found.kind:
            # A second Shift-click takes a row out again; a rectangle only adds.
            ids = before[1] | set(found.ids) if drag.moved else before[1] ^ set(found.ids)
            self.surface.picked_rows(found.kind if ids else None, sorted(ids))
        else:
            self.surface.picked_rows(found.kind, found.ids)

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key != Qt.Key.Key_Escape or self.surface.selection() is None:
            return False
        self.surface.picked_rows(None, ())
        return True

    def cancel(self) -> None:
        self._drag = self._corner = None
        self.sketch_changed.emit()


class PanTool(MapTool):
    """A drag moves the map."""

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.OpenHandCursor
    zooms_on_double_click: ClassVar[bool] = True
    tells_what_lies_here: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self._last: MapPointer | None = None

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.pan.hint"

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self._last = at

    def move(self, at: MapPointer) -> None:
        if self._last is not None:
            dx, dy = at.px - self._last.px, at.py - self._last.py
            self._last = at
            self.surface.set_view(self.surface.view.panned(dx, dy))

    def release(self, at: MapPointer) -> None:
        self._last = None

    def cancel(self) -> None:
        self._last = None
