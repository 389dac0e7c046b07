"""What is done with the rows that answer a question: a table of them, a file at a grade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from geo.errors import InputError
from gui import i18n
from gui.acts.doing import Acts
from gui.drawer_place import TABLES
from gui.i18n import tr

if TYPE_CHECKING:
    from geo.analysis.asking.answers import Answers
    from geo.model.vocabulary import Grade
    from geo.progress import Progress
    from gui.dialogs.export_table import WantedTable
    from gui.workbench import Workbench
    from layers.export.rows import RowsCopy
    from layers.said import Words


class AnswerActs(Acts):
    """Opens the answers of a question as a table, and lets them leave."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.desk.intents.answer("ask.table", self.open)
        self.desk.intents.answer("ask.export", self.export)

    def open(self, answers: Answers, title: Words) -> None:
        """Show the rows that answer as a table, and say by which question."""
        drawers = self.bench.drawers
        drawers.show_page(TABLES)
        asked = answers.question
        drawers.tables.show_only(
            asked.about.kind, answers.found, lambda: title.words(i18n.language()), asked
        )

    def export(self, answers: Answers) -> None:
        """Ask for grade and format, and write the rows that answer to a file."""
        from gui.dialogs.export_table import ExportDialog

        if self.project is None:
            return
        if self.desk.moment.is_past:
            self.desk.toast.fail(InputError("export.error.past"))
            return
        kind = answers.question.about.kind
        page = self.bench.drawer.pages[kind]
        specs = {s.key: s for s in page.model.specs}
        keys = list(page.table.layout_of.shown)
        dialog = ExportDialog(
            kind, [specs[key] for key in keys], (answers.n, answers.n), self.bench.window_
        )

        def ready(asked: WantedTable) -> None:
            from layers.export.asked import demand_question

            try:
                demand_question(answers.question, asked.grade)
            except InputError as error:
                self.desk.toast.fail(error)
                return
            folder = self.desk.settings.report_folder or str(Path.home())
            name, _ = QFileDialog.getSaveFileName(
                self.bench.window_,
                tr("table.export.title"),
                str(Path(folder) / f"{kind.value}-{asked.grade.value}{asked.suffix}"),
                f"{asked.suffix[1:].upper()} (*{asked.suffix})",
            )
            if name:
                self.write(answers, asked.grade, keys, Path(name).with_suffix(asked.suffix))

        dialog.ready.connect(ready)
        dialog.open()

    def write(self, answers: Answers, grade: Grade, keys: list[str], path: Path) -> None:
        """Write the rows off the main thread; they pass the table of grades and are logged."""
        from layers.export.rows import write_rows
        from layers.moment import NOW
        from layers.read_only import ShownPlan

        if self.project is None:
            return
        frozen, record = ShownPlan(self.project, {}, NOW.on), self.desk.session.recorder()
        self.desk.settings.report_folder = str(path.parent)
        language = i18n.language()

        def work(progress: Progress) -> RowsCopy:
            from layers.export.asked import answers_copy

            progress.step(0, 0, "export.stage.rows")
            copy = answers_copy(frozen, answers, grade, language, keys=keys)
            write_rows(copy, path, record=record)
            return copy

        def done(copy: RowsCopy) -> None:
            self.desk.toast.tell(
                "table.exported",
                grade=i18n.label(copy.grade),
                rows=i18n.number(len(copy)),
                withheld=i18n.number(sum(copy.withheld.values())),
                columns=i18n.number(len(copy.left_out)),
                name=path.name,
            )

        self.desk.runner.run(work, done, self.desk.toast.fail)
