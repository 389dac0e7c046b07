"""A fictional operation that is over, with what was alleged before and after it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import shapely

from geo.crs import from_utm, to_utm
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.command import Operation, Zone, new_period
from geo.model.result import Inspection
from geo.model.vocabulary import OperationState, ZoneState
from tests.geo.analysis.border.frontier import Frontier

MIDDLE = (102.60, 13.64)
SIDE_M = 4_000.0
FIRST, LAST = date(2022, 5, 10), date(2022, 5, 12)
DAYS = 60


def square(at=MIDDLE, side=SIDE_M):
    x, y = to_utm(at)
    box = shapely.box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    return shapely.transform(box, from_utm)


class Aftermath(Frontier):
    """Collects rows of an operation besides."""

    def __init__(self, *, state=OperationState.COMPLETED, name="Demo operation"):
        super().__init__()
        period = new_period(
            "Demo", datetime.combine(FIRST, time(5, 30)), datetime.combine(LAST, time(18))
        )
        self.operation = Operation(name=name, province_code="01", periods=(period,), state=state)
        self.zone = Zone(
            name="Demo zone",
            outline=square(),
            operation_id=self.operation.id,
            state=ZoneState.COMPLETED,
        )
        self.visits = []
        self.others = []

    def visit(self, site, at):
        self.visits.append(
            Inspection(site_id=site.id, inspected_at=at, reference=f"D-{len(self.visits)}")
        )

    def plan(self):
        project = super().plan()
        rows = [self.operation, *self.others, self.zone, *self.visits]
        deltas = [inserting([row]) for row in rows]
        project.absorb(project.store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=tuple(deltas))))
        return project


def before(count):
    return FIRST - timedelta(days=count)


def after(count):
    return LAST + timedelta(days=count)
