"""Heavy computing runs in another process that is kept, cancelled, and started again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from geo.compute import Computer, WorkerBugError
from geo.errors import CancelledError, InputError
from tests.geo import compute_jobs as jobs


@pytest.fixture(scope="module")
def computer():
    with Computer() as one:
        yield one


class Told:
    def __init__(self, cancel_after=None):
        self.steps = []
        self.cancel_after = cancel_after

    def step(self, done, total, code=""):
        self.steps.append((done, total, code))
        if self.cancel_after is not None and len(self.steps) > self.cancel_after:
            raise CancelledError


def test_a_job_is_done_elsewhere_by_a_process_that_stays(computer):
    first = computer.run(jobs.where)
    assert first != os.getpid()
    assert computer.run(jobs.where) == first == computer.worker_pid


def test_progress_arrives(computer):
    told = Told()
    assert computer.run(jobs.doubled, 21, progress=told) == 42
    assert (1, 2, "import.step.reading") in told.steps


def test_a_known_error_arrives_as_it_was_and_the_worker_lives_on(computer):
    pid = computer.run(jobs.where)
    with pytest.raises(InputError) as refused:
        computer.run(jobs.refused, "Zone A")
    assert (refused.value.code, refused.value.params) == (
        "error.zone.name_taken",
        {"name": "Zone A"},
    )
    assert computer.run(jobs.where) == pid


def test_a_bug_says_where_and_quotes_nothing(computer):
    with pytest.raises(WorkerBugError) as bug:
        computer.run(jobs.broken, "a name of the plan")
    assert "ValueError in" in str(bug.value)
    assert "broken" in str(bug.value)
    assert "name of the plan" not in str(bug.value)


def test_a_silent_job_is_cancelled_and_the_next_one_works(computer):
    with pytest.raises(CancelledError):
        computer.run(jobs.endless, progress=Told(cancel_after=2))
    assert computer.run(jobs.doubled, 1) == 2


def test_a_job_that_takes_too_long_is_ended(computer):
    with pytest.raises(InputError, match=r"error\.compute\.too_slow"):
        computer.run(jobs.endless, seconds=0.2)
    assert computer.run(jobs.doubled, 2) == 4


def test_a_worker_that_died_is_told_and_replaced(computer):
    with pytest.raises(InputError, match=r"error\.compute\.died"):
        computer.run(jobs.gone)
    assert computer.run(jobs.doubled, 3) == 6


def test_what_a_library_prints_does_no_harm(computer):
    assert computer.run(jobs.printing) == "whole"


def test_closing_cancels_what_runs_and_leaves_no_process():
    computer = Computer()
    computer.warm()
    pid = computer.worker_pid
    caught = []

    def work():
        try:
            computer.run(jobs.endless, progress=started)
        except CancelledError as error:
            caught.append(error)

    class Started(Told):
        event = threading.Event()

        def step(self, done, total, code=""):
            super().step(done, total, code)
            self.event.set()

    started = Started()
    thread = threading.Thread(target=work)
    thread.start()
    assert started.event.wait(10)
    computer.close()
    thread.join(10)
    assert len(caught) == 1
    assert pid is not None
    assert computer.worker_pid is None
    with pytest.raises(CancelledError):
        computer.run(jobs.doubled, 1)


def test_graph_and_statistics_libraries_load_there_and_not_here(computer):
    from geo.analysis.split.job import WARM

    computer.warm(*WARM)
    assert computer.run(jobs.loaded, "gerrychain", "scipy", "pandas") == [True] * 3
    here = """
import sys
import geo.analysis.split.order, geo.analysis.split.job, geo.analysis.split.rebalance
import geo.compute, geo.edit.splitting
print(sorted({n.split(".")[0] for n in sys.modules} & {"gerrychain", "scipy", "pandas", "networkx",
      "geopandas", "pyogrio", "fiona"}))
"""
    told = subprocess.run(
        [sys.executable, "-c", here], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "[]"
