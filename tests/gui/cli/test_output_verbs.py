"""Report and map frame: what they give, and what they refuse without writing or logging."""

from __future__ import annotations

import hashlib
import struct

import pytest

from gui.cli.opening import opened

pytestmark = pytest.mark.usefixtures("qapp")

BEGINS = {".pdf": b"%PDF-", ".html": b"<!doctype html>", ".png": b"\x89PNG"}


@pytest.mark.parametrize("ending", BEGINS)
def test_a_report_is_written_and_its_digest_told_and_logged(run, plan, tmp_path, ending):
    out = tmp_path / f"report{ending}"
    told = run("report", plan, "--out", out, "--json").json
    assert set(told) == {"path", "grade", "pages", "withheld", "sha256"}
    data = out.read_bytes()
    assert data.lower().startswith(BEGINS[ending].lower())
    assert (told["path"], told["grade"]) == (str(out), "command")
    assert told["pages"] >= 1
    assert told["sha256"] == hashlib.sha256(data).hexdigest()
    last = run("audit", plan, "--json").json["rows"][-1]
    assert last["what"] == ("print" if ending == ".pdf" else "export")
    assert run("check", plan).status == 0


@pytest.mark.parametrize("grade", ["command", "restricted", "public"])
def test_what_a_grade_withholds_is_counted(run, plan, tmp_path, grade):
    told = run("report", plan, "--out", tmp_path / "r.html", "--grade", grade, "--json").json
    assert told["grade"] == grade
    withheld = told["withheld"].get("site", {})
    assert bool(withheld) is (grade != "command")


@pytest.mark.parametrize("eyes", ["decided", "known"])
def test_a_report_and_a_frame_of_a_past_day_are_logged_with_the_day(run, plan, tmp_path, eyes):
    past = ("--as-of", "2022-09-17", "--as", eyes, "--json")
    for verb, out in (("report", "past.pdf"), ("render", "past.png")):
        run(verb, plan, "--out", tmp_path / out, *past).json  # noqa: B018 - asserts the status
        with opened(plan) as project:
            details = project.store.audit()[-1].details
        assert (details["as_of"], details["as"]) == ("2022-09-17", eyes)


def test_a_map_frame_has_the_size_that_was_asked_for(run, plan, tmp_path):
    out = tmp_path / "map.png"
    where = ("--extent", "103.4,10.5,103.7,10.8", "--size", "640x400")
    told = run("render", plan, "--out", out, *where, "--json").json
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert struct.unpack(">II", out.read_bytes()[16:24]) == (640, 400)


@pytest.mark.parametrize(
    "asked",
    [
        ["report", "--out", "r.doc"],
        ["report", "--out", "nowhere/r.pdf"],
        ["report", "--out", "r.pdf", "--lang", "fr"],
        ["report", "--out", "r.pdf", "--operation", "X", "--kind", "operation"],
        ["report", "--out", "r.pdf", "--kind", "operation"],
        ["report", "--out", "r.pdf", "--province", "Atlantis"],
        ["render", "--out", "nowhere/m.png"],
        ["render", "--out", "m.png", "--size", "1x1"],
        ["render", "--out", "m.png", "--size", "big"],
        ["render", "--out", "m.png", "--extent", "1,2,3"],
        ["render", "--out", "m.png", "--extent", "104,11,103,10"],
        ["render", "--out", "m.png", "--lang", "fr"],
        ["render", "--out", "m.png", "--as-of", "yesterday"],
        ["render", "--out", "m.png", "--as-of", "2999-01-01"],
        ["render", "--out", "m.png", "--as-of", "2022-09-17", "--grade", "public"],
        ["report", "--out", "r.pdf", "--as-of", "2022-09-17", "--grade", "public"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_written_is_one_message_and_no_copy_and_no_log(run, plan, content, asked):
    before = content(plan)
    verb, *rest = asked
    told = run(verb, plan, *rest)
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert content(plan) == before
    left = {p.name for p in plan.parent.iterdir()}
    assert left <= {"plan.gpkg", ".ucm-backup"}
