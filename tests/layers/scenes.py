"""Small fictional plans in memory for the tests of the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.codec import columns_of
from geo.model.command import Assignment, Team, Zone
from geo.model.entity import Kind, LonLat
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.site import Site
from geo.model.table import Table
from geo.model.vocabulary import (
    Activity,
    Answer,
    Credibility,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
    Reliability,
)
from geo.project import Project
from geo.store.memory import MemoryStore
from layers.layer_list import default_layers
from layers.lens import ANNULLED
from layers.read_only import ShownPlan
from layers.snapshot import DrawRequest, snapshot
from layers.view import MapView

ON = date(2026, 6, 1)
POIPET = (102.54, 13.64, 102.60, 13.68)
CENTRE = LonLat(102.57, 13.66)


def project_of(*entities) -> Project:
    """An open plan that holds these entities."""
    project = Project(MemoryStore())
    by_class: dict[type, list] = {}
    for entity in entities:
        by_class.setdefault(type(entity), []).append(entity)
    deltas = tuple(inserting(same) for same in by_class.values())
    if deltas:
        project.absorb(Edit(verb=next(iter(Verb)), deltas=deltas))
    return project


def site(lon=CENTRE.lon, lat=CENTRE.lat, **more) -> Site:
    values = {"point": LonLat(lon, lat), "precision": Precision.POINT, "name_en": "Demo shop"}
    return Site(**(values | more))


def allegation(lon=CENTRE.lon, lat=CENTRE.lat, grade="C3", **more) -> Allegation:
    values = {
        "point": LonLat(lon, lat),
        "precision": Precision.POINT,
        "reliability": Reliability(grade[0]),
        "credibility": Credibility(grade[1]),
    }
    return Allegation(**(values | more))


def zone(west=102.55, south=13.65, east=102.56, north=13.66, **more) -> Zone:
    return Zone(**({"name": "Demo zone", "outline": box(west, south, east, north)} | more))


def every_meaning() -> Project:
    """A plan in which each symbol occurs once."""
    entities = []
    for i, status in enumerate(LegalStatus):
        for k, activity in enumerate(Activity):
            at = (102.545 + 0.0035 * i, 13.675 - 0.003 * k)
            entities.append(site(*at, legal_status=status, activity=activity, name_en=""))
    for i, grade in enumerate(("A1", "C3", "F6")):
        for k, held in enumerate((Answer.NO, Answer.YES)):
            entities.append(
                allegation(102.578 + 0.004 * i, 13.675 - 0.004 * k, grade, held_now=held)
            )
    intervals = ((OpenInterval(None, None),), (OpenInterval(None, date(2020, 1, 1)),), ())
    for i, kind in enumerate(CrossingClass):
        for k, known in enumerate(intervals):
            entities.append(
                BorderCrossing(
                    neighbour=Neighbour.THAILAND,
                    crossing_class=kind,
                    open_intervals=known,
                    point=LonLat(102.578 + 0.004 * i, 13.664 - 0.004 * k),
                )
            )
    team = Team(name="Demo team one", short_name="T1")
    zones = [
        zone(102.545 + 0.007 * i, 13.646, 102.550 + 0.007 * i, 13.656, colour=i) for i in range(4)
    ]
    entities += [team, *zones, Assignment(zone_id=zones[0].id, team_id=team.id)]
    entities.append(
        allegation(102.583, 13.648, precision=Precision.VILLAGE, admin_code="", grade="B2")
    )
    return project_of(*entities)


def a_past_day() -> Project:
    """The same plan on a day on which every decision about an open site was annulled since."""
    plan = every_meaning()
    sites = plan.table(Kind.SITE)
    columns = sites.columns | {ANNULLED: sites["activity"] == Activity.OPERATING.value}
    return ShownPlan(plan, {Kind.SITE: replace(sites, columns=columns)}, ON)


def request_of(project=None, view=None, **more) -> DrawRequest:
    view = view or MapView.fit(POIPET, 800, 600)
    values = {"language": "en", "on": ON} | more
    return snapshot(values.pop("layers", None) or default_layers(), project, view, **values)


def site_table(lon, lat) -> Table:
    """Many sites as columns, as an import makes them."""
    count = len(lon)
    columns = {c.name: [None] * count for c in columns_of(Kind.SITE)}
    columns |= {
        "lon": lon,
        "lat": lat,
        "precision": ["point"] * count,
        "legal_status": [list(LegalStatus)[i % 8].value for i in range(count)],
        "activity": ["operating"] * count,
        "name_km": [""] * count,
        "name_en": [""] * count,
        "admin_code": [""] * count,
    }
    return Table.of(Kind.SITE, [str(i) for i in range(count)], np.ones(count, dtype=int), columns)
