"""The demonstration's returns: some provinces report, some do not, one reports and does nothing."""

from __future__ import annotations

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.job import Wish, make_scoreboard
from geo.clock import today
from geo.fiction.returns import IDLE, LATE, SILENT
from geo.model.result import MonthlyReturn
from geo.model.vocabulary import AdminLevel
from geo.return_document import is_genuine


def test_returns_are_signed_and_say_that_they_are_fictional(demo):
    returns = demo.all(MonthlyReturn)
    assert all(is_genuine(one) and one.fictional for one in returns)
    own = [one for one in returns if one.province_code == demo.info.province_code]
    assert own
    assert all(one.signed_by and one.signer_role == "governor" for one in own)
    assert not any(one.signed_by for one in returns if one not in own)


def test_no_return_and_no_action_are_different_lists(demo):
    wish = Wish(level=AdminLevel.PROVINCE, origin=Origin.RETURNS, last=today())
    found = make_scoreboard(demo, wish)
    board = found.board
    assert set(board.no_return) == SILENT
    assert set(board.gaps()) >= set(LATE)
    idle = {board.units[i.unit]: i.days for i in found.idle}
    assert idle[IDLE] is None
    assert not set(idle) & SILENT
    assert found.basis.unbelieved == 0
