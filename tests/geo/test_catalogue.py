"""The catalogue against the source: every code that is used is worded, every worded one is used."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from geo import errors
from geo.catalogue import LANGUAGES, MissingTextError, catalogue, label, text
from geo.edit.verbs import Verb
from geo.model import vocabulary
from geo.model.vocabulary import SiteKind

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "resources" / "i18n").glob("*.csv"))
SOURCES = [
    ROOT / "app.py",
    *(p for top in ("geo", "gui", "layers") for p in (ROOT / top).rglob("*.py")),
]

# Codes that no source names, with the reason why they stand in the catalogue all the same.
ALLOWED_UNUSED = {
    "term.": "the glossary: one place where a native speaker can check the words of the field",
}
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)+")
KHMER = re.compile(r"[\u1780-\u17b3]")
ENGLISH_WORD = re.compile(r"[A-Za-z]*[a-z]{3,}")
# Names that are the same in every language.
PROPER_NAMES = re.compile(r"\{[^}]*\}|Unity Command Map|GeoPackage|OpenStreetMap|Ed25519|OData")


class Used(NamedTuple):
    """A code in the source; `parameters` is None where they cannot be read off the call."""

    where: str
    code: str
    parameters: frozenset[str] | None = None


class Sentence(NamedTuple):
    """The sentence of an edit's verb with the parameters that the edit carries."""

    where: str
    code: str
    parameters: frozenset[str]


class Scan(ast.NodeVisitor):
    """Finds codes: arguments of `text` and `tr`, of known errors, and whatever looks like one."""

    def __init__(self, where: str, known_errors: set[str]) -> None:
        self.where = where
        self.known_errors = known_errors
        self.strict: list[Used] = []
        self.mentioned: set[str] = set()
        self.patterns: list[Used] = []
        self.sentences: list[Sentence] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring is no code
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and CODE.fullmatch(node.value):
            self.mentioned.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [p.value if isinstance(p, ast.Constant) else None for p in node.values]
        self._pattern(node, [str(p) if p is not None else None for p in parts])
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
            self._pattern(node, [str(node.left.value), None])
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if node.args and (name in {"text", "tr"} or name in self.known_errors):
            splat = any(k.arg is None for k in node.keywords)
            given = None if splat else frozenset(k.arg or "" for k in node.keywords)
            for code in self._leaves(node.args[0]):
                if CODE.fullmatch(code):
                    self.strict.append(Used(f"{self.where}:{node.lineno}", code, given))
        if name == "Edit":
            self._sentence(node)
        for keyword in node.keywords:
            if (keyword.arg or "").endswith(("code", "hint")):
                self._named(keyword.value)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {getattr(t, "id", getattr(t, "attr", "")) for t in node.targets}
        if any(name.endswith(("code", "hint")) for name in names):
            self._named(node.value)
        self.generic_visit(node)

    def _named(self, value: ast.expr) -> None:
        for code in self._leaves(value):
            if CODE.fullmatch(code):
                self.strict.append(Used(f"{self.where}:{value.lineno}", code))

    def _leaves(self, node: ast.expr) -> list[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, ast.IfExp):
            return [*self._leaves(node.body), *self._leaves(node.orelse)]
        if isinstance(node, ast.BoolOp):
            return [leaf for value in node.values for leaf in self._leaves(value)]
        return []

    def _pattern(self, node: ast.expr, parts: list[str | None]) -> None:
        if parts and re.fullmatch(
            r"[a-z][a-z0-9_]*\.([a-zA-Z0-9_]+\.)*[a-zA-Z0-9_]*", parts[0] or ""
        ):
            pattern = "".join("[A-Za-z0-9_.]+" if p is None else re.escape(p) for p in parts)
            self.patterns.append(Used(f"{self.where}:{node.lineno}", pattern))

    def _sentence(self, node: ast.Call) -> None:
        given = {k.arg: k.value for k in node.keywords}
        verb, params = given.get("verb"), given.get("params", ast.Dict(keys=[], values=[]))
        if not isinstance(verb, ast.Attribute) or not isinstance(params, ast.Dict):
            return
        if (
            all(isinstance(key, ast.Constant) for key in params.keys)
            and verb.attr in Verb.__members__
        ):
            names = frozenset(
                str(key.value) for key in params.keys if isinstance(key, ast.Constant)
            )
            code = f"edit.{Verb[verb.attr].value}"
            self.sentences.append(Sentence(f"{self.where}:{node.lineno}", code, names))


@cache
def trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in SOURCES
        if path.exists()
    }


def classes() -> list[ast.ClassDef]:
    return [n for tree in trees().values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]


@cache
def scans() -> tuple[Scan, ...]:
    known = {name for name, value in vars(errors).items() if isinstance(value, type)}
    for _ in range(3):  # errors that are made from known errors, wherever they are defined
        known |= {c.name for c in classes() if {getattr(b, "id", "") for b in c.bases} & known}
    known -= {"Exception"}
    found = []
    for where, tree in trees().items():
        scan = Scan(where, known)
        scan.visit(tree)
        found.append(scan)
    return tuple(found)


def rows() -> list[tuple[str, dict[str, str]]]:
    found = []
    for path in FILES:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [(path.name, row) for row in csv.DictReader(file)]
    return found


def none_of(found: set) -> bool:
    """Tell that nothing was found, or fail with all of it, one a line."""
    if found:
        pytest.fail("\n".join(str(item) for item in sorted(found)), pytrace=False)
    return True


def placeholders(template: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(template) if name is not None)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_catalogue_file_has_the_four_columns_and_nothing_beside_them(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["code", "en", "km", "note"]
    assert [line for line in lines if len(line) != len(lines[0])] == []


def test_no_code_is_worded_twice():
    counts = Counter(row["code"] for _, row in rows())
    assert [code for code, count in counts.items() if count > 1] == []


def test_every_code_looks_like_a_code():
    assert [row["code"] for _, row in rows() if not CODE.fullmatch(row["code"])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_worded_in_each_language(language):
    assert [code for code, words in catalogue().items() if not words[language].strip()] == []


def test_both_languages_have_the_same_placeholders():
    odd = {
        code: (words["en"], words["km"])
        for code, words in catalogue().items()
        if set(placeholders(words["en"])) != set(placeholders(words["km"]))
    }
    assert odd == {}


def test_placeholders_are_plain_names():
    odd = {
        (code, name)
        for code, words in catalogue().items()
        for name in placeholders(words["en"])
        if not name.isidentifier()
    }
    assert odd == set()


def test_khmer_is_written_in_khmer():
    odd = {
        code: words["km"]
        for code, words in catalogue().items()
        if ENGLISH_WORD.search(PROPER_NAMES.sub("", words["en"])) and not KHMER.search(words["km"])
    }
    assert odd == {}


def test_every_code_that_the_source_names_is_worded():
    missing = {
        (used.where, used.code)
        for scan in scans()
        for used in scan.strict
        if used.code not in catalogue()
    }
    assert none_of(missing)


def test_whatever_looks_like_a_code_of_the_errors_and_edits_is_worded():
    missing = {
        (scan.where, code)
        for scan in scans()
        for code in scan.mentioned
        if code.startswith(("error.", "edit.", "vocab.")) and code not in catalogue()
    }
    assert none_of(missing)


def test_every_code_that_is_put_together_matches_at_least_one():
    namespaces = {code.split(".")[0] for code in catalogue()}
    missing = {
        (used.where, used.code)
        for scan in scans()
        for used in scan.patterns
        if used.code.split("\\.")[0] in namespaces
        and not any(re.fullmatch(used.code, code) for code in catalogue())
    }
    assert none_of(missing)


def test_every_placeholder_is_given_its_value():
    lacking = {
        (used.where, used.code, name)
        for scan in scans()
        for used in (*scan.strict, *scan.sentences)
        if used.parameters is not None and used.code in catalogue()
        for name in set(placeholders(catalogue()[used.code]["en"])) - used.parameters
    }
    assert none_of(lacking)


def test_every_member_of_a_closed_vocabulary_has_its_label_and_no_label_is_left_over():
    closed = {
        f"vocab.{cls.__name__}.{member.value}"
        for cls in vars(vocabulary).values()
        if isinstance(cls, type) and issubclass(cls, StrEnum) and cls is not StrEnum
        for member in cls
    }
    labels = {code for code in catalogue() if code.startswith("vocab.")}
    assert none_of(closed - labels)
    # Enumerations beside the vocabulary (kinds of rows, for example) may have labels too.
    enums = {
        f"vocab.{c.name}.{item.value.value}"
        for c in classes()
        for item in c.body
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant)
    }
    assert none_of(labels - enums)


def test_every_verb_has_its_sentence_and_no_sentence_is_left_over():
    sentences = {code for code in catalogue() if code.startswith("edit.")}
    assert sentences == {f"edit.{verb.value}" for verb in Verb}


def test_no_text_is_left_that_nobody_asks_for():
    named = {code for scan in scans() for code in scan.mentioned}
    named |= {used.code for scan in scans() for used in scan.strict}
    patterns = re.compile("|".join({u.code for scan in scans() for u in scan.patterns}) or "$^")
    left = {
        code
        for code in catalogue()
        if code not in named
        and not patterns.fullmatch(code)
        and not code.startswith(("edit.", "vocab.", *ALLOWED_UNUSED))
    }
    assert none_of(left)


def test_the_glossary_holds_every_term_once():
    terms = [row["en"] for name, row in rows() if name == "terms.csv"]
    assert len(terms) == len(set(terms)) > 40


def test_a_text_is_filled_in_in_both_languages():
    assert text("error.zone.name_taken", "en", name="Alpha") == (
        "There is already a zone named Alpha. Choose another name."
    )
    assert "Alpha" in text("error.zone.name_taken", "km", name="Alpha")


def test_braces_in_a_value_stay_as_they_are():
    assert "{name.__class__}" in text("error.zone.name_taken", "en", name="{name.__class__}")


def test_a_code_that_is_not_worded_is_a_bug_with_its_name():
    with pytest.raises(MissingTextError, match=r"no\.such\.code"):
        text("no.such.code", "en")


def test_a_member_of_a_vocabulary_has_its_label():
    assert label(SiteKind.CASINO, "en") == "Casino"
    assert KHMER.search(label(SiteKind.CASINO, "km"))
