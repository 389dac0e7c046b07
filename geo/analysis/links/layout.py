"""Where the nodes of a graph are drawn beside the map. Only the worker loads networkx.

It is a drawing and says nothing of where anybody is: those who are linked lie near each other, and
what hangs together is laid out by itself, the largest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from geo.analysis.links.measures import FloatArray, IntArray, Skeleton

CAREFUL: Final = 80
"""Up to so many nodes a part is laid out by the lengths of all ways, above by springs."""
GAP: Final = 1.2
"""Between two parts, in lengths of a connection."""
_LEAST_STEPS, _MOST_STEPS, _NODE_STEPS = 8, 60, 20_000
_TRIANGLE: Final = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.9]])


def layout(skeleton: Skeleton, component: IntArray) -> FloatArray:
    """Return a place for each node, in lengths of a connection, y upward.

    Args:
        skeleton: The network.
        component: Of each node, shape ``(n,)``.

    Returns:
        Shape ``(n, 2)``; the same network has the same drawing.

    Source:
        Kamada and Kawai (1989), doi:10.1016/0020-0190(89)90102-6; Fruchterman and Reingold (1991),
        doi:10.1002/spe.4380211102; arithmetic by networkx.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(skeleton.n))
    graph.add_edges_from(skeleton.pairs.tolist())
    found = np.zeros((skeleton.n, 2))
    parts = [np.flatnonzero(component == c) for c in range(int(component.max(initial=-1)) + 1)]
    drawn = [_drawn(graph, part, skeleton.seed) for part in parts]
    # In rows below each other, as wide as the largest part or as all of them would be in a square.
    wide = max(
        max((float(np.ptp(xy[:, 0])) for xy in drawn), default=0.0),
        1.4 * float(np.sqrt(sum(_room(xy) for xy in drawn))),
    )
    x = y = row = 0.0
    for part, xy in zip(parts, drawn, strict=True):
        size = np.ptp(xy, axis=0)
        if x > 0 and x + size[0] > wide:
            x, y, row = 0.0, y - row - GAP, 0.0
        found[part] = xy - np.array([xy[:, 0].min() - x, xy[:, 1].max() - y])
        x, row = x + float(size[0]) + GAP, max(row, float(size[1]))
    return found


def _room(xy: FloatArray) -> float:
    width, height = np.ptp(xy, axis=0) + GAP
    return float(width * height)


def _drawn(graph: Any, part: IntArray, seed: int) -> FloatArray:  # noqa: ANN401 - networkx has no types
    import networkx as nx

    own = graph.subgraph(part.tolist())
    if len(part) < len(_TRIANGLE):
        return _TRIANGLE[: len(part)]
    # Begun on a circle in the order of the rows, so that nothing depends on a set's order.
    angle = np.linspace(0, 2 * np.pi, len(part), endpoint=False)
    start = {
        int(node): (float(np.cos(a)), float(np.sin(a))) for node, a in zip(part, angle, strict=True)
    }
    if len(part) <= CAREFUL:
        placed = nx.kamada_kawai_layout(_ordered(own, part), pos=start, weight=None)
    else:
        steps = max(_LEAST_STEPS, min(_MOST_STEPS, _NODE_STEPS // len(part)))
        placed = nx.spring_layout(_ordered(own, part), pos=start, seed=seed, iterations=steps)
    xy = _lying(np.array([placed[int(node)] for node in part], dtype=np.float64))
    ends = np.array([(a, b) for a, b in own.edges()], dtype=np.int64)
    row = {int(node): i for i, node in enumerate(part)}
    a, b = np.vectorize(row.__getitem__)(ends).T
    step = float(np.median(np.hypot(*(xy[a] - xy[b]).T)))
    return xy / step if step > 0 else xy


def _lying(xy: FloatArray) -> FloatArray:
    """Turn a drawing so that its longer way lies level: there is more room aside than above."""
    middle = xy - xy.mean(axis=0)
    turn = np.linalg.svd(middle, full_matrices=False)[2]
    # The sign of an axis is nobody's choice but the library's: the first node stands left, above.
    lain: FloatArray = middle @ turn.T
    flip = np.where(lain[0] * np.array([1.0, -1.0]) > 0, -1.0, 1.0)
    return lain * flip


def _ordered(graph: Any, part: IntArray) -> Any:  # noqa: ANN401 - networkx has no types
    """Return the graph with its nodes and connections in a fixed order."""
    import networkx as nx

    ordered = nx.Graph()
    ordered.add_nodes_from(part.tolist())
    ordered.add_edges_from(sorted(tuple(sorted(e)) for e in graph.edges()))
    return ordered
