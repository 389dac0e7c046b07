"""A new site, and a site that is put elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from geo import localise, measure
from geo.edit.sites import add_site, move_site
from geo.model.site import Site
from geo.model.vocabulary import Activity, Precision, SiteKind
from gui import i18n
from gui.dialogs.accuracy import AccuracyBox
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import tr
from gui.models.unit_words import unit_words
from gui.widgets.field_values import read_count, reads
from gui.widgets.layouts import row
from gui.widgets.texts import Data, Text
from gui.widgets.unit_field import UnitField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.entity import LonLat
    from geo.placing import PlaceFound
    from geo.project import Project

# A place that is known by a unit is held as exactly as that unit says, and no more.
PRECISION = {8: Precision.VILLAGE, 6: Precision.COMMUNE, 4: Precision.DISTRICT}


class SiteDialog(FormDialog):
    """Asks for a new site, at a point or in a unit.

    Attributes:
        ready: A function from the plan to the edit that adds the site.
    """

    ready = Signal(object)

    def __init__(self, project: Project, found: PlaceFound | None, parent: QWidget) -> None:
        """Ask for the site at `found`, or without a point."""
        super().__init__(parent, "dialog.site.title", "dialog.site.add", width=760)
        self._point = found.point if found is not None else None
        self._suggest(found)
        self.name_km, self.name_en = line(self.check), line(self.check)
        self.name_zh, self.code = line(self.check), line(self.check)
        self.kind = QComboBox()
        for kind in SiteKind:
            self.kind.addItem(i18n.label(kind), kind.value)
        self.kind.setCurrentIndex(-1)
        self.kind.setPlaceholderText(tr("dialog.site.choose"))
        self.kind.currentIndexChanged.connect(lambda _i: self.check())
        self.activity = QComboBox()
        for activity in Activity:
            self.activity.addItem(i18n.label(activity), activity.value)
        self.unit = UnitField(found.admin_code if found is not None else "", in_form=True)
        self.unit.setPlaceholderText(tr("dialog.site.unit_hint"))
        self.unit.textChanged.connect(lambda _text: self.check())
        self.address, self.owner = line(self.check), line(self.check)
        self.capacity = line(self.check)
        user = project.user
        self.source = line(self.check, (user.office or user.name) if user is not None else "")
        self.accuracy = AccuracyBox()
        self.accuracy.currentIndexChanged.connect(lambda _i: self.check())
        what = form()
        add_field(what, "panel.field.name_km", self.name_km)
        add_field(what, "panel.field.name_en", self.name_en)
        add_field(what, "panel.field.name_zh", self.name_zh)
        add_field(what, "panel.column.kind", self.kind)
        add_field(what, "panel.column.activity", self.activity)
        add_field(what, "panel.column.code", self.code)
        where = form()
        if found is not None:
            add_field(where, "panel.column.accuracy", self.accuracy)
        add_field(where, "panel.field.unit", self.unit)
        add_field(where, "panel.site.address", self.address)
        add_field(where, "panel.site.owner", self.owner)
        add_field(where, "panel.column.capacity", self.capacity)
        add_field(where, "panel.column.source", self.source)
        both = row(what, where, gap=24)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.body.addLayout(both)
        self.body.addWidget(Text("dialog.site.unverified", role="caption", wrap=True))
        self.name_km.setFocus()
        self.check()

    def _suggest(self, found: PlaceFound | None) -> None:
        """Say where the site will be and what its unit rests on."""
        if found is None:
            self.body.addWidget(Text("dialog.site.no_point", wrap=True))
            return
        self.body.addWidget(Data(_position(found.point), role="heading"))
        if found.approximate:
            self.body.addWidget(Text("dialog.site.approximate_unit", role="caption", wrap=True))

    def missing(self) -> str:
        names = (self.name_km, self.name_en, self.name_zh, self.code)
        at_point = self._point is not None
        for wanting, code in (
            (not any(field.text().strip() for field in names), "dialog.site.no_name"),
            (self.kind.currentIndex() < 0, "dialog.site.no_kind"),
            (at_point and not self.accuracy.chosen(), "dialog.site.no_accuracy"),
            (not self.unit.sure(), "dialog.site.unit_not_chosen"),
            (not at_point and not self.unit.text().strip(), "dialog.site.no_unit"),
            (not reads(read_count, self.capacity.text()), "error.site.capacity"),
        ):
            if wanting:
                return code
        return ""

    def finish(self) -> None:
        unit = self.unit.code()
        at_point = self._point is not None
        site = Site(
            code=self.code.text().strip(),
            name_km=self.name_km.text().strip(),
            name_en=self.name_en.text().strip(),
            name_zh=self.name_zh.text().strip(),
            kind=SiteKind(self.kind.currentData()),
            activity=Activity(self.activity.currentData()),
            point=self._point,
            precision=(
                Precision.POINT if at_point else PRECISION.get(len(unit), Precision.UNKNOWN)
            ),
            accuracy_m=self.accuracy.metres() if at_point else None,
            admin_code=unit,
            address=self.address.text().strip(),
            owner=self.owner.text().strip(),
            capacity=read_count(self.capacity.text()),
            source=self.source.text().strip(),
        )
        self.ready.emit(lambda _plan: add_site(site))


class MoveSiteDialog(FormDialog):
    """Asks how exact the new position of a site is, and in which unit it lies.

    Attributes:
        ready: A function from the plan to the edit that moves the site.
    """

    ready = Signal(object)

    def __init__(self, site: Site, found: PlaceFound, parent: QWidget) -> None:
        super().__init__(parent, "dialog.move.title", "dialog.move.move", width=560)
        self._site, self._found = site, found
        name = i18n.name_of(site.name_km, site.name_en, site.name_zh or site.code)
        self.body.addWidget(Data(name, role="heading", wrap=True))
        self.body.addWidget(Data(move_words(site.point, found.point), wrap=True))
        self.accuracy = AccuracyBox()
        self.accuracy.currentIndexChanged.connect(lambda _i: self.check())
        # An approximate outline is no reason to leave a unit that somebody knew.
        known = site.admin_code if found.approximate else found.admin_code
        self.unit = UnitField(known or found.admin_code, in_form=True)
        self.unit.textChanged.connect(lambda _text: self.check())
        fields = form()
        add_field(fields, "panel.column.accuracy", self.accuracy)
        add_field(fields, "panel.field.unit", self.unit)
        self.body.addLayout(fields)
        if known and found.admin_code and not known.startswith(found.admin_code):
            words = tr("dialog.move.other_unit", unit=unit_words(found.admin_code))
            self.body.addWidget(Data(words, role="warning", wrap=True))
        self.accuracy.setFocus()
        self.check()

    def missing(self) -> str:
        if not self.accuracy.chosen():
            return "dialog.site.no_accuracy"
        return "" if self.unit.sure() else "dialog.site.unit_not_chosen"

    def finish(self) -> None:
        site_id, point = self._site.id, self._found.point
        metres, unit = self.accuracy.metres(), self.unit.code()
        self.ready.emit(lambda plan: move_site(plan, site_id, point, metres, unit))


def move_words(old: LonLat | None, new: LonLat) -> str:
    """Return from where to where something is moved, and how far."""
    if old is None:
        return _position(new)
    far = localise.format_length(measure.distance_m(old, new), i18n.language())
    return tr("dialog.move.from_to", old=_position(old), new=_position(new), far=far)


def _position(point: LonLat) -> str:
    from geo import crs

    return crs.format_decimal(*point, khmer_digits=i18n.language() == "km")
