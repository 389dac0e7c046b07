"""Which administrative unit a register means.

By NCDD code, or by name below what is known above it.

Names are the same in many places, so a name is only looked for inside of its district or province.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from geo.formats.text import digits, visible
from geo.names import search_key, without_generic

if TYPE_CHECKING:
    from geo.formats.raw import Cell
    from geo.gazetteer import Gazetteer

DITTO = frozenset(("〃", '"', "''", "″", "”", "ដូចខាងលើ", "ដដែល", "ditto", "idem", '-"-', "--"))
CODE_LENGTHS = (2, 4, 6, 8)
# Communes and villages that have a number for a name: "Sangkat 4", "Lekh Buon", "លេខបួន".
_COUNTED = ("muoy|មួយ", "pir|ពីរ", "bei|បី", "buon|បួន", "pram|ប្រាំ", "prammuoy|ប្រាំមួយ",
            "prampir|ប្រាំពីរ", "prambei|ប្រាំបី", "prambuon|ប្រាំបួន", "dab|ដប់")  # fmt: skip
_NUMERALS = {word: n for n, words in enumerate(_COUNTED, 1) for word in words.split("|")}
_NUMBERED = re.compile(r"(?:lekh?|no|number|លេខ|ទី)?(\d{1,2}|" + "|".join(_NUMERALS) + ")")
_ABBREVIATED = re.compile(r"^(?:ឃ|ស|ភ|ខ|ក)\s*\.\s*")
# Of 100. Within a district two names that are so alike are the same; a province has more names to
# mistake one for, and what is near the best one makes it a question.
_CLOSE = 76
_NEAR = 4
_VERY_CLOSE = 85


@dataclass(frozen=True, slots=True)
class Match:
    """Where a name or code led.

    Attributes:
        code: The code, or empty.
        close: Found by likeness, not by equality.
        several: Codes that fit equally well, when `code` is empty.
    """

    code: str = ""
    close: bool = False
    several: tuple[str, ...] = ()


def clean_code(cell: Cell) -> str:
    """Return a code of digits, or an empty text; a leading zero that Excel took is put back."""
    if cell is None or isinstance(cell, bool):
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = re.sub(r"[\s.\-]", "", digits(visible(text)))
    if not (text.isascii() and text.isdigit()):
        return ""
    return text.zfill(len(text) + len(text) % 2)


class AdminNames:
    """Looks names up in a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer; the index of a parent is built when it is first asked for."""
        self._gazetteer = gazetteer
        self._below = lru_cache(maxsize=4000)(self._index_below)
        self._deep = lru_cache(maxsize=400)(self._index_deep)
        self.find = lru_cache(maxsize=20_000)(self._find)
        self.village = lru_cache(maxsize=20_000)(self._village)
        self._like_province = lru_cache(maxsize=1_000)(self._province)
        self._provinces = {
            _key(name): unit.code
            for unit in gazetteer.provinces
            for name in (unit.name_km, unit.name_en, *unit.aliases)
        }

    def known(self, code: str) -> bool:
        """Tell whether a code is in the code list."""
        return bool(self._gazetteer.units(code))

    def province(self, name: str) -> Match:
        """Return a province by name or code, or by a name that is very like it."""
        try:
            return Match(self._gazetteer.province(name).code)
        except LookupError:
            return self._like_province(name)

    def _province(self, name: str) -> Match:
        key = _key(name)
        scored = process.extract(
            key, self._provinces.keys(), scorer=fuzz.ratio, score_cutoff=_VERY_CLOSE, limit=None
        )
        best = max((ratio for _, ratio, _ in scored), default=0.0)
        near = {self._provinces[k] for k, ratio, _ in scored if ratio >= best - _NEAR}
        return Match(near.pop(), close=True) if len(near) == 1 else Match(several=tuple(near))

    def district(self, name: str, province: str) -> Match:
        """Return a district by name in a province, or in the whole country if that is empty."""
        if province:
            return self.find(name, province)
        found = {
            code
            for unit in self._gazetteer.provinces
            for code in self._below(unit.code).get(_key(name), ())
        }
        if len(found) == 1:
            return Match(found.pop())
        return Match(several=tuple(sorted(found)))

    def _find(self, name: str, parent: str, *, close: bool = True) -> Match:
        """Return the unit of a name directly below `parent`; if `close`, also by likeness."""
        index, key = self._below(parent), _key(name)
        if not key:
            return Match()
        if codes := index.get(key):
            return Match(codes[0]) if len(codes) == 1 else Match(several=tuple(codes))
        if not close:
            return Match()
        scored = process.extract(
            key, index.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=None
        )
        if not scored:
            return Match()
        best = max(ratio for _, ratio, _ in scored)
        near = {code for k, ratio, _ in scored if ratio >= best - _NEAR for code in index[k]}
        return (
            Match(near.pop(), close=True) if len(near) == 1 else Match(several=tuple(sorted(near)))
        )

    def _village(self, name: str, district: str) -> Match:
        """Return a village by its exact name anywhere in a district."""
        codes = self._deep(district).get(_key(name), [])
        if not codes:
            return Match()
        return Match(codes[0]) if len(codes) == 1 else Match(several=tuple(codes))

    def commune(self, name: str, province: str) -> Match:
        """Return a commune by its exact name anywhere in a province."""
        codes = self._deep(province).get(_key(name), [])
        return Match(codes[0]) if len(codes) == 1 else Match(several=tuple(codes))

    def _index_below(self, parent: str) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for unit in self._gazetteer.children(parent):
            for name in (unit.name_km, unit.name_en, *unit.aliases):
                key = _key(name)
                if key and unit.code not in index[key]:
                    index[key].append(unit.code)
        return dict(index)

    def _index_deep(self, parent: str) -> dict[str, list[str]]:
        """Return the names two levels below: a province's communes, a district's villages."""
        index: dict[str, list[str]] = defaultdict(list)
        for unit in self._gazetteer.children(parent):
            for key, codes in self._below(unit.code).items():
                index[key] += [c for c in codes if c not in index[key]]
        return dict(index)


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    plain = _ABBREVIATED.sub("", visible(name))
    key = search_key(without_generic(plain)) or search_key(plain)
    if numbered := _NUMBERED.fullmatch(key):
        return f"#{_NUMERALS.get(numbered[1]) or int(numbered[1])}"
    return key
