from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from geo.model.entity import Kind
from gui.map import painter as painter_module
from gui.map.painter import paint, polygon_of
from gui.map.render import render_image
from gui.map.symbols import symbol_pixmap
from gui.map.text import measure
from layers.draw import draw_list
from layers.features import ALLEGATION_SPECS, CROSSING_SPECS, SITE_SPECS
from layers.layer_list import default_layers
from layers.style import TextStyle
from layers.view import MapView
from tests.layers.scenes import ON, POIPET, a_past_day, every_meaning, request_of

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "map"
COUNTRY = (102.3, 10.2, 107.7, 14.7)
SCENES = {
    "country_light_en": (None, COUNTRY, "light", "en"),
    "country_dark_km": (None, COUNTRY, "dark", "km"),
    "meanings_light_km": (every_meaning, POIPET, "light", "km"),
    "meanings_dark_en": (every_meaning, POIPET, "dark", "en"),
    "past_light_en": (a_past_day, POIPET, "light", "en"),
    "sea_light_km": (None, (103.2, 10.3, 104.2, 11.1), "light", "km"),
}


def pixels(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), -1)
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).astype(int)


def scene(name: str) -> QImage:
    plan, bounds, theme, language = SCENES[name]
    view = MapView.fit(bounds, 640, 420, margin_px=8)
    project = plan() if plan else None
    return render_image(project, default_layers(), view, language=language, theme=theme, on=ON)


@pytest.mark.parametrize("name", SCENES)
def test_the_map_looks_as_it_did(qapp, name, tmp_path):
    """Set UCM_NEW_GOLDEN to take the pictures anew, and look at them."""
    image = scene(name)
    path = GOLDEN / f"{name}.png"
    if os.environ.get("UCM_NEW_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        image.save(str(path))
    wanted = pixels(QImage(str(path)))
    found = pixels(image)
    assert found.shape == wanted.shape
    away = np.abs(found - wanted).max(axis=2)
    image.save(str(tmp_path / f"{name}.png"))
    # Other versions of the font renderer shade edges otherwise; a lost layer is no edge.
    assert (away > 60).mean() < 0.01
    assert away.mean() < 2.0


def test_every_symbol_can_be_told_from_every_other(qapp):
    specs = list(dict.fromkeys((*SITE_SPECS, *ALLEGATION_SPECS, *CROSSING_SPECS)))
    pictures = []
    for spec in specs:
        image = QImage(56, 56, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0xFFF7F5F0)
        painter = QPainter(image)
        try:
            pixmap = symbol_pixmap(spec, 16.0)
            painter.drawPixmap((56 - pixmap.width()) // 2, (56 - pixmap.height()) // 2, pixmap)
        finally:
            painter.end()
        pictures.append(pixels(image))
    for (a, left), (b, right) in combinations(zip(specs, pictures, strict=True), 2):
        differing = (np.abs(left - right).max(axis=2) > 40).sum()
        assert differing >= 12, (a, b)


def test_a_symbol_is_as_large_on_a_fine_screen_as_on_a_coarse_one(qapp):
    coarse, fine = symbol_pixmap(SITE_SPECS[0], 16.0, 1.0), symbol_pixmap(SITE_SPECS[0], 16.0, 2.0)
    assert fine.deviceIndependentSize().width() == pytest.approx(
        coarse.deviceIndependentSize().width(), abs=1
    )
    assert fine.width() == pytest.approx(2 * coarse.width(), abs=1)


def test_vertices_arrive_in_the_polygon_as_they_were(qapp):
    xy = np.array([[0.5, 1.25], [1e6, -3.0], [7.0, 8.0]])
    polygon = polygon_of(xy)
    assert [(p.x(), p.y()) for p in polygon] == [tuple(row) for row in xy.tolist()]
    assert polygon_of(np.empty((0, 2))).isEmpty()


def writer_at(path) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QSizeF(200, 150), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(96)
    return writer


def test_the_map_is_vectors_in_a_pdf(qapp, tmp_path):
    path = tmp_path / "map.pdf"
    frame = draw_list(request_of(every_meaning(), MapView.fit(POIPET, 700, 500)), measure=measure)
    writer = writer_at(path)
    painter = QPainter(writer)
    try:
        paint(painter, frame)
    finally:
        painter.end()
    written = path.read_bytes()
    assert written.startswith(b"%PDF")
    # No symbol or label is a picture; a soft disc of doubt is a shading.
    assert b"/Subtype /Image" not in written


def test_an_error_while_painting_a_pdf_leaves_the_process_alive(qapp, tmp_path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(painter_module, "draw_symbol", broken)
    frame = draw_list(request_of(every_meaning(), MapView.fit(POIPET, 300, 200)), measure=measure)
    writer = writer_at(tmp_path / "broken.pdf")
    painter = QPainter(writer)
    try:
        with pytest.raises(ZeroDivisionError):
            paint(painter, frame)
    finally:
        painter.end()
    assert not painter.isActive()


def test_a_picture_for_print_has_more_pixels_and_the_same_map(qapp):
    view = MapView.fit(POIPET, 320, 210)
    plain = render_image(None, default_layers(), view, language="en")
    fine = render_image(None, default_layers(), view, language="en", scale=2.0)
    assert (fine.width(), fine.height()) == (640, 420)
    smaller = pixels(fine)[::2, ::2]
    assert np.abs(smaller - pixels(plain)).mean() < 6


def test_selected_rows_are_drawn_otherwise(qapp):
    project = every_meaning()
    view = MapView.fit(POIPET, 320, 210)
    chosen = (Kind.SITE, [str(project.table(Kind.SITE).ids[0])])
    plain = render_image(project, default_layers(), view, language="en", on=ON)
    marked = render_image(project, default_layers(), view, language="en", on=ON, selection=chosen)
    assert (np.abs(pixels(plain) - pixels(marked)).max(axis=2) > 40).sum() > 20


def test_khmer_is_measured_with_its_own_font(qapp):
    style = TextStyle(12.0, "#000000", "#FFFFFF")
    width, height = measure("កម្ពុជា", style)
    assert 20 < width < 80
    assert height > measure("Cambodia", style)[1]


def test_many_rings_look_like_the_few_that_are_drawn_one_by_one(qapp):
    from layers.drawlist import Halos

    rng = np.random.default_rng(3)
    places = rng.integers(20, 380, (60, 2)).astype(float) + 0.5
    pictures = []
    for times in (1, 10):  # the same rings over and over: more than are drawn one by one
        image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        op = Halos(np.tile(places, (times, 1)), 9.0, "#0F766E", "#000000")
        for _ in painter_module.paint_steps(painter, [op]):
            pass
        painter.end()
        pictures.append(pixels(image))
    few, many = ((p < 250).any(axis=2) for p in pictures)
    assert (few & many).sum() > 0.8 * many.sum()
