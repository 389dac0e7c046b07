"""What a user does in a section of Analyse: open it, and wait for its answer."""

from __future__ import annotations

from datetime import timedelta

from geo.clock import today
from geo.edit.allegations import add_allegation
from geo.model.allegation import Allegation
from geo.model.entity import LonLat
from geo.model.vocabulary import AllegationKind, Precision


def open_section(bench, key):
    """Open a section as a click on its button does, and return it."""
    bench.show_workspace("analyse")
    panel = bench.panels["analyse"]
    panel.show_section(key)
    return panel.section(key)


def answered(section, qtbot):
    """Wait until the section has its answer, or says why not."""
    qtbot.waitUntil(lambda: not section.run_bar.busy, timeout=30_000)


def allege(window, qtbot, at, *, days, unit="011002"):
    """Take in an allegation so many days ago, at a place or somewhere in a commune."""
    said = Allegation(
        received_on=today() - timedelta(days=days),
        kinds=(AllegationKind.FORCED_LABOUR,),
        point=None if at is None else LonLat(*at),
        precision=Precision.COMMUNE if at is None else Precision.POINT,
        admin_code=unit,
    )
    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        window.session.do(lambda plan: add_allegation(plan, said))
