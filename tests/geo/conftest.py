"""The demonstration, built once as a user builds it: in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.demo import PLAN_NAME
from geo.project import Project
from geo.store.plans import open_plan

ROOT = Path(__file__).parents[2]

BUILD = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from geo.demo import build

built = build(Path(sys.argv[1]))
maps = Path("/proc/self/maps")
json.dump(
    {
        "path": str(built.path),
        "imports": [asdict(i) for i in built.imports],
        "modules": sorted(sys.modules),
        "libraries": maps.read_text() if maps.exists() else "",
    },
    sys.stdout,
)
"""


@dataclass(frozen=True)
class Built:
    """The plan, the home with its users' keys, and what its building process told."""

    path: Path
    home: Path
    told: dict


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Built:
    folder = tmp_path_factory.mktemp("demonstration")
    home = folder / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder / "out")],
        cwd=ROOT,
        env={**os.environ, "UCM_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return Built(folder / "out" / PLAN_NAME, home, json.loads(done.stdout))


@pytest.fixture
def demo(built):
    """The demonstration, to be looked at."""
    with closing(open_plan(built.path, read_only=True)) as store:
        yield Project(store)


@pytest.fixture
def mine(built, tmp_path, monkeypatch):
    """A copy of the demonstration, to be changed."""
    monkeypatch.setenv("UCM_HOME", str(built.home))
    copy = tmp_path / PLAN_NAME
    shutil.copy(built.path, copy)
    with closing(open_plan(copy, backup=False)) as store:
        yield Project(store)
