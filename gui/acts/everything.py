"""Every set of acts of the window: one line each, made with the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gui.acts.allegations import AllegationActs
from gui.acts.answers import AnswerActs
from gui.acts.board import BoardActs
from gui.acts.boundaries import BoundaryActs
from gui.acts.coordination import CoordinationActs
from gui.acts.coverage import CoverageActs
from gui.acts.crossings import CrossingActs
from gui.acts.duplicates import DuplicateActs
from gui.acts.duty import DutyActs
from gui.acts.duty_papers import DutyPaperActs
from gui.acts.findings import FindingsActs
from gui.acts.imports import ImportActs
from gui.acts.licences import LicenceActs
from gui.acts.links import LinkActs
from gui.acts.live import LiveActs
from gui.acts.operate import OperateActs
from gui.acts.operations import OperationActs
from gui.acts.photos import PhotoActs
from gui.acts.reconcile import ReconcileActs
from gui.acts.release import ReleaseActs
from gui.acts.results import ResultActs
from gui.acts.sites import SiteActs
from gui.acts.split import SplitActs
from gui.acts.support import SupportActs
from gui.acts.tables import TableActs
from gui.acts.teams import TeamActs
from gui.acts.time import TimeActs

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.workbench import Workbench

ACTS: Final[tuple[Callable[[Workbench], object], ...]] = (
    AllegationActs,
    AnswerActs,
    BoardActs,
    BoundaryActs,
    CoordinationActs,
    CoverageActs,
    CrossingActs,
    DuplicateActs,
    DutyActs,
    DutyPaperActs,
    FindingsActs,
    ImportActs,
    LicenceActs,
    LinkActs,
    LiveActs,
    OperateActs,
    OperationActs,
    PhotoActs,
    ReconcileActs,
    ReleaseActs,
    ResultActs,
    SiteActs,
    SplitActs,
    SupportActs,
    TableActs,
    TeamActs,
    TimeActs,
)
