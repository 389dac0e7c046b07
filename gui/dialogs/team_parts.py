"""Parts of a team's form: a group with chief, task and number; the vehicles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from geo.edit.team_templates import MOST_MEMBERS
from geo.model.command import TeamGroup, Vehicle
from geo.model.vocabulary import MANDATORY_GROUPS, VehicleKind
from gui import i18n
from gui.i18n import tr
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, card, clear, column, row
from gui.widgets.no_copy import keep_stored
from gui.widgets.spins import NumberField
from gui.widgets.texts import Chip, Data

if TYPE_CHECKING:
    from collections.abc import Iterable


class GroupRow(QWidget):
    """One group: chief, task and number of members."""

    removed = Signal(object)

    def __init__(self, group: TeamGroup) -> None:
        super().__init__()
        self.kind = group.kind
        self.chief = QLineEdit(group.chief)
        self.task = QLineEdit(group.task)
        for text in (self.chief, self.task):
            text.setCursorPosition(0)  # a long value is read from its beginning
        self.members = NumberField(group.members, 0, MOST_MEMBERS)
        for field, code in (
            (self.chief, "dialog.team.chief"),
            (self.task, "dialog.team.task"),
            (self.members, "dialog.team.members"),
        ):
            field.setAccessibleName(f"{i18n.label(group.kind)}: {tr(code)}")
            field.setToolTip(tr(code))
        self.chief.setPlaceholderText(tr("dialog.team.chief"))
        self.task.setPlaceholderText(tr("dialog.team.task"))
        head = row(Data(i18n.label(group.kind), role="heading"), gap=6)
        if group.kind in MANDATORY_GROUPS:
            head.addWidget(Chip(tr("dialog.team.mandatory"), "plain"))
            head.addStretch(1)
        else:
            head.addStretch(1)
            remove = IconButton("x", "dialog.team.remove_group", look="small")
            remove.clicked.connect(lambda: self.removed.emit(self))
            head.addWidget(remove)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.chief, 0, 0)
        grid.addWidget(self.members, 0, 1)
        grid.addWidget(self.task, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        outer = column(card(column(head, grid, margin=10, gap=6)))
        self.setLayout(outer)

    def group(self) -> TeamGroup:
        """Return the group as it stands in the form."""
        return TeamGroup(
            kind=self.kind,
            chief=self.chief.text().strip(),
            task=self.task.text().strip(),
            members=self.members.value(),
        )


class VehicleRows(QWidget):
    """The vehicles of a team, each with its kind and what it is called."""

    def __init__(self, vehicles: Iterable[Vehicle]) -> None:
        super().__init__()
        self.entries: list[tuple[QComboBox, QLineEdit]] = []
        self._rows = column(gap=6)
        self.setLayout(self._rows)
        self.show_vehicles(vehicles)

    def show_vehicles(self, vehicles: Iterable[Vehicle]) -> None:
        """Show other vehicles."""
        clear(self._rows)
        self.entries = []
        for vehicle in vehicles:
            self.add(vehicle)

    def vehicles(self) -> tuple[Vehicle, ...]:
        """Return the vehicles as they stand in the form."""
        return tuple(
            Vehicle(VehicleKind(kind.currentData()), name.text().strip())
            for kind, name in self.entries
        )

    def add(self, vehicle: Vehicle) -> None:
        """Add a vehicle."""
        kind = QComboBox()
        for each in VehicleKind:
            kind.addItem(i18n.label(each), each.value)
        kind.setCurrentIndex(kind.findData(vehicle.kind.value))
        kind.setAccessibleName(tr("dialog.team.vehicle"))
        name = QLineEdit(vehicle.name)
        keep_stored(name)
        name.setPlaceholderText(tr("dialog.team.vehicle_name"))
        name.setAccessibleName(tr("dialog.team.vehicle_name"))
        remove = IconButton("x", "dialog.team.remove_vehicle", look="small")
        entry = (kind, name)
        whole = row(kind, name, remove)
        whole.setStretch(1, 1)
        part = boxed(whole)
        self.entries.append(entry)
        self._rows.addWidget(part)

        def take() -> None:
            self.entries.remove(entry)
            part.hide()
            part.deleteLater()

        remove.clicked.connect(take)
