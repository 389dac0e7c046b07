"""Labels: texts of the catalogue, and data, which is never more than plain text."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from gui.i18n import retext, tr
from gui.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

SHOWN_PARTS = 2


class Text(QLabel):
    """A text of the catalogue."""

    def __init__(
        self, code: str = "", *, role: str = "", wrap: bool = False, **params: object
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
            self.setIndent(0)  # Qt would move a text aside as soon as its style has a padding
        self._code, self._params = code, params
        retext(self, self._word)

    def say(self, code: str, **params: object) -> None:
        """Show another text; an empty code shows nothing."""
        self._code, self._params = code, params
        self._word()

    @property
    def code(self) -> str:
        """Code of the text that is shown."""
        return self._code

    def _word(self) -> None:
        self.setText(tr(self._code, **self._params) if self._code else "")


class Data(QLabel):
    """What stands in the plan, or a number: shown as it is, never as HTML.

    It cannot be marked and copied: what leaves passes the table of grades.
    """

    def __init__(self, text: str = "", *, role: str = "", wrap: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
            self.setIndent(0)
        self.setText(text)


class Elided(Data):
    """One line of data that ends in … where it does not fit; the tooltip has all of it."""

    def __init__(self, text: str = "", *, role: str = "") -> None:
        super().__init__(text, role=role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            area = self.contentsRect()
            shown = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, area.width()
            )
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(area, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        finally:
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._explain()

    def _explain(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(plain_tip(self.text()) if cut else "")


def shown_path(path: Path) -> str:
    """Return a folder as people know it: by ``~`` under their own, else its last two names."""
    with contextlib.suppress(ValueError, RuntimeError):
        return str(Path("~") / path.relative_to(Path.home()))
    last = path.parts[-SHOWN_PARTS:]
    return str(path) if len(path.parts) <= len(last) + 1 else str(Path("…", *last))


class Chip(Data):
    """A few words on a coloured ground: a state, a kind, a count."""

    def __init__(self, text: str = "", tone: str = "true") -> None:
        super().__init__(text)
        self.setProperty("chip", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Line(QFrame):
    """A thin line between two things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", "true")
