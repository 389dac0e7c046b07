"""A small plan in memory, with everybody who may or may not change it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from shapely import Polygon, box

from geo.edit.edit import Edit, inserting, stamped
from geo.edit.verbs import Verb
from geo.model.command import Operation, Period, Team
from geo.model.plan import PlanInfo, User
from geo.model.site import Authority, Site
from geo.model.vocabulary import Role
from geo.project import Project
from geo.store.memory import MemoryStore
from tests.geo.edit.people import USERS

COURT = Authority(name_km="តុលាការ", name_en="Court")
NEWSPAPER = Authority(name_km="កាសែត", name_en="Newspaper", may_decide=False)
MORNING = Period("morning", "Morning", datetime(2022, 9, 1, 6), datetime(2022, 9, 1, 12))  # noqa: DTZ001 - local
RAID = Operation(id="raid", name="Raid", periods=(MORNING,))


class Plan(Project):
    """A project with what the tests of edits ask for again and again."""

    def act_as(self, role: Role) -> User:
        self.user = USERS[role]
        return self.user

    def stands(self, edit: Edit) -> Edit:
        """Bring about past the gate what acts of others led to; see test_gate_release for them."""
        at = datetime.now(UTC)
        done = self.store.commit(stamped(edit, actor=self.user.id, at=at), self.signer)
        self.absorb(done)
        return done

    def site(self, code: str = "A") -> Site:
        return next(s for s in self.all(Site) if s.code == code)

    def team(self, name: str = "Red") -> Team:
        return next(t for t in self.all(Team) if t.name == name)


@pytest.fixture
def plan() -> Plan:
    store = MemoryStore()
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    store.commit(
        Edit(
            verb=Verb.CREATE_PLAN,
            actor=USERS[Role.GOVERNOR].id,
            barrier=True,
            deltas=(
                inserting([info]),
                inserting(list(USERS.values())),
                inserting([COURT, NEWSPAPER]),
                inserting([Site(code=code, name_en=f"Site {code}") for code in "ABC"]),
                inserting([Team(name="Red"), Team(name="Blue"), Team(name="Green")]),
                inserting([RAID]),
            ),
        )
    )
    return Plan(store, USERS[Role.PLANNER])


@pytest.fixture
def court() -> Authority:
    return COURT


@pytest.fixture
def newspaper() -> Authority:
    """An authority of the list whose decisions change nothing."""
    return NEWSPAPER


@pytest.fixture
def square() -> Polygon:
    return box(103.50, 10.60, 103.55, 10.65)


@pytest.fixture
def decision(court) -> dict[str, object]:
    """What every decision needs besides the site and the status."""
    return {
        "reason": "No licence was shown",
        "authority_id": court.id,
        "document": "DOC-1",
        "decided_on": date(2022, 9, 2),
    }
