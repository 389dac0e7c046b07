"""Where a line of Khmer may break: it has no spaces between words.

Words of this program are known from a list; what is not in it is broken between syllables, which
is readable, if not beautiful. Names of people and places are mostly of the second kind.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

ZERO_WIDTH_SPACE = "\u200b"
LONG_RUN = 12
"""Khmer letters of no known word from which a line may be broken between syllables."""
UNKNOWN_COST = 3
"""A letter in no word costs so many words: a longer unknown part is no reading."""
CRUMB = 2

_RUN = re.compile("[\u1780-\u17d3\u17dd]+")
# A letter begins a syllable if a vowel, sign or coeng follows it and no coeng joins it to the one
# before. A bare consonant is mostly the end of a syllable: it stays with what stands before it.
_SYLLABLE = re.compile("(?<!\u17d2)(?=[\u1780-\u17b3][\u17b6-\u17ca\u17d2])")
_LETTER = re.compile("[\u1780-\u17b3]")
_COENG = "\u17d2"


def breakable(text: str) -> str:
    """Return `text` with places to break between words of Khmer.

    Qt would break anywhere, also between a consonant and its subscript.
    """
    return _RUN.sub(lambda run: _opened(run.group()), text)


@lru_cache(maxsize=4_000)
def _opened(run: str) -> str:
    parts = [
        part if known or len(part) < LONG_RUN else _SYLLABLE.sub(ZERO_WIDTH_SPACE, part)
        for part, known in _words_of(run)
    ]
    return re.sub(f"{ZERO_WIDTH_SPACE}+", ZERO_WIDTH_SPACE, ZERO_WIDTH_SPACE.join(parts)).strip(
        ZERO_WIDTH_SPACE
    )


def _words_of(run: str) -> list[tuple[str, bool]]:
    """Split a run into known words and what lies between them, with as little unknown as can be."""
    words, longest = _words()
    # Cost of reading the run from each place on, and where the first word ends.
    cost, end = [0] * (len(run) + 1), [len(run)] * (len(run) + 1)
    for i in reversed(range(len(run))):
        cost[i], end[i] = cost[i + 1] + UNKNOWN_COST, -1
        for j in range(i + 1, min(i + longest, len(run)) + 1):
            if run[i:j] in words and _begins(run, i) and _begins(run, j) and 1 + cost[j] < cost[i]:
                cost[i], end[i] = 1 + cost[j], j
    found: list[tuple[str, bool]] = []
    i = 0
    while i < len(run):
        known = end[i] > 0
        stop = end[i] if known else i + 1
        if not known and found and not found[-1][1]:
            found[-1] = (found[-1][0] + run[i:stop], False)
        else:
            found.append((run[i:stop], known))
        i = stop
    return _without_crumbs(found)


def _without_crumbs(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Leave an unknown letter or two with what stands before: mostly the end of a longer word."""
    parts: list[tuple[str, bool]] = []
    for part, known in found:
        if parts and not known and len(part) <= CRUMB:
            parts[-1] = (parts[-1][0] + part, parts[-1][1])
        else:
            parts.append((part, known))
    return parts


def _begins(run: str, i: int) -> bool:
    """Tell whether a word may begin at a place: with a letter that is no subscript."""
    return i == len(run) or bool(_LETTER.match(run, i) and (i == 0 or run[i - 1] != _COENG))


@cache
def _words() -> tuple[frozenset[str], int]:
    read = (files("resources") / "i18n" / "khmer_words.txt").read_text("utf-8").split()
    return frozenset(read), max(map(len, read))
