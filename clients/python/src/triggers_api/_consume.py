"""Many events, one after the other or side by side, each acknowledged after its handler has returned."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Deque, Dict, List, Optional, Set

from .errors import ApiError, ConnectionFailed, TriggersError

if TYPE_CHECKING:
    from .client import Triggers

Handler = Callable[[Dict[str, Any]], Any]
Poison = Callable[[Dict[str, Any], BaseException], Optional[bool]]


@dataclass
class Consumed:
    """What came of it. `unacknowledged` were handled, but the service could not be told: they will come again."""

    handled: int = 0
    failed: int = 0
    acknowledged: int = 0
    poison: List[str] = field(default_factory=list)
    unacknowledged: List[str] = field(default_factory=list)


class Consumer:
    """Takes events out of the inbox until it is stopped. `run` blocks; `stop` may be called from anywhere, a signal handler too."""

    def __init__(self, client: "Triggers", handler: Handler, *, type: Optional[str] = None, batch: int = 100, parallel: int = 1,
                 lease_seconds: Optional[int] = 30, max_attempts: int = 5, on_poison: Optional[Poison] = None,
                 retry_wait: float = 1.0, longest_retry_wait: float = 300.0, poll_wait: int = 5,
                 name: Optional[str] = None, on_error: Optional[Callable[[TriggersError], Any]] = None) -> None:
        if not 1 <= batch <= 1000 or parallel < 1 or max_attempts < 1:
            raise ValueError("batch is 1 to 1000, parallel and max_attempts at least 1")
        self._client, self._handler = client, handler
        self._type, self._batch, self._parallel, self._lease, self._name = type, batch, parallel, lease_seconds, name
        self._max_attempts, self._on_poison, self._on_error = max_attempts, on_poison, on_error
        self._retry_wait, self._longest_retry_wait, self._poll_wait = retry_wait, longest_retry_wait, poll_wait
        self._stopped = threading.Event()
        self._changed = threading.Condition()
        self._running: Set[str] = set()
        self._done: Deque[str] = deque()
        self._told: Set[str] = set()
        self._confirmed: Set[str] = set()
        self._failures: Dict[str, int] = {}
        self._resting: Dict[str, float] = {}
        self._leases: Dict[str, Set[str]] = {}
        self._lease_of: Dict[str, str] = {}
        self._closing = False
        self.result = Consumed()

    def stop(self) -> None:
        """No further event is begun; those under way are finished and acknowledged."""
        # Takes no lock: the signal handler may run in a thread that holds it.
        self._stopped.set()

    def run(self) -> Consumed:
        threads = [threading.Thread(target=self._acknowledge, name="triggers-ack", daemon=True)]
        if self._lease is not None:
            threads.append(threading.Thread(target=self._extend, name="triggers-extend", daemon=True))
        for thread in threads:
            thread.start()
        fetcher = ThreadPoolExecutor(1, "triggers-fetch")
        handlers = ThreadPoolExecutor(self._parallel, "triggers-handle")
        try:
            self._loop(fetcher, handlers)
        finally:
            self._stopped.set()
            fetcher.shutdown(wait=False)
            handlers.shutdown(wait=True)
            self._closing = True
            with self._changed:
                self._changed.notify_all()
            for thread in threads:
                thread.join()
        return self.result

    def _loop(self, fetcher: ThreadPoolExecutor, handlers: ThreadPoolExecutor) -> None:
        while not self._stopped.is_set():
            page: "Future[List[Dict[str, Any]]]" = fetcher.submit(self._fetch)
            while not page.done():
                if self._stopped.wait(0) or (wait([page], 0.05, FIRST_COMPLETED) and self._stopped.is_set()):
                    # What comes now is given back at once, not held until its lease ends.
                    page.add_done_callback(self._give_back)
                    return
            for event in page.result():
                if not self._begin(event):
                    return
                handlers.submit(self._handle, event)

    def _begin(self, event: Dict[str, Any]) -> bool:
        """Waits for a place, so that an event is not held long before it is handled."""
        with self._changed:
            while len(self._running) >= 2 * self._parallel and not self._stopped.is_set():
                self._changed.wait(0.05)
            self._running.add(event["id"])
        if self._stopped.is_set():
            self._skip(event)
            return False
        return True

    def _skip(self, event: Dict[str, Any]) -> None:
        with self._changed:
            self._running.discard(event["id"])

    def _fetch(self) -> List[Dict[str, Any]]:
        try:
            return self._leased() if self._lease is not None else self._listed()
        except (ApiError, ConnectionFailed) as failure:
            if isinstance(failure, ApiError) and failure.status < 500 and failure.status != 429:
                raise
            # The call has been repeated for its total time already.
            if self._on_error:
                self._on_error(failure)
            self._stopped.wait(1)
            return []

    def _leased(self) -> List[Dict[str, Any]]:
        with self._changed:
            # Acknowledged before this call begins: no later one leases them.
            self._confirmed.clear()
        answer = self._client._plain("POST", "/api/inbox/lease", None, {
            "limit": self._batch, "lease_seconds": self._lease, "wait": self._poll_wait, "max_receives": self._max_attempts,
            **({"type": self._type} if self._type else {}), **({"consumer": self._name} if self._name else {})}, True)
        events: List[Dict[str, Any]] = answer.get("events", [])
        with self._changed:
            # What it has already, under an earlier lease that has ended, it does not handle again.
            open_ = [event for event in events if event["id"] not in self._confirmed]
            fresh = [event for event in open_ if event["id"] not in self._lease_of]
            identities = [event["id"] for event in open_]
            self._forget_leases(identities)
            if identities:
                self._leases[answer["lease_id"]] = set(identities)
                self._lease_of.update((identity, answer["lease_id"]) for identity in identities)
        return fresh

    def _listed(self) -> List[Dict[str, Any]]:
        """The open events that this consumer has neither under way nor set aside."""
        with self._changed:
            # Acknowledged before this listing begins: no later one shows them.
            forgotten = set(self._confirmed)
        cursor: Optional[str] = None
        fresh: List[Dict[str, Any]] = []
        while not fresh and not self._stopped.is_set():
            idle = cursor is None and not self._running and not self._resting and not self._done
            page = self._client.list_inbox(type=self._type, order="asc", limit=self._batch, cursor=cursor,
                                           wait=self._poll_wait if idle else 0)
            now = time.monotonic()
            with self._changed:
                for event in page["events"]:
                    known = event["id"] in self._running or event["id"] in self._told or event["id"] in self._done
                    if not known and self._resting.get(event["id"], 0) <= now:
                        self._resting.pop(event["id"], None)
                        fresh.append(dict(event))
                if not page["has_more"]:
                    self._told -= forgotten
                    self._confirmed -= forgotten
            cursor = page.get("next_cursor")
            if not fresh and not page["has_more"]:
                if not idle:
                    with self._changed:
                        self._changed.wait(0.02 if self._running or self._done else 0.5)
                return []
        return fresh

    def _handle(self, event: Dict[str, Any]) -> None:
        if self._stopped.is_set():
            self._skip(event)
            return
        try:
            self._handler(event)
        except Exception as failure:
            self._fail(event, failure)
            return
        with self._changed:
            self.result.handled += 1
            self._failures.pop(event["id"], None)
            self._running.discard(event["id"])
            self._done.append(event["id"])
            self._changed.notify_all()

    def _fail(self, event: Dict[str, Any], failure: BaseException) -> None:
        identity = event["id"]
        with self._changed:
            self.result.failed += 1
            count = self._failures[identity] = max(self._failures.get(identity, 0) + 1, event.get("receives", 0))
        delay = min(self._longest_retry_wait, self._retry_wait * 2.0 ** (count - 1))
        poison = count >= self._max_attempts
        dropped = False
        if poison:
            dropped = bool(self._on_poison and self._on_poison(event, failure))
            delay = self._longest_retry_wait
        with self._changed:
            self._running.discard(identity)
            if poison:
                self.result.poison.append(identity)
                self._failures.pop(identity, None)
            if dropped:
                self._done.append(identity)
            else:
                self._resting[identity] = float("inf") if poison else time.monotonic() + delay
            self._changed.notify_all()
        if not dropped and self._lease is not None:
            self._resting.pop(identity, None)
            self._release([identity], int(delay + 0.999))

    def _release(self, identities: List[str], delay: int) -> None:
        with self._changed:
            self._forget_leases(identities)
        try:
            self._client._plain("POST", "/api/inbox/release", None, {"event_ids": identities, "delay_seconds": delay}, True)
        except TriggersError as failure:
            # Its lease ends by itself.
            if self._on_error:
                self._on_error(failure)

    def _give_back(self, page: "Future[List[Dict[str, Any]]]") -> None:
        if self._lease is not None and not page.cancelled() and page.exception() is None and page.result():
            self._release([event["id"] for event in page.result()], 0)

    def _forget_leases(self, identities: List[str]) -> None:
        for identity in identities:
            lease = self._lease_of.pop(identity, None)
            if lease in self._leases:
                self._leases[lease].discard(identity)
                if not self._leases[lease]:
                    del self._leases[lease]

    def _acknowledge(self) -> None:
        while True:
            with self._changed:
                while not self._done and not self._closing:
                    self._changed.wait(0.5)
                if not self._done:
                    break
                if len(self._done) < 1000 and self._running and not self._closing:
                    # A little company for the batch.
                    self._changed.wait(0.005)
                batch = [self._done.popleft() for _ in range(min(1000, len(self._done)))]
                self._told.update(batch)
            try:
                self._client.acknowledge_events({"event_ids": batch})
                self.result.acknowledged += len(batch)
                with self._changed:
                    self._forget_leases(batch)
                    self._confirmed.update(batch)
                    if self._lease is not None:
                        self._told.difference_update(batch)
            except TriggersError as failure:
                if self._on_error:
                    self._on_error(failure)
                if self._closing:
                    self.result.unacknowledged += batch + list(self._done)
                    return
                with self._changed:
                    self._done.extendleft(reversed(batch))
                self._stopped.wait(1)
        leftover = [identity for identities in self._leases.values() for identity in identities]
        if leftover:
            self._release(leftover, 0)

    def _extend(self) -> None:
        every = max(0.3, (self._lease or 30) / 3)
        while not self._closing:
            with self._changed:
                self._changed.wait_for(lambda: self._closing, every)
                leases = list(self._leases) if not self._closing else []
            for lease in leases:
                try:
                    self._client._plain("POST", "/api/inbox/extend", None, {"lease_id": lease, "lease_seconds": self._lease}, True)
                except TriggersError as failure:
                    with self._changed:
                        over = lease not in self._leases
                    # Not over by itself: whoever gets it now may handle it beside this one.
                    if self._on_error and not over:
                        self._on_error(failure)
