"""Where the chain stops: every arrest from which nothing leads up, and what is asked next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from geo.clock import today
from geo.edit.persons import ask_next
from geo.edit.verbs import Verb
from geo.model.network import PersonRef
from gui import i18n
from gui.i18n import tr
from gui.models.history import sentence
from gui.models.link_words import percent, role_words
from gui.rights import why_not
from gui.widgets.buttons import Button, explain
from gui.widgets.field_values import day_text, read_day
from gui.widgets.in_place import InPlace, LineEditor
from gui.widgets.layouts import boxed, card, clear, column, row, scrolling
from gui.widgets.link import Link
from gui.widgets.states import StateView
from gui.widgets.texts import Chip, Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFrame

    from geo.analysis.links.chains import Stop
    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from geo.project import Project
    from gui.models.link_work import ShownLinks
    from gui.panels.base import Desk
    from gui.widgets.in_place import Editor

MOST: Final = 60
"""Cards that are made; who has more arrests than that reads the rest from the command line."""


class StopList(QWidget):
    """A card for each stop, with the next question and who asks it to be typed where they stand.

    Attributes:
        chosen: The user wants to see a node in the graph (its row).
        ended: Nobody types any more.
    """

    chosen = Signal(int)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cards = column(gap=8)
        self._cards.setContentsMargins(10, 6, 10, 10)
        self.states = StateView(scrolling(boxed(column(self._cards, None))))
        whole = column(self.states, gap=0)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)

    @property
    def editing(self) -> bool:
        """Whether somebody types in one of the cards."""
        return any(f.editing and f.isVisibleTo(self) for f in self.findChildren(InPlace))

    def show_links(self, shown: ShownLinks | None, project: Project | None) -> None:
        """Show the stops of a result with the persons as they stand in the plan now."""
        clear(self._cards)
        if shown is None or project is None:
            self.states.show_empty("links.page.none", "links.page.none_next", icon="share")
            return
        stops = shown.links.chains.stops
        if not stops:
            self.states.show_empty("links.stops.empty", "links.stops.none", icon="check")
            return
        for stop in stops[:MOST]:
            person = project.find(PersonRef, shown.links.network.nodes[stop.node].id)
            if person is not None:
                self._cards.addWidget(self._card(project, shown, stop, person))
        if len(stops) > MOST:
            more = i18n.number(len(stops) - MOST)
            self._cards.addWidget(Text("panel.dossier.more", role="caption", n=more))
        self.states.show_full()

    def _card(self, project: Project, shown: ShownLinks, stop: Stop, person: PersonRef) -> QFrame:
        name = Link(person.pseudonym)
        name.setObjectName(f"stop-{person.id}")
        name.clicked.connect(lambda _on=False: self.chosen.emit(stop.node))
        days = Chip(tr("links.stop.days", n=i18n.number(stop.days)), "warning")
        head = row(name, Data(role_words(person.role), role="muted"), None, days, gap=8)
        span = f"{percent(stop.weakest)} – {percent(stop.surest)}"
        facts = tr(
            "links.stop.facts",
            below=i18n.number(stop.below),
            n=i18n.number(stop.connections),
            span=span if stop.weakest < stop.surest else percent(stop.weakest),
        )
        parts: list[QWidget] = [boxed(head), Data(facts, role="caption", wrap=True)]
        if stop.ways_round:
            names = ", ".join(
                shown.nodes[n].name.words(i18n.language()) for n in stop.ways_round[:6]
            )
            parts.append(Data(tr("links.stop.ways_round", names=names), role="caption", wrap=True))
        late = person.next_question and person.asked_on is not None and person.asked_on < today()
        parts.append(self._asking(project, person))
        if late:
            day = i18n.day(person.asked_on)
            parts.append(Text("panel.person.overdue", role="warning", wrap=True, day=day))
        return card(column(*parts, margin=10, gap=4))

    def _asking(self, project: Project, person: PersonRef) -> QWidget:
        if not person.next_question:
            button = Button("links.stop.ask", "message")
            button.setObjectName(f"stop-ask-{person.id}")
            code, params = why_not(project, Verb.ASK_NEXT)
            explain(button, code, **params)
            button.clicked.connect(lambda: self._desk.intents.ask("person.ask", person.id))
            none = Text("links.stop.no_question", role="warning", wrap=True)
            line = row(none, button, gap=8)
            line.setStretch(0, 1)
            return boxed(line)
        question, asker, day = person.next_question, person.asked_by, person.asked_on
        on = i18n.day(day) if day is not None else ""
        # Each keeps the other two; without a question there is nobody who asks it.
        fields = (
            ("links.head.question", question, lambda: LineEditor(question), "question"),
            ("links.head.asked_by", asker, lambda: LineEditor(asker), "asker"),
            ("dialog.ask.day", on, lambda: LineEditor(day_text(day), read_day), "day"),
        )
        lines = []
        for code, text, make, key in fields:
            name = Text(code, role="muted")
            name.setFixedWidth(104)
            field = self._field(project, person, code, text, make, key)
            name.setBuddy(field)
            line = row(name, field, gap=8)
            line.setStretch(1, 1)
            lines.append(boxed(line))
        return boxed(column(*lines, gap=0))

    def _field(
        self,
        project: Project,
        person: PersonRef,
        code: str,
        text: str,
        make: Callable[[], Editor],
        key: str,
    ) -> InPlace:
        save = partial(self._save, person.id, key)
        made = InPlace(code, text, make, save, key=f"{key}-{person.id}")
        made.ended.connect(self.ended)
        why, params = why_not(project, Verb.ASK_NEXT)
        if why:
            made.forbid(why, **params)
        return made

    def _save(
        self,
        person_id: str,
        key: str,
        value: object,
        done: Callable[[], None],
        failed: Callable[[PlanError], None],
    ) -> None:
        desk = self._desk

        def build(plan: Project) -> Edit:
            now = plan.get(PersonRef, person_id)
            asked = {"question": now.next_question, "asker": now.asked_by, "day": now.asked_on}
            asked[key] = value  # type: ignore[assignment] # of its field
            if not asked["question"]:
                asked |= {"asker": "", "day": None}
            return ask_next(
                plan,
                person_id,
                str(asked["question"] or ""),
                asked_by=str(asked["asker"] or ""),
                asked_on=asked["day"],  # type: ignore[arg-type] # a day or None
            )

        def kept(edit: Edit) -> None:
            done()
            desk.toast.tell(
                "window.done", what=sentence(edit), button="action.undo", press=desk.session.undo
            )

        desk.session.do(build, kept, failed)
