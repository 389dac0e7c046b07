"""The verb that brings a register into a plan."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.catalogue import text
from geo.errors import InputError
from geo.formats.mapping import Mapping
from geo.formats.reader import FileReader
from geo.formats.rejects import write_rejects
from geo.formats.summary import summary
from geo.loading import load
from geo.model.command import Operation
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from gui.cli import console
from gui.cli.lookup import named
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

SHOWN_REJECTS = 20


class Target(StrEnum):
    """What the rows of a file become, in the words of the command line."""

    SITES = "sites"
    LICENCES = "licences"
    ALLEGATIONS = "allegations"
    CROSSINGS = "crossings"
    ZONES = "zones"
    TEAMS = "teams"


KIND_OF = {
    Target.SITES: Kind.SITE,
    Target.LICENCES: Kind.LICENCE,
    Target.ALLEGATIONS: Kind.ALLEGATION,
    Target.CROSSINGS: Kind.CROSSING,
    Target.ZONES: Kind.ZONE,
    Target.TEAMS: Kind.TEAM,
}


@console.verb
def import_file(
    plan: PlanArgument,
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, GeoJSON, GeoPackage, KML, GPX, .zip.")],
    *,
    target: Annotated[Target, typer.Option("--as", help="What its rows become.")],
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", "--layer", help="Sheet or layer to read.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="JSON that says which column is which field.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="XLSX for the rows that were not imported.")
    ] = None,
    operation: Annotated[str, typer.Option(help="Operation that imported zones belong to.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a register: every row is imported, rejected or waiting, and the sum is shown."""
    lang = console.language()
    progress = console.TerminalProgress()
    with (
        opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project,
        FileReader() as reader,
    ):
        within = named(project, Operation, operation).id if operation else ""
        try:
            loaded = load(
                project,
                reader,
                # The worker that reads it has a working folder of its own.
                file.absolute(),
                KIND_OF[target],
                sheets=sheet,
                mapping=_mapping_from(mapping, KIND_OF[target]),
                progress=progress,
            )
        finally:
            progress.close()
        checked = loaded.checked
        edit = loaded.edit(project, operation_id=within)
        # First, so that a folder that cannot be written leaves the plan as it was.
        if rejects is not None:
            count = write_rejects(checked, rejects, lang, source=file)
            project.record("export", kind="rejects", grade=Grade.COMMAND.value, rows=count)
        project.commit(edit)
    result = summary(checked, lang)
    if as_json:
        console.emit(dict(result))
        return
    console.say(
        text(
            "cli.import.summary",
            lang,
            file=file.name,
            rows=result["rows"],
            imported=result["imported"],
            rejected=result["rejected"],
            waiting=result["waiting"],
        )
    )
    if result["rejects"]:
        console.table(
            [text(f"cli.import.{c}", lang) for c in ("row", "field", "value", "reason")],
            [
                (r["row"], r["field"], r["value"], r["reason"])
                for r in result["rejects"][:SHOWN_REJECTS]
            ],
            right=[0],
        )
    for question in result["questions"]:
        console.say(f"{question['text']} ({', '.join(map(str, question['rows'][:SHOWN_REJECTS]))})")
    if rejects is not None:
        console.say(text("cli.import.rejects", lang, path=rejects))


def _mapping_from(file: Path | None, target: Kind) -> Mapping | None:
    if file is None:
        return None
    try:
        mapping = Mapping.from_json(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise InputError("error.cli.file_unreadable", file=str(file)) from None
    if mapping.target is not target:
        raise InputError("error.import.bad_mapping")
    return mapping
