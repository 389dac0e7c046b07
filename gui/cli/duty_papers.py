"""What the verbs of the day's papers share: which assignment is meant, the sheet, what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.catalogue import text
from geo.errors import InputError
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.vocabulary import AssignmentState
from gui.cli import console
from gui.cli.lookup import named, period_id_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.catalogue import Language
    from geo.model.vocabulary import Grade
    from geo.project import Project
    from gui.print.copies import Copy


def write_sheet(
    project: Project,
    out: Path,
    language: Language,
    *,
    grade: Grade,
    team: str,
    period: str,
    operation: str,
) -> Copy:
    """Write the assignment sheet of a team for a period.

    Raises:
        InputError: The file is no PDF, another grade than command, or it is not said, or not
            known, whose sheet.
    """
    if out.suffix.lower() != ".pdf":
        raise InputError("error.cli.sheet_pdf")
    from gui.print.assignment_pages import assignment_pdf
    from gui.print.copies import save_paper
    from layers.export.assignment_sheet import assignment_sheet

    duty = one_assignment(project, "", "", team, period, operation, among_zones=False)
    zone = project.get(Zone, duty.zone_id)
    sheet = assignment_sheet(
        project,
        duty.team_id,
        duty.period_id,
        language,
        grade=grade,
        operation_id=zone.operation_id,
    )
    data, pages = assignment_pdf(sheet)
    return save_paper(sheet.report, out, data, pages, record=project.record)


def told(copy: Copy, *, as_json: bool) -> None:
    """Say what was written, as `report` does."""
    withheld = {kind.value: dict(reasons) for kind, reasons in copy.withheld.items()}
    if as_json:
        console.emit(
            {
                "path": str(copy.path),
                "grade": copy.grade.value,
                "pages": copy.pages,
                "withheld": withheld,
                "sha256": copy.sha256,
            }
        )
        return
    console.say(
        text(
            "cli.report.done",
            console.language(),
            path=copy.path,
            grade=copy.grade.value,
            pages=copy.pages,
            withheld=sum(sum(reasons.values()) for reasons in withheld.values()),
        )
    )


def one_assignment(
    project: Project,
    wanted: str,
    zone: str,
    team: str,
    period: str,
    operation: str = "",
    *,
    among_zones: bool = True,
) -> Assignment:
    """Return the one assignment that was meant.

    Args:
        project: The plan.
        wanted: Its id, or empty.
        zone: Name or id of its zone, or empty.
        team: Name or id of its team, or empty.
        period: Name or id of its period, or empty.
        operation: Name or id of its operation, or empty.
        among_zones: Several zones of one team and period are several; else the first will do.

    Raises:
        InputError: None is meant, or more than one.
    """
    current = [a for a in project.all(Assignment) if a.state is not AssignmentState.ABORTED]
    if wanted:
        found = [a for a in current if a.id == wanted]
    else:
        zone_id = named(project, Zone, zone).id if zone else ""
        team_id = named(project, Team, team).id if team else ""
        of = named(project, Operation, operation).id if operation else ""
        found = [
            a
            for a in current
            if zone_id in {"", a.zone_id}
            and team_id in {"", a.team_id}
            and of in {"", project.get(Zone, a.zone_id).operation_id}
        ]
        if period and found:
            ids = {period_id_of(project, project.get(Zone, a.zone_id), period) for a in found}
            found = [a for a in found if a.period_id in ids]
    if not found:
        names = _named(project, current)
        raise InputError("error.cli.no_assignment", name=wanted or team or "–", names=names)
    meant = {a.id if among_zones else f"{a.team_id} {a.period_id}" for a in found}
    if len(meant) > 1:
        raise InputError("error.cli.which_assignment", names=_named(project, found))
    return found[0]


def _named(project: Project, found: list[Assignment]) -> str:
    def words(duty: Assignment) -> str:
        zone, team = project.find(Zone, duty.zone_id), project.find(Team, duty.team_id)
        operation = project.find(Operation, zone.operation_id) if zone is not None else None
        periods = operation.periods if operation is not None else ()
        period = next((p.name for p in periods if p.id == duty.period_id), "")
        parts = (zone.name if zone else "–", team.name if team else "–", period)
        return f"{' / '.join(p for p in parts if p)} ({duty.id})"

    return "; ".join(words(a) for a in found) or "–"
