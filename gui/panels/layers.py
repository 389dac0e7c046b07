"""The layer panel: what is on the map, in which order, how strongly, and what its symbols mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from gui import i18n, theme
from gui.panels.base import Desk, Panel
from gui.panels.layer_row import FILTERED_LAYERS, LayerRow
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from layers.coverage import Marks
    from layers.layer import Layer
    from layers.layer_list import LayerList
    from layers.legend import LegendGroup
    from layers.live import LiveRows

LIVE = "live"
UNBOUNDED = 16_777_215
"""What Qt takes for no limit."""


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
        self._marks: Marks | None = None
        self._live: tuple[LiveRows, ...] = ()
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
        # The layers give way to what stands above them, down to nothing.
        self._body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._above = column(gap=0)
        self.box.addLayout(head)
        self.box.addLayout(self._above)
        self.box.addWidget(self._body, 1)
        layers.changed.connect(self._changed)
        theme.on_theme(self, self.mark_stale)

    def set_marks(self, marks: Marks | None) -> None:
        """Explain what Plan and Operate put on the map besides."""
        self._marks = marks
        self.mark_stale()

    def set_live(self, live: tuple[LiveRows, ...]) -> None:
        """Name the saved questions of which the map shows the answers."""
        self._live = live
        self.mark_stale()

    def set_open(self, *, is_open: bool) -> None:
        """Show the layers, or only the head of the panel."""
        self._body.setVisible(is_open)
        self.fold.set_icon("chevron-up" if is_open else "chevron-down")
        self.share()

    def put_above(self, widget: QWidget) -> None:
        """Put something between head and layers; it is seen while these are folded too."""
        self._above.addWidget(widget)

    def share(self) -> None:
        """Take the height that is needed, and ask for the list to get the rest."""
        self._above.activate()
        self.setMaximumHeight(UNBOUNDED if self.is_open else self.head_height)
        self.folded.emit()

    @property
    def head_height(self) -> int:
        """Height of the panel's head, with what stands between it and the layers."""
        head = self.box.itemAt(0)
        above = self._above.sizeHint().height()
        if self._above.hasHeightForWidth():
            above = self._above.heightForWidth(self.width())
        return above + (head.sizeHint().height() if head is not None else 0)

    @property
    def is_open(self) -> bool:
        """Whether the layers are shown."""
        return not self._body.isHidden()

    def refresh(self, project: Project) -> None:
        from layers.legend import legend

        groups = {
            g.layer.value: g
            for g in legend(
                self.layers,
                project,
                theme=theme.current().name,
                lens=self.desk.moment.lens,
                marks=self._marks,
                live=self._live,
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
            if not layer.is_basemap and self._is_used(layer):
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
            bool(self._live),
            tuple(
                (layer, self._is_filtered(layer), name in self._open and (groups.get(name),))
                for layer in self.layers
                for name in (layer.id.value,)
            ),
        )

    def _is_used(self, layer: Layer) -> bool:
        """Tell whether a layer is named: that of saved questions only if there are any."""
        return layer.id.value != LIVE or bool(self._live)

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
        # Beyond its neighbour among those that are named: one that is not seen is no step.
        order = [layer.id.value for layer in self.layers if self._is_used(layer)]
        self._move(layer_id, order[min(max(order.index(layer_id) + by, 0), len(order) - 1)])
        self.refresh_now()
        self.rows[layer_id].setFocus()
