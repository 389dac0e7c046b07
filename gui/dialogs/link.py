"""Links: what is linked with what, how surely, and by whose word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget
from shiboken6 import isValid

from geo.edit.links import add_link, edit_link
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind, PersonRef
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.dialogs.person import PersonFields
from gui.i18n import retext, tr
from gui.widgets.buttons import Segments
from gui.widgets.field_values import day_text, read_day, reads
from gui.widgets.layouts import boxed, card, column
from gui.widgets.search import Finding, SearchBox
from gui.widgets.spins import NumberField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.project import Project
    from geo.search import PlanIndex
    from gui.tasks.runner import TaskRunner

PERSON, PLACE, NEW = "person", "place", "new"
EACH: Final = 6
HALF: Final = 50
"""Confidence in per cent of a link of which nobody has said more."""
_ICONS: Final = {Kind.SITE: "building-store", Kind.CROSSING: "barrier-block"}


class _SayFields(QWidget):
    """What a link says: what connects the two, how surely, by whose word, since when."""

    def __init__(self, changed: Callable[[], object], link: Link | None = None) -> None:
        super().__init__()
        self.kind = QComboBox()
        for each in LinkKind:
            self.kind.addItem(i18n.label(each), each.value)
        self.kind.setCurrentIndex(-1 if link is None else self.kind.findData(link.kind.value))
        self.kind.setPlaceholderText(tr("dialog.decide.choose"))
        self.confidence = NumberField(
            HALF if link is None else round(link.confidence * 100), 0, 100
        )
        self.confidence.setSingleStep(5)
        self.confidence.setSuffix(" %")
        self.source = line(changed, "" if link is None else link.source)
        self.seen = line(changed, "" if link is None else day_text(link.seen_on))
        retext(self.seen, lambda: self.seen.setPlaceholderText(tr("dialog.crossing.since_hint")))
        retext(self.source, lambda: self.source.setPlaceholderText(tr("dialog.link.source_hint")))
        fields = form()
        add_field(fields, "dialog.link.kind", self.kind)
        add_field(fields, "dialog.link.confidence", self.confidence)
        add_field(fields, "dialog.link.source", self.source)
        add_field(fields, "dialog.link.seen", self.seen)
        self.setLayout(fields)
        self.kind.currentIndexChanged.connect(lambda _i: changed())

    def missing(self) -> str:
        """Return the code of what still has to be filled in, or empty."""
        for wanting, code in (
            (self.kind.currentIndex() < 0, "dialog.link.no_kind"),
            (not self.source.text().strip(), "dialog.link.no_source"),
            (not reads(read_day, self.seen.text()), "dialog.crossing.no_day"),
        ):
            if wanting:
                return code
        return ""


class LinkDialog(FormDialog):
    """Asks for a new link of a row: with a person known or new, a site or a crossing.

    Attributes:
        ready: A function from the plan to the edit that adds it.
    """

    ready = Signal(object)

    def __init__(
        self,
        project: Project,
        end: tuple[Kind, str],
        title: str,
        parent: QWidget,
        runner: TaskRunner,
    ) -> None:
        """Ask what is linked with a row.

        Args:
            project: The plan.
            end: Kind and id of the row.
            title: What it is called.
            parent: The window over which it stands.
            runner: Reads the names of places while somebody types.
        """
        super().__init__(parent, "dialog.link.title", "dialog.link.add", width=560)
        self._project, self._end, self._runner = project, end, runner
        self._index: PlanIndex | None = None
        self._reading = False
        self._place: tuple[Kind, str] | None = None
        self.body.addWidget(
            card(
                column(
                    Data(title, role="heading", wrap=True),
                    Text("dialog.link.note", role="caption", wrap=True),
                    margin=12,
                    gap=4,
                )
            )
        )
        self.what = Segments(
            [(PERSON, "dialog.link.person"), (PLACE, "dialog.link.place")], "dialog.link.with"
        )
        self.what.choose(PERSON)
        self.person = QComboBox()
        self.person.addItem(tr("dialog.link.new_person"), NEW)
        known = sorted(project.all(PersonRef), key=lambda p: p.pseudonym)
        for each in known:
            if each.id != end[1]:
                self.person.addItem(f"{each.pseudonym} · {i18n.label(each.role)}", each.id)
        self.new = PersonFields(self.check)
        self.search = SearchBox(self)
        self.search.setMaximumWidth(16777215)
        retext(self.search, self._word_search)
        self.chosen = Data(role="heading", wrap=True)
        self.chosen.hide()
        self._person_box = boxed(column(self.person, self.new, gap=10))
        self._place_box = boxed(column(self.chosen, self.search, gap=6))
        self.said = _SayFields(self.check)
        self.body.addWidget(self.what)
        self.body.addWidget(self._person_box)
        self.body.addWidget(self._place_box)
        self.body.addWidget(self.said)
        self.what.chosen.connect(lambda _key: self._turn())
        self.person.currentIndexChanged.connect(lambda _i: self._turn())
        self.search.asked.connect(self._find)
        self._turn()
        self.new.pseudonym.setFocus()

    def missing(self) -> str:
        if self.what.choice() == PLACE and self._place is None:
            return "dialog.link.no_place"
        if self._is_new() and (code := self.new.missing()):
            return code
        return self.said.missing()

    def finish(self) -> None:
        person = self.new.person() if self._is_new() else None
        if self.what.choice() == PLACE and self._place is not None:
            other = self._place
        else:
            other = Kind.PERSON_REF, person.id if person is not None else self.person.currentData()
        link = Link(
            from_kind=self._end[0],
            from_id=self._end[1],
            to_kind=other[0],
            to_id=other[1],
            kind=LinkKind(self.said.kind.currentData()),
            confidence=self.said.confidence.value() / 100,
            source=self.said.source.text().strip(),
            seen_on=read_day(self.said.seen.text()),
        )
        self.ready.emit(lambda plan: add_link(plan, link, person=person))

    def _is_new(self) -> bool:
        return self.what.choice() == PERSON and self.person.currentData() == NEW

    def _turn(self) -> None:
        persons = self.what.choice() == PERSON
        self._person_box.setVisible(persons)
        self._place_box.setVisible(not persons)
        self.new.setVisible(self._is_new())
        self.check()
        self.grow()

    def _word_search(self) -> None:
        self.search.setPlaceholderText(tr("dialog.link.find"))
        self.search.setAccessibleName(tr("dialog.link.find"))

    def _find(self, wanted: str) -> None:
        if len(wanted) < 2:  # noqa: PLR2004 - one letter finds everything
            self.search.results.hide()
            return
        if self._index is None:
            self._prepare()
            return
        found = []
        hits = self._index.find(wanted, EACH)
        for kind, icon in _ICONS.items():
            table = self._project.table(kind)
            for hit in hits.get(kind, ()):
                if hit.id not in table or hit.id == self._end[1]:
                    continue
                at = table.index[hit.id]
                name = i18n.name_of(table["name_km"][at], table["name_en"][at], "–")
                take = partial(self._take, kind, hit.id, name)
                found.append(Finding(icon, name, i18n.label(kind), take))
        self.search.show_findings(found)

    def _prepare(self) -> None:
        from geo.search import FIELDS, PlanIndex

        if self._reading:
            return
        self._reading = True
        tables = {kind: self._project.table(kind) for kind in FIELDS}
        self._runner.run(lambda _progress: PlanIndex.of(tables), self._ready, self.refuse)

    def _ready(self, index: PlanIndex) -> None:
        if isValid(self):
            self._index = index
            self._find(self.search.text().strip())

    def _take(self, kind: Kind, row_id: str, name: str) -> None:
        self._place = kind, row_id
        self.chosen.setText(f"{name} · {i18n.label(kind)}")
        self.chosen.show()
        self.check()
        self.grow()
        self.said.kind.setFocus()


class LinkEditDialog(FormDialog):
    """Asks for the corrections of a link; its ends stay.

    Attributes:
        ready: A function from the plan to the edit.
    """

    ready = Signal(object)

    def __init__(self, link: Link, title: str, parent: QWidget) -> None:
        super().__init__(parent, "dialog.link.edit", "dialog.team.save", width=520)
        self._link_id = link.id
        self.body.addWidget(Data(title, role="heading", wrap=True))
        self.said = _SayFields(self.check, link)
        self.body.addWidget(self.said)
        self.said.kind.setFocus()
        self.check()

    def missing(self) -> str:
        return self.said.missing()

    def finish(self) -> None:
        said, link_id = self.said, self._link_id
        kind = LinkKind(said.kind.currentData())
        confidence, source = said.confidence.value() / 100, said.source.text().strip()
        seen = read_day(said.seen.text())
        self.ready.emit(
            lambda plan: edit_link(
                plan, link_id, kind=kind, confidence=confidence, source=source, seen_on=seen
            )
        )
