"""Where allegations gather: ``hotspots PLAN --of allegations --method gi-star --out F``."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.analysis.density.result import AreaOnly
from geo.analysis.evidence import Counting
from geo.analysis.hotspots.resampling import ROUNDS, Doubt
from geo.analysis.hotspots.result import HotClass
from geo.analysis.hotspots.wish import HotWish, Per, Statistic
from geo.analysis.split.units import UnitKind
from geo.analysis.weighting import Weighting
from geo.catalogue import text
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.localise import latin_digits
from geo.model.vocabulary import AllegationKind, Grade
from gui.cli import console
from gui.cli.hotspot_methods import METHODS, Answer, Question
from gui.cli.lookup import read_text
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.cli.output_verbs import (
    AsOfOption,
    AsOption,
    Eyes,
    GradeOption,
    LangOption,
    language_from,
    moment_from,
    seen_in,
)
from gui.models.hotspot_asked import OVER_UNITS, Method
from layers.filters import AllegationFilter, MapFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.export.found_rows import FoundTable

COUNTRY = "all"
TOLD = (
    *("place", "class_name", "count", "low", "high", "z", "q"),
    *("n", "km2", "per_km2", "doubt_m", "grades"),
)
"""Columns that a table for people shows; codes are for programs."""
UNMARKED = frozenset({HotClass.NONE.value, HotClass.NO_DATA.value})
LISTED = 20
"""Rows that a table for people shows; the file and ``--json`` have all."""


class MethodName(StrEnum):
    """What ``--method`` takes: the keys of `METHODS`."""

    GI_STAR = Method.GI_STAR.value
    LOCAL_MORAN = Method.LOCAL_MORAN.value
    EMERGING = Method.EMERGING.value
    KDE = Method.KDE.value
    KDE_ADAPTIVE = Method.KDE_ADAPTIVE.value
    DBSCAN = Method.DBSCAN.value
    HDBSCAN = Method.HDBSCAN.value


class Of(StrEnum):
    """What hotspots are looked for of."""

    ALLEGATIONS = "allegations"


@console.verb
def hotspots(
    plan: PlanArgument,
    *,
    of: Annotated[Of, typer.Option(help="Of what.")] = Of.ALLEGATIONS,
    method: Annotated[
        MethodName, typer.Option(help="How they are looked for.")
    ] = MethodName.GI_STAR,
    kinds: Annotated[
        list[AllegationKind] | None, typer.Option("--kind", help="Only these; may be repeated.")
    ] = None,
    province: Annotated[
        str, typer.Option(help="Province, Khmer or English, or all; else that of the plan.")
    ] = "",
    units: Annotated[
        UnitKind | None,
        typer.Option(help="Over communes or hexagons; else communes where they are loaded."),
    ] = None,
    resolution: Annotated[
        int | None,
        typer.Option(help="H3 resolution of hexagons; else the coarsest with 350 of them."),
    ] = None,
    rings: Annotated[int, typer.Option(help="How many steps a neighbourhood reaches.")] = 1,
    rate: Annotated[float, typer.Option(help="False discovery rate.")] = 0.1,
    weight: Annotated[
        Weighting, typer.Option(help="Whether allegations weigh by their grade.")
    ] = Weighting.NONE,
    area_only: Annotated[
        AreaOnly, typer.Option(help="What is known by an area only: spread over it, or left out.")
    ] = AreaOnly.SPREAD,
    at_sites: Annotated[
        bool, typer.Option("--at-sites", help="Known by an area only, linked to a site: there.")
    ] = False,
    unsubstantiated: Annotated[
        bool, typer.Option("--unsubstantiated", help="Count what was found unsubstantiated too.")
    ] = False,
    per: Annotated[
        Per,
        typer.Option(
            help="Set in proportion to the plan's sites, km², or --per-file; else to km² over "
            "communes and to nothing over hexagons."
        ),
    ] = Per.FITTING,
    per_file: Annotated[
        Path | None, typer.Option(help="CSV of two columns: code of the unit, its number.")
    ] = None,
    since: Annotated[str, typer.Option(help="First day, YEAR-MONTH-DAY.")] = "",
    until: Annotated[str, typer.Option(help="Last day, YEAR-MONTH-DAY.")] = "",
    steps: Annotated[int, typer.Option(help="Steps of emerging hotspots.")] = 12,
    step_days: Annotated[int, typer.Option(help="Days of a step.")] = 30,
    rounds: Annotated[
        int, typer.Option(help="How often places and grades are drawn anew; 0 never.")
    ] = ROUNDS,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same rounds.")] = 1,
    radius: Annotated[float | None, typer.Option(help="Of a density, metres.")] = None,
    distance: Annotated[float | None, typer.Option(help="Of clusters, metres.")] = None,
    fewest: Annotated[int, typer.Option(help="Allegations that make a cluster.")] = 10,
    out: Annotated[
        Path | None, typer.Option(help="File to write: .gpkg, .geojson, .csv or .xlsx.")
    ] = None,
    grade: GradeOption = Grade.COMMAND,
    lang: LangOption = "en",
    as_of: AsOfOption = "",
    eyes: AsOption = Eyes.DECIDED,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find where allegations gather, with what each number rests on.

    Below a stated number of allegations it refuses and says why. What is known by an area only
    never makes a hotspot.
    """
    from geo.compute import Computer
    from layers.export.found_rows import demand_copy, found_copy
    from layers.export.rows import write_rows
    from layers.lens import Lens

    chosen = Method(method.value)
    language, moment = language_from(lang), moment_from(as_of, eyes)
    if out is not None:
        demand_copy(out.suffix.lower(), grade)
    wish = HotWish(
        statistic=Statistic(chosen.value) if chosen in OVER_UNITS else Statistic.GI_STAR,
        units=units,
        resolution=resolution,
        rings=rings,
        rate=rate,
        area_only=area_only,
        counting=Counting(weighting=weight, unsubstantiated=unsubstantiated, at_sites=at_sites),
        per=Per.GIVEN if per_file is not None else per,
        doubt=Doubt(rounds=max(rounds, 0), seed=seed),
        since=_day(since),
        until=_day(until),
        step_days=step_days,
        steps=steps,
    )
    given = numbers_from(per_file) if per_file is not None else {}
    wanted = MapFilter(allegations=AllegationFilter(kinds=frozenset(kinds or ())))
    progress = console.TerminalProgress()
    sha256 = ""
    with ExitStack() as stack:
        stack.callback(progress.close)
        project = stack.enter_context(
            opened(plan, actor=actor, passphrase_file=passphrase_file, acts=out is not None)
        )
        shown = Lens(moment, wanted, seen_in(project, moment)).project(project)
        answer = METHODS[chosen](
            Question(
                plan=shown,
                method=chosen,
                province=_province(province, project.info.province_code),
                on=moment.on,
                wish=wish,
                given=given,
                radius_m=radius,
                distance_m=distance,
                fewest=fewest,
                computer=stack.enter_context(Computer()),
                progress=progress,
            )
        )
        if out is not None:
            copy = found_copy(project, answer.table, grade, language)
            sha256 = write_rows(copy, out, record=project.record)
    if as_json:
        console.emit(as_object(chosen, answer, of, out, sha256))
        return
    _print(answer, out)


def as_object(
    method: Method, answer: Answer, of: Of, out: Path | None, sha256: str
) -> dict[str, object]:
    """Return what ``--json`` prints."""
    lang = console.language()
    basis = answer.basis
    written = {"path": str(out), "sha256": sha256} if out is not None else {}
    return {
        "method": method.value,
        "of": of.value,
        "parameters": answer.parameters,
        "n": basis.n,
        "surely_placed": basis.sure,
        "grades": dict(basis.grades),
        "neutral": basis.neutral,
        "precision": {kind.value: n for kind, n in basis.precisions.items()},
        "left_out": {why.value: n for why, n in basis.left_out.items()},
        "since": basis.since.isoformat() if basis.since else None,
        "until": basis.until.isoformat() if basis.until else None,
        "said": [words.words(lang) for words in answer.said],
        "warnings": [words.words(lang) for words in answer.warned],
        "cells": [_cell(keys) for keys in _rows(answer.table)],
        **written,
    }


def numbers_from(file: Path) -> Mapping[str, float]:
    """Return unit → number of a file with two columns; a first line of headings is passed over.

    Raises:
        InputError: It cannot be read, or a number is none or below zero.
    """
    found: dict[str, float] = {}
    for row in csv.reader(read_text(file).splitlines()):
        code, number = row[:2] if len(row) > 1 else ("", "")
        try:
            value = float(latin_digits(number).replace(",", ""))
        except ValueError:
            if found:
                raise InputError("error.hotspots.per_file", row=code, value=number) from None
            continue
        if not value >= 0:
            raise InputError("error.hotspots.per_file", row=code, value=number)
        found[latin_digits(code.strip())] = value
    return found


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(latin_digits(value.strip()))
    except ValueError:
        raise InputError("error.cli.day", value=value) from None


def _province(asked: str, own: str) -> str:
    if asked.casefold() == COUNTRY:
        return ""
    return Gazetteer.load().province(asked).code if asked else own


def _rows(table: FoundTable) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows(console.language())]


def _cell(row: dict[str, object]) -> dict[str, object]:
    """Return a row with what the contract names, whatever the method knows of it."""
    return {"z": None, "p": None, "class": None, **row}


def _print(answer: Answer, out: Path | None) -> None:
    lang = console.language()
    columns = {column.key: column for column in answer.table.columns}
    shown = [columns[key] for key in TOLD if key in columns]
    if "class" in columns and "class_name" not in columns:
        shown.insert(0, columns["class"])
    console.say(answer.headline.words(lang))
    # A method without intervals has no columns of them.
    shown = [column for column in shown if any(c is not None for c in column.written(lang))]
    rows = list(zip(*(column.written(lang) for column in shown), strict=True))
    if "class_name" in columns:
        marked = [which not in UNMARKED for which in columns["class"].cells]
        rows = [row for row, tell in zip(rows, marked, strict=True) if tell]
    heads = [text(column.head, lang) for column in shown]
    console.table(heads, [[_short(cell) for cell in row] for row in rows[:LISTED]])
    if len(rows) > LISTED:
        console.say(text("hotspots.more", lang, n=len(rows) - LISTED))
    for words in (*answer.said, *answer.warned):
        console.say(words.words(lang))
    if out is not None:
        console.say(text("hotspots.written", lang, path=out))


def _short(cell: object) -> str:
    if cell is None:
        return "–"
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)
