"""The position that a map link spells out; nothing is ever fetched from a link."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

_DEGREES = r"(-?\d{1,3}\.\d+)"
_PAIR = rf"{_DEGREES}(?:\s*,\s*|\s+){_DEGREES}"
# From what marks the place itself to what only says where the picture was centred.
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d{_DEGREES}!4d{_DEGREES}",
        rf"[?&]mlat={_DEGREES}&mlon={_DEGREES}",
        rf"[?&](?:q|query|destination|daddr)=(?:loc:)?\s*{_PAIR}",
        rf"/(?:place|search)/{_PAIR}",
        rf"/dir/.*/{_PAIR}(?:/|$|\?)",
        rf"@{_DEGREES},\s*{_DEGREES}",
        rf"[?&](?:ll|center|sll)={_PAIR}",
        rf"#map=\d+(?:\.\d+)?/{_DEGREES}/{_DEGREES}",
        rf"\bgeo:{_PAIR}",
    )
)
_NAMED = re.compile(r"(?:/(?:place|search)/|[?&](?:q|query)=)([^/@?&]*[°º][^/@?&]*)")
_SIGNS = ("://", "@", "q=", "geo:", "goo.gl")


def is_link(text: str) -> bool:
    """Tell whether a text is a map link."""
    return any(sign in text for sign in _SIGNS)


def pair_of(link: str) -> tuple[float, float] | str | None:
    """Return the two numbers of a link, or its degrees and minutes as text, or None."""
    plain = unquote_plus(link)
    for place in _PLACES[:1]:
        if found := place.search(plain):
            return float(found[1]), float(found[2])
    if named := _NAMED.search(plain):
        return named[1]
    for place in _PLACES[1:]:
        if found := place.search(plain):
            return float(found[1]), float(found[2])
    return None
