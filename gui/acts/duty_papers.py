"""The papers of a duty: its field form and its assignment sheet, written and logged as one copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from geo.errors import InputError
from geo.model.command import Assignment, Team, Zone
from gui import i18n
from gui.acts.doing import Acts
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.catalogue import Language
    from geo.model.vocabulary import Grade
    from geo.progress import Progress
    from geo.project import Project
    from gui.print.copies import Copy
    from gui.workbench import Workbench

SUFFIXES: Final = {"form": (".pdf", ".xlsx"), "sheet": (".pdf",)}
FILTERS: Final = {
    "form": "operate.paper.form_files",
    "sheet": "operate.paper.sheet_files",
}


class DutyPaperActs(Acts):
    """Asks once for the grade, then where to, and writes on a worker."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.desk.intents.answer("duty.form", lambda duty_id: self.begin("form", duty_id))
        self.desk.intents.answer("duty.sheet", lambda duty_id: self.begin("sheet", duty_id))

    def begin(self, paper: str, duty_id: str) -> None:
        """Ask for whom the paper is."""
        from gui.dialogs.duty_paper import DutyPaperDialog

        project = self.project
        if project is None or project.find(Assignment, duty_id) is None:
            self.desk.toast.fail(InputError("error.assign.gone"))
            return
        dialog = DutyPaperDialog(paper, self.bench.window_)
        dialog.ready.connect(lambda grade: self._where(paper, duty_id, grade))
        dialog.open()

    def _where(self, paper: str, duty_id: str, grade: Grade) -> None:
        project = self.project
        if project is None:
            return
        first = Path(self.desk.settings.report_folder or str(Path.home())) / _name(
            project, paper, duty_id
        )
        name, _ = QFileDialog.getSaveFileName(
            self.bench.window_, tr(f"operate.duty.{paper}"), str(first), tr(FILTERS[paper])
        )
        if name:
            self.write(paper, duty_id, grade, Path(name))

    def write(self, paper: str, duty_id: str, grade: Grade, path: Path) -> None:
        """Write a paper; it is there only once its copy is logged."""
        from geo.clock import today
        from layers.read_only import ShownPlan

        project = self.project
        if project is None:
            return
        if path.suffix.lower() not in SUFFIXES[paper]:
            path = path.with_suffix(SUFFIXES[paper][0])
        still = ShownPlan(project, {}, today())
        record, language = self.desk.session.recorder(), i18n.language()
        make = written_form if paper == "form" else written_sheet

        def work(_progress: Progress) -> Copy:
            return make(still, duty_id, grade, language, path, record)

        self.desk.runner.run(
            work,
            lambda copy: self.desk.toast.tell("operate.paper.done", name=copy.path.name),
            self.desk.toast.fail,
        )


def written_form(
    plan: Project,
    duty_id: str,
    grade: Grade,
    language: Language,
    path: Path,
    record: Callable[..., None],
) -> Copy:
    """Write the field form of a duty, on paper or for a telephone, and return its copy."""
    from gui.print.copies import save_paper
    from layers.export.field_form import field_form, telephone_form

    paper = field_form(plan, duty_id, language, grade=grade)
    if path.suffix.lower() == ".pdf":
        from gui.print.form_pages import form_pdf

        data, pages = form_pdf(paper)
    else:
        from geo.formats.xlsform import xlsform_bytes

        data, pages = xlsform_bytes(telephone_form(paper)), 1
    return save_paper(paper.report, path, data, pages, record=record)


def written_sheet(
    plan: Project,
    duty_id: str,
    grade: Grade,
    language: Language,
    path: Path,
    record: Callable[..., None],
) -> Copy:
    """Write the assignment sheet of a duty's team and period, and return its copy."""
    from gui.print.assignment_pages import assignment_pdf
    from gui.print.copies import save_paper
    from layers.export.assignment_sheet import assignment_sheet

    duty = plan.get(Assignment, duty_id)
    operation_id = plan.get(Zone, duty.zone_id).operation_id
    sheet = assignment_sheet(
        plan, duty.team_id, duty.period_id, language, grade=grade, operation_id=operation_id
    )
    data, pages = assignment_pdf(sheet)
    return save_paper(sheet.report, path, data, pages, record=record)


def _name(project: Project, paper: str, duty_id: str) -> str:
    team = project.find(Team, project.get(Assignment, duty_id).team_id)
    short = "".join(c for c in (team.short_name if team else "") if c.isalnum()) or "team"
    return f"{paper}-{short}.pdf"
