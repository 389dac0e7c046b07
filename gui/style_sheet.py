"""The style sheet of a theme."""

from __future__ import annotations

import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.theme import Theme


def style_sheet(theme: Theme, *, khmer: bool) -> str:
    """Return the style sheet with the colours of `theme` and the line heights of the language."""
    template = Template((files("resources") / "style" / "window.qss").read_text("utf-8"))
    colours = {name: getattr(theme, name) for name in type(theme).__slots__}
    return template.substitute(
        colours,
        pictures=_pictures(theme),
        control=32 if khmer else 28,
        caption_pad=2 if khmer else 0,
    )


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Keep a folder while the program runs: a style sheet takes pictures from files only."""
    return tempfile.TemporaryDirectory(prefix="unity-command-map-")


@cache
def _pictures(theme: Theme) -> str:
    """Write the few small icons of a style sheet in the theme's colours."""
    folder = Path(_folder().name) / theme.name
    folder.mkdir()
    for target, source, colour in (
        ("chevron-down", "chevron-down", theme.muted),
        ("chevron-up", "chevron-up", theme.muted),
        ("check", "check", theme.on_accent),
        ("tick", "check", theme.accent),
    ):
        svg = (files("resources") / "icons" / f"{source}.svg").read_text("utf-8")
        (folder / f"{target}.svg").write_text(svg.replace("currentColor", colour), "utf-8")
    return folder.as_posix()
