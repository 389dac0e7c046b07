"""For whom a copy of the table is, which rows are in it, and in what format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from gui.dialogs.base import FormDialog, add_field, form
from gui.i18n import number, retext, tr
from gui.widgets.buttons import Segments
from gui.widgets.grade_choice import GradeChoice
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from gui.models.column import ColumnSpec


class CopyDialog(FormDialog):
    """Asks once for the grade at which rows are copied.

    Attributes:
        ready: The `Grade`.
    """

    ready = Signal(object)

    def __init__(self, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent, "table.copy.title", "table.copy.do", width=480)
        self.grade = GradeChoice(kind)
        self.body.addWidget(Text("table.copy.text", wrap=True))
        self.body.addWidget(self.grade)
        self.grade.chosen.connect(self.check)
        self.grade.setFocus()
        self.check()

    def missing(self) -> str:
        return "" if self.grade.grade is not None else "table.why.no_grade"

    def finish(self) -> None:
        self.ready.emit(self.grade.grade)


@dataclass(frozen=True, slots=True)
class WantedTable:
    """A copy of a table that is wanted.

    Attributes:
        only_selected: Only the selected rows; else all that the table shows.
        suffix: ``.csv``, ``.xlsx`` or ``.geojson``.
    """

    grade: Grade
    only_selected: bool
    suffix: str


class ExportDialog(FormDialog):
    """Asks for grade, rows and format.

    Attributes:
        ready: A `WantedTable`.
    """

    ready = Signal(object)

    def __init__(
        self,
        kind: Kind,
        columns: Sequence[ColumnSpec],
        rows: tuple[int, int],
        parent: QWidget,
    ) -> None:
        """Ask.

        Args:
            kind: Kind of the rows.
            columns: The shown columns.
            rows: How many are selected, and how many the table shows.
            parent: The window over which it stands.
        """
        super().__init__(parent, "table.export.title", "table.export.do", width=520)
        self._kind, self._columns, self._counts = kind, columns, rows
        self.grade = GradeChoice(kind)
        self.grade.chosen.connect(self._look)
        self.rows = Segments(
            [("chosen", "table.export.chosen"), ("all", "table.export.shown")],
            "table.export.rows",
        )
        self.rows.choose("chosen" if rows[0] else "all")
        self.rows.chosen.connect(lambda _key: self._look())
        formats = [(".xlsx", "=XLSX"), (".csv", "=CSV")]
        if kind is not Kind.TEAM:
            formats.append((".geojson", "=GeoJSON"))
        self.format = Segments(formats, "table.export.format")
        self.format.choose(".xlsx")
        self.body.addWidget(self.grade)
        fields = form()
        add_field(fields, "table.export.rows", self.rows)
        add_field(fields, "table.export.format", self.format)
        self.body.addLayout(fields)
        self.says = Data(role="caption", wrap=True)
        self.body.addWidget(card(column(self.says, margin=10)))
        self.grade.setFocus()
        retext(self, self._look)

    def missing(self) -> str:
        if self.grade.grade is None:
            return "table.why.no_grade"
        return "" if self._rows() else "table.why.no_rows"

    def _rows(self) -> int:
        return self._counts[0] if self.rows.choice() == "chosen" else self._counts[1]

    def _look(self) -> None:
        from layers.export.rows import may_leave

        self.check()
        grade = self.grade.grade
        if grade is None:
            self.says.setText(tr("table.why.no_grade"))
            return
        out = [tr(s.head) for s in self._columns if not may_leave(self._kind, s.key, grade)]
        said = [tr("table.export.says_rows", n=number(self._rows()))]
        if out:
            said.append(tr("table.export.says_out", n=number(len(out)), names=", ".join(out)))
        said.append(tr("table.export.says_logged"))
        self.says.setText("\n".join(said))
        self.grow()

    def finish(self) -> None:
        grade = self.grade.grade
        if grade is not None:
            chosen = self.rows.choice() == "chosen"
            self.ready.emit(WantedTable(grade, chosen, self.format.choice()))
