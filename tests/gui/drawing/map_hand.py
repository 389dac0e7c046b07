"""A hand at the map of the real window: clicks, drags and keys at places on the earth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QAbstractAnimation, QPoint, QPropertyAnimation, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.model.command import Zone
from geo.model.entity import Kind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gui.workbench import Workbench

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
PIXEL = 4e-4
"""Degrees: more than a pixel of the map in these tests."""
HERE = (103.48, 10.58, 103.66, 10.74)


class MapHand:
    """Works the map of a window."""

    def __init__(self, bench: Workbench, qtbot) -> None:
        self.bench, self.qtbot = bench, qtbot
        self.canvas = bench.map.canvas
        bench.window_.resize(1366, 768)
        # The window goes to the province once it knows its size; a hand waits for the map.
        qtbot.waitUntil(lambda: self.canvas.settled, timeout=10_000)
        self.canvas.zoom_to_bounds(*HERE)
        qtbot.waitUntil(lambda: self.canvas.settled, timeout=10_000)

    @property
    def project(self):
        return self.bench.desk.session.project

    def at(self, lon: float, lat: float) -> QPoint:
        x, y = self.canvas.view.to_pixel(lon, lat)
        return QPoint(round(float(x)), round(float(y)))

    def move(self, lon: float, lat: float) -> None:
        QTest.mouseMove(self.canvas, self.at(lon, lat))
        QApplication.processEvents()

    def click(self, lon: float, lat: float, button=LEFT, keys=PLAIN) -> None:
        self.move(lon, lat)
        QTest.mouseClick(self.canvas, button, keys, self.at(lon, lat))
        QApplication.processEvents()

    def drag(self, *path: tuple[float, float], keys=PLAIN) -> None:
        QTest.mousePress(self.canvas, LEFT, keys, self.at(*path[0]))
        for place in path[1:]:
            QTest.mouseMove(self.canvas, self.at(*place))
            QApplication.processEvents()
        QTest.mouseRelease(self.canvas, LEFT, keys, self.at(*path[-1]))
        QApplication.processEvents()

    def key(self, key: Qt.Key, keys=PLAIN) -> None:
        QTest.keyClick(self.canvas, key, keys)
        QApplication.processEvents()

    def take(self, name: str) -> None:
        self.still()
        self.bench.tools.take(name)
        assert self.bench.tools.name == name, self.bench.window_.toast.text

    def choose(self, zone_id: str) -> None:
        self.bench.desk.selection.select(Kind.ZONE, [zone_id])
        self.still()

    def still(self) -> None:
        """Wait until the dossier has slid in or out: meanwhile the map changes its size."""
        slide = self.bench.side.findChild(QPropertyAnimation)
        stopped = QAbstractAnimation.State.Stopped
        self.qtbot.waitUntil(lambda: slide.state() is stopped)
        QApplication.processEvents()

    def zone(self, zone_id: str) -> Zone:
        return self.project.get(Zone, zone_id)

    def settled(self) -> None:
        """Wait until what was asked for is in the plan or refused."""
        self.qtbot.waitUntil(lambda: not self.bench.desk.session.busy, timeout=10_000)
        QApplication.processEvents()

    def new_zone(self) -> Zone:
        """Return the zone that was added last, once it is there."""
        count = len(self.project.table(Kind.ZONE))
        self.settled()
        found = self.project.all(Zone)
        assert len(found) >= count
        return found[-1]

    def count(self) -> int:
        return len(self.project.table(Kind.ZONE))


def close_to(outline: BaseGeometry, wanted: BaseGeometry, share: float = 0.02) -> bool:
    """Tell whether two outlines are the same but for pixels."""
    return shapely.symmetric_difference(outline, wanted).area < share * wanted.area
