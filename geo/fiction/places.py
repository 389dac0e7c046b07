"""The sites that the demonstration's stories are told of, found by what the registers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Activity
from resources.demo.sites import TOLD_KINDS

if TYPE_CHECKING:
    from geo.project import Project


def scenes(project: Project, prefix: str, count: int) -> list[Site]:
    """Return so many sites of a register, by code: compounds, betting rooms and clubs in turn."""
    table = project.table(Kind.SITE)
    of_kind: dict[str, list[str]] = {kind: [] for kind in TOLD_KINDS}
    for code, site_id, kind, activity in sorted(
        zip(table["code"], table.ids, table["kind"], table["activity"], strict=True)
    ):
        if code.startswith(prefix) and kind in of_kind and activity == Activity.OPERATING.value:
            of_kind[kind].append(str(site_id))
    turns = zip(*of_kind.values(), strict=False)
    ids = [site_id for turn in turns for site_id in turn]
    return [project.get(Site, site_id) for site_id in ids[:count]]
