"""How alike two names are: Khmer with Khmer, Latin with Latin, Chinese with Chinese.

Names of different scripts are never compared: no romanisation of Khmer is kept well enough to tell
two businesses apart by it. Whoever has only a Khmer name on one side and only a Latin one on the
other looks for other evidence.

Words that say only what a business is ("casino", "សណ្ឋាគារ", "Co., Ltd.") carry no name. Numbers do:
"Hotel 88" and "Hotel 89" are two hotels, so that names with different numbers are not alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.formats.text import has_chinese, has_khmer, normalise
from geo.names import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

KHMER, LATIN, CHINESE = "km", "en", "zh"
NUMBERS_DIFFER: Final = 0.5
"""What is left of the likeness of two names with different numbers."""
ONE_HAS_NUMBER: Final = 0.9
SHORTEST: Final = 3
"""Names shorter than this are alike only if they are equal."""

_LATIN_GENERIC: Final = frozenset(
    (
        *("casino", "casinos", "resort", "hotel", "hotels", "guesthouse", "guesthouses", "guest"),
        *("house", "villa", "inn", "motel", "ktv", "karaoke", "club", "bar", "restaurant", "shop"),
        *("store", "mart", "market", "office", "building", "compound", "factory", "company"),
        *("co", "ltd", "limited", "plc", "inc", "corp", "corporation", "llc", "group", "holding"),
        *("enterprise", "entertainment", "international", "cambodia", "the", "and", "of", "demo"),
        *("kiln", "brick", "plantation", "construction", "site", "online", "gambling", "massage"),
        *("spa", "garment", "branch", "pte", "sarl", "sole", "no"),
    )
)
# The longer first: "company limited" before "company".
_KHMER_GENERIC: Final = (
    *("ក្រុមហ៊ុន", "ឯកជនទទួលខុសត្រូវមានកម្រិត", "ខូអិលធីឌី", "ចំកាត់", "ម.ក", "ឯ.ក"),
    *("ផ្ទះសំណាក់", "សណ្ឋាគារ", "កាស៊ីណូ", "ភោជនីយដ្ឋាន", "អាហារដ្ឋាន", "ហាងលក់ទំនិញ", "ហាង"),
    *("រោងចក្រ", "ការដ្ឋានសំណង់", "ការដ្ឋាន", "ឡឥដ្ឋ", "ចម្ការ", "ការិយាល័យ", "អគារ", "បរិវេណ"),
    *("ខារ៉ាអូខេ", "ក្លឹប", "ល្បែងអនឡាញ", "ល្បែងតាមអនឡាញ", "កន្លែងកម្សាន្ត", "រីស៊ត", "សាកល្បង"),
    *("អាជីវកម្ម", "សហគ្រាស", "នេសាទ"),
)
_CHINESE_GENERIC: Final = (
    *("有限责任公司", "有限公司", "公司", "集团", "国际", "國際", "集團"),
    *("大酒店", "酒店", "宾馆", "賓館", "旅馆", "旅館", "赌场", "賭場", "娱乐城", "娛樂城", "娱乐"),
    *("娛樂", "餐厅", "餐廳", "商店", "工厂", "工廠", "办公室", "演示"),
)
_DIGITS = re.compile(r"\d+")
_SCRIPTS: Final = ("", KHMER, LATIN, CHINESE)
_BITS = 64
_LEAST_SHARED = 0.28
_SIEVED_ABOVE = 0.8


@dataclass(frozen=True, slots=True)
class Core:
    """What of a name tells one business from another.

    Attributes:
        script: ``km``, ``en`` or ``zh``; empty for no name.
        joined: Without spaces, in the order of the name.
        ordered: With the words in alphabetical order, so that "Lion Golden" is "Golden Lion".
        numbers: Its numbers in order, without leading zeros.
    """

    script: str
    joined: str
    ordered: str
    numbers: str


@lru_cache(maxsize=4096)
def _two_letters(a: str, b: str) -> int:
    return 1 << ((ord(a) * 31 + ord(b)) % _BITS)


def script_of(name: str) -> str:
    """Return in which script a name is written: ``km``, ``zh`` or ``en``."""
    if has_khmer(name):
        return KHMER
    return CHINESE if has_chinese(name) else LATIN


def core_of(name: str) -> Core:
    """Return what of a name tells one business from another; all of it if it is all generic."""
    plain = normalise(name)
    if not plain:
        return Core("", "", "", "")
    script = script_of(plain)
    found = _DIGITS.findall(plain)
    numbers = " ".join(sorted(n.lstrip("0") or "0" for n in found))
    words = _DIGITS.sub(" ", plain) if found else plain
    if script == LATIN:
        found = [w for w in (_key(w) for w in words.split()) if w[:1].isalpha()]
        kept = [w for w in found if w not in _LATIN_GENERIC]
    else:
        bare = words
        for generic in _KHMER_GENERIC if script == KHMER else _CHINESE_GENERIC:
            if generic in bare:
                bare = bare.replace(generic, " ")
        found, kept = ([_key(w) for w in text.split()] for text in (words, bare))
    if not kept and not numbers:  # in "Hotel 88" the number is the name, in "Hotel" the word
        kept = found
    return Core(script, "".join(kept), "".join(sorted(kept)), numbers)


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return search_key(word)


def name_score(first: str, second: str) -> float:
    """Return how alike two names are, 0 to 1; names of different scripts are not (0).

    Args:
        first: A name as it is written, in any script.
        second: Another one.
    """
    return float(Names.of((first, second)).scores(np.array([0]), np.array([1]))[0])


@dataclass(frozen=True, slots=True)
class Names:
    """Many names, made ready to be compared pair by pair; every array has shape ``(n,)``.

    Attributes:
        script: 0 where there is no name.
        joined: See `Core`.
        ordered: See `Core`.
        words: Whether the words stand in another order than that of the alphabet.
        numbers: Equal where the numbers in the names are; 0 where there are none.
        shape: A bit for each pair of letters that follow one another: names that share few of them
            are not worth the closer look.
    """

    script: NDArray[np.int8]
    joined: NDArray[np.object_]
    ordered: NDArray[np.object_]
    words: NDArray[np.bool_]
    numbers: NDArray[np.int64]
    shape: NDArray[np.uint64]

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Make names ready, each as it is written."""
        cores = [core_of(name or "") for name in names]
        codes: dict[str, int] = {"": 0}
        return cls(
            np.array([_SCRIPTS.index(c.script) for c in cores], dtype=np.int8),
            _texts([c.joined for c in cores]),
            _texts([c.ordered for c in cores]),
            np.array([c.joined != c.ordered for c in cores], dtype=bool),
            np.array([codes.setdefault(c.numbers, len(codes)) for c in cores], dtype=np.int64),
            np.array([_shape(c.joined) for c in cores], dtype=np.uint64),
        )

    def known(self) -> NDArray[np.bool_]:
        """Tell which of them are names at all."""
        return self.script > 0

    def scores(self, first: IntArray, second: IntArray, *, at_least: float = 0.0) -> FloatArray:
        """Return how alike the names of pairs are, 0 to 1, shape ``(m,)``.

        The share of letters that both have in the same order (Indel similarity, by rapidfuzz), of
        the names as they stand or with their words in alphabetical order, whichever is higher.
        0 where a name is missing or the scripts differ.

        Args:
            first: Positions of names, shape ``(m,)``.
            second: Positions of those that they are compared with, shape ``(m,)``.
            at_least: What is certainly less alike may come out as 0, which is quicker.
        """
        if not self.script.any():
            return np.zeros(len(first))
        factor = self._factors(first, second)
        look = np.flatnonzero((factor > 0) & (factor >= at_least))
        if at_least >= _SIEVED_ABOVE:
            one, other = self.shape[first[look]], self.shape[second[look]]
            either = np.bitwise_count(one | other)
            look = look[np.bitwise_count(one & other) >= _LEAST_SHARED * either]
        score = np.zeros(len(first))
        a, b = first[look], second[look]
        alike = _ratios(self.joined, a, b)
        turn = np.flatnonzero((alike < 1) & (self.words[a] | self.words[b]))
        alike[turn] = np.maximum(alike[turn], _ratios(self.ordered, a[turn], b[turn]))
        short = np.minimum(_lengths(self.joined[a]), _lengths(self.joined[b])) < SHORTEST
        score[look] = np.where(short & (alike < 1), 0.0, alike) * factor[look]
        return score

    def _factors(self, first: IntArray, second: IntArray) -> FloatArray:
        """Return what the numbers in two names leave of their likeness; 0 if not comparable."""
        a, b = self.numbers[first], self.numbers[second]
        factor = np.where((a > 0) & (b > 0), NUMBERS_DIFFER, ONE_HAS_NUMBER)
        factor[a == b] = 1.0
        factor[(self.script[first] == 0) | (self.script[first] != self.script[second])] = 0.0
        return factor


def _ratios(texts: NDArray[np.object_], first: IntArray, second: IntArray) -> FloatArray:
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    if not len(first):
        return np.zeros(0)
    found = cpdist(texts[first], texts[second], scorer=Indel.normalized_similarity, workers=1)
    return np.asarray(found, dtype=np.float64)


def _lengths(texts: NDArray[np.object_]) -> IntArray:
    return np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))


def _texts(values: list[str]) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _shape(text: str) -> int:
    bits = 0
    for a, b in pairwise(text):
        bits |= _two_letters(a, b)
    return bits
