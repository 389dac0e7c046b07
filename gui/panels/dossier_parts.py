"""Parts of a dossier: facts under headings, links to other rows, cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFormLayout, QWidget

from geo import localise
from gui import i18n
from gui.widgets.buttons import Button
from gui.widgets.entity_list import symbol_picture
from gui.widgets.layouts import Flow, boxed, card, column, row
from gui.widgets.texts import Chip, Data, Elided, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from geo.model.entity import Kind
    from gui.panels.dossier import Dossier
    from layers.style import SymbolSpec


@dataclass(frozen=True, slots=True)
class Page:
    """A dossier: what it is about and its parts from top to bottom."""

    kind: str
    title: str
    second: str = ""
    parts: list[QWidget] = field(default_factory=list)


class Symbol(QWidget):
    """A symbol of the map."""

    def __init__(self, spec: SymbolSpec, size: int = 18) -> None:
        super().__init__()
        self._spec, self._size = spec, size
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            symbol_picture(painter, self._spec, self.rect().topLeft(), self._size)
        finally:
            painter.end()


def section(code: str, *parts: QWidget) -> QWidget:
    """Return parts under a heading."""
    return boxed(column(Text(code, role="heading"), *parts, gap=6))


def facts_form(rows: Sequence[tuple[str, str]]) -> QWidget:
    """Return facts as name and value; one that is not known is a dash, never left out."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(4)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for code, value in rows:
        name = Text(code, role="muted", wrap=True)
        name.setFixedWidth(112)
        form.addRow(name, Data(value or "–", wrap=True, copyable=True))
    return boxed(form)


def chips(*words: tuple[str, str]) -> QWidget:
    """Return words on coloured grounds, pairs of a text and a tone."""
    flow = Flow(6)
    for text, tone in words:
        flow.addWidget(Chip(text, tone))
    return boxed(flow)


def link_row(
    title: str, second: str, press: Callable[[], object], symbol: SymbolSpec | None = None
) -> QWidget:
    """Return a card that leads to another row."""
    button = Button("", look="link")
    button.setText(title.replace("&", "&&"))
    button.clicked.connect(lambda _checked=False: press())
    texts = column(button, *([Elided(second, role="caption")] if second else []), gap=0)
    if second:
        last = texts.itemAt(1)
        if last is not None and (label := last.widget()) is not None:
            label.setContentsMargins(5, 0, 0, 0)
    inner = row(Symbol(symbol), texts, gap=8) if symbol is not None else row(texts)
    inner.setContentsMargins(10, 4, 8, 6)
    inner.setStretch(inner.count() - 1, 1)
    return card(inner)


def note(code: str, role: str = "caption", **params: object) -> QWidget:
    """Return a sentence of explanation."""
    return Text(code, role=role, wrap=True, **params)


def place(lonlat: tuple[float, float] | None) -> str:
    """Return a position in the language's digits, or nothing."""
    from geo import crs

    if lonlat is None:
        return ""
    return crs.format_decimal(*lonlat, khmer_digits=i18n.language() == "km")


def accuracy(metres: float | None) -> str:
    """Return an accuracy with its unit, or nothing."""
    return "" if metres is None else f"± {localise.format_length(metres, i18n.language())}"


def follow(dossier: Dossier, kind: Kind, entity_id: str) -> Callable[[], None]:
    """Return what leads from one row to another."""
    return lambda: dossier.select(kind, entity_id)
