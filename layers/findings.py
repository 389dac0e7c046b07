"""What an analysis has found, as the map shows it: areas, lines and points by class, with a legend.

Pure values, made once on a worker thread and never changed: the same object is the same picture.
A result is never more than its evidence: it carries its method, its parameters, its n and its
grade mix wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.model.table import Table
from layers.points import PointIndex
from layers.ramps import dressed, on_theme
from layers.said import Words
from layers.shapes import Shapes
from layers.style import AreaStyle, LineStyle, SymbolSpec
from layers.view import FloatArray, to_mercator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.palette import Theme

Codes = NDArray[np.uint8]
Box = tuple[float, float, float, float]
BLOCK: Final = 16
"""Cells are merged in blocks of so many across."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingClass:
    """One line of the legend: exactly one of `area`, `line` and `symbol` is there.

    Attributes:
        label: What it means.
        count: How many shapes have it; None where counting means nothing.
    """

    label: Words
    area: AreaStyle | None = None
    line: LineStyle | None = None
    symbol: SymbolSpec | None = None
    count: int | None = None

    def on_theme(self, theme: Theme) -> FindingClass:
        """Return it as a theme shows it."""
        area = dressed(self.area, theme) if self.area is not None else None
        line, symbol = self.line, self.symbol
        if line is not None:
            line = replace(line, colour=on_theme(line.colour, theme))
        if symbol is not None:
            symbol = replace(symbol, fill=on_theme(symbol.fill, theme))
        return replace(self, area=area, line=line, symbol=symbol)


@dataclass(frozen=True, slots=True, eq=False)
class FoundShapes:
    """Areas or lines of a result.

    Attributes:
        keys: What each is called in the result's table.
        codes: Class of each, shape ``(n,)``.
        shapes: EPSG:3857 metres.
        by_class: The shapes of each class alone, in the order of the classes.
        boxes: West, south, east, north of each in EPSG:3857 metres, shape ``(n, 4)``.
        widths: Pixels of each line, shape ``(n,)``; None is what its class says.
        merged: For each class its cells as few large areas, drawn where a cell is too small to be
            told from its neighbour; empty where nobody made them.
    """

    keys: tuple[str, ...]
    codes: Codes
    shapes: Shapes
    by_class: tuple[tuple[NDArray[np.intp], Shapes], ...]
    boxes: FloatArray
    widths: FloatArray | None = None
    merged: tuple[Shapes, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FoundPoints:
    """Points of a result.

    Attributes:
        keys: What each is called in the result's table.
        codes: Class of each, shape ``(n,)``.
        index: Their places.
    """

    keys: tuple[str, ...]
    codes: Codes
    index: PointIndex


def _nothing(_key: str) -> tuple[Words, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Findings:
    """A result on the map.

    Attributes:
        section: Which section of the analysis made it (its key).
        title: What it shows.
        classes: The legend, in its order; shapes name their class by its place here.
        note: Method, parameters, n, grade and precision mix, warnings: a sentence each.
        tell: What the pointer's note says of a shape, by its key.
        made_of: The tables of the plan that it was computed from: another one means that the plan
            has changed since.
    """

    section: str
    title: Words
    classes: tuple[FindingClass, ...]
    note: tuple[Words, ...] = ()
    areas: FoundShapes | None = None
    lines: FoundShapes | None = None
    points: FoundPoints | None = None
    tell: Callable[[str], Sequence[Words]] = _nothing
    made_of: tuple[Table, ...] = ()

    def bounds_of(self, key: str) -> Box | None:
        """Return west, south, east, north of a shape in EPSG:3857 metres, or None."""
        for found in (self.areas, self.lines):
            if found is not None and key in found.keys:
                west, south, east, north = found.boxes[found.keys.index(key)].tolist()
                return west, south, east, north
        if self.points is not None and key in self.points.keys:
            x, y = self.points.index.xy[self.points.keys.index(key)].tolist()
            return x, y, x, y
        return None

    @property
    def bounds(self) -> Box | None:
        """West, south, east, north of all of it in EPSG:3857 metres, or None if it is empty."""
        boxes = [s.boxes for s in (self.areas, self.lines) if s is not None]
        if self.points is not None:
            boxes.append(np.hstack([self.points.index.xy] * 2))
        return _around(boxes)

    @property
    def striking(self) -> Box | None:
        """The same of what is painted in a colour: what was found, without all that was not."""
        boxes = []
        if self.areas is not None:
            filled = np.array([c.area is not None and bool(c.area.fill) for c in self.classes])
            boxes.append(self.areas.boxes[filled[self.areas.codes]])
        if self.lines is not None:
            boxes.append(self.lines.boxes)
        if self.points is not None:
            boxes.append(np.hstack([self.points.index.xy] * 2))
        return _around(boxes)


def _around(boxes: Sequence[FloatArray]) -> Box | None:
    every = np.vstack([*boxes, np.empty((0, 4))])
    every = every[np.isfinite(every).all(axis=1)]
    if not len(every):
        return None
    (west, south), (east, north) = every[:, :2].min(axis=0), every[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def found_areas(
    outlines: Iterable[Sequence[FloatArray]], keys: Sequence[str], codes: Sequence[int] | Codes
) -> FoundShapes:
    """Return areas given as lists of rings in degrees, each ring of shape ``(n, 2)``."""
    return _shapes(([_mercator(ring) for ring in rings] for rings in outlines), keys, codes)


def found_cells(
    outlines: Sequence[FloatArray], keys: Sequence[str], codes: Sequence[int] | Codes
) -> FoundShapes:
    """Return the cells of a lattice, such as hexagons, each given by its ring in degrees.

    Neighbours of one class are merged besides: 15,000 cells take 0.3 s, off the main thread.
    """
    # The same corner comes a little otherwise from each of its cells; a decimetre is the same.
    rings = [np.round(_mercator(ring), 1) for ring in outlines]
    found = _shapes(([ring] for ring in rings), keys, codes)
    return replace(
        found, merged=tuple(_merged([rings[i] for i in own]) for own, _ in found.by_class)
    )


def found_units(
    outlines: Iterable[Sequence[FloatArray]], keys: Sequence[str], codes: Sequence[int] | Codes
) -> FoundShapes:
    """Return areas given as rings in EPSG:3857 metres, as `layers.shapes.rings_from_wkb` does."""
    return _shapes(outlines, keys, codes)


def found_lines(
    paths: Iterable[FloatArray],
    keys: Sequence[str],
    codes: Sequence[int] | Codes,
    widths: FloatArray | None = None,
) -> FoundShapes:
    """Return lines given by their corners in degrees, each of shape ``(n, 2)``."""
    return _shapes(([_mercator(path)] for path in paths), keys, codes, widths)


def found_points(
    lonlat: FloatArray, keys: Sequence[str], codes: Sequence[int] | Codes
) -> FoundPoints:
    """Return points given in degrees, shape ``(n, 2)``."""
    xy = _mercator(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2))
    return FoundPoints(tuple(keys), np.asarray(codes, dtype=np.uint8), PointIndex.of(xy))


def _mercator(lonlat: FloatArray) -> FloatArray:
    return np.column_stack(to_mercator(lonlat[:, 0], lonlat[:, 1]))


def _shapes(
    features: Iterable[Sequence[FloatArray]],
    keys: Sequence[str],
    codes: Sequence[int] | Codes,
    widths: FloatArray | None = None,
) -> FoundShapes:
    parts = [list(rings) for rings in features]
    classes = np.asarray(codes, dtype=np.uint8)
    if not len(parts) == len(keys) == len(classes):
        message = f"{len(parts)} shapes, {len(keys)} keys, {len(classes)} classes"
        raise ValueError(message)
    by_class = []
    for code in range(int(classes.max(initial=0)) + 1):
        own = np.flatnonzero(classes == code)
        by_class.append((own, Shapes.of(parts[i] for i in own)))
    shapes = Shapes.of(parts)
    return FoundShapes(tuple(keys), classes, shapes, tuple(by_class), _boxes(shapes), widths)


def _merged(rings: Sequence[FloatArray]) -> Shapes:
    """Merge cells block by block: one polygon of a whole country takes too long to be painted."""
    if not rings:
        return Shapes.of([])
    import shapely

    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    cells = np.asarray(shapely.polygons(shapely.linearrings(np.concatenate(rings), indices=owner)))
    middle = shapely.get_coordinates(shapely.centroid(cells))
    boxes = shapely.bounds(cells)
    side = BLOCK * float(np.median(boxes[:, 2] - boxes[:, 0]))
    _, block = np.unique(np.floor(middle / side), axis=0, return_inverse=True)
    many = range(int(block.max()) + 1)
    parts = shapely.get_parts([shapely.coverage_union_all(cells[block == n]) for n in many])
    return Shapes.of(
        [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)] for part in parts
    )


def _boxes(shapes: Shapes) -> FloatArray:
    """Return the box of each feature; one without rings is nowhere."""
    boxes = np.full((len(shapes), 4), np.nan)
    has = np.diff(shapes.features) > 0
    if has.any():
        starts = shapes.features[:-1][has]
        boxes[has, :2] = np.minimum.reduceat(shapes.ring_bounds[:, :2], starts)
        boxes[has, 2:] = np.maximum.reduceat(shapes.ring_bounds[:, 2:], starts)
    return boxes
