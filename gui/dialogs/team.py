"""A team: who leads it, its groups with chief and task, its vehicles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from geo.edit.team_templates import apply_template
from geo.model.command import Team, TeamGroup, Vehicle
from geo.model.plan import User
from geo.model.vocabulary import GroupKind, Role, VehicleKind
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.dialogs.team_parts import GroupRow, VehicleRows
from gui.dialogs.team_template import TemplateBar
from gui.i18n import tr
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from geo.edit.team_templates import TeamTemplate
    from geo.project import Project
    from gui.template_files import TemplateFiles

SHORT = 6


class TeamDialog(FormDialog):
    """Asks for a team; the mandatory groups stand there from the start.

    Attributes:
        ready: The `Team`.
    """

    ready = Signal(object)

    def __init__(
        self,
        project: Project,
        team: Team,
        parent: QWidget,
        *,
        is_new: bool,
        files: TemplateFiles | None = None,
    ) -> None:
        """Ask for a team.

        Args:
            project: The plan, for its users.
            team: What stands in the form at first.
            parent: The window.
            is_new: The team is not in the plan yet.
            files: The templates of this person, or None.
        """
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
        self.vehicles = VehicleRows(team.vehicles)
        self.templates = TemplateBar(files, self.team)
        self.templates.chosen.connect(self._apply)
        add_vehicle = Button("dialog.team.add_vehicle", "plus", look="flat")
        add_vehicle.clicked.connect(lambda: self.vehicles.add(Vehicle(VehicleKind.CAR)))
        inner = column(
            self.templates,
            fields,
            Text("panel.team.groups", role="heading"),
            Text("dialog.team.groups_note", role="caption", wrap=True),
            self._groups,
            self.more,
            row(Text("panel.team.vehicles", role="heading"), None, add_vehicle),
            self.vehicles,
            None,
            gap=10,
        )
        inner.setContentsMargins(0, 0, 12, 0)
        area = scrolling(boxed(inner))
        area.setMinimumHeight(440)
        self.body.addWidget(area)
        for group in team.groups:
            self._group(group)
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

    def _apply(self, template: TeamTemplate) -> None:
        """Take over groups, tasks and vehicles of a template; who is in the team stays."""
        team = apply_template(self.team(), template)
        clear(self._groups)
        self.groups = []
        for group in team.groups:
            self._group(group)
        self.vehicles.show_vehicles(team.vehicles)
        self._fill_more()

    def missing(self) -> str:
        return "" if self.name.text().strip() else "dialog.team.no_name"

    def finish(self) -> None:
        self.ready.emit(self.team())

    def team(self) -> Team:
        """Return the team as it stands in the form."""
        return replace(
            self._team,
            name=self.name.text().strip(),
            short_name=self.short.text().strip(),
            lead=self.lead.text().strip(),
            lead_user_id=self.lead_user.currentData() or "",
            contact=self.contact.text().strip(),
            groups=tuple(entry.group() for entry in self.groups),
            vehicles=self.vehicles.vehicles(),
        )
