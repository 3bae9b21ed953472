"""Deliveries in Flask and FastAPI, with the README's own snippets."""

import base64
import hashlib
import hmac
import time

import pytest

from test_readme import SECRET, SNIPPETS

BODY = b'{"id":"1","type":"user.created","timestamp":"2026-01-01T00:00:00Z","data":1}'


def signed(body=BODY, at=None):
    at = str(int(at or time.time()))
    mac = hmac.new(base64.b64decode(SECRET[6:]), f"1.{at}.".encode() + body, hashlib.sha256).digest()
    return {"webhook-id": "1", "webhook-timestamp": at, "webhook-signature": "v1," + base64.b64encode(mac).decode(), "content-type": "application/json"}


def app(kind, monkeypatch):
    pytest.importorskip(kind)
    monkeypatch.setenv("TRIGGERS_SECRET", SECRET)
    space = {"__name__": "snippet"}
    exec(next(code for name, code in SNIPPETS if name == kind), space)
    return space["app"]


def test_flask(monkeypatch, capsys):
    client = app("flask", monkeypatch).test_client()
    assert client.post("/hook", data=BODY, headers=signed()).status_code == 204
    assert "user.created" in capsys.readouterr().out
    refused = client.post("/hook", data=BODY + b" ", headers=signed())
    assert refused.status_code == 401 and refused.json["part"] == "signature"
    assert client.post("/hook", data=BODY).json["part"] == "webhook-id"
    assert client.post("/hook", data=BODY, headers=signed(at=1)).json["part"] == "too-old"


def test_fastapi(monkeypatch, capsys):
    application = app("fastapi", monkeypatch)
    httpx = pytest.importorskip("httpx")
    import asyncio

    async def run():
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            good = await client.post("/hook", content=BODY, headers=signed())
            bad = await client.post("/hook", content=BODY + b" ", headers=signed())
            none = await client.post("/hook", content=BODY)
            return good, bad, none

    good, bad, none = asyncio.run(run())
    assert good.status_code == 204 and "user.created" in capsys.readouterr().out
    assert bad.status_code == 401 and bad.json()["detail"]["part"] == "signature"
    assert none.json()["detail"]["part"] == "webhook-id"
