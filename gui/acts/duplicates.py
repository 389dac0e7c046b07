"""Proposed duplicates: merging them, or keeping them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.apart import keep_apart
from geo.edit.merging import look_ahead, merge_sites
from geo.edit.repeating import merge_allegations
from geo.edit.verbs import Verb
from geo.errors import PlanError
from geo.model.entity import Kind
from gui.acts.doing import Acts
from gui.i18n import tr
from gui.models.pairs import full_title_of
from gui.panels.duplicates import DuplicatesPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.edit.merging import Side
    from gui.workbench import Workbench

PAGE = "duplicates"


class DuplicateActs(Acts):
    """Opens the page of possible duplicates, and does what is decided there."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        bench.drawers.bring(PAGE, lambda: DuplicatesPage(bench.desk))
        bench.on("duplicates", lambda: bench.drawers.toggle(PAGE))
        self.desk.intents.answer("duplicates.merge_sites", self.merge_sites)
        self.desk.intents.answer("duplicates.merge_allegations", self.merge_allegations)
        self.desk.intents.answer("duplicates.keep_apart", self.keep_apart)

    def merge_sites(self, keep_id: str, drop_id: str, choices: Mapping[str, Side]) -> None:
        """Say what merging two sites will do, and do it when the user agrees."""
        from gui.dialogs.merge import MergeDialog, merger_words

        project = self.project
        if project is None or not self.may(Verb.MERGE):
            return
        try:
            merger = look_ahead(project, keep_id, drop_id)
        except PlanError as error:
            self.desk.toast.fail(error)
            return

        def words() -> list[str]:
            names = [full_title_of(project, Kind.SITE, i) for i in (keep_id, drop_id)]
            return merger_words(merger, choices, *names)

        dialog = MergeDialog(self.bench.window_, "duplicates.merge_sites", words, merger.operations)
        dialog.ready.connect(
            lambda known: self.do(
                dialog,
                lambda plan: merge_sites(plan, keep_id, drop_id, choices, across_released=known),
            )
        )
        self.ask(dialog)

    def merge_allegations(self, keep_id: str, drop_id: str) -> None:
        """Say what it means that an allegation repeats another, and do it when the user agrees."""
        from gui.dialogs.merge import MergeDialog

        project = self.project
        if project is None or not self.may(Verb.MERGE):
            return
        try:
            merge_allegations(project, keep_id, drop_id)
        except PlanError as error:
            self.desk.toast.fail(error)
            return

        def words() -> list[str]:
            keep, drop = (full_title_of(project, Kind.ALLEGATION, i) for i in (keep_id, drop_id))
            return [
                tr("duplicates.will.repeat", keep=keep, drop=drop),
                tr("duplicates.will.stay"),
                tr("duplicates.will.reopen", drop=drop),
            ]

        dialog = MergeDialog(self.bench.window_, "duplicates.merge_allegations", words)
        dialog.ready.connect(
            lambda _known: self.do(dialog, lambda plan: merge_allegations(plan, keep_id, drop_id))
        )
        self.ask(dialog)

    def keep_apart(self, kind: Kind, first_id: str, second_id: str) -> None:
        """Note that two rows are different; it is undone like any other edit."""
        if self.may(Verb.KEEP_APART):
            self.desk.session.do(
                lambda plan: keep_apart(plan, kind, first_id, second_id), self.tell
            )
