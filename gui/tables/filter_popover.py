"""What a column must have: ticks at its values, a range, a part of the text, or any at all."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QListWidget, QListWidgetItem

from gui.i18n import retext, tr
from gui.models.column import Form, number
from gui.models.facet import folded
from gui.models.filters import FieldFilter
from gui.tables.popover import Popover
from gui.tables.wording import typed_bound, typed_day, typed_number
from gui.widgets.buttons import Button, Segments
from gui.widgets.layouts import restyle, row
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from gui.models.column import ColumnSpec

WIDTH: Final = 300
LISTED: Final = 300
"""Values that are listed; of more, the ones that most rows have."""
FEW: Final = 12
"""So many are seen without looking for one of them."""
LIST_PX: Final = 190
TYPING_MS: Final = 200
LINE_PX: Final = 26
VALUE = Qt.ItemDataRole.UserRole


class FilterPopover(Popover):
    """Narrows a table by one column while it is used.

    Attributes:
        changed: Another `FieldFilter` is wanted.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget, spec: ColumnSpec, wanted: FieldFilter) -> None:
        super().__init__(parent, spec.head, width=WIDTH)
        self.spec, self.wanted = spec, wanted
        self._values: list[tuple[Any, int]] = []
        self.filled = Segments(
            [
                ("any", "table.filter.any"),
                ("filled", "table.filter.filled"),
                ("empty", "table.filter.empty"),
            ],
            "table.filter.presence",
        )
        self.filled.choose({None: "any", True: "filled", False: "empty"}[wanted.filled])
        self.filled.chosen.connect(self._presence)
        self.part = QLineEdit(wanted.part)
        self.part.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._typed)
        self.part.textChanged.connect(lambda _t: self._typing.start(TYPING_MS))
        retext(self.part, self._word)
        self.list = QListWidget()
        self.list.setFixedHeight(LIST_PX)
        keep_from_clipboard(self.list)
        self.list.itemChanged.connect(lambda _item: self._ticked())
        retext(self.list, lambda: self.list.setAccessibleName(tr("table.filter.values_list")))
        self.low, self.high = QLineEdit(), QLineEdit()
        if spec.form in {Form.NUMBER, Form.DATE}:
            self._add_range()
        else:
            self.body.addWidget(self.part)
            self.part.setVisible(spec.form is Form.TEXT)
            self.body.addWidget(self.list)
        self.body.addWidget(self.filled)
        self.clear_button = Button("table.filter.clear", look="link")
        self.clear_button.clicked.connect(self._clear)
        self.body.addLayout(row(None, self.clear_button))

    def _add_range(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        ends = (("table.filter.from", self.low, "low"), ("table.filter.to", self.high, "high"))
        for line, (code, field, name) in enumerate(ends):
            field.setText(typed_bound(self.spec, getattr(self.wanted, name)))
            label = Text(code)
            label.setBuddy(field)
            retext(field, partial(_name, field, code))
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
            field.textChanged.connect(partial(self._bound, name, field))
        self.body.addLayout(grid)

    def show_values(self, values: Sequence[tuple[Any, int]]) -> None:
        """Offer values, each with the number of rows that have it."""
        self._values = list(values)
        many = len(self._values) > FEW
        self.part.setVisible(self.spec.form in {Form.TEXT, Form.CHOICE} and (many or self._is_text))
        self._list_values()

    def show_reach(self, least: float | str | None, most: float | str | None) -> None:
        """Tell the least and the greatest value that there is."""
        self.low.setPlaceholderText(typed_bound(self.spec, least))
        self.high.setPlaceholderText(typed_bound(self.spec, most))

    @property
    def _is_text(self) -> bool:
        return self.spec.form is Form.TEXT

    def _list_values(self) -> None:
        part = folded(self.part.text().strip())
        ticked = self.wanted.values or frozenset()
        self.list.blockSignals(True)  # ticks that stand already are no wish
        self.list.clear()
        for value, count in self._values:
            text = self.spec.shown(value) or tr("table.filter.nothing")
            if part and part not in folded(text):
                continue
            item = QListWidgetItem(f"{text}  ·  {number(count)}")
            item.setData(VALUE, [value])
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            state = Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            item.setSizeHint(QSize(0, LINE_PX))
            self.list.addItem(item)
            if self.list.count() >= LISTED:
                break
        self.list.blockSignals(False)

    def _ticked(self) -> None:
        items = [self.list.item(i) for i in range(self.list.count())]
        listed = {i.data(VALUE)[0]: i.checkState() == Qt.CheckState.Checked for i in items}
        # A value that the search line hides at the moment keeps its tick.
        values = {v for v in self.wanted.values or () if v not in listed}
        values |= {value for value, ticked in listed.items() if ticked}
        self._want(replace(self.wanted, values=frozenset(values) if values else None))

    def _typed(self) -> None:
        self._list_values()
        if self._is_text:
            self._want(replace(self.wanted, part=self.part.text().strip()))

    def _bound(self, name: str, field: QLineEdit, written: str) -> None:
        read = typed_day if self.spec.form is Form.DATE else typed_number
        value = read(written) if written.strip() else None
        wrong = bool(written.strip()) and value is None
        restyle(field, "wrong", "true" if wrong else "false")
        hint = "day" if self.spec.form is Form.DATE else "number"
        field.setToolTip(tr(f"table.filter.wrong_{hint}") if wrong else "")
        if not wrong:
            low = name == "low"
            wanted = replace(self.wanted, low=value) if low else replace(self.wanted, high=value)
            self._want(wanted)

    def _presence(self, key: str) -> None:
        filled = {"any": None, "filled": True, "empty": False}[key]
        self._want(replace(self.wanted, filled=filled))

    def _clear(self) -> None:
        self._want(FieldFilter())
        self.close()

    def _want(self, wanted: FieldFilter) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.changed.emit(wanted)

    def _word(self) -> None:
        code = "table.filter.part" if self._is_text else "table.filter.find"
        self.part.setPlaceholderText(tr(code))
        self.part.setAccessibleName(tr(code))


def _name(field: QLineEdit, code: str) -> None:
    field.setAccessibleName(tr(code))
