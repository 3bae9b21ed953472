"""A picture of a run: rates as bars, and latencies over time as lines."""

from html import escape

WIDTH, HEIGHT, GAP, LEFT, TOP, BOTTOM = 470, 230, 30, 62, 44, 34
COLOURS = ("#2563eb", "#d97706", "#dc2626", "#059669", "#7c3aed")


def draw(result):
    sections = result["sections"]
    panels = [panel for panel in (_rates(sections), _ingest(sections), _steady(sections), _receipts(sections)) if panel]
    if not panels:
        return None
    rows = (len(panels) + 1) // 2
    columns = min(2, len(panels))
    width, height = columns * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + 2 * GAP
    given = result["conditions"]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
    for number, panel in enumerate(panels):
        x, y = GAP + number % 2 * (WIDTH + GAP), GAP / 2 + number // 2 * (HEIGHT + GAP)
        parts.append(f'<g transform="translate({x},{y})">{panel}</g>')
    foot = (f"{given['date'][:10]}, commit {given['commit']}, {given['cores']} cores, PostgreSQL "
            f"{given['postgresql']['server_version'].split()[0]} with fsync, {given['payload_bytes']}-byte payloads, all on one machine")
    parts.append(_text(GAP, height - 12, foot, fill="#64748b"))
    return "".join(parts) + "</svg>\n"


def _text(x, y, text, anchor="start", fill="#0f172a", size=11):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="{size}">{escape(str(text))}</text>'


def _rates(sections):
    bars = []
    for connections, result in sections.get("ceiling", {}).items():
        if connections.isdigit():
            bars.append((f"PostgreSQL alone, {connections} conn.", result["rate"], 0))
    if "rate" in sections.get("batch", {}):
        bars.append(("batches of 100", sections["batch"]["rate"], 3))
    for run in sections.get("ingest", {}).get("runs", []):
        bars.append((f"posts, {run['connections']} conn., {run['organizations']:,} org.", run["rate"], 1))
    if "match" in sections.get("delivery", {}).get("burst", {}):
        bars.append(("accepted and delivered, burst", sections["delivery"]["burst"]["match"]["rate"], 4))
    if not bars:
        return None
    parts = [_text(0, 14, "Events a second", size=13)]
    step = (HEIGHT - TOP) / len(bars)
    most = max(rate for _, rate, _ in bars)
    for number, (name, rate, colour) in enumerate(bars):
        y = TOP - 14 + number * step
        length = max(1, rate / most * (WIDTH - 250))
        parts += [_text(196, y + step * 0.6, name, "end"),
                  f'<rect x="200" y="{y + step * 0.15:.1f}" width="{length:.1f}" height="{step * 0.65:.1f}" fill="{COLOURS[colour]}"/>',
                  _text(204 + length, y + step * 0.6, f"{rate:,.0f}")]
    return "".join(parts)


def _ingest(sections):
    lines = {f"{run['connections']} conn." + (f", {run['organizations']:,} org." if run["organizations"] > 1 else ""):
             [second[0] for second in run["timeline"]][:-1] for run in sections.get("ingest", {}).get("runs", [])}
    return _lines("Accepted posts a second, over the seconds of each run", lines) if lines else None


def _steady(sections):
    timeline = sections.get("steady", {}).get("timeline")
    return _percentiles("Latency at 1,000 posts/s from the scheduled time, ms", timeline) if timeline else None


def _receipts(sections):
    timeline = sections.get("delivery", {}).get("sustained", {}).get("match", {}).get("timeline")
    return _percentiles("Scheduled post → receipt at 1,000 events/s, ms", timeline) if timeline else None


def _percentiles(title, timeline):
    whole = timeline[:-1] or timeline  # the last second is a part of one
    return _lines(title, {name: [second[place] for second in whole if second[0] > 0]
                          for place, name in ((1, "p50"), (2, "p95"), (3, "p99"))})


def _lines(title, lines):
    most = _round(max((max(values) for values in lines.values() if values), default=1) * 1.02)
    longest = max(max(map(len, lines.values())), 2)
    width, height = WIDTH - LEFT, HEIGHT - TOP - BOTTOM
    parts = [_text(0, 14, title, size=13)]
    for quarter in range(5):
        y = TOP + height * (1 - quarter / 4)
        parts += [f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH}" y2="{y:.1f}" stroke="#e2e8f0"/>',
                  _text(LEFT - 6, y + 4, f"{most * quarter / 4:,.3g}" if most < 1000 else f"{most * quarter / 4:,.0f}", "end", "#64748b")]
    parts += [_text(LEFT, HEIGHT - 18, "0 s", fill="#64748b"), _text(WIDTH, HEIGHT - 18, f"{longest} s", "end", "#64748b")]
    x = LEFT
    for number, (name, values) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(f"{LEFT + width * i / (longest - 1):.1f},{TOP + height * (1 - value / most):.1f}"
                          for i, value in enumerate(values))
        parts += [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
                  f'<rect x="{x}" y="{TOP - 20}" width="10" height="3" fill="{colour}"/>', _text(x + 14, TOP - 15, name)]
        x += 22 + 6 * len(name)
    return "".join(parts)


def _round(value):
    """The next number above that reads well."""
    magnitude = 10.0 ** (len(str(int(max(value, 1)))) - 1)
    if value < 1:
        magnitude = 0.1
    return next(step * magnitude for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 100) if step * magnitude >= value)
