"""How hotspots are computed for the window: on a worker thread, the heavy part in its own process.

What comes back is ready to be shown: the map's findings, the table's rows and every sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.clusters.result import ClusterMethod, ClusterWish
from geo.analysis.density.result import AreaOnly
from geo.analysis.evidence import LeftOut, evidence
from geo.analysis.in_province import in_province
from geo.edit.merging import live_sites
from geo.model.entity import Kind
from geo.model.table import Table
from geo.project import Project
from gui.models.hot_names import near_names, unit_names
from gui.models.hot_rows import cluster_rows, density_rows, site_rows, unit_rows
from gui.models.hotspot_asked import DENSITIES, OVER_UNITS, Asked, Method
from gui.models.shown_result import ShownResult
from layers.area_findings import cluster_findings, density_findings
from layers.export.hot_rows import cluster_table, density_table, unit_table
from layers.hot_findings import hot_findings, marks_of
from layers.hot_words import (
    basis_of_evidence,
    clusters_said,
    clusters_warned,
    concentration_said,
    density_said,
    density_warned,
    units_headline,
    units_said,
)
from layers.said import Said, Words
from layers.site_findings import site_findings

if TYPE_CHECKING:
    from geo.analysis.evidence import Evidence
    from geo.compute import Computer
    from geo.progress import Progress

COUNTRY: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Work:
    """What is computed from.

    Attributes:
        plan: The rows that are shown, of the allegations only the kind that is asked for.
        on: The day that is shown.
        made_of: The tables as the window shows them, so that a change is noticed.
        filtered: The map's filter hides allegations, which are not counted.
    """

    asked: Asked
    plan: Project
    on: date
    made_of: tuple[Table, ...]
    filtered: bool = False

    @property
    def warned(self) -> tuple[Words, ...]:
        """What warns of every result, whatever the method."""
        return (Said("hot.warn.filtered"),) if self.filtered else ()


def compute(work: Work, computer: Computer, progress: Progress) -> ShownResult:
    """Compute what is asked for.

    Raises:
        PlanError: There is too little to say anything, or the user asked to stop.
    """
    if work.asked.method in OVER_UNITS:
        return _units(work, computer, progress)
    progress.step(0, 0, "hot.step.reading")
    asked = work.asked
    said = evidence(work.plan, asked.counting).between(asked.since, asked.until)
    said = said.until(work.on)
    said = in_province(said, asked.province)
    if asked.method in DENSITIES:
        return _density(work, said, computer, progress)
    if asked.method is Method.CONCENTRATION:
        return _concentration(work, said)
    return _clusters(work, said, computer, progress)


def _units(work: Work, computer: Computer, progress: Progress) -> ShownResult:
    from geo.analysis.hotspots.job import find
    from geo.analysis.hotspots.order import order

    asked = work.asked
    province = asked.province or COUNTRY
    wanted = order(work.plan, asked.hot_wish(), province, work.on, progress=progress)
    result = computer.run(find, wanted, progress=progress)
    progress.step(0, 0, "hot.step.map")
    names, said = unit_names(result.units), units_said(result)
    warned = (*work.warned, *units_said(result, warn=True))
    return ShownResult(
        asked=asked,
        headline=units_headline(result),
        said=said,
        warned=warned,
        findings=hot_findings(result, names, (*said, *warned), work.made_of),
        rows=unit_rows(result, marks_of(result), names),
        leaves=lambda: unit_table(result, names, (*said, *warned)),
    )


def _density(work: Work, said: Evidence, computer: Computer, progress: Progress) -> ShownResult:
    from geo.analysis.density.job import density
    from geo.analysis.points import points_of
    from geo.analysis.split.wanted import outlines_for

    wish = work.asked.density_wish()
    points = points_of(said)
    codes = sorted(set(points.units.tolist())) if wish.area_only is AreaOnly.SPREAD else []
    outlines = outlines_for(work.plan, codes)
    result = computer.run(density, points, outlines, wish, progress=progress)
    progress.step(0, 0, "hot.step.map")
    basis = basis_of_evidence(said)
    sentences, warned = density_said(result, basis), (*work.warned, *density_warned(result))
    first = result.classes[0]
    return ShownResult(
        asked=work.asked,
        headline=Said(
            "hot.headline.density",
            {"percent": round(first.share * 100), "km2": round(first.km2, 1)},
        ),
        said=sentences,
        warned=warned,
        findings=density_findings(result, (*sentences, *warned), work.made_of),
        rows=density_rows(result),
        leaves=lambda: density_table(result, (*sentences, *warned)),
    )


def _clusters(work: Work, said: Evidence, computer: Computer, progress: Progress) -> ShownResult:
    from geo.analysis.clusters.job import clusters
    from geo.analysis.points import points_of

    asked = work.asked
    wish = ClusterWish(
        method=ClusterMethod(asked.method.value),
        fewest=asked.fewest,
        distance_m=asked.distance_m,
    )
    result = computer.run(clusters, points_of(said), wish, progress=progress)
    progress.step(0, 0, "hot.step.map")
    names = near_names([each.hull for each in result.clusters])
    basis = basis_of_evidence(said)
    sentences, warned = clusters_said(result, basis), (*work.warned, *clusters_warned(result))
    return ShownResult(
        asked=asked,
        headline=Said(
            "hot.headline.clusters",
            {"n": len(result.clusters), "in_them": result.points - result.alone},
        ),
        said=sentences,
        warned=warned,
        findings=cluster_findings(result, names, (*sentences, *warned), work.made_of),
        rows=cluster_rows(result, names),
        leaves=lambda: cluster_table(result, names, (*sentences, *warned)),
    )


def _concentration(work: Work, said: Evidence) -> ShownResult:
    from geo.analysis.clusters.concentration import concentration

    linked = said.only(np.array([bool(site) for site in said.site], dtype=bool), LeftOut.OTHER)
    sites = work.plan.table(Kind.SITE)
    live = np.flatnonzero(live_sites(sites) & of_province(sites, work.asked.province))
    places = {str(i): at for at, i in enumerate(sites.ids[live])}
    at = np.array([places.get(str(i), -1) for i in linked.site], dtype=np.int64)
    linked = linked.only(at >= 0, LeftOut.ELSEWHERE)
    count = np.bincount(at[at >= 0], minlength=len(places))
    result = concentration(count)
    basis = basis_of_evidence(linked)
    sentences = concentration_said(result, basis)
    warned = (*work.warned, Said("hot.warn.linked_only"))
    listed = live[result.order[: result.holding]]
    return ShownResult(
        asked=work.asked,
        headline=Said(
            "hot.headline.concentration",
            {
                "holding": result.holding,
                "places": result.places,
                "percent": round(result.share * 100),
                "n": result.n,
            },
        ),
        said=sentences,
        warned=warned,
        findings=site_findings(
            sites, listed, result.count[: result.holding], (*sentences, *warned), work.made_of
        ),
        rows=site_rows(sites, listed, result),
    )


def of_province(sites: Table, province: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which sites are known to belong to a province, shape ``(n,)``."""
    if not province:
        return np.ones(len(sites), dtype=bool)
    return np.array([str(code or "").startswith(province) for code in sites["admin_code"]])
