"""One value for many rows: one edit, one undo, and never what takes a decision."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from shapely import box

from geo.edit.bulk import BULK_FIELDS, bulk_edit, changing
from geo.edit.edit import Edit, inserting, inserting_columns
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.codec import columns_of
from geo.model.command import Operation, Zone
from geo.model.entity import Kind
from geo.model.plan import PlanInfo, User
from geo.model.site import Licence, Site
from geo.model.vocabulary import Activity, OperationState, Role, SiteKind
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit

PLANNER = User(id="u-planner", name="Demo Planner", role=Role.PLANNER)
INFO = PlanInfo(
    id="plan", name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC)
)
SITES = tuple(Site(id=f"site-{n}", code=f"D-{n}", capacity=n, kind=SiteKind.SHOP) for n in range(4))
LICENCES = (
    Licence(id="l-1", number="1", issued_on=date(2020, 1, 1), expires_on=date(2021, 1, 1)),
    Licence(id="l-2", number="2", issued_on=date(2022, 1, 1), expires_on=None),
)
OVER = Operation(id="o-1", name="Over", state=OperationState.COMPLETED)
ZONES = (
    Zone(id="z-1", name="A", outline=box(103, 10, 103.1, 10.1)),
    Zone(id="z-2", name="B", outline=box(103, 10, 103.1, 10.1), operation_id="o-1"),
)


@pytest.fixture
def project():
    store = MemoryStore()
    store.commit(first_edit(INFO, (PLANNER,), crossings=True))
    groups = (SITES, LICENCES, (OVER,), ZONES)
    store.commit(
        Edit(verb=Verb.IMPORT, deltas=tuple(inserting(g) for g in groups), actor="u-planner")
    )
    return Project(store, PLANNER)


def ids(*numbers):
    return [f"site-{n}" for n in numbers]


def test_several_fields_of_several_rows_are_one_edit_and_one_undo(project):
    values = {"activity": Activity.CLOSED, "owner": "  Demo owner "}
    edit = project.commit(bulk_edit(project, Kind.SITE, ids(1, 3), values))
    assert edit.params == {"n": 2}
    assert project.get(Site, "site-1").activity is Activity.CLOSED
    assert project.get(Site, "site-3").owner == "Demo owner"
    assert project.get(Site, "site-2").activity is Activity.OPERATING
    project.undo()
    assert [project.get(Site, i) for i in ids(1, 3)] != []
    assert project.get(Site, "site-1").activity is Activity.OPERATING
    assert project.get(Site, "site-3").owner == ""


def test_only_rows_that_change_are_touched(project):
    assert changing(project, Kind.SITE, ids(0, 1, 2), {"capacity": 2}) == 2
    edit = bulk_edit(project, Kind.SITE, ids(0, 1, 2), {"capacity": 2})
    assert edit.deltas[0].ids == ("site-0", "site-1")


def test_a_number_or_a_day_can_be_emptied(project):
    project.commit(bulk_edit(project, Kind.SITE, ids(3), {"capacity": None}))
    assert project.get(Site, "site-3").capacity is None


@pytest.mark.parametrize(
    "name", ["legal_status", "claimed_status", "merged_into", "id", "version", "lon", "nonsense"]
)
def test_what_takes_a_decision_or_evidence_is_never_set_for_many(project, name):
    with pytest.raises(InputError, match=r"error\.bulk\.field"):
        bulk_edit(project, Kind.SITE, ids(0), {name: "legal"})


def test_no_state_or_grade_of_an_allegation_is_set_for_many():
    assert not {"status", "reliability", "credibility", "duplicate_of", "text", "site_id"} & set(
        BULK_FIELDS[Kind.ALLEGATION]
    )


def test_every_field_that_is_offered_is_a_column_of_its_kind():
    for kind, fields in BULK_FIELDS.items():
        assert set(fields) <= {c.name for c in columns_of(kind)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "palace"),
        ("kind", None),
        ("capacity", "many"),
        ("capacity", -1),
        ("capacity", 2.5),
        ("capacity", "inf"),
        ("accuracy_m", "nan"),
        ("visited_on", "17/9"),
        ("visited_on", (datetime.now(UTC).date() + timedelta(days=3)).isoformat()),
        ("owner", "x" * 501),
        ("owner", "a\x00b"),
    ],
)
def test_a_value_that_is_not_possible_is_refused(project, name, value):
    with pytest.raises(InputError):
        bulk_edit(project, Kind.SITE, ids(0), {name: value})


def test_no_place_known_only_by_its_commune_is_said_to_be_exact_to_the_metre(project):
    table = project.table(Kind.SITE)
    known = {"precision": ["point", "commune"]}
    placed = table.with_updated(["site-0", "site-1"], [2, 2], known)
    project._tables = {**project._tables, Kind.SITE: placed}  # noqa: SLF001 - as an import leaves it
    bulk_edit(project, Kind.SITE, ids(0), {"accuracy_m": 20})
    with pytest.raises(InputError, match=r"error\.bulk\.no_point") as refusal:
        bulk_edit(project, Kind.SITE, ids(0, 1), {"accuracy_m": 20})
    assert refusal.value.params == {"n": 1}


def test_crossings_are_made_approximate_together_but_exact_only_one_by_one(project):
    gates = project.table(Kind.CROSSING)
    first = gates.ids[gates["approximate"] == 0][:2].tolist()
    edit = project.commit(bulk_edit(project, Kind.CROSSING, first, {"approximate": True}))
    assert edit.deltas[0].after == {"approximate": (1,) * len(first)}
    with pytest.raises(InputError, match=r"error\.bulk\.exact"):
        bulk_edit(project, Kind.CROSSING, first, {"approximate": False})


def test_no_rows_no_field_and_rows_that_are_gone_are_refused(project):
    for rows, values in (([], {"owner": "x"}), (ids(0), {}), (["nobody"], {"owner": "x"})):
        with pytest.raises(InputError):
            bulk_edit(project, Kind.SITE, rows, values)


def test_a_merged_site_is_not_changed_any_more(project):
    table = project.table(Kind.SITE)
    merged = table.with_updated(["site-1"], [2], {"merged_into": ["site-0"]})
    project._tables = {**project._tables, Kind.SITE: merged}  # noqa: SLF001 - as merging leaves it
    with pytest.raises(InputError, match=r"error\.bulk\.merged"):
        bulk_edit(project, Kind.SITE, ids(0, 1), {"owner": "x"})


def test_no_licence_is_made_to_end_before_it_begins(project):
    with pytest.raises(InputError) as refusal:
        bulk_edit(project, Kind.LICENCE, ["l-1", "l-2"], {"expires_on": date(2021, 6, 1)})
    assert refusal.value.params == {"n": 1}
    both = {"issued_on": date(2020, 1, 1), "expires_on": date(2021, 6, 1)}
    bulk_edit(project, Kind.LICENCE, ["l-1", "l-2"], both)


def test_a_zone_of_an_operation_that_is_over_stays_as_it_is(project):
    bulk_edit(project, Kind.ZONE, ["z-1"], {"priority": 3})
    with pytest.raises(InputError, match=r"error\.bulk\.zone_over"):
        bulk_edit(project, Kind.ZONE, ["z-1", "z-2"], {"priority": 3})


def test_a_hundred_thousand_rows_are_one_delta_in_little_time(project):
    count = 100_000
    many = [f"many-{n}" for n in range(count)]
    columns = {c.name: [None] * count for c in columns_of(Kind.SITE)}
    delta = inserting_columns(Kind.SITE, many, columns)
    project.absorb(Edit(verb=Verb.IMPORT, deltas=(delta,)))
    project.table(Kind.SITE).index  # noqa: B018 - built by whatever looked first
    begin = time.process_time()
    edit = bulk_edit(project, Kind.SITE, many, {"activity": "closed", "owner": "x"})
    assert edit.count() == count
    assert time.process_time() - begin < 1.0
