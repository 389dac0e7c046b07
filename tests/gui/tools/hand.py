"""A map without a window, and a hand that works a tool on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.tools.tool import MapPointer
from layers.ground import inside, unit_at, zone_at
from layers.hit import pick, pick_rectangle
from layers.snap import snap
from layers.trace import Ways
from layers.view import MapView
from tests.layers.scenes import POIPET, request_of

if TYPE_CHECKING:
    from gui.tools.tool import MapTool

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Surface:
    """A map without a window."""

    def __init__(self, project=None, language="en"):
        self.view = MapView.fit(POIPET, 800, 600)
        self.language = language
        self._project = project
        self._ways = Ways()

    def request(self):
        return request_of(self._project, self.view)

    def set_view(self, view):
        self.view = view

    def pick(self, px, py):
        return pick(self.request(), px, py)

    def pick_rectangle(self, *corners):
        return pick_rectangle(self.request(), *corners)

    def snap(self, px, py, exclude=()):
        return snap(self.request(), px, py, exclude=exclude)

    def way(self, start, end):
        return self._ways.between(self.request(), start, end)

    def inside(self, rings):
        return inside(self.request(), rings)

    def unit_at(self, lonlat):
        return unit_at(self.request(), *lonlat)

    def zone_at(self, lonlat):
        return zone_at(self.request(), *lonlat)

    def finding_at(self, *_):
        return ""

    def picked_finding(self, *_):
        pass

    def selection(self):
        return None

    def picked_rows(self, *_):
        raise AssertionError

    def pointer(
        self,
        lon,
        lat,
        button=Qt.MouseButton.NoButton,
        modifiers=Qt.KeyboardModifier.NoModifier,
    ):
        x, y = self.view.to_pixel(lon, lat)
        return MapPointer(float(x), float(y), (lon, lat), button, button, modifiers)


class Hand:
    """Works a tool as a hand does."""

    def __init__(self, tool: MapTool, surface: Surface):
        self.tool, self.surface = tool, surface
        tool.attach(surface)

    def click(self, lon, lat, button=LEFT):
        at = self.surface.pointer(lon, lat, button)
        self.tool.move(at)
        self.tool.press(at)
        self.tool.release(at)

    def move(self, lon, lat, modifiers=Qt.KeyboardModifier.NoModifier):
        self.tool.move(self.surface.pointer(lon, lat, modifiers=modifiers))

    def drag(self, *path, modifiers=Qt.KeyboardModifier.NoModifier):
        self.tool.press(self.surface.pointer(*path[0], LEFT, modifiers))
        for place in path[1:]:
            self.tool.move(self.surface.pointer(*place, modifiers=modifiers))
        self.tool.release(self.surface.pointer(*path[-1], LEFT, modifiers))

    def key(self, key, *, shift=False):
        return self.tool.key(key, shift=shift)
