"""A report as one web page that works with the network off.

folium makes the page from constants only: it runs whatever text it is given as a template, so no
text of a plan ever comes near it (a site's name could read files). The plan's data goes in
afterwards, as escaped JSON, and the page's own script puts it on the map with ``textContent``. A
Content-Security-Policy allows the page's own scripts by their hashes and nothing else; there are no
tiles and no addresses to load.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from geo.catalogue import text
from layers.export.content import outside_note
from layers.export.ground import ground
from layers.export.pins import Signs, layers_of
from layers.export.result_layers import result_data, result_layers, sign_look
from layers.export.safe_json import safe_json

if TYPE_CHECKING:
    from layers.export.content import LegendEntry, ReportContent

_FONT = "NotoSansKhmer-Regular.ttf"
_NAMES = ("places", "provinces")
_BODY = """
<header>
<div class="fictional" id="report-fictional"></div>
<div class="banner" id="report-banner"></div>
<h1 id="report-title"></h1>
<div class="under" id="report-under"></div>
</header>
<aside id="report-panel"></aside>
<footer id="report-attribution"></footer>
<script type="application/json" id="report-data">REPORT-DATA</script>
"""
_SCRIPT = """
{% macro script(this, kwargs) %}
const ucm_map = {{ this._parent.get_name() }};
REPORT-SCRIPT
{% endmacro %}
"""
_HEAD = """
<meta name="referrer" content="no-referrer">
<style>REPORT-FONT</style>
<style>REPORT-LEAFLET-STYLE</style>
<style>REPORT-STYLE</style>
<script>REPORT-LEAFLET</script>
"""
_PLACES = re.compile(r"REPORT-(?:DATA|SCRIPT|FONT|LEAFLET-STYLE|LEAFLET|STYLE)")
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S*")
_STYLE_URL = re.compile(r"url\([^)]*\)")


def webmap_html(content: ReportContent) -> str:
    """Return a report as the text of one HTML page.

    Args:
        content: The report; only what its grade let pass is in it.
    """
    parts = {
        "REPORT-DATA": safe_json(_data(content)),
        "REPORT-SCRIPT": _web("report.js"),
        "REPORT-FONT": _font_face(),
        "REPORT-LEAFLET-STYLE": _STYLE_URL.sub("none", _web("leaflet.css")),
        "REPORT-LEAFLET": _SOURCE_MAP.sub("", _web("leaflet.js")),
        "REPORT-STYLE": _web("report.css"),
    }
    # One pass: what was put in is not looked through again.
    page = _PLACES.sub(lambda place: parts[place.group()], _fixed_page())
    page = page.replace("\r\n", "\n")
    return page.replace("<head>", f"<head>\n{_policy(page)}", 1)


def _fixed_page() -> str:
    """Return folium's page, made from constants only: the same for every report."""
    import folium
    from folium.template import Template

    made = folium.Map(location=[12.5, 105.0], zoom_start=7, tiles=None, prefer_canvas=True)
    # Its name is random otherwise; and its scripts come from four hosts.
    made._id = "report"  # noqa: SLF001 - folium has no other way
    made.default_js, made.default_css = [], []
    figure = made.get_root()
    assert isinstance(figure, folium.Figure)  # noqa: S101 - folium's own root
    figure.header.add_child(folium.Element(_HEAD), name="report_head")
    figure.html.add_child(folium.Element(_BODY), name="report_body")
    script = folium.MacroElement()  # type: ignore[no-untyped-call] # folium has no types
    script._template = Template(_SCRIPT)  # noqa: SLF001 - folium has no other way
    made.add_child(script, name="report_script")
    page: str = figure.render()
    return page


def _policy(page: str) -> str:
    """Return the policy that lets the page's own blocks run, by their hashes, and nothing else."""
    allowed: dict[str, list[str]] = {"script": [], "style": []}
    for kind, block in _INLINE.findall(page):
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        allowed[kind].append(f"'sha256-{digest}'")
    rules = (
        "default-src 'none'",
        f"script-src {' '.join(allowed['script'])}",
        f"style-src {' '.join(allowed['style'])}",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


def _data(content: ReportContent) -> dict[str, object]:
    title, language = content.title, content.language
    signs = Signs()
    base = ground(content.map.overview, language)
    west, south, east, north = content.map.bounds
    return {
        "language": language,
        "grade": content.grade.value,
        "bounds": [[south, west], [north, east]],
        "ground": {name: value for name, value in base.items() if name not in _NAMES},
        **{name: base[name] for name in _NAMES},
        "layers": [*result_layers(content, signs), *layers_of(content, signs)],
        "legend": [_sign(entry, signs) for entry in content.legend],
        "signs": signs.as_data(),
        "facts": [list(fact) for fact in content.facts],
        # Here what lies outside the frame is one pull away.
        "notes": [note for note in content.notes if note != _outside(content)],
        "words": {
            "layers": text("report.web.layers", language),
            "legend": text("report.web.legend", language),
            "glance": text("report.glance.title", language),
        },
        "page": {
            "banner": title.banner,
            "fictional": title.fictional,
            "title": f"{title.title}: {title.subtitle}",
            "under": f"{title.kingdom} · {title.office} · {title.number} · {title.date}",
            "attribution": content.attribution,
        },
        **result_data(content),
    }


def _sign(entry: LegendEntry, signs: Signs) -> list[object]:
    symbol = signs.index(entry.symbol) if entry.symbol else None
    look = sign_look(entry)
    return [entry.label, symbol, entry.fill, *([look] if look is not None else [])]


def _outside(content: ReportContent) -> str:
    return outside_note(content.map.outside, content.language)


def _web(name: str) -> str:
    return (files("resources") / "web" / name).read_text("utf-8").replace("\r\n", "\n")


def _font_face() -> str:
    """Return the Khmer font as part of the page: few machines abroad have one."""
    font = base64.b64encode((files("resources") / "fonts" / _FONT).read_bytes()).decode()
    return (
        '@font-face { font-family: "Noto Sans Khmer"; unicode-range: U+1780-17FF, U+19E0-19FF, '
        f"U+200B; src: url(data:font/ttf;base64,{font}) format('truetype'); }}"
    )
