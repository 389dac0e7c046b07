"""Splits in which some units stay in their zones; runs in the worker process only.

The library that draws splits cannot be told that two units belong together and two others apart.
So zones grow around the units that stay, two neighbours at a time are cut anew along a random
spanning tree of both (the step of a recombination walk), and the best are polished as all others
are. What must stay together is one piece of every tree, and a cut that would leave the units of two
zones on one side is none: no candidate ever breaks what was asked for.
"""

from __future__ import annotations

import random
from collections import deque
from heapq import heapify, heappop, heappush
from itertools import islice, permutations
from typing import TYPE_CHECKING, Final

import h3
import numpy as np

from geo.analysis.split.compactness import judge
from geo.analysis.split.parts import POLISHED, Drawn, numbered, promise
from geo.analysis.split.polish import Polish
from geo.analysis.split.state import Ground
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.split.coverage import FloatArray, IntArray
    from geo.analysis.split.drawing import Search
    from geo.analysis.split.units import Units
    from geo.analysis.split.wanted import Keep, Wanted
    from geo.progress import Progress

MOST_WORK: Final = 240
"""Candidates times zones: each candidate of many zones takes longer."""
LEAST: Final = 12
ROUNDS: Final = 12
"""Cuts for each zone before a candidate is left as it is."""
ORDERS: Final = 24
"""Orders in which the zones may claim ground between their units before it is called impossible."""


def draw_around(
    units: Units, work: FloatArray, wanted: Wanted, search: Search, progress: Progress
) -> Drawn:
    """Split units into contiguous zones of work as equal as the units that stay allow.

    Args:
        units: At least as many as zones.
        work: Points of each unit; their sum is above 0.
        wanted: Says how many zones, and which units stay together.
        search: How long to look for what.
        progress: Told of each candidate.

    Raises:
        InputError: A unit that stays is not among these, or the zones cannot all be contiguous.
    """
    into = wanted.into
    ground = Ground(units, work)
    seeds = joined_up(ground, units, wanted.keeps, into)
    known = {unit: n for n, unit in enumerate(units.ids)}
    stays = frozenset(known[unit] for keep in wanted.keeps for unit in keep.kept)
    count = min(search.candidates, max(LEAST, MOST_WORK // into))
    found = []
    for number in range(count):
        progress.step(number, count, "split.step.drawing")
        chance = random.Random(search.seed * 1_000_003 + number)  # noqa: S311 - to be repeated
        zone = _Walk(ground, seeds, into, search.within, chance).run()
        found.append((judge(units, work, zone, into), zone))
    found.sort(key=lambda pair: promise(pair[0], search.within), reverse=True)
    best = max(found, key=lambda pair: pair[0].key(search.within))
    for number, (_, zone) in enumerate(found[:POLISHED]):
        progress.step(number, POLISHED, "split.step.polishing")
        better = Polish(ground, zone, into, search.within, stays).run()
        judged = judge(units, work, better, into)
        if judged.key(search.within) > best[0].key(search.within):
            best = judged, better
    most = float(work.sum()) / into * (1.0 + search.within)
    heavy = tuple(np.flatnonzero(work > most).tolist())
    return numbered(units, work, best[1], into, count, heavy)


def resolution_of(keeps: Sequence[Keep]) -> int | None:
    """Return the size of the hexagons that stay, or None where none do."""
    cells = [unit for keep in keeps for unit in keep.kept if h3.is_valid_cell(unit)]
    return h3.get_resolution(cells[0]) if cells else None


def joined_up(ground: Ground, units: Units, keeps: Sequence[Keep], into: int) -> list[set[int]]:
    """Return the units that stay with what joins those of one zone, disjoint and connected.

    They are joined within the zone as it is now, by the shortest way; only where that is none of
    one piece any more they claim other ground, one zone after the other.

    Raises:
        InputError: One is not among the units, there is no room for all zones, or the units of one
            lie apart with others between them.
    """
    known = {unit: n for n, unit in enumerate(units.ids)}
    for keep in keeps:
        missing = next((unit for unit in keep.kept if unit not in known), None)
        if missing is not None:
            raise InputError("error.split.kept_elsewhere", name=keep.name, unit=missing)
    groups = [sorted(known[unit] for unit in keep.kept) for keep in keeps]
    homes = [{known[unit] for unit in keep.units if unit in known} for keep in keeps]
    seeds = _claimed(ground, groups, homes)
    if seeds is None:
        everywhere = [set(range(len(units.ids)))] * len(groups)
        for order in islice(permutations(range(len(groups))), ORDERS):
            found = _claimed(ground, [groups[n] for n in order], [everywhere[n] for n in order])
            if found is not None:
                seeds = [found[order.index(n)] for n in range(len(groups))]
                break
    if seeds is None:
        apart = (n for n in range(len(groups)) if not _claimed(ground, [groups[n]], [homes[n]]))
        raise InputError("error.split.kept_apart", name=keeps[next(apart, 0)].name)
    room = len(units.ids) - sum(len(seed) for seed in seeds)
    if len(keeps) > into or room < into - len(keeps):
        raise InputError("error.split.kept_room", zones=len(keeps), into=into)
    return seeds


def _claimed(
    ground: Ground, groups: Sequence[Sequence[int]], allowed: Sequence[set[int]]
) -> list[set[int]] | None:
    """Return each group joined up within what it is allowed, none in another's way, or None."""
    theirs = {unit for group in groups for unit in group}
    seeds: list[set[int]] = []
    for group, its in zip(groups, allowed, strict=True):
        seed = _joined(ground, group, (its - theirs) | set(group))
        if seed is None:
            return None
        seeds.append(seed)
        theirs |= seed
    return seeds


def _joined(ground: Ground, group: Sequence[int], allowed: set[int]) -> set[int] | None:
    """Return units with the shortest ways that join them, one after the other; None if none do."""
    seed = {group[0]}
    left = set(group) - seed
    while left:
        came: dict[int, int] = dict.fromkeys(sorted(seed), -1)
        waiting = deque(sorted(seed))
        reached = -1
        while waiting and reached < 0:
            unit = waiting.popleft()
            for other in ground.near[unit]:
                if other in allowed and other not in came:
                    came[other] = unit
                    waiting.append(other)
                    if other in left:
                        reached = other
                        break
        if reached < 0:
            return None
        while reached not in seed:
            seed.add(reached)
            reached = came[reached]
        left -= seed
    return seed


class _Walk:
    """One candidate: zones grown around what stays, then cut anew two by two."""

    def __init__(
        self,
        ground: Ground,
        seeds: Sequence[set[int]],
        into: int,
        within: float,
        chance: random.Random,
    ) -> None:
        self.ground, self.into, self.chance = ground, into, chance
        self.seed_of = {unit: z for z, seed in enumerate(seeds) for unit in seed}
        self.zone = [self.seed_of.get(unit, -1) for unit in range(len(ground.near))]
        free = [unit for unit, z in enumerate(self.zone) if z < 0]
        for z, unit in enumerate(chance.sample(free, into - len(seeds)), len(seeds)):
            self.zone[unit] = z
        self.load = [0.0] * into
        for unit, z in enumerate(self.zone):
            if z >= 0:
                self.load[z] += ground.work[unit]
        self.share = sum(ground.work) / into
        self.limit = within * self.share

    def run(self) -> IntArray:
        self._grow()
        for _ in range(ROUNDS * self.into):
            pairs = self._pairs()
            if not pairs:
                break
            if self.chance.random() < 0.5:  # noqa: PLR2004 - a coin
                a, b = self.chance.choice(pairs)
            else:
                a, b = max(pairs, key=lambda p: abs(self.load[p[0]] - self.load[p[1]]))
            self._cut(a, b)
            if max(abs(load - self.share) for load in self.load) <= self.limit:
                break
        return np.array(self.zone, dtype=np.int64)

    def _grow(self) -> None:
        """Let the lightest zone take a unit beside it until none is free."""
        beside: list[list[int]] = [[] for _ in range(self.into)]
        for unit, z in enumerate(self.zone):
            if z >= 0:
                beside[z] += [u for u in self.ground.near[unit] if self.zone[u] < 0]
        lightest = [(load, z) for z, load in enumerate(self.load)]
        heapify(lightest)
        while lightest:
            _, z = heappop(lightest)
            mine = beside[z]
            while mine:
                place = self.chance.randrange(len(mine))
                mine[place], mine[-1] = mine[-1], mine[place]
                unit = mine.pop()
                if self.zone[unit] >= 0:
                    continue
                self.zone[unit] = z
                self.load[z] += self.ground.work[unit]
                mine += [u for u in self.ground.near[unit] if self.zone[u] < 0]
                heappush(lightest, (self.load[z], z))
                break

    def _pairs(self) -> list[tuple[int, int]]:
        """Return the zones that lie beside each other."""
        return sorted(
            {
                (z, self.zone[u])
                for unit, z in enumerate(self.zone)
                for u in self.ground.near[unit]
                if z < self.zone[u]
            }
        )

    def _cut(self, a: int, b: int) -> None:
        """Draw a random tree of two zones and cut it where both weigh most alike."""
        members = [unit for unit, z in enumerate(self.zone) if z in {a, b}]
        root = next((u for u in members if self.seed_of.get(u, -1) == a), members[0])
        above, order = self._tree(members, root)
        weight = {unit: self.ground.work[unit] for unit in order}
        holds = {unit: self._holds(unit, a, b) for unit in order}
        for unit in reversed(order[1:]):
            weight[above[unit]] += weight[unit]
            holds[above[unit]] |= holds[unit]
        both = weight[root]
        # The root is on the side of `a` if anything stays there; what is cut off must be `b`'s.
        # Where nothing stays in `a`, it may be the other way round.
        roots = holds[root] & 1
        gap, cut, swapped = abs(self.load[a] - self.load[b]), -1, False
        gap = max(gap, self.limit)
        stays_in_b = holds[root] & 2
        for unit in order[1:]:
            mine = self.seed_of.get(unit, -1)
            if mine >= 0 and mine == self.seed_of.get(above[unit], -1):
                continue
            below = holds[unit]
            if roots and (below & 1 or (stays_in_b and not below & 2)):
                continue
            difference = abs(both - 2.0 * weight[unit])
            if difference < gap:
                gap, cut, swapped = difference, unit, bool(not roots and stays_in_b and not below)
        if cut < 0:
            return
        off = {cut}
        for unit in order[1:]:
            if above[unit] in off:
                off.add(unit)
        inner, outer = (a, b) if swapped else (b, a)
        for unit in members:
            self.zone[unit] = inner if unit in off else outer
        self.load[inner], self.load[outer] = weight[cut], both - weight[cut]

    def _holds(self, unit: int, a: int, b: int) -> int:
        seed = self.seed_of.get(unit, -1)
        return 1 if seed == a else 2 if seed == b else 0

    def _tree(self, members: list[int], root: int) -> tuple[dict[int, int], list[int]]:
        """Return what is above each unit in a random spanning tree, and units from the root on.

        What stays together is joined first, so that it is one piece of the tree.
        """
        together, others = self._edges(members)
        self.chance.shuffle(others)
        head = {unit: unit for unit in members}
        near: dict[int, list[int]] = {unit: [] for unit in members}
        for unit, other in (*together, *others):
            one, two = _top(head, unit), _top(head, other)
            if one != two:
                head[one] = two
                near[unit].append(other)
                near[other].append(unit)
        above = {root: -1}
        order = [root]
        for unit in order:
            for other in near[unit]:
                if other != above[unit]:
                    above[other] = unit
                    order.append(other)
        return above, order

    def _edges(self, members: list[int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return the pairs of neighbours that stay together, and the others."""
        inside = set(members)
        together: list[tuple[int, int]] = []
        others: list[tuple[int, int]] = []
        for unit in members:
            mine = self.seed_of.get(unit, -1)
            for other in self.ground.near[unit]:
                if unit < other and other in inside:
                    same = mine >= 0 and mine == self.seed_of.get(other, -1)
                    (together if same else others).append((unit, other))
        return together, others


def _top(head: dict[int, int], unit: int) -> int:
    """Return what stands for a unit and all that hang together with it."""
    while head[unit] != unit:
        head[unit] = head[head[unit]]
        unit = head[unit]
    return unit
