"""What a new plan holds: title, users, authorities, fine rates, border crossings."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.entity import Entity, LonLat
from geo.model.place import BorderCrossing
from geo.model.result import FineRate
from geo.model.site import Authority
from geo.model.vocabulary import CrossingClass, FineBasis, Neighbour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.plan import PlanInfo, User

# NCDD codes by the names that the crossings' table uses.
_PROVINCES = {
    "Banteay Meanchey": "01",
    "Battambang": "02",
    "Kampot": "07",
    "Kandal": "08",
    "Koh Kong": "09",
    "Kratie": "10",
    "Ratanak Kiri": "16",
    "Stung Treng": "19",
    "Svay Rieng": "20",
    "Takeo": "21",
    "Oddar Meanchey": "22",
    "Pailin": "24",
    "Tboung Khmum": "25",
}


def first_edit(info: PlanInfo, users: Sequence[User], *, crossings: bool = True) -> Edit:
    """Return the edit that fills an empty plan."""
    groups: list[Sequence[Entity]] = [(info,), users, default_authorities(), fine_rates()]
    if crossings:
        groups.append(border_crossings())
    return Edit(
        verb=Verb.CREATE_PLAN,
        params={"name": info.name},
        deltas=tuple(inserting(group) for group in groups if group),
        # A plan without its title and users is no plan: its creation cannot be taken back.
        barrier=True,
    )


def default_authorities() -> tuple[Authority, ...]:
    """Return the authorities of a new plan; the first five may decide a site's status."""
    return (
        Authority(name_km="សាលាដំបូងខេត្ត", name_en="Provincial Court of First Instance"),
        Authority(
            name_km="គណៈបញ្ជាការឯកភាពរដ្ឋបាលខេត្ត",
            name_en="Provincial Administrative Unity Command",
        ),
        Authority(name_km="ក្រសួងមហាផ្ទៃ", name_en="Ministry of Interior"),
        Authority(
            name_km="ក្រសួងការងារ និងបណ្តុះបណ្តាលវិជ្ជាជីវៈ",
            name_en="Ministry of Labour and Vocational Training",
        ),
        Authority(
            name_km="គណៈកម្មការគ្រប់គ្រងល្បែងពាណិជ្ជកម្មកម្ពុជា",
            name_en="Commercial Gambling Management Commission",
        ),
        Authority(
            name_km="គណៈកម្មាធិការជាតិប្រយុទ្ធប្រឆាំងអំពើជួញដូរមនុស្ស",
            name_en="National Committee for Counter Trafficking",
            may_decide=False,
        ),
        Authority(
            name_km="កងរាជអាវុធហត្ថខេត្ត",
            name_en="Provincial Military Police",
            may_decide=False,
        ),
    )


def fine_rates() -> tuple[FineRate, ...]:
    """Return the fines as they were ordered in 2022; later amounts are rows of their own."""
    source = "Labour law, as ordered in 2022"
    since = date(2022, 1, 1)
    return (
        FineRate(
            violation="detained_and_forced_to_work",
            amount_riel=2_620_000,
            basis=FineBasis.PER_CASE,
            applies_from=since,
            source=source,
        ),
        FineRate(
            violation="forced_overtime",
            amount_riel=1_680_000,
            basis=FineBasis.PER_CASE,
            applies_from=since,
            source=source,
        ),
    )


def border_crossings() -> tuple[BorderCrossing, ...]:
    """Return the shipped border crossings; where a position is not the gate's, they say so."""
    table = files("resources") / "crossings" / "border_crossings.csv"
    lines = table.read_text("utf-8-sig").splitlines()
    return tuple(_crossing(row) for row in csv.DictReader(lines))


def _crossing(row: dict[str, str]) -> BorderCrossing:
    basis = row["basis"]
    point = LonLat(float(row["lon"]), float(row["lat"]))
    if "use the nearest border point" in basis:
        point = LonLat(float(row["nearest_border_lon"]), float(row["nearest_border_lat"]))
    international = row["checkpoint_class"].startswith("international")
    return BorderCrossing(
        name_en=row["name_en"],
        name_km=row["name_km"],
        neighbour=Neighbour(row["country"]),
        opposite=row["opposite"],
        crossing_class=CrossingClass.INTERNATIONAL
        if international
        else CrossingClass.LOCAL_CORRIDOR,
        point=point,
        approximate=basis != "published coordinate",
        admin_code=_PROVINCES.get(row["province"], ""),
        basis=basis,
    )
