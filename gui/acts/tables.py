"""What is done with rows of a table: copy and export at a grade, change many, decide on many."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.entity import Kind
from geo.question.chosen import Chosen
from gui import i18n
from gui.acts.doing import Acts
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.catalogue import Language
    from geo.model.vocabulary import Grade
    from geo.progress import Progress
    from geo.project import Project
    from gui.dialogs.export_table import WantedTable
    from gui.tables.page import TablePage
    from gui.workbench import Workbench
    from layers.export.rows import RowsCopy


PAUSE_S: Final = 0.001
TOLD_ROWS: Final = 1000


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows and columns that are meant to leave, and what the rows were chosen and sorted by."""

    kind: Kind
    ids: tuple[str, ...]
    keys: tuple[str, ...]
    heads: dict[str, str]
    chosen: Chosen
    sorted_by: str


class TableActs(Acts):
    """Acts on the rows that are selected in a table."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._grade: Grade | None = None
        for name, act in (
            ("copy", self.copy),
            ("export", self.export),
            ("bulk", self.bulk),
            ("decide", self.decide),
            ("show_on_map", self.show_on_map),
        ):
            self.desk.intents.answer(f"table.{name}", act)
        self.desk.session.closed.connect(self._forget)
        self.desk.session.user_changed.connect(self._forget)

    def _forget(self) -> None:
        self._grade = None

    # --- what leaves ------------------------------------------------------------------------------

    def copy(self, kind: Kind, ids: Sequence[str], page: TablePage) -> None:
        """Copy rows to the clipboard; the grade is asked for once a session."""
        if not ids or not self._leaves_today():
            return
        wanted = _meant(kind, ids, page)
        if self._grade is not None and self._possible(kind, self._grade):
            self._copy(wanted, self._grade)
            return
        from gui.dialogs.export_table import CopyDialog

        dialog = CopyDialog(kind, self.bench.window_)
        dialog.ready.connect(lambda grade: self._copy(wanted, grade))
        dialog.open()

    def _copy(self, wanted: _Rows, grade: Grade) -> None:
        from geo.formats.writing import tsv_text

        self._grade = grade
        project, record = self._frozen(), self.desk.session.recorder()
        if project is None:
            return
        language = i18n.language()

        def work(_progress: Progress) -> tuple[RowsCopy, str]:
            copy = _rows(project, wanted, grade, language)
            text = tsv_text(copy.sheet)
            record("copy", **copy.audit("tsv"))
            return copy, text

        def done(made: tuple[RowsCopy, str]) -> None:
            copy, text = made
            QGuiApplication.clipboard().setText(text)
            self._tell_copy("table.copied", copy)

        self.desk.runner.run(work, done, self.desk.toast.fail)

    def export(self, kind: Kind, ids: Sequence[str], page: TablePage) -> None:
        """Ask for grade, rows and format, and write a file."""
        from gui.dialogs.export_table import ExportDialog

        if self.project is None or not self._leaves_today():
            return
        shown = page.model.shown_ids()
        specs = {s.key: s for s in page.model.specs}
        columns = [specs[key] for key in page.table.layout_of.shown]
        dialog = ExportDialog(kind, columns, (len(ids), len(shown)), self.bench.window_)

        def ready(asked: WantedTable) -> None:
            self._export(_meant(kind, ids if asked.only_selected else shown, page), asked)

        dialog.ready.connect(ready)
        dialog.open()

    def _export(self, wanted: _Rows, asked: WantedTable) -> None:
        folder = self.desk.settings.report_folder or str(Path.home())
        name, _ = QFileDialog.getSaveFileName(
            self.bench.window_,
            tr("table.export.title"),
            str(Path(folder) / f"{wanted.kind.value}-{asked.grade.value}{asked.suffix}"),
            f"{asked.suffix[1:].upper()} (*{asked.suffix})",
        )
        if name:
            self.write(wanted, asked.grade, Path(name).with_suffix(asked.suffix))

    def write(self, wanted: _Rows, grade: Grade, path: Path) -> None:
        """Write rows to a file off the main thread."""
        from layers.export.rows import write_rows

        project, record = self._frozen(), self.desk.session.recorder()
        if project is None:
            return
        self.desk.settings.report_folder = str(path.parent)
        language = i18n.language()

        def work(progress: Progress) -> RowsCopy:
            copy = _rows(project, wanted, grade, language)
            write_rows(copy, path, record=record, step=_gently(progress))
            return copy

        self.desk.runner.run(
            work,
            lambda copy: self._tell_copy("table.exported", copy, path.name),
            self.desk.toast.fail,
        )

    def _tell_copy(self, code: str, copy: RowsCopy, name: str = "") -> None:
        missing = sum(copy.withheld.values())
        self.desk.toast.tell(
            code,
            grade=i18n.label(copy.grade),
            rows=i18n.number(len(copy)),
            withheld=i18n.number(missing),
            columns=i18n.number(len(copy.left_out)),
            name=name,
        )

    def _possible(self, kind: Kind, grade: Grade) -> bool:
        from gui.widgets.grade_choice import refusal

        return refusal(kind, grade) is None

    def _leaves_today(self) -> bool:
        """Refuse copies while a past day is shown: what would leave is not what is seen."""
        if not self.desk.moment.is_past:
            return True
        self.desk.toast.fail(InputError("export.error.past"))
        return False

    def _frozen(self) -> Project | None:
        """Return the plan as it is at this moment, so that a worker sees one state of it."""
        project = self.project
        if project is None:
            return None
        from layers.moment import NOW
        from layers.read_only import ShownPlan

        frozen: Project = ShownPlan(project, {}, NOW.on)
        return frozen

    # --- what changes -----------------------------------------------------------------------------

    def bulk(self, kind: Kind, ids: Sequence[str], _page: TablePage) -> None:
        """Ask what is to be the same in several rows, and change them in one edit."""
        from geo.edit.bulk import bulk_edit
        from gui.dialogs.bulk_edit import BulkEditDialog

        project = self.project
        if project is None or not ids or not self.may(Verb.BULK_EDIT):
            return
        dialog = BulkEditDialog(project, kind, ids, self.bench.window_)
        dialog.ready.connect(
            lambda values: self.do(dialog, lambda plan: bulk_edit(plan, kind, ids, values))
        )
        self.ask(dialog)

    def decide(self, kind: Kind, ids: Sequence[str], _page: TablePage) -> None:
        """Ask for an authority's decision on several sites, and enter it for each."""
        from gui.dialogs.decide import DecideDialog

        project = self.project
        if project is None or kind is not Kind.SITE or not ids or not self.may(Verb.DECIDE_STATUS):
            return
        dialog = DecideDialog(project, ids, self.bench.window_)
        dialog.ready.connect(lambda build: self.do(dialog, build))
        self.ask(dialog)

    def show_on_map(self, kind: Kind, ids: Sequence[str]) -> None:
        """Show where rows lie that are no signs of the map themselves."""
        from geo.errors import PlanError
        from gui import facts

        bounds = facts.bounds_of(self.project, kind, tuple(ids)) if self.project else None
        if bounds is None:
            self.desk.toast.fail(PlanError("window.error.no_place"))
        else:
            west, south, east, north = bounds
            self.bench.navigator.show_bounds(west, south, east, north)


def _gently(progress: Progress) -> Callable[[int, int], None]:
    """Return a step that lets the window draw: writing cells holds the interpreter."""

    def step(done: int, total: int) -> None:
        time.sleep(PAUSE_S)
        if done % TOLD_ROWS == 0:
            progress.step(done, total, "export.stage.rows")

    return step


def _meant(kind: Kind, ids: Sequence[str], page: TablePage) -> _Rows:
    heads = {spec.key: spec.head for spec in page.model.specs}
    shown = page.table.layout_of.shown
    sorting = page.model.arrangement.sorting
    return _Rows(kind, tuple(ids), shown, heads, page.chosen_by(), sorting[0][0] if sorting else "")


def _rows(project: Project, wanted: _Rows, grade: Grade, language: Language) -> RowsCopy:
    from layers.export.chosen import demand_chosen, in_order
    from layers.export.rows import rows_copy

    kind = wanted.kind
    demand_chosen(kind, wanted.chosen, grade, wanted.heads)
    return rows_copy(
        project,
        kind,
        grade,
        language,
        keys=wanted.keys,
        ids=in_order(kind, wanted.ids, wanted.sorted_by, grade, project.table(kind).index),
        heads=wanted.heads,
    )
