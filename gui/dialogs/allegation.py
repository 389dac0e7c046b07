"""Taking in an allegation, for an officer on the telephone: one page, by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox

from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.vocabulary import Answer, Channel, Credibility, Reliability
from gui import facts, i18n
from gui.dialogs.allegation_parts import (
    KindsField,
    OccurredField,
    PeopleField,
    ReceivedField,
)
from gui.dialogs.allegation_place import Place, PlaceField
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.dialogs.source_field import SourceField
from gui.i18n import retext
from gui.widgets.buttons import Button, Segments, explain
from gui.widgets.layouts import row
from gui.widgets.masked_text import MaskedText
from gui.widgets.no_copy import keep_stored
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from enum import StrEnum

    from PySide6.QtWidgets import QFormLayout, QWidget

    from geo.model.entity import LonLat
    from geo.project import Project
    from gui.panels.base import Desk

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Taken:
    """What the form holds.

    Attributes:
        pseudonym: Of a source that is new to the plan, or empty.
        then_next: Another one is to be taken in afterwards.
    """

    allegation: Allegation
    pseudonym: str
    then_next: bool = False


class AllegationDialog(FormDialog):
    """Asks for an allegation, or for its corrections.

    Attributes:
        ready: A `Taken`.
        pick_asked: The place is to be clicked on the map.
    """

    ready = Signal(object)
    pick_asked = Signal()

    def __init__(
        self, desk: Desk, project: Project, allegation: Allegation, parent: QWidget, *, is_new: bool
    ) -> None:
        title = "dialog.allegation.title" if is_new else "dialog.allegation.title_edit"
        super().__init__(parent, title, "dialog.allegation.save", width=WIDTH)
        self._project, self._old, self._is_new = project, allegation, is_new
        self._then_next, self._graded = False, not is_new
        self._make_fields(desk, allegation)
        self._arrange()
        self.next_button = Button("dialog.allegation.save_next")
        self.next_button.clicked.connect(self._save_next)
        self.next_button.setVisible(is_new)
        self.buttons.insertWidget(1, self.next_button)
        for keys, press in (
            ("Ctrl+Return", self.accept_button.click),
            ("Ctrl+Enter", self.accept_button.click),
            ("Ctrl+Shift+Return", self.next_button.click),
        ):
            QShortcut(QKeySequence(keys), self, press)
        self._fill(allegation)
        if not is_new:
            for field in (self.reference, self.words):
                keep_stored(field)
        self.kinds.boxes[next(iter(self.kinds.boxes))].setFocus()
        self.check()

    # --- the form -------------------------------------------------------------------------------

    def _make_fields(self, desk: Desk, old: Allegation) -> None:
        now = facts.local_now()
        self.kinds = KindsField(old.kinds)
        self.held = Segments(
            [(a.value, f"dialog.allegation.held.{a.value}") for a in Answer],
            "panel.column.held_now",
        )
        self.people = PeopleField()
        self.received = ReceivedField(old.received_on, old.received_at, now)
        self.occurred = OccurredField(old.occurred_on, now.date())
        self.channel = _choices(Channel)
        self.reference = line(self.check)
        self.place = PlaceField(desk, self._project, self, Place.of(old))
        self.words = line(self.check)
        self.source = SourceField(self._project, old.source_id)
        self.reliability, self.credibility = _choices(Reliability), _choices(Credibility)
        self.text = MaskedText(old.text)
        self.place.pick_asked.connect(self.pick_asked)
        self.place.taken.connect(self.words.setFocus)
        self.source.changed.connect(self._source_changed)
        self.reliability.activated.connect(self._has_graded)
        self.received.dateTimeChanged.connect(lambda _moment: self.check())
        for field in (self.kinds, self.people, self.occurred, self.place):
            field.changed.connect(self.check)

    def _arrange(self) -> None:
        self.body.setSpacing(8)
        self.body.addWidget(Text("dialog.allegation.note", role="caption", wrap=True))
        self.body.addWidget(self.kinds)
        left, right = _form(), _form()
        add_field(left, "panel.column.held_now", self.held)
        add_field(left, "panel.allegation.people", self.people)
        add_field(left, "panel.column.received", self.received)
        add_field(left, "panel.allegation.occurred", self.occurred)
        add_field(left, "panel.allegation.channel", self.channel)
        add_field(left, "panel.column.reference", self.reference)
        add_field(right, "panel.column.place", self.place)
        add_field(right, "dialog.allegation.place_words", self.words)
        add_field(right, "panel.column.source", self.source)
        add_field(right, "dialog.allegation.reliability", self.reliability)
        add_field(right, "dialog.allegation.credibility", self.credibility)
        both = row(gap=24)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.body.addLayout(both)
        self.body.addWidget(self.text)

    def _fill(self, old: Allegation) -> None:
        self.held.choose(old.held_now.value)
        self.people.show_people(old.people_min, old.people_max, old.nationalities)
        self.channel.setCurrentIndex(self.channel.findData(old.channel.value))
        self.reference.setText(old.reference)
        self.words.setText(old.place_text)
        self.reliability.setCurrentIndex(self.reliability.findData(old.reliability.value))
        self.credibility.setCurrentIndex(self.credibility.findData(old.credibility.value))

    def _has_graded(self, _index: int) -> None:
        self._graded = True

    def _source_changed(self) -> None:
        """Take over the grade of a source until somebody grades this report himself."""
        source = self.source.choice().source
        if not self._graded:
            grade = source.reliability if source is not None else Reliability.F
            self.reliability.setCurrentIndex(self.reliability.findData(grade.value))
        self.check()

    def place_at(self, point: LonLat, accuracy_m: float) -> None:
        """Take the position that was clicked on the map; what was known of the site stays."""
        from geo.model.vocabulary import Precision

        self.place.show_place(Place(point, accuracy_m, precision=Precision.POINT))

    # --- handing over ---------------------------------------------------------------------------

    def missing(self) -> str:
        if not self.kinds.kinds():
            return "dialog.allegation.no_kind"
        try:
            self._read()
        except InputError as error:
            return error.code if error.code in _UNREADABLE else ""
        return ""

    def check(self) -> None:
        if not hasattr(self, "next_button"):
            return
        super().check()
        why = self.accept_button.property("why") or ""
        explain(self.next_button, str(why))

    def finish(self) -> None:
        choice = self.source.choice()
        then_next, self._then_next = self._then_next, False
        self.ready.emit(Taken(self._read(), choice.pseudonym, then_next))

    def start_over(self) -> None:
        """Begin the next one, received now by the same channel."""
        project, now = self._project, facts.local_now()
        self._waiting = False
        self._graded = False
        self._old = Allegation(channel=self._read().channel)
        self.kinds.clear()
        self._fill(self._old)
        self.received.show_moment(now)
        self.occurred.show_day(None, now.date())
        self.place.show_place(Place())
        self.source.offer(project)
        self.text.clear()
        self.fault.hide()
        self.kinds.boxes[next(iter(self.kinds.boxes))].setFocus()
        self.check()

    def _save_next(self) -> None:
        self._then_next = True
        self._accepted()

    def _read(self) -> Allegation:
        """Return the allegation as it stands in the form.

        Raises:
            InputError: A number cannot be read.
        """
        low, high, nations = self.people.people()
        place, choice = self.place.place, self.source.choice()
        day, at = self.received.received(is_new=self._is_new)
        ticked = self.kinds.kinds()
        # The order in which a register gave them is no correction.
        kinds = self._old.kinds if set(ticked) == set(self._old.kinds) else ticked
        fields: dict[str, Any] = {
            "reference": self.reference.text().strip(),
            "received_on": day,
            "received_at": at,
            "occurred_on": self.occurred.occurred(),
            "channel": Channel(self.channel.currentData()),
            "kinds": kinds,
            "people_min": low,
            "people_max": high,
            "nationalities": nations,
            "held_now": Answer(self.held.choice()),
            "point": place.point,
            "accuracy_m": place.accuracy_m,
            "precision": place.precision,
            "admin_code": place.admin_code,
            "site_id": place.site_id,
            "place_text": self.words.text().strip(),
            "source_id": choice.source.id if choice.source else "",
            "reliability": Reliability(self.reliability.currentData()),
            "credibility": Credibility(self.credibility.currentData()),
            "text": self.text.text(),
        }
        return replace(self._old, **fields)


# What the form itself can say before anything is sent; the rest is refused by the edit, in words.
_UNREADABLE = frozenset(
    {
        "error.allegation.people_negative",
        "error.allegation.no_country",
        "error.allegation.accuracy",
    }
)


def _form() -> QFormLayout:
    made = form()
    made.setVerticalSpacing(6)
    return made


def _choices(cls: type[StrEnum]) -> QComboBox:
    """Return a choice among a closed vocabulary, each with its meaning in words."""
    made = QComboBox()
    for value in cls:
        made.addItem("", value.value)

    def word() -> None:
        for place, value in enumerate(cls):
            made.setItemText(place, i18n.label(value))

    retext(made, word)
    return made
