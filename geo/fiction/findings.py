"""What was found of single sites: duplicates, signs, photographs, and licences that fit."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from geo.analysis.duplicates import site_pairs
from geo.analysis.reconcile import Finding, Terms, reconcile
from geo.edit.apart import keep_apart
from geo.edit.attachments import NewPhoto, attach, contents_of
from geo.edit.indicators import check_indicators
from geo.edit.licence_links import link_licences
from geo.edit.merging import Side, fuller, look_ahead, merge_sites, preferred
from geo.fiction.places import scenes
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Answer, Indicator
from geo.photos import prepare

if TYPE_CHECKING:
    from geo.project import Project

OFFICE_PREFIX: Final = "DEMO-DO-"
LINKED_SHARE: Final = 2
"""Every so many-th likely licence is linked; the others stay proposals."""
SURE: Final = 0.95

# Background and shape of each picture, RGB.
PICTURES: Final = (
    ("demo_gate.jpg", (206, 222, 235), (120, 92, 70), "Demo picture: gate of a fictional compound"),
    ("demo_yard.jpg", (226, 218, 200), (70, 110, 96), "រូបសាកល្បង៖ ទីធ្លានៃបរិវេណប្រឌិត"),
    ("demo_sign.jpg", (214, 206, 226), (160, 70, 60), "Demo picture: sign over a fictional door"),
)


def link_likely_licences(project: Project, day: date) -> None:
    """Link part of the licences whose business is called as their site is."""
    found = reconcile(project, Terms(today=day))
    likely = [p for p in found.of(Finding.PROPOSED) if found.likeness[p] >= SURE]
    chosen = likely[::LINKED_SHARE]
    pairs = {str(found.licence_ids[p]): str(found.site_ids[p]) for p in chosen}
    project.commit(link_licences(project, pairs))


def answer_doubles(project: Project) -> None:
    """Merge one of the pairs that look alike, keep another apart, and leave the rest open."""
    pairs = [
        pair
        for pair in site_pairs(project)
        if any(_code(project, i).startswith(OFFICE_PREFIX) for i in (pair.first_id, pair.second_id))
    ]
    pairs.sort(key=lambda p: max(_code(project, i) for i in (p.first_id, p.second_id)))
    first = pairs[0]
    keep, drop = preferred(project, first.first_id, first.second_id)
    merger = look_ahead(project, keep, drop)
    choices = {f: s for f, s in fuller(merger.keep, merger.drop).items() if f != "code"}
    project.commit(merge_sites(project, keep, drop, choices or {"name_en": Side.KEEP}))
    taken = {first.first_id, first.second_id}
    other = next(p for p in pairs if taken.isdisjoint({p.first_id, p.second_id}))
    project.commit(
        keep_apart(
            project,
            Kind.SITE,
            other.first_id,
            other.second_id,
            "Demo: two doors of one house, two businesses",
        )
    )


def check_signs(project: Project, day: date) -> None:
    """Enter what was looked for at some sites, one of them twice."""
    yes, no = Answer.YES, Answer.NO
    looks: tuple[tuple[int, int, dict[Indicator, Answer]], ...] = (
        (
            0,
            40,
            {
                Indicator.RESTRICTION_OF_MOVEMENT: yes,
                Indicator.RETENTION_OF_IDENTITY_DOCUMENTS: yes,
                Indicator.DEBT_BONDAGE: Answer.UNKNOWN,
                Indicator.ISOLATION: no,
            },
        ),
        (0, 3, {Indicator.ISOLATION: yes, Indicator.WITHHOLDING_OF_WAGES: yes}),
        (1, 12, {Indicator.EXCESSIVE_OVERTIME: yes, Indicator.DECEPTION: Answer.UNKNOWN}),
        (2, 25, {Indicator.ABUSIVE_CONDITIONS: no, Indicator.EXCESSIVE_OVERTIME: no}),
        (4, 60, {Indicator.EXCESSIVE_OVERTIME: yes, Indicator.INTIMIDATION_AND_THREATS: no}),
    )
    sites = scenes(project, "PSH-", 5)
    for scene, ago, answers in looks:
        source = "Labour inspectorate (demo)"
        when = day - timedelta(days=ago)
        project.commit(check_indicators(project, sites[scene].id, answers, source, when))


def add_pictures(project: Project, day: date) -> None:
    """Attach pictures to sites: coloured shapes that say DEMO, and nobody on them."""
    photos = [
        NewPhoto(
            photo=prepare(_drawn(ground, shape), name),
            file_name=name,
            caption=caption,
            taken_on=day - timedelta(days=4 + 30 * number),
        )
        for number, (name, ground, shape, caption) in enumerate(PICTURES)
    ]
    sites = scenes(project, "PSH-", 2)
    for site, mine in zip(sites, (photos[:2], photos[2:]), strict=True):
        project.commit(attach(project, Kind.SITE, site.id, mine), contents_of(mine))


def _code(project: Project, site_id: str) -> str:
    return project.get(Site, site_id).code


def _drawn(ground: tuple[int, int, int], shape: tuple[int, int, int]) -> bytes:
    """Return a picture of a house of three shapes that says DEMO."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (960, 640), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 470, 960, 640), fill=tuple(max(0, v - 60) for v in ground))
    draw.rectangle((250, 210, 710, 500), fill=shape)
    draw.polygon(((220, 210), (480, 90), (740, 210)), fill=tuple(max(0, v - 30) for v in shape))
    draw.rectangle((440, 330, 520, 500), fill=ground)
    text, font = "DEMO · FICTIONAL", ImageFont.load_default(size=64)
    draw.text((480, 570), text, fill=(255, 255, 255), font=font, anchor="mm")
    stream = BytesIO()
    image.save(stream, "JPEG", quality=85)
    return stream.getvalue()
