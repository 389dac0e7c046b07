from __future__ import annotations

import pytest
from shapely import box

from geo.edit.zones import draw_zone
from tests.gui.drawing.map_hand import MapHand
from tests.gui.stage import OPERATION


@pytest.fixture
def hand(bench, qtbot):
    return MapHand(bench, qtbot)


@pytest.fixture
def side_by_side(hand):
    """Two zones of the operation that share an edge, the first with a hole; the first is chosen."""
    session = hand.bench.desk.session
    made = []
    for name, outline in (
        ("West", box(103.54, 10.61, 103.56, 10.65)),
        ("East", box(103.56, 10.61, 103.58, 10.65)),
    ):
        session.do(
            lambda p, name=name, outline=outline: draw_zone(
                p, outline, name, operation_id=OPERATION.id
            ),
            lambda edit: made.append(edit.deltas[0].ids[0]),
        )
        hand.settled()
    hand.choose(made[0])
    return made
