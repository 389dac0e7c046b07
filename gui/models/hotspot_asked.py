"""What the user asks of the section of hotspots, in the terms of the methods that answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from geo.analysis.density.result import AreaOnly, Bandwidth, DensityWish
from geo.analysis.evidence import Counting, Weighting
from geo.analysis.hotspots.wish import HotWish, Per, Statistic
from geo.analysis.split.units import UnitKind
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationKind

if TYPE_CHECKING:
    from layers.filters import MapFilter


class Method(StrEnum):
    """How hotspots are looked for; the value is what ``--method`` takes."""

    GI_STAR = "gi-star"
    LOCAL_MORAN = "local-moran"
    EMERGING = "emerging"
    KDE = "kde"
    KDE_ADAPTIVE = "kde-adaptive"
    DBSCAN = "dbscan"
    HDBSCAN = "hdbscan"
    CONCENTRATION = "concentration"

    @property
    def key(self) -> str:
        """Its name in codes of the catalogue."""
        return self.value.replace("-", "_")


OVER_UNITS: Final = frozenset({Method.GI_STAR, Method.LOCAL_MORAN, Method.EMERGING})
DENSITIES: Final = frozenset({Method.KDE, Method.KDE_ADAPTIVE})
RATES: Final = (0.01, 0.05, 0.1)
FIRST_FEWEST = 5
FIRST_STEP_DAYS, FIRST_STEPS = 30, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for; the defaults are what the first press of the button takes.

    Attributes:
        kind: Only allegations of this kind; None is all.
        province: NCDD code; empty is the whole country.
        units: Communes or hexagons; None is communes where enough are loaded.
        weighting: Whether grades weigh.
        area_only: What is known by a unit only is spread over it, or left out.
        at_sites: What is known by a unit only and was linked to a site counts at that site.
        unsubstantiated: Count what was found unsubstantiated too.
        per: Counts, or counts for each site.
        rate: False discovery rate.
        since: First day, or None.
        until: Last day, or None.
        radius_m: Of a density; None is the rule's.
        distance_m: Of clusters: neighbours are no further away; None is the rule's.
        fewest: Allegations that make a cluster.
        step_days: Length of a step in time.
        steps: How many.
    """

    method: Method = Method.GI_STAR
    kind: AllegationKind | None = None
    province: str = ""
    units: UnitKind | None = None
    weighting: Weighting = Weighting.NONE
    area_only: AreaOnly = AreaOnly.SPREAD
    at_sites: bool = False
    unsubstantiated: bool = False
    per: Per = Per.FITTING
    rate: float = 0.1
    since: date | None = None
    until: date | None = None
    radius_m: float | None = None
    distance_m: float | None = None
    fewest: int = FIRST_FEWEST
    step_days: int = FIRST_STEP_DAYS
    steps: int = FIRST_STEPS

    @property
    def counting(self) -> Counting:
        """Which allegations count, and how much."""
        return Counting(
            weighting=self.weighting,
            unsubstantiated=self.unsubstantiated,
            at_sites=self.at_sites,
        )

    def hot_wish(self) -> HotWish:
        """Return it as a wish for a statistic over units."""
        return HotWish(
            statistic=Statistic(self.method.value),
            units=self.units,
            rate=self.rate,
            area_only=self.area_only,
            counting=self.counting,
            per=self.per if self.method is not Method.EMERGING else Per.NOTHING,
            since=self.since,
            until=self.until,
            step_days=self.step_days,
            steps=self.steps,
        )

    def density_wish(self) -> DensityWish:
        """Return it as a wish for a density."""
        adaptive = self.method is Method.KDE_ADAPTIVE
        return DensityWish(
            bandwidth=Bandwidth.ADAPTIVE if adaptive else Bandwidth.FIXED,
            radius_m=self.radius_m,
            area_only=self.area_only,
        )

    @property
    def reads(self) -> tuple[Kind, ...]:
        """The kinds of rows that it is computed from."""
        return (Kind.ALLEGATION, Kind.SITE, Kind.ADMIN_UNIT)

    def wanted(self, wanted: MapFilter) -> MapFilter:
        """Return a filter that shows of the allegations only the kind that is asked for."""
        if self.kind is None:
            return wanted
        allegations = replace(wanted.allegations, kinds=frozenset({self.kind}))
        return replace(wanted, allegations=allegations)
