"""A tab of the drawer: one kind's table with its filters above it and its four states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from geo.question.chosen import Chosen
from gui.i18n import tr
from gui.models.column import Form
from gui.models.columns import COLUMNS
from gui.models.filters import FieldFilter
from gui.models.table_model import TableModel
from gui.tables.chips import FilterChips
from gui.tables.columns_popover import ColumnsPopover
from gui.tables.entity_table import EntityTable
from gui.tables.filter_popover import FilterPopover
from gui.tables.layout import TableLayout
from gui.widgets.layouts import column
from gui.widgets.states import StateView

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray

    from geo.model.entity import Kind
    from geo.project import Project
    from geo.question.form import Question
    from gui.models.facet import Facet


class TablePage(QWidget):
    """The table of one kind.

    Attributes:
        narrowed: Other rows are shown.
        laid_out: The user changed the columns.
    """

    narrowed = Signal()
    laid_out = Signal()

    def __init__(self, kind: Kind, kept: object) -> None:
        """Make the page; `kept` is what the settings keep of its columns."""
        super().__init__()
        self.kind = kind
        self.model = TableModel(kind, COLUMNS[kind])
        self.table = EntityTable(self.model)
        self.table.layout_of = TableLayout.from_json(self.model.specs, kept)
        self.table.show_layout()
        self.chips = FilterChips()
        self.states = StateView(self.table)
        self._specs = {spec.key: spec for spec in self.model.specs}
        self._map_mask: NDArray[np.bool_] | None = None
        self._ignore_map = False
        self._only: tuple[frozenset[str], Callable[[], str]] | None = None
        self._question: Question | None = None
        self.popover: FilterPopover | None = None
        box = column(self.chips, self.states, gap=0)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.table.header.filter_asked.connect(self._filter_asked)
        self.table.header.menu_asked.connect(self._menu_asked)
        self.table.laid_out.connect(self.laid_out)
        self.chips.removed.connect(lambda key: self.narrow_by(key, FieldFilter()))
        self.chips.cleared.connect(self.clear_filters)
        self.chips.map_ignored.connect(self._ignore)
        self.chips.all_wanted.connect(lambda: self.show_only(None))
        self.model.arranged.connect(self._arranged)

    # --- the plan ---------------------------------------------------------------------------------

    def show_plan(self, project: Project, map_mask: NDArray[np.bool_] | None) -> None:
        """Show a plan as it is now, and of it only the rows that the map lets through."""
        self.model.set_plan(project)
        self.show_map_mask(map_mask)
        self._show_state()

    def show_map_mask(self, mask: NDArray[np.bool_] | None) -> None:
        """Show only the rows that the map shows; None shows all."""
        self._map_mask = mask
        self.model.set_mask(self._mask())
        self._show_chips()

    def show_only(
        self,
        ids: Collection[str] | None,
        said: Callable[[], str] = lambda: "",
        question: Question | None = None,
    ) -> None:
        """Show only some rows, such as those behind a figure; None shows all again.

        Args:
            ids: Of the rows.
            said: What they are, in words; it stands above the table until the user takes it away.
            question: What they answer, if that is why they are shown.
        """
        self._only = None if ids is None else (frozenset(ids), said)
        self._question = question
        self.show_map_mask(self._map_mask)

    def chosen_by(self) -> Chosen:
        """Return what the rows that are shown were chosen by, for what leaves with them."""
        arranged = self.model.arrangement
        return Chosen(
            columns=tuple(key for key, wanted in self.model.filters.items() if wanted),
            sought=arranged.sought if arranged.needle else (),
            question=self._question,
            figure=self._only is not None and self._question is None,
        )

    def _mask(self) -> NDArray[np.bool_] | None:
        """Return which rows may be shown at all, or None for all."""
        from_map = None if self._ignore_map else self._map_mask
        if self._only is None:
            return from_map
        table, (ids, _said) = self.model.table, self._only
        mask = np.zeros(len(table), dtype=bool)
        mask[[at for i in ids if (at := table.index.get(i)) is not None]] = True
        return mask if from_map is None or len(from_map) != len(mask) else mask & from_map

    def _ignore(self, ignored: bool) -> None:  # noqa: FBT001 - a slot
        self._ignore_map = ignored
        self.show_map_mask(self._map_mask)

    def _hidden_by_map(self) -> int:
        mask, live = self._map_mask, self.model.arrangement.live()
        if mask is None or len(mask) != len(live):
            return 0
        return int(np.count_nonzero(live & ~mask))

    # --- filters ----------------------------------------------------------------------------------

    def narrow_by(self, key: str, wanted: FieldFilter) -> None:
        """Filter by one column, or not any more."""
        self.model.set_filters({**self.model.filters, key: wanted})
        self.table.show_filtered()
        self._show_chips()

    def clear_filters(self) -> None:
        """Filter by no column."""
        self.model.set_filters({})
        self.table.show_filtered()
        self._show_chips()

    def ask_filter(self, key: str, at: QPoint | None = None) -> None:
        """Open the filter of a column below its head."""
        number = self.model.column_of(key)
        header = self.table.header
        if at is None:
            left = max(header.sectionViewportPosition(number), 0)
            at = header.mapToGlobal(QPoint(left, header.height()))
        popover = FilterPopover(self, self._specs[key], self.model.filters.get(key, FieldFilter()))
        popover.changed.connect(lambda wanted: self.narrow_by(key, wanted))
        self.popover = popover
        self.model.look_into(key, lambda facet, rows: _offer(popover, facet, rows))
        popover.open_at(at)

    def _filter_asked(self, number: int) -> None:
        self.ask_filter(self.model.specs[number].key)

    def filter_menu(self) -> QMenu:
        """Return the shown columns as a menu: filtering by keyboard alone."""
        menu = QMenu(self)
        for key in self.table.layout_of.shown:
            action = menu.addAction(tr(self._specs[key].head))
            action.triggered.connect(lambda _on=False, key=key: self.ask_filter(key))
        return menu

    def _show_chips(self) -> None:
        self.chips.show_filters(
            self._specs, self.model.filters, self._hidden_by_map(), ignored=self._ignore_map
        )
        self.chips.show_only(None if self._only is None else self._only[1])

    def _arranged(self) -> None:
        self._show_state()
        self.narrowed.emit()

    def _show_state(self) -> None:
        model = self.model
        if model.rowCount() or model.busy:
            self.states.show_full()
        elif not model.total:
            self.states.show_empty("table.empty", "table.empty_next", icon="table")
        elif model.filters:
            self.states.show_empty(
                "table.none_left",
                "table.none_left_next",
                icon="filter",
                button="table.filter.clear_all",
                press=self.clear_filters,
            )
        else:
            self.states.show_empty("table.none_left", "table.none_found_next", icon="search")

    # --- columns ----------------------------------------------------------------------------------

    def ask_columns(self, at: QPoint) -> None:
        """Open the choice of columns at a point of the screen."""
        popover = ColumnsPopover(self, self.table.layout_of)
        popover.changed.connect(self._choose_columns)
        popover.open_at(at)

    def _choose_columns(self, layout: TableLayout) -> None:
        self.table.layout_of = layout
        self.table.show_layout()
        self.laid_out.emit()

    def _menu_asked(self, number: int, at: QPoint) -> None:
        key = self.model.specs[number].key
        menu = QMenu(self)
        for code, act in (
            ("table.menu.filter", lambda: self.ask_filter(key)),
            ("table.menu.hide", lambda: self._choose_columns(self.table.layout_of.without(key))),
            ("table.menu.columns", lambda: self.ask_columns(at)),
        ):
            action = menu.addAction(tr(code))
            action.triggered.connect(lambda _on=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


def _offer(popover: FilterPopover, facet: Facet, rows: NDArray[np.int64]) -> None:
    """Show in a popover what a column holds."""
    if not isValid(popover):  # closed before all rows were looked at
        return
    ends: tuple[Any, Any] = (None, None)
    if facet.spec.form is Form.NUMBER and facet.numbers is not None:
        known = facet.numbers[rows][~np.isnan(facet.numbers[rows])]
        ends = (float(known.min()), float(known.max())) if len(known) else ends
        popover.show_reach(*ends)
    elif facet.spec.form is Form.DATE:
        days = sorted(str(word) for word, _n in facet.counts(rows) if word)
        popover.show_reach(*((days[0], days[-1]) if days else ends))
    else:
        popover.show_values(facet.counts(rows))
