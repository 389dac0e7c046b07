"""Words of closed vocabularies as offices write them, in Khmer and English. What is not here is asked, never guessed."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TypeVar

from geo.formats.text import squeezed
from geo.model import vocabulary as v

E = TypeVar("E", bound=StrEnum)

SITE_KINDS: dict[v.SiteKind, tuple[str, ...]] = {
    v.SiteKind.CASINO: ("casino", "កាស៊ីណូ", "赌场"),
    v.SiteKind.ONLINE_GAMBLING: (
        "online gambling", "online betting room", "online betting", "online casino", "igaming", "ល្បែងអនឡាញ",
        "ល្បែងស៊ីសងតាមអ៊ីនធឺណិត", "ល្បែងស៊ីសងអនឡាញ",
    ),
    v.SiteKind.HOTEL_GUESTHOUSE: ("hotel", "guesthouse", "guest house", "hostel", "hotel or guesthouse", "hotel guesthouse",
        "សណ្ឋាគារ", "ផ្ទះសំណាក់", "សណ្ឋាគារ ឬផ្ទះសំណាក់"),
    v.SiteKind.ENTERTAINMENT: (
        "entertainment", "entertainment venue", "ktv", "karaoke", "night club", "nightclub", "club", "massage", "beer garden", "bar",
        "ក្លឹបកម្សាន្ត", "ខារ៉ាអូខេ", "កន្លែងកម្សាន្ត", "ម៉ាស្សា",
    ),
    v.SiteKind.FACTORY: ("factory", "plant", "garment factory", "workshop", "រោងចក្រ", "សិប្បកម្ម"),
    v.SiteKind.CONSTRUCTION: ("construction", "construction site", "building site", "ការដ្ឋាន", "ការដ្ឋានសំណង់", "សំណង់"),
    v.SiteKind.BRICK_KILN: ("brick kiln", "kiln", "brick factory", "ឡឥដ្ឋ", "រោងឥដ្ឋ"),
    v.SiteKind.PLANTATION: ("plantation", "rubber farm", "farm", "rubber plantation", "ចម្ការ", "ចម្ការកៅស៊ូ", "កសិដ្ឋាន"),
    v.SiteKind.FISHING: (
        "fishing", "fishing pier", "fishing boat base", "fishing port", "fishing boat", "នេសាទ", "កំពង់ផែនេសាទ", "ទូកនេសាទ",
    ),
    v.SiteKind.OFFICE_COMPOUND: (
        "office", "compound", "office compound", "office building", "office or compound", "អគារការិយាល័យ", "បរិវេណអគារ",
        "ការិយាល័យ", "បរិវេណ",
    ),
    v.SiteKind.RESTAURANT: ("restaurant", "food shop", "cafe", "ភោជនីយដ្ឋាន", "អាហារដ្ឋាន", "ហាងបាយ"),
    v.SiteKind.SHOP: ("shop", "mini mart", "store", "market stall", "ហាង", "ហាងលក់ទំនិញ", "ម៉ាត"),
    v.SiteKind.OTHER: ("other", "others", "depot", "warehouse", "ផ្សេងៗ", "ឃ្លាំង", "ផ្សេង"),
}  # fmt: skip
ACTIVITIES: dict[v.Activity, tuple[str, ...]] = {
    v.Activity.OPERATING: (
        "operating",
        "open",
        "active",
        "in operation",
        "កំពុងដំណើរការ",
        "ដំណើរការ",
        "បើក",
    ),
    v.Activity.CLOSED: ("closed", "shut", "not operating", "បិទ", "បានបិទ", "បិទទ្វារ"),
    v.Activity.SEALED: ("sealed", "បិទត្រា", "បិទបោះត្រា"),
    v.Activity.REOPENED: ("reopened", "re opened", "open again", "បើកវិញ", "បើកដំណើរការឡើងវិញ"),
}
ALLEGATION_KINDS: dict[v.AllegationKind, tuple[str, ...]] = {
    v.AllegationKind.HUMAN_TRAFFICKING: (
        "human trafficking", "trafficking in persons", "trafficking", "ជួញដូរមនុស្ស", "អំពើជួញដូរមនុស្ស",
    ),
    v.AllegationKind.TORTURE: ("torture", "ទារុណកម្ម", "ធ្វើទារុណកម្ម"),
    v.AllegationKind.FORCED_LABOUR: (
        "forced labour", "forced labor", "ពលកម្មដោយបង្ខំ", "បង្ខំឱ្យធ្វើការ", "ការងារដោយបង្ខំ", "បង្ខំអោយធ្វើការ",
    ),
    v.AllegationKind.FORCED_CRIMINALITY: (
        "forced criminality", "online scam", "online scams", "scam", "forced scamming", "បង្ខំឱ្យប្រព្រឹត្តបទល្មើស",
        "បោកប្រាស់តាមអនឡាញ", "បង្ខំឱ្យបោកប្រាស់",
    ),
    v.AllegationKind.FORCED_OVERTIME: (
        "forced overtime", "overtime", "បង្ខំថែមម៉ោង", "បង្ខំឱ្យធ្វើការបន្ថែមម៉ោង", "បង្ខំធ្វើការថែមម៉ោង",
    ),
    v.AllegationKind.UNLAWFUL_DETENTION: (
        "unlawful detention", "illegal detention", "illegally detained", "detention", "held against will", "ឃុំឃាំងខុសច្បាប់",
        "ឃុំឃាំងដោយខុសច្បាប់", "បង្ខាំងខុសច្បាប់", "ឃុំខ្លួនខុសច្បាប់",
    ),
    v.AllegationKind.SEXUAL_EXPLOITATION: ("sexual exploitation", "កេងប្រវ័ញ្ចផ្លូវភេទ", "ការកេងប្រវ័ញ្ចផ្លូវភេទ"),
    v.AllegationKind.ILLEGAL_GAMBLING: ("illegal gambling", "gambling", "ល្បែងស៊ីសងខុសច្បាប់", "ល្បែងស៊ីសង"),
}  # fmt: skip
CHANNELS: dict[v.Channel, tuple[str, ...]] = {
    v.Channel.HOTLINE: ("hotline", "phone", "ខ្សែទូរស័ព្ទបន្ទាន់", "លេខបន្ទាន់", "ទូរស័ព្ទ"),
    v.Channel.EMBASSY: ("embassy", "consulate", "ស្ថានទូត", "ស្ថានកុងស៊ុល"),
    v.Channel.RIGHTS_GROUP: (
        "rights group",
        "ngo rights",
        "ngo",
        "human rights ngo",
        "អង្គការសិទ្ធិមនុស្ស",
        "អង្គការ",
    ),
    v.Channel.POLICE: ("police", "នគរបាល", "ប៉ូលិស", "សមត្ថកិច្ច"),
    v.Channel.MEDIA: (
        "media",
        "press",
        "facebook media",
        "facebook",
        "social media",
        "បណ្តាញសារព័ត៌មាន",
        "សារព័ត៌មាន",
        "បណ្តាញសង្គម",
    ),
    v.Channel.WALK_IN: ("walk in", "in person", "មកដោយផ្ទាល់", "ផ្ទាល់"),
    v.Channel.UNKNOWN: ("unknown", "មិនដឹង"),
}
ANSWERS: dict[v.Answer, tuple[str, ...]] = {
    v.Answer.YES: ("yes", "y", "true", "1", "បាទ", "ចាស", "មាន", "បាទ ចាស"),
    v.Answer.NO: ("no", "n", "false", "0", "ទេ", "គ្មាន", "អត់"),
    v.Answer.UNKNOWN: ("unknown", "not known", "?", "មិនដឹង", "មិនច្បាស់"),
}
CROSSING_CLASSES: dict[v.CrossingClass, tuple[str, ...]] = {
    v.CrossingClass.INTERNATIONAL: (
        "international", "int'l", "intl", "international border crossing", "cargo bridge", "អន្តរជាតិ", "ច្រកទ្វារព្រំដែនអន្តរជាតិ",
        "ច្រកអន្តរជាតិ",
    ),
    v.CrossingClass.BILATERAL: ("bilateral", "ទ្វេភាគី", "ច្រកទ្វេភាគី"),
    v.CrossingClass.LOCAL_CORRIDOR: (
        "local corridor", "local", "regional", "local regional", "corridor", "ច្រករបៀង", "ច្រករបៀងតំបន់", "ច្រកតំបន់",
    ),
    v.CrossingClass.UNOFFICIAL: ("unofficial", "informal", "illegal path", "path", "ច្រកមិនផ្លូវការ", "មិនផ្លូវការ", "ច្រករបៀងមិនផ្លូវការ"),
}  # fmt: skip
NEIGHBOURS: dict[v.Neighbour, tuple[str, ...]] = {
    v.Neighbour.THAILAND: ("th", "tha", "thailand", "thai", "ថៃ", "ប្រទេសថៃ"),
    v.Neighbour.VIETNAM: ("vn", "vnm", "vietnam", "viet nam", "វៀតណាម", "ប្រទេសវៀតណាម"),
    v.Neighbour.LAOS: ("la", "lao", "laos", "lao pdr", "ឡាវ", "ប្រទេសឡាវ"),
}
PRECISIONS: dict[v.Precision, tuple[str, ...]] = {
    v.Precision.POINT: ("point", "exact", "ចំណុច", "ជាក់លាក់"),
    v.Precision.VILLAGE: ("village", "ភូមិ"),
    v.Precision.COMMUNE: ("commune", "sangkat", "ឃុំ", "សង្កាត់", "ឃុំសង្កាត់"),
    v.Precision.DISTRICT: ("district", "ស្រុក", "ក្រុង", "ខណ្ឌ"),
    v.Precision.UNKNOWN: ("unknown", "មិនដឹង"),
}
ALLEGATION_STATES: dict[v.AllegationStatus, tuple[str, ...]] = {
    v.AllegationStatus.RECEIVED: ("new", "បានទទួល"),
    v.AllegationStatus.TRIAGED: ("បានត្រួតពិនិត្យ",),
    v.AllegationStatus.CLOSED: ("បានបិទ",),
}
VEHICLES: dict[v.VehicleKind, tuple[str, ...]] = {
    v.VehicleKind.CAR: ("pickup", "suv", "រថយន្ត"),
    v.VehicleKind.VAN: ("minivan", "រថយន្តតូច"),
    v.VehicleKind.MOTORCYCLE: ("moto", "motorbike", "ម៉ូតូ"),
    v.VehicleKind.AMBULANCE: ("រថយន្តសង្គ្រោះ",),
    v.VehicleKind.FIRE_TRUCK: ("fire engine", "រថយន្តពន្លត់អគ្គិភ័យ"),
}

_TABLES: dict[type[StrEnum], dict[StrEnum, tuple[str, ...]]] = {
    v.SiteKind: dict(SITE_KINDS),
    v.Activity: dict(ACTIVITIES),
    v.AllegationKind: dict(ALLEGATION_KINDS),
    v.Channel: dict(CHANNELS),
    v.Answer: dict(ANSWERS),
    v.CrossingClass: dict(CROSSING_CLASSES),
    v.Neighbour: dict(NEIGHBOURS),
    v.Precision: dict(PRECISIONS),
    v.AllegationStatus: dict(ALLEGATION_STATES),
    v.VehicleKind: dict(VEHICLES),
}


@cache
def _index(cls: type[StrEnum]) -> dict[str, StrEnum]:
    index = {squeezed(member.value): member for member in cls}
    for member, words in _TABLES.get(cls, {}).items():
        for word in words:
            index.setdefault(squeezed(word), member)
    return index


def meaning(cls: type[E], text: str) -> E | None:
    """Return the member of `cls` that a word means, or None if it is not known."""
    found = _index(cls).get(squeezed(text))
    return found if found is None else cls(found.value)
