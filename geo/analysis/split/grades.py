"""How many open allegations of each weight lie in the zones of a split: what a table shows of it.

Read from the plan a second and a third time with weights that count one grade only; a split itself
needs the sum alone.
"""

from __future__ import annotations

from dataclasses import fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.split.wanted import COLUMNS, gather
from geo.analysis.split.weights import Part, Weights
from geo.analysis.split.workload import measure

if TYPE_CHECKING:
    from geo.analysis.split.coverage import FloatArray
    from geo.analysis.split.result import Split
    from geo.analysis.split.wanted import Wanted
    from geo.edit.reading import PlanRows
    from geo.progress import Progress


class Strength(StrEnum):
    """What an allegation's grade weighs; see `Weights`."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


_NONE: Final = Weights(**{f.name: 0.0 for f in fields(Weights)})


def by_strength(
    plan: PlanRows, result: Split, wanted: Wanted, progress: Progress | None = None
) -> FloatArray:
    """Return the open allegations of each zone by `Strength`, shape ``(zones, 3)``.

    A fraction is a share of one that is known by a wider area only. On a worker thread.
    """
    count = len(result.zones)
    every = np.array([zone.count[COLUMNS.index(Part.ALLEGATIONS)] for zone in result.zones])
    strong, weak = (
        _of_zones(plan, result, wanted, replace(_NONE, **{name: 1.0}), progress)
        for name in (Strength.STRONG.value, Strength.WEAK.value)
    )
    found = np.zeros((count, len(Strength)))
    found[:, 0], found[:, 2] = strong, weak
    found[:, 1] = np.maximum(every - strong - weak, 0.0)
    return found


def _of_zones(
    plan: PlanRows, result: Split, wanted: Wanted, weights: Weights, progress: Progress | None
) -> FloatArray:
    demand = gather(plan, weights, progress)
    load = measure(result.units, demand, wanted.outlines, weights, wanted.province_code)
    work, _ = load.of_zones(result.zone, len(result.zones))
    found: FloatArray = work[:, COLUMNS.index(Part.ALLEGATIONS)]
    return found
