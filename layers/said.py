"""Sentences that are worded when somebody reads them: a result is made once, in no language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Final

from geo.catalogue import Language, label, text
from geo.localise import format_date, format_number

LARGE, MIDDLING, SMALL = 100.0, 10.0, 0.01


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the catalogue with what it is filled in with.

    Attributes:
        code: Code of the catalogue.
        params: Numbers and days are written as the language has them, members of vocabularies by
            their labels, sentences and lists of any of these in turn; a text stands as it is.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: Language) -> str:
        """Return the sentence in a language."""
        filled = {name: _worded(value, language) for name, value in self.params.items()}
        return text(self.code, language, **filled)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in the plan, in both languages where both are known."""

    km: str
    en: str = ""

    def words(self, language: Language) -> str:
        """Return the name in a language, else in the other."""
        return (self.km or self.en) if language == "km" else (self.en or self.km)


Words = Said | Named
"""Whatever can be worded in a language."""


def _worded(value: object, language: Language) -> str:
    for kinds, word in _WORDED:
        if isinstance(value, kinds):
            return word(value, language)
    return str(value)


def _decimals(value: float) -> int:
    """Return as many decimals as a number bears."""
    size = abs(value)
    if value == int(value) or size >= LARGE:
        return 0
    return 1 if size >= MIDDLING else 2 if size >= SMALL else 4


_WORDED: Final[tuple[tuple[tuple[type, ...], Callable[[Any, Language], str]], ...]] = (
    ((Said, Named), lambda value, language: value.words(language)),
    ((Enum,), label),
    ((date,), format_date),
    ((tuple, list), lambda value, language: ", ".join(_worded(v, language) for v in value)),
    ((float,), lambda value, language: format_number(value, language, _decimals(value))),
    ((int,), format_number),
)
