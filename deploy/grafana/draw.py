#!/usr/bin/env python3
"""Draws a dashboard without Grafana: asks a Prometheus what its panels ask, and writes an SVG."""

import argparse
import json
import math
import time
import urllib.parse
import urllib.request
from html import escape
from pathlib import Path

COLUMN, ROW, GAP, HEAD = 330, 190, 14, 26
LEFT, TOP, BOTTOM = 48, 26, 40
COLOURS = ("#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#0891b2", "#be185d", "#65a30d")
NAMED = {"green": "#15803d", "orange": "#d97706", "red": "#dc2626"}


def arguments():
    parser = argparse.ArgumentParser(prog="deploy/grafana/draw.py", description=__doc__)
    parser.add_argument("dashboard", help="service or deliveries")
    parser.add_argument("prometheus", help="like http://127.0.0.1:9090")
    parser.add_argument("picture", help="the file to write")
    parser.add_argument("--minutes", type=float, default=180, help="how far to look back (180)")
    parser.add_argument("--rate", default="1m", help="what $__rate_interval stands for (1m)")
    return parser.parse_args()


class Source:

    def __init__(self, url, minutes, rate):
        self.url = url
        self.end = time.time()
        self.start = self.end - minutes * 60
        self.rate = rate

    def series(self, expression, legend):
        parameters = {"query": expression.replace("$__rate_interval", self.rate), "start": self.start, "end": self.end,
                      "step": max(1, (self.end - self.start) / 240)}
        with urllib.request.urlopen(f"{self.url}/api/v1/query_range?{urllib.parse.urlencode(parameters)}", timeout=30) as answer:
            for series in json.load(answer)["data"]["result"]:
                name = legend
                for label, value in series["metric"].items():
                    name = name.replace("{{" + label + "}}", value)
                yield name, [(at, float(value)) for at, value in series["values"] if math.isfinite(float(value))]


def draw(board, source):
    panels = [panel for panel in board["panels"] if panel["type"] != "row"]
    heads = [panel for panel in board["panels"] if panel["type"] == "row"]
    width = 4 * (COLUMN + GAP) + GAP
    parts, y = [], 44
    for head in heads:
        parts.append(text(GAP, y + 16, head["title"], size=14, weight="bold"))
        y += HEAD
        mine = [panel for panel in panels if panel["gridPos"]["y"] == head["gridPos"]["y"] + 1]
        height = ROW if any(panel["type"] != "stat" for panel in mine) else ROW // 2
        for panel in mine:
            x = GAP + panel["gridPos"]["x"] // 6 * (COLUMN + GAP)
            parts.append(f'<g transform="translate({x},{y})"><rect width="{COLUMN}" height="{height}" rx="4" fill="#ffffff" stroke="#e2e8f0"/>'
                         + (number if panel["type"] == "stat" else lines)(panel, source, height) + "</g>")
        y += height + GAP
    minutes = (source.end - source.start) / 60
    foot = f"the last {minutes:.0f} minutes, drawn by deploy/grafana/draw.py from the dashboard's own queries"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y + 4}" width="{width}" height="{y + 4}" font-family="sans-serif">'
            f'<rect width="{width}" height="{y + 4}" fill="#f8fafc"/>' + text(GAP, 30, board["title"], size=18, weight="bold")
            + text(width - GAP, 30, foot, "end", "#64748b") + "".join(parts) + "</svg>\n")


def text(x, y, words, anchor="start", fill="#0f172a", size=11, weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="{size}" font-weight="{weight}">'
            f'{escape(str(words))}</text>')


def asked(panel, source):
    return [found for target in panel["targets"] for found in source.series(target["expr"], target["legendFormat"])]


def number(panel, source, height):
    found = asked(panel, source)
    value = found[0][1][-1][1] if found and found[0][1] else None
    colour = "#64748b"
    for step in panel["fieldConfig"]["defaults"]["thresholds"]["steps"]:
        if value is not None and (step["value"] is None or value >= step["value"]):
            colour = NAMED[step["color"]]
    shown = "no data" if value is None else shortly(value, panel["fieldConfig"]["defaults"]["unit"])
    return (text(10, 18, panel["title"], size=12)
            + text(COLUMN / 2, height / 2 + 20, shown, "middle", colour, 30, "bold"))


def lines(panel, source, height):
    unit = panel["fieldConfig"]["defaults"]["unit"]
    found = [(name, values) for name, values in asked(panel, source) if values]
    parts = [text(10, 18, panel["title"], size=12)]
    if not found:
        return parts[0] + text(COLUMN / 2, height / 2, "no data", "middle", "#64748b")
    top = nice(max(value for _, values in found for _, value in values))
    width, tall = COLUMN - LEFT - 12, height - TOP - BOTTOM
    for quarter in (0, 1, 2, 3, 4):
        y = TOP + tall * (1 - quarter / 4)
        parts += [f'<line x1="{LEFT}" y1="{y:.1f}" x2="{LEFT + width}" y2="{y:.1f}" stroke="#e2e8f0"/>',
                  text(LEFT - 5, y + 4, shortly(top * quarter / 4, unit), "end", "#64748b", 9)]
    x, span = 10, source.end - source.start
    # Smaller, where not all names fit
    scale = max(0.75, min(1, (COLUMN - 12) / sum(24 + 5.4 * len(name) for name, _ in found)))
    gap = 3 * max(1, span / 240)
    for place, (name, values) in enumerate(found):
        colour = COLOURS[place % len(COLOURS)]
        path, last = [], None
        for at, value in values:
            move = "M" if last is None or at - last > gap else "L"
            path.append(f"{move}{LEFT + width * (at - source.start) / span:.1f},{TOP + tall * (1 - min(1, max(0, value / top))):.1f}")
            last = at
        parts.append(f'<path d="{"".join(path)}" fill="none" stroke="{colour}" stroke-width="1.4"/>')
        if x + scale * (12 + 5.4 * len(name)) < COLUMN:
            parts += [f'<rect x="{x:.1f}" y="{height - 15}" width="{9 * scale:.1f}" height="3" fill="{colour}"/>',
                      text(x + 12 * scale, height - 10, name, fill="#334155", size=round(10 * scale, 1))]
        x += scale * (24 + 5.4 * len(name))
    parts.append(text(LEFT, height - 26, time.strftime("%H:%M", time.gmtime(source.start)), "start", "#94a3b8", 9))
    parts.append(text(LEFT + width, height - 26, time.strftime("%H:%M", time.gmtime(source.end)) + " UTC", "end", "#94a3b8", 9))
    return "".join(parts)


def nice(most):
    if most <= 0:
        return 1
    size = 10.0 ** math.floor(math.log10(most))
    return next(step * size for step in (1, 2, 4, 5, 8, 10, 20) if step * size >= most)


def shortly(value, unit):
    if unit == "percentunit":
        return f"{value * 100:.3g} %"
    if unit == "bytes":
        return f"{value / 1024 / 1024:.3g} MiB"
    if unit == "s":
        return "0 s" if value == 0 else f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def main():
    options = arguments()
    board = json.loads((Path(__file__).resolve().parent / f"{options.dashboard}.json").read_text())
    Path(options.picture).write_text(draw(board, Source(options.prometheus, options.minutes, options.rate)))


if __name__ == "__main__":
    main()
