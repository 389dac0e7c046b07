"""Gaps and conflicts in words: the same in the window, on the sheet and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.catalogue import text
from geo.localise import format_number
from geo.model.entity import Kind
from geo.model.gaps import GapCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.readiness.conflicts import Conflict
    from geo.analysis.readiness.gaps import Example, Gap
    from geo.catalogue import Language

_CODED: Final = frozenset({"reason", "of"})
"""Values that are codes of the catalogue themselves."""
_NOBODY: Final = {
    GapCode.AMBULANCE_FAR: "readiness.support.no_ambulance",
    GapCode.FIRE_FAR: "readiness.support.no_fire_truck",
}
"""What is said where not even the nearest one is known."""
_SHORT_ID: Final = 8


def gap_sentence(gap: Gap, language: Language) -> str:
    """Return what is missing as a sentence."""
    return _worded(gap.what, {**gap.params, "count": gap.count}, language)


def conflict_sentence(conflict: Conflict, language: Language) -> str:
    """Return why two duties cannot both be, or what is too far, as a sentence."""
    return _worded(conflict.what, {**conflict.params, "count": 1}, language)


def example_name(example: Example) -> str:
    """Return what a row is called in a list: an allegation by the beginning of its id."""
    if example.kind is Kind.ALLEGATION or not example.name:
        return example.id[:_SHORT_ID]
    return example.name


def _worded(what: GapCode, params: Mapping[str, str | int], language: Language) -> str:
    code = what.value if "nearest" in params else _NOBODY.get(what, what.value)
    return text(code, language, **_values(params, language))


def _values(params: Mapping[str, str | int], language: Language) -> dict[str, str]:
    found = {}
    for name, value in params.items():
        if isinstance(value, int):
            found[name] = format_number(value, language)
        else:
            found[name] = text(value, language) if name in _CODED else value
    return found
