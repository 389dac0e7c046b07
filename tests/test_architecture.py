"""The rules of the house that no linter knows: layers, processes, dependencies, paths, sizes."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("geo", "gui", "layers", "resources")

# What loads GDAL, and what is too heavy for the first second of the window.
GDAL = {"fiona", "osgeo", "pyogrio", "rasterio"}
HEAVY = {"folium", "geopandas", "pandas"}
WORKERS = "geo/formats/worker"

MAX_LINES = 350
# File -> why it may be longer. A long file is a second idea looking for a name.
LONGER: dict[str, str] = {}

QSETTINGS = re.compile(r"(import|[ ,(]) *QSettings *(\(|,|$)", re.MULTILINE)

# Distribution -> why it is declared though no source imports it.
NOT_IMPORTED: dict[str, str] = {}


def files_in_the_tree() -> list[Path]:
    """All that git holds or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


SOURCES = [
    path
    for path in files_in_the_tree()
    if path.suffix == ".py" and relative(path).split("/")[0] in (*PACKAGES, "app.py")
]
TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}


def imports_of(tree: ast.Module) -> set[str]:
    """Every module that a file names in an absolute import, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
    return found


def roots_of(tree: ast.Module) -> set[str]:
    return {name.split(".")[0] for name in imports_of(tree)}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names_in(requirements: list[str]) -> set[str]:
    return {normalised(re.split(r"[\s\[=<>!~;]", line, maxsplit=1)[0]) for line in requirements}


PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN = names_in(PYPROJECT["project"]["dependencies"])
DEV = names_in(PYPROJECT["dependency-groups"]["dev"])
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(lock: str) -> dict[str, str]:
    """Each requirement of a lock file with all that follows it: marker and digests."""
    text = (ROOT / lock).read_text("utf-8")
    entries: dict[str, str] = {}
    for entry in re.split(r"\n(?=[a-zA-Z0-9])", text.replace("\\\n", " ")):
        head, _, rest = entry.partition("--hash=")
        if head.strip() and not head.startswith("#"):
            entries[" ".join(head.split())] = rest
    return entries


# --- layers and processes ----------------------------------------------------------------------


def test_nothing_imports_the_application() -> None:
    guilty = [relative(path) for path, tree in TREES.items() if "app" in roots_of(tree)]
    assert guilty == []


@pytest.mark.parametrize(
    ("room", "above"),
    [("resources", {"geo", "layers", "gui"}), ("geo", {"layers", "gui"}), ("layers", {"gui"})],
)
def test_not_even_a_type_points_upwards(room: str, above: set[str]) -> None:
    guilty = [
        relative(path)
        for path, tree in TREES.items()
        if relative(path).startswith(f"{room}/") and roots_of(tree) & above
    ]
    assert guilty == []


def test_gdal_is_imported_in_the_worker_process_only() -> None:
    guilty = [
        f"{relative(path)}: {', '.join(sorted(roots_of(tree) & GDAL))}"
        for path, tree in TREES.items()
        if roots_of(tree) & GDAL and not relative(path).startswith((WORKERS, "resources/"))
    ]
    assert guilty == []


def test_geopandas_reads_and_writes_files_in_the_worker_process_only() -> None:
    calls = re.compile(r"\.(read_file|to_file|list_layers|read_postgis|to_postgis)\(")
    guilty = [
        relative(path)
        for path in SOURCES
        if calls.search(path.read_text("utf-8"))
        and not relative(path).startswith((WORKERS, "resources/"))
    ]
    assert guilty == []


def test_settings_never_go_through_qsettings_which_can_run_pickled_code() -> None:
    guilty = [relative(path) for path in SOURCES if QSETTINGS.search(path.read_text("utf-8"))]
    assert guilty == []


IMPORT_THE_WINDOW = """
import sys
import app
import gui.main_window
loaded = {name.partition(".")[0] for name in sys.modules}
print("modules", *sorted(loaded))
try:
    with open("/proc/self/maps", encoding="utf-8") as maps:
        print("gdal" if "libgdal" in maps.read() else "clean")
except FileNotFoundError:
    print("clean")
"""


def test_the_process_of_the_window_starts_without_gdal_and_without_heavy_libraries() -> None:
    started = subprocess.run(
        [sys.executable, "-c", IMPORT_THE_WINDOW],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    modules, maps = started.stdout.strip().splitlines()[-2:]
    assert set(modules.split()) & (GDAL | HEAVY) == set()
    assert maps == "clean"


# --- dependencies ------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_host_and_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert re.findall(r"^\s*(?:-i|-f|--(?!hash=)\S+)", text, re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_every_package_with_its_digests(lock: str) -> None:
    for requirement, digests in locked(lock).items():
        assert re.match(r"[A-Za-z0-9._-]+==\S+", requirement), requirement
        assert digests.startswith("sha256:"), requirement


def test_the_lock_for_developers_contains_the_lock_for_users() -> None:
    run, dev = (locked(lock) for lock in LOCKS)
    assert run.items() <= dev.items()


def test_what_pyproject_asks_for_is_locked() -> None:
    run, dev = (names_in(list(locked(lock))) for lock in LOCKS)
    assert run >= RUN
    assert dev >= DEV


def test_every_dependency_has_its_reason_in_architecture_md() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8").lower()
    unexplained = [
        name for name in sorted(RUN) if name not in text and name.replace("-", "_") not in text
    ]
    assert unexplained == []


@cache
def brought_by() -> Mapping[str, list[str]]:
    """The installed distributions by top-level module: to look through all of them takes long."""
    return importlib.metadata.packages_distributions()


def distributions_of(modules: set[str]) -> set[str]:
    """The installed distributions that bring these top-level modules."""
    foreign = modules - set(sys.stdlib_module_names) - {*PACKAGES, "app"}
    unknown = sorted(module for module in foreign if module not in brought_by())
    assert unknown == [], "imported but not installed"
    return {normalised(name) for module in foreign for name in brought_by()[module]}


def test_every_foreign_import_is_a_declared_dependency() -> None:
    for path, tree in TREES.items():
        # shiboken6 is the other half of PySide6-Essentials, of the same version by its own rule.
        undeclared = distributions_of(roots_of(tree)) - RUN - {"shiboken6"}
        assert undeclared == set(), relative(path)


def test_every_declared_dependency_is_imported_somewhere() -> None:
    used = distributions_of({root for tree in TREES.values() for root in roots_of(tree)})
    assert RUN - used - set(NOT_IMPORTED) == set()


# --- the tree ----------------------------------------------------------------------------------

FOREIGN_PATH = re.compile(
    r"(?<![\w.$}~-])(?:/(?:home|root|tmp|Users)/[a-z]"
    r"|[A-Z]:\\(?:Users|Windows)\\)"
)


def test_no_file_names_an_absolute_path_of_some_machine() -> None:
    guilty = []
    for path in files_in_the_tree():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a map
        guilty += [f"{relative(path)}: {found.group()}" for found in FOREIGN_PATH.finditer(text)]
    assert guilty == []


def test_a_source_file_holds_one_idea() -> None:
    long = {
        relative(path): lines
        for path in files_in_the_tree()
        if path.suffix == ".py"
        and (lines := path.read_text("utf-8").count("\n")) > MAX_LINES
        and relative(path) not in LONGER
    }
    assert long == {}


def test_the_list_of_longer_files_is_up_to_date() -> None:
    for name in LONGER:
        assert (ROOT / name).read_text("utf-8").count("\n") > MAX_LINES, name


def test_the_folders_of_tests_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
