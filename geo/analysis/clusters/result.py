"""What clusters are asked for, and what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo.analysis.clusters.cells import IntArray
from geo.model.entity import Area


class ClusterMethod(StrEnum):
    """How clusters are found; the value is what ``--method`` takes."""

    DBSCAN = "dbscan"
    HDBSCAN = "hdbscan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterWish:
    """How clusters are wanted.

    Attributes:
        method: One density for all clusters, or each its own.
        fewest: DBSCAN: neighbours of a core, itself counted. HDBSCAN: the smallest cluster.
        distance_m: How far neighbours of DBSCAN are; None takes `rule.default_distance`.
    """

    method: ClusterMethod = ClusterMethod.DBSCAN
    fewest: int = 10
    distance_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Allegations that lie together.

    Attributes:
        n: How many.
        weight: What they weigh.
        hull: Around them, lon/lat degrees.
        km2: Its size.
        grades: Grade → how many, in the order of the scale.
        doubt_m: Nine of ten of its places are known at least so exactly; NaN where nobody said.
    """

    n: int
    weight: float
    hull: Area
    km2: float
    grades: Mapping[str, int]
    doubt_m: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Clusters:
    """Clusters, the one with the most allegations first.

    Attributes:
        clusters: Each with its hull and its grades.
        label: Position in `clusters` of each point, -1 for none, shape ``(n,)``.
        method: DBSCAN or HDBSCAN.
        fewest: As in the wish.
        distance_m: Of DBSCAN; NaN for HDBSCAN.
        chosen: Somebody set the distance.
        points: Allegations with a position.
        alone: How many of them are in no cluster.
        nowhere: Allegations known by an area only: they can be in no cluster.
        doubtful: Places that are known less exactly than the distance.
    """

    clusters: tuple[Cluster, ...]
    label: IntArray
    method: ClusterMethod
    fewest: int
    distance_m: float
    chosen: bool
    points: int
    alone: int
    nowhere: int
    doubtful: int
