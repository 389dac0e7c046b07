"""What is asked for when hotspots are looked for, and what goes to the worker for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.density.result import AreaOnly
from geo.analysis.evidence import Counting, Evidence
from geo.analysis.hotspots.resampling import Doubt
from geo.analysis.split.units import UnitKind
from geo.errors import InputError
from geo.model.entity import Area

RATES: Final = (0.01, 0.25)
STEP_DAYS: Final = (7, 366)
STEPS: Final = (10, 120)
"""Least and most of the false discovery rate, of the days of a step and of the steps; below ten
steps no trend can be told (`mann_kendall`)."""


class Statistic(StrEnum):
    """What is computed over the units; the value is what ``--method`` takes."""

    GI_STAR = "gi-star"
    LOCAL_MORAN = "local-moran"
    EMERGING = "emerging"


class Per(StrEnum):
    """What allegations are set in proportion to.

    `FITTING` is the ground over communes, of which the large ones stand out in plain counts by
    their size alone, and nothing over hexagons, which are all of one size; `order` settles it.
    """

    FITTING = "fitting"
    NOTHING = "nothing"
    AREA = "area"
    SITES = "sites"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class HotWish:
    """What the user asks for.

    Attributes:
        statistic: Gi*, local Moran's I, or Gi* step by step in time.
        units: Communes or hexagons; None takes communes where enough of them are loaded.
        resolution: H3 resolution of hexagons, or None for the coarsest with some 350 of them.
        rings: How far a neighbourhood reaches.
        rate: False discovery rate.
        area_only: What is known by an area only is spread over it, or left out.
        counting: Which allegations count, and how much.
        per: Counts, or rates per something.
        doubt: How places and grades are drawn anew; emerging hotspots are not.
        since: First day, or None.
        until: Last day, or None. Emerging hotspots end on it, or on the day that is shown.
        step_days: Length of a step.
        steps: How many.
    """

    statistic: Statistic = Statistic.GI_STAR
    units: UnitKind | None = None
    resolution: int | None = None
    rings: int = 1
    rate: float = 0.1
    area_only: AreaOnly = AreaOnly.SPREAD
    counting: Counting = field(default_factory=Counting)
    per: Per = Per.FITTING
    doubt: Doubt = field(default_factory=Doubt)
    since: date | None = None
    until: date | None = None
    step_days: int = 30
    steps: int = 12

    def check(self) -> None:
        """Refuse what makes no sense.

        Raises:
            InputError: The rate, the steps or the period lies outside its limits.
        """
        if not RATES[0] <= self.rate <= RATES[1]:
            raise InputError("error.hotspots.rate", least=RATES[0], most=RATES[1])
        if self.statistic is Statistic.EMERGING and not (
            STEP_DAYS[0] <= self.step_days <= STEP_DAYS[1] and STEPS[0] <= self.steps <= STEPS[1]
        ):
            raise InputError(
                "error.hotspots.steps", least=STEPS[0], most=STEPS[1],
                shortest=STEP_DAYS[0], longest=STEP_DAYS[1],
            )  # fmt: skip
        if self.since and self.until and self.since > self.until:
            raise InputError("error.hotspots.period")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HotOrder:
    """What the worker needs.

    Attributes:
        wish: What is asked for.
        area: Ground that hexagons are laid over, lon/lat degrees; None with communes.
        communes: Outlines of the units by code; empty for hexagons.
        province: Code of the province that is looked at, or empty for the whole country.
        said: What counts, with a place; also what lies elsewhere.
        outlines: Of the units by which some are known, or of those above them, by code.
        sites: Lon/lat degrees of the sites if they are what counts are set in proportion to,
            shape ``(m, 2)``.
        given: Unit id → number of people or businesses, if that was given.
        last: Last day of the last step of emerging hotspots.
    """

    wish: HotWish
    area: Area | None
    communes: Mapping[str, Area]
    province: str
    said: Evidence
    outlines: Mapping[str, Area]
    sites: NDArray[np.float64] | None = None
    given: Mapping[str, float] = field(default_factory=dict)
    last: date | None = None
