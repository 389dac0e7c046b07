"""What is to be painted, in order, in pixels: the border between numbers and paint. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.shapes import Shapes
from layers.style import AreaStyle, LineStyle, SymbolSpec, TextStyle
from layers.view import FloatArray, MapView


@dataclass(frozen=True, slots=True)
class Areas:
    """Polygons in pixels, filled by the odd–even rule feature by feature.

    Attributes:
        origin: Pixel at which a hatch begins, so that it lies still on the ground.
        tiled: They lie side by side: filled to whole pixels, so that no seam is seen between two,
            which is also much quicker.
    """

    shapes: Shapes
    style: AreaStyle
    opacity: float = 1.0
    origin: tuple[float, float] = (0.0, 0.0)
    tiled: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in pixels.

    Attributes:
        runs: Each of shape ``(n, 2)``.
        before: Length of the line before each run in pixels: where its dashes begin.
    """

    runs: tuple[FloatArray, ...]
    before: tuple[float, ...]
    style: LineStyle
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Discs:
    """Soft discs of doubt: densest in the middle, nothing at the rim.

    Attributes:
        xy: Centres in pixels, shape ``(n, 2)``.
        radius: Pixels, shape ``(n,)``.
        within: Land beyond which nothing is drawn: a unit does not reach over the national border.
    """

    xy: FloatArray
    radius: FloatArray
    colour: str
    alpha: float
    opacity: float = 1.0
    within: Shapes | None = None


@dataclass(frozen=True, slots=True)
class Symbols:
    """Point symbols, later ones on top.

    Attributes:
        xy: Centres in pixels, shape ``(n, 2)``.
        spec: Index into `specs`, shape ``(n,)``.
        size: Size of a symbol of scale 1 in pixels.
    """

    xy: FloatArray
    spec: NDArray[np.uint8]
    specs: tuple[SymbolSpec, ...]
    size: float
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Halos:
    """Rings around what is selected."""

    xy: FloatArray
    radius: float
    colour: str
    casing: str


Op = Areas | Lines | Discs | Symbols | Halos


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a label."""

    text: str
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Label:
    """Writing with its place.

    Attributes:
        lines: From top to bottom, each centred in the box.
        x: Centre of its box in pixels.
        y: Centre of its box in pixels.
        width: Pixels.
        height: Pixels.
        opacity: Of its layer.
    """

    lines: tuple[TextLine, ...]
    x: float
    y: float
    width: float
    height: float
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class DrawList:
    """A frame: background, operations in order, selection, labels on top.

    Attributes:
        view: The view that the pixels belong to.
        background: Colour under everything.
    """

    view: MapView
    background: str
    ops: tuple[Op, ...] = ()
    selected: tuple[Op, ...] = ()
    labels: tuple[Label, ...] = ()
