"""Drawing contiguous, balanced candidates of a split with gerrychain, in the worker process only.

A random spanning tree of the units is cut where what falls off weighs a zone's share
(`recursive_tree_part`). Every candidate has a random source of its own, made of the seed and its
number, and the order of nodes and edges is that of the units' ids: the same seed draws the same
zones on every machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, cast

import numpy as np

if TYPE_CHECKING:
    from gerrychain import Graph

    from geo.analysis.split.coverage import FloatArray, IntArray
    from geo.analysis.split.units import Units
    from geo.progress import Progress

ATTEMPTS: Final = 40
"""Trees drawn for one cut before the candidate is given up."""
RUNGS: Final = (2.0, 4.0, 8.0, 16.0)
"""Drawn with so many times the deviation asked for, since polishing brings it within: few trees are
drawn in vain. The later ones are for units that are too coarse."""
GIVE_UP: Final = 6
"""Candidates that fail before the next rung, if more fail than succeed; with few units each costs
little, and more may fail."""
FEW: Final = 150
TRIES: Final = 2
"""Candidates begun for each one that is wanted; some fail."""
GRAINS: Final = 1_000_000
"""Whole millionths of a point: sums of whole numbers do not depend on their order."""


@dataclass(frozen=True, slots=True)
class Search:
    """How candidates are looked for.

    Attributes:
        seed: Of the random choices.
        candidates: To be drawn.
        within: Deviation from equal work that is asked for.
    """

    seed: int
    candidates: int
    within: float


def drawn_zones(
    units: Units,
    work: FloatArray,
    free: IntArray,
    parts: int,
    search: Search,
    progress: Progress,
) -> list[IntArray]:
    """Return the zones of the free units in as many contiguous candidates as were balanced.

    Args:
        units: All units.
        work: Points of each.
        free: Units to be split; they hang together.
        parts: Number of zones, two or more.
        search: See there.
        progress: Told of each candidate.
    """
    wanted = search.candidates
    from gerrychain.partition import recursive_tree_part
    from gerrychain.tree import bipartition_tree

    graph, grains = _graph(units, work, free)
    cut = partial(bipartition_tree, max_attempts=ATTEMPTS)
    found: list[IntArray] = []
    for rung, factor in enumerate(RUNGS):
        failed = 0
        for number in range(TRIES * wanted):
            if len(found) == wanted:
                break
            progress.step(len(found), wanted, "split.step.drawing")
            try:
                drawn = recursive_tree_part(
                    graph,
                    range(parts),
                    sum(grains) / parts,
                    "work",
                    min(search.within * factor, 0.9),
                    bipartition_tree_fn=cut,
                    rng=random.Random(search.seed * 1_000_003 + number),  # noqa: S311 - to be repeated
                )
            except Exception as failure:
                # No cut of so many trees was balanced, or too little was left for the last ones.
                if not _unbalanced(failure):
                    raise
                failed += 1
                if failed >= (GIVE_UP if len(free) > FEW else 4 * GIVE_UP) and len(found) < failed:
                    break
                continue
            zone = np.empty(len(free), dtype=np.int64)
            for node, part in drawn.items():
                zone[cast("int", graph.original_nx_node_id_for_internal_node_id(node))] = cast(
                    "int", part
                )
            if len(np.unique(zone)) == parts:
                found.append(zone)
        if len(found) >= (wanted // 2 if rung == 0 else 1):
            break
    return found


def _unbalanced(failure: Exception) -> bool:
    from gerrychain.tree import BalanceError, PopulationBalanceError

    # The last two: a single unit is left for two zones, and has no tree to be cut.
    balance = {RuntimeError, BalanceError, PopulationBalanceError}
    return type(failure) in balance | {KeyError, IndexError}


def _graph(units: Units, work: FloatArray, free: IntArray) -> tuple[Graph, list[int]]:
    from gerrychain import Graph

    position = np.full(len(units.ids), -1, dtype=np.int64)
    position[free] = np.arange(len(free))
    grains = [round(w * GRAINS) for w in work[free].tolist()]
    raw = Graph.from_null_networkx().get_nx_graph()
    for node, weight in enumerate(grains):
        raw.add_node(node, work=weight)
    pairs = position[np.concatenate([units.borders.pairs, units.links.pairs])]
    raw.add_edges_from(sorted((int(a), int(b)) for a, b in pairs if a >= 0 and b >= 0))
    return Graph.from_networkx(raw).convert_from_nx_to_rx(), grains


def grown(units: Units, work: FloatArray, free: IntArray, parts: int) -> IntArray:
    """Return a contiguous split where no tree could be cut: each zone grows from one unit.

    The lightest zone takes the next unit beside it, so that every zone has one at least.
    """
    near = units.neighbours()
    position = {int(unit): n for n, unit in enumerate(free)}
    zone = np.full(len(free), -1, dtype=np.int64)
    seeds = sorted(range(len(free)), key=lambda n: (-work[free[n]], n))[:parts]
    zone[seeds] = np.arange(parts)
    load = [float(work[free[n]]) for n in seeds]
    stuck: set[int] = set()
    while (zone < 0).any():
        growing = min((z for z in range(parts) if z not in stuck), key=lambda z: (load[z], z))
        open_to = sorted(
            {
                position[other]
                for n in np.flatnonzero(zone == growing).tolist()
                for other in near[int(free[n])]
                if other in position and zone[position[other]] < 0
            }
        )
        if not open_to:
            stuck.add(growing)
            continue
        zone[open_to[0]] = growing
        load[growing] += float(work[free[open_to[0]]])
    return zone
