"""A source: its pseudonym, its reliability, and of which others it is independent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem

from geo.edit.sources import independent_ids, looks_like_a_name
from geo.model.allegation import Source
from geo.model.vocabulary import Reliability
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext, tr
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from geo.project import Project

ROW_PX = 28
MANY = 8
"""More sources than these get a field to find one."""


class SourceDialog(FormDialog):
    """Asks for a source's corrections.

    Attributes:
        ready: Pseudonym, reliability, and the set of ids that it is independent of.
    """

    ready = Signal(str, object, object)

    def __init__(
        self, project: Project, source_id: str, parent: QWidget, near: Collection[str] = ()
    ) -> None:
        """Show a source.

        Args:
            project: The plan.
            source_id: The source.
            parent: The window.
            near: Ids of the sources that matter most here, to stand first in the list.
        """
        super().__init__(parent, "dialog.source.title", "dialog.team.save", width=520)
        source = project.get(Source, source_id)
        self.pseudonym = line(self._named, source.pseudonym)
        self.reliability = QComboBox()
        for grade in Reliability:
            self.reliability.addItem(i18n.label(grade), grade.value)
        self.reliability.setCurrentIndex(self.reliability.findData(source.reliability.value))
        self.warning = Text(role="warning", wrap=True)
        fields = form()
        add_field(fields, "dialog.source.pseudonym", self.pseudonym)
        add_field(fields, "dialog.allegation.reliability", self.reliability)
        self.list = QListWidget()
        keep_from_clipboard(self.list)
        self.list.setMinimumHeight(180)
        retext(self.list, lambda: self.list.setAccessibleName(tr("dialog.source.independent")))
        known = independent_ids(project, source_id)
        others = [s for s in project.all(Source) if s.id != source_id]
        for other in sorted(others, key=lambda s: (s.id not in near, s.pseudonym)):
            item = QListWidgetItem(f"{other.pseudonym} ({other.reliability.value})")
            item.setData(Qt.ItemDataRole.UserRole, other.id)
            on = Qt.CheckState.Checked if other.id in known else Qt.CheckState.Unchecked
            item.setCheckState(on)
            item.setSizeHint(QSize(0, ROW_PX))
            self.list.addItem(item)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.filter.setVisible(len(others) > MANY)
        retext(self.filter, self._word_filter)
        self.body.addWidget(Text("dialog.source.note", role="caption", wrap=True))
        self.body.addLayout(fields)
        self.body.addWidget(self.warning)
        self.body.addWidget(Text("dialog.source.independent", role="heading"))
        self.body.addWidget(Text("dialog.source.independent_note", role="caption", wrap=True))
        self.body.addWidget(self.filter)
        self.body.addWidget(self.list)
        self.list.setVisible(bool(others))
        if others:
            self.list.setCurrentRow(0)
        (self.list if others else self.pseudonym).setFocus()
        self._named()

    def missing(self) -> str:
        return "" if self.pseudonym.text().strip() else "dialog.source.no_pseudonym"

    def finish(self) -> None:
        role = Qt.ItemDataRole.UserRole
        items = [self.list.item(i) for i in range(self.list.count())]
        chosen = {str(i.data(role)) for i in items if i.checkState() is Qt.CheckState.Checked}
        grade = Reliability(self.reliability.currentData())
        self.ready.emit(self.pseudonym.text().strip(), grade, chosen)

    def _named(self) -> None:
        odd = looks_like_a_name(self.pseudonym.text())
        self.warning.say("dialog.source.name_warning" if odd else "")
        self.warning.setVisible(odd)
        self.check()

    def _narrow(self, text: str) -> None:
        needle = text.strip().casefold()
        for i in range(self.list.count()):
            item = self.list.item(i)
            item.setHidden(needle not in item.text().casefold())

    def _word_filter(self) -> None:
        self.filter.setPlaceholderText(tr("action.search"))
        self.filter.setAccessibleName(tr("action.search"))
