"""The behaviour that all libraries share, for the client that blocks."""

import base64
import json
import re
import urllib.parse

import pytest

import triggers_api
from conformance import BASE, CLIENTS, KEY, Script, batch, call, holds, is_error, vectors
from triggers_api import Webhook, WebhookError, _ed25519, errors, webhook
from triggers_api._operations import OPERATIONS
from triggers_api._redirect import SECOND_LEVELS, SHARED_SUFFIXES
from triggers_api.errors import CODES, BatchInterrupted, TriggersError

FILES = {"bounds", "operations", "pages", "problems", "redirects", "requests", "retries", "service", "signatures"}


def each(name):
    return pytest.mark.parametrize("vector", [pytest.param(one, id=one["name"]) for one in vectors(name)["vectors"]])


def members(vector, *known):
    assert set(vector) <= {"name", *known}, "a vector with members that this test does not know"


def description():
    return json.loads((CLIENTS.parent / "src/main/resources/static/openapi.json").read_text(encoding="utf-8"))


def test_every_file_is_read():
    assert {path.stem for path in (CLIENTS / "conformance").glob("*.json")} == FILES


def test_every_operation_has_a_verdict():
    named = {operation["operationId"] for item in description()["paths"].values() for method, operation in item.items() if method != "parameters"}
    assert named <= {vector["name"] for vector in vectors("operations.json")["vectors"]}
    assert named == set(OPERATIONS)


def test_every_problem_has_a_verdict():
    codes = vectors("problems.json")["codes"]
    assert set(description()["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) <= set(codes)
    assert {code: kind.__name__ for code, kind in CODES.items()} == codes


@each("requests.json")
def test_requests(vector):
    members(vector, "call", "with", "answer", "options", "expect", "absent_headers")
    script = Script([vector["answer"]])
    result = call(script.client(vector.get("options")), vector["call"], vector["with"])
    request, expected = script.requests[0], vector["expect"]["request"]
    path, _, query = request.target.partition("?")
    assert (request.method, path) == (expected["method"], expected["path"])
    assert dict(urllib.parse.parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))) == expected.get("query", {})
    headers = {name.lower(): value for name, value in request.headers.items()}
    for name, value in expected.get("headers", {}).items():
        found = headers[name.lower()]
        if value == "{agent}":
            assert re.fullmatch(rf"triggers-api-python/{re.escape(triggers_api.__version__)} \(\w+ 3\.\S+\)", found)
        else:
            assert found if value == "{any}" else found == value.replace("{key}", KEY)
    for name in vector.get("absent_headers", []):
        assert name.lower() not in headers
    if "body" in expected:
        made = set()
        matches(expected["body"], json.loads(request.body), made)
    else:
        assert request.body is None
    if "result" in vector["expect"]:
        holds(vector["expect"]["result"], result)
    if "text" in vector["answer"]:
        assert result == vector["answer"]["text"]


def matches(expected, found, made):
    if expected == "{made}":
        assert 1 <= len(found) <= 255 and found not in made
        made.add(found)
    elif isinstance(expected, dict):
        assert set(expected) == set(found)
        for name in expected:
            matches(expected[name], found[name], made)
    elif isinstance(expected, list):
        assert len(expected) == len(found)
        for one, other in zip(expected, found):
            matches(one, other, made)
    else:
        assert expected == found


@each("retries.json")
def test_retries(vector):
    check_retry(vector, lambda script: call(script.client(vector.get("options")), vector["call"], vector["with"]))


def check_retry(vector, run):
    members(vector, "call", "with", "exchanges", "expect", "random", "now", "options", "expect_attempt_times")
    script, expected = Script(vector["exchanges"], vector.get("random"), vector.get("now")), dict(vector["expect"])
    error = result = None
    try:
        result = run(script)
    except TriggersError as failure:
        error = failure
    assert len(script.requests) == expected.pop("requests") and not script.exchanges
    waits = expected.pop("waits", script.waits)
    assert len(script.waits) == len(waits), script.waits
    for found, wanted in zip(script.waits, waits):
        if isinstance(wanted, list):
            assert wanted[0] <= found <= wanted[1]
        else:
            assert found == pytest.approx(wanted, abs=0.001)
    if "expect_attempt_times" in vector:
        assert script.timeouts == pytest.approx(vector["expect_attempt_times"], abs=0.001)
    if expected.pop("same_body", False):
        assert len({request.body for request in script.requests}) == 1
    if "error" in expected:
        assert error is not None, result
        if vector["call"] != "sendBatch":
            assert error.requests == len(script.requests)
        is_error(expected.pop("error"), error)
    else:
        assert error is None, repr(error)
        holds(expected.pop("result"), result)
    assert not expected


@each("problems.json")
def test_problems(vector):
    members(vector, "answer", "expect")
    script = Script([vector["answer"]])
    with pytest.raises(TriggersError) as raised:
        script.client({"total_time": 0.1}).get_key()
    assert type(raised.value).__name__ == vector["expect"]["class"]
    is_error(vector["expect"], raised.value)


def test_statuses():
    for status, kind in vectors("problems.json")["statuses"].items():
        for one in {"4xx": [499], "5xx": [599], "other": [302]}.get(status, [status]):
            assert type(errors.api_error(int(one), {}, b"", 0)).__name__ == kind, status


@each("pages.json")
def test_pages(vector):
    members(vector, "with", "pages", "take", "expect")
    script, given, items, error = Script([page["answer"] for page in vector["pages"]]), vector["with"], [], None
    client = script.client()
    walk = client.each(given["operation"], tuple(given.get("path", {}).values()), given.get("query"))
    try:
        for item in walk:
            items.append(item["id"])
            if len(items) == vector.get("take"):
                break
    except TriggersError as failure:
        error = failure
    assert items == vector["expect"]["items"]
    assert len(script.requests) == vector["expect"]["requests"]
    for request, page in zip(script.requests, vector["pages"]):
        assert dict(urllib.parse.parse_qsl(request.target.partition("?")[2])) == page["query"]
    assert (type(error).__name__ if error else None) == vector["expect"].get("error", {}).get("class")


@each("bounds.json")
def test_bounds(vector):
    members(vector, "call", "with", "answer", "options", "expect")
    expected = vector["expect"]
    if vector["call"] == "sendBatch":
        sizes = []

        def accept(request):
            events = json.loads(request.body)["events"]
            sizes.append((len(events), len(request.body)))
            return {"status": 200, "body": {"results": [{"index": n, "status": "accepted", "id": str(n)} for n in range(len(events))]}}

        result = Script([accept] * 10).client(vector.get("options")).send_batch(batch(vector["with"]))
        assert [count for count, _ in sizes] == expected["batches"]
        assert all(size <= expected.get("body_at_most", size) for _, size in sizes)
        assert [one.index for one in result.results] == list(range(len(result.results)))
        assert result.accepted == expected.get("accepted", 0) and result.rejected == expected.get("rejected", 0)
        assert [one.status for one in result.results] == expected.get("statuses", [one.status for one in result.results])
        return
    client = Script([vector["answer"]]).client(vector["options"])
    if "error" in expected:
        with pytest.raises(TriggersError) as raised:
            call(client, vector["call"], {})
        is_error(expected["error"], raised.value)
    else:
        assert len(call(client, vector["call"], {})) == expected["length"]


@pytest.mark.parametrize("implementation", ["pure", "as installed"])
@each("signatures.json")
def test_signatures(vector, implementation, monkeypatch):
    members(vector, "keys", "headers", "body", "body_base64", "now", "tolerance", "expect")
    if implementation == "pure":
        monkeypatch.setattr(webhook, "_verify", _ed25519.verify)
    body = base64.b64decode(vector["body_base64"]) if "body_base64" in vector else vector["body"].encode()
    expected = vector["expect"]

    def check():
        return Webhook(vector["keys"], tolerance=vector.get("tolerance", 300), clock=lambda: vector["now"])

    if expected.get("part") == "key":
        with pytest.raises(WebhookError) as raised:
            check()
        assert raised.value.part == "key"
    elif "part" in expected:
        checker = check()
        with pytest.raises(WebhookError) as raised:
            checker.verify(vector["headers"], body)
        assert raised.value.part == expected["part"]
    else:
        holds(expected["event"], check().verify(vector["headers"], body))


@each("redirects.json")
def test_redirects(vector):
    members(vector, "base_url", "hosts", "location", "where", "then", "expect")
    to = {"status": 421, "headers": {}, "body": {"status": 421, "code": "misdirected", "detail": "d"}}
    if vector["location"] is not None:
        if vector.get("where") == "header":
            to["headers"]["Location"] = vector["location"]
        else:
            to["body"]["location"] = vector["location"]
    then = to if vector.get("then") == 421 else {"status": 200, "body": {"tier": "pro"}}
    script = Script([to, then])
    client = script.client({"base_url": vector["base_url"], "hosts": vector.get("hosts", [])})
    if vector["expect"]["to"] is None or vector.get("then"):
        with pytest.raises(triggers_api.Misdirected):
            client.get_key()
    else:
        client.get_key()
    assert [request.origin for request in script.requests][1:] == [to for to in [vector["expect"]["to"]] if to]
    assert {request.target for request in script.requests} == {"/api/keys"}


def test_suffixes():
    table = vectors("redirects.json")
    assert SHARED_SUFFIXES == set(table["shared_suffixes"]) and SECOND_LEVELS == set(table["second_levels"])


def test_agent_names_library_version_and_runtime():
    script = Script([{"status": 200, "body": {}}])
    script.client().get_key()
    assert re.fullmatch(r"triggers-api-python/[\d.]+ \(\w+ 3[\d.]+\)", script.requests[0].headers["User-Agent"])
    assert KEY not in repr(script.client()) and BASE in repr(script.client())


def test_what_is_left_of_a_batch_can_be_sent_again():
    script = Script([{"failure": "reset"}, {"status": 200, "body": {"results": [{"index": 0, "status": "duplicate", "id": "1"}]}}])
    client = script.client({"total_time": 0.1})
    with pytest.raises(BatchInterrupted) as raised:
        client.send_batch([{"type": "t", "payload": 1}])
    assert client.send_batch(raised.value.remaining).results[0].id == "1"
    first, second = (json.loads(request.body)["events"][0] for request in script.requests)
    assert first == second and first["dedup_id"]
