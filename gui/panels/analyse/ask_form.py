"""The form of a question: what is asked for, and conditions joined by "and" or "or"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from geo.model.entity import Kind
from geo.question.fields import FIELDS, YesNo
from geo.question.form import (
    About,
    AtLeast,
    Condition,
    GradeAtLeast,
    Lately,
    Near,
    OneOf,
    Place,
    Question,
    Unseen,
)
from geo.question.wire import checked
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.analyse.ask_parts import (
    ChoiceEditor,
    DaysEditor,
    Editor,
    GradeEditor,
    NearEditor,
    NumberEditor,
    UnseenEditor,
    choice_box,
)
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import column, row
from layers.asked import member_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.project import Project

FIRST: Final = Question(any_of=((Near(which="TH"), GradeAtLeast(), Unseen()),))
"""What the form holds before anybody has asked: the question of every morning at the border."""
AND, OR = "and", "or"
MOST: Final = 12


class ConditionCard(QFrame):
    """One condition: how it is joined, of which field, its values, whether it is turned round.

    Attributes:
        changed: Something else is asked.
        removed: It is to go.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, about: About, offered: dict[Place, Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._about, self._offered = about, offered
        self.join, self.field = choice_box(), choice_box()
        self.join.addItem("", AND)
        self.join.addItem("", OR)
        for key in FIELDS[about]:
            self.field.addItem("", key)
        self.negated = QCheckBox()
        self.remove = IconButton("x", "ask.remove", look="small")
        self.editor: Editor = NumberEditor()
        head = row(self.field, self.remove, gap=2)
        head.setStretch(0, 1)
        self._place = column(self.editor, gap=0)
        self.setLayout(column(head, self._place, self.negated, margin=8, gap=4))
        self.field.currentIndexChanged.connect(self._turn)
        self.negated.toggled.connect(lambda _on: self.changed.emit())
        self.join.currentIndexChanged.connect(lambda _i: self.changed.emit())
        self.remove.clicked.connect(self.removed)
        retext(self, self._word)
        self._turn()

    def _word(self) -> None:
        for at, code in enumerate((AND, OR)):
            self.join.setItemText(at, tr(f"ask.join.{code}"))
        for at, key in enumerate(FIELDS[self._about]):
            self.field.setItemText(at, tr(f"ask.field.{self._about.value}.{key}"))
        self.negated.setText(tr("ask.negated"))
        self.join.setAccessibleName(tr("ask.join"))
        self.field.setAccessibleName(tr("ask.field"))

    def _turn(self) -> None:
        key = self.field.currentData()
        old = self.editor
        self.editor = _editor(self._about, key, self._offered)
        self._place.replaceWidget(old, self.editor)
        old.hide()
        old.deleteLater()
        self.editor.changed.connect(self.changed)
        self.changed.emit()

    def condition(self) -> Condition:
        """Return the condition.

        Raises:
            InputError: Its fields say nothing that can be asked.
        """
        from dataclasses import replace

        found = self.editor.condition(self.field.currentData())
        return replace(found, negated=self.negated.isChecked())

    def show_condition(self, condition: Condition, join: str) -> None:
        """Fill the card."""
        self.field.setCurrentIndex(self.field.findData(condition.field))
        self.editor.show_condition(condition)
        self.negated.setChecked(condition.negated)
        self.join.setCurrentIndex(self.join.findData(join))


def _editor(about: About, key: str, offered: dict[Place, Sequence[tuple[str, str]]]) -> Editor:
    field = FIELDS[about][key]
    if OneOf in field.shape and field.words is not None:
        words = field.words
        return ChoiceEditor([member_of(words, m.value) if words is YesNo else m for m in words])
    if Near in field.shape:
        return NearEditor(offered)
    for shape, make in (
        (GradeAtLeast, GradeEditor),
        (Unseen, UnseenEditor),
        (Lately, DaysEditor),
        (AtLeast, NumberEditor),
    ):
        if shape in field.shape:
            return make()
    raise KeyError(key)


class AskForm(QWidget):
    """A question as a person puts it together. "And" binds closer than "or".

    Attributes:
        changed: Something else is asked.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.about = choice_box()
        for about in About:
            self.about.addItem("", about.value)
        self.cards: list[ConditionCard] = []
        self._offered: dict[Place, Sequence[tuple[str, str]]] = {}
        self._rows = column(gap=6)
        self.add = Button("ask.add", "plus")
        self.add.clicked.connect(self._more)
        self.setLayout(column(self.about, self._rows, row(self.add, None), gap=6))
        self.about.currentIndexChanged.connect(self._begin)
        retext(self, self._word)
        self.show_question(FIRST)

    def _word(self) -> None:
        for at, about in enumerate(About):
            self.about.setItemText(at, tr(f"ask.about.{about.value}"))
        self.about.setAccessibleName(tr("ask.about"))

    def offer(self, project: Project) -> None:
        """Offer the crossings and zones of a plan."""
        offered: dict[Place, Sequence[tuple[str, str]]] = {}
        crossings, zones = project.table(Kind.CROSSING), project.table(Kind.ZONE)
        offered[Place.CROSSING] = [
            (i18n.name_of(km, en, "–"), str(key))
            for key, km, en in zip(
                crossings.ids, crossings["name_km"], crossings["name_en"], strict=True
            )
        ]
        offered[Place.ZONE] = [
            (str(name), str(key)) for key, name in zip(zones.ids, zones["name"], strict=True)
        ]
        self._offered.clear()
        self._offered.update(offered)

    # --- question -------------------------------------------------------------------------------

    def question(self) -> Question:
        """Return what is asked.

        Raises:
            InputError: A condition lacks its value, or there is none.
        """
        groups: list[list[Condition]] = []
        for card in self.cards:
            if not groups or card.join.currentData() == OR:
                groups.append([])
            groups[-1].append(card.condition())
        about = About(self.about.currentData())
        return checked(Question(about=about, any_of=tuple(tuple(g) for g in groups)))

    def show_question(self, question: Question) -> None:
        """Put a question into the form."""
        with QSignalBlocker(self.about):
            self.about.setCurrentIndex(self.about.findData(question.about.value))
        self._clear()
        for group in question.any_of:
            for place, condition in enumerate(group):
                card = self._append()
                card.show_condition(condition, AND if place else OR)
        self._joined()
        self.changed.emit()

    def _begin(self) -> None:
        """Begin anew with other rows: their fields are others."""
        self._clear()
        self._append()
        self._joined()
        self.changed.emit()

    def _more(self) -> None:
        card = self._append()
        self._joined()
        card.field.setFocus()
        self.changed.emit()

    def _append(self) -> ConditionCard:
        card = ConditionCard(About(self.about.currentData()), self._offered)
        card.changed.connect(self.changed)
        card.removed.connect(lambda: self._drop(card))
        self.cards.append(card)
        self._rows.addWidget(card.join)
        self._rows.addWidget(card)
        return card

    def _drop(self, card: ConditionCard) -> None:
        if len(self.cards) == 1:
            return
        self.cards.remove(card)
        for widget in (card.join, card):
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._joined()
        self.changed.emit()

    def _clear(self) -> None:
        for card in self.cards:
            for widget in (card.join, card):
                self._rows.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.cards = []

    def _joined(self) -> None:
        """The first condition is joined to nothing; a lone one stays."""
        for place, card in enumerate(self.cards):
            card.join.setVisible(place > 0)
            card.remove.setVisible(len(self.cards) > 1)
        self.add.setEnabled(len(self.cards) < MOST)
