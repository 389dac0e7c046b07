"""The slim bar above a wizard: where one is, what was done, what is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.layouts import restyle
from gui.widgets.states import Picture
from gui.widgets.texts import Chip

if TYPE_CHECKING:
    from collections.abc import Sequence

ARROW_PX = 14


class StepBar(QWidget):
    """The steps of a wizard by name; one of them is the present one."""

    def __init__(self, steps: Sequence[str]) -> None:
        """Show steps, worded by ``wizard.step.<step>``."""
        super().__init__()
        self._steps = tuple(steps)
        self._chips = {step: Chip() for step in steps}
        self._hidden: set[str] = set()
        self._arrows: dict[str, Picture] = {}
        self.current = self._steps[0]
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for step, chip in self._chips.items():
            if step != self._steps[0]:
                self._arrows[step] = Picture("chevron-right", ARROW_PX)
                box.addWidget(self._arrows[step])
            box.addWidget(chip)
        box.addStretch(1)
        retext(self, self._word)

    def show_step(self, step: str) -> None:
        """Show another step as the present one."""
        self.current = step
        self._word()

    def leave_out(self, step: str, *, out: bool) -> None:
        """Hide a step that this file does not need, or show it again."""
        (self._hidden.add if out else self._hidden.discard)(step)
        self._word()

    def has(self, step: str) -> bool:
        """Tell whether this file needs a step."""
        return step in self._steps and step not in self._hidden

    def _word(self) -> None:
        shown = [s for s in self._steps if s not in self._hidden]
        at = shown.index(self.current) if self.current in shown else 0
        for step, chip in self._chips.items():
            chip.setVisible(step in shown)
            if step in self._arrows:
                self._arrows[step].setVisible(step in shown)
            if step not in shown:
                continue
            place = shown.index(step)
            sign = "✓ " if place < at else f"{i18n.number(place + 1)} "
            chip.setText(sign + tr(f"wizard.step.{step}"))
            restyle(chip, "chip", "true" if place == at else "plain")
        self.setAccessibleName(self._chips[shown[at]].text())
