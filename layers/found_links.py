"""Links as they lie on the map: lines between places, by how sure they are.

A person has no place, so none is drawn. Where a person is linked with several places, thin lines
lead from one of these to the next and say through whom; a site that is held by its commune only has
no place either and is in the graph alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.links.result import LIKELY, POSSIBLE
from geo.model.entity import Kind
from geo.model.network import PersonRef
from geo.model.vocabulary import PersonRole
from layers.findings import FindingClass, Findings, found_lines, found_points
from layers.said import Named, Said
from layers.style import LineStyle, Shape, SymbolSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.links.network import FloatArray, Network, Node
    from geo.analysis.links.result import Links
    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from layers.said import Words

SECTION: Final = "links"
MADE_OF: Final = (Kind.LINK, Kind.PERSON_DECISION, Kind.SITE, Kind.CROSSING)
INK: Final = "#5566D6"
"""Of what is only a lead: neither a status nor an allegation has this colour."""
LIKELY_CODE, POSSIBLE_CODE, DOUBTFUL_CODE, THROUGH_CODE, HUB_CODE = range(5)
_LINES: Final = (
    ("links.class.likely", LineStyle(INK, 3.0, 0.9)),
    ("links.class.possible", LineStyle(INK, 2.0, 0.85)),
    ("links.class.doubtful", LineStyle(INK, 1.6, 0.85, (5.0, 4.0))),
    ("links.class.through", LineStyle(INK, 1.2, 0.75, (1.5, 3.0))),
)
CLASSES: Final = {"likely": round(LIKELY * 100), "possible": round(POSSIBLE * 100)}
_SAYS_SO: Final = frozenset({PersonRole.RECRUITER, PersonRole.RINGLEADER})
"""The name of the one says that it is suspected, and of the other the ledger decides."""
_HUB: Final = SymbolSpec(shape=Shape.CIRCLE, fill=INK, hollow=True, ring=True, scale=1.6)


def connection_key(row: int) -> str:
    """Return what a connection of the network is called on the map."""
    return f"connection-{row}"


def through_key(person: int, number: int) -> str:
    """Return what the way from one place of a person to the next is called on the map."""
    return f"through-{person}-{number}"


def link_findings(links: Links, plan: PlanRows) -> Findings:
    """Return links as they lie on the map; off the main thread.

    Args:
        links: The result.
        plan: What it was made of, for the names.
    """
    network = links.network
    paths, keys, codes, said = _direct(network, plan)
    persons = [n for n in range(len(network)) if network.is_person(n)]
    for person in persons:
        for number, (a, b, sure) in enumerate(_through(network, person)):
            paths.append(network.place[[a, b]])
            keys.append(through_key(person, number))
            codes.append(THROUGH_CODE)
            said[keys[-1]] = (
                Said(
                    "links.tell.through",
                    {
                        "person": named(plan, network.nodes[person]),
                        "one": named(plan, network.nodes[a]),
                        "other": named(plan, network.nodes[b]),
                    },
                ),
                Said("links.tell.confidence", {"percent": round(sure * 100)}),
            )
    hubs = [h for h in links.hubs if np.isfinite(network.place[h]).all()]
    for hub in hubs:
        said[f"node-{hub}"] = (Said("links.tell.hub", {"name": named(plan, network.nodes[hub])}),)
    counts = np.bincount(np.array(codes, dtype=np.int64), minlength=HUB_CODE).tolist()
    classes = [
        FindingClass(label=Said(code, CLASSES), line=style, count=counts[n])
        for n, (code, style) in enumerate(_LINES)
    ]
    classes.append(FindingClass(label=Said("links.class.hub"), symbol=_HUB, count=len(hubs)))
    places = [n for n in range(len(network)) if not network.is_person(n)]
    nowhere = sum(not np.isfinite(network.place[n]).all() for n in places)
    return Findings(
        section=SECTION,
        title=Said("links.found.title", {"day": network.on}),
        classes=tuple(classes),
        note=(
            *said_of(links),
            Said("links.note.placeless", {"persons": len(persons), "sites": nowhere}),
        ),
        lines=found_lines(paths, keys, codes) if paths else None,
        points=found_points(
            network.place[hubs], [f"node-{h}" for h in hubs], [HUB_CODE] * len(hubs)
        )
        if hubs
        else None,
        tell=lambda key: said.get(key, ()),
        made_of=made_of(plan),
    )


def said_of(links: Links) -> tuple[Said, ...]:
    """Return method, n, mix and what was left out, a sentence each."""
    return tuple(Said(note.code, note.params) for note in links.said())


def made_of(plan: PlanRows) -> tuple[Table, ...]:
    """Return the tables of which another one means that the links are others."""
    return tuple(plan.table(kind) for kind in MADE_OF)


def named(plan: PlanRows, node: Node) -> Words:
    """Return what a node is called, in both languages; a person by pseudonym only."""
    table = plan.table(node.kind)
    if node.id not in table:
        return Named("–")
    if node.kind is Kind.PERSON_REF:
        return Named(plan.get(PersonRef, node.id).pseudonym)
    row = table.index[node.id]
    other = str(table["code"][row] or "–") if "code" in table.columns else "–"
    km, en = (str(table[f"name_{language}"][row] or "") for language in ("km", "en"))
    return Named(km or en or other, en or km or other)


def role_said(role: PersonRole) -> Said:
    """Return a role as it is to be read: suspected, unless the ledger decided it."""
    if role in _SAYS_SO:
        return Said(f"vocab.PersonRole.{role.value}")
    return Said("links.suspected", {"role": role})


def _direct(
    network: Network, plan: PlanRows
) -> tuple[list[FloatArray], list[str], list[int], dict[str, Sequence[Words]]]:
    """Return the lines of connections between two places that are known to a point."""
    paths, keys, codes = [], [], []
    said: dict[str, Sequence[Words]] = {}
    for row, (a, b) in enumerate(network.pairs.tolist()):
        ends = network.place[[a, b]]
        if not np.isfinite(ends).all():
            continue
        sure = float(network.confidence[row])
        paths.append(ends)
        keys.append(connection_key(row))
        codes.append(confidence_code(sure))
        said[keys[-1]] = (
            Said(
                "links.tell.connection",
                {
                    "one": named(plan, network.nodes[a]),
                    "other": named(plan, network.nodes[b]),
                    "kinds": list(network.kinds[row]),
                },
            ),
            Said("links.tell.confidence", {"percent": round(sure * 100)}),
        )
    return paths, keys, codes, said


def confidence_code(sure: float) -> int:
    """Return the class of a confidence."""
    return LIKELY_CODE if sure >= LIKELY else POSSIBLE_CODE if sure >= POSSIBLE else DOUBTFUL_CODE


def _through(network: Network, person: int) -> list[tuple[int, int, float]]:
    """Return ways between the places of a person, as short as they can be, each as its weaker end.

    Not from each place to each: the fewest lines that join them all (Prim's).
    """
    sure: dict[int, float] = {}
    for connection in network.beside(person):
        place = network.other(connection, person)
        if np.isfinite(network.place[place]).all():
            sure[place] = float(network.confidence[connection])
    left = sorted(sure)
    ways: list[tuple[int, int, float]] = []
    reached = left[:1]
    left = left[1:]
    while left:
        gaps = np.hypot(*(network.place[reached][:, None] - network.place[left][None]).T)
        to, at = np.unravel_index(int(np.argmin(gaps)), gaps.shape)
        a, b = reached[int(at)], left[int(to)]
        ways.append((a, b, min(sure[a], sure[b])))
        reached.append(b)
        left.remove(b)
    return ways
