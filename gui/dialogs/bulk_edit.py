"""The same value in many rows: which fields, what in them, and how many rows that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from geo.edit.bulk import BULK_FIELDS, BulkField, BulkForm, changing, checked
from geo.errors import InputError
from gui import i18n
from gui.dialogs.base import FormDialog
from gui.i18n import message, retext, tr
from gui.models.columns import COLUMNS
from gui.tables.wording import typed_day, typed_number
from gui.widgets.layouts import restyle
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Kind
    from geo.project import Project


class FieldEditor:
    """One field: a tick, and what it is to be.

    Attributes:
        tick: The field is to be changed.
        widget: Takes the value.
    """

    def __init__(self, name: str, head: str, field: BulkField) -> None:
        self.name, self.field = name, field
        self.tick = QCheckBox()
        retext(self.tick, lambda: self.tick.setText(tr(head)))
        self.widget: QComboBox | QLineEdit
        if field.form in {BulkForm.CHOICE, BulkForm.YES_NO}:
            self.widget = QComboBox()
            for value, code in _choices(field):
                self.widget.addItem(code, value)
            self.widget.setCurrentIndex(-1)
            self.widget.setPlaceholderText(tr("bulk.choose"))
        else:
            self.widget = QLineEdit()
            if field.form is BulkForm.DAY:
                self.widget.setPlaceholderText(tr("bulk.day"))
        retext(self.widget, lambda: self.widget.setAccessibleName(tr(head)))
        self.widget.setEnabled(False)
        self.tick.toggled.connect(self.widget.setEnabled)

    def value(self) -> Any:  # noqa: ANN401 - whatever the field takes
        """Return what was filled in, for `geo.edit.bulk` to look at.

        Raises:
            InputError: It cannot be read as what the field takes.
        """
        if isinstance(self.widget, QComboBox):
            return self.widget.currentData()
        written = self.widget.text().strip()
        if not written or self.field.form is BulkForm.TEXT:
            return written
        if self.field.form is BulkForm.DAY:
            return typed_day(written) or written
        found = typed_number(written)
        return written if found is None else found


def _choices(field: BulkField) -> list[tuple[object, str]]:
    if field.form is BulkForm.YES_NO:
        return [(True, tr("table.place.approximate")), (False, tr("table.place.exact"))]
    return [(m.value, i18n.label(m)) for m in field.choices or ()]


class BulkEditDialog(FormDialog):
    """Asks what is to be the same in the selected rows.

    Attributes:
        ready: Field → value.
    """

    ready = Signal(object)

    def __init__(self, project: Project, kind: Kind, ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, "bulk.title", "bulk.change", width=520)
        self._project, self._kind, self._ids = project, kind, tuple(ids)
        heads = {spec.key: spec.head for spec in COLUMNS[kind]}
        self.editors = [
            FieldEditor(name, heads[name], field) for name, field in BULK_FIELDS[kind].items()
        ]
        n = i18n.number(len(ids))
        self.body.addWidget(Data(f"{n} × {i18n.label(kind)}", role="heading"))
        self.body.addWidget(Text("bulk.note", role="caption", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, editor in enumerate(self.editors):
            grid.addWidget(editor.tick, line, 0)
            grid.addWidget(editor.widget, line, 1)
            editor.tick.toggled.connect(lambda _on: self._look())
            if isinstance(editor.widget, QComboBox):
                editor.widget.currentIndexChanged.connect(lambda _i: self._look())
            else:
                editor.widget.textChanged.connect(lambda _t: self._look())
        self.body.addLayout(grid)
        self.preview = Data(role="caption", wrap=True)
        self.body.addWidget(self.preview)
        self._count = 0
        self._wrong: InputError | None = None
        self.editors[0].tick.setFocus()
        self._look()

    def values(self) -> dict[str, Any]:
        """Return field → value of the ticked fields.

        Raises:
            InputError: A value is not possible.
        """
        found = {}
        for editor in self.editors:
            if not editor.tick.isChecked():
                restyle(editor.widget, "wrong", "false")
                continue
            value = editor.value()
            try:
                checked(self._kind, editor.name, value)
            except InputError:
                untouched = isinstance(editor.widget, QComboBox) and value is None
                restyle(editor.widget, "wrong", "false" if untouched else "true")
                raise
            restyle(editor.widget, "wrong", "false")
            found[editor.name] = value
        return found

    def _look(self) -> None:
        """Say how many rows would be another."""
        self._wrong, self._count = None, 0
        try:
            values = self.values()
            self._count = changing(self._project, self._kind, self._ids, values)
        except InputError as error:
            self._wrong = error
            self.preview.setText(message(error))
        else:
            n, total = i18n.number(self._count), i18n.number(len(self._ids))
            emptied = any(v in {"", None} for v in values.values())
            more = f" · {tr('bulk.empty')}" if emptied else ""
            self.preview.setText(tr("bulk.preview", n=n, total=total) + more)
        self.check()
        self.grow()

    def missing(self) -> str:
        if not any(editor.tick.isChecked() for editor in self.editors):
            return "bulk.why.no_field"
        if self._wrong is not None:
            return "bulk.why.value"
        return "" if self._count else "bulk.why.nothing"

    def finish(self) -> None:
        self.ready.emit(self.values())
