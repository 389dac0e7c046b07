"""What part of the world the map shows, and how degrees become pixels.

Shown in EPSG:3857, whose closed form needs no projection library in a gesture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geo import crs
from geo.measure import ground_resolution, zoom_of

FloatArray = NDArray[np.float64]
Numbers = TypeVar("Numbers", float, FloatArray)

FINEST_M = 0.05
"""Metres per pixel at which zooming in ends."""
COARSEST_M = 20_000.0
"""Metres per pixel at which zooming out ends."""


def to_mercator(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    """Return EPSG:3857 metres of positions in degrees (numbers or arrays of one shape)."""
    x, y = np.moveaxis(crs.to_mercator(np.stack((lon, lat), axis=-1)), -1, 0)
    return x, y


def from_mercator(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return degrees of positions in EPSG:3857 metres (numbers or arrays of one shape)."""
    lon, lat = np.moveaxis(crs.from_mercator(np.stack((x, y), axis=-1)), -1, 0)
    return lon, lat


@dataclass(frozen=True, slots=True)
class MapView:
    """A rectangle of the world on a rectangle of pixels, north up.

    Attributes:
        x: Centre, EPSG:3857 metres.
        y: Centre, EPSG:3857 metres.
        resolution: EPSG:3857 metres per logical pixel (true metres only at the equator).
        width: Logical pixels.
        height: Logical pixels.
    """

    x: float
    y: float
    resolution: float
    width: int
    height: int

    @classmethod
    def fit(
        cls,
        bounds: tuple[float, float, float, float],
        width: int,
        height: int,
        margin_px: int = 24,
    ) -> MapView:
        """Return the view that shows west, south, east, north in degrees as large as can be."""
        west, south, east, north = bounds
        x0, y0 = to_mercator(west, south)
        x1, y1 = to_mercator(east, north)
        room_x = max(width - 2 * margin_px, 16)
        room_y = max(height - 2 * margin_px, 16)
        resolution = max((x1 - x0) / room_x, (y1 - y0) / room_y, FINEST_M)
        return cls(
            float(x0 + x1) / 2,
            float(y0 + y1) / 2,
            min(float(resolution), COARSEST_M),
            width,
            height,
        )

    @property
    def zoom(self) -> float:
        """Fractional zoom level of 256-pixel tiles."""
        return zoom_of(self.resolution)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north edges in EPSG:3857 metres."""
        half_x, half_y = self.width * self.resolution / 2, self.height * self.resolution / 2
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y

    @property
    def bounds_lonlat(self) -> tuple[float, float, float, float]:
        """West, south, east, north edges in degrees."""
        west, south, east, north = self.bounds
        lon0, lat0 = from_mercator(west, south)
        lon1, lat1 = from_mercator(east, north)
        return float(lon0), float(lat0), float(lon1), float(lat1)

    @property
    def ground_resolution(self) -> float:
        """True metres on the ground per pixel in the middle of the view."""
        _, lat = from_mercator(self.x, self.y)
        return ground_resolution(self.resolution, float(lat))

    def mercator_to_pixel(self, xy: FloatArray) -> FloatArray:
        """Return pixels, shape ``(n, 2)`` with y down, of EPSG:3857 metres of the same shape."""
        west, _, _, north = self.bounds
        return np.column_stack(
            ((xy[:, 0] - west) / self.resolution, (north - xy[:, 1]) / self.resolution)
        )

    def to_pixel(self, lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
        """Return pixels (x right, y down from the top left corner) of degrees."""
        x, y = to_mercator(lon, lat)
        west, _, _, north = self.bounds
        return (x - west) / self.resolution, (north - y) / self.resolution

    def to_lonlat(self, px: Numbers, py: Numbers) -> tuple[Numbers, Numbers]:
        """Return degrees of pixels."""
        west, _, _, north = self.bounds
        return from_mercator(west + px * self.resolution, north - py * self.resolution)

    def zoomed_at(self, px: float, py: float, factor: float) -> MapView:
        """Return the view magnified by `factor` in which the place at a pixel stays under it."""
        resolution = min(max(self.resolution / factor, FINEST_M), COARSEST_M)
        west, _, _, north = self.bounds
        x, y = west + px * self.resolution, north - py * self.resolution
        return replace(
            self,
            x=x + (self.width / 2 - px) * resolution,
            y=y - (self.height / 2 - py) * resolution,
            resolution=resolution,
        )

    def panned(self, dx: float, dy: float) -> MapView:
        """Return the view whose content moved right by `dx` and down by `dy` pixels."""
        return replace(self, x=self.x - dx * self.resolution, y=self.y + dy * self.resolution)

    def centred(self, lon: float, lat: float) -> MapView:
        """Return the view with its centre at a position in degrees."""
        x, y = to_mercator(lon, lat)
        return replace(self, x=float(x), y=float(y))

    def resized(self, width: int, height: int) -> MapView:
        """Return the view of another size with the same centre and scale."""
        return replace(self, width=max(width, 1), height=max(height, 1))

    def grown(self, margin_px: int) -> MapView:
        """Return the view with so many more pixels at each edge."""
        return replace(self, width=self.width + 2 * margin_px, height=self.height + 2 * margin_px)

    def part(self, left: int, top: int, width: int, height: int) -> MapView:
        """Return the view of a rectangle of this view's pixels."""
        west, _, _, north = self.bounds
        return MapView(
            west + (left + width / 2) * self.resolution,
            north - (top + height / 2) * self.resolution,
            self.resolution,
            width,
            height,
        )
