"""Density-based clusters (DBSCAN), exactly, by a grid.

In cells whose diagonal is the distance, all points of a cell are neighbours: a cell with enough
points needs no distance at all, and one whose surroundings hold too few has no core. What is left
to be measured is little.

A point that is no core but near cores of several clusters belongs to the cluster whose first core
comes first in the data. This is scikit-learn's rule, and so the labels are the same.

Source:
    Ester, Kriegel, Sander, Xu (1996), KDD-96, 226-231; the grid by Gunawan (2013) and Gan and Tao
    (2015), doi:10.1145/2723372.2737792.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.clusters.cells import REACH, Cells, IntArray, Portion, portions, within
from geo.progress import NoProgress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.analysis.columns import FloatArray
    from geo.progress import Progress

NOISE: Final = -1
"""Label of a point that belongs to no cluster."""
_ROWS: Final = (0, -1, 1, -2, 2)
"""Rows of cells around a cell's own, the nearest first."""
_TRIALS: Final = 4
"""Pairs of points that are tried before two cells are measured against each other in full."""
_MANY: Final = 1_000_000
"""Pairs of points of two cells from which on a tree is quicker."""
_STEPS: Final = 4


def dbscan(
    xy: FloatArray, distance: float, fewest: int, progress: Progress | None = None
) -> IntArray:
    """Return the cluster of each point.

    Args:
        xy: Metres, shape ``(n, 2)``.
        distance: Neighbours are no further than this, in metres; above 0.
        fewest: A core has this many neighbours, itself counted.
        progress: Told after each of four steps.

    Returns:
        Labels from 0 in the order in which the clusters' first cores come, `NOISE` for a point of
        none, shape ``(n,)``.

    Raises:
        InputError: The distance is too small for an extent like this.
    """
    progress = progress or NoProgress()
    labels = np.full(len(xy), NOISE, dtype=np.int64)
    if not len(xy):
        return labels
    progress.step(0, _STEPS, "clusters.step.sort")
    cells = Cells.of(xy, distance)
    progress.step(1, _STEPS, "clusters.step.cores")
    core = _cores(cells, distance, fewest)
    if not core.any():
        return labels
    progress.step(2, _STEPS, "clusters.step.join")
    cores = cells.only(core)
    cluster = _numbered(cores, _joined(cores, distance))
    labels[cores.order] = cluster[cores.cell]
    progress.step(3, _STEPS, "clusters.step.edges")
    border, label = _border(cells, core, cores, cluster, distance)
    labels[border] = label
    return labels


def _cores(cells: Cells, distance: float, fewest: int) -> NDArray[np.bool_]:
    """Return which points are cores, in the order of the cells."""
    ranges = {row: cells.near(cells.keys, row) for row in _ROWS}
    held = {row: cells.start[after] - cells.start[first] for row, (first, after) in ranges.items()}
    most = np.sum(list(held.values()), axis=0)
    crowded = cells.count >= fewest
    cell = cells.cell
    core: NDArray[np.bool_] = crowded[cell]
    asked = np.flatnonzero((~crowded & (most >= fewest))[cell])
    known = np.zeros(len(asked), dtype=np.int64)
    open_ = most[cell[asked]]
    for row in _ROWS:
        first, after = (cells.start[edge[cell[asked]]] for edge in ranges[row])
        x, y = cells.x[asked], cells.y[asked]
        for some in portions(first, after):
            near = _near(some, x, y, cells, distance)
            known[some.rows] += some.sums(near)
        open_ -= held[row][cell[asked]]
        # Who has enough is a core; who cannot get enough any more is none.
        enough = known >= fewest
        core[asked[enough]] = True
        stays = ~enough & (known + open_ >= fewest)
        asked, known, open_ = asked[stays], known[stays], open_[stays]
    return core


def _joined(cores: Cells, distance: float) -> IntArray:
    """Return the component of each cell of cores: cells with two cores within the distance."""
    found = [
        (some.row, some.member)
        for row in range(REACH + 1)
        for some in portions(*cores.near(cores.keys, row))
    ]
    a, b = (np.concatenate(side) for side in zip(*found, strict=True))
    a, b = a[b > a], b[b > a]
    component = np.arange(len(cores.keys))
    links: list[tuple[IntArray, IntArray]] = []
    for trial in range(_TRIALS):
        one, other = _nth(cores, a, trial), _nth(cores, b, trial)
        near = within(cores.x[one] - cores.x[other], cores.y[one] - cores.y[other], distance)
        links.append((a[near], b[near]))
        component = _components(len(cores.keys), links)
        apart = component[a] != component[b]
        a, b = a[apart], b[apart]
    size = cores.count[a] * cores.count[b]
    few = np.flatnonzero(size <= _MANY)
    met = np.zeros(len(a), dtype=bool)
    # A pair of cells becomes its first cell's points, each with the second cell's range.
    for points in portions(cores.start[a[few]], cores.start[a[few] + 1]):
        pair, one = few[points.row], points.member
        for some in portions(cores.start[b[pair]], cores.start[b[pair] + 1]):
            near = _near(some, cores.x[one], cores.y[one], cores, distance)
            met[pair[some.row[near]]] = True
    for large in np.flatnonzero(size > _MANY).tolist():
        met[large] = _meet(cores, int(a[large]), int(b[large]), distance)
    links.append((a[met], b[met]))
    return _components(len(cores.keys), links)


def _near(
    some: Portion, x: FloatArray, y: FloatArray, others: Cells, distance: float
) -> NDArray[np.bool_]:
    """Return which pairs of rows' points with others are no further apart than the distance."""
    across, down = some.each(x), some.each(y)
    across -= others.x[some.member]
    down -= others.y[some.member]
    return within(across, down, distance)


def _nth(cores: Cells, cell: IntArray, number: int) -> IntArray:
    """Return one point of each cell, another one for each number while it has others."""
    return cores.start[cell] + (number * 7919) % cores.count[cell]


def _meet(cores: Cells, a: int, b: int, distance: float) -> bool:
    from scipy.spatial import cKDTree

    xy = np.column_stack([cores.x, cores.y])
    one, other = (xy[cores.start[c] : cores.start[c + 1]] for c in (a, b))
    away, at = cKDTree(other).query(one, distance_upper_bound=distance * (1 + 1e-9))
    found = np.isfinite(away)
    apart = one[found] - other[at[found]]
    return bool(within(apart[:, 0].copy(), apart[:, 1].copy(), distance).any())


def _components(count: int, links: list[tuple[IntArray, IntArray]]) -> IntArray:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    a = np.concatenate([one for one, _ in links])
    b = np.concatenate([other for _, other in links])
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    found: IntArray = component.astype(np.int64)
    return found


def _numbered(cores: Cells, component: IntArray) -> IntArray:
    """Return the cluster of each cell of cores, numbered by the clusters' first cores."""
    earliest = np.minimum.reduceat(cores.order, cores.start[:-1])
    first = np.full(int(component.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, component, earliest)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    return number[component]


def _border(
    cells: Cells, core: NDArray[np.bool_], cores: Cells, cluster: IntArray, distance: float
) -> tuple[IntArray, IntArray]:
    """Return positions and clusters of the points that are near a core and none themselves."""
    rest = cells.only(~core)
    nobody = len(cores.order)
    found = np.full(len(rest.order), nobody, dtype=np.int64)
    label, cell = cluster[cores.cell], rest.cell
    for row in _ROWS:
        first, after = (cores.start[edge[cell]] for edge in cores.near(rest.keys, row))
        for some in portions(first, after):
            near = _near(some, rest.x, rest.y, cores, distance)
            np.minimum.at(found, some.row[near], label[some.member[near]])
    held = found < nobody
    return rest.order[held], found[held]
