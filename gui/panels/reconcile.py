"""Licences against sites, below the map: lists of what agrees and what does not.

Choosing a row shows its site on the map; nothing is changed before somebody confirms a proposal or
takes a decision.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
)

from geo.analysis.reconcile import Finding, Reconciliation, Terms, reconcile
from geo.edit.licence_links import link_licences
from geo.edit.merging import live_sites
from geo.edit.verbs import Verb
from geo.errors import CancelledError
from geo.model.entity import Kind
from gui import facts, i18n
from gui.i18n import retext, tr
from gui.models.history import sentence
from gui.models.reconcile_model import ReconcileModel
from gui.panels.base import Desk, Panel
from gui.panels.reconcile_parts import number_field, reconcile_table
from gui.rights import permit
from gui.widgets.buttons import Button, IconButton, ListButton, explain
from gui.widgets.layouts import boxed, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from gui.tasks.runner import Task

LISTS: Final = (
    Finding.PROPOSED,
    Finding.EXPIRED,
    Finding.EXPIRING,
    Finding.NAME_DIFFERS,
    Finding.FAR,
    Finding.NO_LICENCE,
    Finding.NO_SITE,
    Finding.MATCHED,
)
LIST_WIDTH, ROW_PX = 240, 30
SOON_DAYS, FAR_M = 90, 250


class ReconcilePage(Panel):
    """Compares licences with sites and offers what follows from it.

    Attributes:
        closed: The user closes the page.
        wanted_px: Height without which its lists cannot be read.
    """

    closed = Signal()
    wanted_px = 320

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.found: Reconciliation | None = None
        self._task: Task | None = None
        self._compared: tuple[Table, Table] | None = None
        self.finding = Finding.PROPOSED
        self.soon = number_field(SOON_DAYS, 1, 730, "reconcile.days")
        self.far = number_field(FAR_M, 10, 20_000, "reconcile.metres")
        self.lists: dict[Finding, ListButton] = {}
        self.model = ReconcileModel()
        self.table = reconcile_table(self.model)
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._chosen())
        self.table.activated.connect(lambda _index: desk.selection.zoom_asked.emit())
        self.link_button = Button("reconcile.link", "link", look="primary")
        self.decide_button = Button("panel.site.decide", "gavel")
        self.edit_button = Button("reconcile.edit_licence", "edit")
        self.map_button = Button("reconcile.show_all", "map-2")
        self.count = Data(role="caption")
        self.states = StateView(boxed(self._full()))
        self.box.addLayout(self._head())
        self.box.addWidget(self.states, 1)
        for field in (self.soon, self.far):
            field.editingFinished.connect(self._terms_changed)
        self.link_button.clicked.connect(self.link)
        self.decide_button.clicked.connect(self._decide)
        self.edit_button.clicked.connect(self._edit_licence)
        self.map_button.clicked.connect(self._show_all)
        desk.session.closed.connect(self._forget)
        retext(self, self._word)

    # --- furniture ------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        return row(
            Text("action.licences", role="heading"),
            16,
            Text("reconcile.soon", role="caption"),
            self.soon,
            12,
            Text("reconcile.far", role="caption"),
            self.far,
            None,
            self.count,
            close,
            margin=8,
        )

    def _full(self) -> QHBoxLayout:
        group = QButtonGroup(self)
        side = column(gap=0)
        side.setContentsMargins(8, 0, 8, 8)
        for finding in LISTS:
            button = ListButton()
            button.clicked.connect(partial(self.show_list, finding))
            group.addButton(button)
            side.addWidget(button)
            self.lists[finding] = button
        side.addStretch(1)
        self.lists[self.finding].setChecked(True)
        left = scrolling(boxed(side))
        left.setFixedWidth(LIST_WIDTH)
        acts = row(
            Text("reconcile.note", role="caption"),
            None,
            self.map_button,
            self.edit_button,
            self.decide_button,
            self.link_button,
        )
        acts.setContentsMargins(8, 6, 12, 8)
        right = column(self.table, acts, gap=0)
        right.setStretch(0, 1)
        whole = row(left, boxed(right), gap=0)
        whole.setStretch(1, 1)
        return whole

    def _word(self) -> None:
        self.table.setAccessibleName(tr("action.licences"))
        for finding, button in self.lists.items():
            name = tr(f"reconcile.finding.{finding.value}")
            count = "–" if self.found is None else i18n.number(self.found.count(finding))
            button.show_count(name, count)
            button.setToolTip(tr(f"reconcile.about.{finding.value}"))
        if self.found is not None:
            self.count.setText(
                tr(
                    "reconcile.compared",
                    licences=i18n.number(len(self.found.licence_ids)),
                    sites=i18n.number(self._sites),
                )
            )

    # --- comparing ------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        tables = (project.table(Kind.LICENCE), project.table(Kind.SITE))
        if not len(tables[0]):
            self.states.show_empty(
                "reconcile.empty",
                "reconcile.empty_next",
                icon="certificate",
                button="panel.register.import",
                press=lambda: self.desk.intents.ask("import.file"),
            )
            return
        before = self._compared
        if before is not None and all(a is b for a, b in zip(tables, before, strict=True)):
            self._show()
            return
        self._compare(project, tables)

    def _compare(self, project: Project, tables: tuple[Table, Table]) -> None:
        if self._task is not None:
            self._task.cancel()
        terms = Terms(
            today=facts.local_now().date(),
            soon_days=self.soon.value(),
            far_m=float(self.far.value()),
        )
        self._compared = tables

        def work(progress: Progress) -> Reconciliation:
            return reconcile(project, terms, progress)

        def done(found: Reconciliation) -> None:
            if task is self._task:
                self.found = found
                self._show()

        def failed(error: PlanError) -> None:
            if task is self._task:  # else another comparison took its place
                self._failed(error)

        task = self._task = self.desk.runner.run(work, done, failed)
        if self.found is None:
            self.states.show_loading("reconcile.step", task)

    def _forget(self) -> None:
        """The plan is closed: nothing of it is shown beside the rows of another."""
        self.found = self._compared = self._task = None
        self.model.forget()

    def _failed(self, error: PlanError) -> None:
        self._compared = None
        if not isinstance(error, CancelledError):
            self.states.show_error(error, "reconcile.again", self.refresh_now)
        elif self.found is None:
            self.states.show_empty(
                "reconcile.stopped",
                "reconcile.stopped_next",
                icon="certificate",
                button="reconcile.again",
                press=self.refresh_now,
            )

    def _terms_changed(self) -> None:
        terms = self.found.terms if self.found is not None else None
        if terms is None or (terms.soon_days, terms.far_m) != (self.soon.value(), self.far.value()):
            self._compared = None
            self.refresh_now()

    def _show(self) -> None:
        self.states.show_full()
        self._word()
        if self.found is not None and not self.found.count(self.finding):
            filled = (f for f in LISTS if self.found.count(f))
            self.finding = next(filled, self.finding)
            self.lists[self.finding].setChecked(True)
        self.show_list(self.finding)

    def show_list(self, finding: Finding, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        """Show the rows of one finding."""
        self.finding = finding
        self.lists[finding].setChecked(True)
        if self.project is not None and self.found is not None:
            self.model.show(self.project, self.found, finding)
        self._chosen()

    # --- what follows from it -------------------------------------------------------------------

    @property
    def _sites(self) -> int:
        return int(live_sites(self._compared[1]).sum()) if self._compared is not None else 0

    def _picked(self) -> list[int]:
        # By pieces: Qt would ask each of the rows of a big list whether it is whole.
        chosen = self.table.selectionModel().selection()
        pieces = [chosen.at(i) for i in range(chosen.count())]
        return sorted({row for p in pieces for row in range(p.top(), p.bottom() + 1)})

    def _chosen(self) -> None:
        """Show the sites of the chosen rows on the map, and what can be done with them."""
        picked, project = self._picked(), self.project
        sites = list(dict.fromkeys(filter(None, map(self.model.site_at, picked))))
        if sites:
            self.desk.selection.select(Kind.SITE, sites)
        proposals = self._proposals()
        n = len(proposals)
        self.link_button.say("reconcile.link" if n else "reconcile.link_none", n=i18n.number(n))
        if permit(self.link_button, project, Verb.EDIT_LICENCE) and not proposals:
            explain(self.link_button, "reconcile.why.no_proposal")
        if permit(self.decide_button, project, Verb.DECIDE_STATUS) and len(sites) != 1:
            explain(self.decide_button, "reconcile.why.one_site")
        one = len(picked) == 1 and self.model.licence_at(picked[0])
        self.edit_button.setVisible(self.desk.intents.has("licence.edit"))
        if permit(self.edit_button, project, Verb.EDIT_LICENCE) and not one:
            explain(self.edit_button, "reconcile.why.one_licence")
        explain(self.map_button, "" if self.model.rowCount() else "reconcile.why.nothing")

    def _proposals(self) -> dict[str, str]:
        """Return the proposals among the chosen rows; of the list, if none is chosen."""
        rows = self._picked() or range(self.model.rowCount())
        return {
            self.model.licence_at(r): self.model.site_at(r)
            for r in rows
            if self.model.is_proposal(r)
        }

    def link(self) -> None:
        """Confirm the proposals among the chosen rows, or all of the list; one undoable edit."""
        proposals = self._proposals()

        def done(edit: Edit) -> None:
            self.desk.toast.tell(
                "window.done",
                what=sentence(edit),
                button="action.undo",
                press=self.desk.session.undo,
            )

        if proposals:
            self.desk.session.do(lambda project: link_licences(project, proposals), done)

    def _decide(self) -> None:
        picked = self._picked()
        if picked and (site_id := self.model.site_at(picked[0])):
            self.desk.intents.ask("site.decide", site_id)

    def _edit_licence(self) -> None:
        picked = self._picked()
        if picked and (licence_id := self.model.licence_at(picked[0])):
            self.desk.intents.ask("licence.edit", licence_id)

    def _show_all(self) -> None:
        """Show every site of the list on the map; of licences without one, their own points."""
        rows = range(self.model.rowCount())
        sites = list(dict.fromkeys(filter(None, map(self.model.site_at, rows))))
        if sites:
            self.desk.selection.select(Kind.SITE, sites, zoom=True)
        elif licences := list(filter(None, map(self.model.licence_at, rows))):
            self.desk.selection.select(Kind.LICENCE, licences, zoom=True)
