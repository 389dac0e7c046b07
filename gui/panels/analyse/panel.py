"""Analyse: a switcher of sections above the section that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QStackedWidget

from gui.actions import ANALYSES
from gui.i18n import retext, tr
from gui.icons import set_icon
from gui.panels.analyse.sections import SECTIONS
from gui.panels.base import Panel
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, column
from gui.widgets.texts import Line

if TYPE_CHECKING:
    from geo.project import Project
    from gui.panels.analyse.sections import Section
    from gui.workbench import Workbench

ACROSS: Final = 2
"""Sections stand in so many columns: a name in Khmer needs half the panel."""


class AnalysePanel(Panel):
    """Shows one section at a time; each is made when it is first opened.

    Attributes:
        section_changed: Another section is shown (its key).
        keys: Of the sections that there are, in their order.
        shown: Key of the section that is shown; empty until the workspace is first seen.
    """

    section_changed = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.desk)
        self._bench = bench
        self._sections = {s.key: s for s in SECTIONS if s.make is not None}
        self._made: dict[str, Panel] = {}
        self.keys = tuple(self._sections)
        self.shown = ""
        self.buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        grid = QGridLayout()
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setSpacing(2)
        for place, section in enumerate(self._sections.values()):
            grid.addWidget(self._button(section), *divmod(place, ACROSS))
        for across in range(ACROSS):
            grid.setColumnStretch(across, 1)
        self.stack = QStackedWidget()
        self.box.addLayout(column(boxed(grid), Line(), gap=0))
        self.box.addWidget(self.stack, 1)
        retext(self, self._word)

    def _button(self, section: Section) -> Button:
        button = Button(section.label_code)
        button.setProperty("flat", "true")
        button.setProperty("section", "true")
        button.setCheckable(True)
        button.setIconSize(QSize(16, 16))
        set_icon(button, ANALYSES[section.key], role="muted", checked="accent")
        button.clicked.connect(lambda _checked, key=section.key: self.show_section(key))
        self._group.addButton(button)
        self.buttons[section.key] = button
        return button

    def _word(self) -> None:
        for place, (key, button) in enumerate(self.buttons.items(), start=1):
            command = f"analyse_{key}"
            button.setToolTip(f"{tr(f'action.{command}')}  (Alt+{place})")

    def section(self, key: str) -> Panel:
        """Return a section, made if need be.

        Raises:
            KeyError: There is none of that name.
        """
        if key not in self._made:
            make = self._sections[key].make
            if make is None:
                raise KeyError(key)
            self._made[key] = make(self._bench)
            self.stack.addWidget(self._made[key])
        return self._made[key]

    def made(self, key: str) -> Panel | None:
        """Return a section if it was ever opened."""
        return self._made.get(key)

    def show_section(self, key: str) -> None:
        """Show a section; what another has put on the map stays there."""
        self.stack.setCurrentWidget(self.section(key))
        self.buttons[key].setChecked(True)
        if key != self.shown:
            self.shown = key
            self.section_changed.emit(key)

    def take_focus(self) -> None:
        """Give the keyboard to the switcher: arrows change the section, Tab goes into it."""
        if self.shown:
            self.buttons[self.shown].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self, project: Project) -> None:
        """Sections renew themselves; the first is made when the workspace is first seen."""
        if not self.shown:
            self.show_section(self.keys[0])
