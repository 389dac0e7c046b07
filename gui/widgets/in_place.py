"""A value that is corrected where it stands: click or F2, type, Enter; Esc leaves it as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from geo.errors import InputError
from gui.i18n import message, retext, tr
from gui.tips import plain_tip
from gui.widgets.layouts import column, restyle
from gui.widgets.no_copy import keep_stored
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent

    from geo.errors import PlanError

BEGIN_KEYS: Final = {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
ENTER_KEYS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
# Whoever goes on with Tab or the mouse has finished; a window that comes in front has not.
GOING_ON: Final = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
}


class LineEditor(QLineEdit):
    """Edits a line.

    Attributes:
        entered: What stands there is meant.
        left: It is to stay as it was.
        in_form: It is one field of a form, whose own buttons Enter and Esc are for.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, text: str, read: Callable[[str], Any] = str.strip) -> None:
        """Make it with a way from the text to the value, which may raise `InputError`."""
        super().__init__(text)
        self.in_form = False
        self._read = read
        self.selectAll()
        if text:
            keep_stored(self)

    def value(self) -> Any:  # noqa: ANN401 - of whatever kind the field is
        """Return what was typed.

        Raises:
            InputError: It cannot be read.
        """
        return self._read(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS and not self.in_form:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and not self.in_form:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in GOING_ON:
            self.entered.emit()


class ChoiceEditor(QComboBox):
    """Chooses one of a few.

    Attributes:
        entered: What is chosen is meant.
        left: It is to stay as it was.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], chosen: object) -> None:
        """Offer `choices`, pairs of a value and what it is called."""
        super().__init__()
        self._values = [value for value, _ in choices]
        for _, words in choices:
            self.addItem(words)
        self.setCurrentIndex(self._values.index(chosen) if chosen in self._values else -1)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._opened = False
        self.activated.connect(self._activated)

    def value(self) -> Any:  # noqa: ANN401 - of whatever kind the field is
        """Return what is chosen."""
        place = self.currentIndex()
        return self._values[place] if place >= 0 else None

    def showPopup(self) -> None:
        self._opened = True
        super().showPopup()

    def _activated(self) -> None:
        # With the arrow keys one walks through the choices; only the open list ends the choice.
        if self._opened:
            self._opened = False
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in GOING_ON:
            self.entered.emit()


Editor = LineEditor | ChoiceEditor


class Shown(Data):
    """The value as it stands while nobody edits it."""

    asked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text, wrap=True)
        self.setProperty("inplace", "true")
        self.setIndent(0)  # Qt would count the frame twice and leave room for a second line
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def allow(self) -> None:
        """Let it be clicked and reached by Tab."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setProperty("inplace", "editable")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in BEGIN_KEYS:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        restyle(self, "over", "true")
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        restyle(self, "over", "false")
        super().leaveEvent(event)


class InPlace(QWidget):
    """A value with its editor.

    Attributes:
        ended: Nobody edits it any more.
        editing: Somebody does.
    """

    ended = Signal()

    def __init__(
        self,
        name: str,
        text: str,
        make: Callable[[], Editor],
        save: Callable[[Any, Callable[[], None], Callable[[PlanError], None]], None],
        *,
        key: str = "",
    ) -> None:
        """Show a value.

        Args:
            name: Code of what it is called.
            text: The value in words; nothing is shown as a dash.
            make: Makes an editor that holds the value.
            save: Takes the new value, what to call when it is kept, and what with a refusal.
            key: Name by which the dossier finds it again after it was built anew.
        """
        super().__init__()
        self._make, self._save = make, save
        self._editor: Editor | None = None
        self._first: object = None
        self.shown = Shown(text or "–")
        self.shown.setObjectName(f"field-{key or name}")
        self.shown.asked.connect(self.begin)
        self.fault = Data(role="danger", wrap=True)
        self.fault.hide()
        self._name, self._why, self._params = name, "", dict[str, object]()
        self._box = column(self.shown, self.fault, gap=2)
        self.setLayout(self._box)
        self.shown.allow()
        retext(self, self._word)

    @property
    def editing(self) -> bool:
        """Whether somebody edits it."""
        return self._editor is not None

    @property
    def editor(self) -> Editor | None:
        """What edits it now."""
        return self._editor

    def forbid(self, code: str, **params: object) -> None:
        """Leave it to be read only, and say why."""
        self._why, self._params = code, params
        self.shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.shown.setCursor(Qt.CursorShape.ArrowCursor)
        self.shown.setProperty("inplace", "true")
        self._word()

    def begin(self) -> None:
        """Edit it."""
        if self._why or self._editor is not None:
            return
        editor = self._editor = self._make()
        self._first = _value_of(editor)
        editor.setAccessibleName(tr(self._name))
        editor.entered.connect(self._enter)
        editor.left.connect(self.end)
        self._box.insertWidget(0, editor)
        editor.show()  # only what is shown can take the keyboard
        self.setFocusProxy(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.hide()
        if isinstance(editor, ChoiceEditor):
            QTimer.singleShot(0, editor, editor.showPopup)

    def end(self) -> None:
        """Show the value again; what was typed and not entered is dropped."""
        editor, self._editor = self._editor, None
        if editor is None or not isValid(self):
            return
        had = editor.hasFocus()
        self.setFocusProxy(self.shown)
        self.fault.hide()
        self.shown.show()
        if had:
            self.shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self.ended.emit()

    def _enter(self) -> None:
        if self._editor is None:
            return
        try:
            value = self._editor.value()
        except InputError as error:
            self._refuse(error)
            return
        if value == self._first:
            self.end()
            return
        self._save(value, self.end, self._refuse)

    def _refuse(self, error: PlanError) -> None:
        if not isValid(self) or self._editor is None:
            return
        restyle(self._editor, "wrong", "true")
        self.fault.setText(message(error))
        self.fault.show()

    def _word(self) -> None:
        self.shown.setAccessibleName(f"{tr(self._name)}: {self.shown.text()}")
        tip = tr(self._why, **self._params) if self._why else tr("panel.field.tip")
        self.shown.setToolTip(plain_tip(tip))


def _value_of(editor: Editor) -> object:
    try:
        return editor.value()
    except InputError:
        return None
