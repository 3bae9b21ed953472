"""Server-sent events, as the service sends them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, List, Optional


@dataclass(frozen=True)
class StreamEvent:
    """What happened. `cursor` is the log's position of an `event.accepted`, else none."""

    kind: str
    data: Any
    cursor: Optional[str] = None


class Parser:
    """Lines in, events out (the HTML standard, §9.2.6)."""

    def __init__(self) -> None:
        self.cursor: Optional[str] = None
        self.retry: Optional[float] = None
        self._kind, self._data, self._id = "", [], None  # type: str, List[str], Optional[str]

    def line(self, line: str) -> Optional[StreamEvent]:
        if not line:
            return self._end()
        name, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if name == "event":
            self._kind = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = int(value) / 1000
        return None

    def _end(self) -> Optional[StreamEvent]:
        kind, data, cursor = self._kind or "message", "\n".join(self._data), self._id
        self._kind, self._data, self._id = "", [], None
        if cursor:
            self.cursor = cursor
        if not data:
            return None
        try:
            value = json.loads(data)
        except ValueError:
            value = data
        return StreamEvent(kind, value, cursor)
