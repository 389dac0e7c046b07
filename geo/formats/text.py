"""Texts made comparable: Khmer digits, zero-width characters, case, spaces, punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩０１２３４５６７８９", "01234567890123456789")
_INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"}
_QUOTES = {ord(c): "'" for c in "\u2018\u2019\u02bc`´"}  # noqa: RUF001 - what people type
_MINUTES = {ord(c): "'" for c in "\u2018\u2019\u02bc\u02b9\u2032\u00b4`"}
_SECONDS = {ord(c): '"' for c in "\u201c\u201d\u201e\u2033\u02ba\u3003"}
_SEPARATORS = re.compile(r"[\s_\-–—./\\|:;,()\[\]\"'«»?*#]+")


def digits(text: str) -> str:
    """Return `text` with Khmer and full-width digits as 0 to 9."""
    return text if text.isascii() else text.translate(_DIGITS)


def visible(text: str) -> str:
    """Return `text` in NFC without zero-width characters, spaces trimmed."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).strip()


def straight(text: str) -> str:
    """Return `text` with whatever stands for minutes and seconds of an angle as ``'`` and ``"``."""
    plain = text if text.isascii() else text.translate(_MINUTES).translate(_SECONDS)
    return plain.replace("''", '"')


@lru_cache(maxsize=100_000)
def normalise(text: str) -> str:
    """Return the comparable form.

    NFC, no zero-width characters, lower case, single spaces, no punctuation.
    """
    plain = digits(visible(text)).translate(_QUOTES).casefold()
    return _SEPARATORS.sub(" ", plain).strip()


def squeezed(text: str) -> str:
    """Return the comparable form without any space: how names are compared."""
    return normalise(text).replace(" ", "")


def has_khmer(text: str) -> bool:
    """Tell whether a text has a Khmer letter."""
    return any("\u1780" <= c <= "\u17ff" for c in text)


def has_chinese(text: str) -> bool:
    """Tell whether a text has a Chinese character."""
    return any("\u4e00" <= c <= "\u9fff" for c in text)
