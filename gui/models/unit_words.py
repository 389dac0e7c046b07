"""An administrative unit in words, by its code."""

from __future__ import annotations

from gui import i18n
from gui.i18n import tr


def unit_words(code: str) -> str:
    """Return a unit with the one above it and its code, as a person reads it; empty for none."""
    if not code:
        return ""
    from geo.gazetteer import Gazetteer

    gazetteer = Gazetteer.load()
    unit = next(iter(gazetteer.units(code)), None)
    if unit is None:
        return tr("panel.unit.only_code", code=code)
    above = gazetteer.parents(unit)[:1]
    names = ", ".join(i18n.name_of(u.name_km, u.name_en) for u in (unit, *above))
    return f"{i18n.label(unit.level)} {names} ({code})"
