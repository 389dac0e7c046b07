"""Sources and their reports of the last days, up to three independent voices about one event."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from geo.edit.allegation_checks import local_now
from geo.edit.allegation_states import Basis
from geo.edit.allegations import add_allegation, at_place, set_state
from geo.edit.apart import keep_apart
from geo.edit.sources import add_source, correct_source
from geo.fiction.places import scenes
from geo.model.allegation import Allegation, NationalityCount, Source
from geo.model.entity import Kind
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Channel,
    Credibility,
    Reliability,
)

if TYPE_CHECKING:
    from geo.model.site import Site
    from geo.project import Project

_S, _K, _C, _R = AllegationStatus, AllegationKind, Channel, Reliability

VOICES: Final = (_R.B, _R.B, _R.C, _R.A, _R.E, _R.F)
"""Reliability of the new sources, which are called by the next free pseudonyms."""
INDEPENDENT: Final = ((0, 1), (0, 2), (1, 2), (0, 3))
"""Of which new sources it is known that neither heard it from the other."""
_ASSESSED = (_S.TRIAGED, _S.ASSESSING)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report that came in lately.

    Attributes:
        scene: Number of the site that it names, or None.
        code: NCDD code, where no site is named.
        voice: Number of the source, or None where nobody knows it.
        steps: The states that it went through since.
    """

    hours: float
    scene: int | None = None
    code: str = ""
    voice: int | None
    channel: Channel
    kinds: tuple[AllegationKind, ...]
    people: tuple[int | None, int | None] = (None, None)
    held_now: Answer = Answer.UNKNOWN
    credibility: Credibility = Credibility.THREE
    steps: tuple[AllegationStatus, ...] = ()
    nationalities: tuple[NationalityCount, ...] = ()
    text: str = field(default="", repr=False)


_LOCKED = (_K.UNLAWFUL_DETENTION, _K.FORCED_CRIMINALITY)
# In the order in which they came in.
REPORTS: Final = (
    Report(
        hours=13 * 24 + 5,
        scene=4,
        voice=3,
        channel=_C.POLICE,
        kinds=(_K.FORCED_OVERTIME,),
        people=(6, 9),
        held_now=Answer.NO,
        credibility=Credibility.TWO,
        steps=(*_ASSESSED, _S.CORROBORATED, _S.ACTIONED, _S.CLOSED),
        text="Demo: staff list and shift plan were seen at the inspection.",
    ),
    Report(
        hours=9 * 24 + 2,
        scene=3,
        voice=4,
        channel=_C.MEDIA,
        kinds=(_K.ILLEGAL_GAMBLING,),
        credibility=Credibility.FIVE,
        steps=(*_ASSESSED, _S.UNSUBSTANTIATED),
        text="Demo: a rumour in a group, taken over word by word.",
    ),
    Report(
        hours=7 * 24 + 8,
        code="180301",
        voice=5,
        channel=_C.WALK_IN,
        kinds=(_K.FORCED_LABOUR,),
        credibility=Credibility.SIX,
        steps=(_S.TRIAGED, _S.INSUFFICIENT),
        text="សាកល្បង៖ គ្មានទីកន្លែង និងពេលវេលាច្បាស់លាស់។",
    ),
    Report(
        hours=6 * 24 + 3,
        scene=1,
        voice=0,
        channel=_C.HOTLINE,
        kinds=(_K.FORCED_CRIMINALITY,),
        people=(4, 6),
        credibility=Credibility.THREE,
        steps=(_S.TRIAGED,),
        text="Demo: caller speaks of a back room with computers.",
    ),
    Report(
        hours=4 * 24 + 6,
        scene=1,
        voice=3,
        channel=_C.EMBASSY,
        kinds=(_K.FORCED_CRIMINALITY, _K.HUMAN_TRAFFICKING),
        people=(5, 5),
        held_now=Answer.YES,
        credibility=Credibility.TWO,
        nationalities=(NationalityCount("PH", 3), NationalityCount("ID", 2)),
        steps=(*_ASSESSED, _S.CORROBORATED, _S.ACTIONED),
        text="Demo: a relative at home was called from inside.",
    ),
    Report(
        hours=3 * 24 + 1,
        scene=1,
        voice=0,
        channel=_C.HOTLINE,
        kinds=(_K.FORCED_CRIMINALITY,),
        people=(5, 6),
        held_now=Answer.YES,
        credibility=Credibility.THREE,
        steps=(_S.TRIAGED,),
        text="Demo: the same caller again, nothing changed.",
    ),
    Report(
        hours=2 * 24 + 10,
        scene=2,
        voice=1,
        channel=_C.RIGHTS_GROUP,
        kinds=(_K.SEXUAL_EXPLOITATION,),
        people=(2, 3),
        steps=_ASSESSED,
        text="សាកល្បង៖ បុគ្គលិកម្នាក់និយាយថា គេមិនឱ្យចេញពេលយប់ទេ។",
    ),
    Report(
        hours=2 * 24 + 2,
        scene=2,
        voice=5,
        channel=_C.MEDIA,
        kinds=(_K.SEXUAL_EXPLOITATION,),
        people=(2, 4),
        credibility=Credibility.FOUR,
        steps=(_S.TRIAGED,),
        text="Demo: a message in a public group, nobody was asked.",
    ),
    Report(
        hours=31,
        scene=0,
        voice=2,
        channel=_C.RIGHTS_GROUP,
        kinds=_LOCKED,
        people=(12, 15),
        held_now=Answer.YES,
        credibility=Credibility.TWO,
        nationalities=(NationalityCount("VN", 8), NationalityCount("KH", 4)),
        steps=_ASSESSED,
        text="Demo: two people came out over the wall; the others are still inside.",
    ),
    Report(
        hours=20.5,
        scene=0,
        voice=1,
        channel=_C.EMBASSY,
        kinds=_LOCKED,
        people=(10, 14),
        held_now=Answer.YES,
        credibility=Credibility.TWO,
        steps=(_S.TRIAGED,),
        text="Demo: consular staff were sent a position and the number of the floor.",
    ),
    Report(
        hours=12.25,
        scene=0,
        voice=4,
        channel=_C.MEDIA,
        kinds=_LOCKED,
        people=(12, 12),
        credibility=Credibility.FOUR,
        steps=(_S.TRIAGED,),
        text="Demo: an article that repeats what the rights group said.",
    ),
    Report(
        hours=9,
        code="01100209",
        voice=None,
        channel=_C.HOTLINE,
        kinds=(_K.UNLAWFUL_DETENTION, _K.TORTURE),
        people=(3, None),
        held_now=Answer.YES,
        credibility=Credibility.SIX,
        text="សាកល្បង៖ អ្នកទូរស័ព្ទនិយាយថា មានគេចាក់សោទ្វារពីខាងក្រៅ។ 012 000 041",
    ),
    Report(
        hours=3.5,
        scene=0,
        voice=0,
        channel=_C.HOTLINE,
        kinds=_LOCKED,
        people=(12, 18),
        held_now=Answer.YES,
        credibility=Credibility.TWO,
        text="Demo: lights on the fourth floor, gate locked from outside. Call back: 012 000 042",
    ),
)
CORROBORATED, ECHO = 8, 10
"""The report that becomes corroborated once the others are there, and one that repeats it."""
APART = (6, 7)
"""Two reports about one place that were found to be about two events."""


def add_voices(project: Project) -> None:
    """Add sources, and what they reported in the days before now."""
    _grade_known(project)
    voices: list[str] = []
    for reliability in VOICES:
        project.commit(add_source(project, reliability=reliability))
        voices.append(project.all(Source)[-1].id)
    for one, other in INDEPENDENT:
        known = set(project.get(Source, voices[one]).independent_of) | {voices[other]}
        project.commit(correct_source(project, voices[one], independent_of=known))
    sites = scenes(project, "PSH-", 5)
    now = local_now().replace(second=0, microsecond=0)
    ids: list[str] = []
    for number, report in enumerate(REPORTS, start=1):
        site = None if report.scene is None else sites[report.scene]
        at = now - timedelta(hours=report.hours)
        allegation = Allegation(
            reference=f"DEMO-A-NEW-{number:03d}",
            received_on=at.date(),
            received_at=at.time(),
            occurred_on=(at - timedelta(hours=30)).date(),
            channel=report.channel,
            kinds=report.kinds,
            people_min=report.people[0],
            people_max=report.people[1],
            nationalities=report.nationalities,
            held_now=report.held_now,
            source_id="" if report.voice is None else voices[report.voice],
            reliability=_R.F if report.voice is None else VOICES[report.voice],
            credibility=report.credibility,
            text=report.text,
        )
        project.commit(add_allegation(project, _placed(allegation, report, site)))
        ids.append(allegation.id)
    for allegation_id, report in zip(ids, REPORTS, strict=True):
        for step in report.steps:
            basis = Basis.INSPECTION if step is _S.CORROBORATED else None
            project.commit(set_state(project, allegation_id, step, basis=basis))
    project.commit(set_state(project, ids[CORROBORATED], _S.CORROBORATED))
    project.commit(set_state(project, ids[ECHO], _S.DUPLICATE, duplicate_of=ids[CORROBORATED]))
    first, second = (ids[i] for i in APART)
    reason = "Demo: two different persons"
    project.commit(keep_apart(project, Kind.ALLEGATION, first, second, reason))


def _placed(allegation: Allegation, report: Report, site: Site | None) -> Allegation:
    if site is None:
        return at_place(allegation, admin_code=report.code)
    placed = at_place(allegation, point=site.point, accuracy_m=40.0, admin_code=site.admin_code)
    return replace(placed, site_id=site.id, place_text=site.name_km or site.name_en)


def _grade_known(project: Project) -> None:
    """Grade the first sources of the registers as their reports are graded, two as independent."""
    known = {s.id: s for s in project.all(Source)}
    grades: dict[str, Reliability] = {}
    for allegation in project.all(Allegation):
        grades.setdefault(allegation.source_id, allegation.reliability)
    first = sorted(known.values(), key=lambda s: s.pseudonym)[:12]
    for number, source in enumerate(first):
        other = first[number + 1].id if number % 2 == 0 else first[number - 1].id
        reliability = grades.get(source.id, Reliability.F)
        edit = correct_source(project, source.id, reliability=reliability, independent_of={other})
        if any(delta.changes_something() for delta in edit.deltas):
            project.commit(edit)
