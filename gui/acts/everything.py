"""Every set of acts of the window: one line each, made with the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gui.acts.allegations import AllegationActs
from gui.acts.boundaries import BoundaryActs
from gui.acts.crossings import CrossingActs
from gui.acts.duplicates import DuplicateActs
from gui.acts.duty import DutyActs
from gui.acts.imports import ImportActs
from gui.acts.licences import LicenceActs
from gui.acts.photos import PhotoActs
from gui.acts.reconcile import ReconcileActs
from gui.acts.sites import SiteActs
from gui.acts.tables import TableActs
from gui.acts.time import TimeActs

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.workbench import Workbench

ACTS: Final[tuple[Callable[[Workbench], object], ...]] = (
    AllegationActs,
    BoundaryActs,
    CrossingActs,
    DuplicateActs,
    DutyActs,
    ImportActs,
    LicenceActs,
    PhotoActs,
    ReconcileActs,
    SiteActs,
    TableActs,
    TimeActs,
)
