"""Fields with arrows: numbers and days, in the language's digits, with the air of other fields.

Qt reads and writes such fields in the digits of a locale, and its Khmer locale has Latin digits.
Therefore a field is shown in Khmer digits here and read by Qt in Latin ones; both can be typed.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QDateTimeEdit, QSpinBox, QWidget

from geo.localise import latin_digits
from gui import i18n
from gui.i18n import retext

if TYPE_CHECKING:
    from PySide6.QtGui import QValidator
    from PySide6.QtWidgets import QAbstractSpinBox

AIR_PX: Final = 7
DAY_FORMAT: Final = "dd/MM/yyyy"
MOMENT_FORMAT: Final = "dd/MM/yyyy HH:mm"
HOUR_FORMAT: Final = "HH:mm"
Judged: TypeAlias = "tuple[QValidator.State, str, int]"
Field = TypeVar("Field", bound="QAbstractSpinBox")


def airy(field: Field) -> Field:
    """Keep the text of a field off its border; the style sheet does not reach in there."""
    field.lineEdit().setTextMargins(AIR_PX, 0, 0, 0)
    return field


class NumberField(QSpinBox):
    """A whole number."""

    def __init__(self, value: int, least: int, most: int) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setValue(value)
        airy(self)
        retext(self, lambda: self.setSuffix(self.suffix()))  # which writes the number anew

    def textFromValue(self, val: int) -> str:
        return i18n.digits(super().textFromValue(val))

    def valueFromText(self, text: str) -> int:
        return super().valueFromText(latin_digits(text))

    def validate(self, input: str, pos: int) -> Judged:  # noqa: A002 - Qt's own signature
        state, text, at = super().validate(latin_digits(input), pos)
        return state, i18n.digits(text), at


class _Calendar(QDateTimeEdit):
    """Tab goes on to the next field; arrow keys and typing go from day to month to year."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        airy(self)
        retext(self, lambda: self.setDisplayFormat(pattern))  # which writes the day anew

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        return QWidget.focusNextPrevChild(self, next)

    def textFromDateTime(self, dt: QDateTime) -> str:
        return i18n.digits(super().textFromDateTime(dt))

    def dateTimeFromText(self, text: str) -> QDateTime:
        return super().dateTimeFromText(latin_digits(text))

    def validate(self, input: str, pos: int) -> Judged:  # noqa: A002 - Qt's own signature
        state, text, at = super().validate(latin_digits(input), pos)
        return state, i18n.digits(text), at


class DayField(_Calendar):
    """A day."""

    def __init__(self, day: date, latest: date | None = None) -> None:
        super().__init__(DAY_FORMAT)
        if latest is not None:
            self.setMaximumDate(QDate(latest.year, latest.month, latest.day))
        self.show_day(day)

    def show_day(self, day: date) -> None:
        """Show a day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def day(self) -> date:
        """Return the day."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())


class MomentField(_Calendar):
    """A day with its time."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(MOMENT_FORMAT)
        self.show_moment(moment)

    def show_moment(self, moment: datetime) -> None:
        """Show a moment, to the minute."""
        day, clock = QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute)
        self.setDateTime(QDateTime(day, clock))

    def moment(self) -> datetime:
        """Return the moment, to the minute; a plan's times are local."""
        day, clock = self.date(), self.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute())  # noqa: DTZ001 - a plan's times are local


class HourField(_Calendar):
    """An hour of the day, to the minute."""

    def __init__(self, hour: time) -> None:
        super().__init__(HOUR_FORMAT)
        self.show_hour(hour)

    def show_hour(self, hour: time) -> None:
        """Show an hour."""
        self.setTime(QTime(hour.hour, hour.minute))

    def hour(self) -> time:
        """Return the hour."""
        shown = self.time()
        return time(shown.hour(), shown.minute())
