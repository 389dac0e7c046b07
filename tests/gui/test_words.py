"""Every word of the window stands in the catalogue, in Khmer and in English."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)

from geo.catalogue import catalogue, text
from geo.model.entity import Kind
from gui import i18n
from gui.actions import COMMANDS, WORKSPACES
from gui.widgets.texts import Text

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    path
    for path in sorted((ROOT / "gui").rglob("*.py"))
    if path.relative_to(ROOT / "gui").parts[0] not in {"map", "tools", "print", "cli"}
]
CODE = re.compile(r"(?:window|panel|action|dialog|start)(?:\.[a-z_]+)+")
NOT_TEXTS = {"window.json", "window.qss"}
# Written the same in both languages: names of formats, keys and languages.
SAME = re.compile(
    r"EN|English|PDF|A[34]|HTML|Ctrl|Alt|Shift|Esc|Up|Down|F\d+|Space|[A-Z]\b|GIS|Excel|CSV|"
    r"GeoJSON|GeoPackage|JPEG|PNG|WebP|ILO|KML|KMZ|GPX|Shapefile|zip|Enter|Backspace|Delete|Home|n\b|"
    # what stands in the demonstration plan
    r"Demo[\w ()]*|DEMO[-\w]*|Deputy Governor \d \(demo\)|T\d\b|Chief \(demo\)|Task|Day \d|Car \d|"
    r"demo\.gpkg|Sangkat \d|Mango|Provincial[\w ]*|errors\.log|/[\w/.-]*"
)


def written_codes() -> set[str]:
    found = set()
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and CODE.fullmatch(node.value)
            ):
                found.add(node.value)
    return found - NOT_TEXTS


def test_every_code_in_the_source_has_its_text():
    assert sorted(written_codes() - set(catalogue())) == []


def test_every_command_and_workspace_has_its_text():
    for command in COMMANDS:
        assert text(f"action.{command.name}", "km")
    for name in WORKSPACES:
        assert text(f"panel.{name}.tip", "km")


def test_both_languages_have_the_same_placeholders():
    for code, texts in catalogue().items():
        fields = {
            language: {name for _, name, _, _ in string.Formatter().parse(words) if name}
            for language, words in texts.items()
        }
        assert fields["en"] == fields["km"], code


def test_no_two_commands_have_the_same_keys():
    keys = [command.keys for command in COMMANDS]
    assert len(set(keys)) == len(keys)


def words_of(widget: QWidget) -> list[str]:
    said = [widget.toolTip(), widget.accessibleName()]
    if isinstance(widget, QLabel | QAbstractButton):
        said.append(widget.text())
    if isinstance(widget, QLineEdit):
        said.append(widget.placeholderText())
    if isinstance(widget, QComboBox):
        said += [widget.itemText(i) for i in range(widget.count())]
    if isinstance(widget, QTabWidget):
        said += [widget.tabText(i) for i in range(widget.count())]
    return said


def english_left(root: QWidget) -> set[str]:
    """What still holds Latin words, without the names that stand in the plan."""
    left = set()
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root):
            continue
        for words in words_of(widget):
            if re.search(r"[A-Za-z]{2,}", SAME.sub("", words)):
                left.add(f"{type(widget).__name__}: {words}")
    return left


def test_no_english_is_left_on_the_khmer_start_page(make_window):
    made = make_window()
    made.set_language("km")
    made.settings.recent = []
    assert english_left(made.start) == set()


@pytest.fixture
def khmer(reopened):
    """The window of this module in Khmer, with the demonstration plan opened anew."""
    return reopened(language="km")


def test_no_english_is_left_in_the_khmer_window(khmer):
    bench = khmer.workbench
    for name in WORKSPACES:
        bench.show_workspace(name)
        QApplication.processEvents()
        assert english_left(bench) == set(), name
    bench.toggle_held()
    bench.toggle_drawer()
    for kind, entity in (
        (Kind.SITE, "site-1"),
        (Kind.ALLEGATION, "allegation-1"),
        (Kind.ZONE, "zone-1"),
        (Kind.TEAM, "team-1"),
    ):
        khmer.desk.selection.select(kind, [entity])
        QApplication.processEvents()
        assert english_left(bench) == set(), kind


@pytest.mark.parametrize("which", ["add_team", "add_operation", "decide", "import"])
def test_no_english_is_left_in_a_khmer_dialog(khmer, which):
    edits = khmer.workbench.edits
    {
        "add_team": edits.add_team,
        "add_operation": edits.add_operation,
        "decide": lambda: edits.decide("site-1"),
        "import": edits.import_file,
    }[which]()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    assert english_left(dialog) == set()
    dialog.reject()


def test_the_language_goes_there_and_back(window, bench, qtbot):
    qtbot.waitUntil(lambda: "Basemap" in visible_words(bench))
    before = visible_words(bench)
    window.set_language("km")
    qtbot.waitUntil(lambda: "ផែនទីមូលដ្ឋាន" in visible_words(bench))
    assert not set(visible_words(bench)) & set(before) - {""}
    window.set_language("en")
    qtbot.waitUntil(lambda: visible_words(bench) == before)
    assert window.settings.language == i18n.language() == "en"


def visible_words(root: QWidget) -> list[str]:
    return sorted(
        words
        for label in root.findChildren(Text)
        if label.isVisibleTo(root)
        for words in words_of(label)
    )
