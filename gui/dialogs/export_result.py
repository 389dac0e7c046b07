"""For whom a result of the analysis is, and what it becomes: a report, or a layer with rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from gui.dialogs.base import FormDialog, add_field, form
from gui.i18n import number, retext, tr
from gui.models.leaving import REPORTS, refused
from gui.widgets.buttons import Segments
from gui.widgets.grade_choice import GradeChoice
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.models.leaving import Leaving


@dataclass(frozen=True, slots=True)
class WantedResult:
    """What is to be written: at which grade, and in which format (a suffix)."""

    grade: Grade
    suffix: str


class ExportResultDialog(FormDialog):
    """Asks for grade and format, and says what will be in the file.

    Attributes:
        ready: A `WantedResult`.
    """

    ready = Signal(object)

    def __init__(self, leaving: Leaving, parent: QWidget) -> None:
        super().__init__(parent, "findings.export.title", "table.export.do", width=520)
        self._leaving = leaving
        self.grade = GradeChoice(Kind.ALLEGATION, refused)
        self.grade.chosen.connect(self._look)
        named = {".geojson": "GeoJSON", ".gpkg": "GeoPackage"}
        self.format = Segments(
            [(s, f"={named.get(s, s[1:].upper())}") for s in leaving.suffixes],
            "table.export.format",
        )
        self.format.choose(REPORTS[0])
        self.format.chosen.connect(lambda _key: self._look())
        self.body.addWidget(self.grade)
        fields = form()
        add_field(fields, "table.export.format", self.format)
        self.body.addLayout(fields)
        self.says = Data(role="caption", wrap=True)
        self.body.addWidget(card(column(self.says, margin=10)))
        self.grade.setFocus()
        retext(self, self._look)

    def missing(self) -> str:
        return "" if self.grade.grade is not None else "table.why.no_grade"

    def _look(self) -> None:
        self.check()
        kind = "report" if self.format.choice() in REPORTS else "layer"
        self.says.setText(tr(f"findings.export.says_{kind}", n=number(self._leaving.rows)))
        self.grow()

    def finish(self) -> None:
        grade = self.grade.grade
        if grade is not None:
            self.ready.emit(WantedResult(grade, self.format.choice()))
