"""Photographs before the plan keeps them: upright, small, and nothing but their pixels."""

from __future__ import annotations

import hashlib
import struct
import zlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from geo import photos
from geo.errors import InputError
from geo.model.entity import LonLat
from geo.photos import LONGEST_SIDE, metres_off, prepare

SECRETS = (b"SecretCam", b"Secret Owner", b"secret comment", b"secretxmp", b"secret text")
XMP = b"<x:xmpmeta><secretxmp/></x:xmpmeta>"


def drawing(width=400, height=300):
    """Coloured shapes: a red corner at the upper left, a blue disc at the lower right."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 4, height // 4), fill="red")
    pen.ellipse((width // 2, height // 2, width, height), fill="blue")
    return picture


def exif_of(*, orientation=1, taken="2022:09:17 06:30:00", position=(10.62, 103.52)):
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "SecretCam", "Secret Owner", orientation
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8769)[0x927C] = b"maker note of SecretCam"
    if position is not None:
        lat, lon = position
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N" if lat >= 0 else "S", dms(abs(lat))
        gps[3], gps[4] = "E" if lon >= 0 else "W", dms(abs(lon))
    return exif


def dms(value):
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    return (float(degrees), float(minutes), round((value - degrees - minutes / 60) * 3600, 4))


def file_of(picture, kind="JPEG", **rest):
    stream = BytesIO()
    picture.save(stream, kind, **rest)
    return stream.getvalue()


def jpeg(**facts):
    return file_of(drawing(), exif=exif_of(**facts), comment=b"secret comment", xmp=XMP, quality=95)


def opened(photo):
    return Image.open(BytesIO(photo.content))


def test_nothing_but_the_pixels_stays_of_a_jpeg():
    data = jpeg()
    assert all(s in data for s in SECRETS[:4])
    photo = prepare(data, "a.jpg")
    assert not any(s in photo.content for s in SECRETS)
    assert b"Exif" not in photo.content
    with opened(photo) as image:
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert image.size == (400, 300) == (photo.width, photo.height)
    assert photo.media_type == "image/jpeg"


def test_an_embedded_thumbnail_does_not_survive():
    inner = file_of(drawing(160, 120), quality=60)
    exif = exif_of()
    blob = exif.tobytes()
    data = file_of(drawing(), exif=blob)
    # A second picture behind the end of the first, as phones keep depth and previews.
    data += b"MPF\0" + inner + b"secret comment"
    photo = prepare(data, "a.jpg")
    assert photo.content.count(b"\xff\xd8\xff") == 1
    assert b"secret" not in photo.content


def test_nothing_but_the_pixels_stays_of_a_png():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Secret Owner")
    notes.add_itxt("Comment", "secret text", zip=False)
    data = file_of(drawing(), "PNG", pnginfo=notes, exif=exif_of(), dpi=(300, 300))
    assert b"secret text" in data
    photo = prepare(data, "a.png")
    kinds, at = [], 8
    while at < len(photo.content):
        (length,) = struct.unpack_from(">I", photo.content, at)
        kinds.append(photo.content[at + 4 : at + 8])
        at += length + 12
    assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
    assert photo.media_type == "image/png"


def test_nothing_but_the_pixels_stays_of_a_webp():
    data = file_of(drawing(), "WEBP", exif=exif_of(), xmp=XMP)
    assert b"SecretCam" in data
    photo = prepare(data, "a.webp")
    assert photo.media_type == "image/jpeg"
    assert not any(s in photo.content for s in SECRETS)


def test_a_picture_without_a_note_is_encoded_anew_all_the_same():
    data = file_of(drawing())
    photo = prepare(data, "a.jpg")
    assert (photo.taken_on, photo.position) == (None, None)
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert photo.content_sha256 == hashlib.sha256(photo.content).hexdigest() != photo.sha256


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_set_upright_however_the_camera_was_held(orientation):
    backwards = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = drawing()
    if orientation in backwards:
        held = held.transpose(backwards[orientation])
    data = file_of(held, exif=exif_of(orientation=orientation), quality=95)
    photo = prepare(data, "a.jpg")
    with opened(photo) as image:
        assert image.size == (400, 300)
        red, blue = image.getpixel((10, 10)), image.getpixel((300, 225))
    assert (red[0] > 200, red[2] < 60) == (True, True)
    assert (blue[2] > 200, blue[0] < 60) == (True, True)


def test_a_big_picture_is_made_smaller_in_its_proportion():
    photo = prepare(file_of(drawing(6000, 3000)), "big.jpg")
    assert (photo.width, photo.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    with opened(photo) as image:
        assert image.size == (photo.width, photo.height)


def test_a_transparent_picture_lies_on_white():
    glass = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    with opened(prepare(file_of(glass, "PNG"), "a.png")) as image:
        assert image.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_mode_of_pixels_is_read(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    photo = prepare(file_of(Image.new(mode, (40, 30)), kind), "a")
    assert (photo.width, photo.height) == (40, 30)


def test_the_first_picture_of_a_moving_one_is_taken():
    frames = [Image.new("RGB", (30, 30), c) for c in ("red", "blue")]
    data = file_of(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    with opened(prepare(data, "a.webp")) as image:
        assert image.getpixel((5, 5))[0] > 200


def test_the_day_is_read_before_it_is_taken_out():
    assert prepare(jpeg(), "a.jpg").taken_on == date(2022, 9, 17)


@pytest.mark.parametrize(
    "text",
    [
        *("1980:01:01 00:00:00", "0000:00:00 00:00:00", "", "yesterday", "2022-09-17"),
        f"{datetime.now(UTC) + timedelta(days=3):%Y:%m:%d} 00:00:00",
    ],
)
def test_a_day_that_cannot_be_is_no_day(text):
    assert prepare(jpeg(taken=text), "a.jpg").taken_on is None


def test_the_place_is_told_once_and_stands_nowhere():
    photo = prepare(jpeg(), "a.jpg")
    assert photo.position == pytest.approx((103.52, 10.62), abs=1e-5)
    assert "103" not in repr(photo)


def test_south_and_west_are_negative():
    photo = prepare(jpeg(position=(-10.62, -103.52)), "a.jpg")
    assert photo.position == pytest.approx((-103.52, -10.62), abs=1e-5)


@pytest.mark.parametrize("position", [(0.0, 0.0), (95.0, 10.0), None])
def test_a_place_that_cannot_be_is_no_place(position):
    assert prepare(jpeg(position=position), "a.jpg").position is None


def test_only_what_is_far_from_the_site_is_worth_a_word():
    photo = prepare(jpeg(), "a.jpg")
    assert metres_off(photo, LonLat(103.52, 10.623)) is None
    assert metres_off(photo, None) is None
    assert metres_off(photo, LonLat(103.62, 10.62)) == pytest.approx(10_950, rel=0.01)


def refusal(data, name="x.jpg"):
    with pytest.raises(InputError) as caught:
        prepare(data, name)
    assert caught.value.params["name"] == name
    return caught.value.code


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_what_a_phone_of_today_writes_is_named(brand):
    assert refusal(b"\0\0\0\x18ftyp" + brand + b"\0" * 40, "x.heic") == "error.photo.heic"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "error.photo.empty"),
        (b"this is no picture", "error.photo.unknown"),
        (b"GIF89a" + b"\0" * 50, "error.photo.unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "error.photo.unknown"),
        (b"%PDF-1.7", "error.photo.unknown"),
        (b"\xff\xd8\xff" + b"\0" * 100, "error.photo.broken"),
        (b"\x89PNG\r\n\x1a\n", "error.photo.broken"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "error.photo.broken"),
    ],
)
def test_what_is_no_photograph_is_refused(data, code):
    assert refusal(data) == code


def test_a_picture_that_was_cut_short_is_refused():
    data = jpeg()
    assert refusal(data[: len(data) // 2]) == "error.photo.broken"


def test_a_file_that_is_too_big_is_not_even_decoded(monkeypatch):
    monkeypatch.setattr(photos, "MOST_BYTES", 1000)
    assert refusal(jpeg()) == "error.photo.too_big"


def bomb(width, height):
    """A PNG that claims many pixels and holds none."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_decompression_bomb_is_refused_by_its_head(side):
    assert refusal(bomb(side, side), "bomb.png") == "error.photo.too_many_pixels"


def test_a_text_bomb_in_a_png_is_refused():
    packed = zlib.compress(b"x" * 80_000_000)
    data = file_of(drawing(), "PNG")
    text = b"zTXtComment\0\0" + packed
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    assert refusal(data[:33] + chunk + data[33:], "bomb.png") == "error.photo.broken"


@pytest.mark.filterwarnings("ignore:Truncated File Read", "ignore:Corrupt EXIF")
def test_a_broken_note_is_no_note():
    data = file_of(drawing(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    photo = prepare(data, "a.jpg")
    assert (photo.taken_on, photo.position) == (None, None)


def test_a_photograph_saved_as_png_gets_small(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PNG_BYTES", 100)
    assert prepare(file_of(drawing(), "PNG"), "a.png").media_type == "image/jpeg"
