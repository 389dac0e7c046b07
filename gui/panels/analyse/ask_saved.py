"""The live layers of a plan as a list: shown or hidden, opened, taken up again, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import i18n
from gui.i18n import message, retext, tr
from gui.panels.legend_sign import Sign
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, clear, column, row
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.live import LiveRows


class SavedList(QWidget):
    """A line for each live layer.

    Attributes:
        taken: The form is to hold its question (id).
        opened: Its rows are to be shown as a table (id).
        visible_set: The map is to show it or not (id, shown).
        export_asked: Its rows are to leave (id).
        deleted: It is to go (id).
    """

    taken = Signal(str)
    opened = Signal(str)
    visible_set = Signal(str, bool)
    export_asked = Signal(str)
    deleted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._live: Sequence[LiveRows] = ()
        self._why: tuple[str, dict[str, object]] = ("", {})
        self.lines: dict[str, QWidget] = {}
        self._rows = column(gap=2)
        self.none = Text("ask.saved_none", role="caption", wrap=True)
        self.setLayout(
            column(Text("ask.saved", role="heading"), self.none, boxed(self._rows), gap=4)
        )
        retext(self, self._fill)

    def show_rows(self, live: Sequence[LiveRows], why: tuple[str, dict[str, object]]) -> None:
        """Show the layers; `why` says why none can be deleted, an empty code that they can."""
        self._live, self._why = live, why
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        self.lines = {rows.id: self._line(rows) for rows in self._live}
        for line in self.lines.values():
            self._rows.addWidget(line)
        self.none.setVisible(not self._live)

    def _line(self, rows: LiveRows) -> QWidget:
        from layers.legend import LegendEntry

        eye = IconButton(
            "eye" if rows.visible else "eye-off",
            "panel.layers.hide" if rows.visible else "panel.layers.show",
            look="small",
        )
        eye.setObjectName("eye")
        eye.clicked.connect(lambda: self.visible_set.emit(rows.id, not rows.visible))
        name = Button("", look="link")
        name.setObjectName("name")
        name.setText(rows.name)
        name.setToolTip(tr("ask.take"))
        name.clicked.connect(lambda: self.taken.emit(rows.id))
        table = IconButton("table", "ask.table", look="small")
        table.setObjectName("table")
        table.clicked.connect(lambda: self.opened.emit(rows.id))
        leave = IconButton("file-export", "ask.export", look="small")
        leave.setObjectName("export")
        leave.clicked.connect(lambda: self.export_asked.emit(rows.id))
        delete = IconButton("trash", "ask.delete", look="small")
        delete.setObjectName("delete")
        delete.clicked.connect(lambda: self.deleted.emit(rows.id))
        code, params = self._why
        explain(delete, code, **params)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        head = row(eye, Sign(LegendEntry((), symbol=rows.spec)), name, gap=4)
        head.setStretch(2, 1)
        acts = row(30, None, gap=2)
        if rows.answers is not None:
            head.addWidget(Data(i18n.number(rows.answers.n)))
            for button in (table, leave):
                acts.addWidget(button)
        acts.addWidget(delete)
        told = column(boxed(head), boxed(acts), gap=0)
        if rows.error is not None:
            told.addWidget(Data(message(rows.error), role="warning", wrap=True))
        elif rows.answers is not None and rows.answers.perhaps + rows.answers.unjudged:
            words = tr(
                "ask.open_rows",
                perhaps=i18n.number(rows.answers.perhaps),
                unjudged=i18n.number(rows.answers.unjudged),
            )
            acts.insertWidget(1, Data(words, role="caption", wrap=True), 1)
        return boxed(told)
