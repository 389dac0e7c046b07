r"""JSON that may stand inside a page: whatever its strings hold, it stays a string.

``<``, ``>``, ``&``, braces, quotes and the two line separators of Unicode are written as
``\uXXXX`` in every string, so that no text can end the script block, begin an entity, or mean
anything to a template.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&{}'`\u2028\u2029\u007f"}


def safe_json(value: object) -> str:
    """Return `value` as JSON text.

    Args:
        value: Mappings with text keys, sequences, texts, numbers, booleans, None.

    Raises:
        TypeError: Something else is in it.
        ValueError: A number is not finite.
    """
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            message = "a number that is not finite has no JSON"
            raise ValueError(message)
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).translate(_ESCAPED)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_key(k)}:{safe_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(safe_json(item) for item in value) + "]"
    message = f"no JSON for {type(value).__name__}"
    raise TypeError(message)


def _key(key: object) -> str:
    if not isinstance(key, str):
        message = "a key of JSON is a text"
        raise TypeError(message)
    return safe_json(key)
