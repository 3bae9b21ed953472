"""The services that clients/verify started: one that stays, one that meets faults when TRIGGERS_CONTROL is asked for them, and one
that has an operator."""

import json
import os
import time
import urllib.request
import uuid

import pytest

from triggers_api import ConnectionFailed, Triggers, Unavailable

URL, FAULTY, CONTROL = (os.environ.get(name) for name in ("TRIGGERS_URL", "TRIGGERS_FAULTY_URL", "TRIGGERS_CONTROL"))
ADMIN_URL, ADMIN_TOKEN = (os.environ.get(name) for name in ("TRIGGERS_TEST_ADMIN_URL", "TRIGGERS_TEST_ADMIN_TOKEN"))

needed = pytest.mark.skipif(not URL, reason="no service: run clients/verify, or set TRIGGERS_URL")
controlled = pytest.mark.skipif(not CONTROL, reason="no service that may be killed: run clients/verify")


def new_key(tier="enterprise", url=URL):
    with Triggers(url) as client:
        while True:
            try:
                return client.generate_key({"organization_name": f"python {uuid.uuid4()}", "tier": tier})["api_key"]
            except (ConnectionFailed, Unavailable):
                # Another test's fault; a key more does no harm.
                assert url == FAULTY


def faults(keys):
    """Every fault, one after the other, until the clients with these keys have met them; and who met what."""
    with urllib.request.urlopen(urllib.request.Request(CONTROL, json.dumps(keys).encode()), timeout=600) as answer:
        return json.load(answer)


def until(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.02)
