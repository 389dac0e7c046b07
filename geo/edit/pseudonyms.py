"""What may stand for a person: a pseudonym with a number, two letters of a country, masked words.

No list tells every name, so the rule is about shape: a short word with a number in it. A name typed
by mistake is refused because it is too long a word, and a telephone or passport number because it
finds a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import InputError
from geo.masking import mask
from geo.model.entity import Kind

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows

LONGEST_WORD: Final = 3
"""Letters of the longest word in a pseudonym: ``P-012`` and ``TH-B-07``, but nobody's name."""
_DEMO: Final = re.compile(r"\(demo\)", re.IGNORECASE)
_WORDS: Final = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f\d])+")
_COUNTRY: Final = re.compile(r"([A-Z]{2})?")


def is_pseudonym(text: str) -> bool:
    """Tell whether a text may stand for a person."""
    text = text.strip()
    words = _WORDS.findall(_DEMO.sub("", text))
    # Khmer and Chinese write whole names in so few signs: of theirs one stands alone.
    short = all(len(w) <= (LONGEST_WORD if w.isascii() else 1) for w in words)
    return short and any(c.isdigit() for c in text) and mask(text) == text


def demand_pseudonym(plan: PlanRows, pseudonym: str, person_id: str) -> None:
    """Refuse what is no pseudonym, or stands for somebody else already.

    Raises:
        InputError: It does not look like one, or is taken.
    """
    if not is_pseudonym(pseudonym):
        raise InputError("error.person.no_pseudonym")
    table = plan.table(Kind.PERSON_REF)
    wanted = pseudonym.strip().casefold()
    same = np.array([str(p).strip().casefold() == wanted for p in table["pseudonym"]], dtype=bool)
    if (same & (table.ids != person_id)).any():
        raise InputError("error.person.taken", name=pseudonym.strip())


def demand_country(country: str) -> None:
    """Refuse what is no code of a country.

    Raises:
        InputError: It is neither empty nor two capital letters (ISO 3166-1 alpha-2).
    """
    if not _COUNTRY.fullmatch(country):
        raise InputError("error.person.country")
