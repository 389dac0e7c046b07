"""Reading a register into an open plan: nothing changes before the one edit at the end."""

from __future__ import annotations

import gc
import threading
from datetime import UTC, datetime

import pytest

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import CancelledError, InputError
from geo.formats.mapping import Mapping
from geo.formats.reader import FileReader
from geo.loading import STEPS, likely_target, load, open_file
from geo.model.entity import Kind
from geo.model.plan import ImportBatch, PlanInfo, User
from geo.model.site import Site
from geo.model.vocabulary import LegalStatus, Role
from geo.project import Project
from geo.store.memory import MemoryStore

PLANNER = User(name="Planner", role=Role.PLANNER, public_key="ab" * 32)
SITES = """code,name,kind,lat,lon,status
N1,Inn One,hotel_guesthouse,10.62,103.52,illegal
N2,Inn Two,hotel_guesthouse,10.63,103.53,legal
N3,Nowhere,hotel_guesthouse,0,0,
"""


@pytest.fixture(scope="module")
def reader():
    with FileReader() as warm:
        yield warm


@pytest.fixture
def plan():
    store = MemoryStore()
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    deltas = (inserting([info]), inserting([PLANNER]))
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=deltas, barrier=True))
    return Project(store, PLANNER)


@pytest.fixture
def register(tmp_path):
    file = tmp_path / "ទីតាំង of May.csv"
    file.write_text(SITES, encoding="utf-8")
    return file


class Steps:
    """Progress that is remembered, and stopped after so many steps."""

    def __init__(self, patience: int = 1_000) -> None:
        self.seen: list[tuple[int, int]] = []
        self.patience = patience

    def step(self, done: int, total: int, *_: object) -> None:
        self.seen.append((done, total))
        if len(self.seen) > self.patience:
            raise CancelledError


def test_reading_alone_changes_nothing(plan, reader, register):
    loaded = load(plan, reader, register, Kind.SITE)
    assert (loaded.file_name, len(loaded.sha256)) == (register.name, 64)
    checked = loaded.checked
    assert checked.rows == 3 == checked.imported + len(checked.rejected) + len(checked.waiting)
    assert len(plan.store.log()) == 1
    assert plan.all(Site) == ()


def test_what_was_read_is_one_edit_that_undo_takes_back(plan, reader, register):
    plan.commit(load(plan, reader, register, Kind.SITE).edit(plan))
    (batch,) = plan.all(ImportBatch)
    assert (batch.file_name, batch.rows, batch.imported, batch.rejected) == (
        register.name,
        3,
        2,
        1,
    )
    assert [s.code for s in plan.all(Site)] == ["N1", "N2"]
    plan.undo()
    assert (plan.all(Site), plan.all(ImportBatch)) == ((), ())


def test_what_a_register_says_of_a_status_stays_a_claim(plan, reader, register):
    plan.commit(load(plan, reader, register, Kind.SITE).edit(plan))
    assert {s.legal_status for s in plan.all(Site)} == {LegalStatus.UNVERIFIED}


def test_the_same_register_a_second_time_sees_what_is_there(plan, reader, register):
    plan.commit(load(plan, reader, register, Kind.SITE).edit(plan))
    again = load(plan, reader, register, Kind.SITE).checked
    assert again.imported == 0
    assert again.rows == len(again.rejected) + len(again.waiting)


def test_a_mapping_takes_the_place_of_the_suggestion(plan, reader, register):
    mapping = Mapping(
        target=Kind.SITE,
        columns={"name": "code", "lat": "lat", "lon": "lon"},
        constants={"kind": "casino"},
    )
    plan.commit(load(plan, reader, register, Kind.SITE, mapping=mapping).edit(plan))
    assert {s.kind.value for s in plan.all(Site)} == {"casino"}


def long_register(path, rows=9_000):
    lines = [f"N{n},Inn {n},hotel_guesthouse,10.62,103.52,legal" for n in range(rows)]
    path.write_text("\n".join([SITES.splitlines()[0], *lines]), encoding="utf-8")
    return path


def test_progress_tells_how_many_rows_are_checked_so_far(plan, reader, tmp_path):
    steps, n = Steps(), 9_000
    load(plan, reader, long_register(tmp_path / "long.csv", n), Kind.SITE, progress=steps)
    reading, checking = steps.seen[:STEPS], steps.seen[STEPS:]
    assert reading == [(0, STEPS), (1, STEPS)]
    done = [rows for rows, of in checking if of == n]
    assert len(done) == len(checking) > 10
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, n)


@pytest.mark.parametrize("patience", [0, 1, 2, 5, 12])
def test_an_import_that_is_stopped_leaves_nothing_half_done(plan, reader, tmp_path, patience):
    path = long_register(tmp_path / "long.csv")
    before = {kind: len(plan.table(kind)) for kind in Kind}
    collecting = gc.isenabled()
    with pytest.raises(CancelledError):
        load(plan, reader, path, Kind.SITE, progress=Steps(patience))
    assert len(plan.store.log()) == 1
    assert {kind: len(plan.table(kind)) for kind in Kind} == before
    assert gc.isenabled() == collecting
    assert load(plan, reader, path, Kind.SITE).checked.imported == 9_000


def test_reading_that_is_stopped_in_the_middle_leaves_a_reader_that_works(plan, tmp_path, register):
    path = long_register(tmp_path / "long.csv", 200_000)
    with FileReader() as reader:
        reader.warm()
        stop = threading.Timer(0.2, reader.cancel)
        stop.start()
        with pytest.raises(CancelledError):
            load(plan, reader, path, Kind.SITE)
        stop.join()
        assert len(plan.store.log()) == 1
        assert load(plan, reader, register, Kind.SITE).checked.rows == 3


@pytest.mark.parametrize("content", ["foo,bar\n1,2\n", ""])
def test_a_file_without_a_usable_column_is_refused(plan, reader, register, content):
    register.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        load(plan, reader, register, Kind.SITE)


def test_a_file_that_is_not_there_is_refused(plan, reader, register):
    with pytest.raises(InputError) as refused:
        load(plan, reader, register.with_name("missing.csv"), Kind.SITE)
    assert refused.value.params["name"] == "missing.csv"


def test_a_name_a_type_and_a_place_are_a_site_not_a_crossing(reader, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Name,Type,Lat,Long\nDemo,hotel,N 10.63,103°30'12\"E\n", encoding="utf-8")
    assert likely_target(open_file(reader, path).raw) is Kind.SITE


def test_the_zone_of_each_row_is_read_beside_its_metres(plan, reader, tmp_path):
    path = tmp_path / "x.csv"
    lines = [
        "Name;Type;UTM E;UTM N;Zone",
        "Demo A;hotel;343 757;1 176 111;48N",
        "Demo B;hotel;343757,5;1176111;",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    checked = load(plan, reader, path, Kind.SITE).checked
    assert [round(lon, 4) for lon in checked.columns["lon"]] == [103.5716]
    assert [p.code for p in checked.waiting] == ["import.reason.which_system"]
