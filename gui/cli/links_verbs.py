"""Who holds the network together, and where the chain stops: ``links PLAN``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from geo.analysis.links.chance import RATE
from geo.analysis.links.network import RANK
from geo.analysis.links.result import SEED, analyse, called
from geo.catalogue import label, text
from geo.localise import format_date, format_number
from geo.model.entity import Kind
from geo.model.network import PersonRef
from gui.cli import console
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from layers.found_links import role_said
from layers.said import Said

if TYPE_CHECKING:
    from geo.analysis.links.chains import Chain, Stop
    from geo.analysis.links.result import Links
    from geo.project import Project

_ROLES = {rank: role for role, rank in RANK.items()}


@console.verb
def links(
    plan: PlanArgument,
    *,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="As on this day; else today."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many of the most between are listed.")] = 10,
    seed: Annotated[
        int, typer.Option(min=0, help="The same seed gives the same intervals.")
    ] = SEED,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell who holds the network of links together, and where the chain stops.

    It reads pseudonyms and questions, so somebody must be signed in and the reading is logged.
    """
    from geo.analysis.links.job import measure
    from geo.compute import Computer

    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        progress = console.TerminalProgress()
        try:
            with Computer() as computer:
                found = analyse(
                    project,
                    lambda skeleton: computer.run(measure, skeleton, progress=progress),
                    on=as_of.date() if as_of is not None else None,
                    seed=seed,
                )
        finally:
            progress.close()
        project.record("read", kind=Kind.LINK.value, rows=found.network.n_links)
        if as_json:
            console.emit(as_object(project, found, top))
        else:
            _tell(project, found, top)


def as_object(project: Project, found: Links, top: int) -> dict[str, object]:
    """Return what ``--json`` prints."""
    network, measures, lang = found.network, found.measures, console.language()
    counts, (likely, possible, doubtful) = found.counts(), found.mix
    out = network.left_out
    sizes = [(measures.component == c).sum() for c in range(int(measures.component.max()) + 1)]
    return {
        "on": network.on.isoformat(),
        "n": {
            "nodes": len(network),
            "sites": counts[Kind.SITE],
            "crossings": counts[Kind.CROSSING],
            "persons": counts[Kind.PERSON_REF],
            "links": network.n_links,
            "connections": len(network.pairs),
            "components": len(sizes),
        },
        "confidence": {
            "likely": likely,
            "possible": possible,
            "doubtful": doubtful,
            "mean": round(float(network.confidence.mean()), 4),
        },
        "left_out": {"ends_gone": out.ends_gone, "itself": out.itself, "later": out.later},
        "undated": network.undated,
        "components": [int(n) for n in sizes],
        "hubs": [_node(project, found, row) for row in found.hubs],
        "between": [_node(project, found, row) for row in found.ranked[:top]],
        "false_rate": RATE,
        "random_networks": measures.chance.random,
        "stops": [_stop(project, found, stop) for stop in found.chains.stops],
        "other_arrests": [called(project, network.nodes[n]) for n in found.chains.other_arrests],
        "chains": [_chain(project, found, chain) for chain in found.chains.chains],
        "more_chains": found.chains.more,
        "seed": found.seed,
        "notes": [Said(n.code, n.params).words(lang) for n in found.said()],
    }


def _node(project: Project, found: Links, row: int) -> dict[str, object]:
    node, measures, own = found.network.nodes[row], found.measures, found.own(row)
    rank = int(found.network.role[row])
    return {
        "kind": node.kind.value,
        "id": node.id,
        "name": called(project, node, console.language()),
        "role": _ROLES[rank].value if rank >= 0 else None,
        "degree": int(measures.degree[row]),
        "betweenness": round(float(measures.through[row]), 4),
        "low": round(float(measures.span.low[row]), 4),
        "high": round(float(measures.span.high[row]), 4),
        "first": round(float(measures.span.first[row]), 4),
        "p": round(float(measures.chance.p[row]), 4) if not measures.chance.refused else None,
        "component": int(measures.component[row]),
        "weakest": round(float(own.min()), 4),
        "surest": round(float(own.max()), 4),
    }


def _stop(project: Project, found: Links, stop: Stop) -> dict[str, object]:
    nodes = found.network.nodes
    person = project.get(PersonRef, nodes[stop.node].id)
    return {
        "person": person.pseudonym,
        "id": person.id,
        "role": _ROLES[int(found.network.role[stop.node])].value,
        "arrested_on": stop.arrested_on.isoformat(),
        "days": stop.days,
        "next_question": person.next_question or None,
        "asked_by": person.asked_by or None,
        "asked_on": person.asked_on.isoformat() if person.asked_on else None,
        "below": stop.below,
        "connections": stop.connections,
        "weakest": round(stop.weakest, 4),
        "surest": round(stop.surest, 4),
        "ways_round": [called(project, nodes[n]) for n in stop.ways_round],
    }


def _chain(project: Project, found: Links, chain: Chain) -> dict[str, object]:
    return {
        "persons": [called(project, found.network.nodes[n]) for n in chain.nodes],
        "weakest": round(chain.weakest, 4),
        "stops": chain.stops,
    }


def _tell(project: Project, found: Links, top: int) -> None:
    lang = console.language()

    def say(code: str, **params: object) -> str:
        return text(code, lang, **params)

    def percent(value: float) -> str:
        return f"{format_number(value * 100, lang)} %"

    console.say(say("links.title", day=format_date(found.network.on, lang)))
    rows = []
    hubs = set(found.hubs)
    for row in found.ranked[:top]:
        measures, own = found.measures, found.own(row)
        rank = int(found.network.role[row])
        node = found.network.nodes[row]
        rows.append(
            (
                called(project, node, lang),
                role_said(_ROLES[rank]).words(lang) if rank >= 0 else label(node.kind, lang),
                format_number(int(measures.degree[row]), lang),
                percent(measures.through[row]),
                f"{percent(measures.span.low[row])} – {percent(measures.span.high[row])}",
                f"{percent(own.min())} – {percent(own.max())}",
                say("links.hub") if row in hubs else "",
            )
        )
    heads = ("name", "role", "degree", "between", "doubt", "confidence", "hub")
    console.table([say(f"links.head.{h}") for h in heads], rows, right=(2, 3, 4, 5))
    console.say("")
    _tell_stops(project, found)
    for note in found.said():
        console.say(Said(note.code, note.params).words(lang))


def _tell_stops(project: Project, found: Links) -> None:
    lang = console.language()
    stops = found.chains.stops
    if not stops:
        console.say(text("links.stops.none", lang))
        return
    console.say(text("links.stops.title", lang, count=format_number(len(stops), lang)))
    rows = []
    for stop in stops:
        person = project.get(PersonRef, found.network.nodes[stop.node].id)
        rows.append(
            (
                person.pseudonym,
                role_said(_ROLES[int(found.network.role[stop.node])]).words(lang),
                format_number(stop.days, lang),
                format_number(stop.below, lang),
                person.next_question or text("links.no_question", lang),
                person.asked_by or text("links.nobody", lang),
            )
        )
    heads = ("name", "role", "days", "below", "question", "asked_by")
    console.table([text(f"links.head.{h}", lang) for h in heads], rows, right=(2, 3))
