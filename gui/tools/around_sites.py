"""The ground around the selected sites: drag from one of them or type how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import Qt

from geo import localise, shapes
from geo.catalogue import text
from geo.errors import GeometryError
from geo.measure import distances_m
from gui.tools.drawing import ARROWS, DrawingTool
from gui.tools.outline import rings_of
from gui.tools.tool import Sketch, Takes

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.model.entity import Area
    from gui.tools.options import Option
    from gui.tools.tool import Corner, MapPointer

    # Takes what to compute and whom to tell; the window does it on a worker if it is much.
    Compute = Callable[[Callable[[], Area], Callable[[Area], None]], None]

FIRST_RADIUS_M = 500.0
STEP_M = 50.0
MOST_AT_ONCE = 60
"""More sites than this are not joined on the thread that draws."""


class AroundSitesTool(DrawingTool[float]):
    """A radius around sites, shown as it is chosen; emits `finished` with an area."""

    takes: ClassVar[Takes] = "radius"
    heeds: ClassVar[frozenset[Option]] = frozenset()

    def __init__(self, sites: list[Corner], compute: Compute | None = None) -> None:
        """Begin.

        Args:
            sites: Positions in degrees; at least one.
            compute: Way to a worker; None computes at once.
        """
        super().__init__(FIRST_RADIUS_M)
        self._sites = np.array(sites, dtype=np.float64).reshape(-1, 2)
        self._compute = compute
        self._made: Area | None = None
        self._made_of = 0.0
        self._radius = FIRST_RADIUS_M
        self._dragged = False

    @property
    def hint(self) -> str:
        """Code of the hint."""
        return "tool.draw_around.hint"

    @property
    def can_finish(self) -> bool:
        return self._made is not None and self._made_of == self._radius

    def sketch(self) -> Sketch:
        """Return the ground as it would be now."""
        return Sketch(
            lines=rings_of(self._made) if self._made is not None else (),
            closed=True,
            hatched=self._hatched,
        )

    def readout(self) -> str:
        language = self.surface.language
        radius = localise.format_length(self._radius, language)
        words = text("tool.readout.radius", language, length=radius)
        return f"{words} · {self.measured(self._made)}" if self._made is not None else words

    def attach(self, surface: object) -> None:
        super().attach(surface)  # type: ignore[arg-type] # the map's own
        self._show(self._radius)

    def press(self, at: MapPointer) -> None:
        if at.button == Qt.MouseButton.RightButton:
            self.finish()
        elif at.button == Qt.MouseButton.LeftButton:
            self._dragged = True
            self._show(self._reach(at))

    def move(self, at: MapPointer) -> None:
        if self._dragged:
            self._show(self._reach(at))

    def release(self, at: MapPointer) -> None:
        if self._dragged and at.button == Qt.MouseButton.LeftButton:
            self._dragged = False
            self.take(self._radius)

    def key(self, key: int, *, shift: bool = False) -> bool:
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            by = STEP_M * (10 if shift else 1) * -ARROWS[Qt.Key(key)][1]
            self.take(max(self._steps.now + by, STEP_M))
            return True
        return super().key(key, shift=shift)

    def type_in(self, text: str) -> None:
        from gui.tools.typed import read_length

        self.take(read_length(text))

    def finish(self) -> None:
        if self.can_finish:
            self.finished.emit(self._made)

    def cancel(self) -> None:
        self._dragged = False
        super().cancel()

    def _stepped(self) -> None:
        if self._surface is not None:
            self._show(self._steps.now)
        super()._stepped()

    def _reach(self, at: MapPointer) -> float:
        away = distances_m(self._sites, at.lonlat).min()
        return min(max(round(float(away)), 1.0), shapes.MAX_RADIUS_M)

    def _show(self, radius: float) -> None:
        if radius == self._made_of and radius == self._radius:
            return
        self._radius = radius
        sites = self._sites

        def work() -> Area:
            return shapes.around(sites, radius)

        def done(area: Area) -> None:
            if self._radius == radius:
                self._made, self._made_of = area, radius
                self.changed()
                self.stepped.emit()

        try:
            if self._compute is None or len(sites) <= MOST_AT_ONCE:
                done(work())
            else:
                self._compute(work, done)
        except GeometryError as error:
            self._radius = self._made_of
            self.refused.emit(error.code)
