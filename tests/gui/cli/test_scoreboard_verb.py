"""Who acts and who does not, on the command line."""

from __future__ import annotations

import pytest

from tests.gui.cli.test_return_verbs import reported  # noqa: F401 - a fixture


def units(told):
    return {u["code"]: u for u in told["units"]}


def test_by_district_every_district_has_a_row_and_none_known_is_null(run, reported):  # noqa: F811
    told = run("scoreboard", reported, "--by", "district", "--as-of", "2022-10-05", "--json").json
    assert (told["by"], told["from"], told["n"]) == ("district", "plan", 2)
    found = units(told)
    assert {code[:2] for code in found} == {"18"}
    assert (found["1801"]["reported"], found["1801"]["open"]) == (2, 2)
    assert found["1801"]["inspected"] is None
    assert found["1802"]["reported"] is None
    assert [u["code"] for u in told["no_action"]["units"]] == ["1801"]
    assert told["precisions"] == {"district": 2}
    assert told["grades"] == {"F6": 2}


def test_by_commune_what_is_known_by_district_is_in_no_commune(run, reported):  # noqa: F811
    found = units(run("scoreboard", reported, "--by", "commune", "--json").json)
    assert [c for c, u in found.items() if u["reported"]] == ["1801"]
    assert found["1801"]["remainder"] is True


def test_a_period_and_the_rows_behind_a_figure(run, reported):  # noqa: F811
    told = run(
        "scoreboard", reported, "--by", "province", "--from", "plan", "--province", "18",
        "--since", "2022-09-10", "--until", "2022-09-30", "--rows", "--json",
    ).json  # fmt: skip
    (province,) = told["units"]
    assert province["reported"] == 1
    assert len(province["rows"]["reported"]) == 1
    assert len(province["rows"]["open"]) == 2


def test_the_ministrys_figures_come_first(run, reported):  # noqa: F811
    told = run("scoreboard", reported, "--by", "district", "--json").json
    first = told["years"][0]
    assert (first["source"], first["cases"], first["suspects"]) == ("ministry_reports", 159, 203)
    assert first["rescued"] is None
    assert told["years"][-1]["source"] == "plan"


def test_people_read_words_and_no_zero_for_what_is_not_known(run, reported):  # noqa: F811
    said = run("scoreboard", reported, "--by", "district")
    assert said.status == 0, said.err
    for words in ("none known", "not given", "no action known", "Year against year", "F6 2"):
        assert words in said.out
    provinces = run("scoreboard", reported, "--by", "province")
    assert "No return: 25" in provinces.out
    assert "holds no monthly return" in provinces.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--by", "village"), "village"),
        (("--by", "district", "--from", "returns"), "whole provinces"),
        (("--by", "district", "--since", "2022-10-01", "--until", "2022-09-01"), "before that"),
        (("--by", "district", "--days", "0"), "at least 1"),
        (("--by", "district", "--since", "soon"), "soon"),
    ],
)
def test_what_makes_no_sense_is_said(run, plan, options, words):
    told = run("scoreboard", plan, *options)
    assert (told.status, told.out) == (2, "")
    assert words in told.err
