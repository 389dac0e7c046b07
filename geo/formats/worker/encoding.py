"""Bytes to text.

UTF-8 and UTF-16 with or without a mark, old code pages, one broken character among good ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What offices really have; a guess among all code pages of the world is mostly wrong.
_OLD_PAGES = ["cp1252", "cp874", "gb18030", "cp1258"]
_SAMPLE = 200_000
_FEW = 4
_BREAK = re.compile(r"\r\n|\n|\r")


def decoded(path: Path) -> tuple[str, str, set[int]]:
    """Return text, encoding, and the lines (from 0) with a character that could not be read."""
    data = path.read_bytes()
    encoding = encoding_of(data)
    try:
        return data.decode(encoding), encoding, set()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        bad = {i for i, line in enumerate(_BREAK.split(text)) if "\ufffd" in line}
        return text.replace("\ufffd", ""), encoding, bad


def encoding_of(data: bytes) -> str:
    """Return the encoding of a text: by its mark, by its shape, or as it reads best."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    half = half_empty(data[:_SAMPLE])
    if half is not None:
        return "utf-16-le" if half else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _old_page(data)
    return "utf-8"


def half_empty(sample: bytes) -> int | None:
    """Return 1 or 0 if NUL bytes stand in odd or even places only, as in UTF-16 without a mark.

    A stray NUL in a text is no such pattern: it is a damaged row.
    """
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most < _FEW or most * 20 < len(sample) or least * 20 > most:
        return None
    return int(odd > even)


def _old_page(data: bytes) -> str:
    # Khmer in UTF-8 with a few broken characters is still UTF-8: most of its many-byte characters
    # read well.
    text = data[:_SAMPLE].decode("utf-8", "replace")
    good = sum(ord(c) > 0x7F and c != "\ufffd" for c in text)  # noqa: PLR2004 - the end of ASCII
    if good > 2 * text.count("\ufffd"):
        return "utf-8"
    best = from_bytes(data[:_SAMPLE], cp_isolation=_OLD_PAGES).best()
    return best.encoding if best else "cp1252"
