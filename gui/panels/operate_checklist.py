"""The checklist of a duty: its groups, each a section of lines that are ticked off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from geo.edit.checklist import item_words
from geo.edit.inspections import local
from gui import i18n
from gui.i18n import tr
from gui.tips import plain_tip
from gui.widgets.fold import Fold
from gui.widgets.layouts import boxed, clear, column, row
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QMouseEvent

    from geo.model.command import ChecklistItem
    from geo.model.vocabulary import GroupKind

Key = tuple["GroupKind", str]


class TickLine(QWidget):
    """One thing to be done: a box, its words, and below them when and by whom it was ticked.

    Attributes:
        turned: The user wants it ticked, or no longer.
    """

    turned = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.tick = QCheckBox()
        self.words = _Pressed(self.tick)
        self.who = Data(role="caption", wrap=True)
        texts = column(self.words, self.who, gap=0)
        texts.setContentsMargins(0, 1, 0, 0)
        inner = row(gap=8)
        inner.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(texts, 1)
        self.setLayout(inner)
        # What is shown is what the plan holds: the box turns only once the plan has it.
        self.tick.clicked.connect(self._clicked)
        self._done = False

    def show_item(self, item: ChecklistItem, names: Mapping[str, str], why: str) -> None:
        """Show an item as the plan has it.

        Args:
            item: The item.
            names: Of the users, by id.
            why: Why it cannot be ticked, in words, or empty.
        """
        self._done = item.done_at is not None
        self.tick.setChecked(self._done)
        self.tick.setEnabled(not why)
        self.setToolTip(plain_tip(why) if why else "")
        said = item_words(item, i18n.language())
        self.words.setText(said)
        who = ""
        if item.done_at is not None:
            clock = i18n.digits(f"{local(item.done_at):%H:%M}")
            who = tr("operate.ticked", time=clock, who=names.get(item.done_by, "–"))
        self.who.setText(who)
        self.who.setVisible(bool(who))
        self.tick.setAccessibleName(f"{said}. {who}" if who else said)

    def _clicked(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.tick.setChecked(self._done)
        self.turned.emit(wanted)


class _Pressed(Data):
    """Words that press the box they stand beside."""

    def __init__(self, tick: QCheckBox) -> None:
        super().__init__(wrap=True)
        self._tick = tick
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._tick.isEnabled():
            self._tick.setFocus(Qt.FocusReason.MouseFocusReason)
            self._tick.click()


class Checklist(QWidget):
    """All groups of a duty under one head.

    Attributes:
        tick_asked: Group, code, and whether it is to be ticked or no longer.
        lines: The lines by group and code, as far as they were opened.
    """

    tick_asked = Signal(object, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Key, TickLine] = {}
        self.groups: dict[GroupKind, Fold] = {}
        self._items: tuple[ChecklistItem, ...] = ()
        self._names: Mapping[str, str] = {}
        self._why = ""
        self._inside = column(gap=2)
        self.fold = Fold("operate.checklist", lambda: [boxed(self._inside)], is_open=False)
        self.setLayout(column(self.fold))

    def show_items(
        self, items: Sequence[ChecklistItem], names: Mapping[str, str], why: str
    ) -> None:
        """Show the items; where they are the same ones, each line stays, with its focus."""
        same = [(i.group, i.code) for i in items] == [(i.group, i.code) for i in self._items]
        self._items, self._names, self._why = tuple(items), names, why
        if not same:
            self._build()
        _count(self.fold, self._items)
        for group, fold in self.groups.items():
            _count(fold, [i for i in self._items if i.group is group])
        for item in self._items:
            line = self.lines.get((item.group, item.code))
            if line is not None:
                line.show_item(item, names, why)
        self.setVisible(bool(items))

    def _build(self) -> None:
        clear(self._inside)
        self.lines, self.groups = {}, {}
        for group in dict.fromkeys(i.group for i in self._items):
            fold = Fold(
                f"vocab.GroupKind.{group.value}",
                lambda group=group: self._lines(group),  # type: ignore[misc] # its own group
                is_open=False,
            )
            self.groups[group] = fold
            self._inside.addWidget(fold)

    def _lines(self, group: GroupKind) -> list[QWidget]:
        made: list[QWidget] = []
        for item in self._items:
            if item.group is not group:
                continue
            line = TickLine()
            line.show_item(item, self._names, self._why)
            line.turned.connect(
                lambda wanted, code=item.code: self.tick_asked.emit(group, code, wanted)
            )
            self.lines[group, item.code] = line
            made.append(line)
        return made


def _count(fold: Fold, items: Sequence[ChecklistItem]) -> None:
    done = sum(i.done_at is not None for i in items)
    fold.head.count.setText(tr("operate.share", n=i18n.number(done), of=i18n.number(len(items))))
