"""The behaviour that all libraries share, for the client of asyncio."""

import asyncio

import pytest

from conformance import BASE, KEY, Script, call, holds
from test_conformance import check_retry, each, matches
from triggers_api import Options
from triggers_api.aio import AsyncTriggers


def client(script, options=None):
    options = dict(options or {})
    base = options.pop("base_url", BASE)

    class Transport:
        async def send(self, *arguments):
            return script.send(*arguments)

    async def sleep(seconds):
        script.sleep(seconds)

    return AsyncTriggers(base, KEY, options=Options(**options), transport=Transport(), clock=script.clock(), sleep=sleep)


async def awaited(value):
    return await value


@each("retries.json")
def test_retries(vector):
    check_retry(vector, lambda script: asyncio.run(awaited(call(client(script, vector.get("options")), vector["call"], vector["with"]))))


@each("requests.json")
def test_requests(vector):
    script = Script([vector["answer"]])
    result = asyncio.run(awaited(call(client(script, vector.get("options")), vector["call"], vector["with"])))
    assert script.requests[0].target.partition("?")[0] == vector["expect"]["request"]["path"]
    holds(vector["expect"].get("result", {}), result)


@each("pages.json")
def test_pages(vector):
    script, given = Script([page["answer"] for page in vector["pages"]]), vector["with"]

    async def walk():
        items = []
        try:
            async for item in client(script).each(given["operation"], tuple(given.get("path", {}).values()), given.get("query")):
                items.append(item["id"])
                if len(items) == vector.get("take"):
                    break
        except Exception as failure:
            assert type(failure).__name__ == vector["expect"]["error"]["class"]
        return items

    assert asyncio.run(walk()) == vector["expect"]["items"]
    assert len(script.requests) == vector["expect"]["requests"]
