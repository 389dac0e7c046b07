"""The demonstration plan: fictional businesses on real geography, made by real import and edits.

Everything goes the way a planner's work goes: registers are imported through the worker, decisions
are entered with their authority and document, zones are put into operations and given to teams,
deputy governors accept.
"""

from __future__ import annotations

import csv
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from geo.compute import Computer
from geo.edit.decisions import SiteRuling, decide_many
from geo.edit.people import add_authorities
from geo.edit.teams import edit_team
from geo.errors import InputError
from geo.fiction.day import first_day
from geo.fiction.earlier import PROVINCE as EARLIER
from geo.fiction.earlier import earlier_operation
from geo.fiction.findings import (
    add_pictures,
    answer_doubles,
    check_signs,
    link_likely_licences,
)
from geo.fiction.gates import close_gates
from geo.fiction.letters import block
from geo.fiction.network import add_network
from geo.fiction.operations import PROVINCES, ZONES, draft_operation, plan_operation
from geo.fiction.returns import add_returns
from geo.fiction.signing import sign
from geo.fiction.voices import add_voices
from geo.formats.reader import FileReader
from geo.gazetteer import Gazetteer
from geo.keys import KeyStore
from geo.loading import load
from geo.model.command import Team, Zone
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
GOVERNOR = "Governor (demo)"
HOME = "18"
"""The province whose plan it is."""
DRAFTED = "02"
"""The province with an operation that is still a draft, of zones that were drawn by hand."""
REGISTERS = (
    ("sites_preah_sihanouk.xlsx", Kind.SITE),
    ("sites_banteay_meanchey.csv", Kind.SITE),
    ("sites_battambang.geojson", Kind.SITE),
    ("sites_field_visit.kml", Kind.SITE),
    ("sites_phone.gpx", Kind.SITE),
    ("licences.csv", Kind.LICENCE),
    ("allegations_preah_sihanouk.xlsx", Kind.ALLEGATION),
    ("allegations_northwest.csv", Kind.ALLEGATION),
    ("allegations_border_posts.csv", Kind.ALLEGATION),
    ("allegations_complaint_desks.csv", Kind.ALLEGATION),
    ("teams.csv", Kind.TEAM),
    ("zones.geojson", Kind.ZONE),
    ("sites_district_office.csv", Kind.SITE),
    ("inspections_kobo.xlsx", Kind.INSPECTION),
)


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
        with Computer() as computer:
            _command(project, people, day, computer, progress)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    project.close()
    return Demo(path=path, imports=imports)


def deputy(province: str, number: int) -> str:
    """Return what a province's deputy governor is called as a user of the plan."""
    where = "" if province == HOME else f" {PROVINCES[province]}"
    return f"Deputy Governor {number}{where} (demo)"


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
        user(GOVERNOR, Role.GOVERNOR, "Provincial governor (demo)"),
        *(
            user(deputy(province, n), Role.DEPUTY_GOVERNOR, f"Deputy governor {n} (demo)")
            for province in PROVINCES
            for n in range(1, ZONES + 1)
        ),
        user("Analyst (demo)", Role.ANALYST, "Analysis office (demo)"),
        user("Auditor (demo)", Role.AUDITOR, "Audit office (demo)"),
    ]
    planner = users[0]
    store = create_plan(
        path,
        name="Demonstration (fictional) · ទិន្នន័យសាកល្បង",
        province_code=HOME,
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
        SiteRuling(
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
    add_network(project, day)
    close_gates(project, day)


def _command(
    project: Project, people: dict[str, User], day: date, computer: Computer, progress: Progress
) -> None:
    """Make each province's operation, and let its first day happen; one more stays a draft."""
    governor = people[GOVERNOR]
    teams = sorted(project.all(Team), key=lambda t: t.short_name)
    for province in PROVINCES:
        leaders = {}
        for number, team in enumerate(t for t in teams if t.province_code == province):
            leader = people[deputy(province, number + 1)]
            project.commit(edit_team(project, replace(team, lead_user_id=leader.id)))
            leaders[team.id] = leader
        story = plan_operation(project, computer, province, leaders, day, progress)
        sign(project, governor, story, day)
        first_day(project, governor, story, day)
        block(project, story, day)
        if province == EARLIER:
            earlier_operation(project, governor, story, day)
    add_returns(project, governor, day)
    drawn = [z.id for z in project.all(Zone) if not z.operation_id]
    draft_operation(project, DRAFTED, drawn, day)
