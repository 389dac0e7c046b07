"""Asking for a point on the map: by a click, by typing it, or going on without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from shiboken6 import isValid

from geo.model.entity import Kind
from gui.panels.place_bar import PlaceBar
from gui.tools.place_point import PlacePointTool

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from geo.errors import PlanError
    from geo.model.table import Table
    from geo.placing import PlaceFound
    from gui.workbench import Workbench


class PointAsker(QObject):
    """Asks for one point; gone when the tool is put away."""

    def __init__(
        self,
        bench: Workbench,
        title: str,
        then: Callable[[PointAsker, PlaceFound], None],
        without: Callable[[PointAsker], None] | None = None,
    ) -> None:
        """Take the tool in hand.

        Args:
            bench: The window's workbench.
            title: Code of what is being placed.
            then: Called with a point in Cambodia and what holds it; the point stays shown until
                `end`.
            without: Called if the user goes on without a point; None where there must be one.
        """
        super().__init__(bench)
        self._bench, self._then, self._without = bench, then, without
        self.tool = PlacePointTool()
        self.bar = PlaceBar(bench.map.canvas, title, needs_point=without is None)
        bench.tools.hold(self.tool)
        self.tool.finished.connect(self._clicked)
        self.tool.type_asked.connect(self.bar.field.setFocus)
        self.tool.put_away.connect(self._gone)
        self.bar.typed.connect(self._typed)
        self.bar.without.connect(self._no_point)
        self.bar.closed.connect(self.end)
        bench.map.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Put the tool away."""
        if isValid(self) and self._bench.tools.tool is self.tool:
            self._bench.tools.take("select")

    def end_with(self, dialog: QDialog) -> None:
        """Put the tool away when a dialog about the point is over."""
        self.bar.hide()
        dialog.finished.connect(self.end)

    def _units(self) -> Table | None:
        project = self._bench.desk.session.project
        return project.table(Kind.ADMIN_UNIT) if project is not None else None

    def _clicked(self, lonlat: tuple[float, float]) -> None:
        units = self._units()
        if units is not None:
            self._look(lambda: _look_at(units, lonlat), "")

    def _typed(self, text: str) -> None:
        units = self._units()
        if units is not None:
            self._look(lambda: _read(units, text), text)

    def _look(self, work: Callable[[], PlaceFound], text: str) -> None:
        # The territory is read once, which takes a moment: not on the thread that draws.
        self._bench.desk.runner.run(
            lambda _progress: work(), self._found, lambda error: self._refused(error, text)
        )

    def _found(self, found: PlaceFound) -> None:
        if not isValid(self) or self._bench.tools.tool is not self.tool:
            return
        self.bar.calm()
        self.tool.show(found.point)
        view = self._bench.map.canvas.view
        west, south, east, north = view.bounds_lonlat
        if not (west <= found.point.lon <= east and south <= found.point.lat <= north):
            self._bench.navigator.show_place(found.point.lon, found.point.lat, 2.0)
        self._then(self, found)

    def _refused(self, error: PlanError, text: str) -> None:
        if not isValid(self) or self._bench.tools.tool is not self.tool:
            return
        self.tool.cancel()
        if not text:
            self.bar.field.clear()
            self.bar.refuse(error)
            return
        from geo.placing import exchanged

        self._bench.desk.runner.run(
            lambda _progress: exchanged(text),
            lambda swapped: self._offer(error, swapped),
            self._bench.desk.toast.fail,
        )

    def _offer(self, error: PlanError, swapped: str) -> None:
        if isValid(self) and isValid(self.bar):
            self.bar.refuse(error, swapped)

    def _no_point(self) -> None:
        if self._without is not None:
            self._without(self)

    def _gone(self) -> None:
        self.bar.hide()
        self.bar.deleteLater()
        self.deleteLater()


def _look_at(units: Table, lonlat: tuple[float, float]) -> PlaceFound:
    from geo.placing import look_at

    return look_at(units, *lonlat)


def _read(units: Table, text: str) -> PlaceFound:
    from geo.placing import read_place

    return _look_at(units, read_place(text))
