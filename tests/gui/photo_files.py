"""Fictional test photographs: coloured shapes, never faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

COLOURS = ("#B5483A", "#3A6EB5", "#4F8F4A", "#8A6FB0", "#C28A2C", "#3E8E8E", "#A24D79", "#6B7280")


def write_photo(path: Path, number: int = 0, *, size=(900, 600), place=None) -> Path:
    """Write a picture of a house made of shapes; `place` is latitude and longitude."""
    width, height = size
    picture = Image.new("RGB", size, "#BFD6E6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, height * 0.72, width, height), fill="#9A8F7A")
    left = width * (0.15 + 0.05 * (number % 4))
    body = (left, height * 0.4, left + width * 0.5, height * 0.8)
    pen.rectangle(body, fill=COLOURS[number % len(COLOURS)])
    roof = [(left - 30, height * 0.4), (left + width * 0.25, height * 0.2)]
    pen.polygon([*roof, (left + width * 0.5 + 30, height * 0.4)], fill="#5A4A42")
    pen.ellipse((width * 0.78, 40, width * 0.78 + 90, 130), fill="#F2D16B")
    exif = Image.Exif()
    exif[0x010F] = "SecretCam"
    exif.get_ifd(0x8769)[0x9003] = "2022:09:17 06:30:00"
    if place is not None:
        gps = exif.get_ifd(0x8825)
        for at, letter, value in ((1, "N", place[0]), (3, "E", place[1])):
            degrees = int(value)
            gps[at] = letter
            gps[at + 1] = (float(degrees), (value - degrees) * 60, 0.0)
    picture.save(path, exif=exif)
    return path
