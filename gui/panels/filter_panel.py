"""What of the register is shown: a card over the map with a page for each kind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from geo.model.entity import Kind
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Credibility,
    CrossingClass,
    LegalStatus,
    Precision,
    Reliability,
    SiteKind,
)
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.filter_words import PART, AnyFilter, grade_of, with_part
from gui.widgets.buttons import Button, IconButton, Segments
from gui.widgets.layouts import Flow, boxed, column, row, scrolling
from gui.widgets.texts import Data, Text
from layers.filters import AllegationFilter, CrossingFilter, SiteFilter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

    from PySide6.QtGui import QKeyEvent

    from gui.panels.base import Desk

WIDTH = 348
GRADES = {
    "A1": (Reliability.A, Credibility.ONE),
    "B2": (Reliability.B, Credibility.TWO),
    "C3": (Reliability.C, Credibility.THREE),
}
EITHER = {"": None, "yes": True, "no": False}
EMPTY: dict[Kind, AnyFilter] = {
    Kind.SITE: SiteFilter(),
    Kind.ALLEGATION: AllegationFilter(),
    Kind.CROSSING: CrossingFilter(),
}


class Choice(QPushButton):
    """A word that is chosen or not."""

    def __init__(self, member: StrEnum) -> None:
        super().__init__()
        self.member = member
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("choice", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        retext(self, lambda: self.setText(i18n.label(member)))


class FilterPanel(QFrame):
    """Narrows what map, lists and tables show, at once.

    Attributes:
        closed: The user closes it; the filter stays.
    """

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("floating")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._desk = desk
        self.choices: dict[tuple[Kind, str], list[Choice]] = {}
        self._segments: dict[tuple[Kind, str], Segments] = {}
        self.kinds = Segments(
            [(name, f"panel.register.{name}") for name in PART.values()], "time.filter.title"
        )
        self.kinds.chosen.connect(self.show_kind)
        self.pages = QStackedWidget()
        self._pages: dict[str, QWidget] = {}
        for kind, make in (
            (Kind.SITE, self._sites),
            (Kind.ALLEGATION, self._allegations),
            (Kind.CROSSING, self._crossings),
        ):
            page = scrolling(boxed(make()))
            self._pages[PART[kind]] = page
            self.pages.addWidget(page)
        self.count = Data(role="caption", wrap=True)
        self.clear_button = Button("time.filter.clear_kind", look="link")
        self.clear_button.clicked.connect(self._clear)
        close = IconButton("x", "window.close", look="small", keys="Esc")
        close.clicked.connect(self.closed)
        head = row(Text("action.filter_map", role="heading"), None, close)
        foot = row(self.count, self.clear_button, gap=8)
        foot.setStretch(0, 1)
        whole = column(head, self.kinds, self.pages, foot, margin=12, gap=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setFixedWidth(WIDTH)
        desk.moment.changed.connect(self.show_filter)
        desk.session.changed.connect(lambda _edit: self._say_count())
        retext(self.count, self._say_count)
        self.show_kind(PART[Kind.ALLEGATION])

    @property
    def kind(self) -> Kind:
        """The kind whose filter is shown."""
        name = self.kinds.choice()
        return next(kind for kind, part in PART.items() if part == name)

    def show_kind(self, name: str) -> None:
        """Show the filter of ``sites``, ``allegations`` or ``crossings``."""
        self.kinds.choose(name)
        self.pages.setCurrentWidget(self._pages[name])
        self.show_filter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- pages ----------------------------------------------------------------------------------

    def _sites(self) -> Any:  # noqa: ANN401 - a layout
        return column(
            self._chosen(Kind.SITE, "statuses", LegalStatus),
            self._chosen(Kind.SITE, "kinds", SiteKind),
            self._chosen(Kind.SITE, "activities", Activity),
            self._either(Kind.SITE, "licensed", ("time.any", "time.with", "time.without")),
            None,
            gap=10,
        )

    def _allegations(self) -> Any:  # noqa: ANN401 - a layout
        grades = [("", "time.any"), *((g, f"time.grade.{g}") for g in GRADES)]
        held = [("", "time.any"), ("yes", "time.held_now")]
        return column(
            self._segmented(Kind.ALLEGATION, "least", grades, self._grade_chosen),
            Text("time.filter.neutral", role="caption", wrap=True),
            self._segmented(Kind.ALLEGATION, "held_now", held, self._held_chosen),
            self._either(Kind.ALLEGATION, "linked", ("time.any", "time.linked", "time.unlinked")),
            self._chosen(Kind.ALLEGATION, "kinds", AllegationKind),
            self._chosen(Kind.ALLEGATION, "states", AllegationStatus),
            self._chosen(Kind.ALLEGATION, "precisions", Precision),
            Text("time.filter.period_hint", role="caption", wrap=True),
            None,
            gap=10,
        )

    def _crossings(self) -> Any:  # noqa: ANN401 - a layout
        some = [("", "time.any"), ("yes", "time.open_only")]
        return column(
            self._chosen(Kind.CROSSING, "classes", CrossingClass),
            self._segmented(Kind.CROSSING, "open_only", some, self._open_chosen),
            None,
            gap=10,
        )

    def _chosen(self, kind: Kind, name: str, members: Iterable[StrEnum]) -> QWidget:
        flow = Flow(gap=4)
        buttons = [Choice(member) for member in members]
        self.choices[kind, name] = buttons
        for button in buttons:
            button.clicked.connect(partial(self._members_chosen, kind, name))
            flow.addWidget(button)
        area = boxed(flow)
        policy = area.sizePolicy()
        policy.setHeightForWidth(True)
        area.setSizePolicy(policy)
        return boxed(column(Text(f"time.field.{PART[kind]}_{name}", role="caption"), area, gap=2))

    def _segmented(
        self,
        kind: Kind,
        name: str,
        choices: list[tuple[str, str]],
        chosen: Any,  # noqa: ANN401 - a slot
    ) -> QWidget:
        title = f"time.field.{PART[kind]}_{name}"
        segments = Segments(choices, title)
        segments.chosen.connect(chosen)
        self._segments[kind, name] = segments
        line = row(segments, None)
        return boxed(column(Text(title, role="caption"), line, gap=2))

    def _either(self, kind: Kind, name: str, codes: tuple[str, str, str]) -> QWidget:
        choices = list(zip(EITHER, codes, strict=True))
        return self._segmented(
            kind, name, choices, lambda key: self._change(kind, **{name: EITHER[key]})
        )

    # --- what is chosen -------------------------------------------------------------------------

    def _members_chosen(self, kind: Kind, name: str) -> None:
        chosen = frozenset(b.member for b in self.choices[kind, name] if b.isChecked())
        self._change(kind, **{name: chosen})

    def _grade_chosen(self, key: str) -> None:
        self._change(Kind.ALLEGATION, least=GRADES.get(key))

    def _held_chosen(self, key: str) -> None:
        self._change(Kind.ALLEGATION, held_now=bool(key))

    def _open_chosen(self, key: str) -> None:
        self._change(Kind.CROSSING, open_only=bool(key))

    def _change(self, kind: Kind, **fields: Any) -> None:  # noqa: ANN401 - a field of any filter
        model = self._desk.moment
        model.filter(with_part(model.wanted, kind, replace(model.wanted.of(kind), **fields)))

    def _clear(self) -> None:
        model = self._desk.moment
        model.filter(with_part(model.wanted, self.kind, EMPTY[self.kind]))

    # --- what is shown --------------------------------------------------------------------------

    def show_filter(self) -> None:
        """Show the filter as it is now, whoever changed it."""
        wanted = self._desk.moment.wanted
        for (kind, name), buttons in self.choices.items():
            chosen = getattr(wanted.of(kind), name)
            for button in buttons:
                button.setChecked(button.member in chosen)
        keys = {value: key for key, value in EITHER.items()}
        allegations = wanted.allegations
        for (kind, name), key in {
            (Kind.SITE, "licensed"): keys[wanted.sites.licensed],
            (Kind.ALLEGATION, "linked"): keys[allegations.linked],
            (Kind.ALLEGATION, "least"): grade_of(allegations),
            (Kind.ALLEGATION, "held_now"): "yes" if allegations.held_now else "",
            (Kind.CROSSING, "open_only"): "yes" if wanted.crossings.open_only else "",
        }.items():
            if key in GRADES or key in EITHER:  # any other grade is said by its chip
                self._segments[kind, name].choose(key)
        self.clear_button.setVisible(wanted.of(self.kind).is_active)
        self._say_count()

    def _say_count(self) -> None:
        project = self._desk.session.project
        if project is None or not self.kinds.choice():
            self.count.setText("")
            return
        shown = self._desk.moment.lens.shown(project, self.kind)
        said = [
            tr(
                f"time.shown.{PART[self.kind]}",
                n=i18n.number(shown.n),
                total=i18n.number(shown.of),
            )
        ]
        if shown.unjudged:
            said.append(tr("time.shown.unjudged", n=i18n.number(shown.unjudged)))
        self.count.setText(" · ".join(said))
