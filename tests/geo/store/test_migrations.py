"""Plans of older programs: brought up to date with their rows and their history."""

from __future__ import annotations

import gzip
from contextlib import closing
from pathlib import Path

import pytest

from geo.model.entity import Kind
from geo.project import Project
from geo.store.plans import open_plan
from geo.store.schema import SCHEMA_VERSION

PLANS = Path(__file__).parents[2] / "data" / "plans"


@pytest.fixture
def old_plan(tmp_path):
    """A plan as the first release wrote it: 61 sites, 30 crossings, a decision taken back."""
    path = tmp_path / "old.gpkg"
    path.write_bytes(gzip.decompress((PLANS / "schema_1.gpkg.gz").read_bytes()))
    return path


def test_a_plan_of_the_first_schema_opens_with_its_rows_and_history(old_plan):
    with closing(open_plan(old_plan)) as store:
        assert store.meta()["schema_version"] == str(SCHEMA_VERSION)
        sites = store.load(Kind.SITE)
        assert len(sites) == 61
        assert set(sites["merged_into"]) == {""}
        assert len(store.load(Kind.ATTACHMENT)) == 0
        assert store.check() == ()
        project = Project(store)
        assert project.history.undoable
