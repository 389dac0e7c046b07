"""Teams: adding, changing, making another like it, deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.verbs import Verb
from geo.model.command import Team
from gui.acts.doing import Acts
from gui.template_files import TemplateFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.edit.edit import Edit
    from geo.project import Project
    from gui.workbench import Workbench


class TeamActs(Acts):
    """Answers to what pages ask about teams."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.files = TemplateFiles(self.desk.services.home)
        for name, act in (
            ("team.add", self.add),
            ("team.edit", self.edit),
            ("team.duplicate", self.duplicate),
            ("team.delete", self.delete),
        ):
            self.desk.intents.answer(name, act)

    def add(self) -> None:
        """Ask for a new team and add it."""
        from geo.edit.teams import add_team, new_team

        project = self.project
        if project is not None and self.may(Verb.ADD_TEAM):
            blank = new_team("", province_code=project.info.province_code)
            self._ask(project, blank, add_team, is_new=True)

    def edit(self, team_id: str) -> None:
        """Ask for a team's changes and make them."""
        from geo.edit.teams import edit_team

        project, team = self.project, self._team(team_id)
        if project is not None and team is not None and self.may(Verb.EDIT_TEAM):
            self._ask(project, team, edit_team, is_new=False)

    def duplicate(self, team_id: str) -> None:
        """Ask for a new team that begins like another one."""
        from geo.edit.team_templates import duplicate_of
        from geo.edit.teams import add_team

        project, team = self.project, self._team(team_id)
        if project is not None and team is not None and self.may(Verb.ADD_TEAM):
            made = duplicate_of(team, {t.name for t in project.all(Team)})
            self._ask(project, made, add_team, is_new=True)

    def delete(self, team_id: str) -> None:
        """Delete a team that was never assigned; undo brings it back."""
        from geo.edit.teams import delete_team

        if self.may(Verb.DELETE_TEAM):
            self.desk.session.do(lambda plan: delete_team(plan, team_id), self.tell)

    def _team(self, team_id: str) -> Team | None:
        return self.project.find(Team, team_id) if self.project is not None else None

    def _ask(
        self,
        project: Project,
        team: Team,
        build: Callable[[Project, Team], Edit],
        *,
        is_new: bool,
    ) -> None:
        from gui.dialogs.team import TeamDialog

        dialog = TeamDialog(project, team, self.bench.window_, is_new=is_new, files=self.files)
        dialog.ready.connect(lambda new: self.do(dialog, lambda plan: build(plan, new)))
        self.ask(dialog)
