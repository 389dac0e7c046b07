"""The demonstration registers import with the counts that their maker promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import resources
from geo.model.entity import Kind

FOLDER = Path(resources.__file__).parent / "demo"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))["files"]
TARGETS = {
    "sites": Kind.SITE,
    "licences": Kind.LICENCE,
    "allegations": Kind.ALLEGATION,
    "teams": Kind.TEAM,
    "zones": Kind.ZONE,
}
# What these repeat or visit is in the plan already: they are checked where the plan is built.
INTO_A_PLAN = {"sites_district_office.csv", "inspections_kobo.xlsx"}
FILES = [
    name
    for name in EXPECTED
    if name.split(".")[0].split("_")[0] in TARGETS and name not in INTO_A_PLAN
]


@pytest.mark.parametrize("name", FILES)
def test_a_demonstration_register_imports_as_promised(name, checked):
    result = checked(FOLDER / name, TARGETS[name.split(".")[0].split("_")[0]])
    found = {
        "rows": result.rows,
        "imported": result.imported,
        "rejected": len(result.rejected),
        "waiting": len(result.waiting),
    }
    assert found == {key: EXPECTED[name][key] for key in found}
