"""What a person may choose from where a row asks: words of a vocabulary, units, one of two days."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from geo.catalogue import label
from geo.formats.text import digits
from geo.formats.values.admin import AdminNames, Match
from geo.model.entity import Kind
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Answer,
    Channel,
    CrossingClass,
    Neighbour,
    Precision,
    SiteKind,
    Violation,
)

if TYPE_CHECKING:
    from geo.catalogue import Language
    from geo.formats.found import Problem
    from geo.gazetteer import Gazetteer

_VOCABULARIES: Final[dict[tuple[Kind, str], type[StrEnum]]] = {
    (Kind.SITE, "kind"): SiteKind,
    (Kind.SITE, "activity"): Activity,
    (Kind.ALLEGATION, "channel"): Channel,
    (Kind.ALLEGATION, "held_now"): Answer,
    (Kind.ALLEGATION, "status"): AllegationStatus,
    (Kind.ALLEGATION, "precision"): Precision,
    (Kind.ALLEGATION, "kinds"): AllegationKind,
    (Kind.CROSSING, "neighbour"): Neighbour,
    (Kind.CROSSING, "crossing_class"): CrossingClass,
    (Kind.CROSSING, "approximate"): Answer,
    (Kind.INSPECTION, "violations"): Violation,
}
_CODE = "import.reason."
_DAY_MONTH = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+\d{4}")
MOST = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a row may mean.

    Attributes:
        values: Field → value that the row then has.
        member: The word of a vocabulary, or None.
        unit: NCDD code of the unit, or empty.
        text: What is shown if it is neither.
    """

    values: Dict[str, str]
    member: StrEnum | None = None
    unit: str = ""
    text: str = ""

    def words(self, language: Language, gazetteer: Gazetteer) -> str:
        """Return what a person reads."""
        if self.member is not None:
            return label(self.member, language)
        found = gazetteer.units(self.unit) if self.unit else ()
        if not found:
            return self.text
        names = (found[0].name_km, found[0].name_en)
        first, second = names if language == "km" else reversed(names)
        return f"{first or second} ({self.unit})"


def vocabulary_of(target: Kind, name: str) -> type[StrEnum] | None:
    """Return the closed list of words of a field, or None where it has none."""
    return _VOCABULARIES.get((target, name))


def choices(
    problem: Problem, values: Dict[str, str], target: Kind, gazetteer: Gazetteer, province: str
) -> tuple[Choice, ...]:
    """Return what the row that a problem is about may mean; none where it must be typed.

    Args:
        problem: What is asked.
        values: Field → text of the row.
        target: What the row becomes.
        gazetteer: Names and codes.
        province: Where a row without a province is looked for.
    """
    code = problem.code.removeprefix(_CODE)
    words = vocabulary_of(target, problem.field)
    if words is not None and code in {"unknown_word", "missing"}:
        return tuple(Choice({problem.field: m.value}, member=m) for m in words)
    if code == "visak":
        return _two_days(problem)
    units = _Units(values, gazetteer, province)
    return tuple(units.of(code, problem.field, problem.value))[:MOST]


def _two_days(problem: Problem) -> tuple[Choice, ...]:
    found = _DAY_MONTH.search(digits(problem.value))
    if found is None:
        return ()
    days = [
        f"{problem.params[which]}-{int(found[2]):02d}-{int(found[1]):02d}"
        for which in ("first", "second")
        if which in problem.params
    ]
    return tuple(Choice({problem.field: day}, text=day) for day in days)


class _Units:
    """The units that a row may speak of."""

    def __init__(self, values: Dict[str, str], gazetteer: Gazetteer, province: str) -> None:
        self._values, self._gazetteer = values, gazetteer
        self._names = AdminNames(gazetteer)
        named = values.get("province", "")
        self._province = self._names.province(named).code if named else province

    def of(self, code: str, name: str, value: str) -> list[Choice]:
        if code == "several_villages":
            return _as(self._names.village(value, self._district()).several, "village_code")
        if code == "several_units":
            parent = self._province if name == "district" else self._district()
            parent = self._names.find(self._values.get("commune", ""), parent).code or parent
            match = self._names.find(value, self._district() if name == "commune" else parent)
            return _as(match.several, f"{name}_code")
        if code == "unknown_commune":
            district = self._district()
            # The district is known: it may be kept without a finer unit.
            kept = Choice({"commune": "", "village": ""}, unit=district)
            below = _as([u.code for u in self._gazetteer.children(district)], "commune_code")
            return [kept, *below] if district else []
        if code in {"unknown_district", "no_district"} and self._province:
            units = self._gazetteer.children(self._province)
            return _as([u.code for u in units], "district_code")
        return []

    def _district(self) -> str:
        name = self._values.get("district", "")
        match = self._names.district(name, self._province) if name else Match()
        return match.code


def _as(codes: tuple[str, ...] | list[str], field: str) -> list[Choice]:
    return [Choice({field: code}, unit=code) for code in codes]
