"""The sum of a kernel over all points at every cell of a grid, by Fourier transform.

Counting points by cell and folding the counts with the kernel would move each point to the middle
of its cell. Here the kernel at a cell is written as a polynomial of where in its own cell a point
lies; folding the moments of these places with the polynomial's coefficients moves nothing. The cost
is that of a dozen transforms, whatever the radius and however many points.

Source:
    Kernel: Silverman (1986), Density Estimation, equation 4.5 (K2, the quartic or biweight kernel).
    Transform: the same, section 3.5, with moments instead of counts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.progress import NoProgress

if TYPE_CHECKING:
    from geo.analysis.columns import FloatArray
    from geo.analysis.density.raster import Raster
    from geo.progress import Progress

ComplexArray = NDArray[np.complex128]

COARSEST: Final = 5.0
"""Cells that a radius must span at least, for the polynomial to follow the kernel."""
_SAMPLES: Final = 6
"""Places along each side of a cell at which the polynomial is fitted."""
_MARGIN: Final = 2
"""Cells beyond the grid, so that what wraps round falls outside."""
STEP: Final = 1.15
"""Ratio of two neighbouring radii of an adaptive density; between four it is interpolated."""
BEYOND: Final = STEP**2
"""How much larger than the largest radius a radius may be that takes part in interpolating."""


def quartic(distance: FloatArray, radius: float) -> FloatArray:
    """Return the quartic kernel, 1 at the point and 0 from the radius on, as QGIS's raw heatmap."""
    inside = np.maximum(0.0, 1.0 - (distance / radius) ** 2)
    return inside * inside


def volume(radius: float) -> float:
    """Return what lies under one kernel: its integral over the plane, in square metres."""
    return math.pi * radius**2 / 3.0


def smooth(xy: FloatArray, weight: FloatArray | None, raster: Raster, radius: float) -> FloatArray:
    """Sum a quartic kernel of one radius over weighted points at every cell's middle.

    Args:
        xy: Metres, shape ``(n, 2)``, at least `radius` within the grid.
        weight: Shape ``(n,)``; None is 1 each.
        raster: The grid; a radius spans at least `COARSEST` of its cells.
        radius: Metres.

    Returns:
        Shape ``raster.shape``; 1 is one point of weight 1 in the cell's middle. Each point's part
        is within 0.0045 of the direct sum where the radius spans ten cells and within 0.015 where
        it spans five, at the kernel's edge; of many points these differences cancel.
    """
    layers = _Layers(raster, radius)
    layers.add(xy, weight, radius)
    return layers.sum()


def smooth_each(
    xy: FloatArray,
    weight: FloatArray,
    raster: Raster,
    radius: FloatArray,
    progress: Progress | None = None,
) -> FloatArray:
    """Sum quartic kernels of a radius for each point, each with the volume of weight × π/3 m².

    Radii are taken in steps of `STEP`; a point counts for the four around its own in the parts of
    cubic interpolation.

    Args:
        xy: Metres, shape ``(n, 2)``, at least the largest radius × `BEYOND` within the grid.
        weight: Shape ``(n,)``.
        raster: The grid; the smallest radius spans at least `COARSEST` of its cells, or nearly.
        radius: Metres, shape ``(n,)``.
        progress: Told after each radius.

    Returns:
        Points per square metre × π/3, shape ``raster.shape``.
    """
    progress = progress or NoProgress()
    layers = _Layers(raster, float(radius.max()) * BEYOND)
    smallest = float(radius.min())
    step = np.log(radius / smallest) / math.log(STEP)
    lower = np.floor(step).astype(np.int64)
    parts = _cubic(step - lower)
    offsets = np.arange(-1, 3)
    used = np.unique((np.unique(lower)[:, None] + offsets).ravel())
    for done, level in enumerate(used.tolist()):
        progress.step(done, len(used), "density.step.smooth")
        size = smallest * STEP**level
        part = np.zeros(len(xy))
        for number, offset in enumerate(offsets.tolist()):
            here = lower + offset == level
            part[here] = parts[number, here]
        near = part != 0
        if near.any():
            layers.add(xy[near], weight[near] * part[near] / size**2, size)
    return layers.sum()


def _cubic(at: FloatArray) -> FloatArray:
    """Return the parts of the values at −1, 0, 1 and 2 in the value at `at`, shape ``(4, n)``."""
    return np.stack(
        [
            -at * (at - 1) * (at - 2) / 6,
            (at + 1) * (at - 1) * (at - 2) / 2,
            -(at + 1) * at * (at - 2) / 2,
            (at + 1) * at * (at - 1) / 6,
        ]
    )


class _Layers:
    """A sum of folded grids that is gathered in the transformed space."""

    def __init__(self, raster: Raster, largest: float) -> None:
        from scipy import fft

        self._raster = raster
        self._reach = _reach(largest / raster.cell)
        self._rows = fft.next_fast_len(raster.rows + _MARGIN)
        self._columns = fft.next_fast_len(raster.columns + _MARGIN, real=True)
        self._sum: ComplexArray | None = None

    def add(self, xy: FloatArray, weight: FloatArray | None, radius: float) -> None:
        """Add the kernels of some points."""
        cell, east, south = self._raster.places(xy)
        fitted = _coefficients(radius / self._raster.cell)
        beside = self._reach - fitted.shape[1] // 2
        first, *others = np.pad(fitted, ((0, 0), (beside, beside), (beside, beside)))
        self._fold(cell, weight, first)
        for kernel, moment in zip(others, _moments(east, south), strict=True):
            self._fold(cell, moment if weight is None else moment * weight, kernel)

    def _fold(self, cell: NDArray[np.int64], mass: FloatArray | None, kernel: FloatArray) -> None:
        counted = np.bincount(cell, mass, minlength=self._raster.rows * self._raster.columns)
        folded = self._transformed(
            counted.astype(np.float64, copy=False).reshape(self._raster.shape)
        )
        folded *= self._transformed(kernel)
        self._sum = folded if self._sum is None else np.add(self._sum, folded, out=self._sum)

    def sum(self) -> FloatArray:
        """Return the gathered sum on the grid; nothing below zero."""
        from scipy import fft

        assert self._sum is not None  # noqa: S101 - there was something to add
        made = fft.irfft2(self._sum, (self._rows, self._columns), overwrite_x=True)
        # A kernel stands at the middle of its own array, the grid at its corner.
        made = np.roll(made, (-self._reach, -self._reach), axis=(0, 1))
        kept: FloatArray = made[: self._raster.rows, : self._raster.columns]
        return np.maximum(kept, 0.0)

    def _transformed(self, grid: FloatArray) -> ComplexArray:
        from scipy import fft

        # Along the rows first: a kernel has few of them.
        along = fft.rfft(grid, self._columns, axis=1)
        made: ComplexArray = fft.fft(along, self._rows, axis=0, overwrite_x=True)
        return made


def _moments(east: FloatArray, south: FloatArray) -> tuple[FloatArray, ...]:
    return (east, south, east * east, east * south, south * south)


def _reach(radius: float) -> int:
    """Return how many cells from its own a point can be felt, its radius given in cells."""
    return math.ceil(radius + 0.5)


def _coefficients(radius: float) -> FloatArray:
    """Return the kernel's polynomial at each cell around a point's own.

    Args:
        radius: In cells.

    Returns:
        Shape ``(6, 2 k + 1, 2 k + 1)`` in the order of `_moments`, the point's own cell in the
        middle and the constant part first; fitted by least squares to places all over the cell.
    """
    sides = (np.arange(_SAMPLES) + 0.5) / _SAMPLES - 0.5
    east, south = (part.ravel() for part in np.meshgrid(sides, sides))
    basis = np.stack([np.ones_like(east), *_moments(east, south)], axis=1)
    away = np.arange(-_reach(radius), _reach(radius) + 1)
    across = (away[None, None, :] - east[:, None, None]) ** 2
    down = (away[None, :, None] - south[:, None, None]) ** 2
    inside = np.maximum(0.0, 1.0 - (across + down) / radius**2)
    fitted = np.linalg.pinv(basis) @ (inside * inside).reshape(len(east), -1)
    made: FloatArray = fitted.reshape(-1, len(away), len(away))
    return made
