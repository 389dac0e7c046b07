"""What a report is about: a province, an operation, or an analysis with its usual settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from geo.model.command import Operation
from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.buttons import Segments
from gui.widgets.layouts import column
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from geo.project import Project

PROVINCE, OPERATION, ANALYSIS = "province", "operation", "analysis"
ANALYSES: Final = ("hotspots", "pressure", "scoreboard")


class ReportAbout(QWidget):
    """The choice, and what belongs to it.

    Attributes:
        changed: Something else was chosen.
        kind: Province, operation or analysis.
        operation: Which operation.
        analysis: Which analysis.
    """

    changed = Signal()

    def __init__(self) -> None:
        """Begin with the province."""
        super().__init__()
        self.kind = Segments(
            [
                (PROVINCE, "panel.report.province"),
                (OPERATION, "panel.report.operation"),
                (ANALYSIS, "panel.report.analysis"),
            ],
            "panel.report.kind",
        )
        self.kind.choose(PROVINCE)
        self.kind.chosen.connect(lambda _key: self._show())
        self.operation, self.analysis = QComboBox(), QComboBox()
        for box, code in (
            (self.operation, "panel.report.operation"),
            (self.analysis, "panel.report.analysis"),
        ):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            retext(box, partial(_name, box, code))
        for kind in ANALYSES:
            self.analysis.addItem("", kind)
        self.note = Text("panel.report.analysis_note", role="caption", wrap=True)
        self.setLayout(column(self.kind, self.operation, self.analysis, self.note, gap=10))
        retext(self, self._word)
        self._show()

    @property
    def report(self) -> str:
        """The kind of the report: what stands in `ReportKind`."""
        chosen = self.kind.choice()
        return str(self.analysis.currentData()) if chosen == ANALYSIS else chosen

    @property
    def is_analysis(self) -> bool:
        """Whether it is about an analysis, which is for the command alone."""
        return self.kind.choice() == ANALYSIS

    @property
    def is_operation(self) -> bool:
        """Whether it is about an operation."""
        return self.kind.choice() == OPERATION

    def refresh(self, project: Project) -> None:
        """Offer the operations of a plan."""
        chosen = self.operation.currentData()
        with QSignalBlocker(self.operation):
            self.operation.clear()
            for operation in sorted(project.all(Operation), key=lambda o: o.name):
                words = f"{operation.name} · {i18n.label(operation.state)}"
                self.operation.addItem(words, operation.id)
            self.operation.setCurrentIndex(max(self.operation.findData(chosen), 0))

    def _show(self) -> None:
        self.operation.setVisible(self.is_operation)
        self.analysis.setVisible(self.is_analysis)
        self.note.setVisible(self.is_analysis)
        self.changed.emit()

    def _word(self) -> None:
        for at, kind in enumerate(ANALYSES):
            self.analysis.setItemText(at, tr(f"report.title.{kind}"))


def _name(box: QComboBox, code: str) -> None:
    box.setAccessibleName(tr(code))
