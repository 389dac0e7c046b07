"""Fields of the intake of an allegation: kinds, people, nationalities, days."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from geo.errors import InputError
from geo.localise import latin_digits
from geo.model.allegation import NationalityCount
from geo.model.vocabulary import AllegationKind
from gui import i18n
from gui.allegation_words import nationality_words
from gui.i18n import retext, tr
from gui.widgets.layouts import row
from gui.widgets.spins import DayField, MomentField
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Sequence


COLUMNS: Final = 3
MIDNIGHT: Final = time(0, 0)
_SPLIT = re.compile(r"[;,\n]+")
_ONE = re.compile(r"([A-Za-z]{2})\s*[:=]?\s*(\d{1,5})")


class KindsField(QWidget):
    """What is alleged: several may be ticked."""

    changed = Signal()

    def __init__(self, kinds: Sequence[AllegationKind]) -> None:
        super().__init__()
        self.boxes: dict[AllegationKind, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for place, kind in enumerate(AllegationKind):
            tick = QCheckBox()
            tick.setChecked(kind in kinds)
            retext(tick, partial(_label, tick, kind))
            tick.toggled.connect(lambda _on: self.changed.emit())
            self.boxes[kind] = tick
            grid.addWidget(tick, place // COLUMNS, place % COLUMNS)

    def kinds(self) -> tuple[AllegationKind, ...]:
        """Return what is ticked."""
        return tuple(kind for kind, tick in self.boxes.items() if tick.isChecked())

    def clear(self) -> None:
        """Tick nothing."""
        for tick in self.boxes.values():
            tick.setChecked(False)


class PeopleField(QWidget):
    """How many people: the fewest and the most, and how many of which nationality."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.low, self.high, self.nations = QLineEdit(), QLineEdit(), QLineEdit()
        for field, code in (
            (self.low, "dialog.allegation.fewest"),
            (self.high, "dialog.allegation.most"),
            (self.nations, "dialog.allegation.nationalities"),
        ):
            field.textChanged.connect(lambda _text: self.changed.emit())
            retext(field, partial(_name, field, code))
        for field in (self.low, self.high):
            field.setMaximumWidth(76)
        whole = row(self.low, Data("–"), self.high, 8, self.nations, gap=6)
        whole.setStretch(whole.count() - 1, 1)
        self.setLayout(whole)

    def show_people(
        self, low: int | None, high: int | None, nations: tuple[NationalityCount, ...]
    ) -> None:
        """Show numbers."""
        self.low.setText("" if low is None else i18n.digits(str(low)))
        self.high.setText("" if high is None else i18n.digits(str(high)))
        self.nations.setText(nationality_words(nations))

    def people(self) -> tuple[int | None, int | None, tuple[NationalityCount, ...]]:
        """Return the fewest, the most, and the counts by nationality.

        Raises:
            InputError: Something is no number, or no nationality with its number.
        """
        return (
            read_count(self.low.text()),
            read_count(self.high.text()),
            read_nations(self.nations.text()),
        )


def read_count(text: str) -> int | None:
    """Return a number of people as it was typed; nothing is unknown.

    Raises:
        InputError: It is no whole number.
    """
    plain = latin_digits(text).strip().replace(",", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()):
        raise InputError("error.allegation.people_negative")
    return int(plain)


def read_nations(text: str) -> tuple[NationalityCount, ...]:
    """Return counts by nationality out of ``TH 5; CN 2``.

    Raises:
        InputError: A part is no country code with a number.
    """
    counts = []
    for part in filter(None, (p.strip() for p in _SPLIT.split(latin_digits(text)))):
        found = _ONE.fullmatch(part)
        if found is None:
            raise InputError("error.allegation.no_country")
        counts.append(NationalityCount(found[1].upper(), int(found[2])))
    return tuple(counts)


class ReceivedField(MomentField):
    """Day and time of receipt; what an import left open stays open until it is changed."""

    def __init__(self, day: date | None, at: time | None, now: datetime) -> None:
        super().__init__(
            datetime.combine(day or now.date(), at or (MIDNIGHT if day else now.time()))
        )
        self._day, self._at = day, at
        self._first = self.dateTime()

    def received(self, *, is_new: bool) -> tuple[date | None, time | None]:
        """Return day and time."""
        if not is_new and self.dateTime() == self._first:
            return self._day, self._at
        shown = self.moment()
        unknown = self._day is not None and self._at is None and shown.time() == MIDNIGHT
        return shown.date(), None if unknown else shown.time()


class OccurredField(QWidget):
    """The day on which it happened, or that it is not known."""

    changed = Signal()

    def __init__(self, day: date | None, today: date) -> None:
        super().__init__()
        self.known = QCheckBox()
        retext(self.known, lambda: self.known.setText(tr("dialog.allegation.known")))
        self.day = DayField(day or today)
        retext(self.day, lambda: self.day.setAccessibleName(tr("panel.allegation.occurred")))
        self.known.toggled.connect(self.day.setEnabled)
        self.known.toggled.connect(lambda _on: self.changed.emit())
        self.day.dateChanged.connect(lambda _day: self.changed.emit())
        whole = row(self.known, self.day)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.show_day(day, today)

    def show_day(self, day: date | None, today: date) -> None:
        """Show a day; None is not known."""
        self.day.show_day(day or today)
        self.known.setChecked(day is not None)
        self.day.setEnabled(day is not None)

    def occurred(self) -> date | None:
        """Return the day."""
        return self.day.day() if self.known.isChecked() else None


def _name(field: QLineEdit, code: str) -> None:
    field.setAccessibleName(tr(code))
    field.setPlaceholderText(tr(code))


def _label(tick: QCheckBox, kind: AllegationKind) -> None:
    tick.setText(i18n.label(kind))
