"""The given registers with their manifest: what an import of each must account for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "registers"
TARGETS = {"mixed": "sites"}
PLURALS = {
    "sites": "site",
    "licences": "licence",
    "allegations": "allegation",
    "crossings": "border_crossing",
    "zones": "zone",
}


@dataclass(frozen=True)
class Register:
    """One file: how many rows it has, and which of them must not come in silently."""

    path: Path
    target: str
    rows: int
    held_back: frozenset[tuple[str, int]]
    may_ask: frozenset[tuple[str, int]]

    @property
    def kind(self) -> str:
        return PLURALS[self.target]

    def place(self, sheet: str, row: int) -> tuple[str, int]:
        """Return a row as the manifest names it: without a sheet where one is all there is."""
        named = any(s for s, _ in (*self.held_back, *self.may_ask))
        return (sheet if named else "", row)

    def check(self, imported: int, told: list[tuple[str, int]]) -> None:
        """Fail unless every row is accounted for and each bad one is told by its number."""
        found = {self.place(sheet, row) for sheet, row in told}
        assert imported + len(told) == self.rows
        assert self.held_back <= found
        assert found <= self.held_back | self.may_ask


def registers() -> list[Register]:
    made = []
    for entry in json.loads((FOLDER / "manifest.json").read_text("utf-8"))["files"]:

        def places(name: str, entry: dict = entry) -> frozenset[tuple[str, int]]:
            return frozenset((i.get("sheet", ""), i["row"]) for i in entry.get(name, ()))

        made.append(
            Register(
                path=FOLDER / entry["file"],
                target=TARGETS.get(entry["kind"], entry["kind"]),
                rows=entry["data_rows"],
                held_back=places("bad") | places("ask"),
                may_ask=places("may_ask"),
            )
        )
    return made
