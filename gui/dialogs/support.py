"""An ambulance or a fire truck that stands by for several zones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from geo.edit.support import SUPPORT_KINDS
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.support import SupportUnit


class SupportDialog(FormDialog):
    """Asks for its name, kind and contact; where it waits is shown on the map.

    Attributes:
        ready: The `SupportUnit`.
    """

    ready = Signal(object)

    def __init__(self, unit: SupportUnit, parent: QWidget, *, is_new: bool) -> None:
        super().__init__(
            parent,
            "command.support.add" if is_new else "command.support.edit",
            "command.support.add" if is_new else "command.support.keep",
            width=440,
        )
        self._unit = unit
        self.name = line(self.check, unit.name)
        self.kind = QComboBox()
        for kind in SUPPORT_KINDS:
            self.kind.addItem("", kind)
        self.kind.setCurrentIndex(SUPPORT_KINDS.index(unit.kind))
        self.contact = line(self.check, unit.contact)
        fields = form()
        add_field(fields, "dialog.operation.name", self.name)
        add_field(fields, "command.support.kind", self.kind)
        add_field(fields, "panel.team.contact", self.contact)
        self.body.addLayout(fields)
        if unit.point is None:
            self.body.addWidget(Text("command.support.no_place", role="warning", wrap=True))
        retext(self, self._word)
        self.name.setFocus()
        self.check()

    def missing(self) -> str:
        return "" if self.name.text().strip() else "command.why.no_name"

    def finish(self) -> None:
        self.ready.emit(
            replace(
                self._unit,
                name=self.name.text().strip(),
                kind=SUPPORT_KINDS[self.kind.currentIndex()],
                contact=self.contact.text().strip(),
            )
        )

    def _word(self) -> None:
        for at, kind in enumerate(SUPPORT_KINDS):
            self.kind.setItemText(at, i18n.label(kind))
