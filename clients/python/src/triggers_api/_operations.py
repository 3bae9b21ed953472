"""Made from the OpenAPI description by clients/generate: change neither by hand."""

from __future__ import annotations

from typing import Any, AsyncIterator, Dict, Iterator, List, Literal, Optional, Tuple, Union

from . import types

# operationId: method, path (taken apart at its parameters), when it may be repeated, whether it answers text, items of a page,
# whether the operator's token goes along
OPERATIONS: Dict[str, Tuple[str, Tuple[str, ...], str, bool, Optional[str], bool]] = {
    "acknowledgeEvent": ("POST", ("/api/ack/", "event_id", ""), "always", False, None, False),
    "acknowledgeEvents": ("POST", ("/api/ack",), "always", False, None, False),
    "acknowledgeInboxEvent": ("POST", ("/api/inbox/ack/", "event_id", ""), "always", False, None, False),
    "cancelMove": ("POST", ("/api/admin/moves/", "move_id", "/cancel"), "always", False, None, True),
    "cancelReplay": ("DELETE", ("/api/replays/", "replay_id", ""), "always", False, None, False),
    "changeKey": ("PATCH", ("/api/organization/keys/", "key_id", ""), "always", False, None, False),
    "changeOrganization": ("PATCH", ("/api/admin/organizations/", "organization_id", ""), "always", False, None, True),
    "changeWebhook": ("PATCH", ("/api/webhooks/", "endpoint_id", ""), "always", False, None, False),
    "createKey": ("POST", ("/api/organization/keys",), "unsent", False, None, False),
    "createOrganization": ("POST", ("/api/admin/organizations",), "unsent", False, None, True),
    "createOrganizationKey": ("POST", ("/api/admin/organizations/", "organization_id", "/keys"), "unsent", False, None, True),
    "createOrganizationSession": ("POST", ("/api/admin/organizations/", "organization_id", "/portal-sessions"), "unsent", False, None, True),
    "createPlayground": ("POST", ("/api/playground",), "unsent", False, None, False),
    "createReplay": ("POST", ("/api/replays",), "unsent", False, None, False),
    "createSession": ("POST", ("/api/portal/sessions",), "unsent", False, None, False),
    "createWebhook": ("POST", ("/api/webhooks",), "unsent", False, None, False),
    "deleteConsumer": ("DELETE", ("/api/consumers/", "name", ""), "always", False, None, False),
    "deleteKey": ("DELETE", ("/api/organization/keys/", "key_id", ""), "always", False, None, False),
    "deletePlayground": ("DELETE", ("/api/playground/", "token", ""), "always", False, None, False),
    "deleteWebhook": ("DELETE", ("/api/webhooks/", "endpoint_id", ""), "always", False, None, False),
    "endSessions": ("DELETE", ("/api/portal/sessions",), "always", False, None, False),
    "eraseOrganization": ("POST", ("/api/admin/erasures",), "always", False, None, True),
    "exchangeSession": ("POST", ("/api/portal/sessions/exchange",), "unsent", False, None, False),
    "extendLease": ("POST", ("/api/inbox/extend",), "always", False, None, False),
    "generateKey": ("POST", ("/api/keys/generate",), "unsent", False, None, True),
    "getAttempt": ("GET", ("/api/attempts/", "event_id", "/", "endpoint_id", "/", "number", ""), "always", False, None, False),
    "getConsumer": ("GET", ("/api/consumers/", "name", ""), "always", False, None, False),
    "getErasure": ("GET", ("/api/admin/erasures/", "erasure_id", ""), "always", False, None, True),
    "getEvent": ("GET", ("/api/events/", "event_id", ""), "always", False, None, False),
    "getKey": ("GET", ("/api/keys",), "always", False, None, False),
    "getMove": ("GET", ("/api/admin/moves/", "move_id", ""), "always", False, None, True),
    "getOrganization": ("GET", ("/api/admin/organizations/", "organization_id", ""), "always", False, None, True),
    "getOrganizationKey": ("GET", ("/api/organization/keys/", "key_id", ""), "always", False, None, False),
    "getOrganizationStatistics": ("GET", ("/api/statistics",), "always", False, None, False),
    "getReplay": ("GET", ("/api/replays/", "replay_id", ""), "always", False, None, False),
    "getService": ("GET", ("/api/service",), "always", False, None, False),
    "getServiceSecrets": ("GET", ("/api/admin/secrets",), "always", False, None, True),
    "getServiceStatistics": ("GET", ("/api/admin/stats",), "always", False, None, True),
    "getStatistics": ("GET", ("/api/webhooks/", "endpoint_id", "/statistics"), "always", False, None, False),
    "getUsage": ("GET", ("/api/usage",), "always", False, None, False),
    "getWebhook": ("GET", ("/api/webhooks/", "endpoint_id", ""), "always", False, None, False),
    "getWebhookConfig": ("GET", ("/api/webhook/config",), "always", False, None, False),
    "getWebhookSecret": ("GET", ("/api/webhooks/", "endpoint_id", "/secret"), "always", False, None, False),
    "health": ("GET", ("/health",), "always", False, None, False),
    "lease": ("POST", ("/api/inbox/lease",), "always", False, None, False),
    "listAllAttempts": ("GET", ("/api/attempts",), "always", False, "attempts", False),
    "listAttempts": ("GET", ("/api/webhooks/", "endpoint_id", "/attempts"), "always", False, "attempts", False),
    "listAudit": ("GET", ("/api/audit",), "always", False, "entries", False),
    "listConsumers": ("GET", ("/api/consumers",), "always", False, None, False),
    "listErasures": ("GET", ("/api/admin/erasures",), "always", False, "erasures", True),
    "listEventTypes": ("GET", ("/api/event-types",), "always", False, "event_types", False),
    "listInbox": ("GET", ("/api/inbox",), "always", False, "events", False),
    "listKeys": ("GET", ("/api/organization/keys",), "always", False, None, False),
    "listLeases": ("GET", ("/api/inbox/leases",), "always", False, "leases", False),
    "listMoves": ("GET", ("/api/admin/moves",), "always", False, "moves", True),
    "listOrganizations": ("GET", ("/api/admin/organizations",), "always", False, "organizations", True),
    "listPlaygroundRequests": ("GET", ("/api/playground/", "token", "/requests"), "always", False, "requests", False),
    "listPlaygrounds": ("GET", ("/api/playground",), "always", False, None, False),
    "listRecoveries": ("GET", ("/api/webhooks/", "endpoint_id", "/recover"), "always", False, None, False),
    "listReplays": ("GET", ("/api/replays",), "always", False, "replays", False),
    "listServiceAudit": ("GET", ("/api/admin/audit",), "always", False, "entries", True),
    "listUsage": ("GET", ("/api/admin/usage",), "always", False, "organizations", True),
    "listWebhooks": ("GET", ("/api/webhooks",), "always", False, "webhooks", False),
    "live": ("GET", ("/health/live",), "always", False, None, False),
    "metrics": ("GET", ("/metrics",), "always", True, None, False),
    "moveOrganization": ("POST", ("/api/admin/moves",), "always", False, None, True),
    "openStream": ("GET", ("/api/stream",), "always", True, None, False),
    "postEvent": ("POST", ("/api/events",), "dedup", False, None, False),
    "postEvents": ("POST", ("/api/events/batch",), "dedup", False, None, False),
    "putConsumer": ("PUT", ("/api/consumers/", "name", ""), "compared", False, None, False),
    "readLog": ("GET", ("/api/events",), "always", False, "events", False),
    "ready": ("GET", ("/health/ready",), "always", False, None, False),
    "recoverWebhook": ("POST", ("/api/webhooks/", "endpoint_id", "/recover"), "unsent", False, None, False),
    "redeliverEvent": ("POST", ("/api/events/", "event_id", "/redeliver"), "always", False, None, False),
    "releaseLease": ("POST", ("/api/inbox/release",), "always", False, None, False),
    "rotateKey": ("POST", ("/api/keys/rotate",), "unsent", False, None, False),
    "rotateWebhookSecret": ("POST", ("/api/webhooks/", "endpoint_id", "/secret/rotate"), "unsent", False, None, False),
    "searchEvents": ("GET", ("/api/events/search",), "always", False, "events", False),
    "setPlaygroundAnswer": ("PUT", ("/api/playground/", "token", "/answer"), "always", False, None, False),
    "setWebhookConfig": ("POST", ("/api/webhook/config",), "always", False, None, False),
    "testWebhook": ("POST", ("/api/webhooks/", "endpoint_id", "/test"), "unsent", False, None, False),
    "tryFilters": ("POST", ("/api/filters/try",), "always", False, None, False),
}


class Operations:
    """Every operation of the service, by the name that the OpenAPI description gives it."""

    def operation(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None, body: Any = None) -> Any:
        raise NotImplementedError

    def each(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None) -> Iterator[Any]:
        raise NotImplementedError

    def acknowledge_event(self, event_id: str) -> types.Acknowledgement:
        """Acknowledge an event: `POST /api/ack/{event_id}`"""
        return self.operation("acknowledgeEvent", (event_id,), None)  # type: ignore[no-any-return]

    def acknowledge_events(self, body: types.AcknowledgementBatch) -> types.AcknowledgementResults:
        """Acknowledge up to 1,000 events: `POST /api/ack`"""
        return self.operation("acknowledgeEvents", (), None, body)  # type: ignore[no-any-return]

    def acknowledge_inbox_event(self, event_id: str) -> types.Acknowledgement:
        """Acknowledge an event: `POST /api/inbox/ack/{event_id}`"""
        return self.operation("acknowledgeInboxEvent", (event_id,), None)  # type: ignore[no-any-return]

    def cancel_move(self, move_id: str) -> types.Move:
        """Call a move off: `POST /api/admin/moves/{move_id}/cancel`"""
        return self.operation("cancelMove", (move_id,), None)  # type: ignore[no-any-return]

    def cancel_replay(self, replay_id: str) -> types.Replay:
        """Cancel a replay: `DELETE /api/replays/{replay_id}`"""
        return self.operation("cancelReplay", (replay_id,), None)  # type: ignore[no-any-return]

    def change_key(self, key_id: str, body: types.KeyChange) -> types.OrganizationKey:
        """Change a key's name or scopes: `PATCH /api/organization/keys/{key_id}`"""
        return self.operation("changeKey", (key_id,), None, body)  # type: ignore[no-any-return]

    def change_organization(self, organization_id: str, body: types.OrganizationChange) -> types.Organization:
        """Change or suspend an organization: `PATCH /api/admin/organizations/{organization_id}`"""
        return self.operation("changeOrganization", (organization_id,), None, body)  # type: ignore[no-any-return]

    def change_webhook(self, endpoint_id: str, body: types.WebhookChange) -> types.Webhook:
        """Change an endpoint: `PATCH /api/webhooks/{endpoint_id}`"""
        return self.operation("changeWebhook", (endpoint_id,), None, body)  # type: ignore[no-any-return]

    def create_key(self, body: types.KeyToMake) -> types.MadeKey:
        """Make another key: `POST /api/organization/keys`"""
        return self.operation("createKey", (), None, body)  # type: ignore[no-any-return]

    def create_organization(self, body: types.OrganizationToMake) -> types.Organization:
        """Make an organization: `POST /api/admin/organizations`"""
        return self.operation("createOrganization", (), None, body)  # type: ignore[no-any-return]

    def create_organization_key(self, organization_id: str, body: types.KeyToMake) -> types.MadeKey:
        """Make a key of an organization: `POST /api/admin/organizations/{organization_id}/keys`"""
        return self.operation("createOrganizationKey", (organization_id,), None, body)  # type: ignore[no-any-return]

    def create_organization_session(self, organization_id: str, body: Optional[types.SessionToMake] = None) -> types.SessionLink:
        """Make a link to an organization's portal: `POST /api/admin/organizations/{organization_id}/portal-sessions`"""
        return self.operation("createOrganizationSession", (organization_id,), None, body)  # type: ignore[no-any-return]

    def create_playground(self) -> types.MadePlayground:
        """Make a receiver for a try: `POST /api/playground`"""
        return self.operation("createPlayground", (), None)  # type: ignore[no-any-return]

    def create_replay(self, body: types.ReplayRequest) -> types.CreateReplayAnswer:
        """Replay deliveries: `POST /api/replays`"""
        return self.operation("createReplay", (), None, body)  # type: ignore[no-any-return]

    def create_session(self, body: Optional[types.SessionToMake] = None) -> types.SessionLink:
        """Make a link to the portal: `POST /api/portal/sessions`"""
        return self.operation("createSession", (), None, body)  # type: ignore[no-any-return]

    def create_webhook(self, body: types.WebhookRequest) -> types.Webhook:
        """Register an endpoint: `POST /api/webhooks`"""
        return self.operation("createWebhook", (), None, body)  # type: ignore[no-any-return]

    def delete_consumer(self, name: str) -> None:
        """Forget a position: `DELETE /api/consumers/{name}`"""
        self.operation("deleteConsumer", (name,), None)

    def delete_key(self, key_id: str) -> None:
        """End a key at once: `DELETE /api/organization/keys/{key_id}`"""
        self.operation("deleteKey", (key_id,), None)

    def delete_playground(self, token: str) -> None:
        """End a receiver for a try: `DELETE /api/playground/{token}`"""
        self.operation("deletePlayground", (token,), None)

    def delete_webhook(self, endpoint_id: str) -> None:
        """Delete an endpoint: `DELETE /api/webhooks/{endpoint_id}`"""
        self.operation("deleteWebhook", (endpoint_id,), None)

    def end_sessions(self) -> None:
        """End all sessions: `DELETE /api/portal/sessions`"""
        self.operation("endSessions", (), None)

    def erase_organization(self, body: types.OrganizationToErase) -> types.Erasure:
        """Erase an organization: `POST /api/admin/erasures`"""
        return self.operation("eraseOrganization", (), None, body)  # type: ignore[no-any-return]

    def exchange_session(self, body: types.SessionExchange) -> types.SessionKey:
        """Exchange a link's token for a session's key: `POST /api/portal/sessions/exchange`"""
        return self.operation("exchangeSession", (), None, body)  # type: ignore[no-any-return]

    def extend_lease(self, body: types.LeaseExtension) -> types.Lease:
        """Extend a lease: `POST /api/inbox/extend`"""
        return self.operation("extendLease", (), None, body)  # type: ignore[no-any-return]

    def generate_key(self, body: types.KeyRequest) -> types.GeneratedKey:
        """Create an organization and its API key: `POST /api/keys/generate`"""
        return self.operation("generateKey", (), None, body)  # type: ignore[no-any-return]

    def get_attempt(self, event_id: str, endpoint_id: str, number: str) -> types.AttemptInFull:
        """Show an attempt in full: `GET /api/attempts/{event_id}/{endpoint_id}/{number}`"""
        return self.operation("getAttempt", (event_id, endpoint_id, number), None)  # type: ignore[no-any-return]

    def get_consumer(self, name: str) -> types.Consumer:
        """Show a position that is kept: `GET /api/consumers/{name}`"""
        return self.operation("getConsumer", (name,), None)  # type: ignore[no-any-return]

    def get_erasure(self, erasure_id: str) -> types.Erasure:
        """Show how far an erasure is: `GET /api/admin/erasures/{erasure_id}`"""
        return self.operation("getErasure", (erasure_id,), None)  # type: ignore[no-any-return]

    def get_event(self, event_id: str) -> types.Event:
        """Show an event: `GET /api/events/{event_id}`"""
        return self.operation("getEvent", (event_id,), None)  # type: ignore[no-any-return]

    def get_key(self) -> types.Key:
        """Show the organization and the public prefix of its key: `GET /api/keys`"""
        return self.operation("getKey", (), None)  # type: ignore[no-any-return]

    def get_move(self, move_id: str) -> types.Move:
        """Show how far a move is: `GET /api/admin/moves/{move_id}`"""
        return self.operation("getMove", (move_id,), None)  # type: ignore[no-any-return]

    def get_organization(self, organization_id: str) -> types.Organization:
        """Show an organization: `GET /api/admin/organizations/{organization_id}`"""
        return self.operation("getOrganization", (organization_id,), None)  # type: ignore[no-any-return]

    def get_organization_key(self, key_id: str) -> types.OrganizationKey:
        """Show one of the organization's keys: `GET /api/organization/keys/{key_id}`"""
        return self.operation("getOrganizationKey", (key_id,), None)  # type: ignore[no-any-return]

    def get_organization_statistics(self, *, range: Optional[Literal["1h", "24h", "7d", "30d"]] = None) -> types.OrganizationStatistics:
        """Figures of the organization: `GET /api/statistics`"""
        return self.operation("getOrganizationStatistics", (), {"range": range})  # type: ignore[no-any-return]

    def get_replay(self, replay_id: str) -> types.Replay:
        """How a replay goes: `GET /api/replays/{replay_id}`"""
        return self.operation("getReplay", (replay_id,), None)  # type: ignore[no-any-return]

    def get_service(self) -> types.Service:
        """Tell what this service is: `GET /api/service`"""
        return self.operation("getService", (), None)  # type: ignore[no-any-return]

    def get_service_secrets(self) -> types.ServiceSecrets:
        """How far a change of the service's secrets is: `GET /api/admin/secrets`"""
        return self.operation("getServiceSecrets", (), None)  # type: ignore[no-any-return]

    def get_service_statistics(self) -> types.ServiceStatistics:
        """Figures of the whole service: `GET /api/admin/stats`"""
        return self.operation("getServiceStatistics", (), None)  # type: ignore[no-any-return]

    def get_statistics(self, endpoint_id: str, *, range: Optional[Literal["1h", "24h", "7d", "30d"]] = None) -> types.Statistics:
        """Figures of an endpoint's attempts: `GET /api/webhooks/{endpoint_id}/statistics`"""
        return self.operation("getStatistics", (endpoint_id,), {"range": range})  # type: ignore[no-any-return]

    def get_usage(self, *, from_: Optional[str] = None, to: Optional[str] = None, step: Optional[Literal["hour", "day"]] = None) -> types.Usage:
        """What the organization uses: `GET /api/usage`"""
        return self.operation("getUsage", (), {"from": from_, "to": to, "step": step})  # type: ignore[no-any-return]

    def get_webhook(self, endpoint_id: str) -> types.Webhook:
        """Show an endpoint and its health: `GET /api/webhooks/{endpoint_id}`"""
        return self.operation("getWebhook", (endpoint_id,), None)  # type: ignore[no-any-return]

    def get_webhook_config(self) -> types.WebhookConfig:
        """Show the default endpoint: `GET /api/webhook/config`"""
        return self.operation("getWebhookConfig", (), None)  # type: ignore[no-any-return]

    def get_webhook_secret(self, endpoint_id: str) -> types.WebhookSecret:
        """Show an endpoint's secret: `GET /api/webhooks/{endpoint_id}/secret`"""
        return self.operation("getWebhookSecret", (endpoint_id,), None)  # type: ignore[no-any-return]

    def health(self) -> types.Health:
        """Tell that the service runs: `GET /health`"""
        return self.operation("health", (), None)  # type: ignore[no-any-return]

    def lease(self, body: Optional[types.LeaseRequest] = None) -> types.LeasedEvents:
        """Lease events: `POST /api/inbox/lease`"""
        return self.operation("lease", (), None, body)  # type: ignore[no-any-return]

    def list_all_attempts(self, *, endpoint_id: Optional[str] = None, event_id: Optional[str] = None, type: Optional[str] = None, outcome: Optional[Literal["all", "succeeded", "failed", "retrying", "dead"]] = None, status: Optional[str] = None, error_code: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.AttemptPage:
        """List attempts: `GET /api/attempts`"""
        return self.operation("listAllAttempts", (), {"endpoint_id": endpoint_id, "event_id": event_id, "type": type, "outcome": outcome, "status": status, "error_code": error_code, "since": since, "until": until, "cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_all_attempts(self, *, endpoint_id: Optional[str] = None, event_id: Optional[str] = None, type: Optional[str] = None, outcome: Optional[Literal["all", "succeeded", "failed", "retrying", "dead"]] = None, status: Optional[str] = None, error_code: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> Iterator[types.Attempt]:
        """The items of all pages of `list_all_attempts`"""
        return self.each("listAllAttempts", (), {"endpoint_id": endpoint_id, "event_id": event_id, "type": type, "outcome": outcome, "status": status, "error_code": error_code, "since": since, "until": until, "cursor": cursor, "limit": limit})

    def list_attempts(self, endpoint_id: str, *, outcome: Optional[Literal["all", "delivered", "retried", "failed"]] = None, since: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.EndpointAttemptPage:
        """Attempts of an endpoint: `GET /api/webhooks/{endpoint_id}/attempts`"""
        return self.operation("listAttempts", (endpoint_id,), {"outcome": outcome, "since": since, "cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_attempts(self, endpoint_id: str, *, outcome: Optional[Literal["all", "delivered", "retried", "failed"]] = None, since: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> Iterator[types.EndpointAttempt]:
        """The items of all pages of `list_attempts`"""
        return self.each("listAttempts", (endpoint_id,), {"outcome": outcome, "since": since, "cursor": cursor, "limit": limit})

    def list_audit(self, *, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.AuditPage:
        """Who changed what: `GET /api/audit`"""
        return self.operation("listAudit", (), {"action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_audit(self, *, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.AuditEntry]:
        """The items of all pages of `list_audit`"""
        return self.each("listAudit", (), {"action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})

    def list_consumers(self) -> types.ConsumerList:
        """List the positions that are kept: `GET /api/consumers`"""
        return self.operation("listConsumers", (), None)  # type: ignore[no-any-return]

    def list_erasures(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.ErasureList:
        """List erasures: `GET /api/admin/erasures`"""
        return self.operation("listErasures", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_erasures(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.Erasure]:
        """The items of all pages of `list_erasures`"""
        return self.each("listErasures", (), {"limit": limit, "cursor": cursor})

    def list_event_types(self, *, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.EventTypePage:
        """List the types of events that were seen: `GET /api/event-types`"""
        return self.operation("listEventTypes", (), {"cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_event_types(self, *, cursor: Optional[str] = None, limit: Optional[int] = None) -> Iterator[types.EventType]:
        """The items of all pages of `list_event_types`"""
        return self.each("listEventTypes", (), {"cursor": cursor, "limit": limit})

    def list_inbox(self, *, status: Optional[Literal["pending", "retrying", "delivered", "acknowledged", "failed", "dead_letter", "all"]] = None, type: Optional[str] = None, order: Optional[Literal["desc", "asc"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None, offset: Optional[int] = None, wait: Optional[int] = None, min_receives: Optional[int] = None) -> types.InboxPage:
        """List events: `GET /api/inbox`"""
        return self.operation("listInbox", (), {"status": status, "type": type, "order": order, "limit": limit, "cursor": cursor, "offset": offset, "wait": wait, "min_receives": min_receives})  # type: ignore[no-any-return]

    def each_inbox(self, *, status: Optional[Literal["pending", "retrying", "delivered", "acknowledged", "failed", "dead_letter", "all"]] = None, type: Optional[str] = None, order: Optional[Literal["desc", "asc"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None, offset: Optional[int] = None, wait: Optional[int] = None, min_receives: Optional[int] = None) -> Iterator[types.InboxItem]:
        """The items of all pages of `list_inbox`"""
        return self.each("listInbox", (), {"status": status, "type": type, "order": order, "limit": limit, "cursor": cursor, "offset": offset, "wait": wait, "min_receives": min_receives})

    def list_keys(self) -> types.KeyList:
        """List the organization's keys: `GET /api/organization/keys`"""
        return self.operation("listKeys", (), None)  # type: ignore[no-any-return]

    def list_leases(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.LeaseList:
        """List the leases that have not ended: `GET /api/inbox/leases`"""
        return self.operation("listLeases", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_leases(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.Lease]:
        """The items of all pages of `list_leases`"""
        return self.each("listLeases", (), {"limit": limit, "cursor": cursor})

    def list_moves(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.MoveList:
        """List moves: `GET /api/admin/moves`"""
        return self.operation("listMoves", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_moves(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.Move]:
        """The items of all pages of `list_moves`"""
        return self.each("listMoves", (), {"limit": limit, "cursor": cursor})

    def list_organizations(self, *, q: Optional[str] = None, external_id: Optional[str] = None, tier: Optional[str] = None, state: Optional[Literal["active", "suspended", "erasing"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.OrganizationList:
        """List organizations: `GET /api/admin/organizations`"""
        return self.operation("listOrganizations", (), {"q": q, "external_id": external_id, "tier": tier, "state": state, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_organizations(self, *, q: Optional[str] = None, external_id: Optional[str] = None, tier: Optional[str] = None, state: Optional[Literal["active", "suspended", "erasing"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.Organization]:
        """The items of all pages of `list_organizations`"""
        return self.each("listOrganizations", (), {"q": q, "external_id": external_id, "tier": tier, "state": state, "limit": limit, "cursor": cursor})

    def list_playground_requests(self, token: str, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.PlaygroundRequests:
        """Show what a receiver took: `GET /api/playground/{token}/requests`"""
        return self.operation("listPlaygroundRequests", (token,), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_playground_requests(self, token: str, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.PlaygroundRequest]:
        """The items of all pages of `list_playground_requests`"""
        return self.each("listPlaygroundRequests", (token,), {"limit": limit, "cursor": cursor})

    def list_playgrounds(self) -> types.PlaygroundList:
        """List the receivers for a try: `GET /api/playground`"""
        return self.operation("listPlaygrounds", (), None)  # type: ignore[no-any-return]

    def list_recoveries(self, endpoint_id: str) -> types.RecoveryList:
        """How the recoveries of an endpoint go: `GET /api/webhooks/{endpoint_id}/recover`"""
        return self.operation("listRecoveries", (endpoint_id,), None)  # type: ignore[no-any-return]

    def list_replays(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.ReplayList:
        """List replays: `GET /api/replays`"""
        return self.operation("listReplays", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_replays(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.Replay]:
        """The items of all pages of `list_replays`"""
        return self.each("listReplays", (), {"limit": limit, "cursor": cursor})

    def list_service_audit(self, *, organization_id: Optional[str] = None, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.AuditPage:
        """Who changed what, of all organizations: `GET /api/admin/audit`"""
        return self.operation("listServiceAudit", (), {"organization_id": organization_id, "action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_service_audit(self, *, organization_id: Optional[str] = None, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.AuditEntry]:
        """The items of all pages of `list_service_audit`"""
        return self.each("listServiceAudit", (), {"organization_id": organization_id, "action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})

    def list_usage(self, *, from_: Optional[str] = None, to: Optional[str] = None, step: Optional[Literal["hour", "day"]] = None, organization_id: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.UsageList:
        """What the organizations use: `GET /api/admin/usage`"""
        return self.operation("listUsage", (), {"from": from_, "to": to, "step": step, "organization_id": organization_id, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_usage(self, *, from_: Optional[str] = None, to: Optional[str] = None, step: Optional[Literal["hour", "day"]] = None, organization_id: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.OrganizationUsage]:
        """The items of all pages of `list_usage`"""
        return self.each("listUsage", (), {"from": from_, "to": to, "step": step, "organization_id": organization_id, "limit": limit, "cursor": cursor})

    def list_webhooks(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.EndpointList:
        """List endpoints: `GET /api/webhooks`"""
        return self.operation("listWebhooks", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_webhooks(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[types.Webhook]:
        """The items of all pages of `list_webhooks`"""
        return self.each("listWebhooks", (), {"limit": limit, "cursor": cursor})

    def live(self) -> types.Status:
        """Tell that the process lives: `GET /health/live`"""
        return self.operation("live", (), None)  # type: ignore[no-any-return]

    def metrics(self) -> str:
        """Show the metrics: `GET /metrics`"""
        return self.operation("metrics", (), None)  # type: ignore[no-any-return]

    def move_organization(self, body: types.OrganizationToMove) -> types.Move:
        """Move an organization to another cell: `POST /api/admin/moves`"""
        return self.operation("moveOrganization", (), None, body)  # type: ignore[no-any-return]

    def post_event(self, body: types.PostedEvent) -> types.AcceptedEvent:
        """Post an event: `POST /api/events`"""
        return self.operation("postEvent", (), None, body)  # type: ignore[no-any-return]

    def post_events(self, body: types.PostedEvents) -> types.BatchAnswer:
        """Post many events: `POST /api/events/batch`"""
        return self.operation("postEvents", (), None, body)  # type: ignore[no-any-return]

    def put_consumer(self, name: str, body: types.ConsumerPosition) -> types.Consumer:
        """Keep a position: `PUT /api/consumers/{name}`"""
        return self.operation("putConsumer", (name,), None, body)  # type: ignore[no-any-return]

    def read_log(self, *, cursor: Optional[str] = None, from_: Optional[str] = None, type: Optional[str] = None, limit: Optional[int] = None, wait: Optional[int] = None, fields: Optional[Literal["all", "summary"]] = None) -> types.LogPage:
        """Read the log: `GET /api/events`"""
        return self.operation("readLog", (), {"cursor": cursor, "from": from_, "type": type, "limit": limit, "wait": wait, "fields": fields})  # type: ignore[no-any-return]

    def each_log(self, *, cursor: Optional[str] = None, from_: Optional[str] = None, type: Optional[str] = None, limit: Optional[int] = None, wait: Optional[int] = None, fields: Optional[Literal["all", "summary"]] = None) -> Iterator[types.InboxItem]:
        """The items of all pages of `read_log`"""
        return self.each("readLog", (), {"cursor": cursor, "from": from_, "type": type, "limit": limit, "wait": wait, "fields": fields})

    def ready(self) -> types.Status:
        """Tell whether to send requests here: `GET /health/ready`"""
        return self.operation("ready", (), None)  # type: ignore[no-any-return]

    def recover_webhook(self, endpoint_id: str, body: types.RecoveryRequest) -> types.Recovery:
        """Requeue all failed deliveries of an endpoint: `POST /api/webhooks/{endpoint_id}/recover`"""
        return self.operation("recoverWebhook", (endpoint_id,), None, body)  # type: ignore[no-any-return]

    def redeliver_event(self, event_id: str) -> types.Redelivery:
        """Deliver an event again: `POST /api/events/{event_id}/redeliver`"""
        return self.operation("redeliverEvent", (event_id,), None)  # type: ignore[no-any-return]

    def release_lease(self, body: types.LeaseRelease) -> types.LeaseReleased:
        """Release a lease, or some events: `POST /api/inbox/release`"""
        return self.operation("releaseLease", (), None, body)  # type: ignore[no-any-return]

    def rotate_key(self, body: Optional[types.RotationRequest] = None) -> types.RotatedKey:
        """Replace the API key: `POST /api/keys/rotate`"""
        return self.operation("rotateKey", (), None, body)  # type: ignore[no-any-return]

    def rotate_webhook_secret(self, endpoint_id: str, body: Optional[types.RotateWebhookSecretBody] = None) -> types.WebhookSecret:
        """Replace an endpoint's secret: `POST /api/webhooks/{endpoint_id}/secret/rotate`"""
        return self.operation("rotateWebhookSecret", (endpoint_id,), None, body)  # type: ignore[no-any-return]

    def search_events(self, *, q: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.SearchPage:
        """Search events: `GET /api/events/search`"""
        return self.operation("searchEvents", (), {"q": q, "cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_events(self, *, q: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> Iterator[types.InboxItem]:
        """The items of all pages of `search_events`"""
        return self.each("searchEvents", (), {"q": q, "cursor": cursor, "limit": limit})

    def set_playground_answer(self, token: str, body: types.PlaygroundAnswerRequest) -> types.PlaygroundAnswer:
        """Say what a receiver answers: `PUT /api/playground/{token}/answer`"""
        return self.operation("setPlaygroundAnswer", (token,), None, body)  # type: ignore[no-any-return]

    def set_webhook_config(self, body: types.SetWebhookConfigBody) -> types.WebhookConfig:
        """Set or remove the default endpoint: `POST /api/webhook/config`"""
        return self.operation("setWebhookConfig", (), None, body)  # type: ignore[no-any-return]

    def test_webhook(self, endpoint_id: str) -> types.TestOutcome:
        """Try an endpoint out: `POST /api/webhooks/{endpoint_id}/test`"""
        return self.operation("testWebhook", (endpoint_id,), None)  # type: ignore[no-any-return]

    def try_filters(self, body: types.FilterTrial) -> types.FilterTrialPage:
        """Try filters out: `POST /api/filters/try`"""
        return self.operation("tryFilters", (), None, body)  # type: ignore[no-any-return]


class AsyncOperations:
    """Every operation of the service, by the name that the OpenAPI description gives it."""

    async def operation(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None, body: Any = None) -> Any:
        raise NotImplementedError

    def each(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None) -> AsyncIterator[Any]:
        raise NotImplementedError

    async def acknowledge_event(self, event_id: str) -> types.Acknowledgement:
        """Acknowledge an event: `POST /api/ack/{event_id}`"""
        return await self.operation("acknowledgeEvent", (event_id,), None)  # type: ignore[no-any-return]

    async def acknowledge_events(self, body: types.AcknowledgementBatch) -> types.AcknowledgementResults:
        """Acknowledge up to 1,000 events: `POST /api/ack`"""
        return await self.operation("acknowledgeEvents", (), None, body)  # type: ignore[no-any-return]

    async def acknowledge_inbox_event(self, event_id: str) -> types.Acknowledgement:
        """Acknowledge an event: `POST /api/inbox/ack/{event_id}`"""
        return await self.operation("acknowledgeInboxEvent", (event_id,), None)  # type: ignore[no-any-return]

    async def cancel_move(self, move_id: str) -> types.Move:
        """Call a move off: `POST /api/admin/moves/{move_id}/cancel`"""
        return await self.operation("cancelMove", (move_id,), None)  # type: ignore[no-any-return]

    async def cancel_replay(self, replay_id: str) -> types.Replay:
        """Cancel a replay: `DELETE /api/replays/{replay_id}`"""
        return await self.operation("cancelReplay", (replay_id,), None)  # type: ignore[no-any-return]

    async def change_key(self, key_id: str, body: types.KeyChange) -> types.OrganizationKey:
        """Change a key's name or scopes: `PATCH /api/organization/keys/{key_id}`"""
        return await self.operation("changeKey", (key_id,), None, body)  # type: ignore[no-any-return]

    async def change_organization(self, organization_id: str, body: types.OrganizationChange) -> types.Organization:
        """Change or suspend an organization: `PATCH /api/admin/organizations/{organization_id}`"""
        return await self.operation("changeOrganization", (organization_id,), None, body)  # type: ignore[no-any-return]

    async def change_webhook(self, endpoint_id: str, body: types.WebhookChange) -> types.Webhook:
        """Change an endpoint: `PATCH /api/webhooks/{endpoint_id}`"""
        return await self.operation("changeWebhook", (endpoint_id,), None, body)  # type: ignore[no-any-return]

    async def create_key(self, body: types.KeyToMake) -> types.MadeKey:
        """Make another key: `POST /api/organization/keys`"""
        return await self.operation("createKey", (), None, body)  # type: ignore[no-any-return]

    async def create_organization(self, body: types.OrganizationToMake) -> types.Organization:
        """Make an organization: `POST /api/admin/organizations`"""
        return await self.operation("createOrganization", (), None, body)  # type: ignore[no-any-return]

    async def create_organization_key(self, organization_id: str, body: types.KeyToMake) -> types.MadeKey:
        """Make a key of an organization: `POST /api/admin/organizations/{organization_id}/keys`"""
        return await self.operation("createOrganizationKey", (organization_id,), None, body)  # type: ignore[no-any-return]

    async def create_organization_session(self, organization_id: str, body: Optional[types.SessionToMake] = None) -> types.SessionLink:
        """Make a link to an organization's portal: `POST /api/admin/organizations/{organization_id}/portal-sessions`"""
        return await self.operation("createOrganizationSession", (organization_id,), None, body)  # type: ignore[no-any-return]

    async def create_playground(self) -> types.MadePlayground:
        """Make a receiver for a try: `POST /api/playground`"""
        return await self.operation("createPlayground", (), None)  # type: ignore[no-any-return]

    async def create_replay(self, body: types.ReplayRequest) -> types.CreateReplayAnswer:
        """Replay deliveries: `POST /api/replays`"""
        return await self.operation("createReplay", (), None, body)  # type: ignore[no-any-return]

    async def create_session(self, body: Optional[types.SessionToMake] = None) -> types.SessionLink:
        """Make a link to the portal: `POST /api/portal/sessions`"""
        return await self.operation("createSession", (), None, body)  # type: ignore[no-any-return]

    async def create_webhook(self, body: types.WebhookRequest) -> types.Webhook:
        """Register an endpoint: `POST /api/webhooks`"""
        return await self.operation("createWebhook", (), None, body)  # type: ignore[no-any-return]

    async def delete_consumer(self, name: str) -> None:
        """Forget a position: `DELETE /api/consumers/{name}`"""
        await self.operation("deleteConsumer", (name,), None)

    async def delete_key(self, key_id: str) -> None:
        """End a key at once: `DELETE /api/organization/keys/{key_id}`"""
        await self.operation("deleteKey", (key_id,), None)

    async def delete_playground(self, token: str) -> None:
        """End a receiver for a try: `DELETE /api/playground/{token}`"""
        await self.operation("deletePlayground", (token,), None)

    async def delete_webhook(self, endpoint_id: str) -> None:
        """Delete an endpoint: `DELETE /api/webhooks/{endpoint_id}`"""
        await self.operation("deleteWebhook", (endpoint_id,), None)

    async def end_sessions(self) -> None:
        """End all sessions: `DELETE /api/portal/sessions`"""
        await self.operation("endSessions", (), None)

    async def erase_organization(self, body: types.OrganizationToErase) -> types.Erasure:
        """Erase an organization: `POST /api/admin/erasures`"""
        return await self.operation("eraseOrganization", (), None, body)  # type: ignore[no-any-return]

    async def exchange_session(self, body: types.SessionExchange) -> types.SessionKey:
        """Exchange a link's token for a session's key: `POST /api/portal/sessions/exchange`"""
        return await self.operation("exchangeSession", (), None, body)  # type: ignore[no-any-return]

    async def extend_lease(self, body: types.LeaseExtension) -> types.Lease:
        """Extend a lease: `POST /api/inbox/extend`"""
        return await self.operation("extendLease", (), None, body)  # type: ignore[no-any-return]

    async def generate_key(self, body: types.KeyRequest) -> types.GeneratedKey:
        """Create an organization and its API key: `POST /api/keys/generate`"""
        return await self.operation("generateKey", (), None, body)  # type: ignore[no-any-return]

    async def get_attempt(self, event_id: str, endpoint_id: str, number: str) -> types.AttemptInFull:
        """Show an attempt in full: `GET /api/attempts/{event_id}/{endpoint_id}/{number}`"""
        return await self.operation("getAttempt", (event_id, endpoint_id, number), None)  # type: ignore[no-any-return]

    async def get_consumer(self, name: str) -> types.Consumer:
        """Show a position that is kept: `GET /api/consumers/{name}`"""
        return await self.operation("getConsumer", (name,), None)  # type: ignore[no-any-return]

    async def get_erasure(self, erasure_id: str) -> types.Erasure:
        """Show how far an erasure is: `GET /api/admin/erasures/{erasure_id}`"""
        return await self.operation("getErasure", (erasure_id,), None)  # type: ignore[no-any-return]

    async def get_event(self, event_id: str) -> types.Event:
        """Show an event: `GET /api/events/{event_id}`"""
        return await self.operation("getEvent", (event_id,), None)  # type: ignore[no-any-return]

    async def get_key(self) -> types.Key:
        """Show the organization and the public prefix of its key: `GET /api/keys`"""
        return await self.operation("getKey", (), None)  # type: ignore[no-any-return]

    async def get_move(self, move_id: str) -> types.Move:
        """Show how far a move is: `GET /api/admin/moves/{move_id}`"""
        return await self.operation("getMove", (move_id,), None)  # type: ignore[no-any-return]

    async def get_organization(self, organization_id: str) -> types.Organization:
        """Show an organization: `GET /api/admin/organizations/{organization_id}`"""
        return await self.operation("getOrganization", (organization_id,), None)  # type: ignore[no-any-return]

    async def get_organization_key(self, key_id: str) -> types.OrganizationKey:
        """Show one of the organization's keys: `GET /api/organization/keys/{key_id}`"""
        return await self.operation("getOrganizationKey", (key_id,), None)  # type: ignore[no-any-return]

    async def get_organization_statistics(self, *, range: Optional[Literal["1h", "24h", "7d", "30d"]] = None) -> types.OrganizationStatistics:
        """Figures of the organization: `GET /api/statistics`"""
        return await self.operation("getOrganizationStatistics", (), {"range": range})  # type: ignore[no-any-return]

    async def get_replay(self, replay_id: str) -> types.Replay:
        """How a replay goes: `GET /api/replays/{replay_id}`"""
        return await self.operation("getReplay", (replay_id,), None)  # type: ignore[no-any-return]

    async def get_service(self) -> types.Service:
        """Tell what this service is: `GET /api/service`"""
        return await self.operation("getService", (), None)  # type: ignore[no-any-return]

    async def get_service_secrets(self) -> types.ServiceSecrets:
        """How far a change of the service's secrets is: `GET /api/admin/secrets`"""
        return await self.operation("getServiceSecrets", (), None)  # type: ignore[no-any-return]

    async def get_service_statistics(self) -> types.ServiceStatistics:
        """Figures of the whole service: `GET /api/admin/stats`"""
        return await self.operation("getServiceStatistics", (), None)  # type: ignore[no-any-return]

    async def get_statistics(self, endpoint_id: str, *, range: Optional[Literal["1h", "24h", "7d", "30d"]] = None) -> types.Statistics:
        """Figures of an endpoint's attempts: `GET /api/webhooks/{endpoint_id}/statistics`"""
        return await self.operation("getStatistics", (endpoint_id,), {"range": range})  # type: ignore[no-any-return]

    async def get_usage(self, *, from_: Optional[str] = None, to: Optional[str] = None, step: Optional[Literal["hour", "day"]] = None) -> types.Usage:
        """What the organization uses: `GET /api/usage`"""
        return await self.operation("getUsage", (), {"from": from_, "to": to, "step": step})  # type: ignore[no-any-return]

    async def get_webhook(self, endpoint_id: str) -> types.Webhook:
        """Show an endpoint and its health: `GET /api/webhooks/{endpoint_id}`"""
        return await self.operation("getWebhook", (endpoint_id,), None)  # type: ignore[no-any-return]

    async def get_webhook_config(self) -> types.WebhookConfig:
        """Show the default endpoint: `GET /api/webhook/config`"""
        return await self.operation("getWebhookConfig", (), None)  # type: ignore[no-any-return]

    async def get_webhook_secret(self, endpoint_id: str) -> types.WebhookSecret:
        """Show an endpoint's secret: `GET /api/webhooks/{endpoint_id}/secret`"""
        return await self.operation("getWebhookSecret", (endpoint_id,), None)  # type: ignore[no-any-return]

    async def health(self) -> types.Health:
        """Tell that the service runs: `GET /health`"""
        return await self.operation("health", (), None)  # type: ignore[no-any-return]

    async def lease(self, body: Optional[types.LeaseRequest] = None) -> types.LeasedEvents:
        """Lease events: `POST /api/inbox/lease`"""
        return await self.operation("lease", (), None, body)  # type: ignore[no-any-return]

    async def list_all_attempts(self, *, endpoint_id: Optional[str] = None, event_id: Optional[str] = None, type: Optional[str] = None, outcome: Optional[Literal["all", "succeeded", "failed", "retrying", "dead"]] = None, status: Optional[str] = None, error_code: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.AttemptPage:
        """List attempts: `GET /api/attempts`"""
        return await self.operation("listAllAttempts", (), {"endpoint_id": endpoint_id, "event_id": event_id, "type": type, "outcome": outcome, "status": status, "error_code": error_code, "since": since, "until": until, "cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_all_attempts(self, *, endpoint_id: Optional[str] = None, event_id: Optional[str] = None, type: Optional[str] = None, outcome: Optional[Literal["all", "succeeded", "failed", "retrying", "dead"]] = None, status: Optional[str] = None, error_code: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> AsyncIterator[types.Attempt]:
        """The items of all pages of `list_all_attempts`"""
        return self.each("listAllAttempts", (), {"endpoint_id": endpoint_id, "event_id": event_id, "type": type, "outcome": outcome, "status": status, "error_code": error_code, "since": since, "until": until, "cursor": cursor, "limit": limit})

    async def list_attempts(self, endpoint_id: str, *, outcome: Optional[Literal["all", "delivered", "retried", "failed"]] = None, since: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.EndpointAttemptPage:
        """Attempts of an endpoint: `GET /api/webhooks/{endpoint_id}/attempts`"""
        return await self.operation("listAttempts", (endpoint_id,), {"outcome": outcome, "since": since, "cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_attempts(self, endpoint_id: str, *, outcome: Optional[Literal["all", "delivered", "retried", "failed"]] = None, since: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> AsyncIterator[types.EndpointAttempt]:
        """The items of all pages of `list_attempts`"""
        return self.each("listAttempts", (endpoint_id,), {"outcome": outcome, "since": since, "cursor": cursor, "limit": limit})

    async def list_audit(self, *, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.AuditPage:
        """Who changed what: `GET /api/audit`"""
        return await self.operation("listAudit", (), {"action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_audit(self, *, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.AuditEntry]:
        """The items of all pages of `list_audit`"""
        return self.each("listAudit", (), {"action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})

    async def list_consumers(self) -> types.ConsumerList:
        """List the positions that are kept: `GET /api/consumers`"""
        return await self.operation("listConsumers", (), None)  # type: ignore[no-any-return]

    async def list_erasures(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.ErasureList:
        """List erasures: `GET /api/admin/erasures`"""
        return await self.operation("listErasures", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_erasures(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.Erasure]:
        """The items of all pages of `list_erasures`"""
        return self.each("listErasures", (), {"limit": limit, "cursor": cursor})

    async def list_event_types(self, *, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.EventTypePage:
        """List the types of events that were seen: `GET /api/event-types`"""
        return await self.operation("listEventTypes", (), {"cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_event_types(self, *, cursor: Optional[str] = None, limit: Optional[int] = None) -> AsyncIterator[types.EventType]:
        """The items of all pages of `list_event_types`"""
        return self.each("listEventTypes", (), {"cursor": cursor, "limit": limit})

    async def list_inbox(self, *, status: Optional[Literal["pending", "retrying", "delivered", "acknowledged", "failed", "dead_letter", "all"]] = None, type: Optional[str] = None, order: Optional[Literal["desc", "asc"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None, offset: Optional[int] = None, wait: Optional[int] = None, min_receives: Optional[int] = None) -> types.InboxPage:
        """List events: `GET /api/inbox`"""
        return await self.operation("listInbox", (), {"status": status, "type": type, "order": order, "limit": limit, "cursor": cursor, "offset": offset, "wait": wait, "min_receives": min_receives})  # type: ignore[no-any-return]

    def each_inbox(self, *, status: Optional[Literal["pending", "retrying", "delivered", "acknowledged", "failed", "dead_letter", "all"]] = None, type: Optional[str] = None, order: Optional[Literal["desc", "asc"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None, offset: Optional[int] = None, wait: Optional[int] = None, min_receives: Optional[int] = None) -> AsyncIterator[types.InboxItem]:
        """The items of all pages of `list_inbox`"""
        return self.each("listInbox", (), {"status": status, "type": type, "order": order, "limit": limit, "cursor": cursor, "offset": offset, "wait": wait, "min_receives": min_receives})

    async def list_keys(self) -> types.KeyList:
        """List the organization's keys: `GET /api/organization/keys`"""
        return await self.operation("listKeys", (), None)  # type: ignore[no-any-return]

    async def list_leases(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.LeaseList:
        """List the leases that have not ended: `GET /api/inbox/leases`"""
        return await self.operation("listLeases", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_leases(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.Lease]:
        """The items of all pages of `list_leases`"""
        return self.each("listLeases", (), {"limit": limit, "cursor": cursor})

    async def list_moves(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.MoveList:
        """List moves: `GET /api/admin/moves`"""
        return await self.operation("listMoves", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_moves(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.Move]:
        """The items of all pages of `list_moves`"""
        return self.each("listMoves", (), {"limit": limit, "cursor": cursor})

    async def list_organizations(self, *, q: Optional[str] = None, external_id: Optional[str] = None, tier: Optional[str] = None, state: Optional[Literal["active", "suspended", "erasing"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.OrganizationList:
        """List organizations: `GET /api/admin/organizations`"""
        return await self.operation("listOrganizations", (), {"q": q, "external_id": external_id, "tier": tier, "state": state, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_organizations(self, *, q: Optional[str] = None, external_id: Optional[str] = None, tier: Optional[str] = None, state: Optional[Literal["active", "suspended", "erasing"]] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.Organization]:
        """The items of all pages of `list_organizations`"""
        return self.each("listOrganizations", (), {"q": q, "external_id": external_id, "tier": tier, "state": state, "limit": limit, "cursor": cursor})

    async def list_playground_requests(self, token: str, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.PlaygroundRequests:
        """Show what a receiver took: `GET /api/playground/{token}/requests`"""
        return await self.operation("listPlaygroundRequests", (token,), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_playground_requests(self, token: str, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.PlaygroundRequest]:
        """The items of all pages of `list_playground_requests`"""
        return self.each("listPlaygroundRequests", (token,), {"limit": limit, "cursor": cursor})

    async def list_playgrounds(self) -> types.PlaygroundList:
        """List the receivers for a try: `GET /api/playground`"""
        return await self.operation("listPlaygrounds", (), None)  # type: ignore[no-any-return]

    async def list_recoveries(self, endpoint_id: str) -> types.RecoveryList:
        """How the recoveries of an endpoint go: `GET /api/webhooks/{endpoint_id}/recover`"""
        return await self.operation("listRecoveries", (endpoint_id,), None)  # type: ignore[no-any-return]

    async def list_replays(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.ReplayList:
        """List replays: `GET /api/replays`"""
        return await self.operation("listReplays", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_replays(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.Replay]:
        """The items of all pages of `list_replays`"""
        return self.each("listReplays", (), {"limit": limit, "cursor": cursor})

    async def list_service_audit(self, *, organization_id: Optional[str] = None, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.AuditPage:
        """Who changed what, of all organizations: `GET /api/admin/audit`"""
        return await self.operation("listServiceAudit", (), {"organization_id": organization_id, "action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_service_audit(self, *, organization_id: Optional[str] = None, action: Optional[str] = None, target: Optional[str] = None, since: Optional[str] = None, until: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.AuditEntry]:
        """The items of all pages of `list_service_audit`"""
        return self.each("listServiceAudit", (), {"organization_id": organization_id, "action": action, "target": target, "since": since, "until": until, "limit": limit, "cursor": cursor})

    async def list_usage(self, *, from_: Optional[str] = None, to: Optional[str] = None, step: Optional[Literal["hour", "day"]] = None, organization_id: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.UsageList:
        """What the organizations use: `GET /api/admin/usage`"""
        return await self.operation("listUsage", (), {"from": from_, "to": to, "step": step, "organization_id": organization_id, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_usage(self, *, from_: Optional[str] = None, to: Optional[str] = None, step: Optional[Literal["hour", "day"]] = None, organization_id: Optional[str] = None, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.OrganizationUsage]:
        """The items of all pages of `list_usage`"""
        return self.each("listUsage", (), {"from": from_, "to": to, "step": step, "organization_id": organization_id, "limit": limit, "cursor": cursor})

    async def list_webhooks(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> types.EndpointList:
        """List endpoints: `GET /api/webhooks`"""
        return await self.operation("listWebhooks", (), {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def each_webhooks(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> AsyncIterator[types.Webhook]:
        """The items of all pages of `list_webhooks`"""
        return self.each("listWebhooks", (), {"limit": limit, "cursor": cursor})

    async def live(self) -> types.Status:
        """Tell that the process lives: `GET /health/live`"""
        return await self.operation("live", (), None)  # type: ignore[no-any-return]

    async def metrics(self) -> str:
        """Show the metrics: `GET /metrics`"""
        return await self.operation("metrics", (), None)  # type: ignore[no-any-return]

    async def move_organization(self, body: types.OrganizationToMove) -> types.Move:
        """Move an organization to another cell: `POST /api/admin/moves`"""
        return await self.operation("moveOrganization", (), None, body)  # type: ignore[no-any-return]

    async def post_event(self, body: types.PostedEvent) -> types.AcceptedEvent:
        """Post an event: `POST /api/events`"""
        return await self.operation("postEvent", (), None, body)  # type: ignore[no-any-return]

    async def post_events(self, body: types.PostedEvents) -> types.BatchAnswer:
        """Post many events: `POST /api/events/batch`"""
        return await self.operation("postEvents", (), None, body)  # type: ignore[no-any-return]

    async def put_consumer(self, name: str, body: types.ConsumerPosition) -> types.Consumer:
        """Keep a position: `PUT /api/consumers/{name}`"""
        return await self.operation("putConsumer", (name,), None, body)  # type: ignore[no-any-return]

    async def read_log(self, *, cursor: Optional[str] = None, from_: Optional[str] = None, type: Optional[str] = None, limit: Optional[int] = None, wait: Optional[int] = None, fields: Optional[Literal["all", "summary"]] = None) -> types.LogPage:
        """Read the log: `GET /api/events`"""
        return await self.operation("readLog", (), {"cursor": cursor, "from": from_, "type": type, "limit": limit, "wait": wait, "fields": fields})  # type: ignore[no-any-return]

    def each_log(self, *, cursor: Optional[str] = None, from_: Optional[str] = None, type: Optional[str] = None, limit: Optional[int] = None, wait: Optional[int] = None, fields: Optional[Literal["all", "summary"]] = None) -> AsyncIterator[types.InboxItem]:
        """The items of all pages of `read_log`"""
        return self.each("readLog", (), {"cursor": cursor, "from": from_, "type": type, "limit": limit, "wait": wait, "fields": fields})

    async def ready(self) -> types.Status:
        """Tell whether to send requests here: `GET /health/ready`"""
        return await self.operation("ready", (), None)  # type: ignore[no-any-return]

    async def recover_webhook(self, endpoint_id: str, body: types.RecoveryRequest) -> types.Recovery:
        """Requeue all failed deliveries of an endpoint: `POST /api/webhooks/{endpoint_id}/recover`"""
        return await self.operation("recoverWebhook", (endpoint_id,), None, body)  # type: ignore[no-any-return]

    async def redeliver_event(self, event_id: str) -> types.Redelivery:
        """Deliver an event again: `POST /api/events/{event_id}/redeliver`"""
        return await self.operation("redeliverEvent", (event_id,), None)  # type: ignore[no-any-return]

    async def release_lease(self, body: types.LeaseRelease) -> types.LeaseReleased:
        """Release a lease, or some events: `POST /api/inbox/release`"""
        return await self.operation("releaseLease", (), None, body)  # type: ignore[no-any-return]

    async def rotate_key(self, body: Optional[types.RotationRequest] = None) -> types.RotatedKey:
        """Replace the API key: `POST /api/keys/rotate`"""
        return await self.operation("rotateKey", (), None, body)  # type: ignore[no-any-return]

    async def rotate_webhook_secret(self, endpoint_id: str, body: Optional[types.RotateWebhookSecretBody] = None) -> types.WebhookSecret:
        """Replace an endpoint's secret: `POST /api/webhooks/{endpoint_id}/secret/rotate`"""
        return await self.operation("rotateWebhookSecret", (endpoint_id,), None, body)  # type: ignore[no-any-return]

    async def search_events(self, *, q: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> types.SearchPage:
        """Search events: `GET /api/events/search`"""
        return await self.operation("searchEvents", (), {"q": q, "cursor": cursor, "limit": limit})  # type: ignore[no-any-return]

    def each_events(self, *, q: Optional[str] = None, cursor: Optional[str] = None, limit: Optional[int] = None) -> AsyncIterator[types.InboxItem]:
        """The items of all pages of `search_events`"""
        return self.each("searchEvents", (), {"q": q, "cursor": cursor, "limit": limit})

    async def set_playground_answer(self, token: str, body: types.PlaygroundAnswerRequest) -> types.PlaygroundAnswer:
        """Say what a receiver answers: `PUT /api/playground/{token}/answer`"""
        return await self.operation("setPlaygroundAnswer", (token,), None, body)  # type: ignore[no-any-return]

    async def set_webhook_config(self, body: types.SetWebhookConfigBody) -> types.WebhookConfig:
        """Set or remove the default endpoint: `POST /api/webhook/config`"""
        return await self.operation("setWebhookConfig", (), None, body)  # type: ignore[no-any-return]

    async def test_webhook(self, endpoint_id: str) -> types.TestOutcome:
        """Try an endpoint out: `POST /api/webhooks/{endpoint_id}/test`"""
        return await self.operation("testWebhook", (endpoint_id,), None)  # type: ignore[no-any-return]

    async def try_filters(self, body: types.FilterTrial) -> types.FilterTrialPage:
        """Try filters out: `POST /api/filters/try`"""
        return await self.operation("tryFilters", (), None, body)  # type: ignore[no-any-return]
