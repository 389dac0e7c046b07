"""Ask the map: a plain form, its answers on the map and as a table, kept as a live layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.asking import LiveLayer
from geo.question.form import About
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.analyse.ask_form import AskForm
from gui.panels.analyse.ask_saved import SavedList
from gui.panels.analyse.parts import RunBar, Statement
from gui.panels.base import Panel
from gui.rights import permit, why_not
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Line, Text

if TYPE_CHECKING:
    from geo.analysis.asking.answers import Answers
    from geo.edit.edit import Edit
    from geo.progress import Progress
    from geo.project import Project
    from gui.workbench import Workbench
    from layers.findings import Findings
    from layers.live import LiveRows

SECTION: Final = "ask"


class Asked(NamedTuple):
    """What was found, how it lies on the map, and the rings upon its symbols."""

    answers: Answers
    findings: Findings
    rings: LiveRows


class AskSection(Panel):
    """Asks, shows what answers, what may and what cannot be judged, and keeps questions.

    Attributes:
        asked: What is shown, or None.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.desk)
        self._bench = bench
        self.asked: Asked | None = None
        self.form = AskForm()
        self.run_bar = RunBar(self.desk.runner, "ask.go", "map-search")
        self.headline = Data(role="heading", wrap=True)
        self.changed_note = Text("ask.otherwise", role="warning", wrap=True)
        self.stale = Text("findings.stale", role="warning", wrap=True)
        self.statement = Statement()
        self.table_button = Button("ask.table", "table")
        self.export_button = Button("ask.export", "file-export")
        self.name = QLineEdit()
        self.save_button = IconButton("bookmark", "ask.save")
        self.saved = SavedList()
        buttons = column(self.table_button, self.export_button, gap=4)
        keep = row(self.name, self.save_button, gap=6)
        keep.setStretch(0, 1)
        inside = column(
            self.stale, self.changed_note, self.headline, buttons, keep, self.statement,
            margin=10, gap=6,
        )  # fmt: skip
        self.result = card(inside)
        body = column(self.form, self.result, self.saved, None, gap=12)
        body.setContentsMargins(12, 6, 8, 12)
        foot = column(Line(), boxed(column(self.run_bar, margin=10)), gap=0)
        self._area = scrolling(boxed(body))
        whole = column(self._area, boxed(foot), gap=0)
        whole.setStretch(0, 1)
        self.states = StateView(boxed(whole))
        self.box.addWidget(self.states, 1)
        self._connect()
        retext(self, self._word)
        self._judge()

    def _connect(self) -> None:
        desk = self.desk
        self.run_bar.asked.connect(self.compute)
        self.form.changed.connect(self._judge)
        self.name.textChanged.connect(lambda _text: self._judge())
        self.name.returnPressed.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.table_button.clicked.connect(self._open)
        self.export_button.clicked.connect(self._export)
        self.saved.taken.connect(self.take)
        self.saved.opened.connect(self._open_saved)
        self.saved.export_asked.connect(self._export_saved)
        self.saved.deleted.connect(self._delete)
        self.saved.visible_set.connect(desk.live.set_visible)
        desk.live.changed.connect(self._list)
        desk.findings.changed.connect(self._judge)
        desk.findings.chosen.connect(self._chosen)
        desk.moment.changed.connect(self.mark_stale)
        desk.session.closed.connect(self._forget)

    # --- the plan -------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        if not any(len(project.table(about.kind)) for about in About):
            self.states.show_empty("ask.none", "ask.none_next", icon="map-search")
            return
        self.states.show_full()
        self.form.offer(project)
        self._list()
        self._judge()

    def _list(self) -> None:
        self.saved.show_rows(self.desk.live.rows, why_not(self.project, Verb.DELETE_LIVE_LAYER))

    def _forget(self) -> None:
        self.run_bar.cancel()
        self.run_bar.refuse(None)
        self.asked = None
        self._judge()

    # --- asking ---------------------------------------------------------------------------------

    def compute(self) -> None:
        """Ask the plan as it is shown, off the main thread."""
        from layers.read_only import ShownPlan

        project = self.project
        if project is None:
            return
        try:
            question = self.form.question()
        except InputError as error:
            self.run_bar.refuse(error)
            return
        on = self.desk.moment.moment.on
        shown = self.desk.moment.project(project)
        still = ShownPlan(shown, {}, on)

        def work(progress: Progress) -> Asked:
            from geo.analysis.asking.ask import ask
            from layers.ask_findings import ask_findings
            from layers.live import ASKED_COLOUR, LiveRows
            from layers.live_asked import places_of

            answers = ask(still, question, on, progress)
            index = places_of(still.table(question.about.kind), answers)
            rings = LiveRows(id="", name="", colour=ASKED_COLOUR, answers=answers, index=index)
            return Asked(answers, ask_findings(still, answers), rings)

        self.run_bar.run(work, self._show)

    def _show(self, asked: Asked) -> None:
        self.asked = asked
        self.desk.findings.show(asked.findings)
        if self.project is not None:
            self.desk.findings.judge(self.desk.moment.project(self.project))
        self._word()
        self._judge()
        # Its height is known only once it was laid out.
        QTimer.singleShot(0, self, self._bring_result)

    def _bring_result(self) -> None:
        """Bring the result into sight: the form above it may be longer than the panel."""
        self._area.verticalScrollBar().setValue(self.result.y())

    def _chosen(self, key: str) -> None:
        """A ring that was chosen on the map is a row that is selected."""
        asked = self.asked
        if asked is None or not self.desk.findings.is_of(SECTION) or "/" in key or not key:
            return
        self.desk.selection.select(asked.answers.question.about.kind, (key,))

    def _judge(self) -> None:
        """Say whether what is shown is what the form asks, of the plan as it is."""
        asked = self.asked
        self.result.setVisible(asked is not None)
        findings = self.desk.findings
        seen = asked is not None and findings.is_of(SECTION) and findings.visible
        self.desk.live.show_asked(asked.rings if asked is not None and seen else None)
        self.stale.setVisible(findings.is_of(SECTION) and findings.stale)
        self.changed_note.setVisible(asked is not None and self._otherwise(asked.answers))
        some = asked is not None and asked.answers.n > 0
        self.table_button.setEnabled(some)
        self.export_button.setEnabled(some)
        permit(self.save_button, self.project, Verb.ADD_LIVE_LAYER)

    def _otherwise(self, answers: Answers) -> bool:
        try:
            return self.form.question() != answers.question
        except InputError:
            return True

    def _word(self) -> None:
        from layers.asked import said_answers, said_question

        self.name.setPlaceholderText(tr("ask.name"))
        self.name.setAccessibleName(tr("ask.name"))
        project, asked = self.project, self.asked
        if asked is None or project is None:
            return
        self.headline.setText(said_question(project, asked.answers.question).words(i18n.language()))
        self.statement.say(said_answers(project, asked.answers))

    # --- what is done with it -------------------------------------------------------------------

    def _open(self) -> None:
        if self.asked is not None:
            answers = self.asked.answers
            self.desk.intents.ask("ask.table", answers, self.asked.findings.title)

    def _export(self) -> None:
        if self.asked is not None:
            self.desk.intents.ask("ask.export", self.asked.answers)

    def save(self) -> None:
        """Keep the question of the form as a live layer; a name that is there gets the question."""
        from geo.edit.live_layers import change_live_layer, save_question

        try:
            question = self.form.question()
        except InputError as error:
            self.run_bar.refuse(error)
            return
        name = self.name.text().strip()
        there = self._named(name)

        def build(plan: Project) -> Edit:
            if there:
                return change_live_layer(plan, there, question=question)
            return save_question(plan, name, question)

        def done(_edit: Edit) -> None:
            self.name.clear()
            self.desk.toast.tell("ask.changed" if there else "ask.kept", name=name)

        self.desk.session.do(build, done, self.desk.toast.fail)

    def _named(self, name: str) -> str:
        """Return the id of the live layer of a name, or empty."""
        layers = self.project.all(LiveLayer) if self.project is not None else ()
        same = (layer.id for layer in layers if layer.name.casefold() == name.casefold())
        return next(same, "")

    def take(self, layer_id: str) -> None:
        """Put a saved question into the form and ask it."""
        from geo.edit.live_layers import question_of

        layer = self.project.find(LiveLayer, layer_id) if self.project is not None else None
        if layer is None:
            return
        try:
            self.form.show_question(question_of(layer))
        except InputError as error:
            self.run_bar.refuse(error)
            return
        self.name.setText(layer.name)
        self.compute()

    def _open_saved(self, layer_id: str) -> None:
        from layers.said import Named

        rows = self.desk.live.of(layer_id)
        if rows is not None and rows.answers is not None:
            self.desk.intents.ask("ask.table", rows.answers, Named(rows.name))

    def _export_saved(self, layer_id: str) -> None:
        rows = self.desk.live.of(layer_id)
        if rows is not None and rows.answers is not None:
            self.desk.intents.ask("ask.export", rows.answers)

    def _delete(self, layer_id: str) -> None:
        from geo.edit.live_layers import delete_live_layer

        self.desk.session.do(
            lambda plan: delete_live_layer(plan, layer_id), lambda _edit: None, self.desk.toast.fail
        )
