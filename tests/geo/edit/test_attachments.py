"""Attaching photographs: to what, once, by whom; removing them, and destroying them for good."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from geo.edit.attachments import (
    NewPhoto,
    attach,
    attachments_of,
    contents_of,
    destroy,
    detach,
    recaption,
)
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.allegation import Allegation
from geo.model.entity import Kind, LonLat
from geo.model.evidence import Attachment
from geo.model.place import BorderCrossing
from geo.model.plan import PlanInfo, User
from geo.model.result import Inspection
from geo.model.site import Site
from geo.model.vocabulary import CrossingClass, Neighbour, Role
from geo.photos import Photo
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit

PLANNER = User(id="planner", name="Demo Planner", role=Role.PLANNER)
ANALYST = User(id="analyst", name="Demo Analyst", role=Role.ANALYST)


def photo(word="front", **rest):
    content = word.encode()
    digest = hashlib.sha256(content).hexdigest()
    made = Photo(
        content=content,
        media_type="image/jpeg",
        sha256="a" * 64,
        content_sha256=digest,
        width=4,
        height=3,
        taken_on=None,
        position=LonLat(1, 1),
    )
    return NewPhoto(photo=made, file_name=f"{word}.jpg", **rest)


@pytest.fixture
def plan():
    store = MemoryStore()
    info = PlanInfo(name="Plan", province_code="18", created_at=datetime.now(UTC))
    store.commit(first_edit(info, [PLANNER, ANALYST], crossings=False))
    crossing = BorderCrossing(
        id="crossing",
        name_en="Demo gate",
        name_km="",
        neighbour=Neighbour.VIETNAM,
        crossing_class=CrossingClass.INTERNATIONAL,
        point=LonLat(103, 10),
    )
    rows = [
        [Site(id="site", name_en="Demo Mango")],
        [Inspection(id="visit", site_id="site")],
        [crossing],
        [Allegation(id="allegation", received_on=date(2022, 9, 1))],
    ]
    store.commit(Edit(verb=Verb.IMPORT, deltas=tuple(map(inserting, rows))))
    return Project(store, PLANNER)


@pytest.fixture
def put(plan):
    def add(*photos, kind=Kind.SITE, owner="site"):
        plan.commit(attach(plan, kind, owner, photos), contents_of(photos))
        return attachments_of(plan, kind, owner)

    return add


@pytest.mark.parametrize(
    ("kind", "owner", "name"),
    [
        (Kind.SITE, "site", "Demo Mango"),
        (Kind.INSPECTION, "visit", "Demo Mango"),
        (Kind.CROSSING, "crossing", "Demo gate"),
    ],
)
def test_a_photograph_belongs_to_its_row(plan, kind, owner, name):
    edit = attach(plan, kind, owner, [photo(caption=" Gate ", taken_on=date(2022, 9, 17))])
    assert (edit.verb, edit.params["name"]) == (Verb.ATTACH, name)
    plan.commit(edit, contents_of([photo()]))
    (row,) = attachments_of(plan, kind, owner)
    assert (row.caption, row.file_name, row.taken_on) == ("Gate", "front.jpg", date(2022, 9, 17))
    assert (row.added_by, row.size) == (PLANNER.id, 5)
    assert plan.store.content(row.content_sha256) == b"front"
    assert plan.store.check() == ()


def test_the_place_of_a_photograph_is_kept_nowhere(plan, put):
    put(photo())
    assert "lon" not in plan.table(Kind.ATTACHMENT).columns


def test_several_photographs_are_one_act(plan, put):
    assert len(put(photo("a"), photo("b"))) == 2
    plan.undo()
    assert attachments_of(plan, Kind.SITE, "site") == []
    plan.redo()
    assert [a.file_name for a in attachments_of(plan, Kind.SITE, "site")] == ["a.jpg", "b.jpg"]


def refusal(plan, *photos, kind=Kind.SITE, owner="site"):
    with pytest.raises(InputError) as caught:
        attach(plan, kind, owner, photos)
    return caught.value.code


def test_what_cannot_be_attached(plan, put):
    assert refusal(plan) == "error.photo.none"
    assert refusal(plan, photo(), owner="gone") == "error.photo.owner_gone"
    assert refusal(plan, photo(), kind=Kind.TEAM) == "error.photo.no_owner"
    assert refusal(plan, photo("a"), photo("a")) == "error.photo.already"
    tomorrow = date.today() + timedelta(days=2)  # noqa: DTZ011 - a day beyond any zone's today
    assert refusal(plan, photo(taken_on=tomorrow)) == "error.photo.future"
    put(photo())
    assert refusal(plan, photo()) == "error.photo.already"


def test_an_allegation_has_no_photographs(plan):
    assert refusal(plan, photo(), kind=Kind.ALLEGATION, owner="allegation") == (
        "error.photo.no_owner"
    )


def test_the_same_photograph_may_belong_to_two_rows(plan, put):
    put(photo())
    put(photo(), kind=Kind.CROSSING, owner="crossing")
    assert plan.store.check() == ()


def test_an_analyst_attaches_nothing(plan):
    edit = attach(plan, Kind.SITE, "site", [photo()])
    plan.user = ANALYST
    with pytest.raises(NotAllowedError):
        plan.commit(edit, contents_of([photo()]))


def test_a_removed_photograph_comes_back_with_undo(plan, put):
    (row,) = put(photo())
    plan.commit(detach(plan, row.id))
    assert attachments_of(plan, Kind.SITE, "site") == []
    plan.undo()
    assert plan.store.content(row.content_sha256) == b"front"


def test_a_destroyed_photograph_is_gone_wherever_it_was_and_stays_gone(plan, put):
    (row,) = put(photo())
    put(photo(), kind=Kind.CROSSING, owner="crossing")
    (other,) = put(photo("other"), kind=Kind.INSPECTION, owner="visit")
    plan.commit(destroy(plan, row.id))
    assert plan.history.undoable == ()
    assert list(plan.table(Kind.ATTACHMENT).ids) == [other.id]
    with pytest.raises(KeyError):
        plan.store.content(row.content_sha256)
    assert plan.store.content(other.content_sha256) == b"other"
    assert plan.store.check() == ()


def test_a_caption_can_be_corrected(plan, put):
    (row,) = put(photo())
    plan.commit(recaption(plan, row.id, " Back door ", date(2022, 9, 1)))
    changed = plan.get(Attachment, row.id)
    assert (changed.caption, changed.taken_on) == ("Back door", date(2022, 9, 1))
    plan.commit(recaption(plan, row.id, "Owner 012 345 678", None))
    assert plan.get(Attachment, row.id).caption == "Owner [☎]"


@pytest.mark.parametrize("act", [detach, destroy, lambda p, i: recaption(p, i, "", None)])
def test_what_is_gone_is_told(plan, act):
    with pytest.raises(InputError) as caught:
        act(plan, "gone")
    assert caught.value.code == "error.photo.gone"
