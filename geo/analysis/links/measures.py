"""Who holds the network together: components, degree, betweenness; measured in the worker.

A connection of confidence c is 1/c long, so that a sure way is shorter than a doubtful one, and a
connection of confidence 0 leads nowhere. Lengths are whole numbers, for then two ways are equally
long on every machine or on none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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
_TRIPLE: Final = (0, 1, 2)
_AT_ONCE: Final = 1_000_000


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

    graph = nx.Graph()
    graph.add_nodes_from(range(skeleton.n))
    graph.add_edges_from(skeleton.pairs.tolist())
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

    All beginnings are counted at once, hop by hop: some ten times as fast as one by one, which the
    hundreds of random networks need.

    Args:
        n: Number of nodes.
        pairs: Ends of the connections, shape ``(m, 2)``.
        confidence: Of each, shape ``(m,)``.
        seed: Chooses the pivots of a network of more than `EXACT` nodes.

    Returns:
        0 to 1, shape ``(n,)``.

    Source:
        Freeman (1977), doi:10.2307/3033543; Brandes (2001), doi:10.1080/0022250X.2001.9990249;
        lengths by Newman (2001), doi:10.1103/PhysRevE.64.016132; pivots by Brandes and Pich (2007),
        doi:10.1142/S0218127407018403. Tests hold it against networkx.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    sure = confidence > 0
    if n < len(_TRIPLE) or not sure.any():
        return np.zeros(n)
    ends = np.vstack((pairs[sure], pairs[sure][:, ::-1]))
    length = np.tile(np.round(UNIT / confidence[sure]), 2)
    graph = csr_array((length, (ends[:, 0], ends[:, 1])), shape=(n, n))
    beginnings = np.arange(n)
    if n > EXACT:
        beginnings = np.sort(np.random.default_rng([seed, 3]).choice(n, PIVOTS, replace=False))
    total = np.zeros(n)
    for part in np.array_split(beginnings, -(-len(beginnings) * len(ends) // _AT_ONCE)):
        away = dijkstra(graph, indices=part)
        total += _passing(part, away, ends, length)
    others = (n - 1) * (n - 2)
    return total * n / len(beginnings) / others


def _passing(
    beginnings: IntArray, away: FloatArray, ends: IntArray, length: FloatArray
) -> FloatArray:
    """Sum over beginnings how much of the ways to all others passes each node.

    Args:
        beginnings: Rows of the nodes, shape ``(s,)``.
        away: Length of the shortest way from each to each node, shape ``(s, n)``.
        ends: Beginning and end of each step, shape ``(k, 2)``.
        length: Of each step, whole numbers, shape ``(k,)``.
    """
    begin, end = ends.T
    reached = np.isfinite(away[:, begin])
    # A step is on a shortest way if it takes up the whole difference.
    on = reached & (away[:, begin] + length == away[:, end])
    own = (np.arange(len(beginnings)), beginnings)
    start = np.zeros_like(away)
    start[own] = 1
    arriving, leaving = _Sum(end), _Sum(begin)
    ways, before = start, np.empty(0)
    while not np.array_equal(ways, before):
        ways, before = arriving.into(start.copy(), on * ways[:, begin]), ways
    share = on * ways[:, begin] / np.maximum(ways[:, end], 1.0)
    through, before = np.zeros_like(away), np.empty(0)
    while not np.array_equal(through, before):
        further = share * (1.0 + through[:, end])
        through, before = leaving.into(np.zeros_like(away), further), through
    through[own] = 0
    passing: FloatArray = through.sum(axis=0)
    return passing


class _Sum:
    """Sums the values of steps by the node that each has."""

    def __init__(self, node: IntArray) -> None:
        """Sort the steps by their node, once for every hop."""
        self._order = np.argsort(node, kind="stable")
        ordered = node[self._order]
        self._first = np.flatnonzero(np.diff(ordered, prepend=-1))
        self._nodes = ordered[self._first]

    def into(self, found: FloatArray, values: FloatArray) -> FloatArray:
        """Return `found`, shape ``(s, n)``, with the sums of values of shape ``(s, k)`` added."""
        found[:, self._nodes] += np.add.reduceat(values[:, self._order], self._first, axis=1)
        return found


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
