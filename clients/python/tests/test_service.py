"""Against the real service."""

import asyncio
import threading

import pytest

import triggers_api
from service import URL, needed, new_key, until
from triggers_api import AsyncTriggers, Options, Triggers

pytestmark = needed


@pytest.fixture
def client():
    with Triggers(URL, new_key(), options=Options(total_time=60)) as client:
        yield client


def test_an_event_is_stored_once(client):
    sent = client.send("user.created", {"n": 1, "text": "ä\ud800"})
    assert client.get_event(sent.id)["dedup_id"] == sent.dedup_id
    assert client.send("user.created", 1, dedup=False).dedup_id is None
    with pytest.raises(triggers_api.DuplicateEvent) as raised:
        client.send("user.created", 2, dedup_id=sent.dedup_id)
    assert raised.value.id == sent.id
    assert [event["payload"] for event in client.each_inbox(order="asc", limit=1)] == [{"n": 1, "text": "ä\ud800"}, 1]


def test_a_batch_is_split_and_answered_by_index(client):
    result = client.send_batch([{"type": "t", "payload": n} for n in range(2100)] + [{"type": "", "payload": 1}, {"type": "t", "payload": None}])
    assert (result.accepted, result.rejected) == (2100, 2)
    assert [one.status for one in result.results[2100:]] == ["rejected"] * 2 and result.results[2100].error
    assert sum(1 for _ in client.each_inbox(limit=1000)) == 2100


def test_what_is_wrong_is_named(client):
    with pytest.raises(triggers_api.InvalidRequest) as raised:
        client.send("", 1)
    assert raised.value.errors[0]["field"] == "type" and raised.value.request_id
    with pytest.raises(triggers_api.Unauthorized):
        Triggers(URL, "zap_live_" + 64 * "0").get_key()
    with pytest.raises(triggers_api.NotFound):
        client.get_event("0198c0de-5a2f-7c41-9d3e-6b1f0a2c4d5e")


def test_the_limit_is_waited_for():
    with Triggers(URL, new_key("free"), options=Options(total_time=60)) as client:
        for _ in range(101):
            client.send("t", 1)
        assert len(list(client.each_inbox(limit=1000))) == 101


def test_endpoints(client):
    made = client.create_webhook({"url": "https://example.com/hook", "event_types": ["user.*"], "signature": "ed25519"})
    assert triggers_api.Webhook(made["public_key"])
    assert client.change_webhook(made["id"], {"description": "d"})["description"] == "d"
    assert [one["id"] for one in client.each_webhooks()] == [made["id"]]
    assert client.delete_webhook(made["id"]) is None


def consume(client, count, handler, **settings):
    """Until so many are acknowledged."""
    consumer = client.inbox.consumer(handler, **settings)
    thread = threading.Thread(target=consumer.run)
    thread.start()
    try:
        until(lambda: consumer.result.acknowledged >= count or not thread.is_alive())
    finally:
        consumer.stop()
        thread.join(120)
    assert not thread.is_alive()
    return consumer.result


def leases(client):
    try:
        client._plain("POST", "/api/inbox/lease", None, {"limit": 1, "lease_seconds": 1}, True)
        return True
    except triggers_api.ApiError:
        return False


@pytest.fixture(params=["poll", "lease"])
def mode(request, client):
    if request.param == "lease" and not leases(client):
        pytest.skip("this service has no leases")
    return {"lease_seconds": 30 if request.param == "lease" else None, "poll_wait": 1}


def test_each_event_is_handled_once_and_acknowledged(client, mode):
    ids = {one.id for one in client.send_batch([{"type": "t", "payload": n} for n in range(1500)]).results}
    seen = []
    result = consume(client, 1500, lambda event: seen.append(event["id"]), parallel=4, **mode)
    assert len(seen) == 1500 and set(seen) == ids and not result.unacknowledged
    assert list(client.each_inbox()) == []


def test_what_fails_comes_again_and_what_always_fails_is_poison(client, mode):
    client.send_batch([{"type": "t", "payload": n} for n in range(20)])
    tries, poison = {}, []

    def handle(event):
        number = event["payload"]
        tries[number] = tries.get(number, 0) + 1
        if number == 7 or (number == 3 and tries[number] < 2):
            raise ValueError("no")

    def on_poison(event, failure):
        poison.append((event["payload"], str(failure)))
        return True

    result = consume(client, 20, handle, max_attempts=3, on_poison=on_poison, retry_wait=0.05, **mode)
    assert tries[3] == 2 and tries[7] == 3 and poison == [(7, "no")] and len(result.poison) == 1
    assert list(client.each_inbox()) == []


def test_stopping_finishes_what_is_under_way(client, mode):
    client.send_batch([{"type": "t", "payload": n} for n in range(50)])
    begun, go = threading.Event(), threading.Event()
    seen = []

    def handle(event):
        seen.append(event["id"])
        begun.set()
        go.wait(30)

    consumer = client.inbox.consumer(handle, **mode)
    thread = threading.Thread(target=consumer.run)
    thread.start()
    begun.wait(30)
    consumer.stop()
    go.set()
    thread.join(120)
    assert not thread.is_alive() and consumer.result.acknowledged == len(seen) == 1
    assert len(list(client.each_inbox())) == 49


def test_the_log_is_followed_from_where_it_was(client):
    ids = [one.id for one in client.send_batch([{"type": "t", "payload": n} for n in range(250)]).results]
    seen, saved, stop = [], [], threading.Event()

    def save(cursor):
        saved.append(cursor)
        if len(seen) >= 150:
            stop.set()

    cursor = client.log.follow(lambda event: seen.append(event["id"]), save=save, limit=50, stop=stop)
    assert cursor == saved[-1] and len(seen) == 150
    stop.clear()

    def more(event):
        seen.append(event["id"])
        if len(seen) == 250:
            stop.set()

    client.log.follow(more, cursor=cursor, stop=stop)
    assert sorted(seen) == sorted(ids)


def test_the_service_keeps_the_position(client):
    client.send_batch([{"type": "t", "payload": n} for n in range(30)])
    seen, stop = [], threading.Event()

    def handle(event):
        seen.append(event["payload"])
        if len(seen) in (12, 30):
            stop.set()

    client.log.follow(handle, consumer="billing", limit=6, stop=stop)
    assert len(seen) == 12 and client.get_consumer("billing")["cursor"]
    stop.clear()
    client.log.follow(handle, consumer="billing", limit=6, stop=stop)
    assert sorted(seen) == list(range(30))


def test_a_stream_shows_what_is_accepted(client):
    try:
        client._plain("GET", "/api/stream", {"kinds": "none"}, None, False)
    except triggers_api.NotFound:
        pytest.skip("this service has no stream")
    except triggers_api.TriggersError:
        pass
    cursor = client.read_log(from_="latest")["next_cursor"]
    sent = client.send("user.created", {"n": 1})
    walk = client.stream(kinds=["event.accepted"], cursor=cursor)
    event = next(walk)
    walk.close()
    assert event.kind == "event.accepted" and event.cursor and event.data["id"] == sent.id


def test_asyncio(client):
    key = client._core.headers["X-API-Key"]

    async def run():
        async with AsyncTriggers(URL, key, options=Options(total_time=60)) as own:
            sent = await asyncio.gather(*(own.send("t", n) for n in range(200)))
            assert (await own.send_batch([{"type": "t", "payload": n} for n in range(1100)])).accepted == 1100
            listed = [event["id"] async for event in own.each_inbox(limit=1000)]
            assert len(listed) == 1300 and {one.id for one in sent} <= set(listed)
            seen, stop = [], asyncio.Event()

            async def follow(event):
                seen.append(event["id"])
                if len(seen) == 1300:
                    stop.set()

            await own.log.follow(follow, stop=stop, limit=500)
            assert sorted(seen) == sorted(listed)
            if not leases(client):
                return
            done, ended = [], asyncio.Event()

            async def handle(event):
                done.append(event["id"])
                if len(done) == 1300:
                    ended.set()

            result = await own.inbox.consume(handle, stop=ended, poll_wait=1)
            assert result.acknowledged == 1300

    asyncio.run(run())


def test_a_slow_handler_keeps_its_lease(client):
    client.send("t", 1)

    def leased_until():
        return client.list_leases()["leases"][0]["leased_until"]

    def handle(event):
        try:
            first = leased_until()
            until(lambda: leased_until() > first)
        finally:
            consumer.stop()

    consumer = client.inbox.consumer(handle, lease_seconds=6, poll_wait=1)
    result = consumer.run()
    assert (result.handled, result.failed, result.acknowledged) == (1, 0, 1)
