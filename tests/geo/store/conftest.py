from __future__ import annotations

import dataclasses
import hashlib
import random
import types
import typing
from contextlib import closing
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pytest
from shapely import MultiPolygon, Polygon, box

from geo.edit.edit import Edit, inserting, stamped
from geo.edit.verbs import Verb
from geo.keys import KeyStore
from geo.model.codec import ENTITY_TYPES
from geo.model.entity import Entity, Kind, LonLat, new_id
from geo.model.evidence import Attachment
from geo.model.plan import PlanInfo, User
from geo.model.site import Site
from geo.model.vocabulary import LegalStatus, Role
from geo.store.memory import MemoryStore
from geo.store.plans import create_plan
from geo.store.seed import first_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geo.keys import KeySigner
    from geo.store.geopackage import GeoPackageStore
    from geo.store.protocol import Store

PASSPHRASE = 'ភាសាខ្មែរ o\'clock "7"'
TEXTS = ("", "00855", "ភូមិ ១", "it's; DROP TABLE site --", "{name}", "line\nbreak", "0")


def sample(cls: type, seed: int = 0) -> Any:
    """An entity of a class with every field filled, different for each seed."""
    chance = random.Random(seed)
    hints = typing.get_type_hints(cls)
    values = {
        f.name: _value(hints[f.name], chance)
        for f in dataclasses.fields(cls)
        if not (issubclass(cls, Entity) and f.name in {"id", "version"})
    }
    if cls is Site:
        values["legal_status"] = LegalStatus.UNVERIFIED
    if cls is Attachment:
        content = content_of(seed)
        values["content_sha256"] = hashlib.sha256(content).hexdigest()
        values["size"] = len(content)
    return cls(**values)


def content_of(seed: int) -> bytes:
    """What the sample attachment of a seed holds."""
    return b"content of sample %d" % seed


SAMPLE_CONTENTS = {hashlib.sha256(c).hexdigest(): c for c in map(content_of, range(8))}


def _value(hint: Any, chance: random.Random) -> Any:  # noqa: PLR0911 - one for each type
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        options = list(typing.get_args(hint))
        return _value(chance.choice(options), chance)
    if hint is type(None):
        return None
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(_value(inner, chance) for _ in range(chance.randrange(3)))
    if hint is LonLat:
        return LonLat(chance.uniform(102, 107), chance.uniform(10, 14))
    if hint in {Polygon, MultiPolygon}:
        west, south = chance.uniform(102, 106), chance.uniform(10, 13)
        parts = [box(west + i, south, west + i + 0.5, south + 0.5) for i in range(2)]
        return parts[0] if hint is Polygon else MultiPolygon(parts)
    if issubclass(hint, StrEnum):
        return chance.choice(list(hint))
    if dataclasses.is_dataclass(hint):
        return sample(hint, chance.randrange(1 << 30))
    plain = {
        bool: lambda: chance.random() < 0.5,
        int: lambda: chance.randrange(10_000),
        float: chance.random,
        str: lambda: chance.choice(TEXTS),
        datetime: lambda: datetime(2022, 9, chance.randrange(1, 30), 7, 30, tzinfo=UTC),
        date: lambda: date(2022, chance.randrange(1, 13), 17),
        time: lambda: time(chance.randrange(24), 5),
    }
    return plain[hint]()


@pytest.fixture
def make() -> Callable[..., Any]:
    return sample


@pytest.fixture
def planner(fresh_home: Path) -> User:
    user_id = new_id()
    return User(
        id=user_id, name="Planner", role=Role.PLANNER, public_key=KeyStore().create(user_id)
    )


@pytest.fixture
def signer(planner: User) -> KeySigner:
    found = KeyStore().signer(planner.id)
    assert found is not None
    return found


@pytest.fixture
def edit_of(planner: User) -> Callable[..., Edit]:
    """Deltas → an edit with who and when."""

    def build(*deltas: Any, verb: Verb = Verb.IMPORT, **rest: Any) -> Edit:
        edit = Edit(verb=verb, deltas=deltas, **rest)
        return stamped(edit, actor=planner.id, at=datetime(2022, 9, 17, 8, tzinfo=UTC))

    return build


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    folder = tmp_path / "ផែនការ of the province"
    folder.mkdir()
    return folder / "plan 1.gpkg"


@pytest.fixture
def new_plan(planner: User, signer: KeySigner) -> Callable[..., GeoPackageStore]:
    def build(path: Path, **rest: Any) -> GeoPackageStore:
        return create_plan(
            path,
            name="ផែនការ",
            province_code="18",
            users=[planner],
            actor=planner,
            signer=signer,
            **rest,
        )

    return build


@pytest.fixture
def plan(plan_path: Path, new_plan: Callable[..., GeoPackageStore]) -> Path:
    """A closed plan."""
    new_plan(plan_path).close()
    return plan_path


@pytest.fixture(params=["memory", "file", "protected file"])
def store(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    planner: User,
    signer: KeySigner,
    new_plan: Callable[..., GeoPackageStore],
) -> Iterator[Store]:
    """A store of each sort, with the first edit of a plan in it."""
    made: Store
    if request.param == "memory":
        made = MemoryStore()
        at = datetime.now(UTC)
        info = PlanInfo(name="ផែនការ", province_code="18", created_at=at)
        edit = stamped(first_edit(info, [planner]), actor=planner.id, at=at)
        made.commit(edit, signer)
    elif request.param == "file":
        made = new_plan(tmp_path / "plan.gpkg")
    else:
        made = new_plan(tmp_path / "plan.ucmplan", passphrase=PASSPHRASE)
    with closing(made):
        yield made


@pytest.fixture
def add(store: Store, signer: KeySigner, edit_of: Callable[..., Edit]) -> Callable[..., Edit]:
    """Put entities of one kind into the store."""

    def put(*entities: Entity) -> Edit:
        return store.commit(edit_of(inserting(entities)), signer, SAMPLE_CONTENTS)

    return put


@pytest.fixture
def sample_contents() -> dict[str, bytes]:
    """What the first eight sample attachments hold, by digest."""
    return SAMPLE_CONTENTS


@pytest.fixture
def every_kind() -> list[tuple[Kind, list[Entity]]]:
    """Eight entities of each kind."""
    return [(kind, [sample(cls, seed) for seed in range(8)]) for kind, cls in ENTITY_TYPES.items()]
