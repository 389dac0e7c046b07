"""Made-up points for the tests of density and clusters."""

from __future__ import annotations

import numpy as np

from geo.analysis.points import Points

MIDDLE = (300_000.0, 1_500_000.0)


def made(xy, *, units=(), weight=None, accuracy=np.nan):
    """Points at metres of UTM zone 48, each of grade F6 unless the test sets another."""
    n = len(xy)
    return Points(
        xy=np.asarray(xy, dtype=np.float64),
        weight=np.ones(n) if weight is None else np.asarray(weight, dtype=np.float64),
        accuracy_m=np.full(n, accuracy),
        reliability=np.full(n, 5, dtype=np.int8),
        credibility=np.full(n, 5, dtype=np.int8),
        ids=np.array([f"a{i}" for i in range(n)], dtype=object),
        units=np.array(units, dtype="<U8"),
        unit_weight=np.ones(len(units)),
    )


def cluster(rng, n, middle=MIDDLE, spread=1000.0):
    return rng.normal(middle, spread, (n, 2))
