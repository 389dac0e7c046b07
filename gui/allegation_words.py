"""What an allegation's place, people and grade are called in words. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import crs, localise
from geo.model.vocabulary import Precision
from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from geo.model.allegation import Allegation, NationalityCount
    from geo.model.entity import LonLat


def place_words(
    precision: Precision, point: LonLat | None, accuracy_m: float | None, admin_code: str
) -> str:
    """Return where something is said to be, never finer than it is known."""
    if point is not None:
        where = crs.format_decimal(*point, khmer_digits=i18n.language() == "km")
        if accuracy_m is None:
            return where
        return f"{where}  ± {localise.format_length(accuracy_m, i18n.language())}"
    if precision is Precision.UNKNOWN or not admin_code:
        return tr("allegation.place.unknown")
    return tr(f"allegation.place.{precision.value}", name=unit_name(admin_code))


def unit_name(code: str) -> str:
    """Return a unit with the names of those above it, as in an address; else its code."""
    from geo.gazetteer import Gazetteer

    gazetteer = Gazetteer.load()
    unit = next(iter(gazetteer.units(code)), None)
    if unit is None:
        return code
    names = [i18n.name_of(u.name_km, u.name_en) for u in gazetteer.parents(unit)]
    own = i18n.name_of(unit.name_km, unit.name_en)
    return f"{own} ({', '.join(names)})" if names else own


def people_words(allegation: Allegation) -> str:
    """Return how many people are spoken of; unknown is not zero."""
    low, high = allegation.people_min, allegation.people_max
    if low is None and high is None:
        return tr("panel.allegation.people_unknown")
    if low is not None and high is not None and low != high:
        return f"{i18n.number(low)} – {i18n.number(high)}"
    if low is None:
        return tr("allegation.people.at_most", n=i18n.number(high or 0))
    if high is None:
        return tr("allegation.people.at_least", n=i18n.number(low))
    return i18n.number(low)


def nationality_words(counts: tuple[NationalityCount, ...]) -> str:
    """Return counts by nationality as they are written: ``TH 5; CN 2``."""
    return "; ".join(f"{n.country} {i18n.digits(str(n.count))}" for n in counts)
