"""What leaves of an analysis: its report, or its rows as a layer; each at a grade, and logged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from geo.errors import InputError
from gui import i18n
from gui.acts.doing import Acts
from gui.i18n import tr
from gui.models.leaving import REPORTS

if TYPE_CHECKING:
    from geo.model.vocabulary import Grade
    from geo.progress import Progress
    from geo.project import Project
    from gui.dialogs.export_result import WantedResult
    from gui.models.leaving import Leaving
    from gui.workbench import Workbench


class ResultActs(Acts):
    """Answers to whoever wants to hand on a result."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.desk.intents.answer("result.export", self.export)

    def export(self, leaving: Leaving) -> None:
        """Ask for grade and format, and write the file."""
        from gui.dialogs.export_result import ExportResultDialog

        if self.project is None:
            return
        dialog = ExportResultDialog(leaving, self.bench.window_)
        dialog.ready.connect(lambda wanted: self._ask_where(leaving, wanted))
        dialog.open()

    def _ask_where(self, leaving: Leaving, wanted: WantedResult) -> None:
        folder = self.desk.settings.report_folder or str(Path.home())
        name, _ = QFileDialog.getSaveFileName(
            self.bench.window_,
            tr("findings.export.title"),
            str(Path(folder) / f"{leaving.name}-{wanted.grade.value}{wanted.suffix}"),
            f"{wanted.suffix[1:].upper()} (*{wanted.suffix})",
        )
        if name:
            self.write(leaving, wanted.grade, Path(name).with_suffix(wanted.suffix))

    def write(self, leaving: Leaving, grade: Grade, path: Path) -> None:
        """Write a result to a file off the main thread, only after the copy was logged."""
        from layers.moment import NOW
        from layers.read_only import ShownPlan

        project, record = self.project, self.desk.session.recorder()
        if project is None:
            return
        if path.suffix not in REPORTS and self.desk.moment.is_past:
            self.desk.toast.fail(InputError("export.error.past"))
            return
        self.desk.settings.report_folder = str(path.parent)
        frozen: Project = ShownPlan(project, {}, NOW.on)
        language, layers = i18n.language(), self.bench.layers.copy()

        def work(progress: Progress) -> None:
            if path.suffix in REPORTS:
                from gui.print.copies import save_copy

                content = leaving.report(frozen, grade, language, progress)
                progress.step(0, 0, "panel.report.stage.pdf")
                save_copy(content, path, record=record, layers=layers)
            elif leaving.table is not None:
                from layers.export.found_rows import found_copy
                from layers.export.rows import write_rows

                copy = found_copy(frozen, leaving.table(), grade, language)
                write_rows(copy, path, record=record, step=progress.step)

        self.desk.runner.run(
            work,
            lambda _none: self.desk.toast.tell(
                "findings.export.done", name=path.name, grade=i18n.label(grade)
            ),
            self.desk.toast.fail,
        )
        self.desk.toast.tell("findings.export.begun", name=path.name)
