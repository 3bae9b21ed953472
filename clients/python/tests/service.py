"""The service that clients/verify started; TRIGGERS_CONTROL takes it away and brings it back."""

import os
import time
import urllib.request
import uuid

import pytest

from triggers_api import Triggers

URL, CONTROL = os.environ.get("TRIGGERS_URL"), os.environ.get("TRIGGERS_CONTROL")

needed = pytest.mark.skipif(not URL, reason="no service: run clients/verify, or set TRIGGERS_URL")
controlled = pytest.mark.skipif(not CONTROL, reason="no service that may be killed: run clients/verify")


def new_key(tier="enterprise"):
    with Triggers(URL) as client:
        return client.generate_key({"organization_name": f"python {uuid.uuid4()}", "tier": tier})["api_key"]


def control(what):
    with urllib.request.urlopen(urllib.request.Request(f"{CONTROL}/{what}", method="POST"), timeout=300):
        pass


def until(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.02)
