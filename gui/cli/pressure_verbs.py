"""Crossings ranked by what is alleged near them: ``pressure PLAN --within METRES``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from geo.analysis.border.wish import WITHIN_M, DayKind, Wish, order
from geo.analysis.evidence import Counting
from geo.analysis.weighting import Weighting
from geo.catalogue import text
from geo.localise import format_number
from gui.cli import console
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.cli.output_verbs import AsOfOption, AsOption, Eyes, moment_from, seen_in

if TYPE_CHECKING:
    from geo.analysis.border.corridors import Corridor
    from geo.analysis.border.result import CrossingPressure, Pressure
    from layers.said import Words

_HEADS = ("rank", "name", "class", "state", "n", "perhaps", "sites", "rate", "trend", "closed")
_CORRIDOR_HEADS = ("place", "length", "n", "expected", "q")


@console.verb
def pressure(
    plan: PlanArgument,
    *,
    within: Annotated[
        float, typer.Option(help="Distance from a crossing in metres, on the ellipsoid.")
    ] = WITHIN_M,
    months: Annotated[int, typer.Option(help="Months that end on the day shown.")] = 24,
    by: Annotated[
        DayKind, typer.Option(help="Which day of an allegation counts.")
    ] = DayKind.RECEIVED,
    weight: Annotated[
        Weighting, typer.Option(help="Whether allegations weigh by their grade.")
    ] = Weighting.NONE,
    as_of: AsOfOption = "",
    eyes: AsOption = Eyes.DECIDED,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank border crossings by allegations within a distance, with trend, closures and corridors.

    What is known by an area only counts by its share and stands apart as "perhaps".
    """
    from geo.analysis.border.job import pressure as pressure_job
    from geo.compute import Computer
    from layers.lens import Lens

    moment = moment_from(as_of, eyes)
    wish = Wish(within_m=within, months=months, by=by, counting=Counting(weighting=weight))
    progress = console.TerminalProgress()
    try:
        with opened(plan, actor=actor, passphrase_file=passphrase_file) as project:
            shown = Lens(moment, first_seen=seen_in(project, moment)).project(project)
            ordered = order(shown, wish, moment.on, progress)
        with Computer() as computer:
            found: Pressure = computer.run(pressure_job, ordered, progress=progress)
    finally:
        progress.close()
    if as_json:
        console.emit(as_object(found))
        return
    _print(found)


def as_object(found: Pressure) -> dict[str, object]:
    """Return what ``--json`` prints."""
    from layers.border import corridor_place, statement, warned

    wish, basis = found.wish, found.basis
    return {
        "crossings": [_crossing(c) for c in found.crossings],
        "corridors": [
            {
                "place": _words(corridor_place(c)),
                "province": c.province,
                "neighbour": c.neighbour,
                "metres": round(c.metres),
                "allegations": c.n,
                "expected": round(c.expected, 3),
                "p": c.p,
                "q": c.q,
                "line": [list(at) for at in c.outline],
            }
            for c in found.corridors.found
        ],
        "asked": [
            {
                "province": a.province,
                "allegations": a.n,
                "near_crossings": a.near_crossings,
                "stretches": a.stretches,
                "refused": a.refused,
            }
            for a in found.corridors.asked
        ],
        "parameters": {
            "within": wish.within_m,
            "since": found.since.isoformat(),
            "until": found.on.isoformat(),
            "by": wish.by.value,
            "weight": wish.counting.weighting.value,
            "stretch": wish.stretch_m,
            "reach": wish.reach_m,
            "clear": wish.clear_m,
            "rate": wish.rate,
        },
        "n": basis.n,
        "area_only": basis.area_only,
        "left_out": {why.value: n for why, n in basis.left_out.items()},
        "grades": dict(basis.grades),
        "precision": {kind.value: n for kind, n in basis.precision.items()},
        "warnings": [_words(said) for said in warned(found)],
        "note": " ".join(_words(said) for said in statement(found)),
    }


def _crossing(told: CrossingPressure) -> dict[str, object]:
    trend = told.trend
    return {
        "name": told.name_en or told.name_km,
        "name_km": told.name_km,
        "allegations": told.n,
        "weight": round(told.weight, 6),
        "perhaps": round(told.perhaps, 6),
        "perhaps_of": told.may,
        "sites": told.sites,
        "trend": trend.direction.value,
        "trend_p": None if math.isnan(trend.p) else trend.p,
        "trend_tau": None if math.isnan(trend.tau) else trend.tau,
        "trend_months": trend.months,
        "rank": told.rank,
        "class": told.crossing_class.value,
        "neighbour": told.neighbour.value,
        "open": None if told.closed_now is None else not told.closed_now,
        "closed_days": told.closed_days,
        "days": told.days,
        "while_closed": told.while_closed,
        "per_30_open_days": told.per_month,
        "grades": dict(told.grades),
        "lon": told.point[0],
        "lat": told.point[1],
        "approximate": told.approximate,
    }


def _words(said: Words) -> str:
    return said.words(console.language())


def _print(found: Pressure) -> None:
    from layers.border import statement, warned

    lang = console.language()
    console.table(
        [text(f"pressure.head.{head}", lang) for head in _HEADS],
        [_row(told) for told in found.crossings],
        right=(0, 4, 5, 6, 7, 9),
    )
    console.say("")
    console.say(text("pressure.corridors", lang))
    if found.corridors.found:
        console.table(
            [text(f"pressure.corridor.head.{head}", lang) for head in _CORRIDOR_HEADS],
            [_corridor_row(told) for told in found.corridors.found],
            right=(1, 2, 3, 4),
        )
    elif found.corridors.tested:
        console.say(text("pressure.corridor.none", lang))
    for said in (*warned(found), *statement(found)):
        console.say(_words(said))


def _row(told: CrossingPressure) -> tuple[str, ...]:
    from layers.border import crossing_name, trend_words

    lang = console.language()
    rate = told.per_month
    return (
        format_number(told.rank, lang),
        _words(crossing_name(told)),
        text(f"pressure.class.{told.crossing_class.value}", lang),
        text(_state_code(told), lang),
        format_number(told.n, lang),
        format_number(told.perhaps, lang, 1),
        format_number(told.sites, lang),
        "–" if rate is None else format_number(rate, lang, 2),
        _words(trend_words(told)),
        format_number(told.closed_days, lang),
    )


def _state_code(told: CrossingPressure) -> str:
    if told.closed_now is None:
        return "pressure.unknown"
    return "pressure.closed" if told.closed_now else "pressure.open"


def _corridor_row(told: Corridor) -> tuple[str, ...]:
    from layers.border import corridor_place

    lang = console.language()
    return (
        _words(corridor_place(told)),
        f"{format_number(told.metres / 1000, lang, 1)} km",
        format_number(told.n, lang),
        format_number(told.expected, lang, 1),
        format_number(told.q, lang, 4),
    )
