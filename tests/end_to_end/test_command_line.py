"""The main job from the command line, as a planner types it, on a machine without a display."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "resources" / "demo"
EXPECTED = json.loads((DEMO / "expected.json").read_text(encoding="utf-8"))["files"]
ZONE = "POLYGON((103.50 10.58, 103.56 10.58, 103.56 10.66, 103.50 10.66, 103.50 10.58))"
DAY = "Day 1=2022-10-20T06:00/2022-10-20T18:00"
COURT = "Provincial Court of First Instance"
# What a page fetches by itself; a link that a person may follow is none of it.
LOADED = re.compile(r"""<(link|script|img|iframe)\b[^>]*\b(href|src)=["']https?:""")


class Planner:
    """Somebody at a terminal: a folder of his own, no display, nothing but this program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder.parent / "home"
        home.mkdir()
        hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH", "UCM_LANG"}
        self.environment = {
            **{k: v for k, v in os.environ.items() if k not in hidden},
            "UCM_HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONWARNINGS": "error",
        }

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "app.py"), *words],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    def asks(self, *words: str) -> Any:
        done = self.types(*words, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    folder = tmp_path / "ផែនការ of May"
    folder.mkdir()
    return Planner(folder)


def test_the_main_job(planner):
    plan, folder = "plan.gpkg", planner.folder
    made = planner.asks("new", plan, "--province", "Preah Sihanouk", "--actor", "Planner")
    assert made["province"] == "18"

    # The registers, by a name relative to the folder one stands in.
    for name, target in (
        ("sites_preah_sihanouk.xlsx", "sites"),
        ("licences.csv", "licences"),
        ("allegations_preah_sihanouk.xlsx", "allegations"),
    ):
        shutil.copy(DEMO / name, folder / name)
        told = planner.asks("import", plan, name, "--as", target, "--rejects", f"{target}.xlsx")
        assert told["rows"] == told["imported"] + told["rejected"] + told["waiting"]
        assert (folder / f"{target}.xlsx").stat().st_size > 0
        if target != "licences":  # some licences are of sites that are in other registers
            assert told["imported"] == EXPECTED[name]["imported"]

    planner.asks("operation", plan, "--name", "Sweep", "--period", DAY)
    planner.asks("zone", plan, "--name", "Alpha", "--operation", "Sweep", "--geometry", ZONE)
    planner.asks("team", plan, "--name", "Red", "--lead", "Deputy governor", "--short-name", "R")
    planner.asks("assign", plan, "--zone", "Alpha", "--team", "Red", "--period", "Day 1")
    assert planner.asks("undo", plan)["undone"] == "Give zone Alpha to Red"
    assert "assignment" not in planner.asks("info", plan)["counts"]
    assert planner.asks("redo", plan)["redone"] == "Give zone Alpha to Red"

    with (DEMO / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        code = next(r["code"] for r in csv.DictReader(file) if r["code"].startswith("PSH"))
    for status, day in (("under_review", "2022-09-01"), ("illegal", "2022-09-02")):
        decision = ("--reason", "No licence", "--authority", COURT, "--document", f"D {status}")
        planner.asks("decide", plan, "--site", code, "--to", status, "--on", day, *decision)

    told = planner.asks("info", plan)
    assert told["counts"]["site"] == EXPECTED["sites_preah_sihanouk.xlsx"]["imported"]
    assert {told["counts"][k] for k in ("operation", "zone", "team", "assignment")} == {1}
    assert told["counts"]["status_decision"] == 2
    assert planner.asks("check", plan) == {"ok": True, "problems": []}
    audit = planner.asks("audit", plan)["rows"]
    assert {row["signed"] for row in audit} == {"✓"}

    pdf = planner.asks("report", plan, "--kind", "operation", "--operation", "Sweep",
                       "--out", "report.pdf", "--lang", "km")  # fmt: skip
    assert pdf["pages"] >= 2
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    planner.asks("report", plan, "--kind", "province", "--out", "report.html")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert not LOADED.search(page)
    planner.asks("render", plan, "--out", "map.png", "--size", "800x600")
    picture = (folder / "map.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (800, 600)

    logged = [row["what"] for row in planner.asks("audit", plan)["rows"]][len(audit) :]
    assert logged == ["print", "export", "export"]
    assert planner.asks("check", plan)["ok"] is True
    assert not list(folder.glob("*.lock")) + list(folder.glob("*-wal"))


def test_bad_input_is_one_message_and_changes_nothing(planner):
    plan, folder = "plan.gpkg", planner.folder
    planner.asks("new", plan, "--province", "18")
    (folder / "words.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    crossing = "POLYGON((103 10, 104 11, 104 10, 103 11, 103 10))"
    edits = planner.asks("info", plan)["last_edits"]
    for words, said in (
        (["info", "missing.gpkg"], "There is no file"),
        (["info", "words.csv"], "not a plan"),
        (["import", plan, "words.csv", "--as", "sites"], "No column"),
        (["zone", plan, "--name", "A", "--geometry", crossing], "crosses itself"),
        (["undo", plan, "--actor", "Nobody"], "Nobody"),
        (["nonsense", plan], "nonsense"),
        ([plan], "no display"),
        ([], "no display"),
    ):
        done = planner.types(*words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert planner.asks("info", plan)["last_edits"] == edits
    assert planner.asks("check", plan)["ok"] is True


def test_the_demonstration_builds_itself_without_a_display(planner):
    told = planner.asks("demo", "--out", "demo")
    names = {Path(name).name for name in told["files"]}
    assert {Path(name).suffix for name in names} == {".pdf", ".html", ".png", ".xlsx"}
    assert all((planner.folder / "demo" / name).stat().st_size > 0 for name in names)
    assert planner.asks("check", "demo/demo.gpkg")["ok"] is True
    done = planner.types("demo", "--out", "demo")
    assert (done.returncode, done.stderr) == (0, ""), "a second time must work as well"
    assert "display" in done.stdout
