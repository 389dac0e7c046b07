"""The formula of the workload with its weights, each in a field of its own."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QWidget

from geo.analysis.split.weights import Weights
from geo.localise import latin_digits
from gui import i18n
from gui.i18n import retext, tr
from gui.models.split_words import formula_line
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, column
from gui.widgets.spins import airy
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from gui.widgets.spins import Judged

MOST: Final = 100.0
STEPS: Final = {"legal": 0.25, "square_km": 0.01}
NAMES: Final = tuple(f.name for f in fields(Weights))


class WeightField(QDoubleSpinBox):
    """A weight, in the language's digits and without needless noughts."""

    def __init__(self, value: float, step: float) -> None:
        super().__init__()
        self.setDecimals(3)
        self.setRange(0.0, MOST)
        self.setSingleStep(step)
        self.setValue(value)
        airy(self)
        retext(self, lambda: self.setSuffix(self.suffix()))  # which writes the number anew

    def textFromValue(self, val: float) -> str:
        return i18n.digits(f"{val:.3f}".rstrip("0").rstrip("."))

    def valueFromText(self, text: str) -> float:
        try:
            return float(latin_digits(text).replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, input: str, pos: int) -> Judged:  # noqa: A002 - Qt's own signature
        state, text, at = super().validate(latin_digits(input), pos)
        return state, i18n.digits(text), at


class WeightFields(QWidget):
    """Every weight of the formula.

    Attributes:
        changed: One of them is another.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        first = Weights()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self.fields: dict[str, WeightField] = {}
        for line, name in enumerate(NAMES):
            label = Text(f"split.weight.{name}", wrap=True)
            field = WeightField(getattr(first, name), STEPS.get(name, 0.5))
            field.setFixedWidth(92)
            retext(field, partial(_name, field, name))
            label.setBuddy(field)
            field.valueChanged.connect(self._changed)
            self.fields[name] = field
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        self.reset = Button("split.weights_reset", "restore", look="link")
        self.reset.clicked.connect(lambda: self.show_weights(Weights()))
        self.line = Data(role="caption", wrap=True)
        self.setLayout(column(self.line, boxed(grid), self.reset, gap=6))
        retext(self, self._say)

    def weights(self) -> Weights:
        """Return the weights as they are set."""
        return Weights(**{name: round(f.value(), 3) for name, f in self.fields.items()})

    def show_weights(self, weights: Weights) -> None:
        """Show other weights."""
        for name, field in self.fields.items():
            with QSignalBlocker(field):
                field.setValue(getattr(weights, name))
        self._changed()

    def _changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self.line.setText(tr("split.parts"))
        self.reset.setVisible(self.weights() != Weights())


def line_of(weights: Weights) -> str:
    """Return the formula in one line."""
    return formula_line(weights)


def _name(field: QWidget, name: str) -> None:
    field.setAccessibleName(tr(f"split.weight.{name}"))
