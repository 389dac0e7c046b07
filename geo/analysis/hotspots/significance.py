"""How surprising a sum over a neighbourhood is, and how many surprises to believe.

A score asks whether the values of the units stand at random places, the chance whether the
allegations do. What is believed must be surprising to both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Weight:
    """How much all allegations weigh; numbers, or arrays of shape ``(k,)`` for k patterns.

    Attributes:
        total: Sum of the weights.
        squares: Sum of their squares.
    """

    total: float | FloatArray
    squares: float | FloatArray

    @classmethod
    def of(cls, weight: FloatArray) -> Weight:
        """Return it for weights of shape ``(m,)``."""
        return cls(float(weight.sum()), float((weight**2).sum()))

    @classmethod
    def of_columns(cls, weights: Sequence[Weight]) -> Weight:
        """Return one weight for each column."""
        return cls(np.array([w.total for w in weights]), np.array([w.squares for w in weights]))


def normal_p(z: FloatArray) -> FloatArray:
    """Return two-sided p-values of standard normal scores; NaN stays NaN."""
    from scipy.special import erfc

    p: FloatArray = erfc(np.abs(z) / np.sqrt(2.0))
    return p


def chance_p(
    sums: FloatArray, share: FloatArray, weight: Weight, *, among: BoolArray | None = None
) -> FloatArray:
    """Return two-sided p-values of sums if every allegation lay anywhere with the same chance.

    The sum over a neighbourhood is then binomial. Scores take it for normal, which calls far too
    much significant where most units hold nothing: of 60 random allegations over 600 hexagons the
    scores alone make hotspots in 17 of 20 maps. A unit is believed only if both say so.

    With weights the binomial distribution has as many trials as equal weights would need to tell as
    much (Kish): its mean and its variance are those of the weighted sum.

    Args:
        sums: Weight in each neighbourhood, shape ``(n,)`` or ``(n, k)``.
        share: Chance of one allegation to lie there, shape ``(n,)``.
        weight: Of all allegations, one number or one for each column.
        among: Where it is asked for, of the shape of the sums; elsewhere it is 1.
    """
    from scipy.special import betainc

    some = np.ones(sums.shape, dtype=np.bool_) if among is None else among
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.asarray(weight.total / weight.squares, dtype=np.float64)
        trials = np.broadcast_to(weight.total * unit, sums.shape)[some]
        counted = (sums * unit)[some]
    there = np.broadcast_to(share.reshape(-1, *([1] * (sums.ndim - 1))), sums.shape)[some]
    # At least and at most so many; at least none, and at most all, is certain.
    tiny = 1e-300
    many = betainc(np.maximum(counted, tiny), np.maximum(trials - counted + 1, tiny), there)
    few = 1.0 - betainc(counted + 1, np.maximum(trials - counted, tiny), there)
    both = np.minimum(np.where(counted > 0, many, 1.0), np.where(counted < trials, few, 1.0))
    p = np.ones(sums.shape)
    p[some] = np.where(np.isfinite(both), np.minimum(2.0 * both, 1.0), 1.0)
    return p


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Return p-values adjusted for the false discovery rate: what is at most q is discovered.

    The rate is held where the tests are independent or positively dependent, as sums over
    neighbourhoods that overlap are in each tail (Benjamini and Yekutieli 2001); for both tails at
    once that is not proved, and the simulation of the tests stands for it. Dependence also makes
    false discoveries come in groups: where there is one, there are often several side by side.

    Args:
        p: Shape ``(n,)`` or ``(n, k)``, each column a family of its own; NaN was not tested.

    Source:
        Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x; on dependence
        Benjamini and Yekutieli (2001), doi:10.1214/aos/1013699998.
    """
    order = np.argsort(p, axis=0, kind="stable")  # NaN last
    ranked = np.take_along_axis(p, order, axis=0)
    tested = (~np.isnan(p)).sum(axis=0)
    rank = np.arange(1, len(p) + 1, dtype=np.float64)
    rank = rank.reshape(-1, *([1] * (p.ndim - 1)))
    scaled = np.where(np.isnan(ranked), np.inf, ranked * tested / rank)
    lowest = np.minimum.accumulate(scaled[::-1], axis=0)[::-1]
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(lowest, 1.0), axis=0)
    adjusted[np.isnan(p)] = np.nan
    return adjusted
