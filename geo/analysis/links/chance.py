"""Is a hub more than chance? The network is held against random ones of its own size.

In a random network the same connections, with the same confidences, join any two nodes; only that
every node keeps one is demanded, as it is of the real one. A node is a hub if its betweenness is
greater than the greatest of almost every random network: then, where there is nothing but chance,
a hub is told in at most `RATE` of all networks, whatever their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.links.measures import FloatArray, IntArray, betweenness

if TYPE_CHECKING:
    from geo.analysis.links.measures import Skeleton
    from geo.progress import Progress

RATE: Final = 0.05
"""Share of networks without any hub in which one is told all the same."""
RANDOM: Final = 199
FEWEST: Final = 10
"""Nodes below which a hub cannot be told from chance."""
MOST: Final = 3_000
MOVES: Final = 20
"""Moves of each connection from one random network to the next."""
_STOP: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """How often chance alone does as well.

    Attributes:
        p: Share of random networks whose greatest betweenness reaches each node's, shape ``(n,)``.
        random: Random networks that were made.
        refused: Why no hub is told: ``few`` nodes, ``many``, or empty.
    """

    p: FloatArray
    random: int
    refused: str = ""

    @property
    def hubs(self) -> IntArray:
        """Rows of the hubs."""
        rows = np.flatnonzero(self.p <= RATE) if not self.refused else np.zeros(0)
        return rows.astype(np.int64)


def chance_of(
    skeleton: Skeleton, through: FloatArray, progress: Progress, random: int = RANDOM
) -> Chance:
    """Hold each node's betweenness against the greatest of random networks.

    Args:
        skeleton: The network; every node has a connection.
        through: Its betweenness, shape ``(n,)``.
        progress: Told of each random network.
        random: How many to make; fewer are made as soon as nothing can be a hub any more.

    Source:
        The greatest of all nodes holds the rate over all of them: Westfall and Young (1993),
        ISBN 978-0-471-55761-6. Random networks by moves from one to the next that begin behind the
        real one, so that it is one among equals: Besag and Clifford (1989),
        doi:10.1093/biomet/76.4.633; stopped early by Besag and Clifford (1991),
        doi:10.1093/biomet/78.2.301.
    """
    n = skeleton.n
    if n < FEWEST or n > MOST:
        return Chance(np.ones(n), 0, "few" if n < FEWEST else "many")
    chance = np.random.default_rng([skeleton.seed, 2])
    behind = moved(skeleton.pairs, n, chance)
    reached = np.zeros(n, dtype=np.int64)
    best = float(through.max(initial=0.0))
    exceeded = made = 0
    while made < random and exceeded < _STOP:
        progress.step(made, random, "links.step.chance")
        pairs = moved(behind, n, chance)
        greatest = float(betweenness(n, pairs, skeleton.confidence, skeleton.seed).max())
        reached += greatest >= through
        exceeded += greatest >= best
        made += 1
    if exceeded >= _STOP and made < random:
        return Chance(np.maximum(reached, 1) / made, made)
    return Chance((reached + 1) / (made + 1), made)


def moved(pairs: IntArray, n: int, chance: np.random.Generator) -> IntArray:
    """Return connections moved about at random; each move is as likely as the one that undoes it.

    Args:
        pairs: Ends of the connections, shape ``(m, 2)``; no two the same.
        n: Number of nodes, each of which has a connection and keeps one.
        chance: Where to.
    """
    ends = [(int(min(a, b)), int(max(a, b))) for a, b in pairs.tolist()]
    taken = set(ends)
    count = np.bincount(pairs.ravel(), minlength=n).tolist()
    steps = MOVES * len(ends)
    which = chance.integers(len(ends), size=steps).tolist()
    where = chance.integers(n, size=(steps, 2)).tolist()
    for at, (one, other) in zip(which, where, strict=True):
        a, b = ends[at]
        new = (min(one, other), max(one, other))
        if one == other or new in taken:
            continue
        count[a] -= 1
        count[b] -= 1
        count[one] += 1
        count[other] += 1
        if count[a] and count[b]:
            taken.remove((a, b))
            taken.add(new)
            ends[at] = new
        else:
            count[a] += 1
            count[b] += 1
            count[one] -= 1
            count[other] -= 1
    return np.array(ends, dtype=np.int64).reshape(-1, 2)
