"""Photographs in the dossier, in the window and all the way to the store."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from geo.edit.attachments import attachments_of
from geo.model.entity import Kind
from gui import pictures
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.photo import AddPhotosDialog, CaptionDialog
from gui.dialogs.photo_viewer import PhotoViewer
from gui.panels.dossier_photos import FIRST, SIZE, PhotoPart
from tests.gui.photo_files import write_photo
from tests.gui.stage import ANALYST

SITE = "site-1"
AT_SITE = (10.62, 103.51)


@pytest.fixture
def files(tmp_path):
    return [write_photo(tmp_path / f"photo {n}.jpg", n, place=AT_SITE) for n in range(3)]


@pytest.fixture
def photos(bench, qtbot):
    """Adds files to the first site through the dialog."""

    def add(paths, captions=()):
        bench.desk.intents.ask("photo.add", Kind.SITE, SITE, paths)
        dialog = bench.window_.findChildren(AddPhotosDialog)[-1]
        qtbot.waitUntil(lambda: dialog.states.state == "full", timeout=20_000)
        for entry, words in zip(dialog.entries, captions, strict=False):
            entry.caption.setText(words)
        with qtbot.waitSignal(bench.desk.session.changed, timeout=20_000):
            dialog.accept_button.click()
        return rows(bench)

    return add


def rows(bench):
    return attachments_of(bench.desk.session.project, Kind.SITE, SITE)


def part_of(bench, qtbot):
    bench.show_row(Kind.SITE, SITE)
    bench.dossier.refresh_now()
    parts = [p for p in bench.dossier.findChildren(PhotoPart) if not p.isHidden()]
    qtbot.waitUntil(lambda: all(t.state != "loading" for t in parts[-1].thumbs), timeout=20_000)
    return parts[-1]


def logged(bench):
    wait = bench.desk.session.on_store_thread(lambda p: p.store.audit())
    return [r for r in wait.result() if r.what == "read" and r.details.get("kind") == "attachment"]


def test_chosen_files_become_photographs_of_the_site_in_one_act(bench, photos, files, qtbot):
    found = photos(files, ["Front gate", "Back"])
    assert [r.caption for r in found] == ["Front gate", "Back", ""]
    assert all(r.taken_on.isoformat() == "2022-09-17" for r in found)
    project = bench.desk.session.project
    content = bench.desk.session.on_store_thread(
        lambda p: p.store.content(found[0].content_sha256)
    ).result()
    assert b"SecretCam" not in content
    part = part_of(bench, qtbot)
    assert [t.state for t in part.thumbs] == ["full"] * 3
    with qtbot.waitSignal(bench.desk.session.changed):
        bench.desk.session.undo()
    assert len(project.table(Kind.ATTACHMENT)) == 0


def test_a_file_that_cannot_be_read_says_why_and_the_others_go_in(bench, photos, files, tmp_path):
    heic = tmp_path / "phone.heic"
    heic.write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 40)
    found = photos([heic, files[0], tmp_path / "gone.jpg"])
    assert [r.file_name for r in found] == ["photo 0.jpg"]


def test_only_files_that_cannot_be_read_cannot_be_added(bench, tmp_path, qtbot):
    broken = tmp_path / "a.jpg"
    broken.write_bytes(b"no picture")
    bench.desk.intents.ask("photo.add", Kind.SITE, SITE, [broken])
    dialog = bench.window_.findChildren(AddPhotosDialog)[-1]
    assert dialog.missing() == "photo.why.loading"
    qtbot.waitUntil(lambda: dialog.states.state == "full", timeout=20_000)
    assert dialog.missing() == "photo.why.none"
    dialog.reject()


def test_a_photograph_from_elsewhere_tells_how_far_and_leaves_it_to_the_user(
    bench, tmp_path, qtbot
):
    far = write_photo(tmp_path / "far.jpg", place=(10.62, 103.71))
    near = write_photo(tmp_path / "near.jpg", 1, place=AT_SITE)
    bench.desk.intents.ask("photo.add", Kind.SITE, SITE, [far, near])
    dialog = bench.window_.findChildren(AddPhotosDialog)[-1]
    qtbot.waitUntil(lambda: dialog.states.state == "full", timeout=20_000)
    said = [words(entry) for entry in dialog.entries]
    assert "km from here" in said[0]
    assert "from here" not in said[1]
    assert all(entry.is_chosen() for entry in dialog.entries)
    dialog.entries[1].day.setText("soon")
    assert dialog.missing() == "photo.why.day"
    dialog.entries[1].chosen.setChecked(False)
    assert dialog.missing() == ""
    dialog.reject()


def words(widget):
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_same_file_twice_is_refused_in_the_dialog(bench, photos, files, qtbot):
    photos(files[:1])
    bench.desk.intents.ask("photo.add", Kind.SITE, SITE, files[:1])
    dialog = bench.window_.findChildren(AddPhotosDialog)[-1]
    qtbot.waitUntil(lambda: dialog.states.state == "full", timeout=20_000)
    dialog.accept_button.click()
    qtbot.waitUntil(dialog.fault.isVisible)
    assert "already" in dialog.fault.text()
    dialog.reject()


def test_files_can_be_dropped_onto_the_dossier(bench, files, qtbot):
    part = part_of(bench, qtbot)
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(p)) for p in files])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    part.dropEvent(event)
    dialog = bench.window_.findChildren(AddPhotosDialog)[-1]
    qtbot.waitUntil(lambda: len(dialog.entries) == 3, timeout=20_000)
    dialog.reject()


def test_looking_at_a_photograph_is_logged_each_time(bench, photos, files, qtbot):
    found = photos(files)
    part = part_of(bench, qtbot)
    assert logged(bench) == []
    part.thumbs[0].click()
    viewer = bench.window_.findChildren(PhotoViewer)[-1]
    qtbot.waitUntil(lambda: viewer.states.state == "full", timeout=20_000)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: viewer.shown_id == found[1].id)
    viewer.step(5)
    assert viewer.shown_id == found[1].id
    assert [r.details["row"] for r in logged(bench)] == [found[0].id, found[1].id]
    viewer.reject()


def test_the_digest_is_shown_and_nothing_can_be_copied(bench, photos, files, qtbot):
    found = photos(files[:1])
    bench.desk.intents.ask("photo.open", found[0].id)
    viewer = bench.window_.findChildren(PhotoViewer)[-1]
    assert found[0].sha256 in viewer.digest.text().replace(" ", "")
    for label in (viewer.digest, viewer.caption, viewer.facts):
        assert not label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    viewer.reject()


def test_a_picture_is_fitted_zoomed_and_fitted_again(bench, photos, files, qtbot):
    found = photos(files[:1])
    bench.desk.intents.ask("photo.open", found[0].id)
    viewer = bench.window_.findChildren(PhotoViewer)[-1]
    qtbot.waitUntil(lambda: viewer.states.state == "full", timeout=20_000)
    assert viewer.canvas.fitted
    before = viewer.canvas.transform().m11()
    viewer.bigger.click()
    assert viewer.canvas.transform().m11() > before
    viewer.fit.click()
    assert viewer.canvas.transform().m11() == pytest.approx(before)
    viewer.reject()


def test_a_removed_photograph_gives_its_place_to_the_next_and_comes_back(
    bench, photos, files, qtbot
):
    found = photos(files)
    session = bench.desk.session
    bench.desk.intents.ask("photo.open", found[0].id)
    viewer = bench.window_.findChildren(PhotoViewer)[-1]
    with qtbot.waitSignal(session.changed):
        viewer.remove_button.click()
    qtbot.waitUntil(lambda: viewer.shown_id == found[1].id)
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert [r.id for r in rows(bench)] == [r.id for r in found]
    viewer.reject()


def test_a_photograph_is_destroyed_only_after_a_question(bench, photos, files, qtbot):
    found = photos(files[:1])
    session = bench.desk.session
    bench.desk.intents.ask("photo.open", found[0].id)
    viewer = bench.window_.findChildren(PhotoViewer)[-1]
    viewer.destroy_button.click()
    question = bench.window_.findChildren(ConfirmDialog)[-1]
    assert rows(bench) == found
    with qtbot.waitSignal(session.changed):
        question.accept_button.click()
    assert rows(bench) == []
    assert not session.project.history.undoable
    gone = session.on_store_thread(lambda p: p.store.content(found[0].content_sha256))
    with pytest.raises(KeyError):
        gone.result()


def test_a_caption_is_corrected_in_a_dialog(bench, photos, files, qtbot):
    found = photos(files[:1])
    bench.desk.intents.ask("photo.open", found[0].id)
    viewer = bench.window_.findChildren(PhotoViewer)[-1]
    viewer.caption_button.click()
    dialog = bench.window_.findChildren(CaptionDialog)[-1]
    dialog.caption.setText("Front gate")
    dialog.day.setText("16/09/2022")
    with qtbot.waitSignal(bench.desk.session.changed):
        dialog.accept_button.click()
    assert viewer.caption.text() == "Front gate"
    assert rows(bench)[0].taken_on.isoformat() == "2022-09-16"
    viewer.reject()


def test_the_content_is_never_read_on_the_main_thread(bench, photos, files, qtbot, monkeypatch):
    photos(files)
    store = bench.desk.session.project.store
    threads, real = [], store.content

    def watched(sha256):
        threads.append(threading.current_thread())
        return real(sha256)

    pictures.forget()
    monkeypatch.setattr(store, "content", watched)
    part_of(bench, qtbot)
    assert len(threads) == 3
    assert threading.main_thread() not in threads


def test_a_content_that_is_missing_is_shown_as_such(bench, photos, files, qtbot):
    found = photos(files[:1])
    pictures.forget()
    bench.desk.session.project.store._contents.clear()  # noqa: SLF001 - damage
    part = part_of(bench, qtbot)
    assert part.thumbs[0].state == "error"
    bench.desk.intents.ask("photo.open", found[0].id)
    viewer = bench.window_.findChildren(PhotoViewer)[-1]
    qtbot.waitUntil(lambda: viewer.states.state == "error", timeout=20_000)
    viewer.reject()


def test_many_photographs_show_their_first_and_say_how_many_more(bench, photos, tmp_path, qtbot):
    files = [write_photo(tmp_path / f"{n}.jpg", n, size=(300 + n, 200)) for n in range(FIRST + 2)]
    photos(files)
    part = part_of(bench, qtbot)
    assert len(part.thumbs) == FIRST
    assert part.more_button.text().startswith("2")


def test_who_may_not_add_reads_why(bench, qtbot):
    bench.desk.session.project.user = ANALYST
    bench.desk.session.user_changed.emit()
    part = part_of(bench, qtbot)
    assert not part.add_button.isEnabled()
    assert part.add_button.toolTip()
    assert not part.acceptDrops()


def test_small_pictures_are_forgotten_when_the_plan_is_closed(bench, photos, files, qtbot):
    (row,) = photos(files[:1])
    part = part_of(bench, qtbot)
    box = SIZE * part.devicePixelRatioF()
    asked = (bench.desk, row.content_sha256, box, lambda _picture: None, lambda _error: None)
    assert pictures.small(*asked) is not None
    bench.desk.session.close()
    assert pictures.small(*asked) is None
