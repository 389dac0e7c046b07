"""``report --kind hotspots|pressure|scoreboard`` from the command line."""

from __future__ import annotations

import pytest


def test_the_report_of_an_analysis_is_written_and_logged(run, plan, tmp_path):
    out = tmp_path / "s.xlsx"
    told = run("report", plan, "--kind", "scoreboard", "--out", out, "--lang", "km", "--json").json
    assert (told["path"], told["grade"]) == (str(out), "command")
    assert out.stat().st_size > 1000
    assert "export" in run("audit", plan).out


@pytest.mark.parametrize("grade", ["restricted", "public"])
def test_other_grades_are_refused_and_leave_no_file(run, plan, tmp_path, grade):
    out = tmp_path / "s.pdf"
    said = run("report", plan, "--kind", "scoreboard", "--out", out, "--grade", grade)
    assert said.status == 2
    assert "command alone" in said.err
    assert not out.exists()


def test_too_few_allegations_are_refused_with_their_number(run, plan, tmp_path):
    out = tmp_path / "h.pdf"
    said = run("report", plan, "--kind", "hotspots", "--method", "kde", "--out", out)
    assert said.status == 2
    assert "at least 30" in said.err
    assert not out.exists()
