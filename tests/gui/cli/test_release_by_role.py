"""Who may release, and what leads to it and follows, on the command line; see `tests.who_may`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from geo.model.plan import User
from gui.cli.opening import opened
from tests.gui.cli.the_way import NAMES, REASON, SWEEP, steps
from tests.who_may import ALLOWED, REFUSED, Act, Person

if TYPE_CHECKING:
    from pathlib import Path

TRIED = {
    Act.SUBMIT: ("drafted", "submit", *SWEEP),
    Act.WITHDRAW: ("submitted", "withdraw", *SWEEP),
    Act.RELEASE: ("ready", "release", *SWEEP),
    Act.OVERRIDE: (
        "coordinated", "override", *SWEEP, "--zone", "Alpha", "--what", "ambulance_far",
        "--reason", REASON,
    ),
    Act.OVERRIDE_AUTHORISATION: (
        "submitted", "override", *SWEEP, "--zone", "Alpha", "--what", "authorisation_missing",
        "--reason", REASON,
    ),
    Act.ACCEPT: ("released", "accept", "--zone", "Alpha"),
    Act.START: ("released", "step", *SWEEP, "--to", "active"),
    Act.CANCEL: ("released", "step", *SWEEP, "--to", "cancelled"),
}  # fmt: skip
"""How far the operation is, and the act as it is typed."""


@pytest.fixture(scope="module")
def stages(made, tmp_path_factory):
    """Plans at each stage by who proposed, each with the home that holds all the keys."""
    kept: dict[tuple[str, str], tuple[Path, Path]] = {}
    with pytest.MonkeyPatch.context() as environment:
        for proposer in ("Plan", "Own"):
            folder = tmp_path_factory.mktemp(proposer)
            home, plan = folder / "home", folder / "plan.gpkg"
            shutil.copytree(made[0], home)
            shutil.copy(made[1], plan)
            environment.setenv("UCM_HOME", str(home))
            for stage, step in steps(plan, proposer).items():
                step()
                kept[stage, proposer] = home, shutil.copy(plan, folder / f"{stage}.gpkg")
    return kept


@pytest.fixture
def typed(stages, run, tmp_path, monkeypatch):
    """Type an act as a person; returns what was told, and the plan before and after it."""

    def do(act, person):
        stage, verb, *rest = TRIED[act]
        home, plan = stages[stage, "Own" if person is Person.OWN_GOVERNOR else "Plan"]
        shutil.copytree(home, tmp_path / "home")
        mine = shutil.copy(plan, tmp_path / "plan.gpkg")
        monkeypatch.setenv("UCM_HOME", str(tmp_path / "home"))
        return run(verb, mine, *rest, "--actor", NAMES[person][0]), mine, plan

    return do


@pytest.mark.parametrize(("act", "person"), REFUSED)
def test_who_may_not_is_told_in_one_line_and_nothing_changes(typed, content, act, person):
    outcome, mine, before = typed(act, person)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert content(mine) == content(before)


@pytest.mark.parametrize(("act", "person"), ALLOWED)
def test_who_may_does_it_and_it_is_signed_in_his_name(typed, run, act, person):
    outcome, mine, _ = typed(act, person)
    assert outcome.status == 0, outcome.err
    with opened(mine, acts=False) as project:
        last = project.store.audit()[-1]
        names = {u.id: u.name for u in project.all(User)}
    assert names[last.actor] == NAMES[person][0]
    assert last.signature
    assert run("check", mine).status == 0
