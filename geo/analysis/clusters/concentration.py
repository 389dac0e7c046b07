"""How few places hold most allegations: the 80-20 list.

Some unevenness is nothing but chance: thrown evenly over a thousand places, five hundred
allegations leave most of them empty. The list therefore says what chance alone would give.

Source:
    Pareto's rule as policing uses it: Weisburd (2015), doi:10.1111/1745-9125.12070. Why chance must
    stand beside it, and the Gini index where places outnumber events: Bernasco and Steenbeek
    (2017), doi:10.1007/s10940-016-9324-7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.clusters.cells import IntArray
from geo.errors import InputError

if TYPE_CHECKING:
    from geo.analysis.columns import FloatArray

SHARE: Final = 0.8
FEWEST: Final = 30
"""Allegations without which no list is made."""
FEWEST_PLACES: Final = 10
ROUNDS: Final = 1000
_CHANCE_ROUNDS: Final = 200
_TAILS: Final = (0.05, 0.95)
_SEED: Final = 1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Concentration:
    """How allegations are shared out over places.

    Attributes:
        share: What the fewest places are to hold: 0.8.
        n: Allegations.
        places: All places, those without any included.
        with_any: Places with at least one.
        holding: The fewest places that hold the share.
        order: Places by their allegations, the most first; ties in the given order.
        count: Allegations of each place in that order.
        gini: 0 if all places have as many, towards 1 if one has all.
        gini_among: The same by Bernasco and Steenbeek's index, which is 0 where the allegations lie
            on as many places as they can.
        interval: 90 % interval of `gini`, had as many places like these been looked at.
        chance: Between these lie 90 % of the indices if every place were equally likely.
    """

    share: float
    n: int
    places: int
    with_any: int
    holding: int
    order: IntArray
    count: IntArray
    gini: float
    gini_among: float
    interval: tuple[float, float]
    chance: tuple[float, float]


def concentration(count: IntArray, share: float = SHARE) -> Concentration:
    """Return how allegations are shared out over places.

    Args:
        count: Allegations of each place, those without any included, shape ``(n,)``.
        share: Above 0 and at most 1.

    Raises:
        InputError: Fewer than `FEWEST` allegations or `FEWEST_PLACES` places.
    """
    total = int(count.sum())
    if total < FEWEST or len(count) < FEWEST_PLACES:
        raise InputError(
            "error.concentration.few",
            n=total, fewest=FEWEST, places=len(count), fewest_places=FEWEST_PLACES,
        )  # fmt: skip
    order = np.argsort(-count, kind="stable")
    ordered = count[order]
    held = np.cumsum(ordered)
    rng = np.random.default_rng(_SEED)
    value, many = np.unique(count, return_counts=True)
    again = rng.multinomial(len(count), many / len(count), size=ROUNDS)
    again = again[(again @ value) > 0]
    return Concentration(
        share=share,
        n=total,
        places=len(count),
        with_any=int((count > 0).sum()),
        holding=int(np.searchsorted(held, share * total * (1 - 1e-12))) + 1,
        order=order,
        count=ordered,
        gini=float(gini(value, many)),
        gini_among=_among(count),
        interval=_ends(gini(value, again)),
        chance=_ends(_by_chance(total, len(count), rng)),
    )


def gini(value: IntArray, many: IntArray) -> FloatArray:
    """Return the Gini index of places in groups of the same value.

    Args:
        value: Value of each group, ascending, shape ``(k,)``.
        many: Places of each group, shape ``(..., k)``; any leading shape.
    """
    n = many.sum(axis=-1)
    ranks = many * (np.cumsum(many, axis=-1) - many + (many + 1) / 2.0)
    total = (many * value).sum(axis=-1)
    index: FloatArray = (2.0 * (ranks * value).sum(axis=-1) / total - n - 1.0) / n
    return index


def _among(count: IntArray) -> float:
    n, total = len(count), int(count.sum())
    shares = np.sort(count) / total
    ranked = float((np.arange(1, n + 1) * shares).sum())
    return max(1 / total, 1 / n) * (2 * ranked - n - 1) - max(n / total, 1.0) + 1.0


def _by_chance(total: int, places: int, rng: np.random.Generator) -> FloatArray:
    found = np.empty(_CHANCE_ROUNDS)
    for number in range(_CHANCE_ROUNDS):
        thrown = np.bincount(rng.integers(0, places, total), minlength=places)
        found[number] = gini(*np.unique(thrown, return_counts=True))
    return found


def _ends(values: FloatArray) -> tuple[float, float]:
    low, high = np.quantile(values, _TAILS).tolist()
    return low, high
