"""Rows of a file that are rejected or ask something, with what was answered to each so far."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from geo.catalogue import text
from geo.formats.choices import Choice
from geo.formats.found import Problem
from geo.formats.repair import Answer, accepting, can_accept, can_correct, settles
from geo.formats.summary import field_words, is_guarded
from geo.model.entity import Kind
from gui import i18n, theme
from gui.i18n import retext, tr
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject


Index = QModelIndex | QPersistentModelIndex
HEADS = ("row", "state", "at", "value", "reason")
VALUE = HEADS.index("value")
REJECTED, WAITING, READY, LEFT_OUT = "rejected", "waiting", "ready", "left_out"
_ROLES = {REJECTED: "danger", WAITING: "warning", READY: "accent", LEFT_OUT: "muted"}
_LISTED = frozenset(
    f"import.reason.{code}"
    for code in (
        *("unknown_word", "missing", "visak", "several_villages", "several_units"),
        *("unknown_commune", "unknown_district", "no_district"),
    )
)
SHORT = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A row and what is wrong with it.

    Attributes:
        key: By which its answer is known.
        problem: What the file's check said.
        target: What the row is to become.
        file: Name of its file, where several are shown together.
    """

    key: object
    problem: Problem
    target: Kind
    file: str = ""


class AskModel(QAbstractTableModel):
    """One row for each row of the file that is not imported.

    Attributes:
        answered: Answers were given or taken back.
        answers: Key → answer.
        locked: Nobody may answer.
    """

    answered = Signal()

    def __init__(self, parent: QObject, choices: Callable[[Asked], Sequence[Choice]]) -> None:
        """Take what tells the choices of a row."""
        super().__init__(parent)
        self._choices = choices
        self._count = 0
        self.locked = False
        self._item_at: Callable[[int], Asked] = _nobody
        self.answers: dict[object, Answer] = {}
        self._now: dict[object, Problem | None] = {}
        retext(self, self._reworded)

    def show_rows(self, count: int, item_at: Callable[[int], Asked]) -> None:
        """Show other rows, of which nothing is answered yet."""
        self.beginResetModel()
        self._count, self._item_at = count, item_at
        self.answers, self._now = {}, {}
        self.endResetModel()

    def show_now(self, now: dict[object, Problem | None]) -> None:
        """Show what the answers led to: another problem, or None where a row is ready."""
        self._now = now
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(HEADS) - 1))

    def item(self, row: int) -> Asked:
        """Return a row."""
        return self._item_at(row)

    def problem(self, item: Asked) -> Problem:
        """Return what is wrong with a row now."""
        return self._now.get(item.key) or item.problem

    def state(self, item: Asked) -> str:
        """Return ``rejected``, ``waiting``, ``ready`` or ``left_out``."""
        answer = self.answers.get(item.key)
        if answer is not None and answer.skip:
            return LEFT_OUT
        if answer is not None and item.key in self._now and self._now[item.key] is None:
            return READY
        return WAITING if self.problem(item).ask else REJECTED

    # --- answering ------------------------------------------------------------------------------

    def can_accept(self, row: int) -> bool:
        """Tell whether the question of a row can be answered with yes."""
        item = self.item(row)
        open_yet = self.state(item) in {WAITING, REJECTED}
        return open_yet and can_accept(self.problem(item), item.target)

    def accept(self, rows: Sequence[int]) -> None:
        """Answer the questions of rows with yes where that can be done."""
        alike: dict[str, Answer] = {}
        for item in [self.item(r) for r in rows if self.can_accept(r)]:
            problem = self.problem(item)
            if item.key in self.answers or not settles(problem.code):
                self.answers[item.key] = accepting(self._answer(item), problem)
                continue
            # Thousands of rows may ask the same: their answer is one.
            if problem.code not in alike:
                alike[problem.code] = accepting(Answer(), problem)
            self.answers[item.key] = alike[problem.code]
        self.answered.emit()

    def leave_out(self, rows: Sequence[int]) -> None:
        """Leave rows out."""
        out = Answer(skip=True)
        for row in rows:
            self.answers[self.item(row).key] = out
        self.answered.emit()

    def take_back(self, rows: Sequence[int]) -> None:
        """Take back what was answered."""
        for row in rows:
            self.answers.pop(self.item(row).key, None)
        self.answered.emit()

    def alike(self, row: int) -> list[int]:
        """Return the rows that ask the same as one of them."""
        wanted = self._question(self.item(row))
        return [r for r in range(self._count) if self._question(self.item(r)) == wanted]

    def _question(self, item: Asked) -> tuple[str, str]:
        problem = self.problem(item)
        return problem.code, problem.field

    def _answer(self, item: Asked) -> Answer:
        found = self.answers.get(item.key, Answer())
        return Answer() if found.skip else found

    # --- choices --------------------------------------------------------------------------------

    def has_list(self, index: Index) -> bool:
        """Tell whether a value is chosen from a list instead of being typed."""
        item = self.item(index.row())
        return self.problem(item).code in _LISTED and bool(self._choices(item))

    def choices(self, index: Index) -> list[tuple[str, str]]:
        """Return the words and keys of what a row may mean."""
        from geo.gazetteer import Gazetteer

        found = self._choices(self.item(index.row()))
        names = Gazetteer.load()
        listed = [(c.words(i18n.language(), names), json.dumps(dict(c.values))) for c in found]
        return [(tr("wizard.row.choose"), ""), *listed] if listed else []

    # --- Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid() or index.row() >= self._count:
            return None
        item, head = self.item(index.row()), HEADS[index.column()]
        if role == Qt.ItemDataRole.EditRole and head == "value":
            return self._value(item)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            shown = self._words(item, head)
            return plain_tip(shown) if role == Qt.ItemDataRole.ToolTipRole else shown
        if role == Qt.ItemDataRole.ForegroundRole:
            state = self.state(item)
            quiet = state == LEFT_OUT
            name = _ROLES[state] if head == "state" else "muted" if quiet else "text"
            return QColor(getattr(theme.current(), name))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != VALUE:
            return False
        item, given = self.item(index.row()), str(value or "")
        if given == self._value(item) or (not given and self.has_list(index)):
            return False
        answer = self._answer(item)
        chosen = _as_choice(given)
        for name, part in (chosen or {self.problem(item).field: given}).items():
            answer = answer.typing(name, part)
        self.answers[item.key] = answer
        self.answered.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() != VALUE or self.locked:
            return base
        item = self.item(index.row())
        free = self.state(item) != LEFT_OUT and can_correct(self.problem(item), item.target)
        return base | Qt.ItemFlag.ItemIsEditable if free else base

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(f"dialog.import.head.{HEADS[section]}")
        return None

    def _words(self, item: Asked, head: str) -> str:
        problem, language = self.problem(item), i18n.language()
        if head == "row":
            number = i18n.number(problem.row)
            return " · ".join(part for part in (number, problem.sheet, item.file) if part)
        if head == "state":
            return tr(f"wizard.row.{self.state(item)}")
        if head == "at":
            return field_words(item.target, problem.field, language)
        if head == "value":
            return self._value(item)
        # Numbers of rows and years are said in the digits of the language.
        params = {k: i18n.digits(v) for k, v in problem.params.items()}
        params["field"] = field_words(item.target, problem.field, language)
        reason = text(problem.code, language, **params)
        short = _proposed(problem)
        return f"{reason} {tr('wizard.row.proposal', value=short)}" if short else reason

    def _value(self, item: Asked) -> str:
        problem, answer = self.problem(item), self.answers.get(item.key)
        if answer is not None and problem.field in answer.values:
            return answer.values[problem.field]
        if answer is not None and answer.values:
            return ", ".join(v for v in answer.values.values() if v)[:SHORT]
        # A value that must not leave is not shown either: the row says where to look.
        return "" if is_guarded(item.target, problem.field) else problem.value

    def _reworded(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADS) - 1)
        self.show_now(self._now)


def _proposed(problem: Problem) -> str:
    """Return a proposal as people read it: a unit by its name, a place as on the map."""
    proposal = problem.proposal
    if problem.code == "import.reason.no_point":
        from geo.gazetteer import Gazetteer

        return Choice({}, unit=proposal).words(i18n.language(), Gazetteer.load()) or proposal
    numbers = proposal.split()
    if problem.code in {"import.reason.swapped", "import.reason.which_system"} and numbers[1:]:
        return f"{numbers[1]} N {numbers[0]} E"
    return proposal if len(proposal) < SHORT else ""


def _as_choice(given: str) -> dict[str, str] | None:
    if not given.startswith("{"):
        return None
    try:
        return {str(k): str(v) for k, v in json.loads(given).items()}
    except ValueError:
        return None


def _nobody(_row: int) -> Asked:
    raise IndexError
