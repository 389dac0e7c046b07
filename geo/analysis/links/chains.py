"""Chains of persons from the victims upward, and where they stop.

Upward is a direct link with a person of a higher role (`RANK`). That two persons are linked with
the same site makes neither the other's superior: such ways round are counted beside, as something
to ask about, and never taken for a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.links.network import RANK
from geo.model.vocabulary import PersonRole

if TYPE_CHECKING:
    from geo.analysis.links.network import Network

STOPPING: Final = frozenset({RANK[PersonRole.INTERMEDIARY], RANK[PersonRole.FOREIGN_BROKER]})
"""Roles that stand between: arrested without an upward link, the chain stops with them."""
TOP: Final = RANK[PersonRole.RINGLEADER]
MOST_CHAINS: Final = 500
_ENOUGH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Stop:
    """An arrested intermediary or broker from whom nothing leads up.

    Attributes:
        node: Row in the network.
        arrested_on: Day of the arrest.
        days: Days since, on the day of the network.
        below: Persons under this one, directly or through others.
        connections: How many the person has.
        weakest: Least confidence of them; surest: the greatest.
        ways_round: Persons of a higher role who are linked with the same place, or with the same
            person of no higher role: whom to ask about first.
    """

    node: int
    arrested_on: date
    days: int
    below: int
    connections: int
    weakest: float
    surest: float
    ways_round: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Persons of rising roles, each linked with the next.

    Attributes:
        nodes: From the victims' end upward, rows in the network.
        weakest: Confidence of its weakest connection: no chain is surer.
        stops: Whether it ends with somebody of `Stop`.
    """

    nodes: tuple[int, ...]
    weakest: float
    stops: bool


@dataclass(frozen=True, slots=True)
class Chains:
    """What leads upward, and what does not.

    Attributes:
        stops: Longest since the arrest first.
        other_arrests: Arrested recruiters and managers without an upward link: rows.
        chains: The longest first, of equal ones the surest.
        more: Chains beyond `MOST_CHAINS` that are not listed; beyond 20,000 nobody counts them.
    """

    stops: tuple[Stop, ...]
    other_arrests: tuple[int, ...]
    chains: tuple[Chain, ...]
    more: int


def chains_of(network: Network) -> Chains:
    """Return the chains of a network and where they stop."""
    persons = [n for n in range(len(network)) if network.is_person(n)]
    up = {n: _steps(network, n, 1) for n in persons}
    down = {n: _steps(network, n, -1) for n in persons}
    ends = [n for n in persons if not np.isnat(network.arrested[n]) and not up[n]]
    stops = [_stop(network, n, down) for n in ends if int(network.role[n]) in STOPPING]
    stops.sort(key=lambda s: (-s.days, network.nodes[s.node].id))
    stopped = {s.node for s in stops}
    others = tuple(n for n in ends if n not in stopped and int(network.role[n]) != TOP)
    found: list[Chain] = []
    for start in persons:
        if not down[start] and up[start]:
            found += _from(start, up, stopped)
        if len(found) > _ENOUGH:
            break
    found.sort(key=lambda c: (-len(c.nodes), -c.weakest, c.nodes))
    return Chains(
        tuple(stops), others, tuple(found[:MOST_CHAINS]), max(0, len(found) - MOST_CHAINS)
    )


def _steps(network: Network, node: int, way: int) -> dict[int, float]:
    """Return the persons one step up (1) or down (-1) and how surely they are linked."""
    rank = int(network.role[node])
    found = {}
    for connection in network.beside(node):
        other = network.other(connection, node)
        if network.is_person(other) and (int(network.role[other]) - rank) * way > 0:
            found[other] = float(network.confidence[connection])
    return found


def _stop(network: Network, node: int, down: dict[int, dict[int, float]]) -> Stop:
    below: set[int] = set()
    left = [node]
    while left:
        fresh = down[left.pop()].keys() - below
        below |= fresh
        left += sorted(fresh)
    own = [float(network.confidence[c]) for c in network.beside(node)]
    arrested = network.arrested[node].astype(date)
    return Stop(
        node=node,
        arrested_on=arrested,
        days=(network.on - arrested).days,
        below=len(below),
        connections=len(own),
        weakest=min(own),
        surest=max(own),
        ways_round=_ways_round(network, node),
    )


def _ways_round(network: Network, node: int) -> tuple[int, ...]:
    rank = int(network.role[node])
    found = set()
    for connection in network.beside(node):
        between = network.other(connection, node)
        for further in network.beside(between):
            end = network.other(further, between)
            if end != node and int(network.role[end]) > rank:
                found.add(end)
    return tuple(sorted(found))


def _from(start: int, up: dict[int, dict[int, float]], stopped: set[int]) -> list[Chain]:
    """Return the chains that begin with a person; roles rise, so none is longer than the roles."""
    found: list[Chain] = []
    left: list[tuple[tuple[int, ...], float]] = [((start,), 1.0)]
    while left and len(found) <= _ENOUGH:
        nodes, weakest = left.pop()
        steps = up[nodes[-1]]
        if not steps:
            found.append(Chain(nodes, weakest, nodes[-1] in stopped))
        left += [((*nodes, n), min(weakest, steps[n])) for n in sorted(steps)]
    return found
