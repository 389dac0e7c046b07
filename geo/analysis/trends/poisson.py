"""The exact interval of a count: which long-run means would make it no surprise.

Written with numpy alone, since the window asks for it at once; held against scipy in the tests.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LEVEL: Final = 0.95
HALVINGS: Final = 64


def exact_interval(counts: IntArray, level: float = LEVEL) -> tuple[FloatArray, FloatArray]:
    """Return the exact confidence interval of the mean behind each count.

    It holds as far as allegations come in one by one and independently of each other. One event
    that many people report makes counts scatter more than that, and the interval too narrow.

    Args:
        counts: Events of one month each, shape ``(n,)``, 0 or more.
        level: Of confidence, between 0 and 1.

    Returns:
        Lower and upper ends, both of shape ``(n,)``; of 0 the lower one is 0.

    Source:
        Garwood (1936), Fiducial limits for the Poisson distribution, doi:10.1093/biomet/28.3-4.437.
    """
    unique, place = np.unique(counts, return_inverse=True)
    ends = np.array([_ends(int(k), level) for k in unique]).reshape(-1, 2)
    return ends[place, 0], ends[place, 1]


@lru_cache(maxsize=4096)
def _ends(count: int, level: float) -> tuple[float, float]:
    tail = (1.0 - level) / 2.0
    spread = 10.0 * np.sqrt(count + 1.0) + 20.0
    low = 0.0
    if count:
        low = _where(lambda m: _at_most(count - 1, m) - (1.0 - tail), 0.0, float(count))
    high = _where(lambda m: _at_most(count, m) - tail, float(count), count + spread)
    return low, high


def _where(falls: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses 0, halving the room it lies in."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if falls(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def _at_most(count: int, mean: float) -> float:
    """Return how probable `count` events or fewer are, by the sum itself."""
    if mean <= 0:
        return 1.0
    terms = np.arange(count + 1) * np.log(mean) - _log_factorials(count) - mean
    return float(np.exp(terms).sum())


@lru_cache(maxsize=64)
def _log_factorials(count: int) -> FloatArray:
    """Return the logarithms of 0! to ``count!``, shape ``(count + 1,)``."""
    steps = np.log(np.maximum(np.arange(count + 1), 1))
    found: FloatArray = np.cumsum(steps)
    return found
