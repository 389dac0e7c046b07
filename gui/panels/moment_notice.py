"""What nobody may forget: that the map shows a past day, and that a filter hides rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy

from geo.model.entity import Kind
from geo.model.vocabulary import LegalStatus
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.base import Desk, Panel
from gui.panels.filter_words import chips
from gui.widgets.buttons import Button
from gui.widgets.layouts import Flow, boxed, clear, column, row
from gui.widgets.states import Picture
from gui.widgets.texts import Data
from layers.lens import ANNULLED
from layers.moment import Mode

if TYPE_CHECKING:
    from geo.project import Project
    from layers.filters import MapFilter
    from layers.moment import Moment

NAMES = {
    Kind.SITE: "time.shown.sites",
    Kind.ALLEGATION: "time.shown.allegations",
    Kind.CROSSING: "time.shown.crossings",
}


class PastBanner(QFrame):
    """The line that says which day is shown, with the way back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("card", "warning")
        self.words = Data(wrap=True)
        back = Button("time.back", "arrow-back-up", look="flat")
        back.clicked.connect(desk.moment.back_to_today)
        self.back = back
        self.setLayout(self.arranged())
        desk.moment.changed.connect(self.word)
        retext(self, self.word)

    def arranged(self) -> QLayout:
        """Return the words with the way back at their side."""
        line = row(Picture("history", 18, "warning"), self.words, self.back, gap=8)
        line.setStretch(1, 1)
        line.setContentsMargins(10, 3, 6, 3)
        return line

    def word(self) -> None:
        """Say what is shown now, or nothing of the present."""
        moment = self._desk.moment.moment
        self.setVisible(moment.is_past)
        if moment.is_past:
            self.words.setText(self.said(moment))

    def said(self, moment: Moment) -> str:
        """Return what is said of a past moment."""
        return tr(f"time.banner.{moment.mode.value}", day=i18n.day(moment.on))


class PagePast(PastBanner):
    """The same on the dossier, which shows today, with the status that the site had on the day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        desk.selection.changed.connect(self.word)

    def arranged(self) -> QLayout:
        """Return the words with the way back below them: the dossier is narrow."""
        words = row(Picture("history", 18, "warning"), self.words, gap=8)
        words.setStretch(1, 1)
        both = column(words, row(None, self.back), gap=0)
        both.setContentsMargins(10, 6, 6, 2)
        return both

    def said(self, moment: Moment) -> str:
        """Return which day the map shows, and the status of the selected site on it."""
        words = tr(f"time.page.{moment.mode.value}", day=i18n.day(moment.on))
        return " ".join((words, *self._status()))

    def _status(self) -> tuple[str, ...]:
        desk = self._desk
        project, site_id = desk.session.project, desk.selection.one(Kind.SITE)
        if project is None or not site_id:
            return ()
        lens = desk.moment.lens
        sites = lens.at(project).table(Kind.SITE)
        if site_id not in sites:
            return ()
        if not lens.mask_of_moment(project, Kind.SITE)[sites.index[site_id]]:
            return (tr("time.page.not_there"),)
        then = sites.row(site_id)
        status = i18n.label(LegalStatus(str(then["legal_status"])))
        code = "time.page.annulled" if then[ANNULLED] else "time.page.status"
        return (tr(code, status=status),)


class MapNotice(Panel):
    """Above the map while anything but the whole present is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.banner = PastBanner(desk)
        self.note = Data(role="caption", wrap=True)
        self._chips = Flow(gap=6)
        self._chip_area = boxed(self._chips)
        policy = self._chip_area.sizePolicy()
        policy.setHeightForWidth(True)
        self._chip_area.setSizePolicy(policy)
        self.counts = Data(role="caption", wrap=True)
        clear_all = Button("time.filter.clear", look="link")
        clear_all.clicked.connect(self._clear)
        self.clear_button = clear_all
        line = row(self._chip_area, clear_all, gap=8)
        line.setStretch(0, 1)
        self._filters = boxed(column(line, self.counts, gap=2))
        inner = column(self.banner, self.note, self._filters, gap=4)
        inner.setContentsMargins(8, 6, 8, 6)
        self.box.addLayout(inner)
        self.setObjectName("topBar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.chips: list[Button] = []
        self.hide()
        desk.moment.changed.connect(self.refresh_now)

    def mark_stale(self) -> None:
        """Counts change with every edit, and it must come up by itself."""
        if self.desk.moment.moment.is_past or not self.isHidden():
            self.refresh_now()

    def refresh(self, project: Project) -> None:
        model = self.desk.moment
        self.setVisible(model.lens.hides)
        clear(self._chips)
        self.chips = []
        for words, without in chips(model.wanted):
            chip = Button("", "x", look="chip")
            chip.setText(words)
            chip.setToolTip(tr("time.filter.remove", what=words))
            chip.setAccessibleName(tr("time.filter.remove", what=words))
            chip.clicked.connect(lambda _checked=False, without=without: self._filter(without))
            self._chips.addWidget(chip)
            self.chips.append(chip)
        self._filters.setVisible(bool(self.chips))
        self.counts.setText("  ·  ".join(self._counts(project)))
        self._say_what_is_missing(project)

    def _counts(self, project: Project) -> list[str]:
        model, said = self.desk.moment, []
        for kind, code in NAMES.items():
            if not model.wanted.of(kind).is_active:
                continue
            shown = model.lens.shown(project, kind)
            said.append(tr(code, n=i18n.number(shown.n), total=i18n.number(shown.of)))
            if shown.unjudged:
                said.append(tr("time.shown.unjudged", n=i18n.number(shown.unjudged)))
        return said

    def _say_what_is_missing(self, project: Project) -> None:
        """Say what a past day cannot show: rows without a day, and rows that came in later."""
        model, said = self.desk.moment, []
        if model.is_past:
            found = [model.lens.shown(project, kind) for kind in (Kind.SITE, Kind.ALLEGATION)]
            later, undated = sum(s.later for s in found), sum(s.undated for s in found)
            if later:
                said.append(tr("time.note.later", n=i18n.number(later)))
            if undated:
                said.append(tr("time.note.undated", n=i18n.number(undated)))
        first = model.first_seen.earliest if model.first_seen is not None else None
        if model.moment.mode is Mode.KNOWN and first is not None and said:
            said.append(tr("time.note.since", day=i18n.day(first.date())))
        self.note.setText(" ".join(said))
        self.note.setVisible(bool(said))

    def _filter(self, wanted: MapFilter) -> None:
        self.desk.moment.filter(wanted)

    def _clear(self) -> None:
        from layers.filters import EVERYTHING

        self.desk.moment.filter(EVERYTHING)
