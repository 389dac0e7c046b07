// The web map of a report. Reads its data from a JSON block; every text of the plan goes into the
// page as textContent, so that a name is only ever a name.
"use strict";
(function (map) {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const renderer = L.canvas({ padding: 0.3 });

  // --- signs: the same shapes as on screen and paper -----------------------------------------

  const CORNERS = {
    diamond: [[0, -1.12], [1.12, 0], [0, 1.12], [-1.12, 0]],
    triangle: [[0, -1.1], [1.08, 0.82], [-1.08, 0.82]],
    square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
    octagon: [[-0.41, -1], [0.41, -1], [1, -0.41], [1, 0.41], [0.41, 1], [-0.41, 1], [-1, 0.41], [-1, -0.41]],
    gate: [[-1.1, -0.95], [1.1, -0.95], [1.1, -0.4], [0.85, -0.4], [0.85, 0.95], [0.35, 0.95],
      [0.35, -0.4], [-0.35, -0.4], [-0.35, 0.95], [-0.85, 0.95], [-0.85, -0.4], [-1.1, -0.4]],
  };

  function outline(ctx, shape, x, y, r) {
    ctx.beginPath();
    if (shape === "circle") { ctx.arc(x, y, r, 0, 2 * Math.PI); return; }
    CORNERS[shape].forEach(function (c, i) { ctx[i ? "lineTo" : "moveTo"](x + c[0] * r, y + c[1] * r); });
    ctx.closePath();
  }

  function stroke(ctx, colour, width) { ctx.strokeStyle = colour; ctx.lineWidth = width; ctx.stroke(); }

  function drawSign(ctx, sign, x, y, size) {
    const r = size * sign.scale / 2;
    ctx.save();
    ctx.lineJoin = "round";
    if (sign.ring) { outline(ctx, sign.shape, x, y, r * 1.5); stroke(ctx, sign.edge, 2.6); stroke(ctx, sign.fill, 1.2); }
    outline(ctx, sign.shape, x, y, r);
    if (sign.hollow) {
      stroke(ctx, sign.edge, r * 0.6);
      if (sign.dotted) { ctx.setLineDash([0.1, r * 0.55]); ctx.lineCap = "round"; }
      stroke(ctx, sign.fill, Math.max(r * 0.3, 1.3));
      ctx.setLineDash([]);
    } else if (sign.mark === "question") {
      ctx.fillStyle = "#f3f4f6"; ctx.fill();
      stroke(ctx, sign.edge, r * 0.62); stroke(ctx, sign.fill, r * 0.3);
    } else {
      ctx.fillStyle = sign.fill; ctx.fill();
      if (sign.second) {
        ctx.save(); ctx.clip(); ctx.fillStyle = sign.second; ctx.fillRect(x, y - 2 * r, 2 * r, 4 * r); ctx.restore();
        outline(ctx, sign.shape, x, y, r);
        if (sign.second.toUpperCase() === "#FFFFFF") { stroke(ctx, sign.fill, r * 0.3); }
      }
      stroke(ctx, sign.edge, Math.max(r * 0.16, 0.8));
    }
    drawMark(ctx, sign, x, y, r);
    if (sign.struck) {
      [[sign.edge, r * 0.5], [sign.fill, Math.max(r * 0.24, 1.2)]].forEach(function (line) {
        ctx.beginPath(); ctx.moveTo(x - r * 1.15, y + r * 1.15); ctx.lineTo(x + r * 1.15, y - r * 1.15);
        stroke(ctx, line[0], line[1]);
      });
    }
    ctx.restore();
  }

  function drawMark(ctx, sign, x, y, r) {
    if (!sign.mark) { return; }
    const colour = sign.hollow || sign.mark === "question" ? sign.fill : sign.edge;
    ctx.lineCap = "round";
    if (sign.mark === "question") {
      ctx.fillStyle = colour; ctx.font = "bold " + Math.round(r * 1.5) + "px sans-serif";
      ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.fillText("?", x, y + r * 0.08);
      return;
    }
    const strokes = {
      pause: [[-0.3, -0.4, -0.3, 0.4], [0.3, -0.4, 0.3, 0.4]],
      cross: [[-0.4, -0.4, 0.4, 0.4], [-0.4, 0.4, 0.4, -0.4]],
      check: [[-0.45, 0.02, -0.12, 0.36], [-0.12, 0.36, 0.45, -0.36]],
    }[sign.mark];
    ctx.beginPath();
    strokes.forEach(function (s) { ctx.moveTo(x + s[0] * r, y + s[1] * r); ctx.lineTo(x + s[2] * r, y + s[3] * r); });
    stroke(ctx, colour, Math.max(r * 0.27, 1));
  }

  L.Canvas.include({
    _updateSign: function (layer) {
      if (!this._drawing || layer._empty()) { return; }
      drawSign(this._ctx, layer.options.sign, layer._point.x, layer._point.y, layer.options.size);
    },
  });
  const Sign = L.CircleMarker.extend({
    _updatePath: function () { this._renderer._updateSign(this); },
  });

  // --- popups: elements, never markup --------------------------------------------------------

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function popup(title, facts) {
    const box = element("div", "popup");
    if (title) { box.appendChild(element("h3", "", title)); }
    const list = element("dl");
    facts.forEach(function (fact) {
      list.appendChild(element("dt", fact[1] === "" ? "alone" : "", fact[0]));
      list.appendChild(element("dd", "", fact[1]));
    });
    box.appendChild(list);
    return box;
  }

  // --- ground --------------------------------------------------------------------------------

  const GROUND = {
    neighbour: { fill: true, stroke: false, fillColor: "#ECE9E2", fillOpacity: 1 },
    land: { fill: true, stroke: false, fillColor: "#F7F5F0", fillOpacity: 1 },
    water: { fill: true, stroke: false, fillColor: "#CFE3EE", fillOpacity: 1 },
    province: { color: "#A7A29A", weight: 1, dashArray: "5 4" },
    edge: { color: "#D9D5D0", weight: 8, opacity: 0.8 },
    border: { color: "#4B5563", weight: 2 },
  };
  ["neighbour", "land", "water", "province", "edge", "border"].forEach(function (name) {
    const style = Object.assign({ renderer: renderer, interactive: false }, GROUND[name]);
    const shapes = data.ground[name === "edge" ? "border" : name];
    shapes.forEach(function (shape) {
      (style.fill ? L.polygon(shape, style) : L.polyline(shape, style)).addTo(map);
    });
  });

  // How an area or a line of a result looks; strokes over an area become a dashed edge here.
  function lookOf(look) {
    return {
      renderer: renderer, fill: look.fill !== "", fillColor: look.fill, fillOpacity: look.alpha,
      stroke: look.edge !== "", color: look.edge, weight: look.width, dashArray: look.dash || null,
    };
  }

  // --- layers of the plan --------------------------------------------------------------------

  const groups = {};
  const writings = [];
  data.layers.forEach(function (layer) {
    const group = L.layerGroup();
    layer.areas.forEach(function (area) {
      const shape = L.polygon(area.rings, area.look ? lookOf(area.look) : {
        renderer: renderer, color: area.colour, fillColor: area.colour, stroke: area.edge !== false,
        weight: area.soft ? 1 : 2, dashArray: area.soft ? "2 4" : null, fillOpacity: area.soft ? 0.1 : 0.25,
      });
      if (area.facts.length) { shape.bindPopup(popup(area.title, area.facts)); }
      group.addLayer(shape);
      if (area.writing) {
        const writing = L.tooltip({ permanent: true, direction: "center", className: "writing " + layer.name + "-number", interactive: false })
          .setLatLng(area.at).setContent(element("span", "", area.writing));
        writings.push([shape, writing, group, area.writing]);
      }
    });
    (layer.lines || []).forEach(function (line) {
      const path = L.polyline(line.path, Object.assign(lookOf(line.look), { fill: false }));
      path.bindPopup(popup(line.title, line.facts));
      group.addLayer(path);
    });
    layer.points.forEach(function (point) {
      const sign = data.signs[point[2]];
      const marker = new Sign([point[1], point[0]], {
        renderer: renderer, sign: sign, size: 13, radius: 7 * sign.scale, weight: 2,
      });
      marker.bindPopup(function () {
        if (point[5]) { return popup(point[3], point[5]); }
        return popup(point[3], point[4].map(function (value, i) { return [layer.facts[i], value]; })
          .filter(function (fact) { return fact[1] !== ""; }));
      });
      group.addLayer(marker);
    });
    groups[layer.name] = group.addTo(map);
  });

  // --- writing: what the plan says first, then provinces and places, none over another ----------

  const names = L.layerGroup().addTo(map);
  let taken = [];
  function claim(left, top, width, height) {
    const box = [left, top, left + width, top + height];
    const free = taken.every(function (t) { return box[2] < t[0] || t[2] < box[0] || box[3] < t[1] || t[3] < box[1]; });
    if (free) { taken.push(box); }
    return free;
  }
  const ruler = document.createElement("canvas").getContext("2d");
  function widthOf(text, size) {
    ruler.font = size + "px " + getComputedStyle(document.body).fontFamily;
    return ruler.measureText(text).width;
  }
  function writing(at, direction, className, text) {
    return L.tooltip({ permanent: true, direction: direction, className: className, interactive: false })
      .setLatLng(at).setContent(element("span", "", text));
  }
  // A number or a team's name is written only into an area that it does not hide.
  function writeAreas() {
    writings.forEach(function (entry) {
      const box = entry[0].getBounds();
      const at = map.latLngToContainerPoint(entry[1].getLatLng());
      const wide = map.latLngToContainerPoint(box.getNorthEast()).x - map.latLngToContainerPoint(box.getSouthWest()).x;
      const width = widthOf(entry[3], 13);
      const shown = map.hasLayer(entry[2]) && wide > Math.max(width * 0.9, 24) && claim(at.x - width / 2 - 2, at.y - 8, width + 4, 16);
      if (shown) { entry[2].addLayer(entry[1]); } else { entry[2].removeLayer(entry[1]); }
    });
  }
  function writeProvinces() {
    if (map.getZoom() < 7 || map.getZoom() > 12) { return; }
    data.provinces.forEach(function (province) {
      const at = map.latLngToContainerPoint([province[1], province[0]]);
      const width = widthOf(province[2], 12) + (data.language === "km" ? 0 : 2.5 * province[2].length);
      if (claim(at.x - width / 2, at.y - 9, width, 18)) {
        names.addLayer(writing([province[1], province[0]], "center", "place province", province[2]));
      }
    });
  }
  function writePlaces() {
    data.places.forEach(function (place) {
      if (place[3] > map.getZoom()) { return; }
      const great = place[3] < 8;
      const at = map.latLngToContainerPoint([place[1], place[0]]);
      const width = widthOf(place[2], great ? 13 : 11) + 14;
      // To the right of the place, else to the left; a town's name also below or above it.
      const sides = { right: [at.x, at.y - 8], left: [at.x - width, at.y - 8] };
      if (great) { sides.bottom = [at.x - width / 2, at.y + 6]; sides.top = [at.x - width / 2, at.y - 22]; }
      const side = Object.keys(sides).find(function (name) { return claim(sides[name][0], sides[name][1], width, 16); });
      if (!side) { return; }
      names.addLayer(writing([place[1], place[0]], side, great ? "place" : "place small", place[2]));
      names.addLayer(L.circleMarker([place[1], place[0]], {
        renderer: renderer, interactive: false, radius: great ? 2.6 : 1.8, weight: 1, color: "#fff", fillColor: "#4b5563", fillOpacity: 1,
      }));
    });
  }
  function write() {
    names.clearLayers();
    taken = [];
    writeAreas();
    writePlaces();
    writeProvinces();
  }

  // --- the page around it --------------------------------------------------------------------

  Object.keys(data.page).forEach(function (id) {
    const place = document.getElementById("report-" + id);
    place.textContent = data.page[id];
    place.hidden = data.page[id] === "";
  });
  document.documentElement.lang = data.language;
  document.title = data.page.title;
  document.querySelector("header").className = "grade-" + data.grade;

  const panel = document.getElementById("report-panel");
  panel.appendChild(element("h2", "", data.words.layers));
  data.layers.forEach(function (layer) {
    const line = element("label");
    const box = element("input");
    box.type = "checkbox";
    box.checked = true;
    box.dataset.layer = layer.name;
    box.addEventListener("change", function () {
      if (box.checked) { map.addLayer(groups[layer.name]); } else { map.removeLayer(groups[layer.name]); }
      write();
    });
    line.append(box, element("span", "", layer.title));
    panel.appendChild(line);
  });
  panel.appendChild(element("h2", "", data.words.legend));
  data.legend.forEach(function (entry) {
    const line = element("div", "sign");
    const canvas = element("canvas");
    canvas.width = canvas.height = 40;
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    if (entry[3]) {
      const look = entry[3];
      ctx.lineWidth = Math.min(look.width, 3); ctx.strokeStyle = look.edge || "#6b7280";
      ctx.setLineDash((look.dash || "").split(" ").filter(Boolean).map(Number));
      if (look.line) {
        ctx.beginPath(); ctx.moveTo(2, 10); ctx.lineTo(18, 10); ctx.stroke();
      } else {
        if (look.fill) { ctx.fillStyle = look.fill; ctx.globalAlpha = look.alpha; ctx.fillRect(3, 5, 14, 10); ctx.globalAlpha = 1; }
        if (look.edge) { ctx.strokeRect(3, 5, 14, 10); }
      }
    } else if (entry[1] === null) {
      ctx.fillStyle = entry[2]; ctx.globalAlpha = 0.25; ctx.fillRect(3, 5, 14, 10);
      ctx.globalAlpha = 1; ctx.strokeStyle = entry[2]; ctx.lineWidth = 1.5; ctx.strokeRect(3, 5, 14, 10);
    } else {
      const sign = data.signs[entry[1]];
      drawSign(ctx, sign, 10, 10, (sign.ring ? 10 : 12) / Math.max(sign.scale, 1));
    }
    line.append(canvas, element("span", "", entry[0]));
    panel.appendChild(line);
  });
  if (data.facts.length) {
    panel.appendChild(element("h2", "", data.words.glance));
    const list = element("dl", "glance");
    data.facts.forEach(function (fact) { list.append(element("dt", "", fact[0]), element("dd", "", fact[1])); });
    panel.appendChild(list);
  }
  data.notes.forEach(function (note, i) {
    panel.appendChild(element("p", i === 0 ? "verdict" : "note", note));
  });
  // Charts are drawings of this program's own; as a document of their own their words stay words.
  (data.charts || []).forEach(function (chart) {
    const drawn = new DOMParser().parseFromString(chart[0], "image/svg+xml").documentElement;
    const box = element("figure", "chart");
    box.appendChild(document.importNode(drawn, true));
    if (chart[1]) { box.appendChild(element("figcaption", "note", chart[1])); }
    panel.appendChild(box);
  });
  (data.tables || []).forEach(function (table) {
    const box = element("details", "table");
    box.open = true;
    box.appendChild(element("summary", "", table.title));
    if (table.before) { box.appendChild(element("p", "verdict", table.before)); }
    const scroll = element("div", "scroll");
    const made = element("table");
    [["th", [table.heads]], ["td", table.rows], ["th", table.total.length ? [table.total] : []]].forEach(function (part) {
      part[1].forEach(function (row) {
        const line = element("tr");
        row.forEach(function (cell, i) { line.appendChild(element(part[0], table.numeric[i] ? "number" : "", cell)); });
        made.appendChild(line);
      });
    });
    scroll.appendChild(made);
    box.appendChild(scroll);
    if (table.note) { box.appendChild(element("p", "note", table.note)); }
    panel.appendChild(box);
  });
  (data.basis || []).forEach(function (said) { panel.appendChild(element("p", "note", said)); });
  if (data.tables && data.tables.length) { document.body.className = "result"; }

  map.attributionControl.setPrefix(false);
  L.control.scale({ imperial: false }).addTo(map);
  map.invalidateSize();
  // Steps of a quarter: the data fills the map at the start, whatever the size of the window.
  map.options.zoomSnap = 0.25;
  map.fitBounds(data.bounds, { animate: false });
  map.setMinZoom(Math.max(map.getBoundsZoom(data.ground.bounds, true), 5));
  map.setMaxBounds(data.ground.bounds);
  map.on("zoomend", write);
  write();
})(ucm_map);
