"""Densities and clusters as they lie on the map: areas that hold a share, hulls with their n."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from layers.findings import FindingClass, Findings, found_areas
from layers.ramps import SEQUENTIAL, area_style, steps
from layers.said import Said
from layers.style import AreaStyle, LineStyle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.analysis.clusters.result import Clusters
    from geo.analysis.density.result import Density
    from geo.model.entity import Area
    from geo.model.table import Table
    from layers.said import Words
    from layers.view import FloatArray

PERCENT: Final = 100
HULL_PX: Final = 2.2
SIZES: Final = (50, 20, 10, 0)
"""Clusters by how many allegations they hold: so many or more."""


def density_findings(
    result: Density, note: Sequence[Words], made_of: tuple[Table, ...] = ()
) -> Findings:
    """Return a density as the smallest areas that hold shares of what was counted."""
    colours = tuple(reversed(steps(len(result.classes), SEQUENTIAL[:4])))
    classes = tuple(
        FindingClass(label=share_words(each.share), area=area_style(colour))
        for each, colour in zip(result.classes, colours, strict=True)
    )
    keys = [f"share-{round(each.share * PERCENT)}" for each in result.classes]
    by_key = dict(zip(keys, result.classes, strict=True))

    def tell(key: str) -> tuple[Words, ...]:
        found = by_key[key]
        return (
            share_words(found.share),
            Said("hot.density.edge", {"n": round(found.per_km2, 3)}),
            Said("hot.density.size", {"km2": round(found.km2, 1), "n": found.n}),
        )

    return Findings(
        section="hotspots",
        title=Said(f"hot.title.{result.bandwidth.value}"),
        classes=classes,
        note=tuple(note),
        areas=found_areas([rings_of(c.area) for c in result.classes], keys, list(range(len(keys)))),
        tell=tell,
        made_of=made_of,
    )


def share_words(share: float) -> Words:
    """Return what a class of a density is called."""
    return Said("hot.density.share", {"percent": round(share * PERCENT)})


def cluster_findings(
    result: Clusters, names: Sequence[Words], note: Sequence[Words], made_of: tuple[Table, ...] = ()
) -> Findings:
    """Return clusters as hulls; the more allegations, the stronger."""
    colours = tuple(reversed(steps(len(SIZES), SEQUENTIAL[:4])))
    size = [next(i for i, least in enumerate(SIZES) if c.n >= least) for c in result.clusters]
    there = sorted(set(size))
    labels = {0: Said("hot.cluster.over", {"n": SIZES[0]})}
    labels |= {
        i: Said("hot.cluster.from_to", {"from_n": max(SIZES[i], result.fewest), "to_n": most - 1})
        for i, most in enumerate(SIZES[:-1], start=1)
    }
    classes = tuple(
        FindingClass(label=labels[i], area=_hull(colours[i]), count=size.count(i)) for i in there
    )
    keys = [f"cluster-{n}" for n in range(len(result.clusters))]

    def tell(key: str) -> tuple[Words, ...]:
        at = keys.index(key)
        found = result.clusters[at]
        return (
            names[at],
            Said("hot.cluster.n", {"n": found.n, "km2": round(found.km2, 2)}),
            Said("hot.cluster.grades", {"grades": grade_words(found.grades)}),
        )

    return Findings(
        section="hotspots",
        title=Said(f"hot.title.{result.method.value}"),
        classes=classes,
        note=tuple(note),
        areas=found_areas(
            [rings_of(c.hull) for c in result.clusters], keys, [there.index(i) for i in size]
        ),
        tell=tell,
        made_of=made_of,
    )


def _hull(colour: str) -> AreaStyle:
    """Return how a hull looks: among many symbols its edge is what is seen of it."""
    style = area_style(colour)
    return replace(style, edge=LineStyle(style.ink, HULL_PX))


def grade_words(grades: Mapping[str, int]) -> tuple[Words, ...]:
    """Return how many have each grade, in the order of the scale."""
    return tuple(Said("hot.grade_n", {"grade": grade, "n": n}) for grade, n in grades.items())


def rings_of(area: Area) -> list[FloatArray]:
    """Return the rings of an area in degrees; an empty one has none."""
    return [
        shapely.get_coordinates(ring)
        for part in shapely.get_parts(area)
        if part.geom_type == "Polygon"
        for ring in shapely.get_rings(part)
    ]
