"""The network of a plan as arrays: what is linked with what, how surely, and what was left out.

A link is a lead and not a finding. Several links between the same two are one connection, as sure
as the surest of them: two offices that say the same may have it from one voice, so their
confidences are never added up. A site that was merged stands as the one that it turned out to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.clock import today
from geo.edit.merging import kept_ids
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.network import LinkKind
from geo.model.vocabulary import PersonRole, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.edit.reading import PlanRows
    from geo.model.table import Table

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

LINKED: Final = (Kind.SITE, Kind.CROSSING, Kind.PERSON_REF)
RANK: Final[dict[PersonRole, int]] = {
    PersonRole.RECRUITER: 0,
    PersonRole.INTERMEDIARY: 1,
    PersonRole.FOREIGN_BROKER: 2,
    PersonRole.MANAGER: 3,
    PersonRole.RINGLEADER: 4,
}
"""Role → how far it is from the victims; upward is a link with somebody of a higher rank."""
NO_DAY: Final = np.datetime64("NaT", "D")


class Node(NamedTuple):
    """What stands at the end of a link."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Links that are not in the network, and why.

    Attributes:
        ends_gone: One of its ends is no longer in the plan, or not shown.
        itself: Both ends turned out to be one site.
        later: It was seen after the day that is looked at.
    """

    ends_gone: int = 0
    itself: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What is linked on a day; everything with at least one link.

    Attributes:
        on: The day.
        nodes: Sites, crossings and persons in that order, each by id.
        role: Rank of a person's role on the day (`RANK`), -1 for places, shape ``(n,)``.
        arrested: Day of the arrest, NaT without one by then, shape ``(n,)``.
        place: Longitude and latitude of sites and crossings known to a point, else NaN, shape
            ``(n, 2)``.
        pairs: Rows of the two ends of each connection, the smaller first, shape ``(m, 2)``.
        confidence: Of each connection, the surest of its links, shape ``(m,)``.
        kinds: What connects the two.
        links: Ids of the links of each connection.
        n_links: Links that count.
        undated: Links of which nobody noted when they were seen; they count.
        left_out: What does not.
    """

    on: date
    nodes: tuple[Node, ...]
    role: NDArray[np.int8]
    arrested: NDArray[np.datetime64]
    place: FloatArray
    pairs: IntArray
    confidence: FloatArray
    kinds: tuple[tuple[LinkKind, ...], ...]
    links: tuple[tuple[str, ...], ...]
    n_links: int
    undated: int
    left_out: LeftOut
    _beside: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.nodes)

    def beside(self, node: int) -> tuple[int, ...]:
        """Return the connections that a node has, by their rows."""
        if not self._beside:
            found: dict[int, list[int]] = {n: [] for n in range(len(self.nodes))}
            for row, (a, b) in enumerate(self.pairs.tolist()):
                found[a].append(row)
                found[b].append(row)
            self._beside.update({n: tuple(rows) for n, rows in found.items()})
        return self._beside[node]

    def other(self, connection: int, node: int) -> int:
        """Return the other end of a connection."""
        a, b = self.pairs[connection].tolist()
        return int(b if a == node else a)

    def is_person(self, node: int) -> bool:
        """Tell whether a node is a person."""
        return int(self.role[node]) >= 0


@dataclass(slots=True)
class _Found:
    confidence: float
    kinds: set[LinkKind]
    links: list[str]


def network_of(plan: PlanRows, on: date | None = None) -> Network:
    """Return the network of a plan on a day; any thread may ask, no library is loaded.

    Args:
        plan: The plan, or what is shown of it.
        on: Links seen later are left out, arrests later are none, and each person has the role
            that the ledger gives on that day; None is today.

    Raises:
        InputError: Nothing is linked.
    """
    day = on or today()
    links = plan.table(Kind.LINK)
    if not len(links):
        raise InputError("error.links.nothing")
    kept = kept_ids(plan.table(Kind.SITE))
    found: dict[tuple[Node, Node], _Found] = {}
    gone = itself = later = undated = counted = 0
    for row in range(len(links)):
        seen = links["seen_on"][row]
        ends = [_end(links, row, which, kept) for which in ("from", "to")]
        if any(e.id not in plan.table(e.kind) for e in ends):
            gone += 1
        elif ends[0] == ends[1]:
            itself += 1
        elif seen and str(seen) > day.isoformat():
            later += 1
        else:
            counted += 1
            undated += not seen
            _join(found, (min(ends), max(ends)), links, row)
    if not found:
        raise InputError("error.links.nothing_then", day=day.isoformat())
    nodes = sorted({e for pair in found for e in pair}, key=lambda e: (LINKED.index(e.kind), e.id))
    return _arrays(plan, day, nodes, found, (counted, undated, LeftOut(gone, itself, later)))


def roles_on(plan: PlanRows, on: date) -> dict[str, PersonRole]:
    """Return each person's role on a day: as the ledger says, else what stands there now."""
    persons, ledger = plan.table(Kind.PERSON_REF), plan.table(Kind.PERSON_DECISION)
    roles = {str(i): PersonRole(r) for i, r in zip(persons.ids, persons["role"], strict=True)}
    order = sorted(
        range(len(ledger)), key=lambda r: (ledger["decided_on"][r], ledger["recorded_at"][r])
    )
    # Before the first decision a person had the role that it found.
    for row in reversed(order):
        if str(ledger["person_id"][row]) in roles:
            roles[str(ledger["person_id"][row])] = PersonRole(ledger["from_role"][row])
    for row in order:
        if ledger["decided_on"][row] <= on.isoformat() and ledger["person_id"][row] in roles:
            roles[str(ledger["person_id"][row])] = PersonRole(ledger["to_role"][row])
    return roles


def _end(links: Table, row: int, which: str, kept: dict[str, str]) -> Node:
    kind, found = Kind(links[f"{which}_kind"][row]), str(links[f"{which}_id"][row])
    passed = {found}
    while kind is Kind.SITE and found in kept and kept[found] not in passed:
        found = kept[found]
        passed.add(found)
    return Node(kind, found)


def _join(
    found: dict[tuple[Node, Node], _Found], pair: tuple[Node, Node], links: Table, row: int
) -> None:
    confidence = float(links["confidence"][row])
    there = found.setdefault(pair, _Found(confidence, set(), []))
    there.confidence = max(there.confidence, confidence)
    there.kinds.add(LinkKind(links["kind"][row]))
    there.links.append(str(links.ids[row]))


def _arrays(
    plan: PlanRows,
    day: date,
    nodes: list[Node],
    found: dict[tuple[Node, Node], _Found],
    counts: tuple[int, int, LeftOut],
) -> Network:
    row_of = {node: row for row, node in enumerate(nodes)}
    order = sorted(found, key=lambda pair: sorted((row_of[pair[0]], row_of[pair[1]])))
    pairs = [sorted((row_of[a], row_of[b])) for a, b in order]
    roles = roles_on(plan, day)
    persons = plan.table(Kind.PERSON_REF)
    arrested = np.full(len(nodes), NO_DAY, dtype="datetime64[D]")
    role = np.full(len(nodes), -1, dtype=np.int8)
    place = np.full((len(nodes), 2), np.nan)
    for row, node in enumerate(nodes):
        if node.kind is Kind.PERSON_REF:
            role[row] = RANK[roles[node.id]]
            caught = persons["arrested_on"][persons.index[node.id]]
            if caught and str(caught) <= day.isoformat():
                arrested[row] = np.datetime64(str(caught), "D")
        else:
            place[row] = _point(plan.table(node.kind), node.id)
    counted, undated, left_out = counts
    return Network(
        on=day,
        nodes=tuple(nodes),
        role=role,
        arrested=arrested,
        place=place,
        pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        confidence=np.array([found[p].confidence for p in order], dtype=np.float64),
        kinds=tuple(_in_order(found[p].kinds) for p in order),
        links=tuple(tuple(found[p].links) for p in order),
        n_links=counted,
        undated=undated,
        left_out=left_out,
    )


def _point(table: Table, row_id: str) -> tuple[float, float]:
    """Return the point of a place; a commune's middle is no point of a site."""
    row = table.index[row_id]
    precision = table["precision"][row] if "precision" in table.columns else Precision.POINT
    if precision != Precision.POINT:
        return float("nan"), float("nan")
    return float(table["lon"][row]), float(table["lat"][row])


def _in_order(kinds: Iterable[LinkKind]) -> tuple[LinkKind, ...]:
    return tuple(sorted(kinds, key=tuple(LinkKind).index))
