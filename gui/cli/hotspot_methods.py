"""What each method of the verb hotspots computes, and what is told of it: the list `METHODS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.analysis.clusters.result import ClusterMethod, ClusterWish
from geo.analysis.density.result import AreaOnly, Bandwidth, DensityWish
from geo.analysis.evidence import CREDIBILITIES, RELIABILITIES, evidence
from geo.analysis.hotspots.resampling import HOLDS
from geo.analysis.hotspots.result import Basis
from geo.analysis.hotspots.wish import HotWish, Statistic
from geo.analysis.in_province import in_province
from geo.analysis.weighting import table_of
from gui.models.hotspot_asked import Method
from layers.export.found_rows import FoundTable
from layers.said import Words

if TYPE_CHECKING:
    from geo.analysis.evidence import Evidence
    from geo.compute import Computer
    from geo.progress import Progress
    from geo.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, of what, and what answers it.

    Attributes:
        plan: What is shown of the plan, of the allegations only the kinds asked for.
        province: NCDD code, or empty for the whole country.
        on: The day shown.
        wish: For statistics over units; of the other methods only what they share with these.
        given: Unit id → number that counts are set in proportion to.
        radius_m: Of a density.
        distance_m: Of clusters.
        fewest: Of clusters.
    """

    plan: Project
    method: Method
    province: str
    on: date
    wish: HotWish
    given: Mapping[str, float]
    radius_m: float | None
    distance_m: float | None
    fewest: int
    computer: Computer
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What was found, ready to be told.

    Attributes:
        table: The rows with their outlines.
        headline: In one sentence.
        said: Method, parameters, n, grades, precision: a sentence each.
        warned: What keeps a reader from taking it for more than it is.
        basis: What it rests on.
        parameters: For programs.
    """

    table: FoundTable
    headline: Words
    said: tuple[Words, ...]
    warned: tuple[Words, ...]
    basis: Basis
    parameters: dict[str, Any]


def _units(asked: Question) -> Answer:
    from geo.analysis.hotspots.job import find
    from geo.analysis.hotspots.order import COUNTRY, order
    from gui.models.hot_names import unit_names
    from layers.export.hot_rows import unit_table
    from layers.hot_words import units_headline, units_said

    ordered = order(
        asked.plan, asked.wish, asked.province or COUNTRY, asked.on,
        given=asked.given, progress=asked.progress,
    )  # fmt: skip
    found = asked.computer.run(find, ordered, progress=asked.progress)
    said, warned = units_said(found), units_said(found, warn=True)
    wish, units = found.wish, found.units
    parameters = {
        "units": units.kind.value,
        "count": len(units),
        "resolution": units.resolution if units.resolution >= 0 else None,
        "rings": units.rings,
        "rate": wish.rate,
        "area_only": wish.area_only.value,
        "per": wish.per.value,
        "rounds": wish.doubt.rounds if wish.statistic is not Statistic.EMERGING else 0,
        "seed": wish.doubt.seed,
        "counts_in": {grade.value: share for grade, share in HOLDS.items()},
        **_common(asked),
    }
    if wish.statistic is Statistic.EMERGING:
        parameters |= {"steps": wish.steps, "step_days": wish.step_days}
    return Answer(
        table=unit_table(found, unit_names(units), (*said, *warned)),
        headline=units_headline(found),
        said=said,
        warned=warned,
        basis=found.basis,
        parameters=parameters,
    )


def _density(asked: Question) -> Answer:
    from geo.analysis.density.job import density
    from geo.analysis.points import points_of
    from geo.analysis.split.wanted import outlines_for
    from layers.export.hot_rows import density_table
    from layers.hot_words import basis_of_evidence, density_said, density_warned
    from layers.said import Said

    said = _said(asked)
    adaptive = asked.method is Method.KDE_ADAPTIVE
    wish = DensityWish(
        bandwidth=Bandwidth.ADAPTIVE if adaptive else Bandwidth.FIXED,
        radius_m=asked.radius_m,
        area_only=asked.wish.area_only,
    )
    points = points_of(said)
    codes = sorted(set(points.units.tolist())) if wish.area_only is AreaOnly.SPREAD else []
    outlines = outlines_for(asked.plan, codes)
    found = asked.computer.run(density, points, outlines, wish, progress=asked.progress)
    basis = basis_of_evidence(said)
    sentences, warned = density_said(found, basis), density_warned(found)
    first = found.classes[0]
    return Answer(
        table=density_table(found, (*sentences, *warned)),
        headline=Said(
            "hot.headline.density",
            {"percent": round(first.share * 100), "km2": round(first.km2, 1)},
        ),
        said=sentences,
        warned=warned,
        basis=basis,
        parameters={
            "bandwidth": found.bandwidth.value,
            "radius_m": found.radius_m,
            "cell_m": found.raster.cell,
            "area_only": wish.area_only.value,
            **_common(asked),
        },
    )


def _clusters(asked: Question) -> Answer:
    from geo.analysis.clusters.job import clusters
    from geo.analysis.points import points_of
    from gui.models.hot_names import near_names
    from layers.export.hot_rows import cluster_table
    from layers.hot_words import basis_of_evidence, clusters_said, clusters_warned
    from layers.said import Said

    said = _said(asked)
    wish = ClusterWish(
        method=ClusterMethod(asked.method.value),
        fewest=asked.fewest,
        distance_m=asked.distance_m,
    )
    found = asked.computer.run(clusters, points_of(said), wish, progress=asked.progress)
    basis = basis_of_evidence(said)
    sentences, warned = clusters_said(found, basis), clusters_warned(found)
    names = near_names([each.hull for each in found.clusters])
    return Answer(
        table=cluster_table(found, names, (*sentences, *warned)),
        headline=Said(
            "hot.headline.clusters",
            {"n": len(found.clusters), "in_them": found.points - found.alone},
        ),
        said=sentences,
        warned=warned,
        basis=basis,
        parameters={
            "distance_m": found.distance_m if np.isfinite(found.distance_m) else None,
            "fewest": found.fewest,
            **_common(asked),
        },
    )


def _said(asked: Question) -> Evidence:
    wish = asked.wish
    said = evidence(asked.plan, wish.counting).between(wish.since, wish.until)
    return in_province(said.until(asked.on), asked.province)


def _common(asked: Question) -> dict[str, Any]:
    wish = asked.wish
    table = table_of(wish.counting.weighting)
    return {
        "weights": {
            f"{r.value}{c.value}": float(table[i, j])
            for i, r in enumerate(RELIABILITIES)
            for j, c in enumerate(CREDIBILITIES)
        },
        "province": asked.province or None,
        "weight": wish.counting.weighting.value,
        "unsubstantiated": wish.counting.unsubstantiated,
        "at_sites": wish.counting.at_sites,
        "since": wish.since.isoformat() if wish.since else None,
        "until": wish.until.isoformat() if wish.until else None,
        "as_of": asked.on.isoformat(),
    }


METHODS: Final[dict[Method, Callable[[Question], Answer]]] = {
    Method.GI_STAR: _units,
    Method.LOCAL_MORAN: _units,
    Method.EMERGING: _units,
    Method.KDE: _density,
    Method.KDE_ADAPTIVE: _density,
    Method.DBSCAN: _clusters,
    Method.HDBSCAN: _clusters,
}
