"""Every operation, against the real service: the steps of service.json, for both clients."""

import asyncio
import dataclasses
import re
import uuid

import pytest

from conformance import snake, vectors
from service import ADMIN_TOKEN, ADMIN_URL, URL, needed, until
from triggers_api import AsyncTriggers, Options, Triggers
from triggers_api.errors import TriggersError

STEPS = vectors("service.json")["vectors"]
OPTIONS = Options(total_time=60)


def test_every_operation_has_a_step():
    assert {vector["name"] for vector in vectors("operations.json")["vectors"]} == {step["call"] for step in STEPS} - {"send", "each"}


def filled(value, kept):
    if isinstance(value, dict):
        return {name: filled(one, kept) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, kept) for one in value]
    return re.sub(r"\{(\w+)\}", lambda found: kept.get(found[1], found[0]), value) if isinstance(value, str) else value


def holds(expected, found):
    if expected == "{any}":
        assert found
    elif isinstance(expected, dict):
        for name, value in expected.items():
            holds(value, found.get(name) if isinstance(found, dict) else getattr(found, name))
    elif isinstance(expected, list):
        assert len(expected) == len(found), found
        for one, other in zip(expected, found):
            holds(one, other)
    else:
        assert found == expected


def at(place, found):
    for name in place.split("."):
        found = found[int(name)] if name.isdigit() else found[name] if isinstance(found, dict) else getattr(found, name)
    return found


class Blocking:

    def call(self, service, name, *given, **named):
        url, key, options = service
        with Triggers(url, key or None, options=options) as client:
            found = getattr(client, name)(*given, **named)
            if name == "stream":
                event = next(found)
                found.close()
                return event
            return list(found) if name.startswith("each_") else found


class Asynchronous:

    def call(self, service, name, *given, **named):
        url, key, options = service

        async def run():
            async with AsyncTriggers(url, key or None, options=options) as client:
                found = getattr(client, name)(*given, **named)
                if name == "stream":
                    event = await found.__anext__()
                    await found.aclose()
                    return event
                return [one async for one in found] if name.startswith("each_") else await found

        return asyncio.run(run())


def step(client, given, kept):
    name, key, token = given["call"], filled(given.get("key", "{key}"), kept), filled(given.get("admin_token"), kept)
    service = (URL, key, OPTIONS) if token is None else (ADMIN_URL, key, dataclasses.replace(OPTIONS, admin_token=token or None))
    arguments = filled(given["with"], kept)
    query = {"from_" if word == "from" else word: value for word, value in arguments.get("query", {}).items()}
    if name == "send":
        payload = []
        for _ in range(arguments["payload_depth"] - 1):
            payload = [payload]
        return client.call(service, "send", arguments["type"], payload)
    if name == "openStream":
        return client.call(service, "stream", **{**query, "kinds": query["kinds"].split(",")})
    if name == "each":
        return client.call(service, snake(arguments["operation"]).replace("list_", "each_"), **query)
    return client.call(service, snake(name), *arguments.get("path", {}).values(), *([arguments["body"]] if "body" in arguments else []), **query)


def check(client, given, kept):
    expected = filled(given["expect"], kept)
    try:
        found = step(client, given, kept)
    except TriggersError as failure:
        error = dict(expected.get("error") or {})
        assert type(failure).__name__ == error.pop("class", None), repr(failure)
        holds(error, failure)
        return
    assert "error" not in expected, found
    if "result" in expected:
        holds(expected["result"], found)
    for name, place in given.get("keep", {}).items():
        kept[name] = at(place, found)


@needed
@pytest.mark.parametrize("client", [Blocking(), Asynchronous()], ids=["blocking", "async"])
def test_every_operation(client):
    if isinstance(client, Asynchronous):
        pytest.importorskip("httpx")
    kept = {"service": URL, "name": f"python {uuid.uuid4()}", "admin_token": ADMIN_TOKEN}
    for given in (one for one in STEPS if ADMIN_URL or "admin_token" not in one):
        assert set(given) <= {"name", "call", "with", "key", "admin_token", "until", "expect", "keep"}, "a step with members that this test does not know"

        def passes():
            try:
                check(client, given, kept)
                return True
            except AssertionError as failure:
                last.append(failure)
                return False

        last = []
        if given.get("until"):
            try:
                until(passes, 60)
            except AssertionError:
                raise AssertionError(given["name"]) from last[-1]
        elif not passes():
            raise AssertionError(given["name"]) from last[-1]
