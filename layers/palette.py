"""The two themes of the map: quiet tints under what matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of the basemap and of the writing.

    Attributes:
        soft_edge: Tints of the national border's soft edge, outermost first, each with its width
            beyond the core line in pixels. Opaque, so that the parts of a border do not darken
            each other where they meet.
    """

    sea: str
    land: str
    neighbour: str
    water: str
    water_line: str
    border: str
    soft_edge: tuple[tuple[str, float], ...]
    foreign_border: str
    province: str
    text: str
    text_muted: str
    text_water: str
    halo: str
    place: str
    highlight: str
    highlight_casing: str
    alleged: str


LIGHT = Palette(
    sea="#CFE3EE",
    land="#F7F5F0",
    neighbour="#ECE9E2",
    water="#CFE3EE",
    water_line="#B9D4E3",
    border="#4B5563",
    soft_edge=(("#E4E0DA", 12.0), ("#D9D5D0", 8.0), ("#C8C6C4", 4.0)),
    foreign_border="#A8A6A2",
    province="#A7A29A",
    text="#1F2937",
    text_muted="#78746C",
    text_water="#4F7F9B",
    halo="#FBFAF7",
    place="#4B5563",
    highlight="#0F766E",
    highlight_casing="#FFFFFF",
    alleged="#6B2159",
)

DARK = Palette(
    sea="#16242F",
    land="#262B31",
    neighbour="#1F2328",
    water="#182B39",
    water_line="#23414F",
    border="#AEB6C2",
    soft_edge=(("#2E343B", 12.0), ("#3A414A", 8.0), ("#4A525D", 4.0)),
    foreign_border="#4D545D",
    province="#59616B",
    text="#E5E7EB",
    text_muted="#969DA8",
    text_water="#6FA3BF",
    halo="#1B2025",
    place="#C3C9D1",
    highlight="#2DD4BF",
    highlight_casing="#0B1512",
    alleged="#E3A8D4",
)


def palette(theme: Theme) -> Palette:
    """Return the colours of a theme."""
    return DARK if theme == "dark" else LIGHT
