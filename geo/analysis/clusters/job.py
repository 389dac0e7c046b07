"""Clusters of allegations, as they are found in the computing process."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shapely

from geo.analysis.clusters.dbscan import NOISE, dbscan
from geo.analysis.clusters.result import Cluster, ClusterMethod, Clusters
from geo.analysis.columns import CREDIBILITIES, RELIABILITIES
from geo.analysis.shares import in_degrees
from geo.errors import InputError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.analysis.clusters.cells import IntArray
    from geo.analysis.clusters.result import ClusterWish
    from geo.analysis.columns import FloatArray
    from geo.analysis.points import Points
    from geo.model.entity import Area
    from geo.progress import Progress

FEWEST: Final = 30
"""Allegations with a position without which no clusters are looked for."""
LEAST: Final = 3
"""Neighbours that a core must have at least: two are a pair and no cluster."""
MOST_BY_TREE: Final = 50_000
"""Points from which on HDBSCAN takes longer than anybody waits: its time grows by the square."""
EVEN: Final = 4.0
"""A core of the default distance has so many times the neighbours of an even spread."""
DOUBT: Final = 0.9
SMALLEST_M: Final = 50.0
_ROUND: Final = 0.25
"""A hull is rounded by this share of the distance."""
_HOLLOW: Final = 0.5
"""How closely a hull follows its points: 1 is convex."""
_CORNERS: Final = 3


def clusters(points: Points, wish: ClusterWish, progress: Progress) -> Clusters:
    """Return the clusters among allegations that are known to a point.

    Raises:
        InputError: Fewer than `FEWEST` of them, too many for HDBSCAN, or numbers that make no
            sense.
    """
    if len(points) < FEWEST:
        raise InputError("error.clusters.few", n=len(points), fewest=FEWEST)
    if not LEAST <= wish.fewest <= len(points):
        raise InputError("error.clusters.fewest", least=LEAST, most=len(points))
    if wish.distance_m is not None and wish.distance_m <= 0:
        raise InputError("error.clusters.distance")
    distance = math.nan
    if wish.method is ClusterMethod.DBSCAN:
        distance = wish.distance_m or default_distance(points.xy, wish.fewest, points.accuracy_m)
        found = dbscan(points.xy, distance, wish.fewest, progress)
    else:
        found = _by_tree(points.xy, wish.fewest, progress)
    sizes = np.bincount(found[found != NOISE])
    order = np.argsort(-sizes, kind="stable")
    place = np.append(np.argsort(order), NOISE)
    label = place[found]
    made = []
    for number in range(len(sizes)):
        progress.step(number, len(sizes), "clusters.step.hulls")
        made.append(_cluster(points, np.flatnonzero(label == number), distance))
    with np.errstate(invalid="ignore"):
        doubtful = int((points.accuracy_m > distance).sum())
    return Clusters(
        clusters=tuple(made),
        label=label,
        method=wish.method,
        fewest=wish.fewest,
        distance_m=distance,
        chosen=wish.distance_m is not None and wish.method is ClusterMethod.DBSCAN,
        points=len(points),
        alone=int((label == NOISE).sum()),
        nowhere=len(points.units),
        doubtful=doubtful,
    )


def default_distance(xy: FloatArray, fewest: int, accuracy_m: FloatArray) -> float:
    """Return the distance that is used when nobody sets one, in metres, to two digits.

    Spread evenly over the hull of all points, a quarter of `fewest` would lie within it: a core has
    at least four times as many neighbours as that. It is never below the doubt of nine tenths of
    the places.

    Args:
        xy: Metres, shape ``(n, 2)``.
        fewest: Neighbours of a core.
        accuracy_m: Doubt of each place, NaN where nobody said.
    """
    ground = float(shapely.area(shapely.convex_hull(shapely.multipoints(xy))))
    even = math.sqrt(fewest * ground / (EVEN * math.pi * len(xy)))
    known = accuracy_m[np.isfinite(accuracy_m)]
    doubt = float(np.quantile(known, DOUBT)) if len(known) else 0.0
    metres = max(even, doubt, SMALLEST_M)
    power = 10.0 ** (math.floor(math.log10(metres)) - 1)
    return round(metres / power) * power


def _by_tree(xy: FloatArray, fewest: int, progress: Progress) -> IntArray:
    """Return the cluster of each point by HDBSCAN (Campello, Moulavi, Sander 2013)."""
    from sklearn.cluster import HDBSCAN

    if len(xy) > MOST_BY_TREE:
        raise InputError("error.clusters.many", n=len(xy), most=MOST_BY_TREE)
    progress.step(0, 2, "clusters.step.tree")
    # Metres of the whole country lose digits in the library's own arithmetic.
    model = HDBSCAN(min_cluster_size=fewest, copy=True).fit(xy - xy.mean(axis=0))
    labels: IntArray = model.labels_.astype(np.int64)
    return labels


def _cluster(points: Points, rows: IntArray, distance: float) -> Cluster:
    hull = _hull(points.xy[rows], distance)
    width = len(CREDIBILITIES)
    grade = points.reliability[rows].astype(np.int64) * width + points.credibility[rows]
    many = np.bincount(grade, minlength=len(RELIABILITIES) * width)
    known = points.accuracy_m[rows]
    known = known[np.isfinite(known)]
    return Cluster(
        n=len(rows),
        weight=float(points.weight[rows].sum()),
        hull=cast("Area", in_degrees(hull)),
        km2=float(hull.area) / 1e6,
        grades={
            f"{RELIABILITIES[g // width].value}{CREDIBILITIES[g % width].value}": int(many[g])
            for g in np.flatnonzero(many).tolist()
        },
        doubt_m=float(np.quantile(known, DOUBT)) if len(known) else math.nan,
    )


def _hull(xy: FloatArray, distance: float) -> Area:
    """Return an area around points: never a line, however they lie."""
    places = np.unique(xy, axis=0)
    shape: BaseGeometry = shapely.MultiPoint(places)
    if len(places) >= _CORNERS:
        shape = shapely.concave_hull(shape, ratio=_HOLLOW)
    size = math.sqrt(float(shapely.area(shape)))
    edge = distance * _ROUND if math.isfinite(distance) else size * _ROUND / 5
    return cast("Area", shapely.buffer(shape, max(edge, SMALLEST_M), quad_segs=4))
