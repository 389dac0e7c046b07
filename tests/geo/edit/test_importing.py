from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

import geo.formats
from geo.catalogue import LANGUAGES, catalogue
from geo.edit.edit import stamped
from geo.edit.importing import existing_in, import_edit
from geo.errors import InputError
from geo.formats.mapping import Mapping, suggest
from geo.formats.raw import RawTable, RowNote
from geo.formats.rejects import write_rejects
from geo.formats.rows import check
from geo.formats.summary import summary
from geo.model.allegation import Allegation, Source
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.plan import ImportBatch, ImportRow, PlanInfo, User
from geo.model.site import Licence, Site
from geo.model.vocabulary import LegalStatus, Role, WaitingState
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit


@pytest.fixture
def project():
    """A new plan in memory with the border crossings that every plan begins with."""
    planner = User(name="planner", role=Role.PLANNER)
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    store = MemoryStore()
    moment = datetime(2022, 9, 1, tzinfo=UTC)
    store.commit(stamped(first_edit(info, [planner]), actor=planner.id, at=moment))
    return Project(store, planner)


def table(columns, *rows, **more):
    cells = tuple(list(c) for c in zip(*rows, strict=True))
    numbers = list(range(2, len(rows) + 2))
    return RawTable(columns=tuple(columns), cells=cells, numbers=numbers, **more)


def imported(project, raw, target, **columns):
    mapping = suggest(raw, target).using(**columns)
    checked = check(raw, mapping, target, existing=existing_in(project, target))
    project.commit(import_edit(project, checked, "register.csv", "ab" * 32))
    return checked


SITES = ("code", "name_en", "kind", "lat", "lon", "status", "telephone")
GOOD = ("S1", "Demo Casino", "casino", 10.61, 103.53, "ILLEGAL", "012 000 011")
ZERO = ("S2", "Demo Shop", "shop", 0, 0, "", "")
NOWHERE = ("S3", "Demo Shop", "shop", None, None, "", "012 000 012")


def test_one_import_is_one_edit_with_its_batch_and_its_other_rows(project):
    before = len(project.history.undoable)
    imported(project, table(SITES, GOOD, ZERO, NOWHERE), Kind.SITE)
    assert len(project.history.undoable) == before + 1
    (batch,) = project.all(ImportBatch)
    assert (batch.rows, batch.imported, batch.rejected, batch.waiting) == (3, 1, 1, 1)
    states = {(r.row, r.state, json.loads(r.reason)[0]) for r in project.all(ImportRow)}
    assert states == {
        (3, WaitingState.REJECTED, "import.reason.zero"),
        (4, WaitingState.WAITING, "import.reason.no_place"),
    }


def test_undo_takes_the_whole_import_back_and_redo_puts_it_back(project):
    imported(project, table(SITES, GOOD, ZERO), Kind.SITE)
    project.undo()
    assert (project.all(Site), project.all(ImportBatch), project.all(ImportRow)) == ((), (), ())
    project.redo()
    assert len(project.all(Site)) == 1


def test_no_import_makes_a_site_illegal(project):
    imported(project, table(SITES, GOOD), Kind.SITE)
    (site,) = project.all(Site)
    assert site.legal_status is LegalStatus.UNVERIFIED
    assert site.claimed_status == "ILLEGAL"


def test_a_telephone_column_is_left_out_even_of_the_rows_that_wait(project):
    checked = imported(project, table(SITES, NOWHERE), Kind.SITE)
    assert checked.mapping.never == ("telephone",)
    (row,) = project.all(ImportRow)
    assert "012" not in row.values


def test_numbers_of_persons_are_masked_in_waiting_rows_and_torn_lines(project):
    columns = ("reference", "received on", "kinds", "text", "seen by")
    row = ("A1", "17/09/2022", "torture", "Call 012 345 678", "Sok Demo")
    note = RowNote(3, "import.reason.short_line", value="A2; 012 345 678")
    imported(project, table(columns, row, row, damaged=(note,)), Kind.ALLEGATION)
    kept = json.dumps([[r.value, r.values] for r in project.all(ImportRow)])
    assert len(project.all(ImportRow)) == 2
    assert "345" not in kept
    assert "Sok" not in kept


def test_the_same_file_again_waits_instead_of_doubling_the_register(project):
    imported(project, table(SITES, GOOD), Kind.SITE)
    again = imported(project, table(SITES, GOOD), Kind.SITE)
    assert [p.code for p in again.waiting] == ["import.reason.in_plan"]
    assert len(project.all(Site)) == 1


def test_zeros_in_front_make_another_code(project):
    a, b = ("00855", *GOOD[1:]), ("855", *GOOD[1:])
    imported(project, table(SITES, a, b), Kind.SITE)
    assert {s.code for s in project.all(Site)} == {"00855", "855"}


def test_a_licence_finds_its_site_by_code(project):
    imported(project, table(SITES, GOOD), Kind.SITE)
    raw = table(("licence number", "holder", "site code"), ("L1", "Demo", "S1"))
    imported(project, raw, Kind.LICENCE)
    (licence,) = project.all(Licence)
    assert licence.site_id == project.all(Site)[0].id


def test_allegations_share_a_source_and_point_at_what_they_repeat(project):
    columns = (
        "reference",
        "received on",
        "kinds",
        "source",
        "duplicate of",
        "commune code",
        "text",
    )
    imported(
        project,
        table(
            columns,
            ("A1", "17/09/2022", "torture", "SRC-1", None, "180104", "Call 012 345 678"),
            ("A2", "18/09/2022", "torture", "SRC-1", "A1", "180104", ""),
        ),
        Kind.ALLEGATION,
    )
    first, second = project.all(Allegation)
    (source,) = project.all(Source)
    assert first.source_id == second.source_id == source.id
    assert second.duplicate_of == first.id
    assert "345" not in first.text


def test_the_rows_of_a_gate_are_one_crossing_and_a_known_gate_only_gets_its_intervals(project):
    columns = ("name_en", "country", "class", "lat", "lon", "open from", "open to")
    gate = ("Demo path", "TH", "unofficial", 13.66, 102.55)
    known = {c.name_en: c for c in project.all(BorderCrossing)}
    imported(
        project,
        table(
            columns,
            (*gate, "01/01/2015", "01/02/2016"),
            (*gate, "01/01/2018", "—"),
            ("Poipet", "TH", "international", 13.66, 102.55, "01/01/2010", "02/01/2010"),
        ),
        Kind.CROSSING,
    )
    now = {c.name_en: c for c in project.all(BorderCrossing)}
    assert len(now["Demo path"].open_intervals) == 2
    assert now["Demo path"].open_intervals[1].until is None
    if "Poipet" in known:
        assert now["Poipet"].id == known["Poipet"].id
        assert now["Poipet"].point == known["Poipet"].point


def test_a_damaged_row_is_rejected_and_counted(project):
    note = RowNote(3, "import.reason.open_quote", value="S2")
    raw = table(SITES, GOOD, ("S2", *GOOD[1:]), damaged=(note,))
    checked = imported(project, raw, Kind.SITE)
    assert (checked.imported, [p.field for p in checked.rejected]) == (1, ["line"])


def test_a_file_without_a_usable_column_is_refused_and_says_what_it_has():
    raw = table(("colour", "weight"), ("red", 3))
    with pytest.raises(InputError) as caught:
        suggest(raw, Kind.LICENCE)
    assert caught.value.code == "error.import.no_usable_column"
    assert caught.value.params["columns"] == "colour, weight"


def test_a_mapping_comes_back_from_its_json():
    mapping = suggest(table(SITES, GOOD), Kind.SITE)
    assert Mapping.from_json(mapping.to_json()) == mapping
    with pytest.raises(InputError):
        Mapping.from_json("[]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_counts_and_explains_in_words(project, language):
    checked = check(table(SITES, GOOD, ZERO, NOWHERE), suggest(table(SITES, GOOD), Kind.SITE))
    told = summary(checked, language)
    assert told["rows"] == told["imported"] + told["rejected"] + told["waiting"] == 3
    assert told["rejects"][0]["row"] == 3
    assert told["rejects"][0]["reason"]
    assert told["questions"][0]["rows"] == [4]


def test_rejects_are_text_cells_that_compute_nothing(tmp_path):
    bad = ("=1+1", '=HYPERLINK("http://x")', "casino", 0, 0, "", "")
    odd = ("S9", "Demo", "=cmd|' /C calc'!A0", 10.61, 103.53, "", "")
    raw = table(SITES, bad, odd)
    path = tmp_path / "rejects.xlsx"
    assert write_rejects(check(raw, suggest(raw, Kind.SITE)), path, "km") == 2
    cells = [c for row in load_workbook(path).worksheets[0].iter_rows() for c in row if c.value]
    assert all(c.data_type != "f" for c in cells)
    assert "=cmd|' /C calc'!A0" in [c.value for c in cells]
    assert [p.name for p in tmp_path.iterdir()] == ["rejects.xlsx"]


def test_every_code_that_the_import_can_give_has_its_texts():
    folder = Path(geo.formats.__file__).parent
    sources = "\n".join(p.read_text("utf-8") for p in folder.rglob("*.py"))
    codes = set(re.findall(r'"((?:import|error\.import)\.[a-z_.]+[a-z])"', sources))
    codes |= {f"import.reason.unknown_{w}" for w in ("district", "commune")}
    assert {c for c in codes if c not in catalogue()} == set()
