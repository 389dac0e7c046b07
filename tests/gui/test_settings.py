from __future__ import annotations

import json
from pathlib import Path

import pytest

from gui import settings
from gui.settings import Settings


def test_what_was_saved_is_read_again(tmp_path):
    kept = Settings(language="en", theme="dark", drawer_height=300)
    kept.remember_plan(Path("a.gpkg"))
    settings.save(kept, tmp_path)
    assert settings.load(tmp_path) == kept


def test_the_last_plan_stands_first_and_once(tmp_path):
    kept = Settings()
    for name in ("a", "b", "a", "c", "d", "e", "f", "g"):
        kept.remember_plan(Path(name))
    assert kept.recent == ["g", "f", "e", "d", "c", "a"]
    kept.forget_plan(Path("g"))
    assert kept.recent[0] == "f"


@pytest.mark.parametrize(
    "content", ["", "no json", "[]", '{"language": 3, "theme": "pink", "recent": "x"}']
)
def test_a_damaged_file_is_as_a_first_start(tmp_path, content):
    (tmp_path / settings.FILE_NAME).write_text(content, "utf-8")
    assert settings.load(tmp_path) == Settings()


def test_what_a_newer_version_wrote_is_left_aside(tmp_path):
    (tmp_path / settings.FILE_NAME).write_text(json.dumps({"theme": "dark", "new": 1}), "utf-8")
    assert settings.load(tmp_path) == Settings(theme="dark")


def test_nothing_but_the_file_stays_behind(tmp_path):
    settings.save(Settings(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [settings.FILE_NAME]
