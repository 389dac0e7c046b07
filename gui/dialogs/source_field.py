"""The field of who said it: a pseudonym of the plan, a new one, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from geo.model.allegation import Source
from gui.i18n import retext, tr
from gui.widgets.layouts import column
from gui.widgets.texts import Elided

if TYPE_CHECKING:
    from geo.project import Project


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """Who said it: an existing source, a new one under a pseudonym, or nobody knows.

    Attributes:
        source: The existing one, or None.
        pseudonym: Of a new one, or empty.
    """

    source: Source | None = None
    pseudonym: str = ""


class SourceField(QWidget):
    """A pseudonym of the plan, or a new one."""

    changed = Signal()

    def __init__(self, project: Project, source_id: str) -> None:
        super().__init__()
        self.combo = QComboBox()
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMaxVisibleItems(14)
        if (finder := self.combo.completer()) is not None:
            finder.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.hint = Elided(role="caption")
        self.setLayout(column(self.combo, self.hint, gap=0))
        retext(self.combo, self._word)
        self.combo.currentTextChanged.connect(lambda _text: self._say())
        self.offer(project, source_id)

    def offer(self, project: Project, source_id: str = "") -> None:
        """Offer the plan's sources and the next free pseudonym."""
        from geo.edit.sources import next_pseudonym

        self._sources = {s.pseudonym: s for s in project.all(Source)}
        self._next = next_pseudonym(project)
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems([self._next, *sorted(self._sources)])
        chosen = next((p for p, s in self._sources.items() if s.id == source_id), "")
        self.combo.setCurrentIndex(self.combo.findText(chosen) if chosen else -1)
        self.combo.setEditText(chosen)
        self.combo.blockSignals(False)
        self._say()

    def choice(self) -> SourceChoice:
        """Return who said it."""
        typed = self.combo.currentText().strip()
        known = {p.casefold(): s for p, s in self._sources.items()}
        if not typed:
            return SourceChoice()
        if typed.casefold() in known:
            return SourceChoice(source=known[typed.casefold()])
        return SourceChoice(pseudonym=typed)

    def _say(self) -> None:
        from geo.edit.sources import looks_like_a_name

        choice = self.choice()
        if choice.source is not None:
            code = "dialog.allegation.source_known"
        elif not choice.pseudonym:
            code = "dialog.allegation.source_unknown"
        elif looks_like_a_name(choice.pseudonym):
            code = "dialog.source.name_warning"
        else:
            code = "dialog.allegation.source_new"
        self.hint.setText(tr(code))
        self.hint.setProperty("why", code)
        self.changed.emit()

    def _word(self) -> None:
        line = self.combo.lineEdit()
        if line is not None:
            line.setPlaceholderText(tr("dialog.allegation.source_nobody", next=self._next_or()))
            line.setAccessibleName(tr("panel.column.source"))
        if hasattr(self, "_sources"):
            self._say()

    def _next_or(self) -> str:
        return getattr(self, "_next", "S-001")
