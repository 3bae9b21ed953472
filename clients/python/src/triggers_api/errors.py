"""What a call raises."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, Optional, Type

from ._retry_after import seconds

__all__ = [
    "TriggersError", "ConnectionFailed", "AnswerTooLarge", "MalformedAnswer", "ApiError", "InvalidRequest", "Unauthorized",
    "Forbidden", "NotFound", "Conflict", "DuplicateEvent", "Gone", "CursorExpired", "CursorReset", "TooLarge",
    "Unprocessable", "RateLimited", "Unavailable", "ServerError", "Misdirected", "BatchInterrupted", "CODES", "STATUSES",
]


class TriggersError(Exception):
    """Everything that a call raises. `requests` is how many were made."""

    requests: int = 0


class ConnectionFailed(TriggersError):
    """No complete answer. `kind`: `connect` (nothing was sent), `reset`, `cut` or `timeout` (it may have been carried out)."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class AnswerTooLarge(TriggersError):
    """An answer larger than `max_answer_bytes`."""


class MalformedAnswer(TriggersError):
    """A success that is not the JSON that it should be."""


class ApiError(TriggersError):
    """An answer that is no success."""

    def __init__(self, status: int, headers: Mapping[str, str], problem: Dict[str, Any], detail: str, now: float) -> None:
        code = problem.get("code")
        self.status = status
        self.code: Optional[str] = code if isinstance(code, str) else None
        self.detail = detail
        errors = problem.get("errors")
        self.errors: List[Dict[str, str]] = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
        self.request_id: Optional[str] = headers.get("x-request-id")
        self.unsure = False
        self.retry_after: Optional[float] = seconds(headers.get("retry-after"), problem.get("retry_after"), now)
        self.problem = problem
        name = f" {self.code}" if self.code else ""
        super().__init__(f"{status}{name}: {detail}" if detail else f"{status}{name}")


class InvalidRequest(ApiError):
    """The request is wrong; `errors` names the fields."""


class Unauthorized(ApiError):
    """No key, or none that is valid."""


class Forbidden(ApiError):
    """The key may not do this."""


class NotFound(ApiError):
    """There is none, or it is another organization's."""


class Conflict(ApiError):
    """It contradicts what is there."""


class DuplicateEvent(Conflict):
    """An event with this `dedup_id` was stored before: `id`."""

    @property
    def id(self) -> Optional[str]:
        return self.problem.get("id")

    @property
    def dedup_id(self) -> Optional[str]:
        return self.problem.get("dedup_id")


class Gone(ApiError):
    """It is there no more."""


class CursorExpired(Gone):
    """Days behind the cursor were dropped; `cursor` is the earliest position that is left."""

    @property
    def cursor(self) -> Optional[str]:
        return self.problem.get("earliest_cursor")


class CursorReset(Gone):
    """The database was restored to before the cursor; `cursor` is the position to go on from."""

    @property
    def cursor(self) -> Optional[str]:
        return self.problem.get("cursor")


class TooLarge(ApiError):
    """The body or the headers are too large."""


class Unprocessable(ApiError):
    """Well formed, but not acceptable."""


class RateLimited(ApiError):
    """Over the limit, for longer than the call had time."""


class Unavailable(ApiError):
    """The service or its database was away for longer than the call had time."""


class ServerError(ApiError):
    """The service failed."""


class Misdirected(ApiError):
    """Another host is responsible, and it is none that this client may follow to."""


class BatchInterrupted(TriggersError):
    """A part of a batch was not answered. `results` has all of them, by index; `remaining` are the events that are `unknown`
    or `unsent`, with their dedup ids: sending them again stores none twice."""

    def __init__(self, cause: TriggersError, results: List[Dict[str, Any]], remaining: List[Dict[str, Any]]) -> None:
        super().__init__(f"{len(remaining)} of {len(results)} events are not known to be stored: {cause}")
        self.cause = cause
        self.results = results
        self.remaining = remaining
        self.requests = cause.requests


CODES: Dict[str, Type[ApiError]] = {
    "malformed_request": InvalidRequest, "validation_error": InvalidRequest, "unauthorized": Unauthorized,
    "insufficient_scope": Forbidden, "forbidden": Forbidden, "not_found": NotFound, "method_not_allowed": InvalidRequest,
    "not_acceptable": InvalidRequest, "request_timeout": InvalidRequest, "conflict": Conflict,
    "duplicate_event": DuplicateEvent, "cursor_expired": CursorExpired, "cursor_reset": CursorReset,
    "payload_too_large": TooLarge, "unsupported_media_type": InvalidRequest, "unprocessable": Unprocessable,
    "rate_limit_exceeded": RateLimited, "headers_too_large": TooLarge, "internal_error": ServerError,
    "service_unavailable": Unavailable, "public_url_not_set": Conflict,
    "tier_not_allowed": Forbidden, "organization_suspended": Forbidden, "too_many_streams": RateLimited,
    "misdirected": Misdirected, "cell_broke_off": Unavailable, "cell_unavailable": Unavailable, "cell_timeout": Unavailable,
    "cell_loop": ServerError,
}

STATUSES: Dict[int, Type[ApiError]] = {
    401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 410: Gone, 413: TooLarge, 421: Misdirected,
    422: Unprocessable, 429: RateLimited, 431: TooLarge, 502: Unavailable, 503: Unavailable, 504: Unavailable,
}


def api_error(status: int, headers: Mapping[str, str], body: bytes, now: float) -> ApiError:
    problem: Any = None
    try:
        problem = json.loads(body)
    except (ValueError, RecursionError):
        pass
    if isinstance(problem, dict):
        detail = problem.get("detail")
        detail = detail if isinstance(detail, str) else ""
    else:
        problem, detail = {}, body[:4096].decode("utf-8", "replace")[:1024]
    code = problem.get("code")
    kind = CODES.get(code) if isinstance(code, str) else None
    if kind is None:
        kind = STATUSES.get(status) or (InvalidRequest if 400 <= status < 500 else ServerError if 500 <= status < 600 else ApiError)
    return kind(status, headers, problem, detail, now)
