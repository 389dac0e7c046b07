"""How surprising a sum over a neighbourhood is, and how many surprises to believe.

The null hypothesis throughout is that the values of the units stand at random places: the sum over
a neighbourhood is then the sum of a simple random sample without replacement, whose mean, variance
and third moment are known exactly.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_STRAIGHT: Final = 1e-4
"""Below so little skewness the gamma distribution is the normal one, to all digits that matter."""


def normal_p(z: FloatArray) -> FloatArray:
    """Return two-sided p-values of standard normal scores; NaN stays NaN."""
    from scipy.special import erfc

    p: FloatArray = erfc(np.abs(z) / np.sqrt(2.0))
    return p


def sample_skewness(sizes: FloatArray, values: FloatArray) -> FloatArray:
    """Return the skewness of the sum of a simple random sample without replacement.

    Args:
        sizes: Size of the sample of each unit, shape ``(n,)``.
        values: The finite population, shape ``(N,)`` or ``(N, k)``.

    Returns:
        Shape ``(n,)`` or ``(n, k)``; NaN where the sample is everything or nothing varies.

    Source:
        Cochran, Sampling Techniques (3rd ed., 1977), section 2.15, from Fisher's k-statistics.
    """
    count = values.shape[0]
    deviation = values - values.mean(axis=0)
    spread = np.sqrt((deviation**2).mean(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        population = (deviation**3).mean(axis=0) / spread**3
        factor = (
            (count - 2 * sizes) / (count - 2) * np.sqrt((count - 1) / (sizes * (count - sizes)))
        )
        found: FloatArray = np.multiply.outer(factor, population)
    return found


def skewed_p(z: FloatArray, skewness: FloatArray) -> FloatArray:
    """Return two-sided p-values of scores whose distribution is skewed.

    Counts are many zeros and a few large numbers: their sums have a long right tail, where the
    normal distribution calls far too much significant. The Pearson type III distribution (a
    shifted gamma) has the same three moments as the sum has; without skewness it is the normal one.

    Args:
        z: Standard scores.
        skewness: Of each score under the null hypothesis; broadcast against `z`.

    Source:
        Mielke and Berry, Permutation Methods (2nd ed., 2007), on the Pearson type III
        approximation of permutation distributions by three exact moments.
    """
    from scipy.special import gammainc, gammaincc

    z, skewness = np.broadcast_arrays(z, skewness)
    straight = ~(np.abs(skewness) > _STRAIGHT)
    g = np.where(straight, 1.0, np.abs(skewness))
    turned = np.where(skewness < 0, -z, z)
    shape = 4.0 / g**2
    at = np.maximum(shape + turned * 2.0 / g, 0.0)
    both = np.minimum(gammaincc(shape, at), gammainc(shape, at))
    p: FloatArray = np.where(straight, normal_p(z), np.minimum(2.0 * both, 1.0))
    return np.where(np.isnan(z), np.nan, p)


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
