"""The fewest sites that hold most allegations, each as a ring by how many it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.model.vocabulary import Precision
from layers.findings import FindingClass, Findings, found_points
from layers.ramps import SEQUENTIAL
from layers.said import Named, Said
from layers.style import Shape, SymbolSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.model.table import Table
    from layers.said import Words

CLASSES: Final = ((10, 2.6, SEQUENTIAL[4]), (5, 2.1, SEQUENTIAL[3]), (1, 1.7, SEQUENTIAL[2]))
"""So many allegations or more: how large and in which colour."""


def site_findings(
    sites: Table,
    listed: NDArray[np.intp],
    count: NDArray[np.int64],
    note: Sequence[Words],
    made_of: tuple[Table, ...] = (),
) -> Findings:
    """Return sites with how many allegations were linked to each.

    Args:
        sites: The plan's table.
        listed: Rows of the sites.
        count: Allegations of each, of the same shape.
        note: Method, n and grade mix.
        made_of: The tables that it was computed from.
    """
    lon, lat = sites["lon"][listed].astype(float), sites["lat"][listed].astype(float)
    # A site that is known by its unit only is no point, whatever its row holds.
    known = np.isfinite(lon) & np.isfinite(lat)
    known &= sites["precision"][listed] == Precision.POINT.value
    size = np.array([next(i for i, c in enumerate(CLASSES) if n >= c[0]) for n in count.tolist()])
    there = sorted(set(size[known].tolist())) if len(size) else []
    labels = {0: Said("hot.cluster.over", {"n": CLASSES[0][0]})}
    labels |= {
        i: Said(
            "hot.cluster.from_to",
            {"from_n": int(count[size == i].min()), "to_n": CLASSES[i - 1][0] - 1},
        )
        for i in there
        if i
    }
    classes = tuple(
        FindingClass(
            label=labels[i],
            symbol=SymbolSpec(Shape.CIRCLE, CLASSES[i][2], hollow=True, scale=CLASSES[i][1]),
            count=int((size[known] == i).sum()),
        )
        for i in there
    )
    keys = [str(i) for i in sites.ids[listed[known]]]
    rows = dict(
        zip(keys, zip(listed[known].tolist(), count[known].tolist(), strict=True), strict=True)
    )

    def tell(key: str) -> tuple[Words, ...]:
        at, n = rows[key]
        name = Named(str(sites["name_km"][at] or ""), str(sites["name_en"][at] or ""))
        return (name, Said("hot.site.n", {"n": n}))

    return Findings(
        section="hotspots",
        title=Said("hot.title.concentration"),
        classes=classes,
        note=tuple(note),
        points=found_points(
            np.column_stack([lon[known], lat[known]]), keys, [there.index(i) for i in size[known]]
        ),
        tell=tell,
        made_of=made_of,
    )
