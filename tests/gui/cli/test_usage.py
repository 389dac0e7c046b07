"""Which verb is meant, and what is said to who gets it wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gui.cli.verbs import VERBS, is_command

READ = """
import sys
from app import main
status = main(["undo", "--help"])
assert "gui.cli.plan_verbs" in sys.modules
read = {name for name in sys.modules if name.startswith("gui.cli.") and name.endswith("_verbs")}
sys.exit(status or (read != {"gui.cli.plan_verbs"}))
"""


def test_help_lists_every_verb(run):
    words = run("--help").out.split()
    assert set(words) >= VERBS.keys()


def test_no_other_verb_is_read_than_the_one_that_is_asked_for():
    assert subprocess.run([sys.executable, "-c", READ], check=False).returncode == 0


def test_a_plan_is_no_verb():
    assert not is_command(["plan.gpkg"])
    assert not is_command([])
    assert is_command(["--help"])


@pytest.mark.parametrize("asked", [["--help"], ["-h"], ["import", "--help"], ["--version"]])
def test_help_is_no_error(run, asked):
    told = run(*asked)
    assert (told.status, told.err) == (0, "")
    assert told.out


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself(run, verb):
    told = run(verb, "--help")
    assert told.status == 0
    assert told.out.count("\n") > 5


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["zone", "plan.gpkg"], "--name"),
        (["import", "plan.gpkg"], "file"),
        (["import", "plan.gpkg", "a.csv", "--as", "nonsense"], "nonsense"),
        (["new", "plan.gpkg"], "--province"),
        (["decide", "plan.gpkg", "--to", "guilty"], "guilty"),
        (["decide", "plan.gpkg", "--on", "yesterday"], "yesterday"),
        (["report", "plan.gpkg", "--grade", "secret"], "secret"),
        (["info", "plan.gpkg", "--nonsense"], "--nonsense"),
        (["hotspots", "plan.gpkg", "--seed", "-5"], "--seed"),
        (["links", "plan.gpkg", "--seed", "-5"], "--seed"),
        (["links", "plan.gpkg", "--top", "0"], "--top"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_what_is_asked_wrongly_is_said_without_a_traceback(run, plan, asked, said):
    told = run(*asked)
    assert (told.status, told.out) == (2, "")
    assert said in told.err
    assert "Traceback" not in told.err


def test_an_unknown_verb_with_arguments_is_an_error_and_no_window(run):
    told = run("nonsense", "plan.gpkg")
    assert told.status == 2
    assert "nonsense" in told.err


def test_a_bug_is_told_and_logged_without_a_value_of_the_plan(run, plan, monkeypatch, fresh_home):
    def broken(*_arguments, **_options):
        message = "Demo Lotus at 103.5211"
        raise RuntimeError(message)

    monkeypatch.setattr("gui.cli.opening.open_plan", broken)
    told = run("info", plan)
    assert (told.status, told.out) == (2, "")
    assert "a fault in the program" in told.err
    log = (fresh_home / "errors.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "Lotus" not in told.err + log
