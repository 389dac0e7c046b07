"""Messages between the application and its reading worker.

A JSON head and a body of bytes, both with their length.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = struct.Struct(">IQ")
_STEP = 1 << 20
MAX_HEAD = 64 * 1024 * 1024
MAX_BODY = 2 * 1024 * 1024 * 1024


class BrokenWireError(Exception):
    """The other side closed, or what came is no message."""


def send(stream: BinaryIO, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one message.

    Raises:
        OSError: The other side is gone.
    """
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
    stream.write(_HEAD.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes | bytearray]:
    """Read one message.

    Raises:
        BrokenWireError: The stream ended, or a length is beyond all measure.
    """
    head_length, body_length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if head_length > MAX_HEAD or body_length > MAX_BODY:
        raise BrokenWireError
    head = json.loads(_exactly(stream, head_length))
    if not isinstance(head, dict):
        raise BrokenWireError
    return head, _exactly(stream, body_length)


def _exactly(stream: BinaryIO, count: int) -> bytearray:
    """Return so many bytes, read in short steps: another thread may draw meanwhile."""
    content = bytearray(count)
    view = memoryview(content)
    done = 0
    while done < count:
        got = stream.readinto(view[done : done + _STEP])  # type: ignore[attr-defined] # pipes and buffers have it; `BinaryIO` does not say so
        if not got:
            raise BrokenWireError
        done += got
    return content
