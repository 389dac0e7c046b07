"""Hotspots, densities and clusters as rows with outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.hotspots.result import CLASSES, HotClass
from layers.area_findings import PERCENT, grade_words, share_words
from layers.export.found_rows import FoundColumn, FoundTable
from layers.hot_findings import class_words
from layers.said import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.clusters.result import Clusters
    from geo.analysis.density.result import Density
    from geo.analysis.hotspots.result import Hotspots
    from layers.said import Words

SCORES = ("z", "p", "p_chance", "q", "low", "high")


def unit_table(result: Hotspots, names: Sequence[Words], said: tuple[Words, ...]) -> FoundTable:
    """Return units, those that stand out first, the strongest before the others.

    Args:
        result: The hotspots.
        names: Of the units, in their order.
        said: What belongs above the rows.
    """
    score = np.nan_to_num(result.z, nan=-np.inf)
    order = np.lexsort((-score, result.codes))
    classes = [CLASSES[code] for code in result.codes[order].tolist()]
    sure = result.is_sure[order]
    told = bool(np.isfinite(result.certain).any())
    firm = [
        "" if not told or which in _UNTOLD else "sure" if certain else "unsure"
        for which, certain in zip(classes, sure.tolist(), strict=True)
    ]
    columns = [
        FoundColumn(key="id", head="hotspots.head.id", cells=[result.units.ids[i] for i in order]),
        FoundColumn(key="place", head="hot.column.place", cells=[names[i] for i in order]),
        FoundColumn(key="class", head="hotspots.head.class", cells=[c.value for c in classes]),
        FoundColumn(
            key="class_name",
            head="hot.column.class",
            cells=[
                class_words(which, sure=word == "sure", told=bool(word))
                for which, word in zip(classes, firm, strict=True)
            ],
        ),
        FoundColumn(key="sure", head="hotspots.head.sure", cells=firm),
        FoundColumn(key="count", head="hot.column.count", cells=result.count[order]),
        FoundColumn(key="surely_here", head="hot.column.sure", cells=result.sure[order]),
        FoundColumn(key="value", head="hotspots.head.value", cells=result.value[order]),
        FoundColumn(key="statistic", head="hotspots.head.statistic", cells=result.statistic[order]),
    ]
    columns += [
        FoundColumn(key=key, head=f"hotspots.head.{key}", cells=getattr(result, key)[order])
        for key in SCORES
    ]
    # How often a class stayed says something only of what stands out.
    stays = np.array([which not in _UNTOLD for which in classes])
    columns.append(
        FoundColumn(
            key="certain",
            head="hotspots.head.certain",
            cells=np.where(stays, result.certain[order], np.nan),
        )
    )
    return FoundTable(
        name=f"hotspots {result.wish.statistic.value}",
        columns=tuple(columns),
        areas=[result.units.outlines[i] for i in order.tolist()],
        said=said,
    )


_UNTOLD = frozenset(CLASSES[CLASSES.index(HotClass.AREA) :])


def density_table(result: Density, said: tuple[Words, ...]) -> FoundTable:
    """Return the shares of a density, the densest first."""
    found = result.classes
    return FoundTable(
        name=f"density {result.bandwidth.value}",
        columns=(
            FoundColumn(
                key="id",
                head="hotspots.head.id",
                cells=[f"share-{round(each.share * PERCENT)}" for each in found],
            ),
            FoundColumn(
                key="class",
                head="hot.column.share",
                cells=[share_words(each.share) for each in found],
            ),
            FoundColumn(key="km2", head="hot.column.km2", cells=[each.km2 for each in found]),
            FoundColumn(
                key="per_km2", head="hot.column.edge", cells=[each.per_km2 for each in found]
            ),
            FoundColumn(key="n", head="hot.column.points", cells=[each.n for each in found]),
        ),
        areas=[each.area for each in found],
        said=said,
    )


def cluster_table(result: Clusters, names: Sequence[Words], said: tuple[Words, ...]) -> FoundTable:
    """Return clusters, the one with the most allegations first."""
    found = result.clusters
    return FoundTable(
        name=f"clusters {result.method.value}",
        columns=(
            FoundColumn(
                key="id",
                head="hotspots.head.id",
                cells=[f"cluster-{n}" for n in range(1, len(found) + 1)],
            ),
            FoundColumn(key="place", head="hot.column.place", cells=list(names)),
            FoundColumn(key="n", head="hot.column.n", cells=[each.n for each in found]),
            FoundColumn(key="km2", head="hot.column.km2", cells=[each.km2 for each in found]),
            FoundColumn(key="doubt_m", head="hot.column.doubt", cells=[c.doubt_m for c in found]),
            FoundColumn(
                key="grades",
                head="hot.column.grades",
                cells=[Said("hot.list", {"what": grade_words(each.grades)}) for each in found],
            ),
        ),
        areas=[each.hull for each in found],
        said=said,
    )
