"""The tables of hotspots: units, shares, clusters, sites; what is unsure stands in italics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.hotspots.result import CLASSES, HotClass
from geo.analysis.hotspots.wish import Statistic
from gui.models.found_rows import FoundColumn, FoundRows
from layers.area_findings import PERCENT, grade_words, share_words
from layers.said import Named, Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.analysis.clusters.concentration import Concentration
    from geo.analysis.clusters.result import Clusters
    from geo.analysis.density.result import Density
    from geo.analysis.hotspots.result import Hotspots
    from geo.model.table import Table
    from layers.hot_findings import Marks
    from layers.said import Words

NAME_PX, CLASS_PX, NARROW_PX = 210, 170, 92


def unit_rows(result: Hotspots, marks: Marks, names: Sequence[Words]) -> FoundRows:
    """Return units, those that stand out first, of a class the one with the most before others."""
    score = np.nan_to_num(result.z, nan=-np.inf)
    order = np.lexsort((-score, -result.count, marks.codes))
    codes = marks.codes[order]
    ordered = [names[at] for at in order.tolist()]
    emerging = result.wish.statistic is Statistic.EMERGING
    columns = [
        FoundColumn(head_code="hot.column.place", words=ordered.__getitem__, width=NAME_PX),
        FoundColumn(
            head_code="hot.column.class",
            words=lambda at: marks.classes[codes[at]].label,
            order=codes.astype(np.float64),
            width=CLASS_PX,
        ),
        _numbers("hot.column.count", result.count[order], 1, "hot.column.count_tip"),
        _numbers("hot.column.sure", result.sure[order], 0),
    ]
    if np.isfinite(result.certain).any():
        # How often a class stayed means something only for what stands out.
        stays = np.where(
            result.codes < CLASSES.index(HotClass.AREA), result.certain * PERCENT, np.nan
        )
        columns += [
            _numbers("hot.column.low", result.low[order], 1, "hot.column.interval_tip"),
            _numbers("hot.column.high", result.high[order], 1, "hot.column.interval_tip"),
            _numbers("hot.column.certain", stays[order], 0, "hot.column.certain_tip"),
        ]
    if emerging:
        columns.append(_numbers("hot.column.last", result.statistic[order], 2))
    columns += [
        _numbers("hot.column.trend" if emerging else "hot.column.z", result.z[order], 2),
        _numbers("hot.column.p", result.p[order], 4, "hot.column.p_tip"),
        _numbers("hot.column.q", result.q[order], 4, "hot.column.q_tip"),
    ]
    keys = tuple(result.units.ids[at] for at in order.tolist())
    return FoundRows(keys=keys, columns=tuple(columns), faint=marks.unsure[order])


def density_rows(result: Density) -> FoundRows:
    """Return the shares of a density, the densest first."""
    found = result.classes
    return FoundRows(
        keys=tuple(f"share-{round(each.share * PERCENT)}" for each in found),
        columns=(
            FoundColumn(
                head_code="hot.column.share",
                words=lambda at: share_words(found[at].share),
                width=NAME_PX,
            ),
            _numbers("hot.column.km2", np.array([each.km2 for each in found]), 1),
            _numbers("hot.column.edge", np.array([each.per_km2 for each in found]), 3),
            _numbers("hot.column.points", np.array([float(each.n) for each in found]), 0),
        ),
    )


def cluster_rows(result: Clusters, names: Sequence[Words]) -> FoundRows:
    """Return clusters, the one with the most allegations first."""
    found = result.clusters
    grades = [Said("hot.list", {"what": grade_words(each.grades)}) for each in found]
    return FoundRows(
        keys=tuple(f"cluster-{n}" for n in range(len(found))),
        columns=(
            FoundColumn(head_code="hot.column.place", words=names.__getitem__, width=NAME_PX),
            _numbers("hot.column.n", np.array([float(each.n) for each in found]), 0),
            _numbers("hot.column.km2", np.array([each.km2 for each in found]), 2),
            _numbers("hot.column.doubt", np.array([each.doubt_m for each in found]), 0),
            FoundColumn(head_code="hot.column.grades", words=grades.__getitem__, width=320),
        ),
    )


def site_rows(sites: Table, listed: NDArray[np.intp], result: Concentration) -> FoundRows:
    """Return the fewest sites that hold the share, the one with the most first."""
    names = [
        Named(str(sites["name_km"][at] or ""), str(sites["name_en"][at] or sites["code"][at] or ""))
        for at in listed.tolist()
    ]
    count = result.count[: len(listed)].astype(np.float64)
    held = np.cumsum(count) / result.n * PERCENT
    return FoundRows(
        keys=tuple(str(i) for i in sites.ids[listed]),
        columns=(
            FoundColumn(head_code="hot.column.site", words=names.__getitem__, width=NAME_PX),
            _numbers("hot.column.n", count, 0),
            _numbers("hot.column.held", held, 0, "hot.column.held_tip"),
        ),
    )


def _numbers(
    head_code: str, values: NDArray[np.float64], decimals: int, tip_code: str = ""
) -> FoundColumn:
    return FoundColumn(
        head_code=head_code,
        numbers=values,
        decimals=decimals,
        tip_code=tip_code,
        width=NARROW_PX,
    )
