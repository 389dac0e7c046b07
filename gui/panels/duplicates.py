"""Possible duplicates, below the map: proposed pairs, side by side; nothing is merged unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal

from geo.analysis.duplicates import MOST_PAIRS, Pair, site_pairs
from geo.analysis.repeats import allegation_pairs
from geo.edit.apart import pairs_apart
from geo.edit.merging import live_sites, look_ahead
from geo.edit.repeating import merge_allegations
from geo.edit.verbs import Verb
from geo.errors import CancelledError, PlanError
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus
from gui import facts, i18n
from gui.i18n import message, retext, tr
from gui.models.pairs import PairModel, why_words
from gui.panels.base import Desk, Panel
from gui.panels.compare import CompareView
from gui.rights import permit
from gui.widgets.buttons import Button, IconButton, Segments, explain
from gui.widgets.layouts import boxed, column, row
from gui.widgets.pair_list import PairList
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from gui.tasks.runner import Task

KINDS: Final = {"sites": Kind.SITE, "allegations": Kind.ALLEGATION}
LIST_WIDTH: Final = 360


class DuplicatesPage(Panel):
    """Proposes pairs and shows both rows of one.

    Attributes:
        closed: The user closes the page.
        wanted_px: Height without which two rows cannot be compared.
    """

    closed = Signal()
    wanted_px = 330

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.kind = Kind.SITE
        self._found: dict[Kind, tuple[Pair, ...]] = {}
        self._looked_at: dict[Kind, Table] = {}
        self._later: set[tuple[str, str]] = set()
        self._task: Task | None = None
        self._read: frozenset[str] = frozenset()
        self.model = PairModel()
        self.list = PairList(self.model)
        self.compare = CompareView()
        self.choice = Segments([(key, f"panel.register.{key}") for key in KINDS], "duplicates.of")
        self.choice.choose("sites")
        self.again = Button("duplicates.again", "refresh", look="link")
        self.count = Data(role="caption")
        self.later = Button("duplicates.later", tip="duplicates.later_tip")
        self.apart = Button(
            "duplicates.keep_apart", "layers-difference", tip="duplicates.apart_tip"
        )
        self.merge = Button("duplicates.merge_ask", "layers-union", look="primary")
        self.states = StateView(boxed(self._full()))
        self.box.addLayout(self._head())
        self.box.addWidget(self.states, 1)
        self.choice.chosen.connect(lambda key: self.show_kind(KINDS[key]))
        self.again.clicked.connect(self.look)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _index: self.desk.selection.zoom_asked.emit())
        self.list.key.connect(self._key)
        self.compare.changed.connect(self._advise)
        self.later.clicked.connect(self.put_off)
        self.apart.clicked.connect(self.keep_apart)
        self.merge.clicked.connect(self.ask_merge)
        desk.session.closed.connect(self._forget)
        desk.session.opened.connect(self._forget)
        retext(self, self._word)

    # --- furniture ------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        title = Text("action.duplicates", role="heading")
        acts = (self.later, self.apart, self.merge)
        return row(title, 16, self.choice, 8, self.count, self.again, None, *acts, close, margin=8)

    def _full(self) -> QHBoxLayout:
        left = boxed(column(self.list, gap=0))
        left.setFixedWidth(LIST_WIDTH)
        whole = row(left, self.compare, gap=0)
        whole.setStretch(1, 1)
        return whole

    def _word(self) -> None:
        self.list.setAccessibleName(tr("action.duplicates"))
        self._say_count()
        self._advise()

    def _say_count(self) -> None:
        """Say how many pairs wait; the buttons are there only where there is one."""
        n, is_full = len(self.model.pairs), self.states.state == "full"
        code = "duplicates.count_most" if n >= MOST_PAIRS else "duplicates.count"
        self.count.setText(tr(code, n=i18n.number(n)) if is_full else "")
        for button in (self.later, self.apart, self.merge):
            button.setVisible(is_full)

    # --- looking --------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        self.again.setVisible(self._is_old(project))
        if self.kind in self._found:
            self._show(project)
        elif self._task is None:
            self.look()

    def show_kind(self, kind: Kind) -> None:
        """Show proposals of sites or of allegations."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.kind = kind
        self.choice.choose(next(key for key, k in KINDS.items() if k is kind))
        self.refresh_now()

    def look(self) -> None:
        """Look for pairs, on a worker thread; what was put off is proposed again."""
        project, kind = self.project, self.kind
        if project is None:
            return
        self._later.clear()
        self.compare.forget()
        find = site_pairs if kind is Kind.SITE else allegation_pairs
        table = project.table(kind)

        def work(progress: Progress) -> tuple[Pair, ...]:
            return find(project, progress=progress)

        def done(pairs: tuple[Pair, ...]) -> None:
            if task is self._task:
                self._task = None
                self._found[kind], self._looked_at[kind] = pairs, table
                self.refresh_now()

        def failed(error: PlanError) -> None:
            if task is self._task:
                self._task = None
                self._failed(error)

        task = self._task = self.desk.runner.run(work, done, failed)
        self.again.hide()
        self.states.show_loading("duplicates.looking", task)
        self._say_count()

    def _failed(self, error: PlanError) -> None:
        if not isinstance(error, CancelledError):
            self.states.show_error(error, "duplicates.again", self.look)
            self._say_count()
            return
        self.states.show_empty(
            "duplicates.stopped",
            "duplicates.stopped_next",
            icon="layers-intersect",
            button="duplicates.again",
            press=self.look,
        )

    def _is_old(self, project: Project) -> bool:
        seen = self._looked_at.get(self.kind)
        return seen is not None and project.table(self.kind) is not seen

    def _forget(self) -> None:
        """Another plan: what was found, or is still looked for, is none of its."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.compare.forget()
        self._found.clear()
        self._looked_at.clear()
        self._later.clear()
        self._read = frozenset()

    # --- showing --------------------------------------------------------------------------------

    def _unjudged(self, project: Project) -> list[Pair]:
        """Return the pairs nobody has judged, those that were put off last."""
        table = project.table(self.kind)
        if self.kind is Kind.SITE:
            open_ids = set(table.ids[live_sites(table)])
        else:
            open_ids = set(table.ids[table["status"] != AllegationStatus.DUPLICATE.value])
        apart = pairs_apart(project, self.kind)
        pairs = [
            pair
            for pair in self._found[self.kind]
            if {pair.first_id, pair.second_id} <= open_ids
            and (min(_ids(pair)), max(_ids(pair))) not in apart
        ]
        return sorted(pairs, key=lambda pair: _ids(pair) in self._later)

    def _show(self, project: Project) -> None:
        before = self.list.currentIndex().row()
        shown = self._pair()
        pairs = self._unjudged(project)
        self.model.show(project, self.kind, pairs)
        if not pairs:
            what = "sites" if self.kind is Kind.SITE else "allegations"
            self.states.show_empty(
                "duplicates.empty", f"duplicates.empty_{what}", icon="layers-intersect"
            )
            self._say_count()
            return
        self.states.show_full()
        self._say_count()
        places = {_ids(pair): place for place, pair in enumerate(pairs)}
        # The pair after the one that was judged just now, so that the next key can follow.
        place = places.get(_ids(shown), -1) if shown is not None else -1
        place = place if place >= 0 else min(max(before, 0), len(pairs) - 1)
        self.list.setCurrentIndex(self.model.index(place))
        if shown is not None and _ids(pairs[place]) == _ids(shown):
            self.compare.refresh(project)
            self._advise()

    def _pair(self) -> Pair | None:
        row_number = self.list.currentIndex().row()
        return self.model.pairs[row_number] if 0 <= row_number < len(self.model.pairs) else None

    def _chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        pair, project = self._pair(), self.project
        if pair is None or project is None:
            return
        if _ids(pair) != self.compare.ids:
            self._log_read(pair)
            self.compare.show_pair(project, self.kind, *_ids(pair))
            self._select(pair, project)
        self._advise()

    def _select(self, pair: Pair, project: Project) -> None:
        """Show both on the map, if either of them has a place there."""
        placed = facts.bounds_of(project, self.kind, _ids(pair)) is not None
        self.desk.selection.select(self.kind, list(_ids(pair)), zoom=placed)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        pair, project = self._pair(), self.project
        if pair is not None and project is not None and self.states.state == "full":
            self._select(pair, project)

    def _log_read(self, pair: Pair) -> None:
        """Log who looked at allegations: raids are betrayed by people who may read."""
        both = frozenset(_ids(pair))
        if self.kind is Kind.ALLEGATION:
            for entity_id in sorted(both - self._read):
                self.desk.session.record("read", kind=self.kind.value, row=entity_id)
        self._read = both

    # --- judging --------------------------------------------------------------------------------

    def _advise(self) -> None:
        """Say what merging does, or why it cannot be done so."""
        pair, project = self._pair(), self.project
        if pair is None or project is None or self.compare.ids != _ids(pair):
            return
        self.compare.why.setText(why_words(pair))
        self.compare.advise(tr(f"duplicates.advice_{self.kind.value}"))
        able = permit(self.merge, project, Verb.MERGE)
        permit(self.apart, project, Verb.KEEP_APART)
        try:
            if self.kind is Kind.SITE:
                look_ahead(project, self.compare.kept_id, self.compare.dropped_id)
            else:
                merge_allegations(project, self.compare.kept_id, self.compare.dropped_id)
        except PlanError as error:
            self.compare.advise(message(error), refused=True)
            if able:
                explain(self.merge, error.code, **error.params)

    def _key(self, key: int) -> None:
        acts = {
            int(Qt.Key.Key_M): self.merge,
            int(Qt.Key.Key_K): self.apart,
            int(Qt.Key.Key_L): self.later,
        }
        acts[key].click()

    def ask_merge(self) -> None:
        """Say what merging will do, and ask."""
        if self._pair() is None:
            return
        ids = self.compare.kept_id, self.compare.dropped_id
        if self.kind is Kind.SITE:
            self.desk.intents.ask("duplicates.merge_sites", *ids, self.compare.choices())
        else:
            self.desk.intents.ask("duplicates.merge_allegations", *ids)

    def keep_apart(self) -> None:
        """Note that the two rows are different."""
        if (pair := self._pair()) is not None:
            self.desk.intents.ask("duplicates.keep_apart", self.kind, *_ids(pair))

    def put_off(self) -> None:
        """Leave a pair for later: it goes to the end of the list."""
        pair, project = self._pair(), self.project
        if pair is None or project is None:
            return
        place = self.list.currentIndex().row()
        self._later.add(_ids(pair))
        self.model.show(project, self.kind, self._unjudged(project))
        self.list.setCurrentIndex(self.model.index(min(place, len(self.model.pairs) - 1)))


def _ids(pair: Pair) -> tuple[str, str]:
    return pair.first_id, pair.second_id
