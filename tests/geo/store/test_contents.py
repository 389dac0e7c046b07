"""What attachments hold: kept with their edit, checked, and gone when nobody can bring it back."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest

from geo.edit.edit import Action, Edit, deleting, inserting
from geo.edit.verbs import Verb
from geo.errors import ConflictError, StoreError
from geo.model.entity import Kind
from geo.model.evidence import Attachment
from geo.model.site import Site
from geo.project import Project
from geo.store.plans import open_plan
from geo.store.schema import GUARD

PICTURE = bytes(range(256)) * 40
DIGEST = hashlib.sha256(PICTURE).hexdigest()


def attachment(site_id="site-1", **rest):
    facts = {
        "owner_kind": Kind.SITE,
        "owner_id": site_id,
        "file_name": "front.jpg",
        "media_type": "image/jpeg",
        "sha256": "0" * 64,
        "content_sha256": DIGEST,
        "size": len(PICTURE),
        "added_at": datetime(2022, 9, 17, tzinfo=UTC),
        "added_by": "",
    }
    return Attachment(**(facts | rest))


@pytest.fixture
def project(store, planner, signer):
    made = Project(store, planner, signer)
    made.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting([Site(id="site-1", code="1")]),)))
    return made


@pytest.fixture
def attach(project):
    def put(**rest):
        row = attachment(**rest)
        project.commit(Edit(verb=Verb.ATTACH, deltas=(inserting([row]),)), {DIGEST: PICTURE})
        return row.id

    return put


def detach(project, attachment_id, *, barrier=False):
    row = project.get(Attachment, attachment_id)
    project.commit(Edit(verb=Verb.DETACH, deltas=(deleting(row),), barrier=barrier))


def has(store):
    with suppress(KeyError):
        return store.content(DIGEST) == PICTURE
    return False


def test_a_content_comes_with_its_edit_and_comes_back_as_it_was(store, attach):
    with pytest.raises(KeyError):
        store.content(DIGEST)
    attach()
    assert store.content(DIGEST) == PICTURE
    assert store.check() == ()


def test_the_same_content_twice_is_kept_once(store, attach):
    attach()
    attach(file_name="again.jpg")
    assert has(store)
    assert store.check() == ()


def test_a_refused_edit_leaves_no_content(store, attach, project, edit_of):
    row = attachment(id="twice")
    other = b"another picture"
    digest = hashlib.sha256(other).hexdigest()
    store.commit(edit_of(inserting([row])), contents={DIGEST: PICTURE})
    with pytest.raises(ConflictError):
        store.commit(edit_of(inserting([row])), contents={digest: other})
    with pytest.raises(KeyError):
        store.content(digest)


def test_a_content_under_a_wrong_name_is_a_bug(store, edit_of):
    with pytest.raises(ValueError, match="digest"):
        store.commit(edit_of(inserting([attachment()])), contents={"0" * 64: PICTURE})


def test_adding_and_removing_can_be_taken_back_with_the_content(store, project, attach):
    attachment_id = attach()
    project.undo()
    assert has(store)
    project.redo()
    detach(project, attachment_id)
    assert has(store)
    project.undo()
    assert attachment_id in project.table(Kind.ATTACHMENT)
    assert store.check() == ()


def test_an_edit_that_ends_undo_destroys_what_nothing_speaks_of(store, project, attach):
    attachment_id = attach()
    detach(project, attachment_id, barrier=True)
    assert not has(store)
    assert store.check() == ()


def test_an_edit_that_ends_undo_keeps_what_another_row_holds(store, project, attach):
    kept, gone = attach(), attach(file_name="again.jpg")
    detach(project, gone, barrier=True)
    assert has(store)
    assert kept in project.table(Kind.ATTACHMENT)


def test_what_was_destroyed_does_not_come_back_without_its_content(store, project, attach, edit_of):
    attachment_id = attach()
    row = project.get(Attachment, attachment_id)
    detach(project, attachment_id, barrier=True)
    back = edit_of(inserting([row]), action=Action.UNDO, of=store.log()[-1].id)
    with pytest.raises(StoreError) as caught:
        store.commit(back)
    assert caught.value.code == "error.store.content_destroyed"


def test_a_row_without_its_content_or_with_another_size_is_found(store, add):
    add(attachment(content_sha256="f" * 64))
    assert {p.what for p in store.check()} == {"check.content_missing"}


def test_a_content_of_another_size_is_found(store, edit_of, signer):
    edit = edit_of(inserting([attachment(size=7)]))
    store.commit(edit, signer, {DIGEST: PICTURE})
    assert {p.what for p in store.check()} == {"check.content_size"}


@pytest.fixture
def on_disk(plan, planner, signer):
    """Opens the plan for acting; the same file each time."""

    def opened():
        return Project(open_plan(plan, backup=False), planner, signer)

    with closing(opened()) as project:
        row = attachment(id="photo")
        site = inserting([Site(id="site-1", code="1")])
        edit = Edit(verb=Verb.ATTACH, deltas=(site, inserting([row])))
        project.commit(edit, {DIGEST: PICTURE})
    return opened


def test_closing_keeps_what_can_still_be_put_back(on_disk):
    with closing(on_disk()) as project:
        detach(project, "photo")
    with closing(on_disk()) as project:
        assert has(project.store)
        project.undo()
        project.undo()  # the attachment itself; it can be put back
    with closing(on_disk()) as project:
        assert has(project.store)
        project.redo()
        assert project.store.check() == ()


def test_closing_destroys_what_nobody_can_bring_back(on_disk, plan):
    with closing(on_disk()) as project:
        project.undo()
        project.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting([Site(code="2")]),)))
        assert has(project.store)
    assert PICTURE[:256] not in plan.read_bytes()
    with closing(on_disk()) as project:
        assert not has(project.store)
        assert project.store.check() == ()


def test_what_was_destroyed_is_not_in_the_files_any_more_while_the_plan_is_open(on_disk, plan):
    assert PICTURE[:256] in plan.read_bytes()
    with closing(on_disk()) as project:
        detach(project, "photo", barrier=True)
        held = b"".join(p.read_bytes() for p in plan.parent.glob(plan.name + "*"))
        assert PICTURE[:256] not in held


def test_a_photograph_that_was_exchanged_is_found(on_disk, plan):
    with closing(sqlite3.connect(plan)) as db:
        db.create_function(GUARD, 0, lambda: 1)
        db.execute("UPDATE content SET data = zeroblob(length(data))")
        db.commit()
    with closing(on_disk()) as project:
        assert {p.what for p in project.store.check()} == {"check.content_changed"}


@pytest.mark.parametrize(
    "statement", ["DELETE FROM content", "INSERT INTO content VALUES ('a', x'00')"]
)
def test_another_program_cannot_write_contents(on_disk, plan, statement):
    with closing(sqlite3.connect(plan)) as db, pytest.raises(sqlite3.Error, match="in_unity"):
        db.execute(statement)


def test_a_trigger_put_onto_the_contents_keeps_the_plan_from_opening(on_disk, plan):
    with closing(sqlite3.connect(plan)) as db:
        db.execute("CREATE TRIGGER theirs AFTER INSERT ON content BEGIN DELETE FROM content; END")
    with closing(open_plan(plan, read_only=True)) as store:
        assert "check.schema" in {p.what for p in store.check()}


def test_a_copy_holds_the_contents_too(on_disk, tmp_path):
    copy = tmp_path / "copy.gpkg"
    with closing(on_disk()) as project:
        project.store.snapshot_to(copy)
    with closing(open_plan(copy, backup=False)) as store:
        assert has(store)
        assert store.check() == ()
