"""XML without its traps: defusedxml refuses entities and external references.

Namespaces are cut off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


def parsed(data: bytes, name: str) -> Element:
    """Return the root element.

    Raises:
        InputError: It is no XML, or has entities (a billion laughs, a file of this machine).
    """
    try:
        root: Element = fromstring(
            data, forbid_dtd=False, forbid_entities=True, forbid_external=True
        )
    except DefusedXmlException:
        raise InputError("error.import.bomb", name=name) from None
    except (ParseError, ValueError, LookupError):
        raise InputError("error.import.file_broken", name=name, what="xml") from None
    return root


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
