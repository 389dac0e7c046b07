"""One layer in its panel: shown or hidden, moved, and on demand its opacity and its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QSlider, QVBoxLayout, QWidget

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import tr
from gui.panels.legend_sign import Sign
from gui.widgets.buttons import IconButton
from gui.widgets.drag import LAYER, carried, carry
from gui.widgets.layouts import boxed, column, restyle, row
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
    )

    from layers.layer import Layer
    from layers.legend import LegendEntry, LegendGroup

PERCENT = 100
FILTERED_LAYERS = {
    "allegations": Kind.ALLEGATION,
    "sites": Kind.SITE,
    "crossings": Kind.CROSSING,
}


class LayerRow(QFrame):
    """One layer: grip, eye, name, and on demand its opacity and legend.

    Attributes:
        visible_set: It is to be shown or hidden (id, shown).
        opacity_set: It is to cover more or less (id, 0 to 1).
        moved: It is to take the place of another (id, id of the other).
        stepped: It is to move up or down (id, -1 or 1).
        opened: Its details were opened or closed (id, open).
        filter_asked: What it shows is to be narrowed (id).
    """

    visible_set = Signal(str, bool)
    opacity_set = Signal(str, float)
    moved = Signal(str, str)
    stepped = Signal(str, int)
    opened = Signal(str, bool)
    filter_asked = Signal(str)

    def __init__(
        self, layer: Layer, group: LegendGroup | None, *, is_open: bool, is_filtered: bool = False
    ) -> None:
        super().__init__()
        self.layer = layer
        self._pressed: QPoint | None = None
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = tr(layer.title_code)
        self.setAccessibleName(title)
        grip = Picture("grip-vertical", 14)
        grip.setCursor(Qt.CursorShape.OpenHandCursor)
        grip.setToolTip(tr("panel.layers.drag"))
        self.eye = IconButton(
            "eye" if layer.visible else "eye-off",
            "panel.layers.hide" if layer.visible else "panel.layers.show",
            look="small",
        )
        self.eye.set_icon(
            "eye" if layer.visible else "eye-off", role="text" if layer.visible else "muted"
        )
        self.eye.clicked.connect(lambda: self.visible_set.emit(layer.id.value, not layer.visible))
        name = Elided(title, role="" if layer.visible else "muted")
        self.more = IconButton(
            "chevron-up" if is_open else "chevron-down", "panel.layers.details", look="small"
        )
        self.more.set_icon("chevron-up" if is_open else "chevron-down", role="muted")
        self.more.clicked.connect(lambda: self.opened.emit(layer.id.value, not is_open))
        line = row(grip, self.eye, name, gap=4)
        line.setStretch(2, 1)
        self._count = Data(role="caption")
        self.count(group)
        line.addWidget(self._count)
        if layer.id.value in FILTERED_LAYERS:
            line.addWidget(self._filter_button(is_filtered=is_filtered))
        line.addWidget(self.more)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 0, 6, 0)
        box.setSpacing(2)
        box.addLayout(line)
        if is_open:
            box.addWidget(self._details(group))

    def count(self, group: LegendGroup | None) -> None:
        """Say how many rows of the plan the layer shows."""
        count = None if group is None else count_of(group)
        self._count.setText("" if count is None else i18n.number(count))
        self._count.setVisible(count is not None)

    def _filter_button(self, *, is_filtered: bool) -> IconButton:
        """Return the funnel; with a dot while it hides rows, so that nobody forgets."""
        code = "time.filter.active" if is_filtered else "time.filter.open"
        button = IconButton("filter", code, look="small")
        button.set_icon("filter", role="accent" if is_filtered else "muted")
        button.setProperty("dotted", "true" if is_filtered else "false")
        button.clicked.connect(lambda: self.filter_asked.emit(self.layer.id.value))
        self.funnel = button
        return button

    def _details(self, group: LegendGroup | None) -> QWidget:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(10, PERCENT)
        self.slider.setValue(round(self.layer.opacity * PERCENT))
        self.slider.setAccessibleName(tr("panel.layers.opacity"))
        self.slider.setToolTip(tr("panel.layers.opacity"))
        self.slider.valueChanged.connect(
            lambda value: self.opacity_set.emit(self.layer.id.value, value / PERCENT)
        )
        entries = column(gap=2)
        for entry in group.entries if group is not None else ():
            entries.addLayout(_legend_line(entry))
        inner = column(
            row(Text("panel.layers.opacity", role="caption"), self.slider), entries, gap=4
        )
        inner.setContentsMargins(50, 0, 8, 6)
        return boxed(inner)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = event.position().toPoint() - self._pressed
        if moved.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            carry(self, LAYER, self.layer.id.value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.more.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(self.layer.id.value, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Space:
            self.eye.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried(event.mimeData(), LAYER) not in {"", self.layer.id.value}:
            restyle(self, "card", "drop")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, "card", "")

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, "card", "")
        event.acceptProposedAction()
        self.moved.emit(carried(event.mimeData(), LAYER), self.layer.id.value)


def count_of(group: LegendGroup) -> int | None:
    """Return how many rows a layer shows; None if it has no rows."""
    counts = [entry.count for entry in group.entries if entry.count is not None]
    return sum(counts) if counts else None


def _legend_line(entry: LegendEntry) -> QVBoxLayout:
    box = QVBoxLayout()
    words = entry.name or " · ".join(tr(code) for code in entry.label_codes)
    line = row(Sign(entry), Elided(words, role="caption"), gap=8)
    line.setStretch(1, 1)
    if entry.count is not None:
        line.addWidget(Data(i18n.number(entry.count), role="caption"))
    box.addLayout(line)
    return box
