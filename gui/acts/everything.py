"""Every set of acts of the window: one line each, made with the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gui.acts.allegations import AllegationActs
from gui.acts.crossings import CrossingActs
from gui.acts.reconcile import ReconcileActs
from gui.acts.sites import SiteActs
from gui.acts.tables import TableActs
from gui.acts.time import TimeActs

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.workbench import Workbench

ACTS: Final[tuple[Callable[[Workbench], object], ...]] = (
    AllegationActs,
    CrossingActs,
    ReconcileActs,
    SiteActs,
    TableActs,
    TimeActs,
)
