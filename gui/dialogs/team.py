"""A team: who leads it, its groups with chief and task, its vehicles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from geo.model.command import Team, TeamGroup, Vehicle
from geo.model.plan import User
from geo.model.vocabulary import MANDATORY_GROUPS, GroupKind, Role, VehicleKind
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import tr
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.spins import NumberField
from gui.widgets.texts import Chip, Data, Text

if TYPE_CHECKING:
    from geo.project import Project

MOST_MEMBERS = 500
SHORT = 6


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


class TeamDialog(FormDialog):
    """Asks for a team; the mandatory groups stand there from the start.

    Attributes:
        ready: The `Team`.
    """

    ready = Signal(object)

    def __init__(self, project: Project, team: Team, parent: QWidget, *, is_new: bool) -> None:
        title = "dialog.team.new" if is_new else "dialog.team.edit"
        accept = "dialog.team.add" if is_new else "dialog.team.save"
        super().__init__(parent, title, accept, width=620)
        self._team = team
        self.name = line(self.check, team.name)
        self.short = line(self.check, team.short_name)
        self.short.setMaxLength(SHORT)
        self.lead = line(self.check, team.lead)
        self.lead_user = QComboBox()
        self.lead_user.addItem(tr("dialog.team.no_user"), "")
        for user in project.all(User):
            if user.active and user.role is Role.DEPUTY_GOVERNOR:
                self.lead_user.addItem(user.name, user.id)
        self.lead_user.setCurrentIndex(max(self.lead_user.findData(team.lead_user_id), 0))
        self.contact = line(self.check, team.contact)
        fields = form()
        add_field(fields, "panel.column.name", self.name)
        add_field(fields, "panel.column.short", self.short)
        add_field(fields, "panel.column.lead", self.lead)
        add_field(fields, "dialog.team.accepts", self.lead_user)
        add_field(fields, "panel.team.contact", self.contact)
        self.groups: list[GroupRow] = []
        self._groups = column(gap=8)
        self.more = QComboBox()
        self.more.activated.connect(self._add_group)
        self.vehicles: list[tuple[QComboBox, QLineEdit]] = []
        self._vehicles = column(gap=6)
        add_vehicle = Button("dialog.team.add_vehicle", "plus", look="flat")
        add_vehicle.clicked.connect(lambda: self._vehicle(Vehicle(VehicleKind.CAR)))
        inner = column(
            fields,
            Text("panel.team.groups", role="heading"),
            Text("dialog.team.groups_note", role="caption", wrap=True),
            self._groups,
            self.more,
            row(Text("panel.team.vehicles", role="heading"), None, add_vehicle),
            self._vehicles,
            None,
            gap=10,
        )
        inner.setContentsMargins(0, 0, 12, 0)
        area = scrolling(boxed(inner))
        area.setMinimumHeight(440)
        self.body.addWidget(area)
        for group in team.groups:
            self._group(group)
        for vehicle in team.vehicles:
            self._vehicle(vehicle)
        self._fill_more()
        self.name.setFocus()
        self.check()

    def _group(self, group: TeamGroup) -> None:
        entry = GroupRow(group)
        entry.removed.connect(self._remove_group)
        self.groups.append(entry)
        self._groups.addWidget(entry)

    def _remove_group(self, entry: GroupRow) -> None:
        self.groups.remove(entry)
        entry.hide()
        entry.deleteLater()
        self._fill_more()

    def _fill_more(self) -> None:
        """Offer the groups that the team does not have yet."""
        self.more.clear()
        self.more.addItem(tr("dialog.team.add_group"), None)
        have = {entry.kind for entry in self.groups}
        for kind in GroupKind:
            if kind not in have:
                self.more.addItem(i18n.label(kind), kind.value)
        self.more.setVisible(self.more.count() > 1)
        self.more.setAccessibleName(tr("dialog.team.add_group"))

    def _add_group(self, place: int) -> None:
        kind = self.more.itemData(place)
        if kind is not None:
            self._group(TeamGroup(GroupKind(kind)))
            self._fill_more()

    def _vehicle(self, vehicle: Vehicle) -> None:
        kind = QComboBox()
        for each in VehicleKind:
            kind.addItem(i18n.label(each), each.value)
        kind.setCurrentIndex(kind.findData(vehicle.kind.value))
        kind.setAccessibleName(tr("dialog.team.vehicle"))
        name = QLineEdit(vehicle.name)
        name.setPlaceholderText(tr("dialog.team.vehicle_name"))
        name.setAccessibleName(tr("dialog.team.vehicle_name"))
        remove = IconButton("x", "dialog.team.remove_vehicle", look="small")
        entry = (kind, name)
        whole = row(kind, name, remove)
        whole.setStretch(1, 1)
        part = boxed(whole)
        self.vehicles.append(entry)
        self._vehicles.addWidget(part)

        def take() -> None:
            self.vehicles.remove(entry)
            part.hide()
            part.deleteLater()

        remove.clicked.connect(take)

    def missing(self) -> str:
        return "" if self.name.text().strip() else "dialog.team.no_name"

    def finish(self) -> None:
        self.ready.emit(
            replace(
                self._team,
                name=self.name.text().strip(),
                short_name=self.short.text().strip(),
                lead=self.lead.text().strip(),
                lead_user_id=self.lead_user.currentData() or "",
                contact=self.contact.text().strip(),
                groups=tuple(entry.group() for entry in self.groups),
                vehicles=tuple(
                    Vehicle(VehicleKind(kind.currentData()), name.text().strip())
                    for kind, name in self.vehicles
                ),
            )
        )
