"""The Python library beside http.client."""

import http.client
import json
import os
import platform
import statistics
import threading
import time
import urllib.parse

from triggers_api import Triggers

URL, KEY = os.environ["TRIGGERS_URL"], os.environ["TRIGGERS_KEY"]
PAIRS, SECONDS, EVENTS = int(os.environ["PAIRS"]), float(os.environ["SECONDS"]), int(os.environ["EVENTS"])


def bare():
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(URL).netloc)
    headers = {"Content-Type": "application/json", "X-API-Key": KEY}

    def post():
        body = json.dumps({"type": "figures", "payload": {"id": 42}, "dedup_id": os.urandom(16).hex()})
        connection.request("POST", "/api/events", body, headers)
        response = connection.getresponse()
        response.read()
        assert response.status == 201

    return post


def timed(call):
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def pairs(first, second, count):
    """One after the other, each first as often."""
    times = [], []
    for number in range(count):
        for which in ((0, 1), (1, 0))[number % 2]:
            times[which].append(timed((first, second)[which]))
    return times


def rate(client):
    end, counts = time.perf_counter() + SECONDS, []

    def send():
        count = 0
        while time.perf_counter() < end:
            client.send("figures", {"id": 42})
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=send) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def consumed(client):
    client.send_batch({"type": "consumed", "payload": {"id": number}} for number in range(EVENTS))
    seen = 0

    def handle(event):
        nonlocal seen
        seen += 1
        if seen == EVENTS:
            consumer.stop()

    consumer = client.inbox.consumer(handle, type="consumed", batch=1000)
    began = time.perf_counter()
    result = consumer.run()
    assert result.acknowledged == EVENTS, result
    return EVENTS / (time.perf_counter() - began)


with Triggers(URL, KEY) as client:
    def library():
        client.send("figures", {"id": 42})

    post = bare()
    pairs(post, library, PAIRS // 4)
    one, other = map(statistics.median, pairs(post, library, PAIRS))
    print(json.dumps({"runtime": platform.python_version(), "bare_ms": one, "library_ms": other, "overhead_ms": other - one,
                      "rate": rate(client), "consumed": consumed(client)}))
