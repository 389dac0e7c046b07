"""The links as the window shows them: the network, its lines on the map, the graph, the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.links.chains import chains_of
from geo.analysis.links.network import RANK, network_of
from geo.analysis.links.result import Links, analyse
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.site import Site
from geo.model.vocabulary import PersonRole
from gui.models.found_rows import FoundColumn, FoundRows
from layers import style
from layers.findings import Findings
from layers.found_links import link_findings, named, role_said
from layers.said import Named, Said, Words
from layers.style import SymbolSpec

if TYPE_CHECKING:
    from datetime import date

    from geo.compute import Computer
    from geo.progress import Progress
    from geo.project import Project

ROLES = {rank: role for role, rank in RANK.items()}


@dataclass(frozen=True, slots=True, eq=False)
class GraphNode:
    """A node as the graph draws it.

    Attributes:
        name: What it is called.
        what: Its role or kind.
        symbol: Sign of a place; None is a person.
        rank: Of a person's role, -1 for a place.
        arrested: The person was arrested.
        stops: A chain stops here.
        hub: More goes through it than chance explains.
    """

    kind: Kind
    id: str
    name: Words
    what: Words
    symbol: SymbolSpec | None
    rank: int
    arrested: bool
    stops: bool
    hub: bool

    @property
    def what_is_decided(self) -> bool:
        """Whether the role stands in the ledger, and is not only suspected."""
        return self.rank == RANK[PersonRole.RINGLEADER]


@dataclass(frozen=True, slots=True, eq=False)
class ShownLinks:
    """A result with all that the window shows of it.

    Attributes:
        links: The result.
        findings: Its lines on the map.
        nodes: What the graph draws, in the order of the network.
        between: Who lies between, as a table; keys are rows of the network.
        chains: The chains, as a table; keys are rows of the list of chains.
    """

    links: Links
    findings: Findings
    nodes: tuple[GraphNode, ...]
    between: FoundRows
    chains: FoundRows


def compute(plan: Project, on: date, computer: Computer, progress: Progress) -> ShownLinks:
    """Have the links measured; off the main thread.

    Raises:
        InputError: Nothing is linked.
    """
    from geo.analysis.links.job import measure

    links = analyse(
        plan, lambda skeleton: computer.run(measure, skeleton, progress=progress), on=on
    )
    return shown(links, plan)


def renewed(before: ShownLinks, plan: Project) -> ShownLinks | None:
    """Return a result with arrests, roles and chains as they are now; off the main thread.

    Returns:
        None where what is linked is no longer the same, so that it must be measured anew.
    """
    old = before.links
    network = network_of(plan, old.network.on)
    same = (
        network.nodes == old.network.nodes
        and np.array_equal(network.pairs, old.network.pairs)
        and np.array_equal(network.confidence, old.network.confidence)
    )
    if not same:
        return None
    return shown(replace(old, network=network, chains=chains_of(network)), plan)


def shown(links: Links, plan: Project) -> ShownLinks:
    """Return a result with what the window shows of it; off the main thread."""
    network = links.network
    hubs, stops = set(links.hubs), {s.node for s in links.chains.stops}
    nodes = []
    for row, node in enumerate(network.nodes):
        rank = int(network.role[row])
        nodes.append(
            GraphNode(
                kind=node.kind,
                id=node.id,
                name=named(plan, node),
                what=role_said(ROLES[rank]) if rank >= 0 else Said(f"vocab.Kind.{node.kind.value}"),
                symbol=_symbol(plan, node.kind, node.id),
                rank=rank,
                arrested=bool(~np.isnat(network.arrested[row])),
                stops=row in stops,
                hub=row in hubs,
            )
        )
    return ShownLinks(
        links=links,
        findings=link_findings(links, plan),
        nodes=tuple(nodes),
        between=_between(links, nodes),
        chains=_chains(links, nodes),
    )


def _symbol(plan: Project, kind: Kind, row_id: str) -> SymbolSpec | None:
    if kind is Kind.SITE:
        site = plan.get(Site, row_id)
        return style.site_symbol(site.legal_status, site.activity)
    if kind is Kind.CROSSING:
        return style.crossing_symbol(plan.get(BorderCrossing, row_id).crossing_class)
    return None


def _between(links: Links, nodes: list[GraphNode]) -> FoundRows:
    order = links.ranked
    measures = links.measures
    rows = np.array(order, dtype=np.int64)
    own = [links.own(row) for row in order]

    def hub(at: int) -> Words:
        return Said("links.hub") if nodes[order[at]].hub else Named("")

    def span(low: float, high: float) -> Words:
        return Said("links.span", {"low": round(low * 100), "high": round(high * 100)})

    return FoundRows(
        keys=tuple(str(row) for row in order),
        columns=(
            FoundColumn(head_code="links.head.name", words=lambda at: nodes[order[at]].name),
            FoundColumn(head_code="links.head.role", words=lambda at: nodes[order[at]].what),
            FoundColumn(
                head_code="links.head.degree",
                numbers=measures.degree[rows].astype(np.float64),
                width=104,
            ),
            FoundColumn(
                head_code="links.head.between",
                numbers=measures.through[rows] * 100,
                tip_code="links.tip.between",
                width=80,
            ),
            FoundColumn(
                head_code="links.head.doubt",
                words=lambda at: span(
                    float(measures.span.low[rows[at]]), float(measures.span.high[rows[at]])
                ),
                order=measures.span.high[rows],
                tip_code="links.tip.doubt",
                width=104,
            ),
            FoundColumn(
                head_code="links.head.confidence",
                words=lambda at: span(float(own[at].min()), float(own[at].max())),
                order=np.array([float(o.min()) for o in own]),
            ),
            FoundColumn(head_code="links.head.hub", words=hub),
        ),
    )


def _chains(links: Links, nodes: list[GraphNode]) -> FoundRows:
    chains = links.chains.chains

    def end(at: int) -> Words:
        top = chains[at].nodes[-1]
        if chains[at].stops:
            return Said("links.chain.stops")
        if nodes[top].rank == RANK[PersonRole.RINGLEADER]:
            return Said("links.chain.leader")
        return Said("links.chain.open")

    return FoundRows(
        keys=tuple(str(n) for n in range(len(chains))),
        columns=(
            FoundColumn(
                head_code="links.head.chain",
                words=lambda at: Named(
                    " → ".join(nodes[n].name.words("en") for n in chains[at].nodes)
                ),
                width=320,
            ),
            FoundColumn(
                head_code="links.head.weakest",
                numbers=np.array([c.weakest * 100 for c in chains], dtype=np.float64),
                width=90,
            ),
            FoundColumn(head_code="links.head.end", words=end),
        ),
    )
