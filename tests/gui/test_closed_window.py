"""A window in which a plan was closed holds nothing of it: of a protected plan it is in clear."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtWidgets import QApplication

from geo.model.entity import Kind

PAGES = ("table", "licences", "duplicates", "waiting_rows", "filter_map", "time_strip")


@pytest.fixture
def looked_at(window, bench, qtbot):
    """Every workspace and page was open on the plan."""
    for name in ("analyse", "plan", "operate", "report", "register"):
        bench.show_workspace(name)
        QApplication.processEvents()
    for name in PAGES:
        bench.commands[name].trigger()
        QApplication.processEvents()
    bench.desk.selection.select(Kind.SITE, ["site-1"])
    bench.toggle_held()
    qtbot.waitUntil(lambda: not bench.desk.runner.busy(), timeout=20_000)
    return window


def test_no_table_outlives_its_plan_in_the_window(looked_at, qtbot):
    project = looked_at.session.project
    watched = {kind: weakref.ref(project.table(kind).versions) for kind in Kind}
    del project
    with qtbot.waitSignal(looked_at.session.closed):
        looked_at.session.close()
    qtbot.waitUntil(lambda: not looked_at.workbench.desk.runner.busy(), timeout=20_000)

    def left():
        gc.collect()
        return [kind for kind, versions in watched.items() if versions() is not None]

    qtbot.waitUntil(lambda: not left(), timeout=5_000)
