"""The tools at the edge of the map: one button a family, and a list of the others of the family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton

from gui import theme
from gui.i18n import retext, tr
from gui.icons import set_icon
from gui.tips import plain_tip
from gui.tool_list import BY_NAME, FAMILIES
from gui.tool_reasons import reason
from gui.widgets.buttons import ICON, IconButton
from gui.widgets.layouts import column
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from gui.panels.base import Desk
    from gui.tool_list import Family, ToolKind

GAP = 6
MARK_PX = 5.0
KEY_AIR_PX, KEY_ROOM_PX = 10, 34
ROW_WORDS: Final = {"draw_zone": "tool.row.draw_zone"}
"""Names that are shorter under the heading of their family."""


class FamilyButton(IconButton):
    """The button of a family: shows the tool of it that was used last."""

    def __init__(self, family: Family) -> None:
        tools = FAMILIES[family]
        self.tools = tools
        self.now = tools[0]
        super().__init__(tools[0].icon, f"action.{tools[0].name}", look="tool", keys=tools[0].keys)
        self.setCheckable(True)

    @property
    def many(self) -> bool:
        """Whether there is a list of tools behind it."""
        return len(self.tools) > 1

    def show_tool(self, tool: ToolKind) -> None:
        """Show another tool of the family."""
        self.now = tool
        self._keys = tool.keys
        self.set_icon(tool.icon, checked="on_accent")
        self.say(f"action.{tool.name}")

    def word(self) -> None:
        super().word()
        if self.many:
            self.setToolTip(f"{self.toolTip()}\n{tr('tool.flyout.other')}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.many:
            return
        tones = theme.current()
        corner = QRectF(self.rect()).bottomRight() - QRectF(0, 0, 4, 4).bottomRight()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.on_accent if self.isChecked() else tones.muted))
        left, above = corner.x() - MARK_PX, corner.y() - MARK_PX
        mark = [(corner.x(), corner.y()), (left, corner.y()), (corner.x(), above)]
        painter.drawPolygon(QPolygonF([QPoint(round(x), round(y)).toPointF() for x, y in mark]))
        painter.end()


class ToolRow(QPushButton):
    """A tool in the list of its family: icon, name and key."""

    def __init__(self, tool: ToolKind) -> None:
        super().__init__()
        self.tool = tool
        self._why: tuple[str, dict[str, object]] = ("", {})
        self.setProperty("toolRow", "true")
        self.setIconSize(ICON)
        self.setAutoDefault(False)
        set_icon(self, tool.icon)
        self._key = QLabel(tool.keys)
        self._key.setProperty("role", "caption")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, KEY_AIR_PX, 0)
        box.addStretch(1)
        box.addWidget(self._key)
        retext(self, self.word)

    def permit(self, why: str, params: dict[str, object]) -> None:
        """Let it be pressed, or say why not."""
        self._why = why, params
        self.setEnabled(not why)
        self.word()

    def sizeHint(self) -> QSize:
        """Leave room for the key beside the name, which a button knows nothing of."""
        hint = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + ICON.width() + 2 * KEY_ROOM_PX, hint.height())

    def word(self) -> None:
        """Word it in the language as it is now."""
        words = tr(ROW_WORDS.get(self.tool.name, f"action.{self.tool.name}"))
        self.setText(words)
        self.setAccessibleName(f"{words} {self.tool.keys}")
        why, params = self._why
        self.setToolTip(plain_tip(tr(why, **params)) if why else "")


class Flyout(QFrame):
    """The tools of one family in words.

    Attributes:
        asked: The user takes one (its name).
    """

    asked = Signal(str)

    def __init__(self, over: QWidget, family: Family) -> None:
        super().__init__(over)
        self.setObjectName("floating")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.rows = {tool.name: ToolRow(tool) for tool in FAMILIES[family]}
        heading = Text(f"tool.family.{family}", role="caption")
        heading.setContentsMargins(8, 2, 8, 2)
        for name, row in self.rows.items():
            row.clicked.connect(lambda _checked, name=name: self.asked.emit(name))
        self.setLayout(column(heading, *self.rows.values(), margin=4, gap=0))
        self.hide()

    def permit(self, desk: Desk) -> None:
        """Let each tool that can be taken now be pressed, and the others say why not."""
        for row in self.rows.values():
            row.permit(*reason(row.tool, desk))


class ToolPalette(QFrame):
    """One button a family.

    Attributes:
        asked: The user takes a tool (its name).
    """

    asked = Signal(str)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self.setObjectName("floating")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._group = QButtonGroup(self)
        self.families: dict[Family, FamilyButton] = {}
        self.flyouts: dict[Family, Flyout] = {}
        for family, tools in FAMILIES.items():
            button = self.families[family] = FamilyButton(family)
            self._group.addButton(button)
            button.clicked.connect(lambda _checked, family=family: self._pressed(family))
            if len(tools) > 1:
                flyout = self.flyouts[family] = Flyout(over, family)
                flyout.asked.connect(self.asked)
        self.setLayout(column(*self.families.values(), margin=4, gap=2))
        self._held = ""

    def show_tool(self, name: str) -> None:
        """Mark a tool as the one in hand; none of them if it has no button of its own."""
        self._held = name
        self.close_flyouts()
        if name:
            tool = BY_NAME[name]
            self.families[tool.family].show_tool(tool)
            self.families[tool.family].setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self.families.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def close_flyouts(self) -> None:
        """Hide the lists."""
        for flyout in self.flyouts.values():
            flyout.hide()

    def refresh(self) -> None:
        """Look again which tools can be taken."""
        for flyout in self.flyouts.values():
            if flyout.isVisible():
                flyout.permit(self._desk)

    def _pressed(self, family: Family) -> None:
        button, flyout = self.families[family], self.flyouts.get(family)
        was_open = flyout is not None and flyout.isVisible()
        free = not reason(button.now, self._desk)[0]
        if free or flyout is None:
            self.asked.emit(button.now.name)
        else:
            self.show_tool(self._held)
        if flyout is not None and not was_open:
            self._open(flyout, button)

    def _open(self, flyout: Flyout, button: FamilyButton) -> None:
        flyout.permit(self._desk)
        flyout.adjustSize()
        over = flyout.parentWidget()
        top = self.y() + button.y()
        if over is not None:
            top = max(min(top, over.height() - flyout.height() - GAP), GAP)
        flyout.move(self.geometry().right() + GAP, top)
        flyout.show()
        flyout.raise_()
