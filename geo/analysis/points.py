"""The allegations that count, as points in metres, and those that are known by a unit only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.analysis.columns import Codes, FloatArray
from geo.crs import to_utm

if TYPE_CHECKING:
    from geo.analysis.evidence import Evidence


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Points:
    """What density and clusters are made of; crosses into the computing process.

    Attributes:
        xy: Metres of UTM zone 48, shape ``(n, 2)``.
        weight: Shape ``(n,)``.
        accuracy_m: Doubt of each place, NaN where nobody said.
        reliability: Codes into `columns.RELIABILITIES`.
        credibility: Codes into `columns.CREDIBILITIES`.
        ids: Of the allegations.
        units: Code of the unit of each allegation that is known by one only, shape ``(m,)``.
        unit_weight: What each of these weighs, shape ``(m,)``.
    """

    xy: FloatArray
    weight: FloatArray
    accuracy_m: FloatArray
    reliability: Codes
    credibility: Codes
    ids: NDArray[np.object_]
    units: NDArray[np.str_]
    unit_weight: FloatArray

    def __len__(self) -> int:
        """Return how many are known to a point."""
        return len(self.xy)


def points_of(evidence: Evidence) -> Points:
    """Return the points of evidence, and apart from them what is known by a unit only."""
    at, areas = evidence.placed, evidence.area_only
    return Points(
        xy=to_utm(np.column_stack([evidence.lon[at], evidence.lat[at]])),
        weight=evidence.weight[at],
        accuracy_m=evidence.accuracy_m[at],
        reliability=evidence.reliability[at],
        credibility=evidence.credibility[at],
        ids=evidence.ids[at],
        units=evidence.unit[areas],
        unit_weight=evidence.weight[areas],
    )
