"""Who holds the network together: components, degree, betweenness. Only the worker loads networkx.

A connection of confidence c is 1/c long, so that a sure way is shorter than a doubtful one, and a
connection of confidence 0 leads nowhere. Lengths are whole numbers, for then two ways are equally
long on every machine or on none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from geo.progress import Progress

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

UNIT: Final = 1_000
"""Length of a connection that is certain."""
EXACT: Final = 400
"""Up to so many nodes betweenness is summed over all of them; above, over `PIVOTS` of them."""
PIVOTS: Final = 200
DRAWS: Final = 200
SPAN: Final = (5.0, 95.0)


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """What the measures need of a network: no name and no id goes to the worker.

    Attributes:
        n: Number of nodes.
        pairs: Rows of the two ends of each connection, shape ``(m, 2)``.
        confidence: Of each, 0 to 1, shape ``(m,)``.
        seed: Of all draws.
    """

    n: int
    pairs: IntArray
    confidence: FloatArray
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """What betweenness would be if each connection held with its own confidence.

    Attributes:
        low: 5 % quantile of the draws, shape ``(n,)``; high: the 95 % one.
        first: Share of draws in which the node came first, shape ``(n,)``.
        draws: How many.
    """

    low: FloatArray
    high: FloatArray
    first: FloatArray
    draws: int


def components(skeleton: Skeleton) -> NDArray[np.int64]:
    """Return the component of each node, the largest being 0, of equal ones the first, ``(n,)``."""
    import networkx as nx

    graph = _graph(skeleton.n, skeleton.pairs, skeleton.confidence, every=True)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    found = np.zeros(skeleton.n, dtype=np.int64)
    for number, part in enumerate(parts):
        found[sorted(part)] = number
    return found


def degree(skeleton: Skeleton) -> NDArray[np.int64]:
    """Return how many others each node is connected with, shape ``(n,)``."""
    return np.bincount(skeleton.pairs.ravel(), minlength=skeleton.n).astype(np.int64)


def betweenness(n: int, pairs: IntArray, confidence: FloatArray, seed: int) -> FloatArray:
    """Return the share of all pairs of others whose shortest way leads through each node.

    Args:
        n: Number of nodes.
        pairs: Ends of the connections, shape ``(m, 2)``.
        confidence: Of each, shape ``(m,)``.
        seed: Chooses the pivots of a network of more than `EXACT` nodes.

    Returns:
        0 to 1, shape ``(n,)``.

    Source:
        Freeman (1977), doi:10.2307/3033543; lengths by Newman (2001),
        doi:10.1103/PhysRevE.64.016132; pivots by Brandes and Pich (2007),
        doi:10.1142/S0218127407018403; arithmetic by networkx.
    """
    import networkx as nx

    graph = _graph(n, pairs, confidence)
    pivots = None if n <= EXACT else PIVOTS
    found = nx.betweenness_centrality(graph, k=pivots, weight="length", seed=seed)
    return np.array([found[node] for node in range(n)], dtype=np.float64)


def spans(skeleton: Skeleton, draws: int, progress: Progress) -> Span:
    """Draw networks in which each connection is there with its own confidence.

    Args:
        skeleton: The network.
        draws: How many.
        progress: Told of each.
    """
    chance = np.random.default_rng([skeleton.seed, 1])
    drawn = np.zeros((draws, skeleton.n))
    for number in range(draws):
        progress.step(number, draws, "links.step.doubt")
        there = chance.random(len(skeleton.pairs)) < skeleton.confidence
        drawn[number] = betweenness(
            skeleton.n, skeleton.pairs[there], skeleton.confidence[there], skeleton.seed
        )
    best = drawn.max(axis=1, keepdims=True)
    first = (drawn == best) & (best > 0)
    low, high = np.percentile(drawn, SPAN, axis=0)
    return Span(low, high, first.mean(axis=0), draws)


def _graph(n: int, pairs: IntArray, confidence: FloatArray, *, every: bool = False) -> Any:  # noqa: ANN401 - networkx has no types
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    for (a, b), sure in zip(pairs.tolist(), confidence.tolist(), strict=True):
        if every or sure > 0:
            graph.add_edge(a, b, length=round(UNIT / sure) if sure > 0 else 0)
    return graph
