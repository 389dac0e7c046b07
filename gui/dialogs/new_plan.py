"""A new plan: its name, its province, who acts, and whether it is protected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFileDialog, QLineEdit, QRadioButton, QWidget

from geo.model.vocabulary import Role
from gui import i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext, tr
from gui.services import NewPlan
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Text

PLAIN, PROTECTED = ".gpkg", ".ucmplan"
MIN_PASSPHRASE = 12
FIRST_ROLES = (Role.PLANNER, Role.GOVERNOR)
"""Roles that may make a plan."""


class NewPlanDialog(FormDialog):
    """Asks for a new plan.

    Attributes:
        ready: The `NewPlan` that was asked for.
    """

    ready = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "dialog.new_plan.title", "dialog.new_plan.create", width=600)
        self.name = line(self._name_changed)
        self.province = QComboBox()
        self.province.setEditable(True)
        self.province.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.province.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.province.currentTextChanged.connect(lambda _text: self.check())
        self.user = line(self.check)
        self.office = line(self.check)
        self.role = QComboBox()
        self.plain = QRadioButton()
        self.protected = QRadioButton()
        self.plain.setChecked(True)
        self.passphrase = line(self.check)
        self.again = line(self.check)
        for secret in (self.passphrase, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.path = line(self.check)
        self._path_by_hand = False
        self.path.textEdited.connect(lambda _text: self._own_path())
        browse = Button("dialog.browse", "folder-open")
        browse.clicked.connect(self._browse)
        fields = form()
        add_field(fields, "dialog.new_plan.name", self.name)
        add_field(fields, "dialog.new_plan.province", self.province)
        add_field(fields, "dialog.new_plan.user", self.user)
        add_field(fields, "dialog.new_plan.office", self.office)
        add_field(fields, "dialog.new_plan.role", self.role)
        self.body.addLayout(fields)
        self.body.addWidget(self._protection())
        place = form()
        add_field(place, "dialog.new_plan.file", self.path)
        self.body.addLayout(row(place, browse))
        retext(self, self._fill)
        self.protected.toggled.connect(self._protection_changed)
        self._protection_changed()
        self.name.setFocus()
        self.check()

    def _protection(self) -> QWidget:
        retext(self.plain, lambda: self.plain.setText(tr("dialog.new_plan.plain")))
        retext(self.protected, lambda: self.protected.setText(tr("dialog.new_plan.protected")))
        secrets = form()
        add_field(secrets, "dialog.passphrase", self.passphrase)
        add_field(secrets, "dialog.new_plan.again", self.again)
        self._secrets = boxed(secrets)
        return card(
            column(
                self.plain,
                Text("dialog.new_plan.plain_means", role="caption", wrap=True),
                self.protected,
                Text("dialog.new_plan.protected_means", role="caption", wrap=True),
                self._secrets,
                margin=12,
                gap=2,
            )
        )

    def _fill(self) -> None:
        """Fill the lists in the window's language."""
        from geo.gazetteer import Gazetteer

        chosen, role = self.province.currentData(), self.role.currentData()
        self.province.clear()
        for unit in Gazetteer.load().provinces:
            self.province.addItem(i18n.name_of(unit.name_km, unit.name_en), unit.code)
        self.province.setCurrentIndex(self.province.findData(chosen) if chosen else -1)
        self.role.clear()
        for each in FIRST_ROLES:
            self.role.addItem(i18n.label(each), each.value)
        self.role.setCurrentIndex(max(self.role.findData(role), 0))
        self.name.setPlaceholderText(tr("dialog.new_plan.name_example"))
        field = self.province.lineEdit()
        if field is not None:
            field.setPlaceholderText(tr("dialog.new_plan.province_choose"))
        self.user.setPlaceholderText(tr("dialog.new_plan.user_example"))

    def _protection_changed(self) -> None:
        self._secrets.setVisible(self.protected.isChecked())
        self._suggest_path()
        self.check()

    def _name_changed(self) -> None:
        self._suggest_path()
        self.check()

    def _own_path(self) -> None:
        self._path_by_hand = True

    def _suffix(self) -> str:
        return PROTECTED if self.protected.isChecked() else PLAIN

    def _suggest_path(self) -> None:
        """Follow the name until the user chose a file himself; the suffix always follows."""
        if self._path_by_hand and self.path.text().strip():
            self.path.setText(str(Path(self.path.text()).with_suffix(self._suffix())))
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        stem = "".join(c if c not in '\\/:*?"<>|' else "-" for c in self.name.text().strip())
        self.path.setText(str(Path(folder) / f"{stem}{self._suffix()}") if stem else "")

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("dialog.new_plan.file"), self.path.text(), f"*{self._suffix()}"
        )
        if name:
            self._path_by_hand = True
            self.path.setText(str(Path(name).with_suffix(self._suffix())))

    def missing(self) -> str:
        secret, again = self.passphrase.text(), self.again.text()
        protected = self.protected.isChecked()
        for wanting, code in (
            (not self.name.text().strip(), "dialog.new_plan.no_name"),
            (self._province() is None, "dialog.new_plan.no_province"),
            (not self.user.text().strip(), "dialog.new_plan.no_user"),
            (protected and len(secret) < MIN_PASSPHRASE, "dialog.new_plan.short_passphrase"),
            (protected and secret != again, "dialog.new_plan.not_the_same"),
            (not self.path.text().strip(), "dialog.new_plan.no_file"),
        ):
            if wanting:
                return code
        return ""

    def _province(self) -> str | None:
        at = self.province.findText(self.province.currentText(), Qt.MatchFlag.MatchFixedString)
        return self.province.itemData(at) if at >= 0 else None

    def finish(self) -> None:
        role = self.role.currentData()
        self.ready.emit(
            NewPlan(
                path=Path(self.path.text().strip()).with_suffix(self._suffix()),
                name=self.name.text().strip(),
                province_code=self._province() or "",
                user_name=self.user.text().strip(),
                office=self.office.text().strip(),
                role=Role(role),
                passphrase=self.passphrase.text() if self.protected.isChecked() else None,
            )
        )
