"""A licence entered or corrected by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox

from geo.edit.licences import alike_number, same_number
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import SiteKind
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext, tr
from gui.models.faces import site_title
from gui.widgets.field_values import day_text, read_day
from gui.widgets.layouts import boxed, row
from gui.widgets.texts import Data, Text
from gui.widgets.unit_field import UnitField

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from geo.model.entity import LonLat
    from geo.model.site import Licence
    from geo.project import Project


class LicenceDialog(FormDialog):
    """Asks for a licence.

    Attributes:
        ready: The `Licence`.
    """

    ready = Signal(object)

    def __init__(
        self, project: Project, licence: Licence, parent: QWidget, *, is_new: bool
    ) -> None:
        """Ask for a new licence, or for the changes of one."""
        title = "licence.add" if is_new else "licence.edit"
        super().__init__(parent, title, "licence.enter" if is_new else "licence.keep", width=600)
        self._project, self._licence = project, licence
        self.number = line(self.check, licence.number)
        self.authority = line(self.check, licence.authority)
        self.business = line(self.check, licence.business)
        self.holder = line(self.check, licence.holder)
        self.activity = line(self.check, licence.activity)
        self.kind = QComboBox()
        self.issued = line(self.check, day_text(licence.issued_on))
        self.expires = line(self.check, day_text(licence.expires_on))
        self.no_end = QCheckBox()
        self.no_end.setChecked(licence.expires_on is None and not is_new)
        self.no_end.toggled.connect(lambda _on: self.check())
        self._position_typed = _position_text(licence.point)
        self.position = line(self.check, self._position_typed)
        self.unit = UnitField(licence.admin_code, in_form=True)
        self.unit.textChanged.connect(lambda _text: self.check())
        self.site = line(self.check, _site_words(project, licence.site_id))
        self._site_typed = self.site.text()
        self.said = Data(role="warning", wrap=True)
        self._arrange()
        retext(self, self._word)
        (self.number if is_new else self.accept_button).setFocus()
        self.check()

    def _arrange(self) -> None:
        fields = form()
        add_field(fields, "licence.number", self.number)
        fields.addRow("", self.said)
        add_field(fields, "licence.authority", self.authority)
        add_field(fields, "licence.business", self.business)
        add_field(fields, "licence.holder", self.holder)
        add_field(fields, "licence.kind", self.kind)
        add_field(fields, "licence.activity", self.activity)
        add_field(fields, "licence.issued", self.issued)
        ends = row(self.expires, self.no_end)
        ends.setStretch(0, 1)
        until = boxed(ends)
        until.setMinimumHeight(self.expires.sizeHint().height() + 2)
        add_field(fields, "licence.expires", until)
        add_field(fields, "licence.position", self.position)
        add_field(fields, "licence.unit", self.unit)
        add_field(fields, "licence.site", self.site)
        self.body.addLayout(fields)
        self.body.addWidget(Text("licence.no_verdict", role="caption", wrap=True))

    def _word(self) -> None:
        chosen = self.kind.currentData() or self._licence.activity_kind.value
        self.kind.clear()
        for each in SiteKind:
            self.kind.addItem(i18n.label(each), each.value)
        self.kind.setCurrentIndex(self.kind.findData(chosen))
        self.no_end.setText(tr("panel.licence.no_end"))
        for field in (self.issued, self.expires):
            field.setPlaceholderText(tr("licence.day_example"))
        self.expires.setAccessibleName(tr("licence.expires"))
        self.position.setPlaceholderText(tr("licence.position_example"))
        self.unit.setPlaceholderText(tr("licence.unit_example"))
        self.site.setPlaceholderText(tr("licence.site_example"))

    # --- what was typed -----------------------------------------------------------------------

    def check(self) -> None:
        self.expires.setEnabled(not self.no_end.isChecked())
        self._say_number()
        super().check()

    def _say_number(self) -> None:
        """Say of a number that looks like another one that it is another one."""
        typed = replace(self._licence, number=self.number.text().strip())
        words = ""
        if typed.number and typed.number != self._licence.number:
            others = same_number(self._project, typed)
            alike = alike_number(self._project, typed)
            if others:
                who = ", ".join(sorted({other or "–" for other in others}))
                words = tr("licence.same_number", who=who)
            elif alike:
                words = tr("licence.alike_number", number=typed.number, other=alike)
        self.said.setText(words)
        if self.said.isVisibleTo(self) != bool(words):
            self.said.setVisible(bool(words))
            self.adjustSize()

    def missing(self) -> str:  # noqa: PLR0911 - one for each field that can be wrong
        if not self.number.text().strip():
            return "licence.why.number"
        try:
            issued, expires = self._days()
        except InputError:
            return "licence.why.day"
        if expires is None and not self.no_end.isChecked():
            return "licence.why.end"
        if issued is not None and expires is not None and expires < issued:
            return "licence.why.backwards"
        try:
            self._point()
        except InputError:
            return "licence.why.position"
        try:
            self.unit.code()
        except InputError:
            return "licence.why.unit"
        return self._site()[1]

    def _days(self) -> tuple[date | None, date | None]:
        ends = "" if self.no_end.isChecked() else self.expires.text()
        return read_day(self.issued.text()), read_day(ends)

    def _point(self) -> LonLat | None:
        from geo.placing import read_place

        typed = self.position.text().strip()
        if typed == self._position_typed:
            return self._licence.point  # what was not touched is not rounded
        return read_place(typed) if typed else None

    def _site(self) -> tuple[str, str]:
        """Return the id of the site that was typed, and the code of what is wrong with it."""
        typed = self.site.text().strip()
        if typed == self._site_typed:
            return self._licence.site_id, ""
        if not typed:
            return "", ""
        table = self._project.table(Kind.SITE)
        found = table["merged_into"] == ""
        named = table["code"] == typed
        for name in ("name_en", "name_km", "name_zh"):
            named |= table[name] == typed
        ids = table.ids[found & named]
        if len(ids) == 1:
            return str(ids[0]), ""
        return "", "licence.why.several_sites" if len(ids) else "licence.why.no_site"

    def finish(self) -> None:
        issued, expires = self._days()
        self.ready.emit(
            replace(
                self._licence,
                number=self.number.text(),
                authority=self.authority.text(),
                business=self.business.text(),
                holder=self.holder.text(),
                activity=self.activity.text(),
                activity_kind=SiteKind(self.kind.currentData()),
                issued_on=issued,
                expires_on=expires,
                point=self._point(),
                admin_code=self.unit.code(),
                site_id=self._site()[0],
            )
        )


def _position_text(point: LonLat | None) -> str:
    from geo import crs

    khmer = i18n.language() == "km"
    return "" if point is None else crs.format_decimal(*point, khmer_digits=khmer)


def _site_words(project: Project, site_id: str) -> str:
    if project.find(Site, site_id) is None:
        return ""
    table = project.table(Kind.SITE)
    return site_title(table, table.index[site_id])
