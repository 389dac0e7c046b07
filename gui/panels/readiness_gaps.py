"""One gap of the readiness: a sentence, examples that show themselves, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from geo.analysis.readiness.wording import example_name, gap_sentence
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.gaps import NEVER_OVERRIDDEN, GapCode
from geo.model.vocabulary import OperationState
from gui import i18n
from gui.i18n import tr
from gui.models.operation_words import own_names
from gui.rights import why_not
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import Flow, boxed, column, row
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from geo.analysis.readiness.gaps import Example, Gap
    from geo.model.command import Operation
    from geo.project import Project

SELECTABLE: Final = frozenset({Kind.SITE, Kind.ALLEGATION, Kind.ZONE, Kind.TEAM})
NEXT: Final = {
    GapCode.NO_ZONES: "command.next.draw",
    GapCode.NO_PERIODS: "command.next.periods",
    GapCode.GUIDANCE_MISSING: "command.next.coordinate",
    GapCode.OVERDUE: "command.next.coordinate",
    GapCode.AUTHORISATION_MISSING: "command.next.coordinate",
    GapCode.AUTHORISATION_OPEN: "command.next.coordinate",
    GapCode.AUTHORISATION_REFUSED: "command.next.coordinate",
    GapCode.AUTHORISATION_NOT_COVERING: "command.next.coordinate",
    GapCode.WITNESSES_MISSING: "command.next.witnesses",
    GapCode.NO_SITES: "command.next.zone",
    GapCode.SITES_UNCLASSIFIED: "command.next.decide",
    GapCode.SITES_MAY_LIE: "command.next.locate",
    GapCode.ALLEGATIONS_NOT_TRIAGED: "command.next.triage",
    GapCode.ALLEGATIONS_MAY_LIE: "command.next.triage",
    GapCode.NO_TEAM: "command.next.team",
    GapCode.GROUPS_EMPTY: "command.next.groups",
    GapCode.AMBULANCE_FAR: "command.next.support",
    GapCode.FIRE_FAR: "command.next.support",
    GapCode.TEAM_TWICE: "command.next.board",
    GapCode.LEADER_TWICE: "command.next.board",
    GapCode.VEHICLE_TWICE: "command.next.board",
    GapCode.NO_TIME_BETWEEN: "command.next.board",
    GapCode.STALE: "command.next.register",
    GapCode.UNDATED: "command.next.register",
}


class GapLine(QFrame):
    """A gap.

    Attributes:
        example_asked: A row is to be selected and shown on the map (kind, id).
        close_asked: The user wants to do what closes the gap.
        override_asked: The governor wants to take it upon himself.
    """

    example_asked = Signal(object, str)
    close_asked = Signal(object)
    override_asked = Signal(object)

    def __init__(
        self, project: Project, operation: Operation, gap: Gap, names: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.gap = gap
        self.setProperty("card", "true")
        words = gap_sentence(gap, i18n.language())
        self.setAccessibleName(words)
        sign = Picture(
            "shield-exclamation" if gap.overridden else "alert-triangle", 18,
            "muted" if gap.overridden else "warning",
        )  # fmt: skip
        self.next = Button(NEXT[gap.what], "arrow-right", look="link")
        self.next.clicked.connect(lambda: self.close_asked.emit(gap))
        self.override = Button("command.override.ask", "shield-exclamation", look="link")
        self.override.clicked.connect(lambda: self.override_asked.emit(gap))
        explain_override(self.override, project, operation, gap)
        head = row(sign, Data(words, wrap=True), self.next, self.override, gap=8)
        head.setStretch(1, 1)
        inner = column(head, margin=8, gap=2)
        self.examples: list[Button] = []
        if gap.examples:
            inner.addWidget(self._examples(gap.examples))
        if gap.overridden is not None:
            told = gap.overridden
            inner.addWidget(
                Data(
                    tr(
                        "command.overridden",
                        name=names.get(told.decided_by, "–"),
                        at=i18n.moment(told.decided_at),
                        reason=told.reason,
                    ),
                    role="caption",
                    wrap=True,
                )
            )
            if told.decided_by in own_names(operation):
                inner.addWidget(Text("command.override.own_stands", role="warning", wrap=True))
        self.setLayout(inner)

    def _examples(self, examples: tuple[Example, ...]) -> QWidget:
        flow = Flow(gap=4)
        for example in examples:
            button = Button("", look="link")
            button.setText(example_name(example).replace("&", "&&"))
            button.setEnabled(example.kind in SELECTABLE)
            button.clicked.connect(
                lambda _checked=False, e=example: self.example_asked.emit(e.kind, e.id)
            )
            self.examples.append(button)
            flow.addWidget(button)
        rest = self.gap.count - len(examples)
        if rest > 0 and examples[0].kind in {Kind.SITE, Kind.ALLEGATION}:
            more = Data(tr("command.and_more", n=i18n.number(rest)), role="caption")
            more.setFixedHeight(self.examples[0].sizeHint().height())
            flow.addWidget(more)
        made = boxed(flow)
        made.setContentsMargins(26, 0, 0, 0)
        return made


def explain_override(button: Button, project: Project, operation: Operation, gap: Gap) -> None:
    """Enable the button that overrides a gap, or say why nobody or not this user may."""
    user = project.user
    if gap.overridden is not None:
        button.hide()
        return
    if gap.what in NEVER_OVERRIDDEN:
        explain(button, "command.override.never")
        return
    code, params = why_not(project, Verb.OVERRIDE)
    if code:
        explain(button, code, **params)
    elif operation.state is OperationState.DRAFT:
        explain(button, "error.override.not_submitted", name=operation.name)
    elif user is not None and user.id in own_names(operation):
        explain(button, "error.override.own", name=operation.name)
    else:
        explain(button)
