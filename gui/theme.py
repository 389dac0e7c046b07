"""Colours, fonts and the style sheet: one accent, one grey ramp, an 8 px grid, 6 px corners."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QLoggingCategory, QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from gui import style_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from geo.catalogue import Language

ThemeName = Literal["light", "dark"]

TEXT_PX: Final = 13
CAPTION_PX: Final = 11
TITLE_PX: Final = 16
GRID: Final = 8
CORNER: Final = 6
KHMER_LINE: Final = 1.3
"""Khmer stacks signs above and below its letters: lines stand this much further apart."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a theme as ``#rrggbb``.

    Attributes:
        ground: Behind everything.
        surface: Panels.
        raised: Fields, cards, menus.
        line: Borders and separators.
        strong_line: Borders of what can be pressed.
        text: Text.
        muted: Captions and what is less important.
        accent: The one accent.
        on_accent: Text upon the accent.
        tint: A breath of the accent, behind what is selected.
        hover: Behind what the pointer is over.
        warning: Something needs attention.
        danger: Something failed.
        allegation: The one colour of allegations.
    """

    name: ThemeName
    ground: str
    surface: str
    raised: str
    line: str
    strong_line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    tint: str
    hover: str
    warning: str
    warning_tint: str
    danger: str
    danger_tint: str
    allegation: str
    allegation_tint: str


LIGHT: Final = Theme(
    name="light",
    ground="#EEF1F1",
    surface="#F8FAFA",
    raised="#FFFFFF",
    line="#DDE3E3",
    strong_line="#C3CCCC",
    text="#1B2324",
    muted="#5B6768",
    accent="#0F766E",
    accent_hover="#0B5F59",
    on_accent="#FFFFFF",
    tint="#D9EEEB",
    hover="#E9EEEE",
    warning="#9A6200",
    warning_tint="#FCF1DA",
    danger="#A63A00",
    danger_tint="#FBE8DE",
    allegation="#882E72",
    allegation_tint="#F4E6F0",
)
DARK: Final = Theme(
    name="dark",
    ground="#101516",
    surface="#182021",
    raised="#212A2B",
    line="#2E393A",
    strong_line="#445253",
    text="#E7ECEC",
    muted="#9DAAAB",
    accent="#2FB5A8",
    accent_hover="#4CC7BB",
    on_accent="#06211F",
    tint="#173B38",
    hover="#283233",
    warning="#F0B44A",
    warning_tint="#3A2D12",
    danger="#FF9B6A",
    danger_tint="#402216",
    allegation="#D79AC8",
    allegation_tint="#3A2235",
)
THEMES: Final[dict[str, Theme]] = {"light": LIGHT, "dark": DARK}


class _Wardrobe(QObject):
    """Holds the theme and tells when it changes."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT


_WARDROBE: Final = _Wardrobe()


def current() -> Theme:
    """Return the theme of the window."""
    return _WARDROBE.theme


class _Repainter(QObject):
    """A child of the widget that it dresses, so that it goes away with it."""

    def __init__(self, owner: QObject, dress: Callable[[], None]) -> None:
        super().__init__(owner)
        self._dress = dress
        _WARDROBE.changed.connect(self.dress)

    @Slot()
    def dress(self) -> None:
        """Dress the owner in the theme as it is now."""
        self._dress()


def on_theme(owner: QObject, dress: Callable[[], None]) -> None:
    """Call `dress` now and whenever the theme changes, for as long as `owner` lives."""
    _Repainter(owner, dress)
    dress()


def load_fonts() -> None:
    """Bring the fonts of `resources` into the application; it never asks the system for any."""
    # Where a text mixes both scripts Qt remarks that the first family lacks the other script, and
    # then does what it should: it takes the second family.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    for entry in sorted((files("resources") / "fonts").iterdir(), key=lambda path: path.name):
        if entry.name.endswith(".ttf"):
            with as_file(entry) as path:
                QFontDatabase.addApplicationFont(str(path))


def font(pixels: int = TEXT_PX, *, bold: bool = False, language: Language = "en") -> QFont:
    """Return the font for a text; the language's own family leads and gives the line its height."""
    families = ["Noto Sans", "Noto Sans Khmer"]
    made = QFont(families if language == "en" else families[::-1])
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme, for what the style sheet does not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, theme.surface),
        (role.WindowText, theme.text),
        (role.Base, theme.raised),
        (role.AlternateBase, theme.surface),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.danger),
        (role.ToolTipBase, theme.text),
        (role.ToolTipText, theme.raised),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.raised),
        (role.Midlight, theme.surface),
        (role.Mid, theme.line),
        (role.Dark, theme.strong_line),
        (role.Shadow, theme.strong_line),
        (role.Accent, theme.accent),
    ):
        made.setColor(where, QColor(colour))
    for where in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.muted))
    return made


def apply(app: QApplication, name: str, language: Language) -> None:
    """Dress the application."""
    theme = THEMES[name]
    changed = theme is not _WARDROBE.theme
    _WARDROBE.theme = theme
    app.setFont(font(language=language))
    app.setPalette(palette(theme))
    sheet = style_sheet.style_sheet(theme, khmer=language == "km")
    # Qt dresses every widget anew even in the sheet that it wears.
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
    if changed:
        _WARDROBE.changed.emit(name)
