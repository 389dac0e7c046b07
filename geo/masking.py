"""Telephone and passport numbers in free text, replaced before anything is stored.

The mask is a fixed placeholder without any digit of the number: a part of a number still finds a
person.
"""

from __future__ import annotations

import re

TELEPHONE = "[☎]"
PASSPORT = "[🛂]"

_DIGIT = "[0-9០-៩]"
_GAP = r"[ \u00a0.\-–()/\u200b]{0,3}"
# Cambodian numbers have 8 to 10 digits after a 0, or follow +855; foreign ones a plus sign.
_INTERNATIONAL = re.compile(rf"(?<![\w+])(?:\+|00){_GAP}(?:{_DIGIT}{_GAP}){{7,14}}{_DIGIT}(?!\w)")
_COUNTRY = re.compile(rf"(?<![\w])(?:855|៨៥៥){_GAP}(?:{_DIGIT}{_GAP}){{7,8}}{_DIGIT}(?!\w)")
_LOCAL = re.compile(rf"(?<!\w)\(?[0០]{_GAP}(?:{_DIGIT}{_GAP}){{7,9}}{_DIGIT}(?!\w)")
# Passports and identity cards: one to three letters and six to nine digits; nine digits alone are
# a Khmer card.
_PASSPORT = re.compile(rf"(?<!\w)[A-Za-z]{{1,3}}[ \-]?{_DIGIT}{{6,9}}(?!\w)")
_CARD = re.compile(rf"(?<!\w){_DIGIT}{{9}}(?:\({_DIGIT}{{2}}\))?(?!\w)")
# A date such as 2022-09-17 10:30 is no telephone; only runs that begin with 0 or + are.


def mask(text: str) -> str:
    """Return `text` with telephone, passport and identity-card numbers replaced.

    Masking twice changes nothing more. Numbers that only look like one are masked too: a lost
    serial number in a note costs less than a number that finds a person.
    """
    if not any(c.isdigit() for c in text):
        return text
    for pattern in (_INTERNATIONAL, _COUNTRY, _LOCAL):
        text = pattern.sub(TELEPHONE, text)
    return _CARD.sub(PASSPORT, _PASSPORT.sub(PASSPORT, text))
