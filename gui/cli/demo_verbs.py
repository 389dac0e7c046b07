"""The verb that shows the whole job on fictional registers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo import demo as building
from geo.catalogue import Language, text
from geo.errors import InputError
from geo.model.command import Operation, Team
from geo.model.vocabulary import AdminLevel, Grade
from geo.progress import NoProgress
from geo.project import Project
from gui.cli import console
from gui.cli.duty_papers import write_sheet
from gui.cli.opening import opened
from gui.cli.output_verbs import offscreen
from gui.cli.verbs import has_display
from gui.print.paper import Paper
from layers.export.content import ReportKind

# File, kind of report, province or operation, grade, language, paper.
REPORTS: tuple[tuple[str, ReportKind, str, Grade, Language, Paper], ...] = (
    ("province-18-km.pdf", ReportKind.PROVINCE, "18", Grade.COMMAND, "km", Paper.A4),
    ("province-18-en.pdf", ReportKind.PROVINCE, "18", Grade.COMMAND, "en", Paper.A4),
    ("province-01-en-A3.pdf", ReportKind.PROVINCE, "01", Grade.COMMAND, "en", Paper.A3),
    ("operation-18-km.pdf", ReportKind.OPERATION, "18", Grade.COMMAND, "km", Paper.A4),
    ("operation-18-en.pdf", ReportKind.OPERATION, "18", Grade.COMMAND, "en", Paper.A4),
    ("operation-01-km.pdf", ReportKind.OPERATION, "01", Grade.COMMAND, "km", Paper.A4),
    ("operation-02-en.pdf", ReportKind.OPERATION, "02", Grade.COMMAND, "en", Paper.A4),
    ("province-18-restricted-en.pdf", ReportKind.PROVINCE, "18", Grade.RESTRICTED, "en", Paper.A4),
    ("province-18-public-km.pdf", ReportKind.PROVINCE, "18", Grade.PUBLIC, "km", Paper.A4),
    ("map-18-km.html", ReportKind.PROVINCE, "18", Grade.COMMAND, "km", Paper.A4),
    ("map-18-en.html", ReportKind.PROVINCE, "18", Grade.COMMAND, "en", Paper.A4),
    ("map-18-en.png", ReportKind.PROVINCE, "18", Grade.COMMAND, "en", Paper.A4),
)
# File, kind of analysis, units of a scoreboard, language.
ANALYSES: tuple[tuple[str, ReportKind, AdminLevel, Language], ...] = (
    ("hotspots-km.pdf", ReportKind.HOTSPOTS, AdminLevel.DISTRICT, "km"),
    ("pressure-en.pdf", ReportKind.PRESSURE, AdminLevel.DISTRICT, "en"),
    ("scoreboard-km.xlsx", ReportKind.SCOREBOARD, AdminLevel.PROVINCE, "km"),
)
# File, short name of the team, number of the period, language.
SHEETS: tuple[tuple[str, str, int, Language], ...] = (
    ("assignment-PSH1-km.pdf", "PSH1", 0, "km"),
    ("assignment-PSH4-en.pdf", "PSH4", 1, "en"),
)


@console.verb
def demo(
    *,
    out: Annotated[Path, typer.Option(help="Folder for the plan and its reports.")] = Path(
        "build/demo"
    ),
    window: Annotated[
        bool, typer.Option("--window/--no-window", help="Open the window afterwards.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Build the demonstration plan from fictional registers, with reports; then open the window."""
    lang = console.language()
    if not as_json:
        console.say(text("cli.demo.fictional", lang))
    _make_room(out)
    progress = console.TerminalProgress()
    try:
        built = building.build(out, progress)
    finally:
        progress.close()
    if has_display():
        _with_display()
    else:
        offscreen()
    with opened(built.path, actor="planner", acts=True) as project:
        files = [*_reports(project, out), *_sheets(project, out), *_analyses(project, out)]
    if as_json:
        console.emit(
            {
                "plan": str(built.path),
                "imports": [
                    {
                        "file": i.file_name,
                        "rows": i.rows,
                        "imported": i.imported,
                        "rejected": i.rejected,
                        "waiting": i.waiting,
                    }
                    for i in built.imports
                ],
                "files": [str(f) for f in files],
            }
        )
    else:
        for i in built.imports:
            console.say(
                text(
                    "cli.import.summary",
                    lang,
                    file=i.file_name,
                    rows=i.rows,
                    imported=i.imported,
                    rejected=i.rejected,
                    waiting=i.waiting,
                )
            )
        console.say(text("cli.demo.files", lang, folder=out))
        for file in (built.path, *files):
            console.say(f"  {file.name}")
    if not window or as_json:
        return
    if not has_display():
        console.say(text("cli.demo.no_display", lang))
        return
    console.say(text("cli.demo.window", lang))
    from gui.application import run

    raise typer.Exit(run(built.path))


def _reports(project: Project, folder: Path) -> list[Path]:
    from gui.print.copies import save_copy
    from gui.print.pdf import Sheet
    from layers.export.report import report_content

    written = []
    for name, kind, province, grade, language, paper in REPORTS:
        operation = next(o for o in project.all(Operation) if o.province_code == province)
        content = report_content(
            project,
            kind,
            grade,
            language,
            operation_id=operation.id if kind is ReportKind.OPERATION else "",
            province_code=province,
        )
        path = folder / name
        save_copy(content, path, record=project.record, sheet=Sheet(paper))
        written.append(path)
    return written


def _analyses(project: Project, folder: Path) -> list[Path]:
    """Write the reports of the analyses."""
    from geo.compute import Computer
    from gui.analysis_papers import AnalysisAsked, analysis_report
    from gui.print.copies import save_copy

    written = []
    with Computer() as computer:
        for name, kind, level, language in ANALYSES:
            path = folder / name
            content = analysis_report(
                project,
                AnalysisAsked(kind=kind, level=level, whole=path.suffix == ".xlsx"),
                Grade.COMMAND,
                language,
                computer=computer,
                progress=NoProgress(),
            )
            save_copy(content, path, record=project.record)
            written.append(path)
    return written


def _sheets(project: Project, folder: Path) -> list[Path]:
    """Write the assignment sheets of some teams."""
    written = []
    teams = {t.short_name: t for t in project.all(Team)}
    for name, short_name, number, language in SHEETS:
        team = teams[short_name]
        operation = next(o for o in project.all(Operation) if o.province_code == team.province_code)
        path = folder / name
        write_sheet(
            project,
            path,
            language,
            grade=Grade.COMMAND,
            team=team.id,
            period=operation.periods[number].id,
            operation=operation.id,
        )
        written.append(path)
    return written


def _make_room(folder: Path) -> None:
    """Remove an earlier demonstration, and only that: a folder that holds other things stays.

    Raises:
        InputError: Something else is in the way.
    """
    if not folder.exists():
        return
    made = (*REPORTS, *SHEETS, *ANALYSES)
    own = {building.PLAN_NAME, ".ucm-backup", *(name for name, *_ in made)}
    for entry in folder.iterdir() if folder.is_dir() else [folder]:
        if entry.name not in own:
            raise InputError("error.cli.out_exists", folder=str(folder), file=entry.name)
    for entry in folder.iterdir():
        if entry.is_file():
            entry.unlink()


def _with_display() -> None:
    """Start Qt as the window will need it: one process has one application."""
    from gui.application import create_application

    create_application()
