"""What is asked of a split, how it is computed, and what taking it over does. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.analysis.split.coverage import FloatArray
from geo.analysis.split.order import Wish, order_area, order_province
from geo.analysis.split.result import Split
from geo.analysis.split.units import UnitKind
from geo.analysis.split.weights import Weights
from geo.edit.splitting import LETTERS, replaceable, split_into_zones, split_names, staying
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.table import Table
from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from geo.compute import Computer
    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows
    from geo.progress import Progress
    from geo.project import Project

READ: Final = (Kind.SITE, Kind.ALLEGATION, Kind.ADMIN_UNIT)
"""What a split is computed from: when it changes, the split is of yesterday."""
TOUCHES: Final = 1e-9
"""Square degrees, about ten square metres: more than a seam along a common edge."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is to be split.

    Attributes:
        province: Code of a province, or empty.
        zone_id: A zone instead, or empty.
        codes: Administrative units instead.
    """

    province: str = ""
    zone_id: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asks for.

    Attributes:
        candidates: Splits to draw.
        replace: Draft zones of the operation give way; else they stay and their ground is left out.
    """

    ground: Ground
    operation_id: str = ""
    replace: bool = True
    into: int = 4
    seed: int = 1
    units: UnitKind | None = None
    weights: Weights = field(default_factory=Weights)
    candidates: int = 120


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A split with what is shown of it.

    Attributes:
        strength: Open allegations of each zone by `geo.analysis.split.grades.Strength`.
        seen: The tables that it was computed from.
    """

    asked: Asked
    result: Split
    strength: FloatArray
    seen: tuple[Table, ...]

    def is_old(self, project: Project) -> bool:
        """Tell whether the plan's register is another by now."""
        return any(project.table(k) is not t for k, t in zip(READ, self.seen, strict=True))


def compute(project: Project, computer: Computer, asked: Asked, progress: Progress) -> Found:
    """Split as it is asked; on a worker thread, the heavy part in the worker process.

    Raises:
        PlanError: It cannot be done, or the user asked to stop.
    """
    from geo.analysis.split.grades import by_strength
    from geo.analysis.split.job import split

    seen = tuple(project.table(kind) for kind in READ)
    going = may_give_way(project, asked)
    wish = Wish(
        into=asked.into,
        seed=asked.seed,
        weights=asked.weights,
        units=asked.units,
        candidates=asked.candidates,
        left_out=staying(project, asked.operation_id, going),
        giving_way=going if asked.operation_id else None,
    )
    ground = asked.ground
    if ground.zone_id:
        order = order_area(project, project.get(Zone, ground.zone_id).outline, wish, progress)
    elif ground.codes:
        from geo.edit.zone_shapes import outline_of_units

        order = order_area(project, outline_of_units(project, ground.codes), wish, progress)
    else:
        order = order_province(project, ground.province, wish, progress)
    result: Split = computer.run(split, order, progress=progress)
    return Found(asked, result, by_strength(project, result, order, progress), seen)


def may_give_way(plan: PlanRows, asked: Asked) -> tuple[str, ...]:
    """Return the zones of the operation whose ground is not left out."""
    if not asked.operation_id:
        return ()
    drafts = replaceable(plan, asked.operation_id)
    if asked.replace:
        return drafts
    # Whoever splits a zone means that its parts take its place.
    return tuple(i for i in drafts if i == asked.ground.zone_id)


def gives_way(plan: PlanRows, found: Found) -> tuple[str, ...]:
    """Return the zones whose place the new ones take: only where there is new ground."""
    outlines = [zone.outline for zone in found.result.zones]
    if not found.asked.operation_id:
        return replaceable(plan, "", outlines)
    going = may_give_way(plan, found.asked)
    return tuple(
        zone.id
        for zone in plan.all(Zone)
        if zone.id in going and any(o.intersection(zone.outline).area > TOUCHES for o in outlines)
    )


def taken_over(plan: PlanRows, found: Found) -> Edit:
    """Return the edit that puts the zones into the plan.

    Raises:
        PlanError: They cannot be put there; see `split_into_zones`.
    """
    going = gives_way(plan, found)
    lang = i18n.language()
    names = split_names(plan, found.result, tr("split.zone_word"), LETTERS[lang], going)
    return split_into_zones(plan, found.result, found.asked.operation_id, names, replacing=going)
