"""XML without its traps: defusedxml refuses entities and external references.

Namespaces are cut off.
"""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geo.errors import InputError
from geo.formats.worker.encoding import encoding_of, half_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 64 * 1024
_DECLARATION = re.compile(r"\s*<\?xml\b.*?\?>", re.DOTALL)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PREFIX = re.compile(rb"<(/?)\w+:(?=\w)")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")


def parsed(data: bytes, name: str) -> Element:
    """Return the root element.

    Raises:
        InputError: It is no XML, or has entities (a billion laughs, a file of this machine).
    """
    root, broken = _until_broken(data, name)
    if root is None or broken:
        raise InputError("error.import.file_broken", name=name, what="xml")
    return root


def mended(data: bytes, name: str, mark: str) -> tuple[Element, list[Element]]:
    """Return the root element of XML that people and programs damage, and its torn marks.

    A half character, a bare ``&``, a stray ``<`` or a file that ends too early costs only the mark
    that it hits: those after it stand at the end of the root.

    Args:
        data: The file.
        name: Its name, for messages.
        mark: Name of the elements that are rows.

    Raises:
        InputError: As `parsed`.
    """
    wide = data.startswith(_WIDE) or half_empty(data[:_SAMPLE]) is not None
    root, broken = _until_broken(_as_utf8(data) if wide else data, name)
    if root is not None and not broken:
        return root, []
    text = _as_utf8(data)
    root, broken = _until_broken(text, name)
    if root is None:
        raise InputError("error.import.file_broken", name=name, what="xml")
    if not broken:
        return root, []
    marks = [element for element in root.iter() if tag(element) == mark]
    torn = [element for element in marks[-1:] if any(each is broken[-1] for each in element.iter())]
    starts = [m.start() for m in re.finditer(rf"<(?:\w+:)?{mark}\b".encode(), text)]
    for start, end in pairwise([*starts[len(marks) :], len(text)]):
        element = _alone(text[start:end], mark, name)
        if element is None:
            element = Element(mark)
            torn.append(element)
        root.append(element)
    return root, torn


def _alone(text: bytes, mark: str, name: str) -> Element | None:
    """Return one mark out of the text of a broken file, or None if it is the broken one."""
    whole = re.match(rf"(.*?</(?:\w+:)?{mark}\s*>)".encode(), text, re.DOTALL)
    root, broken = _until_broken(_PREFIX.sub(rb"<\1", whole[1]), name) if whole else (None, [])
    return None if broken else root


def _as_utf8(data: bytes) -> bytes:
    """Return XML as UTF-8 without its declaration and without what no XML may hold."""
    text = data.decode(encoding_of(data), "replace").replace("\ufffd", "")
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    return _BARE.sub("&amp;", _UNFIT.sub("", text)).encode("utf-8", "replace")


def _until_broken(text: bytes, name: str) -> tuple[Element | None, list[Element]]:
    """Return what stands before the place where XML breaks off, and what was open there."""
    root: Element | None = None
    opened: list[Element] = []
    try:
        for event, element in iterparse(
            BytesIO(text), events=("start", "end"), forbid_dtd=False, forbid_external=True
        ):
            root = element if root is None else root
            if event == "start":
                opened.append(element)
            else:
                opened.pop()
    except DefusedXmlException:
        raise InputError("error.import.bomb", name=name) from None
    except (ParseError, ValueError, LookupError):
        # What stands behind the end of the root is no loss.
        return root, opened
    return root, []


def tag(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the direct children of a name."""
    return (child for child in element if tag(child) == name)


def child_text(element: Element, name: str) -> str | None:
    """Return the text of the first child of a name, or None if it is missing or empty."""
    for child in children(element, name):
        text = "".join(child.itertext()).strip()
        return text or None
    return None
