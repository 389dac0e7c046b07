"""Links and persons: adding and correcting them, arrests, next questions, who is a ringleader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.links import remove_link
from geo.edit.persons import record_arrest, remove_person
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.network import Link, PersonRef
from gui.acts.doing import Acts
from gui.models.link_words import name_of_end

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from gui.dialogs.base import FormDialog
    from gui.workbench import Workbench


class LinkActs(Acts):
    """Answers to ``link.…`` of a row or a link's id, and to ``person.…`` of a person's id."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        intents = self.desk.intents
        intents.answer("link.add", self.add)
        intents.answer("link.edit", self.edit)
        intents.answer("link.remove", self.remove)
        intents.answer("person.add", self.add_person)
        intents.answer("person.edit", self.edit_person)
        intents.answer("person.remove", self.remove_person)
        intents.answer("person.arrest", self.arrest)
        intents.answer("person.free", self.free)
        intents.answer("person.ask", self.ask_next)
        intents.answer("person.decide", self.decide)

    # --- links ----------------------------------------------------------------------------------

    def add(self, kind: Kind, row_id: str) -> None:
        """Ask what a row is linked with."""
        from gui.dialogs.link import LinkDialog

        project = self.project
        if project is None or row_id not in project.table(kind) or not self.may(Verb.ADD_LINK):
            return
        title = name_of_end(project, kind, row_id)
        window, runner = self.bench.window_, self.desk.runner
        self._open(LinkDialog(project, (kind, row_id), title, window, runner))

    def edit(self, link_id: str) -> None:
        """Ask for the corrections of a link."""
        from gui.dialogs.link import LinkEditDialog

        project = self.project
        link = project.find(Link, link_id) if project is not None else None
        if project is None or link is None or not self.may(Verb.EDIT_LINK):
            return
        ends = ((link.from_kind, link.from_id), (link.to_kind, link.to_id))
        title = " – ".join(name_of_end(project, *end) for end in ends)
        self._open(LinkEditDialog(link, title, self.bench.window_))

    def remove(self, link_id: str) -> None:
        """Remove a link; it can be undone."""
        if self.may(Verb.REMOVE_LINK):
            self.desk.session.do(lambda plan: remove_link(plan, link_id), self.tell)

    # --- persons --------------------------------------------------------------------------------

    def add_person(self) -> None:
        """Ask for a new person."""
        from gui.dialogs.person import PersonDialog

        if self.project is not None and self.may(Verb.ADD_PERSON):
            dialog = PersonDialog(self.bench.window_)
            dialog.ready.connect(lambda build: self.do(dialog, build, self._added))
            self.ask(dialog)

    def _added(self, edit: Edit) -> None:
        self.desk.selection.select(Kind.PERSON_REF, [edit.deltas[0].ids[0]])

    def edit_person(self, person_id: str) -> None:
        """Ask for the corrections of a person."""
        from gui.dialogs.person import PersonDialog

        person = self._person(person_id, Verb.EDIT_PERSON)
        if person is not None:
            self._open(PersonDialog(self.bench.window_, person))

    def remove_person(self, person_id: str) -> None:
        """Remove a person without links; it can be undone."""
        if self.may(Verb.REMOVE_PERSON):
            self.desk.session.do(lambda plan: remove_person(plan, person_id), self.tell)

    def arrest(self, person_id: str) -> None:
        """Ask for the day of an arrest."""
        from gui.dialogs.person import ArrestDialog

        person = self._person(person_id, Verb.RECORD_ARREST)
        if person is not None:
            self._open(ArrestDialog(person, self.bench.window_))

    def free(self, person_id: str) -> None:
        """Take the record of an arrest away; it can be undone."""
        if self.may(Verb.RECORD_ARREST):
            self.desk.session.do(lambda plan: record_arrest(plan, person_id, None), self.tell)

    def ask_next(self, person_id: str) -> None:
        """Ask for the next question and who asks it."""
        from gui.dialogs.person import AskDialog

        person = self._person(person_id, Verb.ASK_NEXT)
        if person is not None:
            self._open(AskDialog(person, self.bench.window_))

    def decide(self, person_id: str) -> None:
        """Ask for the decision that names a ringleader, or that revokes the one in force."""
        from gui.dialogs.person_decide import PersonDecideDialog

        person = self._person(person_id, Verb.DECIDE_PERSON)
        if person is not None and self.project is not None:
            self._open(PersonDecideDialog(self.project, person, self.bench.window_))

    def _person(self, person_id: str, verb: Verb) -> PersonRef | None:
        person = self.project.find(PersonRef, person_id) if self.project is not None else None
        return person if person is not None and self.may(verb) else None

    def _open(self, dialog: FormDialog) -> None:
        dialog.ready.connect(lambda build: self.do(dialog, build))  # type: ignore[attr-defined] # every dialog of this file has it
        self.ask(dialog)
