"""Held now: the allegations that speak of people held at this moment, longest waiting first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal

from geo.model.entity import Kind
from gui import facts, i18n
from gui.models.columns import COLUMNS
from gui.models.table_model import TableModel
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import IconButton
from gui.widgets.entity_list import EntityList
from gui.widgets.layouts import column, row
from gui.widgets.states import StateView
from gui.widgets.texts import Chip, Text

if TYPE_CHECKING:
    from geo.project import Project


class HeldPanel(Panel):
    """The list that is one click away in every workspace.

    Attributes:
        closed: The user wants the workspace's own panel back.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = TableModel(Kind.ALLEGATION, COLUMNS[Kind.ALLEGATION])
        self.list = EntityList(self.model)
        self.states = StateView(self.list)
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        self.count = Chip("", "allegation")
        head = column(
            row(Text("panel.held.title", role="title"), self.count, None, close),
            Text("panel.held.note", role="caption", wrap=True),
            margin=12,
            gap=4,
        )
        self.box.addLayout(head)
        self.box.addWidget(self.states, 1)
        self.list.picked.connect(lambda i: desk.selection.select(Kind.ALLEGATION, [i]))
        self.list.zoom_asked.connect(
            lambda i: desk.selection.select(Kind.ALLEGATION, [i], zoom=True)
        )
        desk.session.closed.connect(lambda: self.model.set_plan(None))
        desk.selection.changed.connect(
            lambda: self.list.show_picked(desk.selection.one(Kind.ALLEGATION))
        )

    def refresh(self, project: Project) -> None:
        self.model.set_plan(project)
        held = np.zeros(len(self.model.table), dtype=bool)
        held[facts.held_now_positions(project)] = True  # as the button above the map counts them
        self.model.set_mask(held)
        # Most hours first, and those of which the day is unknown last.
        self.model.sort(self.model.column_of("hours"), Qt.SortOrder.DescendingOrder)
        self.count.setText(i18n.number(int(held.sum())))
        if np.any(held):
            self.states.show_full()
        else:
            self.states.show_empty("panel.held.empty", "panel.held.empty_next", icon="circle-check")
