"""Asking the map: ``ask PLAN --question F.json`` or ``ask PLAN --live NAME``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.catalogue import label, text
from geo.errors import InputError
from geo.localise import format_date, format_number
from geo.model.asking import LiveLayer
from geo.model.vocabulary import Grade, Precision
from geo.question.form import About, Question
from geo.question.wire import from_json
from gui.cli import console
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

if TYPE_CHECKING:
    from geo.analysis.asking.answers import Answers
    from geo.project import Project
    from layers.export.rows import RowsCopy

MOST_PRINTED = 200


@console.verb
def ask(
    plan: PlanArgument,
    *,
    question_file: Annotated[
        Path | None, typer.Option("--question", help="File of a question, JSON.")
    ] = None,
    live: Annotated[str, typer.Option("--live", help="Name of a live layer of the plan.")] = "",
    save: Annotated[str, typer.Option("--save", help="Keep it as a live layer of this name.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the rows: .csv, .xlsx or .geojson.")
    ] = None,
    grade: GradeOption = Grade.COMMAND,
    lang: LangOption = "en",
    as_of: AsOfOption = "",
    eyes: AsOption = Eyes.DECIDED,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Select sites, allegations or crossings by what is known of them and where they are.

    Says how many may answer and how many nobody can judge: what is not known is not no.
    """
    if (question_file is None) == (not live):
        raise InputError("error.cli.ask_one")
    if as_of and (save or out is not None):
        raise InputError("error.cli.ask_past")
    moment = moment_from(as_of, eyes)
    acts = bool(save) or out is not None
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=acts) as project:
        question = _question(project, question_file, live)
        if out is not None:
            _demand(question, grade, out)
        from geo.analysis.asking.ask import ask as answers_of
        from layers.lens import Lens

        shown = Lens(moment, first_seen=seen_in(project, moment)).project(project)
        bar = console.TerminalProgress()
        try:
            found = answers_of(shown, question, moment.on, bar)
        finally:
            bar.close()
        if save:
            from geo.edit.live_layers import save_question

            project.commit(save_question(project, save, question))
        copy, sha256 = _write(project, found, grade, lang, out) if out is not None else (None, "")
        if as_json:
            console.emit(as_object(shown, found, copy, sha256, out))
        else:
            _print(shown, found, copy, out)


def _demand(question: Question, grade: Grade, out: Path) -> None:
    """Refuse a file that could not be written, before anything is computed."""
    from layers.export.asked import demand_question
    from layers.export.rows import demand_format

    demand_format(out.suffix.lower(), question.about.kind)
    demand_question(question, grade)


def _question(project: Project, file: Path | None, live: str) -> Question:
    if file is not None:
        return from_json(read_text(file))
    from geo.edit.live_layers import question_of

    wanted = live.strip().casefold()
    for layer in project.all(LiveLayer):
        if wanted in {layer.name.casefold(), layer.id}:
            return question_of(layer)
    raise InputError("error.cli.no_such_live", name=live)


def _write(
    project: Project, found: Answers, grade: Grade, lang: str, out: Path
) -> tuple[RowsCopy, str]:
    from layers.export.asked import answers_copy
    from layers.export.rows import write_rows

    copy = answers_copy(project, found, grade, language_from(lang))
    return copy, write_rows(copy, out, record=project.record)


def as_object(
    project: Project, found: Answers, copy: RowsCopy | None, sha256: str, out: Path | None
) -> dict[str, object]:
    """Return what ``--json`` prints."""
    from layers.asked import said_answers, said_question

    lang = console.language()
    told: dict[str, object] = {
        "about": found.question.about.value,
        "question": said_question(project, found.question).words(lang),
        "on": found.on.isoformat(),
        "asked": found.asked,
        "n": found.n,
        "perhaps": found.perhaps,
        "unjudged": found.unjudged,
        "unjudged_by": list(found.unjudged_by),
        "by_area": found.by_area,
        "repeats": found.repeats,
        "grades": dict(found.grades),
        "ids": list(found.found),
        "perhaps_ids": list(found.perhaps_ids),
        "note": " ".join(said.words(lang) for said in said_answers(project, found)),
    }
    if copy is not None:
        told["export"] = {
            "path": str(out),
            "grade": copy.grade.value,
            "rows": len(copy),
            "withheld": dict(copy.withheld),
            "sha256": sha256,
        }
    return told


def _print(project: Project, found: Answers, copy: RowsCopy | None, out: Path | None) -> None:
    from layers.asked import said_answers, said_question

    lang = console.language()
    console.say(said_question(project, found.question).words(lang))
    if found.n:
        heads, rows = _rows(project, found)
        console.table([text(head, lang) for head in heads], rows)
    if found.n > MOST_PRINTED:
        more = format_number(found.n - MOST_PRINTED, lang)
        console.say(text("ask.more", lang, n=more))
    for said in said_answers(project, found):
        console.say(said.words(lang))
    if copy is not None:
        console.say(
            text(
                "export.done",
                lang,
                path=out,
                grade=copy.grade.value,
                rows=format_number(len(copy), lang),
                withheld=format_number(sum(copy.withheld.values()), lang),
            )
        )


def _rows(project: Project, found: Answers) -> tuple[list[str], list[tuple[str, ...]]]:
    lang = console.language()
    table = project.table(found.question.about.kind)
    rows = [table.row(i) for i in found.found[:MOST_PRINTED]]
    if found.question.about is About.ALLEGATIONS:
        heads = ["panel.column.received", "panel.column.grade", "panel.column.precision"]
        return heads, [
            (
                _day(r["received_on"]),
                str(r["reliability"]) + str(r["credibility"]),
                label(Precision(str(r["precision"])), lang),
            )
            for r in rows
        ]
    first, second = ("name_km", "name_en") if lang == "km" else ("name_en", "name_km")
    if found.question.about is About.CROSSINGS:
        return ["panel.column.name"], [(str(r[first] or r[second] or "–"),) for r in rows]
    heads = ["panel.column.code", "panel.column.name"]
    return heads, [(str(r["code"]), str(r[first] or r[second] or "–")) for r in rows]


def _day(value: object) -> str:
    return format_date(date.fromisoformat(str(value)) if value else None, console.language())
