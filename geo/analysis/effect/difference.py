"""The weighted displacement difference: the change inside and around, less the one elsewhere.

Two forms stand side by side. The published one takes the control area's change as it was counted,
which asks for a control about as busy as the treated area. Where it is not, the change is taken as
a share: the treated area is compared with what it would have had if it had changed as the control
did. Both take counts as Poisson counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

LEVEL: Final = 0.95

Counts = tuple[float, float]
"""Before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An estimate of how many allegations there were more (above 0) or fewer.

    Attributes:
        local: Inside alone.
        local_se: Its standard error.
        around: In the ring alone.
        around_se: Its standard error.
        total: Both together.
        se: Standard error of the total.
        z: Total by its standard error; 0 where that is 0.
        low: Lower end of the interval of `LEVEL`.
        high: Its upper end.
    """

    local: float
    local_se: float
    around: float
    around_se: float
    total: float
    se: float
    z: float
    low: float
    high: float


def displacement_difference(
    treated: Counts,
    control: Counts,
    around: Counts = (0.0, 0.0),
    around_control: Counts = (0.0, 0.0),
    *,
    sizes: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0),
    level: float = LEVEL,
) -> Difference:
    """Return the difference as it was published.

    Args:
        treated: Allegations inside, before and after.
        control: In the control area.
        around: In the ring, where they may have gone.
        around_control: In a control area of the ring; 0 and 0 where there is none.
        sizes: Of the four areas in that order; each count is divided by its area's.
        level: Of the interval.

    Source:
        Wheeler and Ratcliffe (2018), Crime Science 7:11, doi:10.1186/s40163-018-0085-5.
    """
    changes, variances = [], []
    for (before, after), size in zip(
        (treated, control, around, around_control), sizes, strict=True
    ):
        changes.append((after - before) / size)
        variances.append((after + before) / size**2)
    local, beside = changes[0] - changes[1], changes[2] - changes[3]
    return _told(
        local, variances[0] + variances[1], beside, variances[2] + variances[3], level=level
    )


def scaled_difference(
    treated: Counts, control: Counts, around: Counts = (0.0, 0.0), *, level: float = LEVEL
) -> Difference | None:
    """Return the difference to what the control area's growth would have made of the treated one.

    The growth ``r`` is the control's count after by its count before, with the variance
    ``r² (1/before + 1/after)``; the rest is Poisson. The same growth stands for the ring, so that
    the total's error is more than the sum of its parts.

    Args:
        treated: Allegations inside, before and after.
        control: In the control area.
        around: In the ring.
        level: Of the interval.

    Returns:
        None where the control area has none before or none after: no growth can be told.
    """
    if control[0] <= 0 or control[1] <= 0:
        return None
    growth = control[1] / control[0]
    doubt = growth**2 * (1 / control[0] + 1 / control[1])

    def change(counts: Counts) -> tuple[float, float]:
        before, after = counts
        return after - growth * before, after + growth**2 * before + before**2 * doubt

    (local, local_variance), (beside, beside_variance) = change(treated), change(around)
    both = (treated[0] + around[0], treated[1] + around[1])
    return _told(
        local, local_variance, beside, beside_variance, variance=change(both)[1], level=level
    )


def _told(
    local: float,
    local_variance: float,
    around: float,
    around_variance: float,
    *,
    level: float,
    variance: float | None = None,
) -> Difference:
    total = local + around
    se = math.sqrt(local_variance + around_variance if variance is None else variance)
    reach = NormalDist().inv_cdf(0.5 + level / 2) * se
    return Difference(
        local=local,
        local_se=math.sqrt(local_variance),
        around=around,
        around_se=math.sqrt(around_variance),
        total=total,
        se=se,
        z=total / se if se else 0.0,
        low=total - reach,
        high=total + reach,
    )
