"""Proposed pairs as a list, with what speaks for each in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from geo import localise
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationKind
from gui import i18n
from gui.i18n import retext, tr
from gui.models.faces import Face, allegation_title, site_title
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.analysis.duplicates import Pair
    from geo.project import Project
    from gui.models.table_model import Index

_LENGTHS: Final = frozenset({"metres", "accuracy"})


class PairModel(QAbstractListModel):
    """The pairs that wait for somebody's judgement, the likeliest first."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = Kind.SITE
        self.pairs: tuple[Pair, ...] = ()
        self._project: Project | None = None
        retext(self, self._language_changed)

    def show(self, project: Project, kind: Kind, pairs: Sequence[Pair]) -> None:
        """Show pairs of rows of a kind."""
        self.beginResetModel()
        self._project, self.kind, self.pairs = project, kind, tuple(pairs)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        face = self.face(index)
        if face is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{face.title}. {face.subtitle}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{face.title}\n{face.subtitle}\n{tr('duplicates.score_tip')}")
        return None

    def face(self, index: Index) -> Face | None:
        """Return how a row looks: both names, what speaks for it, how much."""
        if not index.isValid() or index.row() >= len(self.pairs) or self._project is None:
            return None
        pair = self.pairs[index.row()]
        ids = (pair.first_id, pair.second_id)
        names = [title_of(self._project, self.kind, i) for i in ids]
        if names[0] == names[1]:
            names = [full_title_of(self._project, self.kind, i) for i in ids]
        return Face(" ↔ ".join(names), why_words(pair), i18n.number(100 * pair.score))

    def _language_changed(self) -> None:
        self.beginResetModel()
        self.endResetModel()


def title_of(project: Project, kind: Kind, entity_id: str) -> str:
    """Return what a row is called: a site by its name, an allegation by its number."""
    table = project.table(kind)
    position = table.index.get(entity_id)
    if position is None:
        return "–"
    if kind is Kind.SITE:
        return site_title(table, position)
    return str(table["reference"][position] or allegation_title(table, position))


def full_title_of(project: Project, kind: Kind, entity_id: str) -> str:
    """Return what a row is called, with the code of a site behind its name."""
    title, table = title_of(project, kind, entity_id), project.table(kind)
    position = table.index.get(entity_id)
    code = table["code"][position] if kind is Kind.SITE and position is not None else ""
    return f"{title} ({code})" if code and code != title else title


def why_words(pair: Pair) -> str:
    """Return all that speaks for a pair in words."""
    return " · ".join(reason_words(code, params) for code, params in pair.reasons)


def reason_words(code: str, params: Mapping[str, int | str]) -> str:
    """Return one piece of evidence in words."""
    shown: dict[str, str] = {}
    for name, value in params.items():
        if name in _LENGTHS:
            shown[name] = localise.format_length(float(value), i18n.language())
        elif name == "kinds":
            shown[name] = ", ".join(i18n.label(AllegationKind(k)) for k in str(value).split(","))
        else:
            shown[name] = i18n.number(value) if isinstance(value, int) else value
    return tr(code, **shown)
