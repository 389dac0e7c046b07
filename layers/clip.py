"""Cutting lines and rings to a rectangle, and dropping vertices that no eye can tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.shapes import IntArray, Shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.view import FloatArray, MapView

Box = tuple[float, float, float, float]

CLIP_MARGIN_PX = 40.0
"""Rings are cut this far outside the view, so that the cut's own edge is never seen."""
DECIMATION_PX = 0.5
"""Consecutive vertices within one cell of this size are drawn as one."""
SMALLEST_PX = 0.6
"""Rings smaller than this in both directions are not drawn."""


def clip_ring(ring: FloatArray, box: Box) -> FloatArray:
    """Return a ring cut to a box (Sutherland and Hodgman 1974), possibly with edges along the box.

    Args:
        ring: Vertices, shape ``(n, 2)``, first repeated as last or not.
        box: West, south, east, north in the ring's own unit.
    """
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if not len(ring):
            break
        ring = _half_plane(ring, axis, limit, sign)
    return ring


def _half_plane(ring: FloatArray, axis: int, limit: float, sign: int) -> FloatArray:
    distance = (ring[:, axis] - limit) * sign
    inside = distance >= 0
    if inside.all():
        return ring
    if not inside.any():
        return ring[:0]
    following = np.roll(ring, -1, axis=0)
    next_distance = np.roll(distance, -1)
    crosses = inside != np.roll(inside, -1)
    gap = np.where(crosses, distance - next_distance, 1.0)
    cut = ring + (following - ring) * (distance / gap)[:, None]
    both = np.empty((2 * len(ring), 2))
    both[0::2], both[1::2] = ring, cut
    keep = np.empty(2 * len(ring), dtype=bool)
    keep[0::2], keep[1::2] = inside, crosses
    return both[keep]


def drawn_rings(
    shapes: Shapes,
    view: MapView,
    features: IntArray | None = None,
    tolerance_px: float = DECIMATION_PX,
) -> Shapes:
    """Return polygons as pixels of a view: cut and simplified to it, without the too small.

    Args:
        shapes: Polygons in EPSG:3857 metres.
        view: The view.
        features: Which features, or all.
        tolerance_px: Consecutive corners within one cell of this size become one.

    Returns:
        Polygons in logical pixels; features outside the view keep their place and are empty.
    """
    xy, lengths, owner, ring_numbers = _visible(shapes, view, features, tolerance_px)
    edges = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    box = (
        -CLIP_MARGIN_PX,
        -CLIP_MARGIN_PX,
        view.width + CLIP_MARGIN_PX,
        view.height + CLIP_MARGIN_PX,
    )
    whole = _inside(shapes.ring_bounds[ring_numbers], view)
    out: list[list[FloatArray]] = [[] for _ in range(len(shapes))]
    for i, feature in enumerate(owner):
        ring = xy[edges[i] : edges[i + 1]]
        if not whole[i]:
            ring = clip_ring(ring, box)
        if len(ring) > 2:  # noqa: PLR2004 - an area has three corners
            out[feature].append(ring)
    return Shapes.of(out)


def drawn_lines(
    shapes: Shapes,
    view: MapView,
    features: IntArray | None = None,
    tolerance_px: float = DECIMATION_PX,
) -> tuple[list[FloatArray], list[float]]:
    """Return lines as pixels of a view, in runs that lie near it.

    Returns:
        The runs, each of shape ``(n, 2)``, and for each the length of its line before it in pixels,
        so that dashes do not jump where a line is cut.
    """
    xy, lengths, _, _ = _visible(shapes, view, features, tolerance_px)
    edges = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    runs: list[FloatArray] = []
    before: list[float] = []
    far = CLIP_MARGIN_PX
    for i in range(len(lengths)):
        line = xy[edges[i] : edges[i + 1]]
        if len(line) < 2:  # noqa: PLR2004 - a line has two ends
            continue
        low, high = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])
        near = (
            (high[:, 0] > -far)
            & (low[:, 0] < view.width + far)
            & (high[:, 1] > -far)
            & (low[:, 1] < view.height + far)
        )
        steps = np.concatenate([[0.0], np.cumsum(np.hypot(*(line[1:] - line[:-1]).T))])
        flips = np.flatnonzero(np.diff(np.concatenate([[0], near.view(np.int8), [0]])))
        for first, end in zip(flips[0::2], flips[1::2], strict=True):
            runs.append(line[first : end + 1])
            before.append(float(steps[first]))
    return runs, before


def contains(shapes: Shapes, feature: int, x: float, y: float) -> bool:
    """Tell whether a point lies in a feature by the odd–even rule, in the unit of the shapes."""
    return bool(contains_all(shapes, feature, np.array([[x, y]]))[0])


def contains_all(shapes: Shapes, feature: int, xy: FloatArray) -> NDArray[np.bool_]:
    """Tell which points of shape ``(n, 2)`` lie in a feature; meant for few points."""
    inside = np.zeros(len(xy), dtype=bool)
    for ring in shapes.rings_of(feature):
        following = np.roll(ring, -1, axis=0)
        for i, (x, y) in enumerate(xy.tolist()):
            spans = (ring[:, 1] > y) != (following[:, 1] > y)
            a, b = ring[spans], following[spans]
            at = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
            inside[i] ^= bool((at > x).sum() % 2)
    return inside


def _inside(bounds: FloatArray, view: MapView) -> NDArray[np.bool_]:
    west, south, east, north = view.bounds
    inside: NDArray[np.bool_] = (
        (bounds[:, 0] >= west)
        & (bounds[:, 1] >= south)
        & (bounds[:, 2] <= east)
        & (bounds[:, 3] <= north)
    )
    return inside


def _visible(
    shapes: Shapes,
    view: MapView,
    features: IntArray | None,
    tolerance_px: float = DECIMATION_PX,
) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
    """Pick the rings in view, decimated: pixels, lengths, feature and number of each ring."""
    west, south, east, north = view.grown(int(CLIP_MARGIN_PX)).bounds
    bounds = shapes.ring_bounds
    least = SMALLEST_PX * view.resolution
    seen = (
        (bounds[:, 2] >= west)
        & (bounds[:, 0] <= east)
        & (bounds[:, 3] >= south)
        & (bounds[:, 1] <= north)
        & ((bounds[:, 2] - bounds[:, 0] >= least) | (bounds[:, 3] - bounds[:, 1] >= least))
    )
    owner = shapes.feature_of_ring()
    if features is not None:
        wanted = np.zeros(len(shapes), dtype=bool)
        wanted[features] = True
        seen &= wanted[owner]
    numbers = np.flatnonzero(seen)
    lengths = (shapes.rings[1:] - shapes.rings[:-1])[numbers]
    if not len(numbers):
        return np.empty((0, 2)), lengths, owner[:0], numbers
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    index = np.arange(lengths.sum()) + np.repeat(shapes.rings[:-1][numbers] - starts, lengths)
    xy = view.mercator_to_pixel(shapes.xy[index])
    cells = np.floor(shapes.xy[index] / (tolerance_px * view.resolution))
    keep = np.ones(len(xy), dtype=bool)
    keep[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    ends = starts + lengths - 1
    keep[starts] = True
    keep[ends] = True
    return xy[keep], np.add.reduceat(keep.astype(np.int64), starts), owner[numbers], numbers
