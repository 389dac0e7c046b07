"""A merged site shows nowhere: no list, count, map, report, export or search has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geo.edit.edit import Edit, inserting
from geo.edit.importing import existing_in
from geo.edit.merging import merge_sites
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.formats.work import key_of
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Grade, LegalStatus
from geo.privacy.public import public_release
from geo.privacy.release import release, released_project
from geo.privacy.scope import Scope
from geo.project import Project
from geo.search import PlanIndex
from gui import facts
from gui.cli.lookup import site_id_of
from gui.models.columns import COLUMNS
from gui.models.table_model import TableModel
from layers import content
from layers.export.content import ReportKind
from layers.export.report import report_content
from layers.export.webmap import webmap_html
from layers.extent import plan_bounds
from layers.layer_list import default_layers
from layers.snapshot import snapshot
from layers.view import MapView
from tests.geo.privacy.example_plan import example_plan
from tests.gui.stage import PLANNER, SITES, ZONES, plan_store

KEPT, MERGED = SITES[0], "merged"
NAME = "Demo Mango Zasino"


@pytest.fixture(params=[True, False], ids=["merged", "not merged"])
def merged(request):
    return request.param


@pytest.fixture
def plan(merged):
    """The plan with a fourth site; whoever looks for it must find it as long as it is one."""
    made = Project(plan_store(), PLANNER)
    twin = replace(KEPT, id=MERGED, code="DEMO-999", name_en=NAME, admin_code="180101")
    made.commit(Edit(verb=Verb.IMPORT, deltas=(inserting([twin]),)))
    if merged:
        made.commit(merge_sites(made, KEPT.id, MERGED))
    return made


def test_lists_and_counts(plan, merged, dressed):
    model = TableModel(Kind.SITE, COLUMNS[Kind.SITE])
    model.set_plan(plan)
    assert model.total == model.rowCount() == len(SITES) + (not merged)
    assert (model.row_of(MERGED) < 0) is merged
    assert sum(facts.status_counts(plan).values()) == len(SITES) + (not merged)
    assert facts.count_inside(plan, Kind.SITE, ZONES[0].outline) == 2 - merged


def test_the_map(plan, merged):
    view = MapView.fit((103.4, 10.5, 103.7, 10.8), 800, 600)
    request = snapshot(default_layers(), plan, view, on=date(2022, 10, 1))
    table = request.table(Kind.SITE)
    drawn = {table.ids[row] for row in content.sites(request).rows}
    assert (MERGED not in drawn) is merged
    assert not merged or MERGED not in {i for d in content.site_doubts(request) for i in d.ids}
    assert np.isfinite(plan_bounds(request)).all()


@pytest.mark.parametrize("grade", [Grade.COMMAND, Grade.RESTRICTED])
def test_what_is_released(plan, merged, grade):
    for scope in (Scope(), Scope(province_code="18"), Scope(operation_id="operation-1")):
        assert MERGED not in release(plan, Kind.SITE, grade, scope).ids or not merged
        assert MERGED not in released_project(plan, grade, scope).table(Kind.SITE) or not merged
    own = release(plan, Kind.SITE, Grade.COMMAND)
    assert (MERGED in own.ids) is not merged


def test_reports_and_the_web_map(plan, merged):
    made = report_content(plan, ReportKind.PROVINCE, Grade.COMMAND, "en", day=date(2022, 10, 1))
    assert made.table("sites").total[-1] == len(SITES) + (not merged)
    assert (NAME not in webmap_html(made)) is merged


def test_a_public_release():
    """Eleven legal premises may be published; the twelfth row is one of them."""
    project = example_plan()
    before = public_release(project, 2022, today=date(2023, 2, 1))
    sites = {s.id: s for s in project.all(Site) if s.legal_status is LegalStatus.LEGAL}
    keep, drop = list(sites)[:2]
    project.commit(merge_sites(project, keep, drop, across_released=True))
    after = public_release(project, 2022, today=date(2023, 2, 1))
    assert before.counts["legal"].total != after.counts["legal"].total


def test_search(plan, merged):
    found = PlanIndex.of({k: plan.table(k) for k in Kind}).find("Zasino", 5).get(Kind.SITE, ())
    assert [hit.id for hit in found] == ([] if merged else [MERGED])


def test_the_next_import_knows_its_code_as_that_of_the_kept_one(plan, merged):
    known = existing_in(plan, Kind.SITE)
    assert key_of("DEMO-999") in known.keys
    assert known.site_ids[key_of("DEMO-999")] == (KEPT.id if merged else MERGED)
    assert site_id_of(plan, "DEMO-999") == (KEPT.id if merged else MERGED)


def test_nobody_decides_about_it(plan, merged):
    from geo.edit.decisions import decide_status

    if not merged:
        return
    with pytest.raises(InputError) as refused:
        decide_status(
            plan, [MERGED], LegalStatus.UNDER_REVIEW, reason="Seen", authority_id="a",
            document="D", decided_on=date(2022, 9, 2),
        )  # fmt: skip
    assert refused.value.code == "error.site.merged"
    assert plan.get(Site, MERGED).merged_into == KEPT.id
