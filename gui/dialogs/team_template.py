"""The button of a team's form that applies a template, and saves the team as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from geo.catalogue import LANGUAGES
from geo.edit.team_templates import command_order, template_of
from geo.errors import PlanError
from gui.dialogs.base import line
from gui.i18n import message, retext, tr
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import boxed, column, row
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from geo.edit.team_templates import TeamTemplate
    from geo.model.command import Team
    from gui.template_files import TemplateFiles


class TemplateBar(QWidget):
    """Chooses and saves templates.

    Attributes:
        chosen: A template is to be applied (a `TeamTemplate`).
    """

    chosen = Signal(object)

    def __init__(self, files: TemplateFiles | None, team: Callable[[], Team]) -> None:
        """Offer the templates of a person; `team` returns what stands in the form."""
        super().__init__()
        self._files, self._team = files, team
        self.button = Button("template.choose", "copy", tip="template.tip")
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self.fill)
        self.button.setMenu(self.menu)
        self.name = line(self._check)
        retext(self.name, self._word)
        self.keep = Button("template.keep")
        self.keep.clicked.connect(self.save)
        self.name.returnPressed.connect(self.save)
        cancel = Button("window.cancel", look="link")
        fields = row(self.name, self.keep, cancel, gap=6)
        fields.setStretch(0, 1)
        self.entry = boxed(column(fields, Text("template.note", role="caption", wrap=True), gap=4))
        self.entry.hide()
        cancel.clicked.connect(self.entry.hide)
        self.words = Data(role="caption", wrap=True)
        self.words.hide()
        self.setLayout(column(row(self.button, None), self.entry, self.words, gap=6))
        self._check()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return in the name saves the template; the dialog behind would take it for its own button.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
        else:
            super().keyPressEvent(event)

    def fill(self) -> None:
        """Offer what there is now."""
        self.menu.clear()
        for language in LANGUAGES:
            order = command_order(language)
            name = tr(
                "template.order_in", name=order.name, language=tr(f"template.language.{language}")
            )
            self._offer(name, order)
        saved = self._files.all() if self._files is not None else ()
        if saved:
            self.menu.addSeparator()
        for template in saved:
            self._offer(template.name, template)
        self.menu.addSeparator()
        if self._files is not None:
            self.menu.addAction(tr("template.save")).triggered.connect(self.ask_name)
        for template in saved:
            words = tr("template.delete", name=template.name).replace("&", "&&")
            self.menu.addAction(words).triggered.connect(
                lambda _on=False, name=template.name: self._remove(name)
            )

    def ask_name(self) -> None:
        """Ask what the template is to be called."""
        self.words.hide()
        self.name.setText(self._team().name)
        self.entry.show()
        self.name.setFocus()
        self.name.selectAll()

    def save(self) -> None:
        """Save what stands in the form as a template."""
        if self._files is None or not self.name.text().strip():
            return
        try:
            template = template_of(self._team(), self.name.text())
            self._files.save(template)
        except PlanError as error:
            self._tell(message(error))
            return
        self.entry.hide()
        self._tell(tr("template.saved", name=template.name))

    def _remove(self, name: str) -> None:
        if self._files is not None:
            self._files.remove(name)

    def _offer(self, name: str, template: TeamTemplate) -> None:
        entry = self.menu.addAction(name.replace("&", "&&"))
        entry.triggered.connect(lambda _on=False: self.chosen.emit(template))

    def _tell(self, words: str) -> None:
        self.words.setText(words)
        self.words.show()

    def _check(self) -> None:
        if hasattr(self, "keep"):
            explain(self.keep, "" if self.name.text().strip() else "error.template.no_name")

    def _word(self) -> None:
        self.name.setAccessibleName(tr("template.name"))
        self.name.setPlaceholderText(tr("template.name"))
