from __future__ import annotations

import threading

import pytest

from geo.errors import CancelledError, InputError
from gui.tasks.runner import TaskRunner


@pytest.fixture
def runner(qapp):
    made = TaskRunner()
    yield made
    made.close()


def test_a_result_arrives_on_the_main_thread(runner, qtbot):
    got = []
    runner.run(
        lambda _p: threading.current_thread(),
        lambda worker: got.append((worker, threading.current_thread())),
        pytest.fail,
    )
    qtbot.waitUntil(lambda: bool(got))
    worker, receiver = got[0]
    assert worker is not threading.main_thread()
    assert receiver is threading.main_thread()


def test_progress_is_told(runner, qtbot):
    go = threading.Event()

    def work(progress):
        go.wait(5)
        progress.step(1, 2, "stage")
        return "done"

    task = runner.run(work, lambda _r: None, pytest.fail)
    with qtbot.waitSignal(
        task.progressed, check_params_cb=lambda d, t, c: (d, t, c) == (1, 2, "stage")
    ):
        go.set()
    qtbot.waitUntil(lambda: not task.running)


def test_a_cancelled_task_ends_at_its_next_step(runner, qtbot):
    errors = []
    started, go = threading.Event(), threading.Event()

    def work(progress):
        started.set()
        go.wait(5)
        progress.step(1, 2)
        return "never"

    task = runner.run(work, pytest.fail, errors.append)
    assert started.wait(5)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], CancelledError)
    assert not runner.busy()


def test_a_known_error_reaches_the_window_as_it_is(runner, qtbot):
    errors = []

    def work(_progress):
        raise InputError("error.zone.empty")

    runner.run(work, pytest.fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "error.zone.empty"


def test_a_bug_is_logged_without_its_values(runner, qtbot, capsys):
    errors = []

    def work(_progress):
        message = "a secret name"
        raise ValueError(message)

    runner.run(work, pytest.fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "window.error.unexpected"
    logged = capsys.readouterr().err
    assert "ValueError" in logged
    assert "secret" not in logged


def test_what_was_begun_for_a_plan_is_dropped_with_it(runner, qtbot):
    results, errors, go = [], [], threading.Event()

    def work(_progress):
        go.wait(5)
        return "of the old plan"

    runner.run(work, results.append, errors.append)
    runner.run(work, results.append, errors.append, outlives_plan=True)
    runner.drop_plan()
    go.set()
    qtbot.waitUntil(lambda: not runner.busy())
    assert results == ["of the old plan"]
    assert [type(error) for error in errors] == [CancelledError]


def test_nothing_is_begun_once_the_window_is_closed(qtbot):
    closed = TaskRunner()
    closed.close()
    done = []
    task = closed.run(lambda _progress: done.append(1), done.append, done.append)
    assert not closed.busy()
    assert not done
    task.deleteLater()
