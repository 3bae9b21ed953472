#!/usr/bin/env python3
"""The one source of both dashboards: writes service.json and deliveries.json beside it; with --check only compares."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
POSTS = 'uri=~"/api/events(/batch)?", method="POST"'
INBOX = 'uri=~"/api/inbox.*|/api/ack.*"'


def quantiles(metric, selector=""):
    """Half of all, and all but one in twenty or a hundred."""
    return [(f"p{percent}", f"histogram_quantile({percent / 100}, sum by (le) (rate({metric}_bucket{selector}[$__rate_interval])))")
            for percent in (50, 95, 99)]


def rate(metric, by=None, selector=""):
    grouping = f" by ({by})" if by else ""
    return f"sum{grouping} (rate({metric}{selector}[$__rate_interval]))"


# Each row: title, then panels of title, unit and lines of (legend, query). A panel of one number has a third part: limits.
SERVICE = [
    ("Healthy?", [
        ("Instances that answer", "short", [("", 'sum(up{job="triggers"})')], [("red", None), ("green", 1)]),
        ("Posts that fail", "percentunit", [("", "triggers:ingest_failures:ratio5m")], [("green", None), ("red", 0.001)]),
        ("Deliveries later than 10 s", "percentunit", [("", "triggers:delivery_failures:ratio5m")], [("green", None), ("red", 0.01)]),
        ("Oldest delivery due for", "s", [("", "max(triggers_delivery_oldest_due_seconds)")],
         [("green", None), ("orange", 10), ("red", 60)]),
    ]),
    ("Ingest", [
        ("Events posted a second", "short", [("{{result}}", rate("triggers_events_total", "result"))]),
        ("Answers to posts a second", "short", [("{{status}}", rate("http_server_requests_seconds_count", "status", f"{{{POSTS}}}"))]),
        ("From validation to the answer", "s", quantiles("triggers_ingest_latency_seconds")),
        ("Waiting to be stored", "short", [("{{instance}}", "triggers_ingest_buffer_events")]),
    ]),
    ("Delivery", [
        ("Attempts a second", "short", [("{{outcome}}", rate("triggers_delivery_attempts_total", "outcome") + " > 0")]),
        ("From acceptance to receipt, first attempts", "s", quantiles("triggers_delivery_latency_seconds", '{attempt="first"}')),
        ("Oldest due", "s", [("{{instance}}", "triggers_delivery_oldest_due_seconds")]),
        ("Circuits open", "short", [("{{instance}}", "triggers_delivery_circuits_open")]),
    ]),
    ("Inbox", [
        ("Polls a second", "short", [("{{result}}", rate("triggers_inbox_polls_total", "result"))]),
        ("Answers a second", "short", [("{{status}}", rate("http_server_requests_seconds_count", "status", f"{{{INBOX}}}"))]),
        ("Time of an answer", "s", quantiles("http_server_requests_seconds", f"{{{INBOX}}}")),
        ("Refused a second", "short", [
            ("limit", rate("rate_limit_refused_total")),
            ("key: {{reason}}", rate("key_authentication_failures_total", "reason") + " > 0")]),
    ]),
    ("Used up", [
        ("Connections to the database", "short", [
            ("used, {{instance}}", "hikaricp_connections_active"), ("waiting, {{instance}}", "hikaricp_connections_pending"),
            ("at most", "max(hikaricp_connections_max)")]),
        ("Heap", "bytes", [
            ("used, {{instance}}", 'sum by (instance) (jvm_memory_used_bytes{area="heap"})'),
            ("at most", 'max(sum by (instance) (jvm_memory_max_bytes{area="heap"} > 0))')]),
        ("Processor, of the machine", "percentunit", [("{{instance}}", "process_cpu_usage"), ("all", "max(system_cpu_usage)")]),
        ("Worker last looked", "s", [("{{instance}}", "triggers_delivery_worker_idle_seconds")]),
    ]),
]

DELIVERIES = [
    ("Keeping up?", [
        ("Open, as estimated", "short", [("", "max(triggers_delivery_open)")], [("green", None)]),
        ("Oldest due for", "s", [("", "max(triggers_delivery_oldest_due_seconds)")], [("green", None), ("orange", 10), ("red", 60)]),
        ("Attempts that fail", "percentunit",
         [("", 'sum(rate(triggers_delivery_attempts_total{outcome!="delivered"}[$__rate_interval]))'
               " / (sum(rate(triggers_delivery_attempts_total[$__rate_interval])) > 0)")],
         [("green", None), ("orange", 0.05), ("red", 0.5)]),
        ("Circuits open", "short", [("", "max(triggers_delivery_circuits_open)")], [("green", None), ("orange", 1)]),
    ]),
    ("How they go", [
        ("Delivered a second", "short", [("{{instance}}", rate("triggers_delivery_attempts_total", "instance", '{outcome="delivered"}'))]),
        ("Failures a second", "short", [("{{outcome}}", rate("triggers_delivery_attempts_total", "outcome", '{outcome!="delivered"}') + " > 0")]),
        ("From acceptance to receipt, first attempts", "s", quantiles("triggers_delivery_latency_seconds", '{attempt="first"}')),
        ("From acceptance to receipt, later ones", "s", quantiles("triggers_delivery_latency_seconds", '{attempt="later"}')),
    ]),
    ("What holds them", [
        ("Attempts under way", "short", [("{{instance}}", "triggers_delivery_in_flight")]),
        ("How long attempts take", "s", quantiles("triggers_delivery_attempt_duration_seconds")),
        ("Handed over or claimed a second", "short", [
            ("handed over", rate("triggers_delivery_handed_over_total")), ("claimed", rate("triggers_delivery_claimed_total"))]),
        ("Held back by limits of endpoints", "percentunit", [("{{instance}}", rate("triggers_delivery_throttled_seconds_total", "instance"))]),
    ]),
    ("How they end otherwise", [
        ("Failed for good a second", "short", [("dead letters", rate("triggers_delivery_dead_letters_total"))]),
        ("Circuits and endpoints", "short", [
            ("circuits opened", "sum(increase(triggers_delivery_circuits_opened_total[$__rate_interval]))"),
            ("endpoints disabled", "sum(increase(triggers_delivery_endpoints_disabled_total[$__rate_interval]))")]),
        ("Outcomes after their lease", "short", [("{{instance}}", rate("triggers_delivery_outcomes_lost_total", "instance"))]),
        ("Replayed a second", "short", [("{{result}}", rate("triggers_replay_deliveries_total", "result"))]),
    ]),
]

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}


def dashboard(uid, title, rows):
    panels = []
    for row, (heading, contents) in enumerate(rows):
        top = row * 9
        panels.append({"type": "row", "title": heading, "id": len(panels) + 1, "collapsed": False, "panels": [],
                       "gridPos": {"x": 0, "y": top, "w": 24, "h": 1}})
        for column, panel in enumerate(contents):
            panels.append(_panel(len(panels) + 1, panel, {"x": column * 6, "y": top + 1, "w": 6, "h": 8}))
    return {
        "uid": uid, "title": title, "tags": ["triggers"], "schemaVersion": 39, "version": 1, "editable": True, "timezone": "browser",
        "refresh": "30s", "time": {"from": "now-3h", "to": "now"},
        "templating": {"list": [{"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Prometheus"}]},
        "panels": panels,
    }


def _panel(number, panel, place):
    title, unit, lines, *limits = panel
    defaults = {"unit": unit, "min": 0}
    if limits:
        defaults["thresholds"] = {"mode": "absolute", "steps": [{"color": colour, "value": value} for colour, value in limits[0]]}
    return {
        "id": number, "type": "stat" if limits else "timeseries", "title": title, "gridPos": place, "datasource": DATASOURCE,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {"reduceOptions": {"calcs": ["lastNotNull"]}} if limits else {"legend": {"displayMode": "list", "placement": "bottom"}},
        "targets": [{"refId": chr(ord("A") + place), "datasource": DATASOURCE, "expr": expression, "legendFormat": legend or title}
                    for place, (legend, expression) in enumerate(lines)],
    }


def main():
    stale = []
    for name, title, rows in (("service", "Triggers: service", SERVICE), ("deliveries", "Triggers: deliveries", DELIVERIES)):
        file = HERE / f"{name}.json"
        text = json.dumps(dashboard(f"triggers-{name}", title, rows), indent=1) + "\n"
        if "--check" in sys.argv[1:]:
            stale += [] if file.exists() and file.read_text() == text else [file.name]
        else:
            file.write_text(text)
    if stale:
        print(f"{', '.join(stale)}: not what dashboards.py makes; run it", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
