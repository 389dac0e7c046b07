"""Where the demonstration registers lie: real towns, invented density.

Every cluster is a circle inside one commune, on land and inside the province. Coordinates are
lon/lat in EPSG:4326.

Source:
    Town and gate positions: GeoNames (CC BY 4.0) and public coordinates of border gates. That each
    circle lies on land was checked with © OpenStreetMap contributors (ODbL), that it lies in its
    commune with the commune boundaries of geoBoundaries 2014 (CC BY 4.0).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cluster:
    """Sites around one town or gate.

    Attributes:
        commune: NCDD code of the commune that holds the circle.
        lon: Longitude of the centre, degrees.
        lat: Latitude of the centre, degrees.
        radius: Radius of the circle, kilometres.
        weight: Share of the province's sites, relative.
        profile: Mix of site kinds, a key of `PROFILES`.
        name_en: What people call the place.
        name_km: The same in Khmer.
    """

    commune: str
    lon: float
    lat: float
    radius: float
    weight: int
    profile: str
    name_en: str
    name_km: str


# Relative frequency of site kinds by the character of a place.
PROFILES: dict[str, dict[str, int]] = {
    "coast_town": {
        "casino": 6,
        "online_gambling": 4,
        "hotel_guesthouse": 9,
        "entertainment": 6,
        "office_compound": 7,
        "restaurant": 6,
        "construction": 4,
        "shop": 5,
    },
    "gate_town": {
        "casino": 7,
        "online_gambling": 5,
        "hotel_guesthouse": 7,
        "entertainment": 5,
        "office_compound": 7,
        "restaurant": 4,
        "shop": 6,
        "construction": 2,
    },
    "town": {
        "hotel_guesthouse": 7,
        "entertainment": 5,
        "restaurant": 7,
        "shop": 8,
        "office_compound": 3,
        "factory": 3,
        "construction": 3,
        "other": 2,
    },
    "works": {
        "factory": 8,
        "construction": 4,
        "brick_kiln": 3,
        "office_compound": 3,
        "hotel_guesthouse": 2,
        "shop": 2,
        "other": 1,
    },
    "harbour": {"fishing": 8, "factory": 3, "restaurant": 2, "hotel_guesthouse": 2, "shop": 2},
    "country": {"plantation": 6, "brick_kiln": 5, "factory": 2, "shop": 2, "other": 1},
}

CLUSTERS: dict[str, tuple[Cluster, ...]] = {
    "18": (
        Cluster(
            "180104",
            103.5370,
            10.6120,
            1.3,
            62,
            "coast_town",
            "Sihanoukville south",
            "ភាគខាងត្បូងក្រុង",
        ),
        Cluster(
            "180103", 103.5110, 10.6345, 0.9, 42, "coast_town", "Sihanoukville west", "ភាគខាងលិចក្រុង"
        ),
        Cluster(
            "180102", 103.5245, 10.6290, 0.6, 34, "coast_town", "Sihanoukville centre", "កណ្តាលក្រុង"
        ),
        Cluster(
            "180101", 103.5500, 10.6460, 1.9, 26, "works", "Sihanoukville port side", "ខាងកំពង់ផែ"
        ),
        Cluster("180605", 103.6450, 10.5880, 1.6, 16, "coast_town", "Ream", "រាម"),
        Cluster("180602", 103.6190, 10.6220, 1.4, 14, "works", "Bet Trang", "បិតត្រាង"),
        Cluster("180302", 103.5940, 10.6990, 2.2, 16, "works", "Ou Treh", "អូរត្រេះ"),
        Cluster("180301", 103.5820, 10.7350, 0.5, 8, "harbour", "Kampenh", "កំពេញ"),
        Cluster("180303", 103.6840, 10.6950, 1.8, 8, "harbour", "Tumnob Rolok", "ទំនប់រលក"),
        Cluster("180214", 103.8260, 10.7150, 1.2, 14, "town", "Veal Renh", "វាលរេញ"),
        Cluster("180207", 103.7810, 10.6270, 1.0, 6, "country", "Prey Nob", "ព្រៃនប់"),
        Cluster("180402", 103.9120, 11.2180, 2.8, 9, "country", "Kampong Seila", "កំពង់សីលា"),
        Cluster("180501", 103.2170, 10.7160, 0.9, 5, "harbour", "Kaoh Rung", "កោះរ៉ុង"),
    ),
    "01": (
        Cluster("011002", 102.5650, 13.6620, 1.1, 62, "gate_town", "Poipet gate", "ច្រកប៉ោយប៉ែត"),
        Cluster("011003", 102.6130, 13.6480, 2.1, 24, "gate_town", "Phsar Kandal", "ផ្សារកណ្តាល"),
        Cluster("011001", 102.6850, 13.6340, 3.0, 10, "works", "Nimit", "និមិត្ដ"),
        Cluster("010607", 102.9850, 13.5870, 1.0, 34, "town", "Sisophon", "សិរីសោភ័ណ"),
        Cluster("010602", 102.9720, 13.6190, 1.6, 9, "works", "Kampong Svay", "កំពង់ស្វាយ"),
        Cluster("010605", 102.9170, 13.5520, 1.3, 9, "works", "Ou Ambel", "អូរអំបិល"),
        Cluster("010209", 103.0260, 13.5440, 1.7, 10, "town", "Mongkol Borei", "មង្គលបូរី"),
        Cluster("010902", 102.3790, 13.5530, 1.3, 10, "gate_town", "Malai gate", "ច្រកម៉ាឡៃ"),
        Cluster("010704", 103.1070, 13.9790, 2.5, 6, "country", "Thma Puok", "ថ្មពួក"),
        Cluster("010509", 102.7430, 13.7360, 2.4, 6, "country", "Ou Beichoan", "អូរបីជាន់"),
    ),
    "02": (
        Cluster(
            "020310", 103.1970, 13.0865, 0.4, 20, "town", "Battambang centre", "កណ្តាលក្រុងបាត់ដំបង"
        ),
        Cluster("020303", 103.2145, 13.1000, 0.9, 18, "town", "Battambang east", "ភាគខាងកើតក្រុង"),
        Cluster("020301", 103.1860, 13.0940, 0.7, 12, "town", "Battambang north", "ភាគខាងជើងក្រុង"),
        Cluster("020308", 103.1740, 13.0540, 1.5, 10, "works", "Wat Kor", "វត្តគរ"),
        Cluster("020309", 103.1650, 13.1020, 1.0, 9, "works", "Ou Char", "អូរចារ"),
        Cluster(
            "021202", 102.4660, 13.0980, 1.5, 20, "gate_town", "Kamrieng, Doung gate", "កំរៀង ច្រកដូង"
        ),
        Cluster("021203", 102.4990, 13.0890, 1.0, 10, "gate_town", "Kamrieng", "កំរៀង"),
        Cluster("021005", 102.3670, 13.4500, 0.8, 14, "gate_town", "Phnom Dei gate", "ច្រកភ្នំដី"),
        Cluster("021001", 102.5990, 13.3860, 2.0, 7, "country", "Sampov Lun", "សំពៅលូន"),
        Cluster("021101", 102.6660, 13.3160, 2.0, 6, "country", "Phnum Proek", "ភ្នំព្រឹក"),
        Cluster("020601", 103.4160, 12.7880, 1.2, 9, "town", "Moung Ruessei", "មោងឫស្សី"),
        Cluster("020401", 102.8850, 13.2520, 2.0, 7, "country", "Bavel", "បវេល"),
    ),
}
