"""Words of which the fictional names and texts of the demonstration are made.

The names are household things and vegetables on purpose: no business is called so. Each name also
carries its marker: "Demo", សាកល្បង or 演示.
"""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A word in English, Khmer and Chinese."""

    en: str
    km: str
    zh: str


MOTIFS = (
    Word("Lotus", "ឈូក", "莲花"),
    Word("Jasmine", "ម្លិះ", "茉莉"),
    Word("Papaya", "ល្ហុង", "木瓜"),
    Word("Pumpkin", "ល្ពៅ", "南瓜"),
    Word("Cucumber", "ត្រសក់", "黄瓜"),
    Word("Corn", "ពោត", "玉米"),
    Word("Garlic", "ខ្ទឹមស", "大蒜"),
    Word("Tamarind", "អំពិល", "罗望子"),
    Word("Pineapple", "ម្នាស់", "菠萝"),
    Word("Banana", "ចេក", "香蕉"),
    Word("Gecko", "តុកកែ", "壁虎"),
    Word("Frog", "កង្កែប", "青蛙"),
    Word("Snail", "ខ្យង", "蜗牛"),
    Word("Turtle", "អណ្តើក", "乌龟"),
    Word("Rabbit", "ទន្សាយ", "兔子"),
    Word("Buffalo", "ក្របី", "水牛"),
    Word("Drum", "ស្គរ", "大鼓"),
    Word("Kite", "ខ្លែង", "风筝"),
    Word("Umbrella", "ឆ័ត្រ", "雨伞"),
    Word("Basket", "កន្ត្រក", "篮子"),
    Word("Bicycle", "កង់", "自行车"),
    Word("Spoon", "ស្លាបព្រា", "勺子"),
    Word("Button", "ឡេវ", "纽扣"),
    Word("Pencil", "ខ្មៅដៃ", "铅笔"),
    Word("Ladder", "ជណ្តើរ", "梯子"),
    Word("Broom", "អំបោស", "扫帚"),
    Word("Whistle", "កញ្ចែ", "哨子"),
    Word("Mat", "កន្ទេល", "草席"),
    Word("Pot", "ឆ្នាំង", "陶罐"),
    Word("Bamboo", "ឫស្សី", "竹子"),
)


class Kind(NamedTuple):
    """How a kind of site is called: in a name, and in an office's `kind` column."""

    name: Word
    office: tuple[str, ...]


# The office words are the ones that provincial offices write; all of one row mean the same kind.
KINDS: dict[str, Kind] = {
    "casino": Kind(Word("Casino", "កាស៊ីណូ", "赌场"), ("Casino", "កាស៊ីណូ")),
    "online_gambling": Kind(
        Word("Online Gambling", "ល្បែងអនឡាញ", "网络博彩"), ("Online gambling", "ល្បែងអនឡាញ")
    ),
    "hotel_guesthouse": Kind(
        Word("Guesthouse", "ផ្ទះសំណាក់", "旅馆"), ("Guesthouse", "ផ្ទះសំណាក់", "Hotel", "សណ្ឋាគារ")
    ),
    "entertainment": Kind(
        Word("KTV", "ខារ៉ាអូខេ", "卡拉OK"), ("Entertainment venue", "ក្លឹបកម្សាន្ត", "KTV", "ខារ៉ាអូខេ")
    ),
    "factory": Kind(Word("Factory", "រោងចក្រ", "工厂"), ("Factory", "រោងចក្រ")),
    "construction": Kind(
        Word("Construction Site", "ការដ្ឋានសំណង់", "工地"), ("Construction", "ការដ្ឋានសំណង់")
    ),
    "brick_kiln": Kind(Word("Brick Kiln", "ឡឥដ្ឋ", "砖窑"), ("Brick kiln", "ឡឥដ្ឋ")),
    "plantation": Kind(Word("Plantation", "ចម្ការ", "种植园"), ("Plantation", "ចម្ការ")),
    "fishing": Kind(Word("Fishing Pier", "កំពង់ផែនេសាទ", "渔港"), ("Fishing", "នេសាទ")),
    "office_compound": Kind(
        Word("Compound", "បរិវេណអគារ", "园区"), ("Compound", "បរិវេណអគារ", "អគារការិយាល័យ")
    ),
    "restaurant": Kind(Word("Restaurant", "ភោជនីយដ្ឋាន", "餐厅"), ("Restaurant", "ភោជនីយដ្ឋាន")),
    "shop": Kind(Word("Shop", "ហាង", "商店"), ("Shop", "ហាង")),
    "other": Kind(Word("Depot", "ឃ្លាំង", "仓库"), ("Other", "ផ្សេងៗ")),
}

# Lowest and highest capacity, in persons.
CAPACITY: dict[str, tuple[int, int]] = {
    "casino": (80, 600),
    "online_gambling": (30, 250),
    "hotel_guesthouse": (12, 160),
    "entertainment": (20, 140),
    "factory": (40, 900),
    "construction": (15, 300),
    "brick_kiln": (8, 60),
    "plantation": (10, 120),
    "fishing": (6, 80),
    "office_compound": (40, 800),
    "restaurant": (10, 120),
    "shop": (2, 20),
    "other": (4, 60),
}

ACTIVITY_WORDS: dict[str, tuple[str, str]] = {
    "operating": ("operating", "កំពុងដំណើរការ"),
    "closed": ("closed", "បិទ"),
    "sealed": ("sealed", "បិទត្រា"),
    "reopened": ("reopened", "បើកវិញ"),
}

# What offices claim in their own status column. An import keeps the claim and never believes it.
CLAIMS = ("licensed", "no licence", "suspected illegal")

KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")

PROVINCES: dict[str, Word] = {
    "18": Word("Preah Sihanouk", "ព្រះសីហនុ", ""),
    "01": Word("Banteay Meanchey", "បន្ទាយមានជ័យ", ""),
    "02": Word("Battambang", "បាត់ដំបង", ""),
}
PREFIX = {"18": "PSH", "01": "BMC", "02": "BTB"}

# Sentences of the allegations, Khmer and English; no person, no real business.
TEXTS: dict[str, tuple[str, str]] = {
    "human_trafficking": (
        "អ្នកប្តឹងថា មានមនុស្សត្រូវបានបោកបញ្ឆោតឱ្យមកធ្វើការ។",
        "Caller says people were promised restaurant work and brought here instead.",
    ),
    "torture": (
        "គេថា មានការវាយដំនៅជាន់លើ។",
        "Reports beatings of those who do not reach the daily target.",
    ),
    "forced_labour": (
        "កម្មករមិនបានទទួលប្រាក់ឈ្នួល និងមិនអាចឈប់បាន។",
        "Workers may not stop; wages held back for three months.",
    ),
    "forced_criminality": (
        "មានគេបង្ខំឱ្យបោកប្រាស់តាមអនឡាញ។",
        "People made to run online scams from rented rooms.",
    ),
    "forced_overtime": (
        "ធ្វើការ ១៦ ម៉ោងក្នុងមួយថ្ងៃ គ្មានថ្ងៃឈប់សម្រាក។",
        "Shifts of 16 hours, no day off, fines for sitting down.",
    ),
    "unlawful_detention": (
        "ទ្វារចាក់សោពីខាងក្រៅ លិខិតឆ្លងដែនត្រូវដកហូត។",
        "Gate locked from outside; documents taken; nobody can leave.",
    ),
    "sexual_exploitation": (
        "គេសង្ស័យថា មានការកេងប្រវ័ញ្ចផ្លូវភេទនៅទីនេះ។",
        "Alleges sexual exploitation behind the bar.",
    ),
    "illegal_gambling": (
        "មានល្បែងខុសច្បាប់ពេលយប់ តាមពាក្យអ្នកជិតខាង។",
        "Neighbours say that gambling goes on at night.",
    ),
}
