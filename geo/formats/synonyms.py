"""What people write above a column, in Khmer and English, for each field of each kind.

The words are compared in the form of `text.normalise`. The Khmer ones were collected from registers and
glossaries; a native speaker should read them once.
"""

from __future__ import annotations

from functools import cache

from geo.formats.text import normalise
from geo.model.entity import Kind

_PLACE: dict[str, tuple[str, ...]] = {
    "lat": (
        "lat",
        "latitude",
        "gps latitude",
        "gps lat",
        "y coord",
        "រយៈទទឹង",
        "រយៈ​ទទឹង",
        "រយៈទទឹងខាងជើង",
    ),
    "lon": (
        "lon",
        "long",
        "lng",
        "longitude",
        "gps longitude",
        "gps long",
        "x coord",
        "រយៈបណ្តោយ",
        "រយៈបណ្ដោយ",
    ),
    "easting": ("easting", "utm e", "utm x", "x utm", "east", "x", "អ័ក្ស x"),
    "northing": ("northing", "utm n", "utm y", "y utm", "north", "y", "អ័ក្ស y"),
    "coordinate": (
        "coordinate",
        "coordinates",
        "gps",
        "gps coordinates",
        "gps coordinate",
        "latlon",
        "lat lon",
        "lat long",
        "location gps",
        "map link",
        "google maps",
        "ទីតាំង gps",
        "កូអរដោនេ",
        "និយាមកា",
        "ចំណុច gps",
        "តំណផែនទី",
    ),
    "crs": (
        "crs",
        "datum",
        "coordinate system",
        "projection",
        "srs",
        "ប្រព័ន្ធកូអរដោនេ",
        "ប្រព័ន្ធនិយាមកា",
    ),
    "accuracy_m": (
        "accuracy",
        "accuracy m",
        "gps accuracy",
        "precision m",
        "gps precision",
        "ភាពត្រឹមត្រូវ",
        "ភាពត្រឹមត្រូវ ម",
    ),
    "village_code": ("village code", "vill code", "លេខកូដភូមិ", "កូដភូមិ"),
    "commune_code": (
        "commune code",
        "comm code",
        "commune id",
        "ncdd",
        "ncdd code",
        "sangkat code",
        "admin code",
        "លេខកូដឃុំ",
        "កូដឃុំ",
        "លេខកូដឃុំសង្កាត់",
        "កូដឃុំសង្កាត់",
    ),
    "district_code": ("district code", "dist code", "លេខកូដស្រុក", "កូដស្រុក", "លេខកូដក្រុង"),
    "province_code": ("province code", "prov code", "លេខកូដខេត្ត", "កូដខេត្ត"),
    "village": ("village", "village name", "phum", "ភូមិ", "ឈ្មោះភូមិ"),
    "commune": (
        "commune",
        "sangkat",
        "commune name",
        "khum",
        "commune sangkat",
        "ឃុំ",
        "សង្កាត់",
        "ឃុំសង្កាត់",
        "ឃុំ សង្កាត់",
    ),
    "district": (
        "district",
        "city",
        "khan",
        "srok",
        "district name",
        "municipality",
        "ស្រុក",
        "ក្រុង",
        "ខណ្ឌ",
        "ស្រុក ក្រុង",
        "ក្រុងស្រុក",
        "ស្រុក ក្រុង ខណ្ឌ",
    ),
    "province": ("province", "province name", "khet", "ខេត្ត", "រាជធានី ខេត្ត", "ខេត្ត រាជធានី"),
}

_NAMES: dict[str, tuple[str, ...]] = {
    "name_km": (
        "name km",
        "khmer name",
        "name khmer",
        "name kh",
        "name in khmer",
        "ឈ្មោះ",
        "ឈ្មោះខ្មែរ",
        "ឈ្មោះ ខ្មែរ",
        "ឈ្មោះជាភាសាខ្មែរ",
        "business name km",
        "name_kh",
        "site name km",
        "ឈ្មោះទីតាំង",
        "ឈ្មោះអាជីវកម្ម",
        "ឈ្មោះ អាជីវកម្ម",
    ),
    "name_en": (
        "name en",
        "english name",
        "name english",
        "name in english",
        "business name",
        "business name en",
        "latin name",
        "site name en",
        "ឈ្មោះ អង់គ្លេស",
        "ឈ្មោះអង់គ្លេស",
        "ឈ្មោះឡាតាំង",
    ),
    "name_zh": ("name zh", "chinese name", "name chinese", "名称", "中文名", "ឈ្មោះ ចិន", "ឈ្មោះចិន"),
    "name": ("name", "site name", "title", "placemark", "site", "place name"),
}

_OTHER: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.SITE: {
        **_NAMES,
        **_PLACE,
        "code": (
            "code",
            "site code",
            "id",
            "site id",
            "register code",
            "register number",
            "លេខកូដ",
            "លេខកូដទីតាំង",
            "កូដ",
            "អត្តលេខ",
        ),
        "kind": (
            "kind",
            "type",
            "category",
            "site kind",
            "site type",
            "kind txt",
            "business type",
            "sector",
            "ប្រភេទ",
            "ប្រភេទទីតាំង",
            "ប្រភេទអាជីវកម្ម",
        ),
        "address": ("address", "street", "អាសយដ្ឋាន", "ទីកន្លែង"),
        "capacity": ("capacity", "persons", "workers", "rooms", "beds", "ចំណុះ", "ចំនួនកម្មករ"),
        "owner": ("owner", "owner entity", "company", "operator", "ម្ចាស់", "ម្ចាស់អាជីវកម្ម", "ក្រុមហ៊ុន"),
        "claimed_status": (
            "status",
            "legal status",
            "legality",
            "licence status",
            "license status",
            "claimed status",
            "ស្ថានភាព",
            "ស្ថានភាពច្បាប់",
            "ស្ថានភាពផ្លូវច្បាប់",
        ),
        "activity": (
            "activity",
            "operating",
            "operation status",
            "open closed",
            "សកម្មភាព",
            "ដំណើរការ",
        ),
        "visited_on": (
            "visited on",
            "visited",
            "visit date",
            "inspection date",
            "inspected on",
            "date visited",
            "today",
            "time",
            "date",
            "survey date",
            "ថ្ងៃពិនិត្យ",
            "ថ្ងៃចុះពិនិត្យ",
            "កាលបរិច្ឆេទពិនិត្យ",
            "កាលបរិច្ឆេទ",
        ),
        "submission": ("uuid", "instanceid", "meta instanceid"),
    },
    Kind.LICENCE: {
        **_PLACE,
        "number": (
            "number",
            "licence number",
            "license number",
            "licence no",
            "license no",
            "permit number",
            "no",
            "លេខអាជ្ញាប័ណ្ណ",
            "លេខអាជ្ញាបណ្ណ",
            "អាជ្ញាប័ណ្ណលេខ",
        ),
        "authority": (
            "authority",
            "issuing authority",
            "issued by",
            "office",
            "អាជ្ញាធរ",
            "អាជ្ញាធរចេញ",
            "ស្ថាប័នចេញ",
        ),
        "holder": (
            "holder",
            "licence holder",
            "license holder",
            "licensee",
            "owner",
            "ម្ចាស់អាជ្ញាប័ណ្ណ",
            "អ្នកកាន់អាជ្ញាប័ណ្ណ",
        ),
        "business_name": _NAMES["name_en"] + _NAMES["name"],
        "business_name_km": _NAMES["name_km"],
        "activity": (
            "activity",
            "business activity",
            "type",
            "kind",
            "sector",
            "សកម្មភាព",
            "ប្រភេទ",
            "ប្រភេទអាជីវកម្ម",
        ),
        "issued_on": (
            "issued on",
            "issued",
            "issue date",
            "date of issue",
            "ថ្ងៃចេញ",
            "ថ្ងៃចេញអាជ្ញាប័ណ្ណ",
            "កាលបរិច្ឆេទចេញ",
        ),
        "expires_on": (
            "expires on",
            "expires",
            "expiry",
            "expiry date",
            "valid until",
            "expiration date",
            "ថ្ងៃផុតកំណត់",
            "ផុតកំណត់",
            "កាលបរិច្ឆេទផុតកំណត់",
            "សុពលភាព",
        ),
        "site_code": ("site code", "site id", "លេខកូដទីតាំង", "កូដទីតាំង"),
    },
    Kind.ALLEGATION: {
        **_PLACE,
        "reference": (
            "reference",
            "ref",
            "case number",
            "complaint number",
            "letter number",
            "letter no",
            "លេខយោង",
            "លេខលិខិត",
            "លេខបណ្តឹង",
        ),
        "received_on": (
            "received on",
            "received",
            "date received",
            "receipt date",
            "date of receipt",
            "ទទួល",
            "ថ្ងៃទទួល",
            "កាលបរិច្ឆេទទទួល",
            "ថ្ងៃទទួលបណ្តឹង",
        ),
        "received_at": ("received at", "time received", "ម៉ោងទទួល"),
        "occurred_on": (
            "occurred on",
            "occurred",
            "date occurred",
            "event date",
            "incident date",
            "កើតហេតុ",
            "ថ្ងៃកើតហេតុ",
            "កាលបរិច្ឆេទកើតហេតុ",
        ),
        "channel": (
            "channel",
            "received through",
            "received by",
            "reported through",
            "បណ្តាញ",
            "បណ្ដាញ",
            "ប្រភពមកតាម",
            "តាមរយៈ",
        ),
        "kinds": (
            "kinds",
            "kind",
            "type",
            "type of complaint",
            "complaint type",
            "allegation",
            "ប្រភេទបណ្តឹង",
            "ប្រភេទការចោទប្រកាន់",
            "ប្រភេទ",
        ),
        "people": (
            "people",
            "number of people",
            "persons",
            "people est",
            "victims",
            "ចំនួនមនុស្ស",
            "ចំនួនជនរងគ្រោះ",
            "ចំនួន",
        ),
        "people_min": ("people min", "min people", "ចំនួនមនុស្ស តិចបំផុត", "តិចបំផុត"),
        "people_max": ("people max", "max people", "ចំនួនមនុស្ស ច្រើនបំផុត", "ច្រើនបំផុត"),
        "nationalities": ("nationalities", "nationality", "សញ្ជាតិ"),
        "held_now": ("held now", "held", "still held", "being held", "កំពុងឃុំឃាំង", "កំពុងជាប់ឃុំ"),
        "precision": ("precision", "place precision", "ភាពជាក់លាក់"),
        "place_text": (
            "place",
            "place text",
            "location",
            "site name",
            "ទីកន្លែង",
            "ឈ្មោះទីតាំង",
            "ទីតាំង",
        ),
        "site_code": ("site code", "site id", "លេខកូដទីតាំង", "កូដទីតាំង"),
        "source": ("source", "source code", "source id", "informant code", "កូដប្រភព", "អ្នកផ្តល់ព័ត៌មាន"),
        "reliability": (
            "reliability",
            "source reliability",
            "ភាពជឿទុកចិត្ត",
            "ភាពទុកចិត្តនៃប្រភព",
            "ភាពទុកចិត្ត",
        ),
        "credibility": (
            "credibility",
            "information credibility",
            "ព័ត៌មាន",
            "ភាពជឿជាក់នៃព័ត៌មាន",
            "ភាពជឿជាក់",
        ),
        "grade": ("grade", "admiralty", "admiralty grade", "evaluation", "ចំណាត់ថ្នាក់"),
        "status": ("status", "state", "ស្ថានភាព"),
        "duplicate_of": ("duplicate of", "duplicates", "ស្ទួននឹង"),
        "text": (
            "text",
            "description",
            "details",
            "summary",
            "remarks",
            "note",
            "notes",
            "អត្ថបទ",
            "ផ្សេងៗ",
            "សេចក្តីលម្អិត",
        ),
    },
    Kind.CROSSING: {
        **_PLACE,
        "name_km": (*_NAMES["name_km"], "ឈ្មោះច្រក"),
        "name_en": (*_NAMES["name_en"], "crossing", "crossing name", "gate"),
        "name": _NAMES["name"],
        "neighbour": (
            "neighbour",
            "neighbor",
            "country",
            "neighbouring country",
            "ប្រទេសជិតខាង",
            "ប្រទេស",
        ),
        "opposite": ("opposite", "other side", "opposite place", "ទល់មុខ", "ម្ខាងទៀត"),
        "crossing_class": ("class", "crossing class", "type", "category", "ថ្នាក់", "ប្រភេទ"),
        "open_from": ("open from", "opened on", "opened", "since", "បើកពី", "ថ្ងៃបើក"),
        "open_to": ("open to", "closed on", "closed", "until", "បិទនៅ", "ថ្ងៃបិទ"),
        "approximate": ("approximate", "approx", "ប្រហាក់ប្រហែល"),
        "basis": ("basis", "position basis", "មូលដ្ឋាន"),
    },
    Kind.TEAM: {
        "name_en": (*_NAMES["name_en"], "team", "team name"),
        "name_km": (*_NAMES["name_km"], "ឈ្មោះក្រុម"),
        "name": _NAMES["name"],
        "short_name": ("short name", "short", "abbreviation", "អក្សរកាត់"),
        "lead_en": ("lead en", "lead", "leader", "team lead"),
        "lead_km": ("lead km", "ប្រធានក្រុម", "អ្នកដឹកនាំ"),
        "province_code": _PLACE["province_code"],
        "province": _PLACE["province"],
        "vehicles": ("vehicles", "vehicle", "cars", "យានយន្ត", "រថយន្ត"),
        "contact": ("contact", "radio", "channel", "ទំនាក់ទំនង"),
    },
    Kind.ZONE: {
        "name_en": (*_NAMES["name_en"], "zone", "zone name"),
        "name_km": (*_NAMES["name_km"], "ឈ្មោះតំបន់"),
        "name": _NAMES["name"],
        "code": ("code", "zone code", "លេខកូដ"),
        "colour": ("colour", "color", "ពណ៌"),
        "priority": ("priority", "rank", "អាទិភាព"),
    },
}

# Nobody is put in danger by a map: no field ever takes these, and the summary lists them as left out on purpose.
NEVER = (
    "phone", "telephone", "tel", "mobile", "phone number", "telephone number", "លេខទូរស័ព្ទ", "ទូរស័ព្ទ",
    "complainant", "complainant name", "name of complainant", "victim name", "name of victim", "reporter", "caller",
    "informant name", "witness", "ឈ្មោះអ្នកប្តឹង", "អ្នកប្តឹង", "ដើមបណ្តឹង", "ឈ្មោះជនរងគ្រោះ", "ជនរងគ្រោះ", "ឈ្មោះសាក្សី",
    "passport", "passport number", "passport no", "id card", "national id", "លិខិតឆ្លងដែន", "លេខលិខិតឆ្លងដែន", "អត្តសញ្ញាណប័ណ្ណ",
    "submitted by", "email", "អ៊ីមែល",
)  # fmt: skip

# What KoboToolbox adds to each submission: nothing of it is said by the person who filled the form.
KOBO_METADATA = frozenset(
    (
        "start", "end", "__version__", "_id", "_submission_time", "_validation_status", "_notes", "_status", "_tags", "_index",
    )
)  # fmt: skip


@cache
def fields_of(kind: Kind) -> dict[str, frozenset[str]]:
    """Return each field that a file may bring for `kind` with the words for it, normalised."""
    return {
        name: frozenset(normalise(w) for w in words) for name, words in _OTHER.get(kind, {}).items()
    }


@cache
def never_words() -> frozenset[str]:
    """Return the normalised names of columns that are never read."""
    return frozenset(normalise(w) for w in NEVER)


@cache
def _all_words() -> frozenset[str]:
    return never_words().union(*(w for kind in _OTHER for w in fields_of(kind).values()))


def parts_of(header: str) -> tuple[str, ...]:
    """Return the normalised forms of a header: the whole, then its parts from the last.

    ``group/question`` of KoboToolbox, ``ខ្មែរ / english`` and two-line headers alike.
    """
    whole = normalise(header)
    pieces = [normalise(p) for p in header.replace("|", "/").split("/")]
    parts = [whole, *reversed(pieces)]
    if "(" in header:
        parts.append(normalise(header.split("(")[0]))
    return tuple(dict.fromkeys(p for p in parts if p))


def known_words(header: str) -> bool:
    """Tell whether a text is, or contains as one of its parts, the name of a column."""
    return any(part in _all_words() for part in parts_of(header))
