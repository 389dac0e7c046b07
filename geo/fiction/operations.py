"""The demonstration's operations as their planner makes them, up to the draft.

In each province the zones come from the balanced split, with a seed. In one more operation they
were drawn by hand, and it stays a draft, so that there is something left to plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.analysis.split.order import Wish, order_province
from geo.edit.assign import assign_team
from geo.edit.operations import add_operation
from geo.edit.splitting import split_into_zones
from geo.edit.support import add_support
from geo.edit.zones import place_in_operation, set_zone
from geo.gazetteer import Gazetteer
from geo.model.command import Limits, Operation, Period, Team, Zone, new_period
from geo.model.entity import Kind, LonLat
from geo.model.plan import User
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.analysis.split.result import Split
    from geo.compute import Computer
    from geo.model.entity import Area
    from geo.progress import Progress
    from geo.project import Project

PROVINCES: Final = {"18": "Preah Sihanouk", "01": "Banteay Meanchey", "02": "Battambang"}
PROVINCES_KM: Final = {"18": "ព្រះសីហនុ", "01": "បន្ទាយមានជ័យ", "02": "បាត់ដំបង"}
ZONES: Final = 4
# Of all places in the four zones' stories: what became of each.
COMPLETED, READY, BLOCKED, UNDER_WAY = range(ZONES)
DUTIES: Final[dict[int, tuple[int | None, ...]]] = {
    COMPLETED: (0,),
    READY: (1,),
    BLOCKED: (None,),
    UNDER_WAY: (0, 1),
}
"""In which of the two periods the team of each zone goes in; None is the whole operation."""
# Days after the one on which the plan is built.
PERIODS: Final = (("ថ្ងៃទី១ សាកល្បង / Demo day 1", -1), ("ថ្ងៃទី២ សាកល្បង / Demo day 2", 2))
LATER_PERIODS: Final = (("ថ្ងៃទី១ សាកល្បង / Demo day 1", 16), ("ថ្ងៃទី២ សាកល្បង / Demo day 2", 17))
STARTS, ENDS = time(5, 30), time(18, 0)
SEED: Final = 2022
CANDIDATES: Final = 40
# Zones of a whole province are wide.
LIMITS: Final = Limits(ambulance_minutes=60, fire_minutes=60, speed_kmh=40.0)
COMMANDER: Final = "អភិបាលខេត្ត (សាកល្បង) / Provincial governor (demo)"
TASKS: Final = (
    "សង្គ្រោះ និងពិនិត្យជនរងគ្រោះមុនគេ (សាកល្បង) / Rescue and screen victims first (demo)",
    "ត្រួតពិនិត្យទីតាំងក្នុងបញ្ជី (សាកល្បង) / Inspect the sites of the list (demo)",
    "រាយការណ៍រៀងរាល់ម៉ោង (សាកល្បង) / Report each hour (demo)",
)
_LETTERS_KM: Final = "កខគឃ"
_LETTERS_EN: Final = "ABCD"
_DISTRICT: Final = 4
_APART_DEGREES: Final = 0.01
_STANDING_BY: Final = (
    (VehicleKind.AMBULANCE, "សង្គ្រោះសាកល្បង", "Demo ambulance"),
    (VehicleKind.FIRE_TRUCK, "ពន្លត់ភ្លើងសាកល្បង", "Demo fire truck"),
)


@dataclass(frozen=True, slots=True)
class Story:
    """An operation, and in the order of `COMPLETED` … `UNDER_WAY` its zones, teams and leaders."""

    province: str
    operation_id: str
    zones: tuple[str, ...]
    teams: tuple[str, ...]
    leaders: tuple[User, ...]


def plan_operation(
    project: Project,
    computer: Computer,
    province: str,
    leaders: Mapping[str, User],
    day: date,
    progress: Progress,
) -> Story:
    """Make a province's operation: two periods, four zones of equal workload, a team in each.

    Args:
        project: The plan, with its planner signed in.
        computer: Where the split is computed.
        province: NCDD code.
        leaders: Team id → the deputy governor who leads it, in the order of the teams.
        day: The day on which the plan is built.
        progress: Asked whether to go on.
    """
    operation = Operation(
        name=f"{PROVINCES_KM[province]}៖ ប្រតិបត្តិការសាកល្បង / {PROVINCES[province]}: demo operation",
        province_code=province,
        periods=_periods(PERIODS, day),
        commander=COMMANDER,
        limits=LIMITS,
    )
    project.commit(add_operation(project, operation))
    zones = _split(project, computer, province, operation, progress)
    teams = tuple(leaders)
    for part, (zone_id, team_id) in enumerate(zip(zones, teams, strict=True)):
        _let_stand_by(project, zone_id, province, project.get(Team, team_id).short_name)
        for number in DUTIES[part]:
            period_id = "" if number is None else operation.periods[number].id
            project.commit(assign_team(project, zone_id, team_id, period_id, TASKS))
    return Story(province, operation.id, zones, teams, tuple(leaders.values()))


def draft_operation(
    project: Project, province: str, zone_ids: Sequence[str], day: date
) -> Operation:
    """Put zones that were drawn by hand into an operation that is still being planned.

    Its last zone has no team yet, and nobody was asked for anything.
    """
    operation = Operation(
        name=f"{PROVINCES_KM[province]}៖ ប្រតិបត្តិការបន្តសាកល្បង"
        f" / {PROVINCES[province]}: demo follow-up",
        province_code=province,
        periods=_periods(LATER_PERIODS, day),
        commander=COMMANDER,
    )
    project.commit(add_operation(project, operation))
    project.commit(place_in_operation(project, zone_ids, operation.id))
    teams = [t for t in project.all(Team) if t.province_code == province]
    ordered = sorted(teams, key=lambda t: t.short_name)
    for zone_id, team in zip(zone_ids[:-1], ordered, strict=False):
        for period in operation.periods:
            project.commit(assign_team(project, zone_id, team.id, period.id, TASKS))
    return operation


def sites_in(project: Project, outline: Area) -> list[int]:
    """Return the positions of the sites in an area, in the order of their codes."""
    sites = project.table(Kind.SITE)
    lon, lat = sites["lon"].astype(np.float64), sites["lat"].astype(np.float64)
    found = np.flatnonzero(shapely.contains_xy(outline, lon, lat)).tolist()
    return sorted(found, key=lambda row: str(sites["code"][row]))


def _split(
    project: Project,
    computer: Computer,
    province: str,
    operation: Operation,
    progress: Progress,
) -> tuple[str, ...]:
    """Split a province by workload, and return its zones in the order of their stories."""
    from geo.analysis.split.job import split  # the window starts without it

    wish = Wish(into=ZONES, seed=SEED, candidates=CANDIDATES)
    order = order_province(project, province, wish, progress)
    result: Split = computer.run(split, order, progress=progress)
    parts = sorted(range(ZONES), key=lambda n: -_crowded(project, result.zones[n].outline))
    names = [""] * ZONES
    for part, number in enumerate(parts):
        names[number] = _name(project, result.zones[number].outline, part)
    project.commit(split_into_zones(project, result, operation.id, names))
    ids = {z.name: z.id for z in project.all(Zone)}
    zones = tuple(ids[names[number]] for number in parts)
    for part, zone_id in enumerate(zones[1:], start=2):
        project.commit(set_zone(project, zone_id, priority=part))
    return zones


def _crowded(project: Project, outline: Area) -> float:
    """Return how close together the sites of an area lie: a town comes before its province."""
    sites = project.table(Kind.SITE)
    rows = sites_in(project, outline)
    if not rows:
        return 0.0
    spans = [float(np.ptp(sites[name][rows].astype(np.float64))) for name in ("lon", "lat")]
    return len(rows) / max(*spans, 0.001)


def _name(project: Project, outline: Area, part: int) -> str:
    """Return a zone's name: its letter, and the district where most of its sites are."""
    codes = project.table(Kind.SITE)["admin_code"][sites_in(project, outline)]
    known, counts = np.unique([str(c)[:_DISTRICT] for c in codes if c], return_counts=True)
    district = Gazetteer.load().unit(str(known[np.argmax(counts)])) if len(known) else None
    km, en = (f"{district.name_km} ", f"{district.name_en} ") if district else ("", "")
    # What tells it from the others comes first: a narrow list shows no more.
    return f"{_LETTERS_KM[part]} {km}(សាកល្បង) / {_LETTERS_EN[part]} {en}(demo)"


def _let_stand_by(project: Project, zone_id: str, province: str, called: str) -> None:
    """Let an ambulance and a fire truck wait in the midst of a zone's sites, each at one of them.

    Where a site is there is a road.
    """
    sites = project.table(Kind.SITE)
    rows = sites_in(project, project.get(Zone, zone_id).outline)
    places = np.column_stack([sites[name][rows].astype(np.float64) for name in ("lon", "lat")])
    away = np.linalg.norm(places - (places.min(axis=0) + places.max(axis=0)) / 2, axis=1)
    for kind, km, en in _STANDING_BY:
        nearest = places[np.argmin(away)]
        unit = SupportUnit(
            name=f"{called} {km} / {en}",
            kind=kind,
            point=LonLat(*nearest.tolist()),
            province_code=province,
            contact=f"ប៉ុស្តិ៍វិទ្យុលេខ {called[-1]} (សាកល្បង) / Radio channel {called[-1]} (demo)",
        )
        project.commit(add_support(project, unit))
        # The next one waits elsewhere, if there is an elsewhere.
        away[np.linalg.norm(places - nearest, axis=1) < _APART_DEGREES] = np.inf


def _periods(wanted: Sequence[tuple[str, int]], day: date) -> tuple[Period, ...]:
    days = [(title, day + timedelta(days=after)) for title, after in wanted]
    return tuple(
        new_period(title, datetime.combine(on, STARTS), datetime.combine(on, ENDS))
        for title, on in days
    )
