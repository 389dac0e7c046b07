"""How splits are worded: figures of zones, the formula, the note at a unit on the move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.model.command import Zone
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import message, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.analysis.note import Note
    from geo.analysis.split.rebalance import Rebalance
    from geo.analysis.split.weights import Weights
    from geo.edit.edit import Edit
    from geo.project import Project
    from gui.models.split_work import Found
    from gui.tools.rebalance import RebalanceTool

MOST_WAYS: Final = 2
_ENDS: Final = {"en": ". ", "km": "។ "}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown of one zone.

    Attributes:
        strength: Open allegations by grade: strong, fair, weak; None where that is not counted.
        count: Sites, open allegations, those of people held now, km².
    """

    name: str
    colour: int
    workload: float
    deviation: float
    compactness: float
    count: tuple[float, ...]
    strength: tuple[float, ...] | None = None


def percent(share: float) -> str:
    """Return a deviation with its sign: +3.2 %."""
    rounded = round(share * 100, 1) or 0.0  # never -0.0
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return f"{sign}{i18n.number(abs(rounded), 1)} %"


def amount(value: float) -> str:
    """Return a count; a share of what is known by a wider area shows as a fraction."""
    return i18n.number(value, 0 if abs(value - round(value)) < 0.05 else 1)  # noqa: PLR2004 - half of the last digit


def counts(figures: Figures) -> str:
    """Return what lies in a zone, in one sentence."""
    sites, every, held, square_km = figures.count
    if figures.strength is None:
        allegations = tr("split.counts.allegations", n=amount(every))
    else:
        strong, fair, weak = (amount(n) for n in figures.strength)
        allegations = tr(
            "split.counts.by_grade", n=amount(every), strong=strong, fair=fair, weak=weak
        )
    parts = (
        tr("split.counts.sites", n=amount(sites)),
        allegations,
        tr("split.counts.held", n=amount(held)),
        tr("split.counts.area", n=i18n.number(square_km, 0 if square_km >= 10 else 1)),  # noqa: PLR2004 - two digits
        tr("split.counts.compactness", n=i18n.number(figures.compactness, 2)),
    )
    return " · ".join(parts)


def formula_line(weights: Weights) -> str:
    """Return the formula with its numbers."""
    return tr(
        "split.formula",
        sites=_weights(weights.unclassified, weights.illegal, weights.mixed, weights.legal),
        allegations=_weights(weights.strong, weights.fair, weights.weak),
        held=_weights(weights.held),
        area=_weights(weights.square_km),
    )


def _weights(*values: float) -> str:
    return " / ".join(i18n.digits(f"{value:.3f}".rstrip("0").rstrip(".")) for value in values)


def figures_of(found: Found, edit: Edit | None, project: Project | None = None) -> list[Figures]:
    """Return the figures of each zone; name and colour are those that it would have."""
    count = len(found.result.zones)
    names: list[str] = [f"{tr('split.zone_word')} {i18n.number(n + 1)}" for n in range(count)]
    colours = list(range(count))
    if edit is not None:
        names, colours = _called(found, edit, project)
    return [
        Figures(
            name=name,
            colour=colour,
            workload=zone.workload,
            deviation=zone.deviation,
            compactness=zone.compactness,
            count=zone.count,
            strength=tuple(strength.tolist()),
        )
        for name, colour, zone, strength in zip(
            names, colours, found.result.zones, found.strength, strict=True
        )
    ]


def _called(found: Found, edit: Edit, project: Project | None) -> tuple[list[str], list[int]]:
    """Return name and colour of each zone: of those that go on, and of those that are new."""
    fresh: list[tuple[str, int]] = []
    recoloured: dict[str, int] = {}
    for delta in edit.deltas:
        if delta.kind is not Kind.ZONE or delta.after is None:
            continue
        colour = [int(c or 0) for c in delta.after.get("colour", ())]
        if delta.before is None:
            fresh = list(zip(map(str, delta.after["name"]), colour, strict=True))
        else:
            recoloured.update(zip(delta.ids, colour, strict=False))
    news = iter(fresh)
    called = []
    for part in found.result.zones:
        old = project.find(Zone, part.continues) if project and part.continues else None
        called.append((old.name, recoloured.get(old.id, old.colour)) if old else next(news))
    return [name for name, _ in called], [colour for _, colour in called]


def words_of(note: Note) -> str:
    """Return something that must be said of a split, in the window's digits."""
    params = {
        key: i18n.number(value, 0 if value == int(value) else 1)
        if isinstance(value, int | float)
        else value
        for key, value in note.params.items()
    }
    return tr(note.code, **params)


# --- units on the move ----------------------------------------------------------------------------


def note_lines(tool: RebalanceTool, names: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Return what stands at the pointer: the units in the hand and what moving them would change.

    Args:
        tool: The tool.
        names: English and Khmer name of each unit that has one.
    """
    if tool.error is not None:
        return (tr("split.move.refused"), *_sentences(_reason(tool, names)))
    units = sorted(tool.in_hand)
    if not units:
        return ()
    state = tool.now
    if tool.target is not None and tool.shown is not state:
        head = tr("split.move.to", units=_units(state, units, names), zone=state.names[tool.target])
        return (head, *_difference(state, tool.shown))
    head = _units(state, units, names)
    if len(units) == 1 and state.units.ids[units[0]] in tool.kept:
        return (head, _worth(state, units), tr("split.move.kept"))
    return (head, _worth(state, units), *_ways(tool, units))


def _reason(tool: RebalanceTool, names: Mapping[str, tuple[str, str]]) -> str:
    """Return why units cannot go there; one that stays is called as on the map."""
    error, state = tool.error, tool.now
    if error is None or error.code != "error.split.unit_stays":
        return message(error) if error is not None else ""
    unit = state.unit_at(str(error.params["unit"]))
    return tr(error.code, unit=unit_name(state, unit, names))


def unit_name(state: Rebalance, unit: int, names: Mapping[str, tuple[str, str]]) -> str:
    """Return the name of a commune, or what a hexagon is called."""
    english, khmer = names.get(state.units.ids[unit], ("", ""))
    return i18n.name_of(khmer, english, tr("split.move.hexagon", n=i18n.number(unit + 1)))


def _units(state: Rebalance, units: Sequence[int], names: Mapping[str, tuple[str, str]]) -> str:
    if len(units) == 1:
        return unit_name(state, units[0], names)
    return tr("split.move.units", n=i18n.number(len(units)))


def _worth(state: Rebalance, units: Sequence[int]) -> str:
    work, count = state.load.total[units].sum(), state.load.count[units].sum(axis=0)
    zones = sorted({int(state.zone[u]) for u in units})
    return tr(
        "split.move.worth",
        zone=", ".join(state.names[z] for z in zones),
        workload=i18n.number(float(work), 1),
        sites=amount(float(count[0])),
        allegations=amount(float(count[1])),
    )


def _ways(tool: RebalanceTool, units: Sequence[int]) -> list[str]:
    """Return what giving units to each of the zones beside them would change, the best first."""
    state = tool.now
    homes = {int(state.zone[u]) for u in units}
    beside = {int(state.zone[o]) for u in units for o in tool.near[u]} - homes
    if len(homes) != 1 or not beside:
        return []
    (home,) = homes
    workload = state.figures().workload
    mean, moved = float(workload.mean()), float(state.load.total[units].sum())
    if not mean:
        return []
    after = {z: (workload[z] + moved) / mean - 1.0 for z in beside}
    lines = []
    for zone in sorted(after, key=lambda z: abs(after[z]))[:MOST_WAYS]:
        words = tr(
            "split.move.would",
            key=i18n.number(zone + 1),
            zone=state.names[zone],
            home=percent((workload[home] - moved) / mean - 1.0),
            there=percent(float(after[zone])),
        )
        lines.append(words)
    return lines


def _difference(before: Rebalance, after: Rebalance) -> list[str]:
    was, will = before.figures().deviation, after.figures().deviation
    return [
        tr("split.move.from_to", zone=name, was=percent(float(a)), will=percent(float(b)))
        for z, (name, a, b) in enumerate(zip(before.names, was, will, strict=True))
        if ((before.zone == z) != (after.zone == z)).any()
    ]


def _sentences(words: str) -> list[str]:
    """Return sentences one below the other: the note at the pointer does not wrap."""
    end = _ENDS[i18n.language()]
    parts = [part.strip() for part in words.split(end)]
    return [p if p.endswith(end.strip()) else p + end.strip() for p in parts if p]
