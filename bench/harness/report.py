"""Results as JSON, as a table, and as a picture."""

import json
import time

from . import chart
from .figures import figures


def write(results, conditions, sections):
    """Writes all three, prints the table, and says whether everything counted was in the database."""
    data = {section.name: section.data | {"checks": section.checks, "failure": section.failure} for section in sections}
    result = {"conditions": conditions, "sections": data}
    name = time.strftime("%Y%m%d-%H%M%S")
    (results / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    table = markdown(result)
    (results / f"{name}.md").write_text(table)
    picture = chart.draw(result)
    if picture:
        (results / f"{name}.svg").write_text(picture)
    print(table)
    print(f"Results: {results / name}.json, .md" + (", .svg" if picture else ""))
    return 0 if _sound(data) else 1


def _sound(data):
    return all(not section["failure"] and all(check["holds"] for check in section["checks"]) for section in data.values())


def markdown(result):
    lines = ["| what | to be reached | reached | |", "|---|---|---|---|"]
    for what, aim, reached, holds in figures(result["sections"]):
        lines.append(f"| {what} | {aim} | {reached} | {'' if holds is None or result['conditions']['smoke'] else '✓' if holds else 'missed'} |")
    lines += ["", *_soundness(result["sections"]), "", *_conditions(result)]
    return "\n".join(lines) + "\n"


def _soundness(sections):
    checks = [(name, check) for name, section in sections.items() for check in section["checks"]]
    failed = [(name, check) for name, check in checks if not check["holds"]]
    yield (f"Checks of what was counted against the database and the receiver: {len(checks) - len(failed)} of {len(checks)} "
           "hold" + ("." if not failed else ":"))
    for name, check in failed:
        yield f"- {name}: {check['what']}: expected {check['expected']}, found {check['found']}"
    for name, section in sections.items():
        if section["failure"]:
            yield f"- {name} failed: {section['failure'].splitlines()[0]}"


def _conditions(result):
    given = result["conditions"]
    postgres = given["postgresql"]
    yield "Conditions:" + (" **a smoke run, whose figures mean nothing**" if given["smoke"] else "")
    yield f"- {given['date']}, commit {given['commit']}, {given['application']}, {' '.join(given['flags'])}"
    yield (f"- {given['cores']} cores ({given['processor']}), {given['memory_gb']} GB, {given['system']}; service, PostgreSQL, "
           "load generator and receiver on this one machine")
    yield (f"- waking a process: {given['wake_up_microseconds']['same core']} µs there and back on one core, "
           f"{given['wake_up_microseconds']['another']} µs on two; the load generator runs under SCHED_BATCH")
    yield (f"- {given['java']}; PostgreSQL {postgres['server_version']} with default settings (fsync {postgres['fsync']}, "
           f"synchronous_commit {postgres['synchronous_commit']}, shared_buffers {postgres['shared_buffers']}); a flush of its log "
           f"takes {postgres['commit_microseconds']} µs")
    yield f"- payloads of {given['payload_bytes']} bytes, unique dedup_id unless said otherwise, TIER_LIMITS={given['tier_limits']}"
    loads = ", ".join(f"{name} {section['load_average_before']}" for name, section in result["sections"].items())
    yield f"- load average before the run {given['load_average_before'][0]}, before each section: {loads}"
