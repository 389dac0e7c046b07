"""What people write above a column, in Khmer and English, for each field of each kind.

The words stand in ``resources/registers/headers.csv``, where a native speaker can check them, and
are compared in the form of `text.normalise`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from geo.formats.text import normalise
from geo.formats.values.words import words_of
from geo.model.entity import Kind
from geo.model.vocabulary import Indicator

VISITED = (Kind.SITE, Kind.INSPECTION)
"""The kinds whose rows may be a form that was filled at a visit."""
PLACED = (Kind.SITE, Kind.LICENCE, Kind.ALLEGATION, Kind.CROSSING)
"""The kinds whose rows stand somewhere on the map."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_NEVER, _METADATA, _PLACE, _VISIT = "never", "metadata", "place", "visit"
_PERSON, _COUNTING, _REACHABLE = "person", "counting", "reachable"


@lru_cache(maxsize=20_000)
def header_key(text: str) -> str:
    """Return the form in which headers are compared: normalised, and without accents of Latin."""
    parts = unicodedata.normalize("NFD", normalise(text))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", parts))


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return kind, field and words of each line of the list."""
    source = files("resources") / "registers" / "headers.csv"
    with source.open("r", encoding="utf-8") as stream:
        return tuple(
            (row["kind"], row["field"], tuple(row["words"].split("|")))
            for row in csv.DictReader(stream)
        )


def _words(kind: str) -> dict[str, tuple[str, ...]]:
    return {name: words for owner, name, words in _rows() if owner == kind}


@cache
def listed_words(owner: str) -> dict[str, frozenset[str]]:
    """Return the words for each field of an owner in the list that is no kind, normalised."""
    return {name: frozenset(header_key(w) for w in words) for name, words in _words(owner).items()}


@cache
def fields_of(kind: Kind) -> dict[str, frozenset[str]]:
    """Return each field that a file may bring for `kind` with the words for it, normalised."""
    own = _words(kind.value)
    place = _words(_PLACE) if kind in PLACED else {}
    visit = {**_words(_VISIT), **words_of(Indicator)} if kind in VISITED else {}
    return {
        name: frozenset(header_key(w) for w in words)
        for name, words in {**place, **visit, **own}.items()
    }


@cache
def never_words() -> frozenset[str]:
    """Return the normalised names of columns that are never read: persons' names and numbers.

    Nobody is put in danger by a map; the summary lists these columns as left out on purpose.
    """
    return frozenset(header_key(w) for w in _words(_NEVER)[""])


@lru_cache(maxsize=10_000)
def speaks_of_person(header: str, kind: Kind) -> bool:
    """Tell whether a column is about a victim or about who complained, in whatever words.

    Only the exact words of a field, and numbers of people, are let through.
    """
    parts = parts_of(header)
    if set(parts) & never_words():
        return True
    if any(part in words for words in fields_of(kind).values() for part in parts):
        return False
    if not parts:
        return False
    # "Owner phone" is no owner, and "phone number" counts nobody.
    if _mentions(parts[0], _REACHABLE):
        return True
    return _mentions(parts[0], _PERSON) and not _mentions(parts[0], _COUNTING)


def _mentions(text: str, kind: str) -> bool:
    """Tell whether a header holds one of the list's words; Khmer and Chinese have no spaces."""
    return any(
        f" {word} " in f" {text} " if word.isascii() else word in text
        for word in map(header_key, _words(kind)[""])
    )


@cache
def form_metadata() -> frozenset[str]:
    """Return the columns that KoboToolbox adds: nothing of them was said by who filled the form."""
    return frozenset(_words(_METADATA)[""])


@cache
def _all_words() -> frozenset[str]:
    return never_words().union(*(w for kind in Kind for w in fields_of(kind).values()))


def parts_of(header: str) -> tuple[str, ...]:
    """Return the normalised forms of a header: the whole, then its parts from the last.

    ``group/question`` of KoboToolbox, ``ខ្មែរ / english`` and two-line headers alike.
    """
    pieces = header.replace("|", "/").split("/")[::-1]
    # What stands in brackets says more of the same thing: "LAT (N)", "Accuracy (m)".
    bare = [p.split("(", maxsplit=1)[0] for p in (*pieces, header) if "(" in p]
    last, groups = pieces[:1], pieces[1:]
    parts = [header_key(p) for p in (header, *last, *bare, *groups)]
    return tuple(dict.fromkeys(p for p in parts if p))


def known_words(header: str) -> bool:
    """Tell whether a text is, or contains as one of its parts, the name of a column."""
    return any(part in _all_words() for part in parts_of(header))
