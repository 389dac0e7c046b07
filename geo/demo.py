"""The demonstration plan: fictional businesses on real geography, made by real import and edits.

Everything goes the way a planner's work goes: registers are imported through the worker, decisions
are entered with their authority and document, zones are put into operations and given to teams,
deputy governors accept.
"""

from __future__ import annotations

import csv
import json
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from geo.edit.assign import assign_team
from geo.edit.decisions import Ruling, decide_many
from geo.edit.operations import add_operation
from geo.edit.people import add_authorities
from geo.edit.teams import edit_team
from geo.edit.zones import place_in_operation
from geo.errors import InputError
from geo.fiction.findings import (
    add_network,
    add_pictures,
    answer_doubles,
    check_signs,
    link_likely_licences,
)
from geo.fiction.gates import close_gates
from geo.fiction.signing import add_standing_by, sign
from geo.fiction.voices import add_voices
from geo.formats.reader import FileReader
from geo.gazetteer import Gazetteer
from geo.keys import KeyStore
from geo.loading import load
from geo.model.command import Operation, Period, Team, Zone, new_period
from geo.model.entity import Kind, new_id
from geo.model.plan import User
from geo.model.site import Authority
from geo.model.vocabulary import LegalStatus, Role
from geo.progress import NoProgress
from geo.project import Project
from geo.store.plans import create_plan
from resources.demo.moved import text_of, write_as_of

if TYPE_CHECKING:
    from geo.progress import Progress

PLAN_NAME = "demo.gpkg"
PROVINCES = {"18": "Preah Sihanouk", "01": "Banteay Meanchey", "02": "Battambang"}
PROVINCES_KM = {"18": "ព្រះសីហនុ", "01": "បន្ទាយមានជ័យ", "02": "បាត់ដំបង"}
# Days after the one on which the plan is built.
PERIODS = (("ថ្ងៃទី១ សាកល្បង / Demo day 1", 5), ("ថ្ងៃទី២ សាកល្បង / Demo day 2", 6))
STARTS, ENDS = time(5, 30), time(18, 0)
REGISTERS = (
    ("sites_preah_sihanouk.xlsx", Kind.SITE),
    ("sites_banteay_meanchey.csv", Kind.SITE),
    ("sites_battambang.geojson", Kind.SITE),
    ("sites_field_visit.kml", Kind.SITE),
    ("sites_phone.gpx", Kind.SITE),
    ("licences.csv", Kind.LICENCE),
    ("allegations_preah_sihanouk.xlsx", Kind.ALLEGATION),
    ("allegations_northwest.csv", Kind.ALLEGATION),
    ("teams.csv", Kind.TEAM),
    ("zones.geojson", Kind.ZONE),
    ("sites_district_office.csv", Kind.SITE),
    ("inspections_kobo.xlsx", Kind.INSPECTION),
)
RELEASED = "18"
"""The province whose operation was released; the others are still drafts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCount:
    """What became of the rows of one register; rows = imported + rejected + waiting."""

    file_name: str
    rows: int
    imported: int
    rejected: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The demonstration that was built."""

    path: Path
    imports: tuple[ImportCount, ...]


def build(folder: Path, progress: Progress | None = None, *, day: date | None = None) -> Demo:
    """Build the demonstration plan in `folder`.

    Args:
        folder: Where the plan is made.
        progress: Told of each register, and asked whether to go on.
        day: The day up to which everything was written; None is today.

    Raises:
        InputError: A plan of that name is there already.
        PlanFileError: The folder cannot be written.
        CancelledError: The user asked to stop; the unfinished plan is removed.
    """
    progress = progress or NoProgress()
    path = folder / PLAN_NAME
    if path.exists():
        raise InputError("error.demo.exists", name=PLAN_NAME, folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    day = day or _today()
    project, people = _new_plan(path)
    try:
        imports = _import_registers(project, day, progress)
        _decide(project, day)
        _tell(project, day)
        _command(project, people, day)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    project.close()
    return Demo(path=path, imports=imports)


def _today() -> date:
    """Return today by the clock that is behind: no check may call a row one of the future."""
    now = datetime.now(UTC)
    return min(now.date(), now.astimezone().date())


def _new_plan(path: Path) -> tuple[Project, dict[str, User]]:
    keys = KeyStore()

    def user(name: str, role: Role, office: str) -> User:
        user_id = new_id()
        return User(
            id=user_id, name=name, role=role, office=office, public_key=keys.create(user_id)
        )

    users = [
        user("Planner (demo)", Role.PLANNER, "Planning office (demo)"),
        user("Governor (demo)", Role.GOVERNOR, "Provincial governor (demo)"),
        *(
            user(f"Deputy Governor {n} (demo)", Role.DEPUTY_GOVERNOR, f"Deputy governor {n} (demo)")
            for n in range(1, 5)
        ),
        user("Analyst (demo)", Role.ANALYST, "Analysis office (demo)"),
        user("Auditor (demo)", Role.AUDITOR, "Audit office (demo)"),
    ]
    planner = users[0]
    store = create_plan(
        path,
        name="Demonstration (fictional) · ទិន្នន័យសាកល្បង",
        province_code="18",
        users=users,
        actor=planner,
        fictional=True,
        office_en="Provincial Administrative Unity Command, Preah Sihanouk (demonstration)",
        office_km="គណៈបញ្ជាការឯកភាពរដ្ឋបាលខេត្តព្រះសីហនុ (សាកល្បង)",
    )
    project = Project(store, planner, keys.signer(planner.id))
    return project, {u.name: u for u in users}


def _import_registers(project: Project, day: date, progress: Progress) -> tuple[ImportCount, ...]:
    gazetteer = Gazetteer.load()
    counts = []
    with ExitStack() as stack:
        reader = stack.enter_context(FileReader())
        folder = Path(stack.enter_context(TemporaryDirectory()))
        for done, (name, kind) in enumerate(REGISTERS):
            progress.step(done, len(REGISTERS) + 1, "import.step.reading")
            path = write_as_of(name, day, folder)
            loaded = load(project, reader, path, kind, gazetteer=gazetteer)
            project.commit(loaded.edit(project))
            checked = loaded.checked
            counts.append(
                ImportCount(
                    file_name=name,
                    rows=checked.rows,
                    imported=checked.imported,
                    rejected=len(checked.rejected),
                    waiting=len(checked.waiting),
                )
            )
    progress.step(len(REGISTERS), len(REGISTERS) + 1, "import.step.reading")
    return tuple(counts)


def _rows_of(name: str, day: date) -> list[dict[str, str]]:
    return list(csv.DictReader(text_of(name, day).splitlines(keepends=True)))


def _decide(project: Project, day: date) -> None:
    authorities = {
        row["code"]: Authority(
            name_en=row["name_en"], name_km=row["name_km"], may_decide=row["may_decide"] == "yes"
        )
        for row in _rows_of("authorities.csv", day)
    }
    project.commit(add_authorities(list(authorities.values())))
    sites = project.table(Kind.SITE)
    ids = dict(zip(sites["code"], sites.ids, strict=True))
    rulings = [
        Ruling(
            site_id=str(ids[row["code"]]),
            to=LegalStatus(row["to"]),
            reason=row["reason"],
            authority_id=authorities[row["authority"]].id,
            document=row["document"],
            decided_on=date.fromisoformat(row["decided_on"]),
        )
        for row in _rows_of("decisions.csv", day)
    ]
    project.commit(decide_many(project, rulings))


def _tell(project: Project, day: date) -> None:
    """Add what no register holds: voices, signs, pictures, links, and answers to questions."""
    add_voices(project)
    link_likely_licences(project, day)
    answer_doubles(project)
    check_signs(project, day)
    add_pictures(project, day)
    add_network(project)
    close_gates(project, day)


def _command(project: Project, people: dict[str, User], day: date) -> None:
    """Make an operation a province and give its zones their teams; one is signed and released."""
    features = json.loads((files("resources") / "demo" / "zones.geojson").read_text("utf-8"))
    team_codes = {row["short_name"]: row["code"] for row in _rows_of("teams.csv", day)}
    teams = {team_codes[t.short_name]: t for t in project.all(Team)}
    for number in range(1, 5):
        leader = people[f"Deputy Governor {number} (demo)"]
        team = teams[f"18-{number}"]
        project.commit(edit_team(project, replace(team, lead_user_id=leader.id)))
    zones = {z.name: z for z in project.all(Zone)}
    for province, name in PROVINCES.items():
        operation = Operation(
            name=f"ប្រតិបត្តិការសាកល្បង {PROVINCES_KM[province]} / Demo operation {name}",
            province_code=province,
            periods=tuple(_period(title, day + timedelta(days=after)) for title, after in PERIODS),
            commander="អភិបាលខេត្ត (សាកល្បង) / Provincial governor (demo)",
        )
        project.commit(add_operation(project, operation))
        mine = [f["properties"] for f in features["features"]]
        mine = [p for p in mine if p["province_code"] == province]
        found = [zones.get(p["name"]) or zones[p["name_km"]] for p in mine]
        project.commit(place_in_operation(project, [z.id for z in found], operation.id))
        for zone, properties in zip(found, mine, strict=True):
            for period in operation.periods:
                team = teams[properties["team"]]
                project.commit(assign_team(project, zone.id, team.id, period.id))
        if province == RELEASED:
            add_standing_by(project, province, operation)
            sign(project, people, operation, day)


def _period(title: str, day: date) -> Period:
    return new_period(title, datetime.combine(day, STARTS), datetime.combine(day, ENDS))
