"""What the day brought: the totals, and the fines with their decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.result import Fine, Inspection
from gui import i18n
from gui.i18n import tr
from gui.models.faces import site_title
from gui.panels.operate_fines import fine_card
from gui.panels.operate_totals import total_words
from gui.rights import permit
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, clear, column, scrolling
from gui.widgets.texts import Data, Text
from layers.duty import Duty

if TYPE_CHECKING:
    from geo.project import Project
    from gui.panels.operate_watch import DayFound

FIRST: Final = 40
"""So many fines are shown at once."""


class ResultPage(QWidget):
    """Totals above, fines below.

    Attributes:
        asked: Something is to be done: the name of the act, and what it is about.
    """

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Data] = {}
        self._ids: tuple[str, ...] = ()
        self._duty = Duty()
        self._shown = FIRST
        self._totals = QGridLayout()
        self._totals.setContentsMargins(12, 10, 12, 10)
        self._totals.setHorizontalSpacing(12)
        self._totals.setVerticalSpacing(4)
        self._totals.setColumnStretch(0, 1)
        self._fines = column(gap=6)
        outer = column(
            card(self._totals),
            Text("operate.no_names", role="caption", wrap=True),
            Text("operate.fines", role="heading"),
            self._fines,
            None,
        )
        outer.setContentsMargins(12, 4, 8, 8)
        self.setLayout(column(scrolling(boxed(outer))))

    def show_result(self, project: Project, found: DayFound) -> None:
        """Show what a day brought."""
        clear(self._totals)
        self.values = {}
        for at, (code, value) in enumerate(total_words(found.totals)):
            name = Text(code, role="muted", wrap=True)
            if code.startswith("vocab."):
                name.setContentsMargins(16, 0, 0, 0)  # a part of the line above
            self.values[code] = Data(value)
            self.values[code].setAlignment(Qt.AlignmentFlag.AlignRight)
            self._totals.addWidget(name, at, 0)
            self._totals.addWidget(self.values[code], at, 1)
        if found.duty != self._duty:
            self._duty, self._shown = found.duty, FIRST
        self._ids = found.totals.fines
        self._show_fines(project)

    def _show_more(self, project: Project) -> None:
        self._shown += FIRST
        self._show_fines(project)

    def _show_fines(self, project: Project) -> None:
        clear(self._fines)
        sites = project.table(Kind.SITE)
        for fine_id in self._ids[: self._shown]:
            fine = project.find(Fine, fine_id)
            visit = project.find(Inspection, fine.inspection_id) if fine is not None else None
            if fine is None or visit is None:
                continue
            site = ""
            if visit.site_id in sites:
                site = site_title(sites, sites.index[visit.site_id])
            made = fine_card(project, fine, site)
            made.decide.clicked.connect(
                lambda _checked=False, fine=fine: self.asked.emit("decide_fine", fine.id)
            )
            permit(made.decide, project, Verb.CONFIRM_FINE)
            self._fines.addWidget(made)
        if len(self._ids) > self._shown:
            more = Button("operate.fines_more", look="link")
            more.say("operate.fines_more", n=i18n.number(len(self._ids) - self._shown))
            more.clicked.connect(lambda: self._show_more(project))
            self._fines.addWidget(more)
        if not self._fines.count():
            self._fines.addWidget(Data(tr("operate.no_fine"), role="muted", wrap=True))
