from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from shapely import box

from geo.edit.zones import draw_zone, rename_zone
from geo.errors import ConflictError, PlanError, PlanFileError, StoreError
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.store.backup import FOLDER, backups
from geo.store.plans import create_plan
from gui.session import PlanSession
from tests.gui.stage import ANALYST, DEPUTY, PLANNER, plan_store, services_for

OUTLINE = box(103.7, 10.7, 103.8, 10.8)


def names(session):
    return {z.name for z in session.project.all(Zone)}


def test_the_user_whose_key_is_here_acts(session):
    assert session.project.user.id == PLANNER.id
    assert {u.id for u in session.users_here()} == {PLANNER.id, DEPUTY.id}


def test_without_any_key_the_plan_can_only_be_read(dressed, qtbot, tmp_path):
    session = PlanSession(services_for(tmp_path, keys=()).signer_of)
    with qtbot.waitSignal(session.opened):
        session.open(plan_store)
    assert session.project.user is None
    with qtbot.waitSignal(session.failed) as told:
        session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    assert told.args[0].code == "error.nobody_signed_in"
    session.shut_down()


def test_an_edit_is_told_after_it_was_committed(session, qtbot):
    with qtbot.waitSignal(session.changed) as told:
        session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    assert told.args[0].revision > 0
    assert "New" in names(session)


def test_the_disk_is_written_on_a_thread_of_its_own(session, qtbot, monkeypatch):
    threads = []
    commit = session.project.store.commit

    def watched(edit, signer=None, contents=None):
        threads.append(threading.current_thread())
        return commit(edit, signer, contents)

    monkeypatch.setattr(session.project.store, "commit", watched)
    with qtbot.waitSignal(session.changed):
        session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    assert threads[0] is not threading.main_thread()


def test_two_quick_edits_of_one_row_do_not_get_in_each_others_way(session, qtbot):
    session.do(lambda p: rename_zone(p, "zone-1", "First"))
    session.do(lambda p: rename_zone(p, "zone-1", "Second"))
    qtbot.waitUntil(lambda: not session.busy)
    assert "Second" in names(session)
    assert session.project.get(Zone, "zone-1").version == 3


def test_undo_and_redo_go_back_and_forth(session, qtbot):
    session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    session.undo()
    qtbot.waitUntil(lambda: not session.busy)
    assert "New" not in names(session)
    with qtbot.waitSignal(session.changed):
        session.redo()
    assert "New" in names(session)


def test_a_refused_edit_changes_nothing_and_the_next_one_still_goes(session, qtbot):
    with qtbot.waitSignal(session.failed) as told:
        session.do(lambda p: draw_zone(p, OUTLINE, "Demo South"))
    assert told.args[0].code == "error.zone.name_taken"
    with qtbot.waitSignal(session.changed):
        session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    assert "New" in names(session)


def test_a_refusal_of_the_store_is_told(session, qtbot, monkeypatch):
    def refuse(edit, signer=None, contents=None):
        raise ConflictError("error.conflict.changed", kind="zone")

    monkeypatch.setattr(session.project.store, "commit", refuse)
    with qtbot.waitSignal(session.failed) as told:
        session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    assert told.args[0].code == "error.conflict.changed"
    assert "New" not in names(session)


def test_a_bug_in_the_store_is_told_without_its_values(session, qtbot, monkeypatch, capsys):
    def break_down(edit, signer=None, contents=None):
        message = "a secret name"
        raise RuntimeError(message)

    monkeypatch.setattr(session.project.store, "commit", break_down)
    with qtbot.waitSignal(session.failed) as told:
        session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    assert told.args[0].code == "window.error.unexpected"
    logged = capsys.readouterr().err
    assert "RuntimeError" in logged
    assert "secret" not in logged


def test_another_user_can_act_only_with_a_key(session, qtbot):
    with qtbot.waitSignal(session.user_changed):
        session.act_as(DEPUTY)
    assert session.project.user.id == DEPUTY.id
    with qtbot.waitSignal(session.failed):
        session.act_as(ANALYST)
    assert session.project.user.id == DEPUTY.id


def test_a_plan_that_cannot_be_opened_leaves_none_open(dressed, qtbot):
    def refuse():
        raise PlanFileError("error.plan.missing", name="x")

    session = PlanSession()
    with qtbot.waitSignal(session.failed) as told:
        session.open(refuse)
    assert told.args[0].code == "error.plan.missing"
    assert session.project is None
    session.shut_down()


def test_closing_lets_go_of_the_store(session, qtbot):
    store = session.project.store
    with qtbot.waitSignal(session.closed):
        session.close()
    assert session.project is None
    with pytest.raises(StoreError):
        store.load(Kind.SITE)


def test_an_answer_of_a_closed_plan_does_not_reach_the_next_one(session, qtbot):
    session.do(lambda p: draw_zone(p, OUTLINE, "New"))
    session.close()
    with qtbot.waitSignal(session.opened):
        session.open(plan_store, PLANNER.id)
    assert "New" not in names(session)
    assert not session.busy


def test_an_edit_that_was_asked_for_is_not_lost_by_closing(session):
    store = session.project.store
    session.do(lambda p: rename_zone(p, "zone-1", "First"))
    session.do(lambda p: rename_zone(p, "zone-1", "Second"))
    revisions = []
    session.changed.connect(lambda edit: revisions.append(edit.revision))
    session.close()
    assert len(revisions) == 2
    with pytest.raises(StoreError):
        store.load(Kind.ZONE)


def test_an_edit_is_signed_by_its_actor_even_if_another_acts_meanwhile(session, qtbot):
    store = session.project.store
    session.do(lambda p: rename_zone(p, "zone-1", "First"))
    session.act_as(DEPUTY)
    qtbot.waitUntil(lambda: not session.busy)
    session.record("read", kind="allegation")
    session.on_store_thread(lambda _project: None).result()
    edited, read = store.audit()[-2:]
    assert (edited.actor, read.actor) == (PLANNER.id, DEPUTY.id)
    assert edited.signature
    assert read.signature
    assert not [p for p in store.check() if p.what == "check.audit_unsigned"][1:]


def test_who_asks_for_an_edit_is_told_alone_that_it_failed(session, qtbot):
    alone, everybody = [], []
    session.failed.connect(everybody.append)
    session.do(lambda p: draw_zone(p, OUTLINE, "Demo South"), failed=alone.append)
    assert [error.code for error in alone] == ["error.zone.name_taken"]
    assert not everybody


def test_a_copy_is_logged_before_its_worker_goes_on(session):
    record = session.recorder()
    with ThreadPoolExecutor(1) as worker:
        worker.submit(record, "export", grade="public").result()
    assert session.project.store.audit()[-1].what == "export"


def test_a_copy_that_cannot_be_logged_is_refused(session, monkeypatch):
    def refuse(event, signer=None):
        raise StoreError("error.store.disk_full")

    monkeypatch.setattr(session.project.store, "record", refuse)
    with ThreadPoolExecutor(1) as worker, pytest.raises(StoreError):
        worker.submit(session.recorder(), "export", grade="public").result()


def big_plan(folder):
    """A plan whose copy was left to the window, and of which opening found something."""
    store = create_plan(
        folder / "big.gpkg",
        name="Demo",
        province_code="18",
        users=(PLANNER,),
        actor=PLANNER,
        fictional=True,
    )
    store.backup_due = True
    store.warnings = ("error.store.audit_broken",)
    return store


def test_what_opening_could_not_do_is_told(dressed, qtbot, tmp_path):
    session = PlanSession(services_for(tmp_path).signer_of)
    with qtbot.waitSignal(session.warned, timeout=20_000) as told:
        session.open(lambda: big_plan(tmp_path))
    assert [error.code for error in told.args[0]] == ["error.store.audit_broken"]
    assert len(backups(tmp_path / "big.gpkg")) == 1
    session.shut_down()


def test_a_copy_that_cannot_be_made_is_told_and_the_plan_stays_open(dressed, qtbot, tmp_path):
    (tmp_path / FOLDER).write_text("in the way")
    session = PlanSession(services_for(tmp_path).signer_of)
    with qtbot.waitSignal(session.warned, timeout=20_000) as told:
        session.open(lambda: big_plan(tmp_path))
    assert told.args[0][-1].code == "error.store.no_backup"
    assert session.project is not None
    session.shut_down()


def test_what_leaves_one_plan_is_never_logged_in_another(session, qtbot):
    record = session.recorder()
    record("copy", kind="site", grade="command", rows=1)
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.open(plan_store, PLANNER.id)
    with pytest.raises(PlanError):
        record("copy", kind="site", grade="command", rows=1)
    assert "copy" not in [row.what for row in session.project.store.audit()]
