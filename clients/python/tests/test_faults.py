"""The service slow, limited, its answers lost, killed and restarted, in the middle of everything: nothing is lost, nothing is done twice."""

import asyncio
import threading
import time

import pytest

from service import FAULTY, controlled, faults, new_key, until
from triggers_api import Options, Triggers

OPTIONS = Options(total_time=240, attempt_time=1, max_batch_events=40)

pytestmark = controlled


class Blocking:
    """Sends, consumes, follows and streams, each in a thread of its own."""

    def __init__(self, lease_seconds):
        self.key = new_key(url=FAULTY)
        self.client = Triggers(FAULTY, self.key, options=OPTIONS)
        self.sent, self.over, self.stop = 0, threading.Event(), threading.Event()
        self.handled, self.followed, self.streamed, self.heard, self.failures = [], [], [], [], []
        self.start = self.client.read_log()["next_cursor"]
        self.consumer = self.client.inbox.consumer(lambda event: self.handled.append(event["payload"]), parallel=2, poll_wait=2,
                                                   lease_seconds=lease_seconds, on_error=self.heard.append)
        works = [self.send, self.consumer.run, self.follow, self.stream]
        self.threads = [threading.Thread(target=self.watched, args=[work], daemon=True) for work in works]
        for thread in self.threads:
            thread.start()

    def watched(self, work):
        try:
            work()
        except BaseException as failure:
            self.failures.append(failure)
            raise

    def send(self):
        while not self.over.is_set():
            result = self.client.send_batch([{"type": "t", "payload": self.sent + number} for number in range(100)])
            assert (result.accepted, result.duplicates, result.rejected) == (100, 0, 0)
            self.sent += 100
            time.sleep(0.05)

    def follow(self):
        self.client.log.follow(lambda event: self.followed.append(event["payload"]), cursor=self.start, stop=self.stop)

    def stream(self):
        for event in self.client.stream(kinds=["event.accepted"], cursor=self.start, stop=self.stop):
            self.streamed.append(event.data["payload"])
            if self.stop.is_set():
                return

    def done(self):
        assert not self.failures, self.failures
        return not self.threads[0].is_alive() and len(self.followed) >= self.sent and len(self.streamed) >= self.sent \
            and self.acknowledged() >= self.sent

    def acknowledged(self):
        return self.consumer.result.acknowledged

    def end(self):
        self.stop.set()
        self.consumer.stop()
        for thread in self.threads[:3]:
            thread.join(240)
            assert not thread.is_alive()
        assert not self.consumer.result.unacknowledged


class Asynchronous(Blocking):
    """The same in one loop; its events are leased."""

    def __init__(self):
        self.result = None
        super().__init__(5)

    def watched(self, work):
        if work == self.send:
            super().watched(lambda: asyncio.run(self.everything()))

    async def everything(self):
        from triggers_api import AsyncTriggers

        self.stopping = asyncio.Event()
        async with AsyncTriggers(FAULTY, self.key, options=OPTIONS) as client:
            async def handle(event):
                self.handled.append(event["payload"])

            async def seen(event):
                self.followed.append(event["payload"])

            async def stream():
                async for event in client.stream(kinds=["event.accepted"], cursor=self.start):
                    self.streamed.append(event.data["payload"])

            async def send():
                while not self.over.is_set():
                    result = await client.send_batch([{"type": "t", "payload": self.sent + number} for number in range(100)])
                    assert (result.accepted, result.duplicates, result.rejected) == (100, 0, 0)
                    self.sent += 100
                    await asyncio.sleep(0.05)

            async def look():
                # Whatever fails ends it all, and is seen.
                await send()
                while len(set(self.handled)) < self.sent or len(self.followed) < self.sent or len(self.streamed) < self.sent:
                    await asyncio.sleep(0.02)
                self.stopping.set()

            streaming = asyncio.ensure_future(stream())
            results = await asyncio.gather(look(), client.log.follow(seen, cursor=self.start, stop=self.stopping),
                                           client.inbox.consume(handle, lease_seconds=5, poll_wait=2, stop=self.stopping, on_error=self.heard.append))
            streaming.cancel()
            self.result = results[2]

    def acknowledged(self):
        return self.result.acknowledged if self.result else 0

    def end(self):
        assert not self.result.unacknowledged


def test_nothing_is_lost_and_nothing_is_done_twice():
    polling, leasing = Blocking(None), Blocking(5)
    runs = [polling, leasing]
    try:
        import httpx
        runs += [Asynchronous()] if httpx else []
    except ImportError:
        pass
    until(lambda: all(run.handled and run.followed and run.streamed for run in runs), 240)
    met = faults([run.key for run in runs])
    for run in runs:
        run.over.set()
    until(lambda: all([run.done() for run in runs]), 240)
    for run in runs:
        run.end()
        # Posted once, followed once, streamed once.
        assert sorted(run.followed) == sorted(run.streamed) == list(range(run.sent))
        assert set(run.handled) == set(range(run.sent))
        # Twice only where a lease ended meanwhile, which was said.
        assert len(run.handled) == run.sent or run is not polling and run.heard
        assert list(run.client.each_inbox()) == []
        taking = "GET /api/inbox" if run is polling else "POST /api/inbox/lease"
        for fault in ("slow", "limited", "lost", "killed", "restarted"):
            consuming = {taking, "POST /api/ack"} if fault in ("limited", "lost") else {"consuming"}
            assert {"POST /api/events/batch", "GET /api/events"} | consuming <= set(met[fault][run.key]), fault
