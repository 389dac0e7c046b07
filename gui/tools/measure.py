"""Measuring: lengths and areas on the ellipsoid, never on the map's stretched plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import Qt

from geo.measure import length_m, ring_area_m2
from gui.tools.outline import MIN_CORNERS, measure_readout
from gui.tools.tool import Corner, MapPointer, MapTool, Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured.

    Attributes:
        corners: In degrees.
        length_m: Of the line, geodesic.
        area_m2: Within the closed line, or None below three corners.
    """

    corners: tuple[Corner, ...]
    length_m: float
    area_m2: float | None

    @classmethod
    def of(cls, corners: Sequence[Corner]) -> Measurement:
        """Measure a line through these corners."""
        line = np.array(corners)
        area = ring_area_m2(line) if len(corners) >= MIN_CORNERS else None
        return cls(tuple(corners), length_m(line), area)


class MeasureTool(MapTool):
    """Left click goes on; right click, double click or Enter ends; Esc starts over.

    Emits `finished` with a `Measurement`, which stays on the map until the next click.
    """

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        super().__init__()
        self._corners: list[Corner] = []
        self._pointer: Corner | None = None
        self._ended = False

    @property
    def hint(self) -> str:
        """Code of the hint."""
        begun = self._corners and not self._ended
        return "tool.measure.hint.more" if begun else "tool.measure.hint.first"

    def sketch(self) -> Sketch:
        """Return the line so far."""
        line = self._line()
        return Sketch(lines=(line,) if line else (), corners=self._corners)

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self._end()
        elif at.button == Qt.MouseButton.LeftButton:
            if self._ended:
                self._corners.clear()
                self._ended = False
            self._corners.append(at.lonlat)
            self._changed()

    def move(self, at: MapPointer) -> None:
        if self._corners and not self._ended:
            self._pointer = at.lonlat
            self._changed()

    def double_click(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self._end()

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._end()
        elif key == Qt.Key.Key_Escape and self._corners:
            self.cancel()
        elif key == Qt.Key.Key_Backspace and self._corners and not self._ended:
            self._corners.pop()
            self._changed()
        else:
            return False
        return True

    def cancel(self) -> None:
        self._corners.clear()
        self._pointer = None
        self._ended = False
        self._changed()

    def _end(self) -> None:
        if self._ended or len(self._corners) < 2:  # noqa: PLR2004 - a line has two ends
            return
        self._ended = True
        self._pointer = None
        self._changed()
        self.finished.emit(Measurement.of(self._corners))

    def _line(self) -> list[Corner]:
        moving = self._pointer is not None and not self._ended and bool(self._corners)
        return [*self._corners, self._pointer] if moving and self._pointer else list(self._corners)

    def _changed(self) -> None:
        self.sketch_changed.emit()
        self.hint_changed.emit(self.hint)
        if self._surface is not None:
            self.readout_changed.emit(measure_readout(self._line(), self.surface.language))
