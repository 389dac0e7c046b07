"""How long the assignment board of a large operation takes, and each look ahead while dragging."""

from __future__ import annotations

import time

import pytest

from geo.model.command import Operation, Team
from geo.progress import NoProgress
from gui.models.board_ahead import look_ahead
from gui.models.board_rows import BoardRows
from gui.models.board_trial import find, fitting
from tests.benchmarks.test_readiness import plan  # noqa: F401 - fixture

pytestmark = pytest.mark.benchmark

GLANCE_S, HOVER_S = 1.0, 0.1


def test_conflicts_are_shown_within_a_glance_and_a_cell_is_asked_once_in_no_time(plan):  # noqa: F811 - fixture
    operation = max(plan.all(Operation), key=lambda o: len(o.periods))
    started = time.perf_counter()
    found = find(plan, operation.id, NoProgress())
    took = time.perf_counter() - started
    rows = BoardRows(plan, operation)
    teams = plan.all(Team)
    cell = (rows.zones[-1].id, rows.columns[-1])
    started = time.perf_counter()
    look_ahead(plan, rows, found.trial, cell, (teams[0].id, ""))
    hover = time.perf_counter() - started
    fits = fitting(plan, found.trial, rows.zones[-1], rows.columns[-1])
    assert len(fits) == len(teams)
    assert took < GLANCE_S
    assert hover < HOVER_S
