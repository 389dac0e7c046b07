from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from geo.model.vocabulary import Grade
from layers.export.content import ReportKind
from layers.export.report import report_content
from layers.export.webmap import webmap_html
from tests.geo.privacy.example_plan import DAY, SECRET, example_plan

HOSTILE = (
    "</script><script>document.title='PWNED'</script><img src=x onerror=\"document.title='PWNED'\">"
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}{% raw %}\u2028REPORT-SCRIPT ${7*7}"
)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


class Page(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.blocks, self._open = [], {"script": [], "style": []}, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in self.blocks else None
        if self._open:
            self.blocks[tag].append((dict(attrs), ""))

    def handle_endtag(self, tag):  # noqa: ARG002 - the parser's
        self._open = None

    def handle_data(self, data):
        if self._open:
            attrs, text = self.blocks[self._open[0]][-1]
            self.blocks[self._open[0]][-1] = (attrs, text + data)


def page_of(plan, grade=Grade.COMMAND, kind=ReportKind.PROVINCE, language="en"):
    return webmap_html(report_content(plan, kind, grade, language, day=DAY))


def data_of(page):
    (text,) = [text for attrs, text in Page(page).blocks["script"] if "id" in attrs]
    return json.loads(text)


@pytest.fixture(scope="module")
def hostile_page():
    return page_of(example_plan(hostile=HOSTILE))


@pytest.fixture(scope="module")
def plain_page():
    return page_of(example_plan())


def test_nothing_is_loaded_from_anywhere(plain_page):
    for tag, attrs in Page(plain_page).tags:
        assert "src" not in attrs, tag
        assert "href" not in attrs, tag
        assert tag not in {"link", "iframe", "object", "embed", "base", "img"}
    styles = " ".join(text for _, text in Page(plain_page).blocks["style"])
    assert set(re.findall(r"url\((\w+):", styles)) == {"data"}
    assert "@import" not in styles
    assert "sourceMappingURL" not in plain_page


def test_no_element_has_a_handler_or_a_style_of_its_own(hostile_page):
    for tag, attrs in Page(hostile_page).tags:
        assert not [name for name in attrs if name.startswith("on") or name == "style"], tag


def test_the_policy_comes_first_and_allows_the_blocks_of_the_page_and_nothing_else(hostile_page):
    page = Page(hostile_page)
    names = [tag for tag, _ in page.tags]
    policy = next(
        attrs["content"]
        for tag, attrs in page.tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert names.index("meta") < min(names.index("script"), names.index("style"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    for kind in ("script", "style"):
        run = [text for attrs, text in page.blocks[kind] if "type" not in attrs]
        hashes = {base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in run}
        assert (
            set(re.findall(r"'sha256-([^']+)'", policy.split(f"{kind}-src")[1].split(";")[0]))
            == hashes
        )


def test_a_hostile_name_changes_no_script_of_the_page(hostile_page, plain_page):
    def scripts(page):
        return [text for attrs, text in Page(page).blocks["script"] if "id" not in attrs]

    assert scripts(hostile_page) == scripts(plain_page)


def test_a_hostile_name_stays_a_name(hostile_page):
    data = data_of(hostile_page)
    sites = next(layer for layer in data["layers"] if layer["name"] == "sites")
    assert HOSTILE in [point[3] for point in sites["points"]]
    zones = next(layer for layer in data["layers"] if layer["name"] == "zones")
    assert HOSTILE in [area["title"] for area in zones["areas"]]
    assert "PWNED'</script>" not in hostile_page
    assert "{{" not in "".join(t for a, t in Page(hostile_page).blocks["script"] if "id" in a)


def test_the_words_of_the_page_are_in_its_language():
    data = data_of(page_of(example_plan(), language="km"))
    assert data["language"] == "km"
    words = {"layers": "ស្រទាប់", "legend": "កំណត់សម្គាល់", "glance": "សង្ខេប"}
    assert data["words"] == words


def test_the_command_sees_points_partners_cells_the_public_neither():
    plan = example_plan()
    names = {
        grade: {layer["name"] for layer in data_of(page_of(plan, grade))["layers"]}
        for grade in Grade
    }
    assert names[Grade.COMMAND] >= {"zones", "sites", "allegations", "doubt"}
    assert "cells" in names[Grade.RESTRICTED]
    assert not names[Grade.RESTRICTED] & {"allegations", "zones"}
    assert names[Grade.PUBLIC] == set()


@pytest.mark.parametrize("grade", [Grade.RESTRICTED, Grade.PUBLIC])
def test_no_secret_stands_in_a_page_that_leaves_the_command(grade):
    assert SECRET not in page_of(example_plan(), grade)


def test_a_page_is_small_enough_to_be_sent_by_mail(plain_page):
    assert len(plain_page.encode()) < 3_000_000


OPEN_ALL = """
ucm_map.eachLayer(function (layer) {
  if (layer.getPopup && layer.getPopup()) {
    layer.openPopup();
    const popup = layer.getPopup().getElement();
    if (popup) { document.body.appendChild(popup.cloneNode(true)); }
  }
});
document.body.dataset.opened = "yes";
"""


MEASURE = """
const seen = ucm_map.getBounds();
const data = JSON.parse(document.getElementById("report-data").textContent);
const wanted = L.latLngBounds(data.bounds);
const boxes = Array.from(document.querySelectorAll(".writing, .place"))
  .map((e) => e.getBoundingClientRect());
const over = boxes.filter((a, i) => boxes.some((b, k) =>
  k > i && a.left < b.right && b.left < a.right
  && a.top + 4 < b.bottom - 4 && b.top + 4 < a.bottom - 4));
Object.assign(document.body.dataset, {
  holds: seen.contains(wanted), close: ucm_map.getZoom() - ucm_map.getBoundsZoom(wanted) === 0,
  written: boxes.length > 0, over: over.length,
});
"""


def shown_in_browser(page, script, folder):
    """Return the page's elements and console after a script of the test ran in it."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = page.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    page = page.replace("</html>", f"<script>{script}</script></html>")
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    return subprocess.run(
        [
            CHROMIUM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--virtual-time-budget=5000",
            "--window-size=1366,768",
            "--enable-logging=stderr",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


@needs_chromium
def test_the_map_begins_where_the_data_lies_and_no_writing_lies_over_another(plain_page, tmp_path):
    dom = shown_in_browser(plain_page, MEASURE, tmp_path).stdout
    for found in ('data-holds="true"', 'data-close="true"', 'data-written="true"', 'data-over="0"'):
        assert found in dom


@needs_chromium
def test_in_a_browser_without_network_the_map_stands_and_hostile_names_are_inert(
    hostile_page, tmp_path
):
    shown = shown_in_browser(hostile_page, OPEN_ALL, tmp_path)
    dom = shown.stdout
    assert 'data-opened="yes"' in dom
    assert "CONSOLE" not in shown.stderr
    assert "<title>Province map report: Preah Sihanouk Province</title>" in dom
    assert "leaflet-map-pane" in dom
    assert "An allegation is not a verdict." in dom
    popups = dom[dom.index("</footer>") :]
    assert "&lt;/script&gt;&lt;script&gt;" in popups
    assert "uid=" not in dom
    assert "<img" not in dom
