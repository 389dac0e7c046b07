"""The sections of the Analyse workspace, in their order: one line each.

A section is a `Panel` with its form on top, made when it is first opened. What it finds it shows
with ``desk.findings.show(…)``; a table of it is a page below the map (``bench.drawers.bring``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.panels.base import Panel
    from gui.workbench import Workbench

    Make = Callable[[Workbench], Panel]


@dataclass(frozen=True, slots=True)
class Section:
    """A section.

    Attributes:
        key: Its name; ``gui.actions.ANALYSES`` has its icon and keys, ``action.analyse_<key>`` is
            its command.
        label_code: Code of its name in the switcher.
        make: Makes it; None is a place that nobody has filled yet, which is not shown.
    """

    key: str
    label_code: str
    make: Make | None


def _overview(bench: Workbench) -> Panel:
    from gui.panels.analyse.overview import OverviewSection

    return OverviewSection(bench)


def _hotspots(bench: Workbench) -> Panel:
    from gui.panels.analyse.hotspots import HotspotSection

    return HotspotSection(bench)


def _trends(bench: Workbench) -> Panel:
    from gui.panels.analyse.trends import TrendsSection

    return TrendsSection(bench)


def _border(bench: Workbench) -> Panel:
    from gui.panels.analyse.border import BorderSection

    return BorderSection(bench)


def _effect(bench: Workbench) -> Panel:
    from gui.panels.analyse.effect import EffectSection

    return EffectSection(bench)


def _scoreboard(bench: Workbench) -> Panel:
    from gui.panels.analyse.scoreboard import ScoreboardSection

    return ScoreboardSection(bench)


def _links(bench: Workbench) -> Panel:
    from gui.panels.analyse.links import LinksSection

    return LinksSection(bench)


def _ask(bench: Workbench) -> Panel:
    from gui.panels.analyse.ask import AskSection

    return AskSection(bench)


SECTIONS: Final = (
    Section("overview", "analyse.section.overview", _overview),
    Section("hotspots", "analyse.section.hotspots", _hotspots),
    Section("border", "analyse.section.border", _border),
    Section("scoreboard", "analyse.section.scoreboard", _scoreboard),
    Section("trends", "analyse.section.trends", _trends),
    Section("effect", "analyse.section.effect", _effect),
    Section("links", "analyse.section.links", _links),
    Section("ask", "analyse.section.ask", _ask),
)
