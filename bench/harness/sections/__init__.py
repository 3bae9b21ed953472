"""The sections of the benchmark, in the order in which they run."""

from . import (auth, backlog, browser, capacity, ceiling, cells, cost, delivery, endurance, history, inbox, ingest, isolation, lease, log, overload,
               paired, peers, pooler, portal, restore, search, sizes, soak, start, steady, stream, together, traces)

ALL = {
    "ceiling": ceiling.ceiling,
    "ingest": ingest.ingest,
    "batch": ingest.batch,
    "steady": steady.steady,
    "delivery": delivery.delivery,
    "isolation": isolation.isolation,
    "cost": cost.cost,
    "inbox": inbox.inbox,
    "log": log.log,
    "stream": stream.stream,
    "lease": lease.lease,
    "search": search.search,
    "auth": auth.auth,
    "overload": overload.overload,
    "history": history.history,
    "soak": soak.soak,
    "endurance": endurance.endurance,
    "start": start.start,
    "portal": portal.portal,
    "browser": browser.browser,
    "paired": paired.paired,
    "peers": peers.peers,
    "together": together.together,
    "pooler": pooler.pooler,
    "restore": restore.restore,
    "backlog": backlog.backlog,
    "traces": traces.traces,
    "sizes": sizes.sizes,
    "cells": cells.cells,
    "capacity": capacity.capacity,
}

# Too long to be run unless it is asked for.
LONG = {"soak", "endurance", "portal", "browser", "paired", "peers", "together", "pooler", "restore", "backlog", "traces", "sizes", "cells", "capacity"}

# What a smoke run makes do with: each part of generator, receiver and harness is used, within a minute.
SMOKE = ["ceiling", "ingest", "batch", "delivery", "cost"]

# About how long each takes with its usual length, in seconds.
USUAL = {"ceiling": 40, "ingest": 210, "batch": 40, "steady": 90, "delivery": 160, "isolation": 60, "cost": 150,
         "inbox": 50, "log": 70, "stream": 220, "lease": 140, "search": 60, "auth": 420, "overload": 70, "history": 900, "soak": 1500,
         "endurance": 3700, "start": 150, "portal": 170, "browser": 60, "paired": 360, "peers": 800, "pooler": 360, "restore": 300, "backlog": 2000, "together": 3700,
         "traces": 570, "sizes": 1500, "cells": 600, "capacity": 150}
