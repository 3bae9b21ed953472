"""How quick the portal is in a browser on the service's machine, beside the service as its image starts it."""

import json
import time
from statistics import median

from ..browser import Browser
from ..shell import say

EVENTS = 1000

EVENT = {"type": "order.placed", "payload": {"order": {"id": 4711, "lines": [{"sku": "A-1", "n": 2}]}}}

# When the first row was in the page, from when the browser was told to go there.
WATCH = """
    if (location.protocol === 'http:') sessionStorage.setItem('triggers.key', %s);
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes)
          if (node.classList?.contains('event-row')) window.firstRow ??= performance.now();
    }).observe(document, { childList: true, subtree: true });"""


def browser(bench, section):
    rounds = bench.amount(15, 2)
    millis = []
    with bench.service() as service, Browser() as chromium:
        key = bench.key()
        section.check("events in the list", EVENTS, service.ask("POST", "/api/events/batch", {"events": [EVENT] * EVENTS}, key=key)["accepted"])
        for _ in range(rounds):
            with chromium.page(WATCH % json.dumps(key)) as page:
                # What the browser does to make a page is over
                time.sleep(1)
                page.go(f"http://127.0.0.1:{service.port}/#/events")
                deadline = time.monotonic() + 30
                while not (found := page.ask("window.firstRow")) and time.monotonic() < deadline:
                    time.sleep(1)
                if found:
                    millis.append(found)
    section.check("visits that had a row", rounds, len(millis))
    section.data["first_row"] = {"milliseconds": [round(found) for found in millis], "median": median(millis), "highest": max(millis)}
    say(f"  first row, empty cache: median {median(millis):.0f} ms, highest {max(millis):.0f} ms")
