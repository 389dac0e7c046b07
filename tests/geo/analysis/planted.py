"""A register made of dice, fictional throughout, with duplicates whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting, inserting_columns
from geo.edit.verbs import Verb
from geo.model.codec import to_row
from geo.model.entity import Kind, LonLat
from geo.model.plan import PlanInfo, User
from geo.model.site import Site
from geo.model.table import Table, columns_from_rows
from geo.model.vocabulary import Precision, Role, SiteKind
from geo.project import Project
from geo.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Sequence

PLANNER = User(id="u", name="Planner (demo)", role=Role.PLANNER, public_key="ab" * 32)
TOWNS = ((102.57, 13.66), (103.52, 10.63), (103.2, 13.1), (104.9, 11.55))
LATIN = (
    *("Golden", "Silver", "Lotus", "Mango", "Papaya", "Dragon", "Lion", "Tiger", "River", "Moon"),
    *("Star", "Jade", "Pearl", "Royal", "Happy", "Lucky", "Green", "Blue", "Angkor", "Sovann"),
    *("Mekong", "Bayon", "Apsara", "Temple", "Palm", "Orchid", "Bamboo", "Phnom", "Meas", "Svay"),
)
KHMER = (
    *("ស្វាយ", "ល្ហុង", "ផ្កាឈូក", "នាគ", "តោ", "ខ្លា", "ទន្លេ", "ព្រះចន្ទ", "ផ្កាយ", "មាស"),
    *("ប្រាក់", "អង្គរ", "បាយ័ន", "អប្សរា", "ប្រាសាទ", "ត្នោត", "ឫស្សី", "ភ្នំ", "សុវណ្ណ", "មេគង្គ"),
)
KINDS = {
    SiteKind.CASINO: ("Casino", "កាស៊ីណូ"),
    SiteKind.HOTEL_GUESTHOUSE: ("Hotel", "សណ្ឋាគារ"),
    SiteKind.RESTAURANT: ("Restaurant", "ភោជនីយដ្ឋាន"),
    SiteKind.SHOP: ("Shop", "ហាង"),
    SiteKind.FACTORY: ("Factory", "រោងចក្រ"),
}


@dataclass(frozen=True)
class Planted:
    """A register and which of its pairs are the same site."""

    plan: Project
    truth: frozenset[tuple[str, str]]


def register(n: int, copies: int, *, seed: int = 7, spread_km: float = 6.0) -> Planted:
    """Return a plan of `n` sites in four towns and `copies` of some, each written differently."""
    dice = Random(seed)
    sites = [invented(dice, i, spread_km) for i in range(n)]
    chosen = dice.sample(sites, copies)
    again = [written_again(dice, site, i) for i, site in enumerate(chosen)]
    pairs = zip(chosen, again, strict=True)
    truth = frozenset((min(a.id, b.id), max(a.id, b.id)) for a, b in pairs)
    mixed = [*sites, *again]
    dice.shuffle(mixed)
    return Planted(plan_of(mixed), truth)


def plan_of(sites: Sequence[Site]) -> Project:
    """Return a plan of sites."""
    store = MemoryStore()
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    rows = columns_from_rows([to_row(s) for s in sites]) if sites else {}
    deltas = [inserting([info]), inserting([PLANNER])]
    if sites:
        deltas.append(inserting_columns(Kind.SITE, [s.id for s in sites], rows))
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=tuple(deltas)))
    return Project(store, PLANNER)


def invented(dice: Random, number: int, spread_km: float) -> Site:
    """Return a site of the register."""
    town = dice.randrange(len(TOWNS))
    lon, lat = TOWNS[town]
    kind = dice.choice(list(KINDS))
    en, km = KINDS[kind]
    placed = dice.random() > 0.05
    degrees = spread_km / 111
    words = f"{dice.choice(LATIN)} {dice.choice(LATIN)}"
    khmer = f"{dice.choice(KHMER)}{dice.choice(KHMER)}"
    plate = str(dice.randrange(1, 200)) if dice.random() < 0.3 else ""
    return Site(
        id=f"s{number:07d}",
        code=f"DEMO-{number:06d}",
        name_en=f"{words} {en} {plate}".strip() if dice.random() > 0.1 else "",
        name_km=f"{km} {khmer} {plate}".strip(),
        kind=kind,
        point=LonLat(lon + dice.gauss(0, degrees), lat + dice.gauss(0, degrees))
        if placed
        else None,
        precision=Precision.POINT if placed else Precision.COMMUNE,
        accuracy_m=float(dice.choice((5, 10, 25, 50))) if placed else None,
        admin_code=f"{town + 10}01{dice.randrange(1, 13):02d}",
        owner=f"Demo owner {dice.randrange(5000)}",
    )


def written_again(dice: Random, site: Site, number: int) -> Site:
    """Return the same site as another office wrote it down: other code, spelling and position."""
    how = dice.randrange(4)
    name_en, name_km, code = site.name_en, site.name_km, f"FV-{number:05d}"
    if how == 0:  # the code with other separators, the names as they are
        code = site.code.replace("-", " ").lower()
    elif how == 1:  # a slip of the pen, shouted
        name_en = slip(dice, name_en).upper()
    elif how == 2:  # only the Khmer name, with a zero-width space and Khmer digits
        name_en = ""
        name_km = name_km.replace(" ", "\u200b ").translate(
            str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
        )
    else:  # the words turned round, a legal form
        name_en = f"{' '.join(reversed(name_en.split()))} Co., Ltd." if name_en else ""
    point = site.point
    if point is not None:
        point = LonLat(point.lon + dice.gauss(0, 3e-4), point.lat + dice.gauss(0, 3e-4))
    return Site(
        id=f"t{number:07d}",
        code=code,
        name_en=name_en,
        name_km=name_km,
        kind=site.kind if dice.random() < 0.9 else SiteKind.OTHER,
        point=point,
        precision=site.precision,
        accuracy_m=float(dice.choice((10, 25, 50))) if point else None,
        admin_code=site.admin_code,
    )


def slip(dice: Random, name: str) -> str:
    """Return a name with one letter lost."""
    if len(name) < 4:
        return name
    at = dice.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


def table_of(n: int, *, seed: int = 7, spread_km: float = 6.0) -> Table:
    """Return only the table of sites of such a register."""
    dice = Random(seed)
    sites = [invented(dice, i, spread_km) for i in range(n)]
    return Table.of(
        Kind.SITE, [s.id for s in sites], [1] * n, columns_from_rows([to_row(s) for s in sites])
    )
