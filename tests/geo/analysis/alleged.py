"""Plans of fictional allegations, for the tests of what follows from them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting, inserting_columns
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.codec import to_row
from geo.model.entity import Kind, LonLat
from geo.model.plan import PlanInfo
from geo.model.table import columns_from_rows
from geo.model.vocabulary import Credibility, Precision, Reliability
from geo.project import Project
from geo.store.memory import MemoryStore
from tests.geo.analysis.planted import PLANNER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Entity

POIPET = LonLat(102.565, 13.655)
DAY = date(2022, 9, 1)


def at(point: LonLat = POIPET, **more) -> Allegation:
    """Return an allegation known to a point."""
    wanted = {"received_on": DAY, "accuracy_m": 50.0, "admin_code": "01100201", **more}
    return Allegation(point=point, precision=Precision.POINT, **wanted)


def within(code: str, **more) -> Allegation:
    """Return an allegation of which only a village, a commune or a district is known."""
    level = {8: Precision.VILLAGE, 6: Precision.COMMUNE, 4: Precision.DISTRICT}
    wanted = {"received_on": DAY, **more}
    return Allegation(admin_code=code, precision=level.get(len(code), Precision.UNKNOWN), **wanted)


def graded(grade: str) -> dict[str, object]:
    """Return the two fields of a grade such as ``B2``."""
    return {"reliability": Reliability(grade[0]), "credibility": Credibility(grade[1])}


def plan_of(
    allegations: Sequence[Allegation], others: Sequence[Entity] = (), *, province: str = "01"
) -> Project:
    """Return a plan of allegations, and of other rows that are given."""
    store = MemoryStore()
    info = PlanInfo(
        name="Demo", province_code=province, created_at=datetime(2022, 9, 1, tzinfo=UTC)
    )
    deltas = [inserting([info]), inserting([PLANNER])]
    deltas += [inserting([other]) for other in others]
    if allegations:
        rows = columns_from_rows([to_row(a) for a in allegations])
        deltas.append(inserting_columns(Kind.ALLEGATION, [a.id for a in allegations], rows))
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=tuple(deltas)))
    return Project(store, PLANNER)
