"""The layer panel: what is on the map, in which order, how strongly, and what its symbols mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QSlider, QVBoxLayout, QWidget

from geo.model.entity import Kind
from gui import i18n, theme
from gui.i18n import tr
from gui.panels.base import Desk, Panel
from gui.panels.legend_sign import Sign
from gui.widgets.buttons import IconButton
from gui.widgets.drag import LAYER, carried, carry
from gui.widgets.layouts import boxed, clear, column, restyle, row, scrolling
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
    )

    from geo.project import Project
    from layers.layer import Layer
    from layers.layer_list import LayerList
    from layers.legend import LegendEntry, LegendGroup

PERCENT = 100
FILTERED_LAYERS = {
    "allegations": Kind.ALLEGATION,
    "sites": Kind.SITE,
    "crossings": Kind.CROSSING,
}
UNBOUNDED = 16_777_215
"""What Qt takes for no limit."""


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
        count = None if group is None else _count(group)
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


def _count(group: LegendGroup) -> int | None:
    counts = [entry.count for entry in group.entries if entry.count is not None]
    return sum(counts) if counts else None


def _legend_line(entry: LegendEntry) -> QVBoxLayout:
    box = QVBoxLayout()
    words = " · ".join(tr(code) for code in entry.label_codes)
    line = row(Sign(entry), Elided(words, role="caption"), gap=8)
    line.setStretch(1, 1)
    if entry.count is not None:
        line.addWidget(Data(i18n.number(entry.count), role="caption"))
    box.addLayout(line)
    return box


class LayerPanel(Panel):
    """All layers, the plan's own above the ground's.

    Attributes:
        folded: It was folded or opened.
    """

    folded = Signal()

    def __init__(self, desk: Desk, layers: LayerList) -> None:
        super().__init__(desk)
        self.layers = layers
        self.rows: dict[str, LayerRow] = {}
        self._open: set[str] = set()
        self._ground_open = False
        self._quiet = False
        self._built: tuple[object, ...] = ()
        self._rows = column(gap=0)
        self.fold = IconButton("chevron-up", "panel.layers.fold", look="small")
        self.fold.clicked.connect(lambda: self.set_open(is_open=not self.is_open))
        head = row(
            Picture("stack-2", 16), Text("panel.layers.title", role="heading"), None, self.fold
        )
        head.setContentsMargins(12, 6, 6, 6)
        outer = column(self._rows, None)
        outer.setContentsMargins(0, 0, 4, 6)
        self._body = scrolling(boxed(outer))
        self.box.addLayout(head)
        self.box.addWidget(self._body, 1)
        layers.changed.connect(self._changed)
        theme.on_theme(self, self.mark_stale)

    def set_open(self, *, is_open: bool) -> None:
        """Show the layers, or only the head of the panel."""
        self._body.setVisible(is_open)
        self.fold.set_icon("chevron-up" if is_open else "chevron-down")
        self.setMaximumHeight(UNBOUNDED if is_open else self.head_height)
        self.folded.emit()

    @property
    def head_height(self) -> int:
        """Height of the panel's head alone."""
        head = self.box.itemAt(0)
        return head.sizeHint().height() if head is not None else 0

    @property
    def is_open(self) -> bool:
        """Whether the layers are shown."""
        return not self._body.isHidden()

    def refresh(self, project: Project) -> None:
        from layers.legend import legend

        groups = {
            g.layer.value: g
            for g in legend(
                self.layers, project, theme=theme.current().name, lens=self.desk.moment.lens
            )
        }
        shown = self._shown(groups)
        if shown == self._built:
            for name, entry in self.rows.items():
                entry.count(groups.get(name))
            return
        self._built = shown
        clear(self._rows)
        self.rows = {}
        ground = [layer for layer in self.layers if layer.is_basemap]
        for layer in self.layers:
            if not layer.is_basemap:
                self._add(layer, groups.get(layer.id.value))
        self._rows.addWidget(self._ground_head(len(ground)))
        if self._ground_open:
            for layer in ground:
                self._add(layer, groups.get(layer.id.value))

    def _shown(self, groups: Mapping[str, LegendGroup]) -> tuple[object, ...]:
        """Return all that the rows show but the counts: most edits change nothing else."""
        return (
            i18n.language(),
            theme.current().name,
            self._ground_open,
            tuple(
                (layer, self._is_filtered(layer), name in self._open and (groups.get(name),))
                for layer in self.layers
                for name in (layer.id.value,)
            ),
        )

    def _is_filtered(self, layer: Layer) -> bool:
        kind = FILTERED_LAYERS.get(layer.id.value)
        return kind is not None and self.desk.moment.wanted.of(kind).is_active

    def _add(self, layer: Layer, group: LegendGroup | None) -> None:
        entry = LayerRow(
            layer,
            group,
            is_open=layer.id.value in self._open,
            is_filtered=self._is_filtered(layer),
        )
        entry.filter_asked.connect(
            lambda name: self.desk.intents.ask("time.filter", FILTERED_LAYERS[name])
        )
        entry.visible_set.connect(self.layers.set_visible)
        entry.opacity_set.connect(self._set_opacity)
        entry.moved.connect(self._move)
        entry.stepped.connect(self._step)
        entry.opened.connect(self._set_details)
        self.rows[layer.id.value] = entry
        self._rows.addWidget(entry)

    def _ground_head(self, count: int) -> QWidget:
        button = IconButton(
            "chevron-up" if self._ground_open else "chevron-down",
            "panel.layers.details",
            look="small",
        )
        button.clicked.connect(self._fold_ground)
        line = row(
            Picture("map", 16),
            Text("panel.layers.ground"),
            None,
            Data(i18n.number(count), role="caption"),
            button,
        )
        line.setContentsMargins(32, 2, 6, 0)
        return boxed(line)

    def _fold_ground(self) -> None:
        self._ground_open = not self._ground_open
        self.refresh_now()

    def _changed(self) -> None:
        if not self._quiet:
            self.mark_stale()

    def _set_opacity(self, layer_id: str, opacity: float) -> None:
        # The slider is still held: its row must not be built anew under the pointer.
        self._quiet = True
        self.layers.set_opacity(layer_id, opacity)
        self._quiet = False

    def _set_details(self, layer_id: str, is_open: bool) -> None:  # noqa: FBT001 - a slot
        (self._open.add if is_open else self._open.discard)(layer_id)
        self.refresh_now()

    def _move(self, layer_id: str, other: str) -> None:
        order = [layer.id.value for layer in self.layers]
        self.layers.move(layer_id, order.index(other))

    def _step(self, layer_id: str, by: int) -> None:
        order = [layer.id.value for layer in self.layers]
        self.layers.move(layer_id, max(order.index(layer_id) + by, 0))
        self.refresh_now()
        self.rows[layer_id].setFocus()
