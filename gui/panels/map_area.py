"""The map with what floats above it: the tools, and the line that says what the next click does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from geo.edit.verbs import Verb
from geo.model.command import Team, Zone
from geo.model.entity import Kind
from gui import i18n, theme
from gui.i18n import retext, tr
from gui.map.canvas import MapCanvas
from gui.panels.tool_palette import ToolPalette
from gui.panels.tool_strip import ToolStrip
from gui.rights import why_not
from gui.tools.options import ToolOptions
from gui.widgets.drag import TEAM, carried

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

    from gui.panels.base import Desk

MARGIN = 12
ABOVE_EDGE = 62
"""The hint stands above the coordinates, the scale bar and the names of the sources."""


class MapArea(QWidget):
    """The map and its furniture.

    Attributes:
        tool_asked: The user takes a tool (its name).
        file_dropped: A file was dropped onto the map (its path).
        team_dropped: A team was dropped onto a zone (zone id, team id).
    """

    tool_asked = Signal(str)
    file_dropped = Signal(object)
    team_dropped = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.canvas = MapCanvas()
        self.canvas.set_hint_visible(False)  # it stands here, where a drop can speak too
        retext(self.canvas, self._speak)
        theme.on_theme(self.canvas, lambda: self.canvas.set_theme(theme.current().name))
        self.setAcceptDrops(True)
        self.options = ToolOptions(self)
        self.palette_box = ToolPalette(desk, self.canvas)
        self.palette_box.asked.connect(self.tool_asked)
        self.strip = ToolStrip(self.canvas, self.options)
        self.strip.resized.connect(self._place_strip)
        self.hint = QLabel(self.canvas)
        self.hint.setObjectName("hint")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint_code, self._drop_words = "", ""
        retext(self.hint, self._word_hint)
        self._readout = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.canvas, 1)
        self.canvas.installEventFilter(self)
        self.canvas.hint_changed.connect(self.set_hint)

    def show_tool(self, name: str) -> None:
        """Mark a tool as the one in hand; none of them if it has no button of its own."""
        self.palette_box.show_tool(name)

    # --- words --------------------------------------------------------------------------------

    def set_hint(self, code: str) -> None:
        """Say what the next click does."""
        self._hint_code = code
        self._word_hint()

    def set_readout(self, text: str) -> None:
        """Show a live measure of the tool."""
        self._readout = text
        self._word_hint()

    def _speak(self) -> None:
        self.canvas.set_language(i18n.language())
        self.canvas.setAccessibleName(tr("panel.map.name"))

    def _word_hint(self) -> None:
        words = self._drop_words
        if not words and self._hint_code:
            parts = (self._readout, tr(self._hint_code))
            words = "   ·   ".join(part for part in parts if part)
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self._place()

    # --- places -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.palette_box.close_flyouts()  # whoever draws has chosen
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        size = self.canvas.size()
        room = max(size.width() - 2 * MARGIN, 1)
        self.hint.setWordWrap(False)
        if self.hint.sizeHint().width() > room:
            self.hint.setWordWrap(True)
            self.hint.resize(room, self.hint.heightForWidth(room))
        else:
            self.hint.adjustSize()
        self.palette_box.adjustSize()
        self.palette_box.move(MARGIN, MARGIN)
        self._place_strip()
        self.hint.move(
            (size.width() - self.hint.width()) // 2, size.height() - self.hint.height() - ABOVE_EDGE
        )

    def _place_strip(self) -> None:
        left = self.palette_box.geometry().right() + 1 + MARGIN // 2
        self.strip.move(left, MARGIN)
        self.strip.fit(max(self.canvas.controls.x() - MARGIN // 2 - left, 0))

    # --- dropping -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried(event.mimeData(), TEAM) or _file(event) is not None:
            event.acceptProposedAction()
            self._say_drop(self._words_for(event))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._say_drop(self._words_for(event))
        zone = self._zone_under(event)
        self._show_target(zone)
        if _file(event) is not None or zone is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def _words_for(self, event: QDropEvent) -> str:
        """Return what would happen if it were dropped here, or why nothing can."""
        project = self._desk.session.project
        is_file = _file(event) is not None
        why, params = why_not(project, Verb.IMPORT if is_file else Verb.ASSIGN_TEAM)
        if why:
            return tr(why, **params)
        if is_file:
            return tr("panel.map.drop_file")
        zone, team = self._zone_under(event), self._team(event)
        if zone is None or team is None:
            return tr("panel.map.drop_team")
        return tr("panel.map.drop_here", team=team.name, zone=zone.name)

    def _show_target(self, zone: Zone | None) -> None:
        """Mark the zone that would take what is carried, as if it were selected."""
        if zone is not None:
            self.canvas.set_selection(Kind.ZONE, [zone.id])
        else:
            chosen = self._desk.selection
            self.canvas.set_selection(chosen.kind, list(chosen.ids))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._say_drop("")
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._say_drop("")
        self._show_target(None)
        event.acceptProposedAction()
        path, zone = _file(event), self._zone_under(event)
        if path is not None:
            self.file_dropped.emit(path)
        elif zone is not None:
            self.team_dropped.emit(zone.id, carried(event.mimeData(), TEAM))

    def _say_drop(self, words: str) -> None:
        self._drop_words = words
        self._word_hint()

    def _team(self, event: QDropEvent) -> Team | None:
        project = self._desk.session.project
        team_id = carried(event.mimeData(), TEAM)
        return project.find(Team, team_id) if project is not None else None

    def _zone_under(self, event: QDropEvent) -> Zone | None:
        project = self._desk.session.project
        carries = carried(event.mimeData(), TEAM)
        if not carries or project is None or why_not(project, Verb.ASSIGN_TEAM)[0]:
            return None
        at = self.canvas.mapFrom(self, event.position().toPoint())
        lon, lat = self.canvas.view.to_lonlat(float(at.x()), float(at.y()))
        point = shapely.Point(float(lon), float(lat))
        hit = [z for z in project.all(Zone) if z.outline.contains(point)]
        return min(hit, key=lambda z: z.outline.area) if hit else None


def _file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if urls and urls[0].isLocalFile() else None
