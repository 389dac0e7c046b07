"""Words of closed vocabularies as offices write them. What is not listed is asked, not guessed.

The words stand in ``resources/registers/words.csv``, where a native speaker can check them.
"""

from __future__ import annotations

import csv
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeVar

from geo.formats.text import squeezed
from geo.names import without_accents

E = TypeVar("E", bound=StrEnum)


@cache
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return vocabulary → member → words."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    source = files("resources") / "registers" / "words.csv"
    with source.open("r", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["vocabulary"], {})[row["member"]] = tuple(row["words"].split("|"))
    return found


def words_of(cls: type[StrEnum]) -> dict[str, tuple[str, ...]]:
    """Return each member's value with the words for it, its own among them."""
    listed = _table().get(cls.__name__, {})
    return {m.value: (m.value, *listed.get(m.value, ())) for m in cls}


@cache
def _index(cls: type[StrEnum]) -> dict[str, str]:
    index = {squeezed(member.value): member.value for member in cls}
    for member, words in _table().get(cls.__name__, {}).items():
        for word in words:
            index.setdefault(squeezed(word), member)
    return index


def meaning(cls: type[E], text: str) -> E | None:
    """Return the member of `cls` that a word means, or None if it is not known."""
    word, index = squeezed(text), _index(cls)
    found = index.get(word) or index.get(without_accents(word))
    return None if found is None else cls(found)
