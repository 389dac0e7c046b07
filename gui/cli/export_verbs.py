"""The verb export: a table of the plan for other programs, at a grade."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.catalogue import text
from geo.localise import format_number
from geo.model.vocabulary import Grade
from gui.cli import console
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.cli.output_verbs import GradeOption, LangOption, language_from

TOLD_ROWS = 1000


class TableName(StrEnum):
    """The tables that can be exported."""

    SITES = "sites"
    ALLEGATIONS = "allegations"
    LICENCES = "licences"
    CROSSINGS = "crossings"
    TEAMS = "teams"
    ZONES = "zones"


@console.verb
def export(
    plan: PlanArgument,
    *,
    layer: Annotated[TableName, typer.Option(help="Which rows.")],
    out: Annotated[Path, typer.Option(help="File to write: .csv, .xlsx or .geojson.")],
    grade: GradeOption = Grade.COMMAND,
    lang: LangOption = "en",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a table; what its grade withholds is counted and said, and the copy is logged."""
    from layers.export.rows import LAYERS, demand_format, demand_grade, rows_copy, write_rows

    language = language_from(lang)
    kind = LAYERS[layer.value]
    demand_format(out.suffix.lower(), kind)
    demand_grade(kind, grade)
    bar = console.TerminalProgress()

    def step(done: int, total: int) -> None:
        if done % TOLD_ROWS == 0:
            bar.step(done, total, "export.stage.rows")

    try:
        with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
            copy = rows_copy(project, kind, grade, language)
            sha256 = write_rows(copy, out, record=project.record, step=step)
    finally:
        bar.close()
    if as_json:
        console.emit(
            {
                "path": str(out),
                "grade": grade.value,
                "rows": len(copy),
                "withheld": dict(copy.withheld),
                "sha256": sha256,
            }
        )
        return
    spoken = console.language()
    console.say(
        text(
            "export.done",
            spoken,
            path=out,
            grade=grade.value,
            rows=format_number(len(copy), spoken),
            withheld=format_number(sum(copy.withheld.values()), spoken),
        )
    )
