"""Made from the OpenAPI description by clients/generate: change neither by hand."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

__all__ = [
    "AcceptedEvent",
    "Acknowledgement",
    "AcknowledgementBatch",
    "AcknowledgementResult",
    "AcknowledgementResults",
    "ApiKeySaltState",
    "Attempt",
    "AttemptConnection",
    "AttemptHeader",
    "AttemptInFull",
    "AttemptPage",
    "AttemptPhases",
    "AttemptRequest",
    "AttemptResponse",
    "AuditEntry",
    "AuditPage",
    "BatchAnswer",
    "BatchResult",
    "Consumer",
    "ConsumerList",
    "ConsumerPosition",
    "CreateReplayAnswer",
    "Day",
    "Delivery",
    "DeliveryAttempt",
    "EndpointAttempt",
    "EndpointAttemptPage",
    "EndpointHealth",
    "EndpointList",
    "Erasure",
    "ErasureList",
    "Event",
    "EventType",
    "EventTypePage",
    "FailingEndpoint",
    "FieldError",
    "FilterTrial",
    "FilterTrialEvent",
    "FilterTrialPage",
    "GeneratedKey",
    "HeaderLine",
    "Health",
    "InboxItem",
    "InboxPage",
    "KeptDay",
    "Key",
    "KeyChange",
    "KeyList",
    "KeyRequest",
    "KeyToMake",
    "LastFailure",
    "Lease",
    "LeaseExtension",
    "LeaseList",
    "LeaseRelease",
    "LeaseReleased",
    "LeaseRequest",
    "LeasedEvents",
    "LeasedItem",
    "LogPage",
    "MadeKey",
    "MadePlayground",
    "Move",
    "MoveList",
    "OldestDue",
    "Organization",
    "OrganizationBacklog",
    "OrganizationBucket",
    "OrganizationChange",
    "OrganizationKey",
    "OrganizationList",
    "OrganizationStatistics",
    "OrganizationToErase",
    "OrganizationToMake",
    "OrganizationToMove",
    "OrganizationUsage",
    "Pagination",
    "Playground",
    "PlaygroundAnswer",
    "PlaygroundAnswerRequest",
    "PlaygroundList",
    "PlaygroundRequest",
    "PlaygroundRequests",
    "PostedEvent",
    "PostedEvents",
    "Problem",
    "Recovery",
    "RecoveryList",
    "RecoveryRequest",
    "Redelivery",
    "Replay",
    "ReplayDryRun",
    "ReplayFilter",
    "ReplayList",
    "ReplayRequest",
    "ReplayRequestFilter",
    "ReplaySample",
    "RotateWebhookSecretBody",
    "RotatedKey",
    "RotationRequest",
    "SearchPage",
    "Service",
    "ServiceSecrets",
    "ServiceStatistics",
    "SessionExchange",
    "SessionKey",
    "SessionLink",
    "SessionToMake",
    "SetWebhookConfigBody",
    "Statistics",
    "StatisticsBucket",
    "StatisticsOutcome",
    "Status",
    "StreamLine",
    "StreamedAcknowledgement",
    "StreamedAttempt",
    "StreamedDeadDelivery",
    "StreamedEndpoint",
    "StreamedEndpointHealth",
    "StreamedEvent",
    "TestOutcome",
    "TimelineEntry",
    "Usage",
    "UsageList",
    "UsageStep",
    "UsageTotals",
    "Webhook",
    "WebhookChange",
    "WebhookConfig",
    "WebhookRequest",
    "WebhookSecret",
    "WebhookSecretState",
]


class AcceptedEvent(TypedDict):
    created_at: str
    delivery_status: str
    event_id: str
    id: str
    message: str
    organization_id: str
    status: str
    type: str


class Acknowledgement(TypedDict):
    acknowledged_at: str
    event_id: str
    id: str
    message: str
    status: str
    success: bool


class AcknowledgementBatch(TypedDict):
    event_ids: List[str]


class _AcknowledgementResult(TypedDict):
    id: str
    status: Literal["acknowledged", "failed"]


class AcknowledgementResult(_AcknowledgementResult, total=False):
    error: str


class AcknowledgementResults(TypedDict):
    acknowledged: int
    failed: int
    results: List[AcknowledgementResult]


class ApiKeySaltState(TypedDict):
    keys_to_move: int
    values: int


class _Attempt(TypedDict):
    duration_ms: int
    endpoint_id: str
    event_id: str
    number: int
    outcome: Literal["succeeded", "retrying", "dead"]
    started_at: str


class Attempt(_Attempt, total=False):
    error: Optional[str]
    error_code: Optional[str]
    response_body: Optional[str]
    response_status: Optional[int]
    type: Optional[str]


class _AttemptConnection(TypedDict):
    kept: bool


class AttemptConnection(_AttemptConnection, total=False):
    address: Optional[str]


class _AttemptHeader(TypedDict):
    name: str


class AttemptHeader(_AttemptHeader, total=False):
    value: Optional[str]


class _AttemptInFull(TypedDict):
    duration_ms: int
    endpoint_id: str
    event_id: str
    number: int
    outcome: Literal["succeeded", "retrying", "dead"]
    phases: AttemptPhases
    request: AttemptRequest
    started_at: str
    trace_id: str
    type: str


class AttemptInFull(_AttemptInFull, total=False):
    advice: Optional[str]
    connection: AttemptConnection
    curl: Optional[str]
    error: Optional[str]
    error_code: Optional[str]
    next: Optional[int]
    next_attempt_at: Optional[str]
    previous: Optional[int]
    response: AttemptResponse


class _AttemptPage(TypedDict):
    attempts: List[Attempt]
    count: int
    has_more: bool
    limit: int


class AttemptPage(_AttemptPage, total=False):
    next_cursor: Optional[str]


class _AttemptPhases(TypedDict):
    total: int


class AttemptPhases(_AttemptPhases, total=False):
    connect: Optional[int]
    dns: Optional[int]
    first_byte: Optional[int]
    queued: Optional[int]
    tls: Optional[int]


class _AttemptRequest(TypedDict):
    body: str
    headers: List[AttemptHeader]
    method: str


class AttemptRequest(_AttemptRequest, total=False):
    signature_missing: Optional[str]
    url: Optional[str]


class _AttemptResponse(TypedDict):
    status: int


class AttemptResponse(_AttemptResponse, total=False):
    body: Optional[str]
    headers: Optional[List[AttemptHeader]]


class _AuditEntry(TypedDict):
    action: str
    actor: Literal["key", "session", "operator", "anybody", "service"]
    at: str
    id: str


class AuditEntry(_AuditEntry, total=False):
    address: Optional[str]
    after: Optional[Dict[str, Any]]
    before: Optional[Dict[str, Any]]
    key_id: Optional[str]
    key_name: Optional[str]
    organization_id: Optional[str]
    request_id: Optional[str]
    target: Optional[str]


class _AuditPage(TypedDict):
    entries: List[AuditEntry]
    has_more: bool


class AuditPage(_AuditPage, total=False):
    next_cursor: Optional[str]
    unreachable_cells: List[str]


class BatchAnswer(TypedDict):
    accepted: int
    duplicates: int
    rejected: int
    results: List[BatchResult]


class _BatchResult(TypedDict):
    index: int
    status: Literal["accepted", "duplicate", "rejected"]


class BatchResult(_BatchResult, total=False):
    error: Optional[str]
    id: Optional[str]


class Consumer(TypedDict):
    cursor: str
    name: str
    updated_at: str


class ConsumerList(TypedDict):
    consumers: List[Consumer]


class _ConsumerPosition(TypedDict):
    cursor: str


class ConsumerPosition(_ConsumerPosition, total=False):
    if_cursor: Optional[str]


class _CreateReplayAnswer(TypedDict):
    capped: bool
    matching: int
    since_clamped: bool


class CreateReplayAnswer(_CreateReplayAnswer, total=False):
    sample: List[ReplaySample]
    since: str
    again: bool
    estimated_end: Optional[str]
    filter: ReplayFilter
    finished_at: Optional[str]
    id: str
    progress: float
    rate_per_second: Optional[int]
    requested_at: str
    requeued: int
    skipped: int
    state: Literal["running", "finished", "cancelled"]
    to_endpoint_id: Optional[str]


class Day(TypedDict):
    day: str
    events: int


class _Delivery(TypedDict):
    attempt_log: List[DeliveryAttempt]
    attempts: int
    endpoint_id: str
    id: str
    status: Literal["pending", "delivered", "failed", "cancelled", "expired"]


class Delivery(_Delivery, total=False):
    error_code: Optional[str]
    last_error: Optional[str]
    next_attempt_at: Optional[str]
    url: Optional[str]


class _DeliveryAttempt(TypedDict):
    duration_ms: int
    number: int
    started_at: str


class DeliveryAttempt(_DeliveryAttempt, total=False):
    error: Optional[str]
    error_code: Optional[str]
    response_body: Optional[str]
    response_status: Optional[int]


class _EndpointAttempt(TypedDict):
    duration_ms: int
    event_id: str
    number: int
    outcome: str
    started_at: str


class EndpointAttempt(_EndpointAttempt, total=False):
    error: Optional[str]
    error_code: Optional[str]
    response_body: Optional[str]
    response_status: Optional[int]


class _EndpointAttemptPage(TypedDict):
    attempts: List[EndpointAttempt]
    count: int
    has_more: bool
    limit: int


class EndpointAttemptPage(_EndpointAttemptPage, total=False):
    next_cursor: Optional[str]


class _EndpointHealth(TypedDict):
    circuit: str
    consecutive_failures: int


class EndpointHealth(_EndpointHealth, total=False):
    failing_since: Optional[str]
    held_until: Optional[str]
    open_until: Optional[str]


class _EndpointList(TypedDict):
    count: int
    has_more: bool
    webhooks: List[Webhook]


class EndpointList(_EndpointList, total=False):
    next_cursor: Optional[str]


class _Erasure(TypedDict):
    counts: Dict[str, int]
    id: str
    requested_at: str
    rows: int
    state: Literal["waiting", "running", "finished"]


class Erasure(_Erasure, total=False):
    finished_at: Optional[str]
    organization_id: Optional[str]
    started_at: Optional[str]


class _ErasureList(TypedDict):
    erasures: List[Erasure]
    has_more: bool


class ErasureList(_ErasureList, total=False):
    next_cursor: Optional[str]
    unreachable_cells: List[str]


class _Event(TypedDict):
    attempts: int
    created_at: str
    deliveries: List[Delivery]
    delivery_status: Literal["pending", "delivered", "failed"]
    event_id: str
    event_type: str
    id: str
    status: Literal["pending", "delivered", "failed"]
    timeline: List[TimelineEntry]
    type: str
    updated_at: str


class Event(_Event, total=False):
    dedup_id: Optional[str]
    last_error: Optional[str]
    payload: Any
    response_status: Optional[int]


class EventType(TypedDict):
    days: List[Day]
    events: int
    first_at: str
    last_at: str
    type: str


class _EventTypePage(TypedDict):
    event_types: List[EventType]
    has_more: bool


class EventTypePage(_EventTypePage, total=False):
    next_cursor: Optional[str]


class _FailingEndpoint(TypedDict):
    circuit: str
    consecutive_failures: int
    enabled: bool
    endpoint_id: str


class FailingEndpoint(_FailingEndpoint, total=False):
    disabled_reason: Optional[str]
    failing_since: Optional[str]


class FieldError(TypedDict):
    """A member or parameter that is wrong"""

    field: str
    message: str


class FilterTrial(TypedDict, total=False):
    event_types: Optional[List[str]]
    limit: Optional[int]


class FilterTrialEvent(TypedDict):
    created_at: str
    id: str
    type: str


class _FilterTrialPage(TypedDict):
    count: int
    events: List[FilterTrialEvent]
    has_more: bool


class FilterTrialPage(_FilterTrialPage, total=False):
    searched_until: Optional[str]


class GeneratedKey(TypedDict):
    api_key: str
    created_at: str
    message: str
    organization_id: str
    organization_name: str
    rate_limit_per_minute: int
    tier: str
    warning: str


class _HeaderLine(TypedDict):
    name: str


class HeaderLine(_HeaderLine, total=False):
    value: Optional[str]


class Health(TypedDict):
    service: str
    status: str
    timestamp: str
    version: str


class _InboxItem(TypedDict):
    attempts: int
    created_at: str
    delivery_status: Literal["pending", "delivered", "failed"]
    event_id: str
    event_type: str
    id: str
    status: Literal["pending", "delivered", "failed"]
    type: str
    updated_at: str


class InboxItem(_InboxItem, total=False):
    """An event and how far its delivery has come"""

    dedup_id: Optional[str]
    last_error: Optional[str]
    payload: Any
    response_status: Optional[int]


class _InboxPage(TypedDict):
    count: int
    events: List[InboxItem]
    has_more: bool
    limit: int
    pagination: Pagination


class InboxPage(_InboxPage, total=False):
    next_cursor: Optional[str]


class KeptDay(TypedDict):
    bytes: int
    day: str
    events: int


class _Key(TypedDict):
    api_key_prefix: str
    created_at: str
    note: str
    organization_id: str
    organization_name: str
    rate_limit_per_minute: int
    scopes: List[str]
    tier: str
    updated_at: str


class Key(_Key, total=False):
    endpoint_ids: Optional[List[str]]
    types: Optional[List[str]]
    webhook_url: Optional[str]


class KeyChange(TypedDict, total=False):
    name: Optional[str]
    scopes: Optional[List[str]]


class KeyList(TypedDict):
    keys: List[OrganizationKey]


class _KeyRequest(TypedDict):
    organization_name: str


class KeyRequest(_KeyRequest, total=False):
    tier: Optional[str]


class _KeyToMake(TypedDict):
    name: str


class KeyToMake(_KeyToMake, total=False):
    endpoint_ids: Optional[List[str]]
    expires_at: Optional[str]
    expires_in: Optional[int]
    scopes: Optional[List[str]]
    types: Optional[List[str]]


class _LastFailure(TypedDict):
    at: str
    error_code: str


class LastFailure(_LastFailure, total=False):
    error: Optional[str]
    event_id: Optional[str]
    number: Optional[int]


class _Lease(TypedDict):
    count: int
    lease_id: str
    leased_until: str


class Lease(_Lease, total=False):
    consumer: Optional[str]


class LeaseExtension(TypedDict):
    lease_id: str
    lease_seconds: int


class _LeaseList(TypedDict):
    has_more: bool
    leases: List[Lease]


class LeaseList(_LeaseList, total=False):
    next_cursor: Optional[str]


class LeaseRelease(TypedDict, total=False):
    delay_seconds: Optional[int]
    event_ids: Optional[List[str]]
    lease_id: Optional[str]


class _LeaseReleased(TypedDict):
    released: int


class LeaseReleased(_LeaseReleased, total=False):
    delayed_until: Optional[str]


class LeaseRequest(TypedDict, total=False):
    consumer: Optional[str]
    lease_seconds: Optional[int]
    limit: Optional[int]
    max_receives: Optional[int]
    type: Optional[str]
    wait: int


class _LeasedEvents(TypedDict):
    count: int
    events: List[LeasedItem]


class LeasedEvents(_LeasedEvents, total=False):
    lease_id: Optional[str]
    leased_until: Optional[str]


class _LeasedItem(TypedDict):
    attempts: int
    created_at: str
    delivery_status: Literal["pending", "delivered", "failed"]
    event_id: str
    event_type: str
    id: str
    leased_until: str
    receives: int
    status: Literal["pending", "delivered", "failed"]
    type: str
    updated_at: str


class LeasedItem(_LeasedItem, total=False):
    """An event of the inbox, leased"""

    dedup_id: Optional[str]
    last_error: Optional[str]
    payload: Any
    response_status: Optional[int]


class LogPage(TypedDict):
    events: List[InboxItem]
    has_more: bool
    next_cursor: str


class _MadeKey(TypedDict):
    api_key: str
    created_at: str
    id: str
    name: str
    prefix: str
    scopes: List[str]
    warning: str


class MadeKey(_MadeKey, total=False):
    endpoint_ids: Optional[List[str]]
    expires_at: Optional[str]
    types: Optional[List[str]]


class MadePlayground(TypedDict):
    expires_at: str
    token: str
    url: str


_Move = TypedDict("_Move", {
    "from": "str",
    "id": "str",
    "organization_id": "str",
    "pass": "int",
    "requested_at": "str",
    "rows": "int",
    "state": 'Literal["copying", "fenced", "switching", "switched", "finished", "cancelled"]',
    "to": "str",
})


class Move(_Move, total=False):
    finished_at: Optional[str]
    problem: Optional[str]
    unavailable_ms: Optional[int]


class _MoveList(TypedDict):
    has_more: bool
    moves: List[Move]


class MoveList(_MoveList, total=False):
    next_cursor: Optional[str]
    unreachable_cells: List[str]


class OldestDue(TypedDict):
    due_at: str
    endpoint_id: str


class _Organization(TypedDict):
    cell: str
    created_at: str
    id: str
    metadata: Dict[str, str]
    name: str
    rate_limit_per_minute: int
    state: Literal["active", "suspended", "erasing"]
    suspended: bool
    tier: str
    updated_at: str
    usage_today: UsageTotals


class Organization(_Organization, total=False):
    external_id: Optional[str]
    suspended_at: Optional[str]


class OrganizationBacklog(TypedDict):
    name: str
    open_deliveries: int
    organization_id: str


class _OrganizationBucket(TypedDict):
    delivered: int
    failed: int
    start: str


class OrganizationBucket(_OrganizationBucket, total=False):
    accepted: Optional[int]


class OrganizationChange(TypedDict, total=False):
    metadata: Optional[Dict[str, str]]
    name: Optional[str]
    suspended: Optional[bool]
    tier: Optional[str]


class _OrganizationKey(TypedDict):
    created_at: str
    id: str
    name: str
    prefix: str
    scopes: List[str]


class OrganizationKey(_OrganizationKey, total=False):
    endpoint_ids: Optional[List[str]]
    expires_at: Optional[str]
    last_used_at: Optional[str]
    rotated_at: Optional[str]
    types: Optional[List[str]]


class _OrganizationList(TypedDict):
    has_more: bool
    organizations: List[Organization]


class OrganizationList(_OrganizationList, total=False):
    next_cursor: Optional[str]
    unreachable_cells: List[str]


class _OrganizationStatistics(TypedDict):
    buckets: List[OrganizationBucket]
    delivered: int
    exhausted: int
    failed: int
    failing_endpoints: List[FailingEndpoint]
    range: str
    since: str


class OrganizationStatistics(_OrganizationStatistics, total=False):
    accepted: Optional[int]
    oldest_due: OldestDue


class OrganizationToErase(TypedDict):
    confirm_name: str
    organization_id: str


class _OrganizationToMake(TypedDict):
    name: str
    tier: str


class OrganizationToMake(_OrganizationToMake, total=False):
    external_id: Optional[str]
    metadata: Optional[Dict[str, str]]


class OrganizationToMove(TypedDict):
    organization_id: str
    to: str


class OrganizationUsage(TypedDict):
    organization_id: str
    totals: UsageTotals


class _Pagination(TypedDict):
    count: int
    has_more: bool
    limit: int
    offset: int


class Pagination(_Pagination, total=False):
    next_cursor: Optional[str]


class Playground(TypedDict):
    answer: PlaygroundAnswer
    created_at: str
    expires_at: str
    received: int
    token: str
    url: str


class _PlaygroundAnswer(TypedDict):
    delay_ms: int
    failure_percent: int
    hang: bool
    status: int


class PlaygroundAnswer(_PlaygroundAnswer, total=False):
    retry_after: Optional[int]


class PlaygroundAnswerRequest(TypedDict, total=False):
    delay_ms: Optional[int]
    failure_percent: Optional[int]
    hang: Optional[bool]
    retry_after: Optional[int]
    status: Optional[int]


class PlaygroundList(TypedDict):
    playgrounds: List[Playground]


class _PlaygroundRequest(TypedDict):
    at: str
    body: str
    body_bytes: int
    cut: bool
    delivery: bool
    headers: List[HeaderLine]
    id: int
    method: str
    target: str


class PlaygroundRequest(_PlaygroundRequest, total=False):
    response_status: Optional[int]


class _PlaygroundRequests(TypedDict):
    has_more: bool
    requests: List[PlaygroundRequest]


class PlaygroundRequests(_PlaygroundRequests, total=False):
    next_cursor: Optional[str]


class _PostedEvent(TypedDict):
    payload: Any
    type: str


class PostedEvent(_PostedEvent, total=False):
    dedup_id: Optional[str]
    deliver_at: Optional[str]


class PostedEvents(TypedDict):
    events: List[PostedEvent]


class _Problem(TypedDict):
    code: Literal["malformed_request", "validation_error", "unauthorized", "insufficient_scope", "organization_suspended", "tier_not_allowed", "not_found", "method_not_allowed", "not_acceptable", "request_timeout", "conflict", "public_url_not_set", "duplicate_event", "cursor_expired", "cursor_reset", "payload_too_large", "unsupported_media_type", "misdirected", "unprocessable", "rate_limit_exceeded", "too_many_streams", "headers_too_large", "internal_error", "service_unavailable", "cell_broke_off", "cell_unavailable", "cell_timeout", "cell_loop"]
    detail: str
    error: str
    message: str
    status: int
    title: str
    type: str


class Problem(_Problem, total=False):
    """A problem (RFC 9457), with members that clients of older versions read"""

    cell: str
    dedup_id: str
    errors: List[FieldError]
    id: str
    instance: str
    limit: int
    location: str
    missing: List[str]
    retry_after: int
    window: int


class _Recovery(TypedDict):
    endpoint_id: str
    id: str
    requested_at: str
    requeued: int
    since: str


class Recovery(_Recovery, total=False):
    finished_at: Optional[str]
    status: str


class RecoveryList(TypedDict):
    recoveries: List[Recovery]


class RecoveryRequest(TypedDict):
    since: str


class Redelivery(TypedDict):
    endpoint_ids: List[str]
    event_id: str
    id: str
    redelivered: int
    status: str


class _Replay(TypedDict):
    again: bool
    capped: bool
    filter: ReplayFilter
    id: str
    matching: int
    progress: float
    requested_at: str
    requeued: int
    since_clamped: bool
    skipped: int
    state: Literal["running", "finished", "cancelled"]


class Replay(_Replay, total=False):
    estimated_end: Optional[str]
    finished_at: Optional[str]
    rate_per_second: Optional[int]
    to_endpoint_id: Optional[str]


class ReplayDryRun(TypedDict):
    capped: bool
    matching: int
    sample: List[ReplaySample]
    since: str
    since_clamped: bool


class _ReplayFilter(TypedDict):
    outcome: Literal["failed", "delivered", "any"]
    since: str
    until: str


class ReplayFilter(_ReplayFilter, total=False):
    endpoint_id: Optional[str]
    error_code: Optional[str]
    type: Optional[str]


class _ReplayList(TypedDict):
    has_more: bool
    replays: List[Replay]


class ReplayList(_ReplayList, total=False):
    next_cursor: Optional[str]


class _ReplayRequest(TypedDict):
    filter: ReplayRequestFilter


class ReplayRequest(_ReplayRequest, total=False):
    again: Optional[bool]
    dry_run: Optional[bool]
    rate_per_second: Optional[int]
    to_endpoint_id: Optional[str]


class _ReplayRequestFilter(TypedDict):
    since: str


class ReplayRequestFilter(_ReplayRequestFilter, total=False):
    endpoint_id: Optional[str]
    error_code: Optional[str]
    outcome: Optional[Literal["failed", "delivered", "any"]]
    type: Optional[str]
    until: Optional[str]


class ReplaySample(TypedDict):
    created_at: str
    endpoint_id: str
    event_id: str
    type: str


class RotateWebhookSecretBody(TypedDict, total=False):
    revoke: bool


class RotatedKey(TypedDict):
    api_key: str
    message: str
    organization_id: str
    organization_name: str
    rotated_at: str
    warning: str


class RotationRequest(TypedDict, total=False):
    grace_period_seconds: Optional[int]


class _SearchPage(TypedDict):
    count: int
    events: List[InboxItem]
    has_more: bool
    limit: int


class SearchPage(_SearchPage, total=False):
    next_cursor: Optional[str]
    searched_until: Optional[str]


class Service(TypedDict):
    cell: str
    default_tier: str
    playground: bool
    registration: Literal["open", "default_tier", "closed"]
    version: str


class ServiceSecrets(TypedDict):
    api_key_salt: ApiKeySaltState
    webhook_secret: WebhookSecretState


class _ServiceStatistics(TypedDict):
    backlog: List[OrganizationBacklog]
    circuits_open: int
    days: List[KeptDay]
    instances: int
    open_deliveries: int
    organizations: int
    versions: List[str]


class ServiceStatistics(_ServiceStatistics, total=False):
    oldest_due_at: Optional[str]


class SessionExchange(TypedDict):
    token: str


class _SessionKey(TypedDict):
    api_key: str
    expires_at: str
    scopes: List[str]


class SessionKey(_SessionKey, total=False):
    return_url: Optional[str]


class SessionLink(TypedDict):
    expires_at: str
    token: str
    url: str


class SessionToMake(TypedDict, total=False):
    endpoint_ids: Optional[List[str]]
    expires_in: Optional[int]
    return_url: Optional[str]
    scopes: Optional[List[str]]
    types: Optional[List[str]]


class SetWebhookConfigBody(TypedDict, total=False):
    webhook_url: Optional[str]


class _Statistics(TypedDict):
    attempts: int
    buckets: List[StatisticsBucket]
    exhausted: int
    failures: int
    outcomes: List[StatisticsOutcome]
    range: str
    since: str
    successes: int


class Statistics(_Statistics, total=False):
    duration_p50_ms: Optional[int]
    duration_p95_ms: Optional[int]
    last_failure: LastFailure
    success_rate: Optional[float]


class _StatisticsBucket(TypedDict):
    failed: int
    start: str
    succeeded: int


class StatisticsBucket(_StatisticsBucket, total=False):
    p50_ms: Optional[int]
    p95_ms: Optional[int]


class _StatisticsOutcome(TypedDict):
    attempts: int
    last_at: str
    outcome: str


class StatisticsOutcome(_StatisticsOutcome, total=False):
    p50_ms: Optional[int]
    p95_ms: Optional[int]


class Status(TypedDict):
    status: str


class _StreamLine(TypedDict):
    kind: Literal["event.accepted", "event.acknowledged", "attempt.finished", "delivery.dead", "endpoint.changed", "stream.heartbeat", "stream.lagging", "stream.expired"]


class StreamLine(_StreamLine, total=False):
    cursor: Optional[str]
    data: Union[StreamedEvent, StreamedAcknowledgement, StreamedAttempt, StreamedDeadDelivery, StreamedEndpoint]


class StreamedAcknowledgement(TypedDict):
    acknowledged_at: str
    event_id: str
    event_type: str
    id: str
    type: str


class _StreamedAttempt(TypedDict):
    duration_ms: int
    endpoint_id: str
    event_id: str
    event_type: str
    number: int
    outcome: Literal["delivered", "retried", "failed"]
    started_at: str


class StreamedAttempt(_StreamedAttempt, total=False):
    error: Optional[str]
    error_code: Optional[str]
    next_attempt_at: Optional[str]
    response_status: Optional[int]


class _StreamedDeadDelivery(TypedDict):
    attempts: int
    endpoint_id: str
    event_id: str
    event_type: str
    failed_at: str


class StreamedDeadDelivery(_StreamedDeadDelivery, total=False):
    error_code: Optional[str]
    last_error: Optional[str]
    response_status: Optional[int]


class _StreamedEndpoint(TypedDict):
    deleted: bool
    enabled: bool
    endpoint_id: str
    health: StreamedEndpointHealth
    id: str
    updated_at: str


class StreamedEndpoint(_StreamedEndpoint, total=False):
    disabled_reason: Optional[str]


class _StreamedEndpointHealth(TypedDict):
    circuit: Literal["closed", "open", "half_open"]
    consecutive_failures: int


class StreamedEndpointHealth(_StreamedEndpointHealth, total=False):
    failing_since: Optional[str]
    held_until: Optional[str]
    open_until: Optional[str]


class _StreamedEvent(TypedDict):
    created_at: str
    event_id: str
    event_type: str
    id: str
    type: str


class StreamedEvent(_StreamedEvent, total=False):
    dedup_id: Optional[str]
    payload: Any


class _TestOutcome(TypedDict):
    duration_ms: int
    event_id: str
    success: bool
    type: str


class TestOutcome(_TestOutcome, total=False):
    error: Optional[str]
    error_code: Optional[str]
    response_body: Optional[str]
    response_status: Optional[int]


class _TimelineEntry(TypedDict):
    at: str
    what: Literal["accepted", "waiting", "queued", "attempt", "circuit_opened", "circuit_closed", "next_attempt", "dead", "cancelled", "expired", "redelivered", "acknowledged"]


class TimelineEntry(_TimelineEntry, total=False):
    duration_ms: Optional[int]
    endpoint_id: Optional[str]
    error_code: Optional[str]
    number: Optional[int]
    response_status: Optional[int]


Usage = TypedDict("Usage", {
    "from": "str",
    "step": "str",
    "steps": "List[UsageStep]",
    "to": "str",
    "totals": "UsageTotals",
})


_UsageList = TypedDict("_UsageList", {
    "from": "str",
    "has_more": "bool",
    "organizations": "List[OrganizationUsage]",
    "to": "str",
})


class UsageList(_UsageList, total=False):
    next_cursor: Optional[str]
    unreachable_cells: List[str]


class UsageStep(TypedDict):
    accepted: int
    attempts: int
    bytes: int
    dead: int
    delivered: int
    duplicates: int
    reads: int
    rejected: int
    start: str


class UsageTotals(TypedDict):
    accepted: int
    attempts: int
    bytes: int
    dead: int
    delivered: int
    duplicates: int
    reads: int
    rejected: int


class _Webhook(TypedDict):
    created_at: str
    enabled: bool
    event_types: List[str]
    headers: Dict[str, str]
    health: EndpointHealth
    id: str
    is_default: bool
    operations: bool
    ordered: bool
    organization_id: str
    signature: Literal["hmac-sha256", "ed25519"]
    updated_at: str
    url: str


class Webhook(_Webhook, total=False):
    description: Optional[str]
    disabled_reason: Optional[str]
    previous_secret_expires_at: Optional[str]
    public_key: Optional[str]
    rate_limit_per_second: Optional[int]
    retry_schedule: Optional[List[float]]
    secret: str


class WebhookChange(TypedDict, total=False):
    description: Optional[str]
    enabled: Optional[bool]
    event_types: Optional[List[str]]
    headers: Optional[Dict[str, str]]
    keep_credentials: Optional[bool]
    operations: Optional[bool]
    ordered: Optional[bool]
    rate_limit_per_second: Optional[int]
    retry_schedule: Optional[List[Any]]
    signature: Optional[Literal["hmac-sha256", "ed25519"]]
    url: str


class _WebhookConfig(TypedDict):
    message: str
    organization_id: str
    success: bool


class WebhookConfig(_WebhookConfig, total=False):
    disabled_reason: Optional[str]
    enabled: Optional[bool]
    health: EndpointHealth
    id: Optional[str]
    secret: str
    updated_at: Optional[str]
    url: Optional[str]
    webhook_url: Optional[str]


class _WebhookRequest(TypedDict):
    url: str


class WebhookRequest(_WebhookRequest, total=False):
    description: Optional[str]
    enabled: Optional[bool]
    event_types: Optional[List[str]]
    headers: Optional[Dict[str, str]]
    keep_credentials: Optional[bool]
    operations: Optional[bool]
    ordered: Optional[bool]
    rate_limit_per_second: Optional[int]
    retry_schedule: Optional[List[Any]]
    signature: Optional[Literal["hmac-sha256", "ed25519"]]


class _WebhookSecret(TypedDict):
    id: str
    secret: str
    signature: str
    updated_at: str


class WebhookSecret(_WebhookSecret, total=False):
    message: str
    previous_secret_expires_at: Optional[str]
    public_key: Optional[str]


class WebhookSecretState(TypedDict):
    endpoints_to_move: int
    values: int
