"""One list of the comparison of licences with sites, as a Qt table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from geo.analysis.reconcile import Finding, Reconciliation
from geo.localise import format_length
from geo.model.entity import Kind
from geo.model.vocabulary import LegalStatus
from gui import i18n
from gui.i18n import retext, tr
from gui.models.faces import site_title
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geo.project import Project

Index = QModelIndex | QPersistentModelIndex

HEADS: Final = ("number", "business", "site", "status", "distance", "likeness", "ends", "findings")
WIDTHS: Final = (130, 195, 200, 112, 72, 64, 112, 140)
RIGHT: Final = frozenset({"distance", "likeness", "ends"})


class ReconcileModel(QAbstractTableModel):
    """The rows of one finding; cells are worded when they are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._project: Project | None = None
        self._found: Reconciliation | None = None
        self._finding = Finding.PROPOSED
        self._rows: NDArray[np.intp] = np.arange(0)
        retext(self, self._reworded)

    def show(self, project: Project, found: Reconciliation, finding: Finding) -> None:
        """Show the rows of a finding, the most urgent first."""
        self.beginResetModel()
        self._project, self._found, self._finding = project, found, finding
        rows = found.of(finding)
        if finding is not Finding.NO_LICENCE:
            key = {
                Finding.FAR: -found.distance_m,
                Finding.NAME_DIFFERS: found.likeness,
                Finding.PROPOSED: -np.nan_to_num(found.likeness),
            }.get(finding, found.days)
            rows = rows[np.argsort(key[rows], kind="stable")]
        self._rows = rows
        self.endResetModel()

    def forget(self) -> None:
        """Show nothing: the plan is closed."""
        self.beginResetModel()
        self._project = self._found = None
        self._rows = np.arange(0)
        self.endResetModel()

    def licence_at(self, row: int) -> str:
        """Return the id of a row's licence, or empty."""
        found = self._found
        if found is None or self._finding is Finding.NO_LICENCE:
            return ""
        return str(found.licence_ids[self._rows[row]])

    def site_at(self, row: int) -> str:
        """Return the id of a row's site, or empty."""
        found = self._found
        if found is None:
            return ""
        ids = found.sites_without if self._finding is Finding.NO_LICENCE else found.site_ids
        return str(ids[self._rows[row]])

    def is_proposal(self, row: int) -> bool:
        """Tell whether a row's site is proposed and not linked yet."""
        found = self._found
        if found is None or self._finding is Finding.NO_LICENCE:
            return False
        position = self._rows[row]
        return bool(found.site_ids[position]) and not bool(found.linked[position])

    # --- Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        head = HEADS[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._word(index.row(), head)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._word(index.row(), head))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(head)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(HEADS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(f"reconcile.column.{HEADS[section]}")
        return _side(HEADS[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _reworded(self) -> None:
        self.beginResetModel()
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADS) - 1)

    def _word(self, row: int, head: str) -> str:
        project, found = self._project, self._found
        if project is None or found is None:
            return ""
        site_id, licence_id = self.site_at(row), self.licence_at(row)
        sites, licences = project.table(Kind.SITE), project.table(Kind.LICENCE)
        if head in {"site", "status"}:
            if site_id not in sites:
                return ""
            at = sites.index[site_id]
            if head == "site":
                return site_title(sites, at)
            return i18n.label(LegalStatus(sites["legal_status"][at]))
        if not licence_id or licence_id not in licences:
            return tr("reconcile.finding.no_licence") if head == "findings" else ""
        at, position = licences.index[licence_id], int(self._rows[row])
        words: dict[str, Callable[[], str]] = {
            "number": lambda: str(licences["number"][at]),
            "business": lambda: str(licences["business"][at] or licences["holder"][at]),
            "distance": lambda: _metres(found.distance_m[position]),
            "likeness": lambda: _percent(found.likeness[position]),
            "ends": lambda: _day(licences["expires_on"][at]),
            "findings": lambda: self._findings(position),
        }
        return words[head]()

    def _findings(self, position: int) -> str:
        assert self._found is not None  # noqa: S101 - told by the caller
        shown = self._found.findings_of(position)
        return ", ".join(tr(f"reconcile.finding.{finding.value}") for finding in shown)


def _side(head: str) -> int:
    side = Qt.AlignmentFlag.AlignRight if head in RIGHT else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _day(value: str | None) -> str:
    return tr("panel.licence.no_end") if value is None else i18n.day(date.fromisoformat(value))


def _metres(value: float) -> str:
    return "" if np.isnan(value) else format_length(float(value), i18n.language())


def _percent(value: float) -> str:
    # Rounded down: what is not quite the same name is never "100 %".
    return "" if np.isnan(value) else f"{i18n.number(int(value * 100 + 1e-9))} %"
