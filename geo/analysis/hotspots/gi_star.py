"""Getis-Ord Gi*: does a unit with its neighbours hold more than its share?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.analysis.hotspots.significance import normal_p

if TYPE_CHECKING:
    from geo.analysis.hotspots.units import Neighbours

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of units, of the shape of the values.

    Attributes:
        z: Standard scores; NaN where nothing can be said: no value differs from another, or the
            neighbourhood is everything.
        p: Analytic, two-sided, by the normal distribution.
    """

    z: FloatArray
    p: FloatArray


def gi_star(values: FloatArray, neighbours: Neighbours) -> Scores:
    """Score each unit by how far its neighbourhood, itself included, exceeds its share.

    Args:
        values: Counts or rates, shape ``(n,)``, or ``(n, k)`` for k patterns at once.
        neighbours: Binary weights.

    Returns:
        Scores of the shape of the values.

    Source:
        Ord and Getis (1995), doi:10.1111/j.1538-4632.1995.tb00912.x; the arithmetic is held against
        PySAL's ``esda.G_Local(transform="B", star=True)``, whose p is one-sided.
    """
    values = values.astype(np.float64)
    sizes = neighbours.counts.astype(np.float64) + 1.0
    z = standardised(neighbours.sums(values, own=True), sizes, values)
    return Scores(z, normal_p(z))


def standardised(sums: FloatArray, sizes: FloatArray, values: FloatArray) -> FloatArray:
    """Return sums over samples of some sizes as scores under random placement.

    Args:
        sums: Shape ``(n,)`` or ``(n, k)``.
        sizes: How many units each sum is of, shape ``(n,)``.
        values: Of all units, shape ``(N,)`` or ``(N, k)``.
    """
    count = float(values.shape[0])
    mean = values.mean(axis=0)
    # From the deviations: sums of squares lose their digits where all values are nearly alike.
    variance = ((values - mean) ** 2).mean(axis=0)
    flat = variance <= (1e-12 * np.maximum(np.abs(mean), 1e-300)) ** 2
    sample = sizes * (count - sizes) / (count - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (sums - np.multiply.outer(sizes, mean)) / np.sqrt(np.multiply.outer(sample, variance))
    z = np.where(flat, np.nan, z)
    found: FloatArray = np.where(np.isfinite(z), z, np.nan)
    return found
