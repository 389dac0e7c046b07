"""Telephone and passport numbers, e-mail addresses and names in chats, replaced in free text.

The mask is a fixed placeholder without any digit of the number: a part of a number still finds a
person.
"""

from __future__ import annotations

import re

TELEPHONE = "[☎]"
ADDRESS = "[@]"
PASSPORT = "[🛂]"

# `\d` is a digit of any script: Khmer, Thai, Chinese full width. Khmer and Chinese put no space
# between a word and a number, so only digits end a number, never letters.
_GAP = r"[\s.,_\-\u00ad\u2010-\u2015\u2212\u200b-\u200d\u2060·()\uff08\uff09/]{0,3}"
_DATE = r"(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?!\d)"
_NO_DIGIT_BEFORE = r"(?<!\d)(?<!\d\d[./-])"
# Cambodian numbers have 8 to 10 digits after a 0, or follow 855; foreign ones a plus sign.
_INTERNATIONAL = re.compile(rf"\(?(?:[+\uff0b]|(?<!\d)[0០][0០]){_GAP}(?:\d{_GAP}){{7,14}}\d(?!\d)")
_COUNTRY = re.compile(rf"(?<!\d)(?:855|៨៥៥){_GAP}(?:\d{_GAP}){{7,8}}\d(?!\d)")
_LOCAL = re.compile(
    rf"{_NO_DIGIT_BEFORE}(?!{_DATE})\(?[0០๐０]{_GAP}(?:\d{_GAP}){{7,9}}\d(?!\d)"  # noqa: RUF001 - digits of other scripts
)
# A number that a spreadsheet took for one has lost its zero: behind a word for telephone every run
# is one. A Chinese mobile number is written in groups of three, four and four.
_SAID = re.compile(
    rf"((?:\b(?:tel(?:ephone)?|phone|mobile|mob|call|contact|hotline|whats\s?app|tél)\b|ទូរស័ព្ទ|ទូរសព្ទ|លេខទូរ|电话|手机)"
    rf"\s*(?:no|number|លេខ|号码)?\s*[.:=\uff1a\u17d6]?\s*)\d{_GAP}(?:\d{_GAP}){{5,11}}\d(?:\.0)?(?!\d)",
    re.IGNORECASE,
)
_CHINESE_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ \-]\d{4}[ \-]\d{4}(?!\d)")
_HYPHENS = re.compile(r"(?<!\d)\d{2,3}-\d{3}-\d{3,4}(?!\d)")
# Passports: one to three letters and six to nine digits. Nine digits and more are a card, a foreign
# identity number or a telephone of another country, unless they are the decimals of a position.
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,3}[ \-]?\d{6,9}"
    r"|[A-Z]{1,2}[ \-]?(?:\d{3}|\d{4})[ \-]\d{4})(?!\d)"
)
_CARD = re.compile(r"(?<!\d)(?<!\d[.,])\d{9,19}(?:[Xx]|\(\d{2}\))?(?!\d)")
_CARD_IN_THREES = re.compile(r"(?<!\d)(?<!\d[ .,\-])\d{3}[ \-]\d{3}[ \-]\d{3}(?![ \-]?\d)")
# An e-mail address, also behind Khmer words without a space, and with "(at)" in place of its sign.
_MAIL = re.compile(
    r"[A-Za-z0-9_.+%'\-]{1,64}\s?(?:@|\uff20|\[at\]|\(at\))\s?"
    r"[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}",
    re.IGNORECASE,
)
# A page or number of a person in a chat: by its address, or behind the name of the service.
_CHAT_LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.|web\.)?"
    r"(?:t\.me|telegram\.me|wa\.me|api\.whatsapp\.com|line\.me|m\.me|fb\.me|fb\.com"
    r"|facebook\.com|instagram\.com|tiktok\.com|x\.com|twitter\.com|vk\.com|u\.wechat\.com)"
    r"/[^\s,;\"'<>()\[\]]+",
    re.IGNORECASE,
)
_SERVICE = (
    r"(?:whats\s?app|telegram|wechat|weixin|messenger|facebook|fb|line\sid|signal|zalo|viber"
    r"|instagram|skype|qq|微信|តេឡេក្រាម|តេលេក្រាម|ហ្វេសប៊ុក|ហ្វេសបុក)"
)
_HANDLE = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{2,31}"
_CHAT_NAME = re.compile(
    rf"({_SERVICE}\s?(?:id|account|user(?:name)?|គណនី)?\s?[:=\uff1a\u17d6]\s?)@?{_HANDLE}",
    re.IGNORECASE,
)
# "@name" is a handle; "@10.62,103.52" is a position in a map link.
_AT_NAME = re.compile(r"(?<![\w@/.])[@\uff20](?=[A-Za-z0-9_.\-]*[A-Za-z])" + _HANDLE)
# A date such as 2022-09-17 10:30 is no telephone; only runs that begin with 0 or + are.

_DIGIT = re.compile(r"\d")
_MAY_BE_ADDRESS = re.compile(r"[@\uff20:=\uff1a\u17d6]|\(at\)|\[at\]|\.(?:me|com)/", re.IGNORECASE)


def mask(text: str) -> str:
    """Return `text` without telephone, passport and identity-card numbers, mail and chat names.

    Masking twice changes nothing more. Numbers that only look like one are masked too: a lost
    serial number in a note costs less than a number that finds a person.
    """
    if _MAY_BE_ADDRESS.search(text):
        text = _AT_NAME.sub(ADDRESS, _MAIL.sub(ADDRESS, _CHAT_LINK.sub(ADDRESS, text)))
        text = _CHAT_NAME.sub(rf"\g<1>{ADDRESS}", text)
    if not _DIGIT.search(text):
        return text
    text = _SAID.sub(rf"\g<1>{TELEPHONE}", text)
    for pattern in (_INTERNATIONAL, _COUNTRY, _LOCAL, _HYPHENS, _CHINESE_MOBILE):
        text = pattern.sub(TELEPHONE, text)
    for pattern in (_PASSPORT, _CARD, _CARD_IN_THREES):
        text = pattern.sub(PASSPORT, text)
    return text
