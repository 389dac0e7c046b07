"""A question as a plain form: alternatives of conditions, all of one of which must hold.

"Within 2 km of the border and grade B2 or better and not inspected for 90 days, or …" is two lists
of conditions; nothing deeper is needed, since every condition can also be turned round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from geo.model.entity import Kind

VERSION: Final = 1
"""Of the form as it is written; a later one is refused, never half understood."""
MOST_CONDITIONS: Final = 40
MOST_METRES: Final = 500_000.0
MOST_DAYS: Final = 36_500


class About(StrEnum):
    """What is asked for."""

    SITES = "sites"
    ALLEGATIONS = "allegations"
    CROSSINGS = "crossings"

    @property
    def kind(self) -> Kind:
        """Kind of the rows."""
        return _KINDS[self]


_KINDS: Final = {
    About.SITES: Kind.SITE,
    About.ALLEGATIONS: Kind.ALLEGATION,
    About.CROSSINGS: Kind.CROSSING,
}


class Place(StrEnum):
    """What something may be near to or within."""

    BORDER = "border"
    CROSSING = "crossing"
    SITE = "site"
    ZONE = "zone"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """A field has one of some values.

    Attributes:
        field: Key of the field, see `geo.question.fields`.
        values: Values of its vocabulary.
        negated: It has none of them.
    """

    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """A number is at least this large, or smaller if `negated`."""

    field: str
    value: int
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeAtLeast:
    """Both fields of the Admiralty grade are as good as `least`, such as ``B2``.

    F and 6 are neutral: nobody can tell, and that is neither yes nor no.
    """

    field: str = "grade"
    least: str = "B2"
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day lies in a period, both ends included; None is open."""

    field: str
    since: date | None = None
    until: date | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """A day lies in the last `days` days, the day of the map included."""

    field: str
    days: int
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """No visit or inspection is recorded of the last `days` days.

    Attributes:
        unrecorded: What no visit at all is recorded of counts as not inspected; otherwise nobody
            can tell.
    """

    field: str = "visited"
    days: int = 90
    unrecorded: bool = True
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Something lies within a distance of a place, or inside it.

    Attributes:
        near: What kind of place.
        which: Neighbour (``TH``, ``VN``, ``LA``) of a border; id, code or name of a crossing, site
            or zone; code of a unit. Empty is any border, crossing or zone.
        metres: How far at most; 0 is inside, for zones and units only.
    """

    field: str = "place"
    near: Place = Place.BORDER
    which: str = ""
    metres: float = 2_000.0
    negated: bool = False


Condition = OneOf | AtLeast | GradeAtLeast | Period | Lately | Unseen | Near


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the map.

    Attributes:
        about: Rows of which kind.
        any_of: Alternatives; each is a list of conditions that hold together.
    """

    about: About = About.SITES
    any_of: tuple[tuple[Condition, ...], ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition in its order."""
        return tuple(condition for group in self.any_of for condition in group)
