"""Every given register by the command line, each as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.end_to_end.registers import registers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("registers")


@pytest.fixture(scope="module")
def command(folder):
    """Runs the program as a user does, in a home of its own."""
    home = folder / "home"
    home.mkdir()
    environment = {**os.environ, "UCM_HOME": str(home), "UCM_LANG": "en"}

    def run(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, str(ROOT / "app.py"), *map(str, arguments)],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new", "plan.gpkg", "--province", "Preah Sihanouk")
    return run


@pytest.mark.parametrize("register", registers(), ids=lambda r: r.path.name)
def test_a_register_is_accounted_for_row_by_row(command, folder, register):
    plan = folder / f"{register.path.name}.plan.gpkg"
    shutil.copy(folder / "plan.gpkg", plan)
    told = json.loads(command("import", plan, register.path, "--as", register.target, "--json"))
    assert told["rows"] == register.rows
    assert told["rows"] == told["imported"] + told["rejected"] + told["waiting"]
    with closing(sqlite3.connect(plan)) as connection:
        rows = connection.execute('SELECT sheet, "row", state FROM import_row').fetchall()
    assert sum(state == "waiting" for _, _, state in rows) == told["waiting"]
    assert {(r["sheet"], r["row"]) for r in told["rejects"]} == {
        (sheet, row) for sheet, row, state in rows if state == "rejected"
    }
    register.check(told["imported"], [(sheet, row) for sheet, row, _ in rows])
