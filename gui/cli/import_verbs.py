"""The verb that brings a register into a plan."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.catalogue import text
from geo.edit.answer_file import read_answers
from geo.edit.importing import existing_in
from geo.errors import InputError
from geo.formats.mapping import Mapping, suggest
from geo.formats.reader import FileReader
from geo.formats.recheck import problem_of, rechecked
from geo.formats.rejects import write_rejects
from geo.formats.summary import summary
from geo.loading import check_file, open_file
from geo.localise import format_date
from geo.model.command import Operation
from geo.model.entity import Kind
from geo.remembered import for_next_month, read_as_before
from gui.cli import console
from gui.cli.boundaries import import_boundaries
from gui.cli.lookup import named, read_text, write_mapping
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

if TYPE_CHECKING:
    from geo.formats.found import Existing
    from geo.formats.rows import Checked
    from geo.loading import OpenedFile
    from geo.project import Project
    from geo.remembered import Remembered

SHOWN_REJECTS = 20


class DateOrder(StrEnum):
    """Which of the three numbers of a date is which."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Target(StrEnum):
    """What the rows of a file become, in the words of the command line."""

    SITES = "sites"
    LICENCES = "licences"
    ALLEGATIONS = "allegations"
    CROSSINGS = "crossings"
    ZONES = "zones"
    TEAMS = "teams"
    INSPECTIONS = "inspections"
    BOUNDARIES = "boundaries"


KIND_OF = {
    Target.SITES: Kind.SITE,
    Target.LICENCES: Kind.LICENCE,
    Target.ALLEGATIONS: Kind.ALLEGATION,
    Target.CROSSINGS: Kind.CROSSING,
    Target.ZONES: Kind.ZONE,
    Target.TEAMS: Kind.TEAM,
    Target.INSPECTIONS: Kind.INSPECTION,
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
    save_mapping: Annotated[
        Path | None, typer.Option(help="JSON file for how the columns were read.")
    ] = None,
    header_row: Annotated[
        str, typer.Option(metavar="N[:LINES]", help="Line of the header, and how many it has.")
    ] = "",
    crs: Annotated[
        str, typer.Option(help="System of coordinates in columns, e.g. EPSG:32648 or 'UTM 48N'.")
    ] = "",
    dates: Annotated[
        DateOrder | None, typer.Option(help="Order of dates that are three numbers.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(help="JSON with corrections of rows; see answer --help for its form."),
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Do not read it as the last file with these columns.")
    ] = False,
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
        if target is Target.BOUNDARIES:
            import_boundaries(project, reader, file, sheet, rejects, as_json=as_json)
            return
        within = named(project, Operation, operation).id if operation else ""
        kind = KIND_OF[target]
        given = _mapping_from(mapping, kind) if mapping is not None else None
        try:
            # The worker that reads it has a working folder of its own.
            opened_file, before = _read(
                project,
                reader,
                file.absolute(),
                kind,
                sheets=sheet,
                header_row=header_row,
                given=given,
                afresh=afresh,
                progress=progress,
            )
            how = given or (before.mapping if before else suggest(opened_file.raw, kind))
            how = _chosen(how, crs, dates)
            how = for_next_month(how, opened_file.header)
            loaded = check_file(project, opened_file, how, progress=progress)
        finally:
            progress.close()
        checked = loaded.checked
        if answers is not None:
            checked = _corrected(checked, read_text(answers), existing_in(project, kind))
            loaded = replace(loaded, checked=checked)
        edit = loaded.edit(project, operation_id=within)
        if save_mapping is not None:
            write_mapping(project, save_mapping, how)
        # First, so that a folder that cannot be written leaves the plan as it was.
        if rejects is not None:
            write_rejects(checked, rejects, lang, source=file, record=project.record)
        project.commit(edit)
    result = summary(checked, lang)
    if before is not None:
        # Beside the result: a program that reads it finds the one JSON object undisturbed.
        day = before.at.astimezone().date()
        name = before.file_name
        console.note(text("cli.import.as_before", lang, name=name, day=format_date(day, lang)))
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


def _read(
    project: Project,
    reader: FileReader,
    file: Path,
    kind: Kind,
    *,
    sheets: list[str] | None,
    header_row: str,
    given: Mapping | None,
    afresh: bool,
    progress: console.TerminalProgress,
) -> tuple[OpenedFile, Remembered | None]:
    """Return a file, and how the last one with its columns was read unless that is not wanted."""
    header = {"": _lines(header_row)} if header_row else (given.header if given else None)
    found = open_file(reader, file, sheets=sheets, header=header, progress=progress)
    if afresh or given is not None:
        return found, None
    return read_as_before(project, reader, found, kind, progress)


def _lines(header_row: str) -> tuple[int, int]:
    line, _, lines = header_row.partition(":")
    if not (line.isdecimal() and (lines or "1").isdecimal()) or int(line) < 1:
        raise InputError("error.cli.header_row", given=header_row)
    return int(line), int(lines or "1")


def _chosen(mapping: Mapping, crs: str, dates: DateOrder | None) -> Mapping:
    order = dates.value if dates is not None else mapping.date_order
    return replace(mapping, crs=crs or mapping.crs, date_order=order)


def _corrected(checked: Checked, content: str, existing: Existing) -> Checked:
    problems = {(p.sheet, p.row): p for p in problem_of(checked).values()}
    given = read_answers(content, problems.get)
    return rechecked(checked, {problems[at].position: a for at, a in given.items()}, existing)


def _mapping_from(file: Path, target: Kind) -> Mapping:
    mapping = Mapping.from_json(read_text(file))
    if mapping.target is not target:
        raise InputError("error.import.bad_mapping")
    return mapping
