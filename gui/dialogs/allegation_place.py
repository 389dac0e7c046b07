"""Where an allegation points to: a unit, a site or a position, found by typing or on the map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from geo.errors import InputError
from geo.model.entity import Kind, LonLat
from geo.model.vocabulary import Precision
from gui import i18n
from gui.allegation_words import place_words
from gui.i18n import retext, tr
from gui.models.faces import site_title
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, column, row
from gui.widgets.search import Finding, SearchBox
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.gazetteer import Gazetteer, Hit
    from geo.model.allegation import Allegation
    from geo.model.table import Table
    from geo.project import Project
    from geo.search import PlanIndex
    from gui.panels.base import Desk

EACH: Final = 5
LOOKED_AT: Final = 60
MIN_LETTERS: Final = 2
TWO_LINES_PX: Final = 42
SEARCH_PX: Final = 36


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a point, else the smallest unit that is known, else nothing; and the site, if named.

    Attributes:
        admin_code: NCDD code, or empty.
    """

    point: LonLat | None = None
    accuracy_m: float | None = None
    admin_code: str = ""
    precision: Precision = Precision.UNKNOWN
    site_id: str = ""

    @classmethod
    def of(cls, row: Allegation) -> Place:
        """Return where an allegation points to."""
        return cls(row.point, row.accuracy_m, row.admin_code, row.precision, row.site_id)


class PlaceSearch(SearchBox):
    """The field that finds places."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setMaximumWidth(16_777_215)

    def _word(self) -> None:
        self.setPlaceholderText(tr("dialog.allegation.find_place"))
        self.setAccessibleName(tr("dialog.allegation.find_place"))


class PlaceField(QWidget):
    """Finds a place and says in words how far it is known.

    Attributes:
        changed: Another place was chosen.
        taken: It was chosen from the list, so that the keyboard may go on.
        pick_asked: The user wants to click it on the map.
    """

    changed = Signal()
    taken = Signal()
    pick_asked = Signal()

    def __init__(self, desk: Desk, project: Project, window: QWidget, place: Place) -> None:
        """Begin with a place; sites and units are got ready on a worker's thread."""
        super().__init__()
        self._project, self._place = project, place
        self._gazetteer: Gazetteer | None = None
        self._index: PlanIndex | None = None
        self.search = PlaceSearch(window)
        self.search.asked.connect(self._find)
        self.chosen = Data(wrap=True)
        self.chosen.setFixedHeight(TWO_LINES_PX)
        self.accuracy = QLineEdit()
        self.accuracy.setMaximumWidth(64)
        self.accuracy.textChanged.connect(lambda _text: self.changed.emit())
        retext(self.accuracy, self._word_accuracy)
        self.exact = boxed(row(Text("dialog.allegation.within"), self.accuracy, Text("unit.m")))
        self.pick = IconButton("map-pin", "dialog.allegation.pick", flat=False)
        self.pick.clicked.connect(self.pick_asked)
        self.forget = IconButton("x", "dialog.allegation.forget_place", look="small")
        self.forget.clicked.connect(lambda: self.show_place(Place()))
        top = row(self.search, self.pick)
        top.setStretch(0, 1)
        under = row(self.chosen, self.exact, self.forget, gap=6)
        under.setStretch(0, 1)
        self.setLayout(column(top, under, gap=2))
        # Whether the words take one line or two, nothing else of the form moves.
        self.setMinimumHeight(SEARCH_PX + TWO_LINES_PX)
        self.show_place(place)
        retext(self, self._say)
        tables = {kind: project.table(kind) for kind in _searched()}
        desk.runner.run(lambda _progress: _prepared(tables), self._ready, desk.toast.fail)

    @property
    def place(self) -> Place:
        """The place as it stands in the field.

        Raises:
            InputError: The accuracy is no number above zero.
        """
        place = self._place
        if place.point is None:
            return place
        metres = read_metres(self.accuracy.text())
        return Place(place.point, metres, place.admin_code, Precision.POINT, place.site_id)

    def show_place(self, place: Place) -> None:
        """Take another place."""
        self._place = place
        metres = place.accuracy_m
        self.accuracy.setText("" if metres is None else f"{metres:.10g}")
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        place = self._place
        words = place_words(place.precision, place.point, None, place.admin_code)
        if place.site_id and place.site_id in self._project.table(Kind.SITE):
            sites = self._project.table(Kind.SITE)
            words = f"{site_title(sites, sites.index[place.site_id])} · {words}"
        self.chosen.setText(words)
        self.exact.setVisible(place.point is not None)
        self.forget.setVisible(place != Place())

    def _word_accuracy(self) -> None:
        self.accuracy.setAccessibleName(tr("panel.column.accuracy"))
        self.accuracy.setPlaceholderText("?")

    def _ready(self, prepared: tuple[Gazetteer, PlanIndex]) -> None:
        self._gazetteer, self._index = prepared
        if self.search.hasFocus() and self.search.text().strip():
            self._find(self.search.text().strip())

    def _find(self, wanted: str) -> None:
        if len(wanted) < MIN_LETTERS:
            self.search.results.hide()
            return
        findings = [*_positions(wanted, self._take), *self._sites(wanted), *self._units(wanted)]
        self.search.show_findings(findings)

    def _sites(self, wanted: str) -> list[Finding]:
        if self._index is None:
            return []
        table = self._project.table(Kind.SITE)
        found = []
        for hit in self._index.find(wanted, EACH).get(Kind.SITE, ()):
            position = table.index.get(hit.id)
            if position is None:
                continue
            title, code = site_title(table, position), str(table["code"][position] or "")
            second = f"{tr('panel.column.site')} {code}".strip()
            found.append(Finding("building-store", title, second, partial(self._at, hit.id)))
        return found

    def _at(self, site_id: str) -> None:
        """Take a site: what is known of its place is where the allegation points to."""
        from geo.edit.allegations import at_place
        from geo.model.allegation import Allegation
        from geo.model.site import Site

        site = self._project.get(Site, site_id)
        blank = Allegation(site_id=site_id)
        self._take(
            Place.of(
                at_place(
                    blank,
                    point=site.point,
                    accuracy_m=site.accuracy_m,
                    admin_code=site.admin_code,
                )
            )
        )

    def _units(self, wanted: str) -> list[Finding]:
        from geo.edit.allegation_checks import LEVEL_OF

        if self._gazetteer is None:
            return []
        own = self._project.info.province_code
        # A town of the gazetteer bears the code of its unit: people say Poipet, not Paoy Paet.
        hits = [h for h in self._gazetteer.find(wanted, LOOKED_AT) if len(h.code) in LEVEL_OF]
        hits.sort(key=lambda h: not h.code.startswith(own))  # the command's own province first
        return [self._unit(hit, LEVEL_OF[len(hit.code)]) for hit in hits[: 2 * EACH]]

    def _unit(self, hit: Hit, precision: Precision) -> Finding:
        within = ", ".join(i18n.name_of(u.name_km, u.name_en) for u in hit.within)
        place = Place(admin_code=hit.code, precision=precision)
        level = tr(f"window.place.{precision.value}")
        name = i18n.name_of(hit.name_km, hit.name_en)
        return Finding("map-2", name, f"{level} · {within}", lambda: self._take(place))

    def _take(self, place: Place) -> None:
        self.show_place(place)
        self.taken.emit()


def read_metres(text: str) -> float | None:
    """Return metres as they were typed; nothing is unknown.

    Raises:
        InputError: No number above zero.
    """
    from geo.localise import latin_digits

    plain = latin_digits(text).strip().replace(",", ".")
    if not plain:
        return None
    try:
        metres = float(plain)
    except ValueError:
        metres = 0.0
    if not 0 < metres < float("inf"):
        raise InputError("error.allegation.accuracy")
    return metres


def _positions(wanted: str, take: Callable[[Place], object]) -> list[Finding]:
    from geo import crs

    if not any(c.isdigit() for c in wanted):
        return []
    try:
        lon, lat = crs.parse(wanted)
    except InputError:
        return []
    words = crs.format_decimal(lon, lat, khmer_digits=i18n.language() == "km")
    place = Place(LonLat(lon, lat), precision=Precision.POINT)
    return [Finding("map-pin", words, tr("window.search.position"), lambda: take(place))]


def _searched() -> tuple[Kind, ...]:
    from geo.search import FIELDS

    return tuple(FIELDS)


def _prepared(tables: dict[Kind, Table]) -> tuple[Gazetteer, PlanIndex]:
    from geo.gazetteer import Gazetteer
    from geo.search import PlanIndex

    return Gazetteer.load(), PlanIndex.of(tables)
