"""The one catalogue of texts, Khmer and English, for the window, the reports and the command line.

One catalogue instead of Qt's ``.ts`` files, so that a native speaker can check every text in a
spreadsheet, and so that the command line and the exports, which know no Qt, say the same words as
the window.

The texts are the rows of ``resources/i18n/*.csv`` with the columns ``code,en,km,note``.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["en", "km"]
LANGUAGES: tuple[Language, ...] = ("km", "en")


class MissingTextError(KeyError):
    """A code that no catalogue file holds: a bug, found by the tests."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Read every catalogue file once.

    Returns:
        ``{code: {"en": …, "km": …}}``.

    Raises:
        ValueError: A code stands twice.
    """
    texts: dict[str, dict[str, str]] = {}
    folder = files("resources") / "i18n"
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if not entry.name.endswith(".csv"):
            continue
        lines = entry.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        for row in csv.DictReader(lines):
            code = row["code"]
            if code in texts:
                message = f"text code twice in the catalogue: {code}"
                raise ValueError(message)
            texts[code] = {"en": row["en"], "km": row["km"]}
    return texts


def text(code: str, language: Language, /, **params: object) -> str:
    """Return the text of `code` in `language` with ``{name}`` placeholders filled in.

    Raises:
        MissingTextError: No catalogue file holds `code`.
    """
    try:
        template = catalogue()[code][language]
    except KeyError:
        raise MissingTextError(code) from None
    return template.format(**params) if params else template


def label(value: object, language: Language) -> str:
    """Return the label of a member of a closed vocabulary, e.g. ``SiteKind.CASINO``."""
    kind = type(value).__name__
    return text(f"vocab.{kind}.{value}", language)
