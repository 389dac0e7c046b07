"""Fields of the intake of an allegation: kinds, people, nationalities, days, source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from geo.errors import InputError
from geo.localise import latin_digits
from geo.model.allegation import NationalityCount, Source
from geo.model.vocabulary import AllegationKind
from gui import i18n
from gui.allegation_words import nationality_words
from gui.i18n import retext, tr
from gui.widgets.layouts import column, row
from gui.widgets.spins import DayField, MomentField
from gui.widgets.texts import Data, Elided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.project import Project

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


def _name(field: QLineEdit, code: str) -> None:
    field.setAccessibleName(tr(code))
    field.setPlaceholderText(tr(code))


def _label(tick: QCheckBox, kind: AllegationKind) -> None:
    tick.setText(i18n.label(kind))
