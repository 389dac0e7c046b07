"""The legend of a result: what its colours mean, how it was computed, hide it, remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame

from gui import i18n, theme
from gui.i18n import retext
from gui.panels.legend_sign import Sign
from gui.print.khmer import breakable
from gui.widgets.buttons import IconButton
from gui.widgets.fold import Fold
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from layers.findings import FindingClass, Findings

HEIGHT_CHANGES: Final = frozenset(
    {QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Polish}
)
NOTE_PX: Final = 150
"""What a result rests on can be long; the section below keeps its room."""
MOST: Final = 9
"""So many classes stand in the legend; of more, the rest is counted."""


class FindingsLegend(QFrame):
    """Shows one result, or nothing at all.

    Attributes:
        visible_set: The map is to show it or not.
        removed: It is to be taken away.
        grown: It needs another height.
    """

    visible_set = Signal(bool)
    removed = Signal()
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._shown: Findings | None = None
        self._visible = True
        self.title = Elided(role="heading")
        self.eye = IconButton("eye", "findings.hide", look="small")
        self.remove = IconButton("x", "findings.remove", look="small")
        self.stale = Text("findings.stale", role="warning", wrap=True)
        self.stale.hide()
        self._classes = column(gap=1)
        self.fold = Fold("findings.how", self._how, is_open=False)
        self.note = Data(role="caption", wrap=True)
        head = row(self.title, self.eye, self.remove, gap=2)
        head.setStretch(0, 1)
        inner = column(head, self.stale, self._classes, self.fold, gap=3)
        inner.setContentsMargins(10, 4, 6, 4)
        self.setLayout(inner)
        self._told = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._tell_height)
        self.eye.clicked.connect(lambda: self.visible_set.emit(not self._visible))
        self.remove.clicked.connect(self.removed)
        retext(self, self._word)
        theme.on_theme(self, self._word)
        self.hide()

    def show_findings(self, findings: Findings | None, *, visible: bool, stale: bool) -> None:
        """Show the legend of a result; None shows nothing."""
        another = findings is not self._shown
        self._shown, self._visible = findings, visible
        self.eye.set_icon("eye" if visible else "eye-off", role="text" if visible else "muted")
        self.eye.say("findings.hide" if visible else "findings.show")
        self.stale.setVisible(stale)
        self.setVisible(findings is not None)
        if another:
            self.fold.head.setChecked(False)
            self._word()

    def _how(self) -> list[QWidget]:
        area = scrolling(boxed(column(self.note, None)))
        area.setFixedHeight(NOTE_PX)
        return [area]

    def _word(self) -> None:
        clear(self._classes)
        found, language = self._shown, i18n.language()
        if found is None:
            return
        self.title.setText(found.title.words(language))
        self.setAccessibleName(self.title.text())
        for each in found.classes[:MOST]:
            self._classes.addLayout(_line(each.on_theme(theme.current().name)))
        rest = len(found.classes) - MOST
        if rest > 0:
            self._classes.addWidget(Text("findings.more", role="caption", n=i18n.number(rest)))
        self.note.setText(breakable("\n".join(each.words(language) for each in found.note)))
        self.fold.setVisible(bool(found.note))

    def event(self, event: QEvent) -> bool:
        # Its height is another whenever a label gets its text, its style or its font.
        if event.type() in HEIGHT_CHANGES:
            self._soon.start()
        return super().event(event)

    def _tell_height(self) -> None:
        height = self.sizeHint().height() if self.isVisible() else 0
        if height != self._told:
            self._told = height
            self.grown.emit()


def _line(each: FindingClass) -> QHBoxLayout:
    line = row(Sign(each), Elided(each.label.words(i18n.language()), role="caption"), gap=8)
    line.setStretch(1, 1)
    if each.count is not None:
        line.addWidget(Data(i18n.number(each.count), role="caption"))
    return line
