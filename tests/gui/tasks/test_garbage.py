from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from geo.collector import at_rest
from gui.tasks.garbage import GarbageTimer
from gui.tasks.runner import TaskRunner

ALLOCATED = 50_000


@pytest.fixture
def python_collects():
    """Python's own collector is on, as in any program, and afterwards as it was."""
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


@pytest.fixture
def parent(furnished, python_collects):
    made = QObject()
    yield made
    if isValid(made):
        made.deleteLater()


def cast_off(ends: list[threading.Thread]) -> None:
    """Leave a widget in a cycle of references; tell which thread destroys it."""
    widget = QWidget()
    widget.itself = widget
    weakref.finalize(widget, lambda: ends.append(threading.current_thread()))


def allocate() -> list[list[int]]:
    """Make what the collector counts; it counts what lives, so it has to be kept."""
    return [[n] for n in range(ALLOCATED)]


def test_no_worker_thread_destroys_a_widget(parent, qtbot):
    GarbageTimer(parent)
    runner = TaskRunner(parent)
    ends: list[threading.Thread] = []
    cast_off(ends)
    done = []
    runner.run(lambda _progress: allocate(), done.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(done) and bool(ends))
    runner.close()
    assert ends == [threading.main_thread()]


def test_nothing_is_destroyed_in_the_middle_of_an_event(parent, qtbot):
    GarbageTimer(parent)
    ends: list[threading.Thread] = []
    cast_off(ends)
    kept = allocate()
    assert ends == []
    qtbot.waitUntil(lambda: bool(ends))
    assert len(kept) == ALLOCATED


def test_what_lived_long_is_collected_in_its_time(parent, qtbot):
    timer = GarbageTimer(parent)
    ends: list[threading.Thread] = []
    widget = QWidget()
    weakref.finalize(widget, lambda: ends.append(threading.current_thread()))
    gc.collect()  # it is old now, and so is a quarter of everything that was made after it
    widget.itself = widget
    del widget
    kept = []

    def look() -> bool:
        kept.append(allocate())
        timer.look()
        return bool(ends)

    qtbot.waitUntil(look, timeout=30_000)


def test_while_many_rows_are_made_nothing_is_collected(parent):
    timer = GarbageTimer(parent)
    ends: list[threading.Thread] = []
    cast_off(ends)
    allocate()
    with at_rest():
        kept = allocate()
        timer.look()
        assert ends == []
    assert not gc.isenabled()
    assert len(kept) == ALLOCATED


def test_python_collects_again_when_the_window_is_gone(parent, qtbot):
    GarbageTimer(parent)
    assert not gc.isenabled()
    parent.deleteLater()
    qtbot.waitUntil(gc.isenabled)


OPENED = """
import gc, sys
from gui.application import create_window
from gui.services import real_services
window = create_window(real_services(None))
sys.exit(0 if not gc.isenabled() else 1)
"""


def test_the_window_that_a_user_opens_collects_by_itself():
    assert subprocess.run([sys.executable, "-c", OPENED], check=False).returncode == 0
