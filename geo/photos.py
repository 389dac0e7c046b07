"""Photographs before the plan keeps them: only the picture stays.

A photograph says more than it shows: where it was taken, when to the second, with whose camera, and
often a small older picture of itself. All of that can lead to a person, and none of it is needed
to know a site. So the picture is decoded and encoded anew from its pixels alone: whatever is not a
pixel cannot remain, whichever block of the file held it. (A colour profile goes the same way: it
names the device.)

What proves that a picture is the one that was taken is the original file, which must be kept as
evidence outside the plan; the plan keeps its SHA-256. The picture in the plan is for looking at, so
it is made smaller: a page of A4 stays legible at `LONGEST_SIDE` (some 220 dots an inch), and a plan
with some hundred photographs stays a file that can be copied at each opening.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.model.entity import LonLat

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE: Final = 2560
MOST_BYTES: Final = 40 * 1024 * 1024
MOST_PIXELS: Final = 80_000_000
# A bigger PNG is a photograph that was saved as one: as a JPEG it is a tenth.
MOST_PNG_BYTES: Final = 3 * 1024 * 1024
QUALITY: Final = 88
FAR_M: Final = 500.0
"""From how far off its site a photograph's own position is worth a word."""

FORMATS: Final = ("JPEG", "PNG", "WEBP")
SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp")
_HEIF_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_EXIF, _GPS, _TAKEN, _ORIENTATION = 0x8769, 0x8825, 0x9003, 0x0112
_EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photograph as the plan may keep it.

    Attributes:
        content: The picture without anything but its pixels.
        media_type: Of `content`.
        sha256: Of the file as it was chosen, hexadecimal.
        content_sha256: Of `content`.
        width: Pixels of `content`, upright.
        height: The same.
        taken_on: Day that the file named, or None.
        position: Where the file said that it was taken. It is told once and kept nowhere.
    """

    content: bytes = field(repr=False)
    media_type: str
    sha256: str
    content_sha256: str
    width: int
    height: int
    taken_on: date | None
    position: LonLat | None = field(default=None, repr=False)


def prepare(data: bytes, name: str) -> Photo:
    """Return what the plan may keep of a photograph.

    Args:
        data: The file's bytes.
        name: The file's name without its folder, for messages.

    Raises:
        InputError: It is empty, too big, of a format that cannot be read, or broken.
    """
    from PIL import Image

    _demand_readable(data, name)
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            _demand_size(image, name)
            taken_on, position = _told(image)
            clean = _pixels(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(name) from None
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - a broken or hostile file makes a decoder raise anything
        raise InputError("error.photo.broken", name=name) from None
    content, media_type = _encoded(clean, as_png=data.startswith(b"\x89PNG"))
    return Photo(
        content=content,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        content_sha256=hashlib.sha256(content).hexdigest(),
        width=clean.width,
        height=clean.height,
        taken_on=taken_on,
        position=position,
    )


def metres_off(photo: Photo, place: LonLat | None) -> float | None:
    """Return how far from a place a photograph says that it was taken, if that is far.

    None where either is not known or they are near: no distance is more exact than `FAR_M`.
    """
    from geo.measure import distance_m

    if photo.position is None or place is None:
        return None
    metres = distance_m(photo.position, place)
    return metres if metres > FAR_M else None


def _demand_readable(data: bytes, name: str) -> None:
    if not data:
        raise InputError("error.photo.empty", name=name)
    if len(data) > MOST_BYTES:
        raise InputError("error.photo.too_big", name=name, most=MOST_BYTES // (1024 * 1024))
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise InputError("error.photo.heic", name=name)
    known = data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
    if not known and not (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise InputError("error.photo.unknown", name=name)


def _demand_size(image: Image.Image, name: str) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels(name)


def _too_many_pixels(name: str) -> InputError:
    return InputError("error.photo.too_many_pixels", name=name, most=MOST_PIXELS // 1_000_000)


def _pixels(image: Image.Image) -> Image.Image:
    """Return a new picture of the pixels alone, upright, on white where it is transparent."""
    from PIL import Image

    turn = _turn(image)
    # A JPEG is decoded at half or a quarter of its size where that still suffices: less memory.
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    seen = image.convert("RGBA" if image.has_transparency_data else "RGB")
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if turn is not None:
        seen = seen.transpose(turn)
    clean = Image.new("RGB", seen.size, "white")
    clean.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return clean


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return what sets a picture upright; a camera that was held sideways notes it."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        return turns.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - a broken note is no note; the picture may be sound
        return None


def _encoded(clean: Image.Image, *, as_png: bool) -> tuple[bytes, str]:
    """Return a file of a picture: a screen or drawing stays sharp, a photograph gets small."""
    if as_png:
        stream = BytesIO()
        clean.save(stream, "PNG")
        if stream.tell() <= MOST_PNG_BYTES:
            return stream.getvalue(), "image/png"
    stream = BytesIO()
    clean.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue(), "image/jpeg"


def _told(image: Image.Image) -> tuple[date | None, LonLat | None]:
    """Return the day and the place that a file names; a broken note is no note."""
    try:
        exif = image.getexif()
        taken = exif.get_ifd(_EXIF).get(_TAKEN)
        place = exif.get_ifd(_GPS)
    except Exception:  # noqa: BLE001 - the picture may be sound all the same
        return None, None
    return _day(taken), _position(place)


def _day(text: object) -> date | None:
    try:
        day = datetime.strptime(str(text)[:10], "%Y:%m:%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    # A camera whose clock was never set says 1970 or 1980; tomorrow is today east of Greenwich.
    latest = datetime.now(UTC).date() + timedelta(days=1)
    return day if _EARLIEST <= day <= latest else None


def _position(place: dict[int, object]) -> LonLat | None:
    try:
        lat = _degrees(place[2]) * (-1 if str(place[1]).strip("\0 ").upper() == "S" else 1)
        lon = _degrees(place[4]) * (-1 if str(place[3]).strip("\0 ").upper() == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    sound = math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180  # noqa: PLR2004 - degrees
    # Phones without a fix write zeros.
    return LonLat(lon, lat) if sound and (lat, lon) != (0.0, 0.0) else None


def _degrees(parts: object) -> float:
    degrees, minutes, seconds = (float(p) for p in parts)  # type: ignore[attr-defined] # what is no sequence is caught above
    return degrees + minutes / 60 + seconds / 3600
