"""The plan that the tests of projects work on, and how they look at it."""

from __future__ import annotations

from datetime import UTC, datetime

from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.command import Operation, Team
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.plan import PlanInfo, User
from geo.model.site import Authority, Site
from geo.model.vocabulary import Role
from geo.project import Project
from geo.store.memory import MemoryStore

USERS = {role: User(name=role.value, role=role, public_key="ab" * 32) for role in Role}
COURT = Authority(id="court", name_km="តុលាការ", name_en="Court")


def new_project(role: Role | None = Role.PLANNER) -> Project:
    """A plan of three sites and three teams, in memory, in the hands of somebody or nobody."""
    store = MemoryStore()
    store.commit(
        Edit(
            verb=Verb.CREATE_PLAN,
            barrier=True,
            deltas=(
                inserting(
                    [PlanInfo(name="Demo", province_code="18", created_at=datetime.now(UTC))]
                ),
                inserting(list(USERS.values())),
                inserting([COURT]),
                inserting([Site(id=f"site-{n}", code=str(n)) for n in range(3)]),
                inserting([Team(id=f"team-{n}", name=f"Team {n}") for n in range(3)]),
                inserting([Operation(id="raid", name="Raid")]),
                inserting(
                    [
                        BorderCrossing(
                            id="gate",
                            name_en="Gate",
                            neighbour="TH",
                            crossing_class="international",
                        )
                    ]
                ),
            ),
        )
    )
    return Project(store, USERS[role] if role else None)


def content(project: Project) -> dict[Kind, dict[str, dict[str, object]]]:
    """Every row of the plan without its version: what a planner sees."""
    return {kind: {i: project.table(kind).row(i) for i in project.table(kind).ids} for kind in Kind}


def reloaded(project: Project) -> Project:
    """The same plan as somebody else opens it."""
    return Project(project.store, project.user)


def square(number: int):
    """An outline; those of other numbers lie elsewhere."""
    return box(103 + number / 10, 10, 103.05 + number / 10, 10.05)
