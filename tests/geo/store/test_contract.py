"""What every store promises, over each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from shapely import Polygon, box

from geo.edit.edit import Action, Delta, deleting, inserting, inserting_columns, updating
from geo.edit.history import header_of
from geo.errors import ConflictError, StoreError
from geo.model.codec import to_row
from geo.model.command import Zone
from geo.model.entity import Kind, LonLat, new_id
from geo.model.place import BorderCrossing
from geo.model.plan import PlanInfo, User
from geo.model.result import FineRate
from geo.model.site import Authority, Site, StatusDecision
from geo.model.table import columns_from_rows
from geo.model.vocabulary import LegalStatus
from geo.project import Project
from geo.store.audit import hash_of
from geo.store.protocol import AuditEvent, Bounds


def decision(site: Site, to: LegalStatus, on: date = date(2022, 9, 17)) -> StatusDecision:
    return StatusDecision(
        site_id=site.id,
        from_status=site.legal_status,
        to_status=to,
        reason="inspection",
        authority_id=new_id(),
        document="no. 12",
        decided_on=on,
        recorded_at=datetime.now(UTC),
        decided_by="",
    )


def test_a_new_plan_has_its_title_users_authorities_fines_and_crossings(store, planner):
    project = Project(store)
    assert project.info.name == "ផែនការ"
    assert project.all(User) == (replace(planner, version=1),)
    assert sum(a.may_decide for a in project.all(Authority)) == 5
    assert {r.amount_riel for r in project.all(FineRate)} == {2_620_000, 1_680_000}
    crossings = project.all(BorderCrossing)
    assert len(crossings) == 18
    assert all(c.approximate for c in crossings if c.basis != "published coordinate")
    assert store.check() == ()


def test_every_kind_comes_back_as_it_was(store, every_kind, add):
    for kind, entities in every_kind:
        before = len(store.load(kind))
        add(*entities)
        table = store.load(kind)
        stored = [table.entity(e.id) for e in entities]
        assert stored == [replace(e, version=1) for e in entities]
        assert list(table.ids)[before:] == [e.id for e in entities]


def test_an_edit_comes_back_with_the_same_deltas(store, every_kind, add):
    for _, entities in every_kind:
        done = add(*entities)
        assert store.edit(done.id) == done
        assert store.changes_since(done.revision - 1) == (done,)
        assert store.changes_since(done.revision) == ()
        assert store.log()[-1] == header_of(done)


def test_every_kind_can_be_deleted_and_put_back(store, every_kind, add, signer, edit_of):
    for kind, entities in every_kind:
        add(*entities)
        table = store.load(kind)
        gone = [table.entity(e.id) for e in entities[:3]]
        done = store.commit(edit_of(*(deleting(e) for e in gone)), signer)
        assert not set(store.load(kind).ids) & {e.id for e in gone}
        store.commit(edit_of(*done.inverse(Action.UNDO).deltas), signer)
        back = store.load(kind)
        assert [back.entity(e.id) for e in gone] == [replace(e, version=1) for e in gone]


def test_a_row_that_somebody_else_changed_is_a_conflict(store, add, edit_of):
    zone = Zone(name="A", outline=box(103, 10, 104, 11))
    add(zone)
    mine = replace(zone, version=1)
    store.commit(edit_of(updating(mine, replace(mine, name="B"))))
    with pytest.raises(ConflictError) as caught:
        store.commit(edit_of(updating(mine, replace(mine, name="C"))))
    assert caught.value.code == "error.conflict.changed"
    assert caught.value.params["id"] == zone.id
    assert caught.value.params["row"]["name"] == "B"
    assert store.load(Kind.ZONE).entity(zone.id).name == "B"


def test_a_value_that_is_not_as_before_is_a_conflict(store, add, edit_of):
    zone = Zone(name="A", outline=box(103, 10, 104, 11))
    add(zone)
    delta = Delta(Kind.ZONE, (zone.id,), (1,), {"name": ("Z",)}, {"name": ("B",)})
    with pytest.raises(ConflictError):
        store.commit(edit_of(delta))


def test_a_row_that_is_gone_is_a_conflict(store, edit_of):
    zone = Zone(name="A", outline=box(103, 10, 104, 11), version=1)
    with pytest.raises(ConflictError) as caught:
        store.commit(edit_of(updating(zone, replace(zone, name="B"))))
    assert caught.value.code == "error.conflict.gone"
    with pytest.raises(ConflictError):
        store.commit(edit_of(deleting(zone)))


def test_a_row_that_is_there_cannot_be_inserted_again(store, add):
    zone = Zone(name="A", outline=box(103, 10, 104, 11))
    add(zone)
    with pytest.raises(ConflictError) as caught:
        add(zone)
    assert caught.value.code == "error.conflict.exists"


def test_an_edit_that_fails_at_its_end_changes_nothing(store, add, edit_of):
    kept = Zone(name="kept", outline=box(103, 10, 104, 11))
    add(kept)
    log, audit = store.log(), store.audit()
    new = Zone(name="new", outline=box(103, 10, 104, 11))
    with pytest.raises(ConflictError):
        store.commit(edit_of(inserting([new]), inserting([kept])))
    assert list(store.load(Kind.ZONE).ids) == [kept.id]
    assert (store.log(), store.audit()) == (log, audit)


def test_a_word_outside_the_vocabulary_is_refused(store, add, edit_of):
    zone = Zone(name="A", outline=box(103, 10, 104, 11))
    add(zone)
    delta = Delta(Kind.ZONE, (zone.id,), (1,), {"state": ("draft",)}, {"state": ("won",)})
    with pytest.raises(StoreError) as caught:
        store.commit(edit_of(delta))
    assert caught.value.code == "error.store.invalid_value"


def test_twenty_thousand_rows_given_as_columns_are_one_edit(store, edit_of, signer):
    n = 20_000
    row = to_row(Site(name_en="Fictional", point=LonLat(0, 0)))
    columns = {name: [value] * n for name, value in row.items()}
    columns["lon"], columns["lat"] = np.linspace(102, 107, n), np.linspace(10, 14, n)
    columns["lon"][7] = columns["lat"][7] = np.nan
    columns["capacity"] = np.arange(n)
    ids = [new_id() for _ in range(n)]
    done = store.commit(edit_of(inserting_columns(Kind.SITE, ids, columns)), signer)
    table = store.load(Kind.SITE)
    assert len(table) == n == done.count()
    np.testing.assert_array_equal(table["lon"], columns["lon"])
    assert list(table["capacity"]) == list(range(n))
    assert table.row(ids[7])["lon"] is None
    assert store.edit(done.id) == done
    back = store.commit(edit_of(*done.inverse(Action.UNDO).deltas), signer)
    assert len(store.load(Kind.SITE)) == 0
    assert back.count() == n


def test_only_the_longitude_can_change(store, add, edit_of):
    site = Site(point=LonLat(103, 10))
    add(site)
    delta = Delta(Kind.SITE, (site.id,), (1,), {"lon": (103.0,)}, {"lon": (103.5,)})
    store.commit(edit_of(delta))
    assert store.load(Kind.SITE).entity(site.id).point == LonLat(103.5, 10)


@pytest.mark.parametrize("seed", range(3))
def test_within_gives_what_touches_the_rectangle(store, add, make, seed):
    sites = [make(Site, seed * 1000 + i) for i in range(200)]
    add(*sites)
    window = Bounds(103, 10.5, 104.5, 12)
    expected = [
        s.id
        for s in sites
        if s.point
        and window.west <= s.point.lon <= window.east
        and window.south <= s.point.lat <= window.north
    ]
    assert list(store.load(Kind.SITE, window).ids) == expected


def test_within_gives_a_zone_by_its_outline_not_by_its_bounds(store, add):
    triangle = Zone(name="A", outline=Polygon([(103, 10), (104, 10), (103, 11)]))
    add(triangle)
    assert len(store.load(Kind.ZONE, Bounds(103.9, 10.9, 104.5, 11.5))) == 0
    assert len(store.load(Kind.ZONE, Bounds(103.4, 10.4, 104.5, 11.5))) == 1
    assert len(store.load(Kind.TEAM, Bounds(100, 9, 110, 15))) == 0


def test_a_site_gets_a_status_only_with_its_decision(store, add, edit_of):
    site = Site(name_en="S")
    add(site)
    old = replace(site, version=1)
    illegal = updating(old, replace(old, legal_status=LegalStatus.ILLEGAL))
    with pytest.raises(StoreError) as caught:
        store.commit(edit_of(illegal))
    assert caught.value.code == "error.store.status_without_decision"
    with pytest.raises(StoreError):
        add(Site(name_en="T", legal_status=LegalStatus.LEGAL))


def test_a_decision_without_its_status_is_refused(store, add):
    site = Site(name_en="S")
    add(site)
    with pytest.raises(StoreError):
        add(decision(site, LegalStatus.LEGAL))


def test_a_decision_and_its_status_go_in_whatever_the_order_and_come_out_again(
    store, add, edit_of, signer
):
    site = Site(name_en="S")
    add(site)
    old = replace(site, version=1)
    status = updating(old, replace(old, legal_status=LegalStatus.ILLEGAL))
    done = store.commit(edit_of(status, inserting([decision(site, LegalStatus.ILLEGAL)])), signer)
    assert store.load(Kind.SITE).entity(site.id).legal_status is LegalStatus.ILLEGAL
    store.commit(edit_of(*done.inverse(Action.UNDO).deltas), signer)
    assert store.load(Kind.SITE).entity(site.id).legal_status is LegalStatus.UNVERIFIED
    assert store.check() == ()


def test_the_latest_decision_by_its_day_rules_not_the_last_one_entered(store, add, edit_of):
    site = Site(name_en="S")
    add(site)
    old = replace(site, version=1)
    store.commit(
        edit_of(
            inserting([decision(site, LegalStatus.LEGAL, date(2022, 9, 2))]),
            updating(old, replace(old, legal_status=LegalStatus.LEGAL)),
        )
    )
    earlier = decision(site, LegalStatus.UNDER_REVIEW, date(2022, 9, 1))
    add(earlier)
    assert store.load(Kind.SITE).entity(site.id).legal_status is LegalStatus.LEGAL


def test_every_edit_and_event_is_a_signed_link_of_the_chain(store, add, signer, planner):
    add(Zone(name="A", outline=box(103, 10, 104, 11)))
    at = datetime.now(UTC)
    store.record(AuditEvent(what="print", actor=planner.id, at=at, details={"n": 3}), signer)
    rows = store.audit()
    assert [r.seq for r in rows] == list(range(1, len(rows) + 1))
    assert [r.what for r in rows] == ["edit", "edit", "print"]
    assert [r.previous for r in rows[1:]] == [r.hash for r in rows[:-1]]
    assert all(r.hash == hash_of(r) and len(r.signature) == 128 for r in rows)
    assert rows[-1].details == {"n": 3}
    assert store.check() == ()


def test_an_unsigned_act_of_a_user_with_a_key_is_found(store, edit_of):
    store.commit(edit_of(inserting([Zone(name="A", outline=box(103, 10, 104, 11))])))
    assert [p.what for p in store.check()] == ["check.audit_unsigned"]


def test_a_key_never_signs_for_another_user(store, edit_of, signer):
    zone = inserting([Zone(name="A", outline=box(103, 10, 104, 11))])
    store.commit(replace(edit_of(zone), actor=new_id()), signer)
    assert store.audit()[-1].signature == ""


def test_a_reference_to_nothing_and_an_area_that_crosses_itself_are_found(store, add):
    bow_tie = Polygon([(103, 10), (104, 11), (104, 10), (103, 11)])
    zone = Zone(name="A", outline=bow_tie, operation_id=new_id())
    add(zone)
    assert {p.what for p in store.check()} == {"check.reference", "check.geometry"}


def test_an_update_of_many_rows_is_one_delta_of_few_columns(store, add, edit_of):
    sites = [Site(code=str(i)) for i in range(1200)]
    add(*sites)
    before = columns_from_rows([{"owner": ""} for _ in sites])
    after = columns_from_rows([{"owner": f"owner {s.code}"} for s in sites])
    ids = tuple(s.id for s in sites)
    store.commit(edit_of(Delta(Kind.SITE, ids, (1,) * len(ids), before, after)))
    table = store.load(Kind.SITE)
    assert list(table["owner"]) == after["owner"]
    assert set(table.versions) == {2}


def test_the_times_of_an_edit_keep_their_offset(store, edit_of):
    zone = inserting([Zone(name="A", outline=box(103, 10, 104, 11))])
    at = datetime(2022, 9, 17, 8, tzinfo=UTC) + timedelta(microseconds=5)
    done = store.commit(replace(edit_of(zone), at=at))
    assert store.edit(done.id).at == at


def test_an_unknown_edit_is_a_key_error(store):
    with pytest.raises(KeyError):
        store.edit(new_id())


def test_a_closed_store_says_so_and_closes_twice(store):
    store.close()
    store.close()
    with pytest.raises(StoreError) as caught:
        store.load(Kind.SITE)
    assert caught.value.code == "error.store.closed"


def test_there_is_one_title_row(store, add, planner):
    add(PlanInfo(name="second", province_code="01", created_at=datetime.now(UTC)))
    assert [p.what for p in store.check()] == ["check.more_than_one_plan"]
