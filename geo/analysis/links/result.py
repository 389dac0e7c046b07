"""The link analysis as a whole: the network, who holds it together, where chains stop, how sure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.links.chains import Chains, chains_of
from geo.analysis.links.chance import FEWEST, MOST, RATE
from geo.analysis.links.job import Measures
from geo.analysis.links.measures import Skeleton
from geo.analysis.links.network import Network, network_of
from geo.analysis.note import Note
from geo.edit.sites import shown_name
from geo.model.entity import Kind
from geo.model.network import PersonRef
from geo.model.place import BorderCrossing
from geo.model.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.analysis.links.network import FloatArray, Node
    from geo.edit.reading import PlanRows

LIKELY: Final = 0.75
POSSIBLE: Final = 0.4
"""Least confidence of what is called likely, and possible; the rest is doubtful."""
SEED: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """What the links of a plan say on a day.

    Attributes:
        network: What is linked.
        chains: Where chains lead, and where they stop.
        measures: Who holds it together.
        seed: Of all draws.
    """

    network: Network
    chains: Chains
    measures: Measures
    seed: int

    @property
    def ranked(self) -> list[int]:
        """Rows of the nodes, the greatest betweenness first, then the most connections."""
        through, degree = self.measures.through, self.measures.degree
        return [int(r) for r in np.lexsort((np.arange(len(through)), -degree, -through))]

    @property
    def hubs(self) -> list[int]:
        """Rows of those through whom more goes than chance explains, the greatest first."""
        found = set(self.measures.chance.hubs.tolist())
        return [row for row in self.ranked if row in found]

    @property
    def mix(self) -> tuple[int, int, int]:
        """Connections that are likely, possible and doubtful."""
        return confidence_mix(self.network.confidence)

    def own(self, row: int) -> FloatArray:
        """Return the confidence of each connection of a node."""
        return self.network.confidence[list(self.network.beside(row))]

    def counts(self) -> Counter[Kind]:
        """Return how many nodes there are of each kind."""
        return Counter(node.kind for node in self.network.nodes)

    def said(self) -> list[Note]:
        """Return method, n, mix and what was left out, a sentence each."""
        network, measures = self.network, self.measures
        counts, (likely, possible, doubtful) = self.counts(), self.mix
        notes = [
            Note("links.note.method", {"draws": measures.span.draws, "seed": self.seed}),
            Note(
                "links.note.n",
                {
                    "sites": counts[Kind.SITE],
                    "crossings": counts[Kind.CROSSING],
                    "persons": counts[Kind.PERSON_REF],
                    "links": network.n_links,
                    "connections": len(network.pairs),
                    "parts": int(measures.component.max()) + 1,
                },
            ),
            Note(
                "links.note.mix",
                {
                    "likely": likely,
                    "possible": possible,
                    "doubtful": doubtful,
                    "least": round(LIKELY * 100),
                    "under": round(POSSIBLE * 100),
                },
            ),
            self._chance(),
        ]
        out = network.left_out
        left = {"gone": out.ends_gone, "itself": out.itself, "later": out.later}
        notes += [Note(f"links.note.{why}", {"count": n}) for why, n in left.items() if n]
        if network.undated:
            notes.append(Note("links.note.undated", {"count": network.undated}))
        if self.chains.other_arrests:
            notes.append(Note("links.note.others", {"count": len(self.chains.other_arrests)}))
        return notes

    def _chance(self) -> Note:
        chance = self.measures.chance
        if chance.refused:
            wanted = {"few": FEWEST, "many": MOST}[chance.refused]
            return Note(f"links.note.{chance.refused}", {"n": len(self.network), "wanted": wanted})
        return Note(
            "links.note.chance",
            {
                "random": chance.random,
                "hubs": len(self.hubs),
                "rate": round(RATE * 100),
                "share": round(100 - RATE * 100),
            },
        )


def confidence_mix(confidence: FloatArray) -> tuple[int, int, int]:
    """Return how many are likely, possible and doubtful."""
    likely = int((confidence >= LIKELY).sum())
    doubtful = int((confidence < POSSIBLE).sum())
    return likely, len(confidence) - likely - doubtful, doubtful


def analyse(
    plan: PlanRows,
    run: Callable[[Skeleton], Measures],
    *,
    on: date | None = None,
    seed: int = SEED,
) -> Links:
    """Return what the links of a plan say; any thread but the main one.

    Args:
        plan: The plan, or what is shown of it.
        run: Has the worker measure (`geo.analysis.links.job.measure`).
        on: The day; None is today.
        seed: Of all draws.

    Raises:
        InputError: Nothing is linked.
    """
    network = network_of(plan, on)
    skeleton = Skeleton(len(network), network.pairs, network.confidence, seed)
    return Links(network, chains_of(network), run(skeleton), seed)


def called(plan: PlanRows, node: Node, language: str = "en") -> str:
    """Return what a node is called: a person by pseudonym only."""
    if node.kind is Kind.PERSON_REF:
        person = plan.find(PersonRef, node.id)
        return person.pseudonym if person is not None else "–"
    if node.kind is Kind.CROSSING:
        crossing = plan.find(BorderCrossing, node.id)
        if crossing is None:
            return "–"
        names = (crossing.name_km, crossing.name_en)
        return next((n for n in (names if language == "km" else names[::-1]) if n), "–")
    site = plan.find(Site, node.id)
    if site is not None and language == "km" and site.name_km:
        return site.name_km
    return shown_name(site) if site is not None else "–"
