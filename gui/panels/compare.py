"""Two rows side by side: which one stays, and of which the value remains where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget

from geo.edit.merging import Side, fuller, preferred
from geo.edit.repeating import preferred_allegation
from geo.model.entity import Kind
from geo.model.site import Site
from gui.i18n import tr
from gui.models.pairs import full_title_of
from gui.models.side_by_side import hanging_words, lines_of
from gui.widgets.layouts import boxed, clear, column, restyle, row, scrolling
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

    from geo.project import Project
    from gui.models.side_by_side import Line

NAME_PX: Final = 140
RADIO_PX: Final = 22
ENDS: Final = (0, 1)


class CompareView(QWidget):
    """Two rows of one kind.

    Attributes:
        changed: Another row is to stay, or another value.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._project: Project | None = None
        self._kind = Kind.SITE
        self.ids: tuple[str, str] = ("", "")
        self._kept = 0
        self._choices: dict[str, QButtonGroup] = {}
        self._stay = QButtonGroup(self)
        self._heads = [QRadioButton() for _ in ENDS]
        self._titles = [Elided(role="heading") for _ in ENDS]
        self._hanging = [Elided(role="caption") for _ in ENDS]
        head = QGridLayout()
        head.setContentsMargins(12, 4, 28, 6)
        head.setHorizontalSpacing(12)
        head.setVerticalSpacing(0)
        head.setColumnMinimumWidth(0, NAME_PX)
        head.addWidget(Text("duplicates.stays", role="caption", wrap=True), 0, 0)
        for end in ENDS:
            self._stay.addButton(self._heads[end], end)
            texts = column(self._titles[end], self._hanging[end], gap=0)
            head.addWidget(boxed(_beside(self._heads[end], texts)), 0, end + 1)
            head.setColumnStretch(end + 1, 1)
        self._stay.idClicked.connect(self._keep)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(12, 0, 20, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, NAME_PX)
        for end in ENDS:
            self._grid.setColumnStretch(end + 1, 1)
        whole = column(gap=0)
        self._head = boxed(head, "panelHead")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.why = Data(role="caption", wrap=True)
        self.why.setContentsMargins(12, 6, 20, 2)
        self.advice = Data(role="caption", wrap=True)
        self.advice.setContentsMargins(12, 0, 20, 4)
        self.area = scrolling(boxed(column(self.why, self.advice, self._grid, None, gap=0)))
        whole.addWidget(self._head)
        whole.addWidget(self.area, 1)
        self.setLayout(whole)

    # --- what it shows --------------------------------------------------------------------------

    @property
    def kept_id(self) -> str:
        """The row that stays."""
        return self.ids[self._kept]

    @property
    def dropped_id(self) -> str:
        """The row that is merged into the other."""
        return self.ids[1 - self._kept]

    def choices(self) -> dict[str, Side]:
        """Return whose value remains, for each field in which there is a choice."""
        return {
            field: Side.KEEP if group.checkedId() == self._kept else Side.DROP
            for field, group in self._choices.items()
        }

    def show_pair(self, project: Project, kind: Kind, first_id: str, second_id: str) -> None:
        """Show two rows; what stays is proposed."""
        self._project, self._kind, self.ids = project, kind, (first_id, second_id)
        better = preferred if kind is Kind.SITE else preferred_allegation
        self._kept = self.ids.index(better(project, first_id, second_id)[0])
        self.area.verticalScrollBar().setValue(0)
        self._fill()

    def forget(self) -> None:
        """Show no pair in particular: the next one is shown as if for the first time."""
        self.ids = ("", "")

    def advise(self, words: str, *, refused: bool = False) -> None:
        """Say what merging means, or why it cannot be done so."""
        self.advice.setText(words)
        restyle(self.advice, "role", "danger" if refused else "caption")

    def refresh(self, project: Project) -> None:
        """Show the same two rows as they are now; what was chosen stays chosen."""
        chosen = {field: group.checkedId() for field, group in self._choices.items()}
        self._project = project
        self._fill()
        for field, end in chosen.items():
            if field in self._choices:
                self._choices[field].button(end).setChecked(True)

    def choose(self, field: str, end: int) -> None:
        """Take the left (0) or right (1) value of a field."""
        self._choices[field].button(end).setChecked(True)
        self.changed.emit()

    def keep(self, end: int) -> None:
        """Have the left (0) or right (1) row stay."""
        self._heads[end].setChecked(True)
        self._keep(end)

    # --- filling --------------------------------------------------------------------------------

    def _keep(self, end: int) -> None:
        self._kept = end
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        project = self._project
        if project is None:
            return
        for end, entity_id in enumerate(self.ids):
            title = full_title_of(project, self._kind, entity_id)
            self._titles[end].setText(title)
            self._hanging[end].setText(hanging_words(project, self._kind, entity_id))
            self._heads[end].setAccessibleName(tr("duplicates.keep_this", name=title))
            self._heads[end].setToolTip(tr("duplicates.keep_this_tip"))
        self._heads[self._kept].setChecked(True)
        clear(self._grid)
        self._choices = {}
        proposed = self._proposed(project)
        for number, line in enumerate(lines_of(project, self._kind, *self.ids)):
            self._add(number, line, proposed)

    def _proposed(self, project: Project) -> dict[str, Side]:
        if self._kind is not Kind.SITE:
            return {}  # what a source said stays with its source
        keep, drop = project.get(Site, self.kept_id), project.get(Site, self.dropped_id)
        found = fuller(keep, drop)
        if keep.code:
            found.pop("code", None)  # no code is ever lost
        return found

    def _add(self, number: int, line: Line, proposed: dict[str, Side]) -> None:
        name = Text(line.name, role="muted", wrap=True)
        name.setFixedWidth(NAME_PX)
        top = Qt.AlignmentFlag.AlignTop
        name.setContentsMargins(0, 4, 0, 0)
        self._grid.addWidget(name, number, 0, top)
        side = proposed.get(line.field) if line.field else None
        if side is None:
            for end in ENDS:
                role = "" if line.differs else "muted"
                value = Data(line.values[end] or "–", role=role, wrap=True)
                value.setContentsMargins(RADIO_PX + 8, 4, 0, 0)
                self._grid.addWidget(value, number, end + 1, top)
            return
        group = QButtonGroup(self._grid.parentWidget())
        self._choices[line.field] = group
        for end in ENDS:
            button = QRadioButton()
            said = line.values[end] or "–"
            button.setAccessibleName(f"{tr(line.name)}: {said}")
            group.addButton(button, end)
            value = Data(said, wrap=True)
            value.setContentsMargins(0, 4, 0, 0)
            value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._grid.addWidget(boxed(_beside(button, column(value, gap=0))), number, end + 1, top)
        group.button(self._kept if side is Side.KEEP else 1 - self._kept).setChecked(True)
        group.idClicked.connect(lambda _end: self.changed.emit())


def _beside(button: QRadioButton, texts: QVBoxLayout) -> QHBoxLayout:
    button.setFixedWidth(RADIO_PX)
    line = row(button, texts)
    line.setStretch(1, 1)
    line.setAlignment(button, Qt.AlignmentFlag.AlignTop)
    return line
