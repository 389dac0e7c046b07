"""The window's language: every text comes from the catalogue and changes without a restart.

A widget says once how it is worded, with `retext`, and is worded anew with every change.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTranslator, Signal, Slot

from geo import catalogue, localise
from geo.model.vocabulary import (
    AllegationStatus,
    AssignmentState,
    CoordinationAuthority,
    FineBasis,
    Grade,
    LegalStatus,
    OperationState,
    Role,
    Violation,
    ZoneState,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from enum import StrEnum

    from geo.catalogue import Language
    from geo.errors import PlanError


class _Voice(QObject):
    """Holds the language and tells when it changes."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.language: Language = "km"


_VOICE: Final = _Voice()


def language() -> Language:
    """Return the language of the window."""
    return _VOICE.language


def set_language(new: Language) -> None:
    """Word the whole window in another language."""
    if new == _VOICE.language:
        return
    _VOICE.language = new
    _VOICE.changed.emit(new)


def tr(code: str, /, **params: object) -> str:
    """Return a text of the catalogue in the window's language.

    Raises:
        MissingTextError: No catalogue file holds `code`.
    """
    return catalogue.text(code, _VOICE.language, **params)


def label(value: object) -> str:
    """Return the label of a member of a closed vocabulary in the window's language."""
    return catalogue.label(value, _VOICE.language)


def message(error: PlanError) -> str:
    """Return a known error as one message: what, why, what next.

    An error whose text is not in the catalogue must not bring down the window that reports it.
    """
    if error.code == "error.not_allowed":
        # The catalogue has sentences for verbs but no names; who may do it helps more anyway.
        role, who = Role(str(error.params["role"])), roles_for(str(error.params["verb"]))
        return tr("panel.why.role", role=label(role), who=who)
    try:
        return tr(error.code, **{k: _worded(k, v) for k, v in error.params.items()})
    except (KeyError, IndexError, ValueError):
        return tr("window.error.unworded", code=error.code)


def roles_for(verb: str) -> str:
    """Return the roles that may do something, as a list in the window's language."""
    from geo.edit.verbs import RIGHTS, Verb

    allowed = RIGHTS.get(Verb(verb), frozenset())
    return ", ".join(label(role) for role in Role if role in allowed)


def _worded(name: str, value: object) -> object:
    """Return a parameter of an error as people read it: a role by its label, a day as a date."""
    if isinstance(value, tuple):
        return ", ".join(str(_worded(name, each)) for each in value) or "–"
    if name == "head":
        return tr(str(value))
    if isinstance(value, date):
        return localise.format_date(value, _VOICE.language)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return localise.format_number(value, _VOICE.language) if value == int(value) else value
    cls = _VOCABULARIES.get(name)
    return label(cls(str(value))) if cls is not None else value


_VOCABULARIES: Final[dict[str, type[StrEnum]]] = {
    "role": Role,
    "current": LegalStatus,
    "wanted": LegalStatus,
    "grade": Grade,
    "state": AllegationStatus,
    "wanted_state": AllegationStatus,
    "ways": AllegationStatus,
    "operation_is": OperationState,
    "operation_to": OperationState,
    "zone_is": ZoneState,
    "zone_to": ZoneState,
    "duty_is": AssignmentState,
    "duty_to": AssignmentState,
    "asked_of": CoordinationAuthority,
    "violation": Violation,
    "basis": FineBasis,
}


class _Retexter(QObject):
    """A child of the widget that it words, so that it goes away with it."""

    def __init__(self, owner: QObject, word: Callable[[], None]) -> None:
        super().__init__(owner)
        self._word = word
        _VOICE.changed.connect(self.word)

    @Slot()
    def word(self) -> None:
        """Word the owner in the language as it is now."""
        self._word()


def retext(owner: QObject, word: Callable[[], None]) -> None:
    """Call `word` now and whenever the language changes, for as long as `owner` lives."""
    _Retexter(owner, word)
    word()


# What Qt itself says in the menus of its text fields; nothing else asks Qt for words.
_QT_WORDS: Final = {
    "&Undo": "window.qt.undo",
    "&Redo": "window.qt.redo",
    "Cu&t": "window.qt.cut",
    "&Copy": "window.qt.copy",
    "&Paste": "window.qt.paste",
    "Delete": "window.qt.delete",
    "Select All": "window.qt.select_all",
}


class QtWords(QTranslator):
    """Gives Qt its own few words from the catalogue."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        code = _QT_WORDS.get(source)
        return tr(code) if code else None


def number(value: float, decimals: int = 0) -> str:
    """Return a number in the language's digits."""
    return localise.format_number(value, _VOICE.language, decimals)


def day(value: date | None) -> str:
    """Return a date in the language; an unknown one is a dash."""
    return localise.format_date(value, _VOICE.language)


def month(value: date) -> str:
    """Return the month of a day in the language."""
    return localise.format_month(value, _VOICE.language)


def digits(written: str) -> str:
    """Return what was written with the language's digits."""
    return localise.digits(written, _VOICE.language)


def name_of(name_km: str | None, name_en: str | None, otherwise: str = "") -> str:
    """Return the name in the window's language, else in the other one, else `otherwise`."""
    first, second = (name_km, name_en) if _VOICE.language == "km" else (name_en, name_km)
    return first or second or otherwise


def moment(value: datetime | None) -> str:
    """Return a date with its time of day in the language."""
    return localise.format_datetime(value, _VOICE.language)
