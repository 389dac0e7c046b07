"""A fictional plan at the border: crossings, sites and allegations made of dice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np

from geo.analysis.border.line import stretches
from geo.analysis.border.wish import Wish, order
from geo.crs import from_utm, to_utm
from geo.edit.edit import Edit, inserting, inserting_columns
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.codec import to_row
from geo.model.entity import Kind, LonLat
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.plan import PlanInfo, User
from geo.model.site import Site
from geo.model.table import columns_from_rows
from geo.model.vocabulary import CrossingClass, Neighbour, Precision, Role
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.territory import Territory

ON = date(2022, 9, 30)
POIPET = LonLat(102.5507, 13.6612)
USER = User(id="u", name="Analyst (demo)", role=Role.ANALYST, public_key="ab" * 32)


class Frontier:
    """Collects rows, and makes a plan of them."""

    def __init__(self) -> None:
        self.crossings: list[BorderCrossing] = []
        self.sites: list[Site] = []
        self.said: list[Allegation] = []

    def crossing(self, name="Gate", at=POIPET, *, open_=(), cls=CrossingClass.INTERNATIONAL):
        intervals = tuple(OpenInterval(a, b) for a, b in open_)
        made = BorderCrossing(
            name_en=f"{name} (demo)",
            neighbour=Neighbour.THAILAND,
            crossing_class=cls,
            open_intervals=intervals,
            point=LonLat(*at),
            approximate=False,
        )
        self.crossings.append(made)
        return made

    def site(self, at):
        self.sites.append(
            Site(
                code=f"D-{len(self.sites)}",
                name_en="Demo",
                point=LonLat(*at),
                precision=Precision.POINT,
            )
        )

    def say(self, at=None, *, day=ON, unit="011002", precision=None, **more):
        place = Precision.POINT if at is not None else Precision.COMMUNE
        made = Allegation(
            reference=f"DEMO-{len(self.said)}",
            received_on=day,
            point=None if at is None else LonLat(*(float(v) for v in at)),
            precision=precision or place,
            admin_code=unit,
            **more,
        )
        self.said.append(made)
        return made

    def plan(self) -> Project:
        info = PlanInfo(
            name="Demo", province_code="01", created_at=datetime(2022, 9, 1, tzinfo=UTC)
        )
        store = MemoryStore()
        deltas = [inserting([info]), inserting([USER])]
        rows = {
            Kind.CROSSING: self.crossings,
            Kind.SITE: self.sites,
            Kind.ALLEGATION: self.said,
        }
        for kind, entities in rows.items():
            if entities:
                columns = columns_from_rows([to_row(e) for e in entities])
                deltas.append(inserting_columns(kind, [e.id for e in entities], columns))
        store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=tuple(deltas)))
        return Project(store, USER)

    def order(self, **wish):
        return order(self.plan(), Wish(**wish), ON)


def away(at, east_m=0.0, north_m=0.0):
    """A position so many metres from another, on the grid."""
    return tuple(from_utm(to_utm(at) + np.array([east_m, north_m])).tolist())


def days_before(count, *, until=ON):
    return until - timedelta(days=count)


class Ground:
    """Positions in Cambodia near the border of a province, away from crossings."""

    def __init__(self, province="01", *, reach_m=5_000.0, clear=(POIPET,), clear_m=5_000.0):
        self.line = stretches(5_000.0)
        self.of = np.flatnonzero(self.line.province == province)
        self.reach_m, self.clear_m = reach_m, clear_m
        self.clear = [to_utm(place) for place in clear]

    def points(self, count, random, *, stretch=None):
        """So many positions, evenly over the ground, or at one stretch."""
        lines = self.line.lines[self.of if stretch is None else [self.of[stretch]]]
        boxes = np.array([line.bounds for line in lines])
        low = boxes[:, :2].min(axis=0) - self.reach_m
        high = boxes[:, 2:].max(axis=0) + self.reach_m
        found = np.empty((0, 2))
        while len(found) < count:
            xy = random.uniform(low, high, (max(count * 20, 2_000), 2))
            near, reached = self.line.nearest(xy, self.reach_m)
            wanted = self.of if stretch is None else [self.of[stretch]]
            keep = reached & np.isin(near, wanted)
            for place in self.clear:
                keep &= np.hypot(*(xy - place).T) > self.clear_m
            lonlat = from_utm(xy[keep])
            inside = Territory.load().contains(lonlat[:, 0], lonlat[:, 1], tolerance_m=0.0)
            found = np.concatenate([found, lonlat[inside]])
        return found[:count]
