"""Who acts and who does not: ``scoreboard PLAN --by province|district|commune``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.job import IDLE_DAYS, Wish, make_scoreboard
from geo.analysis.scoreboard.measures import MEASURES, Measure
from geo.analysis.scoreboard.wording import (
    figure_text,
    gap_words,
    head,
    idle_words,
    notes,
    row_name,
    unit_name,
    year_name,
    year_source,
)
from geo.catalogue import text
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.localise import format_number, latin_digits
from geo.model.vocabulary import AdminLevel
from gui.cli import console
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.cli.output_verbs import AsOfOption, AsOption, Eyes, moment_from, seen_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.scoreboard.board import Scoreboard
    from geo.analysis.scoreboard.job import Standing


NOT_KNOWN: Final = "–"
"""A terminal is too narrow for the words in every cell; they stand below the table."""


class By(StrEnum):
    """The units that figures are set side by side for."""

    PROVINCE = AdminLevel.PROVINCE.value
    DISTRICT = AdminLevel.DISTRICT.value
    COMMUNE = AdminLevel.COMMUNE.value


@console.verb
def scoreboard(
    plan: PlanArgument,
    *,
    by: Annotated[By, typer.Option(help="Province: from monthly returns, of all 25.")],
    source: Annotated[
        Origin | None,
        typer.Option("--from", help="Else returns by province, and the plan by smaller units."),
    ] = None,
    province: Annotated[str, typer.Option(help="Only within this one; else everywhere.")] = "",
    since: Annotated[str, typer.Option(help="First day, YEAR-MONTH-DAY; else everything.")] = "",
    until: Annotated[str, typer.Option(help="Last day; else today or --as-of.")] = "",
    days: Annotated[int, typer.Option(help="List units without action for so long.")] = IDLE_DAYS,
    rows: Annotated[
        bool, typer.Option("--rows", help="With --json: ids of the rows behind every figure.")
    ] = False,
    as_of: AsOfOption = "",
    eyes: AsOption = Eyes.DECIDED,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell by unit what was reported and done, days since the last action, year against year.

    What is not known is said in words ("none known", "no return") and is never zero.
    """
    from layers.lens import Lens

    moment = moment_from(as_of, eyes)
    level = AdminLevel(by.value)
    origin = source or (Origin.RETURNS if level is AdminLevel.PROVINCE else Origin.PLAN)
    wish = Wish(
        level=level,
        origin=origin,
        within=Gazetteer.load().province(province).code if province else "",
        first=_day(since),
        last=min(_day(until) or moment.on, moment.on),
        idle_days=days,
    )
    progress = console.TerminalProgress()
    try:
        with opened(plan, actor=actor, passphrase_file=passphrase_file) as project:
            shown = Lens(moment, first_seen=seen_in(project, moment)).project(project)
            found = make_scoreboard(shown, wish, progress)
    finally:
        progress.close()
    if as_json:
        console.emit(as_object(found, rows=rows))
        return
    _print(found)


def as_object(found: Standing, *, rows: bool = False) -> dict[str, object]:
    """Return what ``--json`` prints; null is "none known", "not reported" or "not given"."""
    board, lang = found.board, console.language()
    return {
        "by": board.level.value,
        "from": board.origin.value,
        "period": {"first": _iso(board.period.first), "last": _iso(board.period.last)},
        "n": found.basis.n,
        "grades": found.basis.grades,
        "precisions": {p.value: n for p, n in found.basis.precisions.items()},
        "units": [_unit_object(board, unit, rows=rows) for unit in range(len(board.units))],
        "total": {m.value: board.total(m) for m in MEASURES},
        "years": [
            {
                "first": _iso(row.first),
                "last": _iso(row.last),
                "told_in": _iso(row.told_in),
                "source": row.source or board.origin.value,
                "unfinished": row.unfinished,
                **_figures(row.figures),
            }
            for row in found.years
        ],
        "no_action": {
            "days": found.wish.idle_days,
            "units": [
                {
                    "code": board.units[i.unit],
                    "name": row_name(board, i.unit, lang),
                    "days_since_action": i.days,
                    "reported": i.reported,
                    "open": i.open,
                }
                for i in found.idle
            ],
        },
        "no_return": [{"code": c, "name": unit_name(c, lang)} for c in board.no_return],
        "missing_months": {c: [f"{m:%Y-%m}" for m in ms] for c, ms in board.gaps().items()},
        "notes": notes(found, lang),
    }


def _unit_object(board: Scoreboard, unit: int, *, rows: bool) -> dict[str, object]:
    last, code = board.last_action[unit].item(), board.units[unit]
    told: dict[str, object] = {
        "code": code,
        "name": row_name(board, unit, console.language()),
        "remainder": board.is_remainder(unit),
        **{m.value: board.figure(m, unit) for m in MEASURES},
        "last_action_on": _iso(last),
        "days_since_action": board.days_since(unit),
    }
    if board.origin is Origin.RETURNS:
        told["returns"] = [f"{month:%Y-%m}" for month in board.months.get(code, ())]
    if rows:
        told["rows"] = {m.value: [row.id for row in board.rows(m, unit)] for m in MEASURES}
    return told


def _figures(figures: Mapping[Measure, int]) -> dict[str, int | None]:
    return {m.value: figures.get(m) for m in MEASURES}


def _print(found: Standing) -> None:
    lang, board = console.language(), found.board
    columns = [m for m in MEASURES if board.known[m].any()] or [Measure.REPORTED]
    heads = [text("scoreboard.head.unit", lang), *(head(m, lang) for m in columns)]
    heads.append(text("scoreboard.head.days", lang))
    console.table(
        heads,
        [_line(board, unit, columns) for unit in _worth_a_line(board)],
        right=range(1, len(heads)),
        whole=True,
    )
    code = "plan" if board.origin is Origin.PLAN else "returns"
    console.say(text(f"scoreboard.dash.{code}", lang))
    _print_years(found)
    _print_lists(found)
    for note in notes(found, lang):
        console.say(note)


def _line(board: Scoreboard, unit: int, columns: list[Measure]) -> list[str]:
    lang, since = console.language(), board.days_since(unit)
    cells = [row_name(board, unit, lang)]
    for measure in columns:
        value = board.figure(measure, unit)
        cells.append(NOT_KNOWN if value is None else figure_text(measure, value, lang))
    return [*cells, NOT_KNOWN if since is None else format_number(since, lang)]


def _worth_a_line(board: Scoreboard) -> list[int]:
    """Return the rows that the terminal shows: of 1,661 communes those of which anything is known.

    Provinces and districts are all shown, for none of them may be passed over in silence.
    """
    everything = range(len(board.units))
    if board.level is not AdminLevel.COMMUNE:
        return list(everything)
    return [
        u
        for u in everything
        if any(board.known[m][u] for m in MEASURES) or board.days_since(u) is not None
    ]


def _print_years(found: Standing) -> None:
    """Print a line for each period: a table of all columns would not fit a terminal."""
    lang = console.language()
    columns = [m for m in MEASURES if any(m in row.figures for row in found.years)]
    console.say(text("scoreboard.title.years", lang))
    for row in found.years:
        told = [
            f"{head(m, lang)} {figure_text(m, row.figures[m], lang)}"
            for m in columns
            if m in row.figures
        ]
        missing = ", ".join(head(m, lang) for m in columns if m not in row.figures)
        code = "scoreboard.year.not_given" if row.source else "scoreboard.year.none_known"
        line = (
            f"  {year_name(row, lang)} ({year_source(row, lang)}): {', '.join(told) or NOT_KNOWN}"
        )
        console.say(f"{line}; {text(code, lang, columns=missing)}" if missing else line)


def _print_lists(found: Standing) -> None:
    lang, board = console.language(), found.board
    days = format_number(found.wish.idle_days, lang)
    console.say(
        text("scoreboard.title.idle", lang, days=days, count=format_number(len(found.idle), lang))
    )
    for idle in found.idle:
        since = idle_words(board, idle, lang)
        console.say(f"  {row_name(board, idle.unit, lang)}: {since}")
    if board.origin is Origin.RETURNS:
        names = [unit_name(code, lang) for code in board.no_return]
        count = format_number(len(names), lang)
        console.say(text("scoreboard.title.no_return", lang, count=count))
        for name in names:
            console.say(f"  {name}")
        for code, missing in board.gaps().items():
            console.say(f"  {unit_name(code, lang)}: {gap_words(missing, lang)}")


def _day(value: str) -> date | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(latin_digits(value.strip()))
    except ValueError:
        raise InputError("error.cli.day", value=value) from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
