"""Parts of a dossier: facts under headings, links to other rows, cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFormLayout, QWidget

from geo import localise
from gui import i18n
from gui.models.history import sentence
from gui.rights import why_not
from gui.widgets.buttons import Button
from gui.widgets.entity_list import symbol_picture
from gui.widgets.fold import Fold
from gui.widgets.in_place import ChoiceEditor, InPlace, LineEditor
from gui.widgets.layouts import Flow, boxed, card, column, row
from gui.widgets.link import Link
from gui.widgets.texts import Chip, Data, Elided, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from geo.edit.edit import Edit
    from geo.edit.verbs import Verb
    from geo.errors import PlanError
    from geo.model.entity import Kind
    from geo.project import Project
    from gui.panels.base import Desk
    from gui.panels.dossier import Dossier
    from layers.style import SymbolSpec


@dataclass(frozen=True, slots=True)
class Page:
    """A dossier: what it is about and its parts from top to bottom."""

    kind: str
    title: str
    second: str = ""
    parts: list[QWidget] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Field:
    """A value that can be corrected in place.

    Attributes:
        name: Code of what it is called.
        text: The value in words.
        make: Makes an editor that holds it.
        key: Tells it from the others of the page.
    """

    name: str
    text: str
    make: Callable[[], LineEditor | ChoiceEditor]
    key: str


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


def facts_form(rows: Sequence[tuple[str, str | QWidget]]) -> QWidget:
    """Return facts as name and value; one that is not known is a dash, never left out.

    A value that is a widget is corrected in place.
    """
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(4)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    mixed = any(isinstance(value, QWidget) for _, value in rows)
    for code, value in rows:
        name = Text(code, role="muted", wrap=True)
        name.setFixedWidth(112)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if isinstance(value, QWidget):
            name.setBuddy(value)
            name.setContentsMargins(0, 2, 0, 0)
            form.addRow(name, value)
        else:
            shown = Data(value or "–", wrap=True)
            if mixed:  # it stands in one line with those that are corrected
                shown.setProperty("inplace", "true")
                shown.setIndent(0)
                name.setContentsMargins(0, 2, 0, 0)
            form.addRow(name, shown)
    return boxed(form)


def fold(
    dossier: Dossier,
    code: str,
    make: Callable[[], Sequence[QWidget]],
    *,
    count: int | None = None,
    is_open: bool = True,
) -> QWidget:
    """Return a section that the user opens and closes; the dossier remembers which are open.

    Args:
        dossier: Remembers it for this session, for every row of the kind.
        code: Code of its heading.
        make: Makes its parts when it is first opened.
        count: How much is in it; None shows nothing.
        is_open: Whether it is open until the user says otherwise.
    """
    words = "" if count is None else i18n.number(count)
    made = Fold(code, make, count=words, is_open=dossier.folds.get(code, is_open))
    made.turned.connect(lambda turned: dossier.turn(code, made, is_open=turned))
    return made


def in_place(
    dossier: Dossier,
    project: Project,
    verb: Verb,
    field: Field,
    build: Callable[[Project, object], Edit],
) -> InPlace:
    """Return a value that the user corrects where it stands: one edit each time.

    Args:
        dossier: Where it stands.
        project: The plan, whose user may or may not do it.
        verb: What it is.
        field: The value and its editor.
        build: Turns the plan and the new value into the edit.
    """
    desk = dossier.desk

    def save(value: object, done: Callable[[], None], failed: Callable[[PlanError], None]) -> None:
        def kept(edit: Edit) -> None:
            done()
            tell_done(desk, edit)

        desk.session.do(lambda plan: build(plan, value), kept, failed)

    made = InPlace(field.name, field.text, field.make, save, key=field.key)
    made.ended.connect(dossier.mark_stale)
    code, params = why_not(project, verb)
    if code:
        made.forbid(code, **params)
    return made


def tell_done(desk: Desk, edit: Edit) -> None:
    """Say what was done, with the way back."""
    desk.toast.tell(
        "window.done", what=sentence(edit), button="action.undo", press=desk.session.undo
    )


def nothing_yet(code: str, button: Button | None = None) -> list[QWidget]:
    """Return what an empty section says, with the one button that is the next step."""
    return [note(code), *([boxed(row(button, None))] if button is not None else [])]


def asking(dossier: Dossier, name: str, code: str, icon: str, *what: object) -> Button | None:
    """Return a button that asks for an act by name, or None where nobody does it."""
    if not dossier.desk.intents.has(name):
        return None
    button = Button(code, icon)
    button.clicked.connect(lambda: dossier.desk.intents.ask(name, *what))
    return button


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
    button = Link(title)
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
