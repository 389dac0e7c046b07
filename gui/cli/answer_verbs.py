"""The verb that answers the rows which an import left waiting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.catalogue import text
from geo.edit.answer_file import answers_for, open_rows, question_words
from geo.edit.answers import check_answers
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.model.plan import ImportBatch
from geo.model.vocabulary import Grade
from geo.project import Project
from gui.cli import console
from gui.cli.lookup import read_text
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

LAST = "last"


@console.verb
def answer(
    plan: PlanArgument,
    batch: Annotated[
        str, typer.Argument(help="The import: name of its file, its id, or 'last'.")
    ] = LAST,
    *,
    answers: Annotated[
        Path | None, typer.Option(help="JSON with the answers; without it the questions are told.")
    ] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer the rows of an import that wait; without --answers, list what they ask.

    With --json the list is a file to be filled in. Each of its rows has sheet, row, field, value,
    question, proposal, choices, and "answer", which is one of

    {"values": {"received_on": "2022-02-28"}}  corrected values, by field;
    {"accept": true}  yes: take the proposal, or keep the row as it is (where can_accept is true);
    {"skip": true}  leave the row out;
    null  let it wait.
    """
    lang = console.language()
    # The list shows values of the rows: whoever has it printed is signed in, and it is logged.
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        found = _batch(project, batch)
        if answers is None:
            _tell_open(project, found, as_json=as_json)
            return
        given = answers_for(project, found, read_text(answers))
        done = check_answers(project, given)
        asked = [
            {
                "sheet": problem.sheet,
                "row": problem.row,
                "question": question_words(problem, found.target, lang),
            }
            for problem in done.still.values()
        ]
        if done.edit is not None:
            project.commit(done.edit)
        now = project.get(ImportBatch, found.id)
    if as_json:
        console.emit(
            {
                "answered": len(done.imported),
                "skipped": len(done.skipped),
                "still_waiting": asked,
                "rows": now.rows,
                "imported": now.imported,
                "rejected": now.rejected,
                "waiting": now.waiting,
            }
        )
    else:
        console.say(
            text(
                "cli.answer.done",
                lang,
                answered=len(done.imported),
                skipped=len(done.skipped),
                waiting=now.waiting,
            )
        )
        for item in asked:
            console.say(f"{item['sheet']} {item['row']}: {item['question']}".strip())
    if asked and done.edit is None:
        raise typer.Exit(console.FOUND)


def _tell_open(project: Project, batch: ImportBatch, *, as_json: bool) -> None:
    lang = console.language()
    rows = open_rows(project, batch, lang, Gazetteer.load())
    project.record("export", kind="waiting", grade=Grade.COMMAND.value, rows=len(rows))
    if as_json:
        console.emit({"batch": batch.id, "file": batch.file_name, "rows": rows})
        return
    console.say(text("cli.answer.open", lang, n=len(rows), name=batch.file_name))
    console.table(
        [text(f"cli.import.{c}", lang) for c in ("row", "field", "value", "reason")],
        [(f"{r['sheet']} {r['row']}".strip(), r["field"], r["value"], r["question"]) for r in rows],
        right=[0],
    )


def _batch(project: Project, wanted: str) -> ImportBatch:
    """Return an import by its id, the name of its file (the last of that name), or the last."""
    batches = sorted(project.all(ImportBatch), key=lambda b: b.imported_at)
    if wanted == LAST:
        fitting = [b for b in batches if b.waiting] or batches
    else:
        fitting = [b for b in batches if wanted in {b.id, b.file_name}]
    if not fitting:
        raise InputError("error.cli.no_such_import", name=wanted)
    return fitting[-1]
