"""The strip at the tool in hand: what can be typed, what is switched on, its steps, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from geo.errors import InputError
from gui.i18n import message, retext, tr
from gui.tools.options import Option
from gui.tools.tool import MapTool
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, column, restyle, row
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.errors import PlanError
    from gui.tools.options import ToolOptions

FIELD_PX, NARROW_FIELD_PX = 230, 120
NOTICE_PX = 420
ICONS: Final = {Option.SNAPPING: "focus", Option.TRACING: "route", Option.SHARED: "link"}
KEYS: Final = {Option.SNAPPING: "S", Option.TRACING: "T", Option.SHARED: "E"}


class ToolStrip(QFrame):
    """Floats above the map while a tool that draws is in hand.

    Attributes:
        closed: The tool is not wanted any more.
        resized: It has another size.
    """

    closed = Signal()
    resized = Signal()

    def __init__(self, over: QWidget, options: ToolOptions) -> None:
        super().__init__(over)
        self._over, self._options = over, options
        self._tool: MapTool | None = None
        self._room = 0
        self.setObjectName("floating")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.field = QLineEdit()
        self.switches: dict[Option, IconButton] = {}
        for option in Option:
            button = IconButton(ICONS[option], f"tool.option.{option}", keys=KEYS[option])
            button.setCheckable(True)
            button.setProperty("switch", "true")
            button.set_icon(ICONS[option], checked="accent")
            button.clicked.connect(lambda _checked, option=option: options.switch(option))
            self.switches[option] = button
        self.undo = IconButton("arrow-back-up", "tool.strip.undo", keys="Ctrl+Z")
        self.redo = IconButton("arrow-forward-up", "tool.strip.redo", keys="Ctrl+Shift+Z")
        self.finish = Button("tool.strip.finish", "check")
        self.close_button = IconButton("x", "window.cancel", look="small")
        self.fault = Data(role="danger", wrap=True)
        self.fault.setFixedWidth(NOTICE_PX)
        self.fault.hide()
        self._overlap = Data(wrap=True)
        self._overlap.setFixedWidth(NOTICE_PX)
        self.cut = Button("tool.overlap.cut", "scissors", look="primary")
        self.back = Button("tool.overlap.back", look="link")
        self._notice = boxed(column(self._overlap, row(self.cut, self.back, None), gap=6))
        self._notice.hide()
        line = row(
            self.field,
            *self.switches.values(),
            self.undo,
            self.redo,
            self.finish,
            self.close_button,
            None,
            gap=4,
        )
        self.setLayout(column(line, self.fault, self._notice, margin=6, gap=6))
        self._error: PlanError | None = None
        self._press: Callable[[], object] | None = None
        self._connect()
        retext(self, self._word)
        self.hide()

    def _connect(self) -> None:
        self.field.returnPressed.connect(self._enter)
        self.undo.clicked.connect(lambda: self._held().undo())
        self.redo.clicked.connect(lambda: self._held().redo())
        self.finish.clicked.connect(lambda: self._held().finish())
        self.close_button.clicked.connect(self.closed)
        self.cut.clicked.connect(self._cut)
        self.back.clicked.connect(self.calm)
        self._options.changed.connect(self._show_switches)
        self.field.installEventFilter(self)
        self._over.installEventFilter(self)

    # --- the tool -------------------------------------------------------------------------------

    def show_for(self, tool: MapTool | None) -> None:
        """Serve another tool, or hide where it has nothing to offer."""
        self._tool = tool
        self.calm()
        self.field.clear()
        offers = tool is not None and bool(tool.takes or tool.heeds or hasattr(tool, "hatch"))
        if tool is not None and offers:
            self.field.setVisible(bool(tool.takes))
            for option, button in self.switches.items():
                button.setVisible(option in tool.heeds)
            tool.stepped.connect(self._stepped)
            self._show_switches()
            self._show_steps()
            self._word()
        self.setVisible(offers)
        self._resize()

    def _held(self) -> MapTool:
        return self._tool if self._tool is not None else MapTool()

    def show_overlap(self, error: PlanError, cut: Callable[[], object], code: str) -> None:
        """Explain an overlap, and offer with one button to cut it away.

        Args:
            error: Says which zones, and how much.
            cut: Cuts it away.
            code: Text of the button.
        """
        self._error, self._press = error, cut
        self.cut.say(code)
        self._overlap.setText(message(error))
        self._notice.show()
        self.fault.hide()
        self._resize()

    @property
    def overlap_text(self) -> str:
        """What is said about an overlap."""
        return self._overlap.text()

    def calm(self) -> None:
        """Take back what was said."""
        self._error = self._press = None
        self._notice.hide()
        self.fault.hide()
        restyle(self.field, "wrong", "false")
        self._resize()

    def _stepped(self) -> None:
        self._show_steps()
        if self._press is not None:
            self.calm()

    def _show_steps(self) -> None:
        tool = self._tool
        if tool is not None:
            self.undo.setEnabled(tool.can_undo)
            self.redo.setEnabled(tool.can_redo)
            self.finish.setEnabled(tool.can_finish)

    def _show_switches(self) -> None:
        for option, button in self.switches.items():
            button.setChecked(self._options.is_on(option))

    def _cut(self) -> None:
        press, self._press = self._press, None
        self.calm()
        if press is not None:
            press()

    # --- typing ---------------------------------------------------------------------------------

    def _enter(self) -> None:
        tool, text = self._tool, self.field.text().strip()
        if tool is None:
            return
        if not text:
            tool.finish()
            return
        try:
            tool.type_in(text)
        except InputError as error:
            self._error = error
            self.fault.setText(message(error))
            self.fault.show()
            restyle(self.field, "wrong", "true")
            self._resize()
            return
        self.field.clear()
        if self.fault.isVisible():
            self.calm()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._over and self._begins(event):
                self.field.setFocus(Qt.FocusReason.OtherFocusReason)
                self.field.setText(event.text())
                return True
            if watched is self.field and event.key() == Qt.Key.Key_Escape:
                self.field.clear()
                self.calm()
                self._over.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _begins(self, event: QKeyEvent) -> bool:
        """Tell whether a key pressed on the map is the first digit of what is being typed."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return plain and self.field.isVisible() and event.text().isdigit()

    def _word(self) -> None:
        takes = self._tool.takes if self._tool is not None else ""
        if takes:
            words = tr(f"tool.strip.{takes}")
            self.field.setPlaceholderText(words)
            self.field.setAccessibleName(words)
        else:
            self.field.setAccessibleName(tr("tool.strip.corner"))
        if self._error is not None:
            said = self._overlap if self._press is not None else self.fault
            said.setText(message(self._error))
        self._resize()

    def fit(self, room: int) -> None:
        """Leave the field only as wide as the map has room for."""
        if room != self._room:
            self._room = room
            self._resize()

    def _resize(self) -> None:
        layout = self.layout()
        self.field.setFixedWidth(FIELD_PX)
        more = self.sizeHint().width() - self._room if self._room else 0
        if more > 0 and self._notice.isHidden() and self.fault.isHidden():
            self.field.setFixedWidth(max(FIELD_PX - more, NARROW_FIELD_PX))
        if layout is not None:
            layout.activate()
        self.adjustSize()
        self.resized.emit()
