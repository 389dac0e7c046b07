"""The command line as its user has it: arguments in, exit status and two texts out."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from app import main
from geo.edit.sites import add_site
from geo.model.entity import LonLat
from geo.model.site import Site
from gui.cli.opening import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Content = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Outcome:
    """What a verb left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object that ``--json`` printed."""
        assert self.status == 0, self.err
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UCM_LANG", "en")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run one verb in this process."""

    def verb(*arguments: object) -> Outcome:
        capsys.readouterr()
        status = main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return verb


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A plan with three sites, and the home that holds its user's key; made once, then copied."""
    folder = tmp_path_factory.mktemp("command line")
    home, plan = folder / "home", folder / "plan.gpkg"
    home.mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("UCM_HOME", str(home))
        assert main(["new", str(plan), "--province", "Preah Sihanouk", "--json"]) == 0
        with opened(plan, acts=True) as project:
            for code in "ABC":
                site = Site(
                    code=code,
                    name_en=f"Site {code}",
                    admin_code="180101",
                    point=LonLat(103.52, 10.62),
                )
                project.commit(add_site(site))
    return home, plan


@pytest.fixture
def plan(made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan of one's own, and the current folder is where it lies."""
    home = tmp_path / "home"
    folder = tmp_path / "ផែនការ of the province"
    folder.mkdir()
    shutil.copytree(made[0], home)
    shutil.copy(made[1], folder / "plan.gpkg")
    monkeypatch.setenv("UCM_HOME", str(home))
    monkeypatch.chdir(folder)
    return folder / "plan.gpkg"


@pytest.fixture
def content() -> Callable[[Path], Content]:
    """Every row of every table of a plan, read without this program."""

    def read(path: Path) -> Content:
        address = f"{path.as_uri()}?immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as file:
            names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: file.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - its own names
                for (name,) in names
            }

    return read


SQUARE = "POLYGON((103.5 10.6, 103.55 10.6, 103.55 10.65, 103.5 10.65, 103.5 10.6))"


@pytest.fixture(scope="session")
def square() -> str:
    """A polygon around the plan's sites, as WKT."""
    return SQUARE
