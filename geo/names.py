"""Comparing names of places as people write them, in Khmer and Latin script."""

from __future__ import annotations

import re
import unicodedata

_IGNORED = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff-'’\u02bc`.,()/ \t\u00a0"))
_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_FOLDED = {**_IGNORED, **_KHMER_DIGITS}
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
# Coeng da and coeng ta look the same below most letters, and both are written.
_COENG_DA, _COENG_TA = "\u17d2\u178a", "\u17d2\u178f"
# The commonest romanisations of the same words: what is written, what the code list has.
_VARIANTS = (
    ("kompong", "kampong"),
    ("phnum", "phnom"),
    ("stoeng", "stueng"),
    ("stung", "stueng"),
    ("koh", "kaoh"),
)
_GENERIC_KM = ("រាជធានី", "ខេត្ត", "ក្រុង", "ស្រុក", "ខណ្ឌ", "សង្កាត់", "ឃុំ", "ភូមិ")
_GENERIC_EN = re.compile(
    r"^(?:khett?|krong|srok|khan|khum|sangkat|phum)\s+"
    r"|\s+(?:province|municipality|city|district|commune|village|town)$",
    re.IGNORECASE,
)


def search_key(name: str) -> str:
    """Return a form of a name that is equal for all the ways to write it.

    Ignores case, diacritics, spaces, zero-width spaces, hyphens and apostrophes; folds Khmer
    digits, coeng da, and the commonest variants of romanised words.
    """
    return fold_text(name)


def fold_text(text: str) -> str:
    """Return a text folded as by `search_key`, of as many names as it holds.

    Control characters stay, so that whoever joined the names finds them again.
    """
    if text.isascii():
        key = text.lower().translate(_IGNORED)
    else:
        parts = unicodedata.normalize("NFKD", text).translate(_FOLDED)
        # Khmer vowels are combining marks too: only those of Latin letters are dropped.
        key = _LATIN_MARKS.sub("", parts).casefold().replace(_COENG_DA, _COENG_TA)
    for written, listed in _VARIANTS:
        if written in key:
            key = key.replace(written, listed)
    return key


def without_accents(text: str) -> str:
    """Return a text without the accents of Latin letters; Khmer keeps its vowels."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text)))


def without_generic(name: str) -> str:
    """Return a name without the word for province, town, district, commune or village."""
    plain = name.translate({0x200B: None}).strip()
    for word in _GENERIC_KM:
        if plain.startswith(word) and len(plain) > len(word):
            return plain.removeprefix(word).strip()
    return _GENERIC_EN.sub("", plain).strip() or plain


def digits_only(text: str) -> str:
    """Return a code written in ASCII or Khmer digits as ASCII, or an empty string."""
    plain = text.strip().translate(_KHMER_DIGITS)
    return plain if plain.isascii() and plain.isdigit() else ""
