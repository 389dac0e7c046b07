"""A board with two zones, two days and three teams; nobody goes anywhere yet."""

from __future__ import annotations

import pytest
from shapely import box

from geo.edit.operations import add_operation
from geo.edit.teams import add_team
from geo.edit.zones import draw_zone
from tests.gui.board_hand import COMPLETE, NAMES, OPERATION, known


@pytest.fixture
def board_act(window, qtbot):
    def do(build):
        with qtbot.waitSignal(window.session.changed, timeout=20_000):
            window.session.do(build)

    return do


@pytest.fixture
def board_bench(window, bench, board_act):
    """Two zones, two days, three teams; nobody goes anywhere yet."""
    board_act(lambda p: add_operation(p, OPERATION))
    board_act(lambda p: add_team(p, COMPLETE))
    for n, name in enumerate(NAMES):
        area = box(103.7 + n / 10, 10.6, 103.75 + n / 10, 10.65)
        board_act(
            lambda p, a=area, m=name, n=n: draw_zone(
                p, a, m, operation_id=OPERATION.id, priority=n + 1
            )
        )
    return bench


@pytest.fixture
def board_page(board_bench, qtbot):
    board_bench.desk.moment.look_at(OPERATION.id)
    board_bench.commands["board"].trigger()
    made = board_bench.drawers.page("board")
    qtbot.waitUntil(lambda: made.states.state == "full")
    known(made, qtbot)
    return made
