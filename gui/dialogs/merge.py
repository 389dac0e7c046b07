"""Merging two rows: what exactly will happen, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from geo.edit.merging import Side
from gui import i18n
from gui.dialogs.base import FormDialog
from gui.i18n import retext, tr
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.edit.merging import Merger

WIDTH, MARGIN = 500, 24


class MergeDialog(FormDialog):
    """Says what a merger does; a released operation is named and has to be agreed to.

    Attributes:
        ready: The user wants it; True if a released operation is touched and he said so.
    """

    ready = Signal(bool)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentences: Callable[[], Sequence[str]],
        operations: Sequence[str] = (),
    ) -> None:
        """Ask.

        Args:
            parent: The window over which it stands.
            title: Code of its title.
            sentences: What will happen, in the language as it is when asked.
            operations: Names of operations past their release that are touched.
        """
        super().__init__(parent, title, "duplicates.merge", width=WIDTH)
        self._sentences = sentences
        self.said = Data(wrap=True)
        self.body.addWidget(self.said)
        self.agreed = QCheckBox()
        self._operations = tuple(operations)
        if operations:
            names = ", ".join(operations)
            told = Text("duplicates.released", wrap=True, operations=names)
            self.body.addWidget(card(column(told, self.agreed, margin=12), "warning"))
        self.body.addWidget(Text("duplicates.undo", role="caption", wrap=True))
        self.agreed.toggled.connect(lambda _on: self.check())
        retext(self, self._word)
        self.check()

    def missing(self) -> str:
        waits = self._operations and not self.agreed.isChecked()
        return "duplicates.why.released" if waits else ""

    def finish(self) -> None:
        self.ready.emit(bool(self._operations))

    def _word(self) -> None:
        self.said.setText("\n".join(f"•  {sentence}" for sentence in self._sentences()))
        # A dialog asks a wrapped text for its height before it knows its width.
        self.said.ensurePolished()
        self.said.setMinimumHeight(self.said.heightForWidth(WIDTH - 2 * MARGIN))
        self.agreed.setText(tr("duplicates.released_known"))


def merger_words(merger: Merger, choices: Mapping[str, Side], keep: str, drop: str) -> list[str]:
    """Return what merging two sites does, sentence by sentence."""
    words = [tr("duplicates.will.merge", keep=keep, drop=drop)]
    taken = [field for field, side in choices.items() if side is Side.DROP]
    if taken:
        names = ", ".join(tr(f"duplicates.field.{field}") for field in taken)
        words.append(tr("duplicates.will.take", fields=names, drop=drop))
    moved = [
        f"{i18n.number(count)} {tr(f'vocab.Kind.{kind.value}')}"
        for kind, count in merger.moved.items()
    ]
    if moved:
        words.append(tr("duplicates.will.move", rows=", ".join(moved), keep=keep))
    status = i18n.label(merger.keep.legal_status)
    words.append(tr("duplicates.will.status", status=status))
    if merger.decisions[1]:
        words.append(tr("duplicates.will.ledger", n=i18n.number(merger.decisions[1]), drop=drop))
    words.append(tr("duplicates.will.hide", drop=drop))
    return words
