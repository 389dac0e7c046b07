"""Plans made of dice for questions, and a slow reference that asks them row by row. Fictional."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st
from shapely import Point, box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.measure import distance_m
from geo.model.allegation import Allegation, at_least
from geo.model.command import Zone
from geo.model.entity import LonLat
from geo.model.place import AdminUnit
from geo.model.plan import PlanInfo, User
from geo.model.result import Inspection
from geo.model.site import Site
from geo.model.vocabulary import (
    AdminLevel,
    AllegationStatus,
    Answer,
    Credibility,
    Precision,
    Reliability,
    Role,
    SiteKind,
)
from geo.project import Project
from geo.question.form import AtLeast, GradeAtLeast, Near, OneOf, Place, Question, Unseen
from geo.question.wire import grade_of
from geo.store.memory import MemoryStore
from geo.territory import Territory

ON = date(2022, 9, 30)
ANALYST = User(id="analyst", name="Analyst (demo)", role=Role.ANALYST, public_key="ab" * 32)
ZONE = Zone(id="zone", name="Alpha", outline=box(102.55, 13.6, 102.65, 13.7))
COMMUNES = {"010201": box(102.5, 13.6, 102.6, 13.7), "010202": box(102.6, 13.6, 102.9, 13.7)}
NO, UNJUDGED, PERHAPS, YES = range(4)


def project_of(*rows) -> Project:
    """Return a plan of any rows, with a zone and two communes."""
    store = MemoryStore()
    info = PlanInfo(name="Demo", province_code="01", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    units = [
        AdminUnit(id=code, code=code, level=AdminLevel.COMMUNE, outline=outline)
        for code, outline in COMMUNES.items()
    ]
    kinds: dict[type, list] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    deltas = [[info], [ANALYST], units, [ZONE], *kinds.values()]
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=tuple(inserting(d) for d in deltas)))
    return Project(store, ANALYST)


def _site(number: int, draw) -> Site:
    exact = draw(st.booleans())
    point = LonLat(draw(st.floats(102.5, 102.7)), draw(st.floats(13.58, 13.72)))
    return Site(
        id=f"s{number}",
        code=str(number),
        kind=draw(st.sampled_from(SiteKind)),
        precision=Precision.POINT if exact else draw(st.sampled_from(Precision)),
        point=point if exact else None,
        accuracy_m=draw(st.sampled_from([None, 0.0, 50.0, 900.0])),
        admin_code=draw(st.sampled_from(["", "01", "0102", "010201", "010202", "010202"])),
        capacity=draw(st.sampled_from([None, 0, 10, 50])),
        visited_on=draw(st.sampled_from([None, ON, ON - timedelta(40), ON + timedelta(3)])),
        merged_into="s0" if number and draw(st.integers(0, 9)) == 0 else "",
    )


@st.composite
def plans(draw) -> Project:
    """Draw a plan of sites with allegations and visits."""
    sites = [_site(i, draw) for i in range(draw(st.integers(1, 12)))]
    ids = [s.id for s in sites]
    allegations = [
        Allegation(
            id=f"a{i}",
            site_id=draw(st.sampled_from(["", *ids])),
            reliability=draw(st.sampled_from(Reliability)),
            credibility=draw(st.sampled_from(Credibility)),
            held_now=draw(st.sampled_from(Answer)),
            status=draw(
                st.sampled_from([AllegationStatus.RECEIVED, AllegationStatus.UNSUBSTANTIATED])
            ),
        )
        for i in range(draw(st.integers(0, 12)))
    ]
    visits = [
        Inspection(
            id=f"v{i}",
            site_id=draw(st.sampled_from(ids)),
            inspected_at=datetime(2022, 9, 30, 20, tzinfo=UTC)
            - timedelta(draw(st.integers(0, 60))),
        )
        for i in range(draw(st.integers(0, 4)))
    ]
    return project_of(*sites, *allegations, *visits)


_CONDITIONS = st.one_of(
    st.builds(
        OneOf,
        field=st.just("kind"),
        values=st.lists(st.sampled_from([k.value for k in SiteKind]), min_size=1).map(tuple),
        negated=st.booleans(),
    ),
    st.builds(
        OneOf,
        field=st.just("held_now"),
        values=st.lists(st.sampled_from(["yes", "no", "unknown"]), min_size=1).map(tuple),
        negated=st.booleans(),
    ),
    st.builds(AtLeast, field=st.just("capacity"), value=st.integers(1, 60), negated=st.booleans()),
    st.builds(AtLeast, field=st.just("allegations"), value=st.integers(1, 3)),
    st.builds(GradeAtLeast, least=st.sampled_from(["A1", "B2", "E5"]), negated=st.booleans()),
    st.builds(Unseen, days=st.integers(1, 60), unrecorded=st.booleans(), negated=st.booleans()),
    st.builds(
        Near,
        near=st.just(Place.BORDER),
        which=st.sampled_from(["", "TH"]),
        metres=st.sampled_from([500.0, 2_000.0, 6_000.0]),
        negated=st.booleans(),
    ),
    st.builds(
        Near,
        near=st.just(Place.UNIT),
        which=st.sampled_from(["01", "0102", "010201"]),
        metres=st.just(0.0),
        negated=st.booleans(),
    ),
)
questions = st.builds(
    Question,
    any_of=st.lists(
        st.lists(_CONDITIONS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3
    ).map(tuple),
)


def slowly(plan: Project, question: Question) -> dict[str, int]:
    """Answer a question about sites one by one, without arrays."""
    return {
        site.id: NO
        if site.merged_into
        else max(min(_judged(plan, site, c) for c in group) for group in question.any_of)
        for site in plan.all(Site)
    }


def _judged(plan: Project, site: Site, condition) -> int:
    state = _state(plan, site, condition)
    return YES - state if condition.negated and state in {NO, YES} else state


def _state(plan: Project, site: Site, condition) -> int:
    own = [
        a
        for a in plan.all(Allegation)
        if _kept(plan, a.site_id) == site.id and a.status is not AllegationStatus.UNSUBSTANTIATED
    ]
    if isinstance(condition, OneOf) and condition.field == "kind":
        return YES if site.kind.value in condition.values else NO
    if isinstance(condition, OneOf):
        states = [
            YES
            if a.held_now.value in condition.values
            else UNJUDGED
            if a.held_now is Answer.UNKNOWN
            else NO
            for a in own
        ]
        return max(states, default=NO)
    if isinstance(condition, AtLeast):
        number = len(own) if condition.field == "allegations" else site.capacity
        return UNJUDGED if number is None else YES if number >= condition.value else NO
    if isinstance(condition, GradeAtLeast):
        good = [at_least(a.reliability, a.credibility, than=grade_of(condition.least)) for a in own]
        return max((UNJUDGED if g is None else YES if g else NO for g in good), default=NO)
    if isinstance(condition, Unseen):
        return _unseen(plan, site, condition)
    return _near(site, condition)


def _kept(plan: Project, site_id: str) -> str:
    site = plan.find(Site, site_id)
    return site.merged_into or site.id if site else ""


def _unseen(plan: Project, site: Site, condition: Unseen) -> int:
    visits = [v for v in plan.all(Inspection) if _kept(plan, v.site_id) == site.id]
    days = [(v.inspected_at + timedelta(hours=7)).date() for v in visits if v.inspected_at]
    days = [d for d in [*days, site.visited_on] if d is not None and d <= ON]
    if not days:
        return YES if condition.unrecorded else UNJUDGED
    return YES if (ON - max(days)).days >= condition.days else NO


def _near(site: Site, condition: Near) -> int:
    exact = site.precision is Precision.POINT and site.point is not None
    digits = {Precision.VILLAGE: 8, Precision.COMMUNE: 6, Precision.DISTRICT: 4}
    code = site.admin_code if exact else site.admin_code[: digits.get(site.precision, 8)]
    if condition.near is Place.UNIT:
        return _in_unit(site, code, condition.which, exact=exact)
    if exact:
        doubt = site.accuracy_m or 0.0
        away = _away(site.point)
        sure, may = away <= condition.metres - doubt, away <= condition.metres + doubt
        return YES if sure else PERHAPS if may else NO
    for length in (6, 4, 2):
        if code and _area(code[:length]) is not None:
            return _in_area(code[:length], condition.metres)
    return UNJUDGED


def _in_unit(site: Site, code: str, unit: str, *, exact: bool) -> int:
    if code.startswith(unit):
        return YES
    if not unit.startswith(code):
        return NO
    if exact and _area(unit) is not None:
        return YES if _area(unit).intersects(Point(site.point)) else NO
    return PERHAPS if code else UNJUDGED


@cache
def _in_area(code: str, metres: float) -> int:
    """Look at every place of a unit, on a fine grid: all of them, some, or none."""
    area, fine = _area(code), 30
    west, south, east, north = area.bounds
    xs = [west + (east - west) * i / fine for i in range(fine + 1)]
    ys = [south + (north - south) * i / fine for i in range(fine + 1)]
    near = [_away(LonLat(x, y)) <= metres for x in xs for y in ys if area.intersects(Point(x, y))]
    if all(near):
        return YES
    # The border runs through some units between two places of the grid.
    return PERHAPS if any(near) or Territory.load().borders["TH"].intersects(area) else NO


def _area(code: str):
    return COMMUNES.get(code) or Territory.load().provinces.get(code)


def _away(point: LonLat) -> float:
    return distance_m(point, Territory.load().nearest_border(*point).at)
