// Made from the OpenAPI description by clients/generate: change neither by hand.

import type {
  AcceptedEvent,
  Acknowledgement,
  AcknowledgementBatch,
  AcknowledgementResults,
  Attempt,
  AttemptInFull,
  AttemptPage,
  AuditEntry,
  AuditPage,
  BatchAnswer,
  Consumer,
  ConsumerList,
  ConsumerPosition,
  CreateReplayAnswer,
  EndpointAttempt,
  EndpointAttemptPage,
  EndpointList,
  Erasure,
  ErasureList,
  Event,
  EventType,
  EventTypePage,
  FilterTrial,
  FilterTrialPage,
  GeneratedKey,
  Health,
  InboxItem,
  InboxPage,
  Key,
  KeyChange,
  KeyList,
  KeyRequest,
  KeyToMake,
  Lease,
  LeaseExtension,
  LeaseList,
  LeaseRelease,
  LeaseReleased,
  LeaseRequest,
  LeasedEvents,
  LogPage,
  MadeKey,
  MadePlayground,
  Move,
  MoveList,
  Organization,
  OrganizationChange,
  OrganizationKey,
  OrganizationList,
  OrganizationStatistics,
  OrganizationToErase,
  OrganizationToMake,
  OrganizationToMove,
  OrganizationUsage,
  PlaygroundAnswer,
  PlaygroundAnswerRequest,
  PlaygroundList,
  PlaygroundRequest,
  PlaygroundRequests,
  PostedEvent,
  PostedEvents,
  Recovery,
  RecoveryList,
  RecoveryRequest,
  Redelivery,
  Replay,
  ReplayList,
  ReplayRequest,
  RotateWebhookSecretBody,
  RotatedKey,
  RotationRequest,
  SearchPage,
  Service,
  ServiceSecrets,
  ServiceStatistics,
  SessionExchange,
  SessionKey,
  SessionLink,
  SessionToMake,
  SetWebhookConfigBody,
  Statistics,
  Status,
  TestOutcome,
  Usage,
  UsageList,
  Webhook,
  WebhookChange,
  WebhookConfig,
  WebhookRequest,
  WebhookSecret,
} from "./types.js";

export type Repeat = "always" | "dedup" | "unsent" | "compared";

/** `operationId`: method, path (taken apart at its parameters), when it may be repeated, whether it answers text, items of a page, whether the operator's token goes along. */
export const OPERATIONS: Record<string, readonly [string, readonly string[], Repeat, boolean, string | null, boolean]> = {
  acknowledgeEvent: ["POST", ["/api/ack/", "event_id", ""], "always", false, null, false],
  acknowledgeEvents: ["POST", ["/api/ack"], "always", false, null, false],
  acknowledgeInboxEvent: ["POST", ["/api/inbox/ack/", "event_id", ""], "always", false, null, false],
  cancelMove: ["POST", ["/api/admin/moves/", "move_id", "/cancel"], "always", false, null, true],
  cancelReplay: ["DELETE", ["/api/replays/", "replay_id", ""], "always", false, null, false],
  changeKey: ["PATCH", ["/api/organization/keys/", "key_id", ""], "always", false, null, false],
  changeOrganization: ["PATCH", ["/api/admin/organizations/", "organization_id", ""], "always", false, null, true],
  changeWebhook: ["PATCH", ["/api/webhooks/", "endpoint_id", ""], "always", false, null, false],
  createKey: ["POST", ["/api/organization/keys"], "unsent", false, null, false],
  createOrganization: ["POST", ["/api/admin/organizations"], "unsent", false, null, true],
  createOrganizationKey: ["POST", ["/api/admin/organizations/", "organization_id", "/keys"], "unsent", false, null, true],
  createOrganizationSession: ["POST", ["/api/admin/organizations/", "organization_id", "/portal-sessions"], "unsent", false, null, true],
  createPlayground: ["POST", ["/api/playground"], "unsent", false, null, false],
  createReplay: ["POST", ["/api/replays"], "unsent", false, null, false],
  createSession: ["POST", ["/api/portal/sessions"], "unsent", false, null, false],
  createWebhook: ["POST", ["/api/webhooks"], "unsent", false, null, false],
  deleteConsumer: ["DELETE", ["/api/consumers/", "name", ""], "always", false, null, false],
  deleteKey: ["DELETE", ["/api/organization/keys/", "key_id", ""], "always", false, null, false],
  deletePlayground: ["DELETE", ["/api/playground/", "token", ""], "always", false, null, false],
  deleteWebhook: ["DELETE", ["/api/webhooks/", "endpoint_id", ""], "always", false, null, false],
  endSessions: ["DELETE", ["/api/portal/sessions"], "always", false, null, false],
  eraseOrganization: ["POST", ["/api/admin/erasures"], "always", false, null, true],
  exchangeSession: ["POST", ["/api/portal/sessions/exchange"], "unsent", false, null, false],
  extendLease: ["POST", ["/api/inbox/extend"], "always", false, null, false],
  generateKey: ["POST", ["/api/keys/generate"], "unsent", false, null, true],
  getAttempt: ["GET", ["/api/attempts/", "event_id", "/", "endpoint_id", "/", "number", ""], "always", false, null, false],
  getConsumer: ["GET", ["/api/consumers/", "name", ""], "always", false, null, false],
  getErasure: ["GET", ["/api/admin/erasures/", "erasure_id", ""], "always", false, null, true],
  getEvent: ["GET", ["/api/events/", "event_id", ""], "always", false, null, false],
  getKey: ["GET", ["/api/keys"], "always", false, null, false],
  getMove: ["GET", ["/api/admin/moves/", "move_id", ""], "always", false, null, true],
  getOrganization: ["GET", ["/api/admin/organizations/", "organization_id", ""], "always", false, null, true],
  getOrganizationKey: ["GET", ["/api/organization/keys/", "key_id", ""], "always", false, null, false],
  getOrganizationStatistics: ["GET", ["/api/statistics"], "always", false, null, false],
  getReplay: ["GET", ["/api/replays/", "replay_id", ""], "always", false, null, false],
  getService: ["GET", ["/api/service"], "always", false, null, false],
  getServiceSecrets: ["GET", ["/api/admin/secrets"], "always", false, null, true],
  getServiceStatistics: ["GET", ["/api/admin/stats"], "always", false, null, true],
  getStatistics: ["GET", ["/api/webhooks/", "endpoint_id", "/statistics"], "always", false, null, false],
  getUsage: ["GET", ["/api/usage"], "always", false, null, false],
  getWebhook: ["GET", ["/api/webhooks/", "endpoint_id", ""], "always", false, null, false],
  getWebhookConfig: ["GET", ["/api/webhook/config"], "always", false, null, false],
  getWebhookSecret: ["GET", ["/api/webhooks/", "endpoint_id", "/secret"], "always", false, null, false],
  health: ["GET", ["/health"], "always", false, null, false],
  lease: ["POST", ["/api/inbox/lease"], "always", false, null, false],
  listAllAttempts: ["GET", ["/api/attempts"], "always", false, "attempts", false],
  listAttempts: ["GET", ["/api/webhooks/", "endpoint_id", "/attempts"], "always", false, "attempts", false],
  listAudit: ["GET", ["/api/audit"], "always", false, "entries", false],
  listConsumers: ["GET", ["/api/consumers"], "always", false, null, false],
  listErasures: ["GET", ["/api/admin/erasures"], "always", false, "erasures", true],
  listEventTypes: ["GET", ["/api/event-types"], "always", false, "event_types", false],
  listInbox: ["GET", ["/api/inbox"], "always", false, "events", false],
  listKeys: ["GET", ["/api/organization/keys"], "always", false, null, false],
  listLeases: ["GET", ["/api/inbox/leases"], "always", false, "leases", false],
  listMoves: ["GET", ["/api/admin/moves"], "always", false, "moves", true],
  listOrganizations: ["GET", ["/api/admin/organizations"], "always", false, "organizations", true],
  listPlaygroundRequests: ["GET", ["/api/playground/", "token", "/requests"], "always", false, "requests", false],
  listPlaygrounds: ["GET", ["/api/playground"], "always", false, null, false],
  listRecoveries: ["GET", ["/api/webhooks/", "endpoint_id", "/recover"], "always", false, null, false],
  listReplays: ["GET", ["/api/replays"], "always", false, "replays", false],
  listServiceAudit: ["GET", ["/api/admin/audit"], "always", false, "entries", true],
  listUsage: ["GET", ["/api/admin/usage"], "always", false, "organizations", true],
  listWebhooks: ["GET", ["/api/webhooks"], "always", false, "webhooks", false],
  live: ["GET", ["/health/live"], "always", false, null, false],
  metrics: ["GET", ["/metrics"], "always", true, null, false],
  moveOrganization: ["POST", ["/api/admin/moves"], "always", false, null, true],
  openStream: ["GET", ["/api/stream"], "always", true, null, false],
  postEvent: ["POST", ["/api/events"], "dedup", false, null, false],
  postEvents: ["POST", ["/api/events/batch"], "dedup", false, null, false],
  putConsumer: ["PUT", ["/api/consumers/", "name", ""], "compared", false, null, false],
  readLog: ["GET", ["/api/events"], "always", false, "events", false],
  ready: ["GET", ["/health/ready"], "always", false, null, false],
  recoverWebhook: ["POST", ["/api/webhooks/", "endpoint_id", "/recover"], "unsent", false, null, false],
  redeliverEvent: ["POST", ["/api/events/", "event_id", "/redeliver"], "always", false, null, false],
  releaseLease: ["POST", ["/api/inbox/release"], "always", false, null, false],
  rotateKey: ["POST", ["/api/keys/rotate"], "unsent", false, null, false],
  rotateWebhookSecret: ["POST", ["/api/webhooks/", "endpoint_id", "/secret/rotate"], "unsent", false, null, false],
  searchEvents: ["GET", ["/api/events/search"], "always", false, "events", false],
  setPlaygroundAnswer: ["PUT", ["/api/playground/", "token", "/answer"], "always", false, null, false],
  setWebhookConfig: ["POST", ["/api/webhook/config"], "always", false, null, false],
  testWebhook: ["POST", ["/api/webhooks/", "endpoint_id", "/test"], "unsent", false, null, false],
  tryFilters: ["POST", ["/api/filters/try"], "always", false, null, false],
};

/** Every operation of the service, by the name that the OpenAPI description gives it. */
export abstract class Operations {
  abstract operation(name: string, path?: readonly string[], query?: object, body?: unknown): Promise<unknown>;

  abstract each(name: string, path?: readonly string[], query?: object): AsyncGenerator<unknown, void, undefined>;

  /** Acknowledge an event: `POST /api/ack/{event_id}` */
  acknowledgeEvent(eventId: string): Promise<Acknowledgement> {
    return this.operation("acknowledgeEvent", [eventId]) as Promise<Acknowledgement>;
  }

  /** Acknowledge up to 1,000 events: `POST /api/ack` */
  acknowledgeEvents(body: AcknowledgementBatch): Promise<AcknowledgementResults> {
    return this.operation("acknowledgeEvents", [], {}, body) as Promise<AcknowledgementResults>;
  }

  /** Acknowledge an event: `POST /api/inbox/ack/{event_id}` */
  acknowledgeInboxEvent(eventId: string): Promise<Acknowledgement> {
    return this.operation("acknowledgeInboxEvent", [eventId]) as Promise<Acknowledgement>;
  }

  /** Call a move off: `POST /api/admin/moves/{move_id}/cancel` */
  cancelMove(moveId: string): Promise<Move> {
    return this.operation("cancelMove", [moveId]) as Promise<Move>;
  }

  /** Cancel a replay: `DELETE /api/replays/{replay_id}` */
  cancelReplay(replayId: string): Promise<Replay> {
    return this.operation("cancelReplay", [replayId]) as Promise<Replay>;
  }

  /** Change a key's name or scopes: `PATCH /api/organization/keys/{key_id}` */
  changeKey(keyId: string, body: KeyChange): Promise<OrganizationKey> {
    return this.operation("changeKey", [keyId], {}, body) as Promise<OrganizationKey>;
  }

  /** Change or suspend an organization: `PATCH /api/admin/organizations/{organization_id}` */
  changeOrganization(organizationId: string, body: OrganizationChange): Promise<Organization> {
    return this.operation("changeOrganization", [organizationId], {}, body) as Promise<Organization>;
  }

  /** Change an endpoint: `PATCH /api/webhooks/{endpoint_id}` */
  changeWebhook(endpointId: string, body: WebhookChange): Promise<Webhook> {
    return this.operation("changeWebhook", [endpointId], {}, body) as Promise<Webhook>;
  }

  /** Make another key: `POST /api/organization/keys` */
  createKey(body: KeyToMake): Promise<MadeKey> {
    return this.operation("createKey", [], {}, body) as Promise<MadeKey>;
  }

  /** Make an organization: `POST /api/admin/organizations` */
  createOrganization(body: OrganizationToMake): Promise<Organization> {
    return this.operation("createOrganization", [], {}, body) as Promise<Organization>;
  }

  /** Make a key of an organization: `POST /api/admin/organizations/{organization_id}/keys` */
  createOrganizationKey(organizationId: string, body: KeyToMake): Promise<MadeKey> {
    return this.operation("createOrganizationKey", [organizationId], {}, body) as Promise<MadeKey>;
  }

  /** Make a link to an organization's portal: `POST /api/admin/organizations/{organization_id}/portal-sessions` */
  createOrganizationSession(organizationId: string, body?: SessionToMake): Promise<SessionLink> {
    return this.operation("createOrganizationSession", [organizationId], {}, body) as Promise<SessionLink>;
  }

  /** Make a receiver for a try: `POST /api/playground` */
  createPlayground(): Promise<MadePlayground> {
    return this.operation("createPlayground", []) as Promise<MadePlayground>;
  }

  /** Replay deliveries: `POST /api/replays` */
  createReplay(body: ReplayRequest): Promise<CreateReplayAnswer> {
    return this.operation("createReplay", [], {}, body) as Promise<CreateReplayAnswer>;
  }

  /** Make a link to the portal: `POST /api/portal/sessions` */
  createSession(body?: SessionToMake): Promise<SessionLink> {
    return this.operation("createSession", [], {}, body) as Promise<SessionLink>;
  }

  /** Register an endpoint: `POST /api/webhooks` */
  createWebhook(body: WebhookRequest): Promise<Webhook> {
    return this.operation("createWebhook", [], {}, body) as Promise<Webhook>;
  }

  /** Forget a position: `DELETE /api/consumers/{name}` */
  deleteConsumer(name: string): Promise<undefined> {
    return this.operation("deleteConsumer", [name]) as Promise<undefined>;
  }

  /** End a key at once: `DELETE /api/organization/keys/{key_id}` */
  deleteKey(keyId: string): Promise<undefined> {
    return this.operation("deleteKey", [keyId]) as Promise<undefined>;
  }

  /** End a receiver for a try: `DELETE /api/playground/{token}` */
  deletePlayground(token: string): Promise<undefined> {
    return this.operation("deletePlayground", [token]) as Promise<undefined>;
  }

  /** Delete an endpoint: `DELETE /api/webhooks/{endpoint_id}` */
  deleteWebhook(endpointId: string): Promise<undefined> {
    return this.operation("deleteWebhook", [endpointId]) as Promise<undefined>;
  }

  /** End all sessions: `DELETE /api/portal/sessions` */
  endSessions(): Promise<undefined> {
    return this.operation("endSessions", []) as Promise<undefined>;
  }

  /** Erase an organization: `POST /api/admin/erasures` */
  eraseOrganization(body: OrganizationToErase): Promise<Erasure> {
    return this.operation("eraseOrganization", [], {}, body) as Promise<Erasure>;
  }

  /** Exchange a link's token for a session's key: `POST /api/portal/sessions/exchange` */
  exchangeSession(body: SessionExchange): Promise<SessionKey> {
    return this.operation("exchangeSession", [], {}, body) as Promise<SessionKey>;
  }

  /** Extend a lease: `POST /api/inbox/extend` */
  extendLease(body: LeaseExtension): Promise<Lease> {
    return this.operation("extendLease", [], {}, body) as Promise<Lease>;
  }

  /** Create an organization and its API key: `POST /api/keys/generate` */
  generateKey(body: KeyRequest): Promise<GeneratedKey> {
    return this.operation("generateKey", [], {}, body) as Promise<GeneratedKey>;
  }

  /** Show an attempt in full: `GET /api/attempts/{event_id}/{endpoint_id}/{number}` */
  getAttempt(eventId: string, endpointId: string, number: string): Promise<AttemptInFull> {
    return this.operation("getAttempt", [eventId, endpointId, number]) as Promise<AttemptInFull>;
  }

  /** Show a position that is kept: `GET /api/consumers/{name}` */
  getConsumer(name: string): Promise<Consumer> {
    return this.operation("getConsumer", [name]) as Promise<Consumer>;
  }

  /** Show how far an erasure is: `GET /api/admin/erasures/{erasure_id}` */
  getErasure(erasureId: string): Promise<Erasure> {
    return this.operation("getErasure", [erasureId]) as Promise<Erasure>;
  }

  /** Show an event: `GET /api/events/{event_id}` */
  getEvent(eventId: string): Promise<Event> {
    return this.operation("getEvent", [eventId]) as Promise<Event>;
  }

  /** Show the organization and the public prefix of its key: `GET /api/keys` */
  getKey(): Promise<Key> {
    return this.operation("getKey", []) as Promise<Key>;
  }

  /** Show how far a move is: `GET /api/admin/moves/{move_id}` */
  getMove(moveId: string): Promise<Move> {
    return this.operation("getMove", [moveId]) as Promise<Move>;
  }

  /** Show an organization: `GET /api/admin/organizations/{organization_id}` */
  getOrganization(organizationId: string): Promise<Organization> {
    return this.operation("getOrganization", [organizationId]) as Promise<Organization>;
  }

  /** Show one of the organization's keys: `GET /api/organization/keys/{key_id}` */
  getOrganizationKey(keyId: string): Promise<OrganizationKey> {
    return this.operation("getOrganizationKey", [keyId]) as Promise<OrganizationKey>;
  }

  /** Figures of the organization: `GET /api/statistics` */
  getOrganizationStatistics(query: { range?: "1h" | "24h" | "7d" | "30d" | undefined } = {}): Promise<OrganizationStatistics> {
    return this.operation("getOrganizationStatistics", [], query) as Promise<OrganizationStatistics>;
  }

  /** How a replay goes: `GET /api/replays/{replay_id}` */
  getReplay(replayId: string): Promise<Replay> {
    return this.operation("getReplay", [replayId]) as Promise<Replay>;
  }

  /** Tell what this service is: `GET /api/service` */
  getService(): Promise<Service> {
    return this.operation("getService", []) as Promise<Service>;
  }

  /** How far a change of the service's secrets is: `GET /api/admin/secrets` */
  getServiceSecrets(): Promise<ServiceSecrets> {
    return this.operation("getServiceSecrets", []) as Promise<ServiceSecrets>;
  }

  /** Figures of the whole service: `GET /api/admin/stats` */
  getServiceStatistics(): Promise<ServiceStatistics> {
    return this.operation("getServiceStatistics", []) as Promise<ServiceStatistics>;
  }

  /** Figures of an endpoint's attempts: `GET /api/webhooks/{endpoint_id}/statistics` */
  getStatistics(endpointId: string, query: { range?: "1h" | "24h" | "7d" | "30d" | undefined } = {}): Promise<Statistics> {
    return this.operation("getStatistics", [endpointId], query) as Promise<Statistics>;
  }

  /** What the organization uses: `GET /api/usage` */
  getUsage(query: { from?: string | undefined; to?: string | undefined; step?: "hour" | "day" | undefined } = {}): Promise<Usage> {
    return this.operation("getUsage", [], query) as Promise<Usage>;
  }

  /** Show an endpoint and its health: `GET /api/webhooks/{endpoint_id}` */
  getWebhook(endpointId: string): Promise<Webhook> {
    return this.operation("getWebhook", [endpointId]) as Promise<Webhook>;
  }

  /** Show the default endpoint: `GET /api/webhook/config` */
  getWebhookConfig(): Promise<WebhookConfig> {
    return this.operation("getWebhookConfig", []) as Promise<WebhookConfig>;
  }

  /** Show an endpoint's secret: `GET /api/webhooks/{endpoint_id}/secret` */
  getWebhookSecret(endpointId: string): Promise<WebhookSecret> {
    return this.operation("getWebhookSecret", [endpointId]) as Promise<WebhookSecret>;
  }

  /** Tell that the service runs: `GET /health` */
  health(): Promise<Health> {
    return this.operation("health", []) as Promise<Health>;
  }

  /** Lease events: `POST /api/inbox/lease` */
  lease(body?: LeaseRequest): Promise<LeasedEvents> {
    return this.operation("lease", [], {}, body) as Promise<LeasedEvents>;
  }

  /** List attempts: `GET /api/attempts` */
  listAllAttempts(query: { endpoint_id?: string | undefined; event_id?: string | undefined; type?: string | undefined; outcome?: "all" | "succeeded" | "failed" | "retrying" | "dead" | undefined; status?: string | undefined; error_code?: string | undefined; since?: string | undefined; until?: string | undefined; cursor?: string | undefined; limit?: number | undefined } = {}): Promise<AttemptPage> {
    return this.operation("listAllAttempts", [], query) as Promise<AttemptPage>;
  }

  /** The items of all pages of `listAllAttempts` */
  eachAllAttempts(query: { endpoint_id?: string | undefined; event_id?: string | undefined; type?: string | undefined; outcome?: "all" | "succeeded" | "failed" | "retrying" | "dead" | undefined; status?: string | undefined; error_code?: string | undefined; since?: string | undefined; until?: string | undefined; cursor?: string | undefined; limit?: number | undefined } = {}): AsyncGenerator<Attempt, void, undefined> {
    return this.each("listAllAttempts", [], query) as AsyncGenerator<Attempt, void, undefined>;
  }

  /** Attempts of an endpoint: `GET /api/webhooks/{endpoint_id}/attempts` */
  listAttempts(endpointId: string, query: { outcome?: "all" | "delivered" | "retried" | "failed" | undefined; since?: string | undefined; cursor?: string | undefined; limit?: number | undefined } = {}): Promise<EndpointAttemptPage> {
    return this.operation("listAttempts", [endpointId], query) as Promise<EndpointAttemptPage>;
  }

  /** The items of all pages of `listAttempts` */
  eachAttempts(endpointId: string, query: { outcome?: "all" | "delivered" | "retried" | "failed" | undefined; since?: string | undefined; cursor?: string | undefined; limit?: number | undefined } = {}): AsyncGenerator<EndpointAttempt, void, undefined> {
    return this.each("listAttempts", [endpointId], query) as AsyncGenerator<EndpointAttempt, void, undefined>;
  }

  /** Who changed what: `GET /api/audit` */
  listAudit(query: { action?: string | undefined; target?: string | undefined; since?: string | undefined; until?: string | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): Promise<AuditPage> {
    return this.operation("listAudit", [], query) as Promise<AuditPage>;
  }

  /** The items of all pages of `listAudit` */
  eachAudit(query: { action?: string | undefined; target?: string | undefined; since?: string | undefined; until?: string | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<AuditEntry, void, undefined> {
    return this.each("listAudit", [], query) as AsyncGenerator<AuditEntry, void, undefined>;
  }

  /** List the positions that are kept: `GET /api/consumers` */
  listConsumers(): Promise<ConsumerList> {
    return this.operation("listConsumers", []) as Promise<ConsumerList>;
  }

  /** List erasures: `GET /api/admin/erasures` */
  listErasures(query: { limit?: number | undefined; cursor?: string | undefined } = {}): Promise<ErasureList> {
    return this.operation("listErasures", [], query) as Promise<ErasureList>;
  }

  /** The items of all pages of `listErasures` */
  eachErasures(query: { limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<Erasure, void, undefined> {
    return this.each("listErasures", [], query) as AsyncGenerator<Erasure, void, undefined>;
  }

  /** List the types of events that were seen: `GET /api/event-types` */
  listEventTypes(query: { cursor?: string | undefined; limit?: number | undefined } = {}): Promise<EventTypePage> {
    return this.operation("listEventTypes", [], query) as Promise<EventTypePage>;
  }

  /** The items of all pages of `listEventTypes` */
  eachEventTypes(query: { cursor?: string | undefined; limit?: number | undefined } = {}): AsyncGenerator<EventType, void, undefined> {
    return this.each("listEventTypes", [], query) as AsyncGenerator<EventType, void, undefined>;
  }

  /** List events: `GET /api/inbox` */
  listInbox(query: { status?: "pending" | "retrying" | "delivered" | "acknowledged" | "failed" | "dead_letter" | "all" | undefined; type?: string | undefined; order?: "desc" | "asc" | undefined; limit?: number | undefined; cursor?: string | undefined; offset?: number | undefined; wait?: number | undefined; min_receives?: number | undefined } = {}): Promise<InboxPage> {
    return this.operation("listInbox", [], query) as Promise<InboxPage>;
  }

  /** The items of all pages of `listInbox` */
  eachInbox(query: { status?: "pending" | "retrying" | "delivered" | "acknowledged" | "failed" | "dead_letter" | "all" | undefined; type?: string | undefined; order?: "desc" | "asc" | undefined; limit?: number | undefined; cursor?: string | undefined; offset?: number | undefined; wait?: number | undefined; min_receives?: number | undefined } = {}): AsyncGenerator<InboxItem, void, undefined> {
    return this.each("listInbox", [], query) as AsyncGenerator<InboxItem, void, undefined>;
  }

  /** List the organization's keys: `GET /api/organization/keys` */
  listKeys(): Promise<KeyList> {
    return this.operation("listKeys", []) as Promise<KeyList>;
  }

  /** List the leases that have not ended: `GET /api/inbox/leases` */
  listLeases(query: { limit?: number | undefined; cursor?: string | undefined } = {}): Promise<LeaseList> {
    return this.operation("listLeases", [], query) as Promise<LeaseList>;
  }

  /** The items of all pages of `listLeases` */
  eachLeases(query: { limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<Lease, void, undefined> {
    return this.each("listLeases", [], query) as AsyncGenerator<Lease, void, undefined>;
  }

  /** List moves: `GET /api/admin/moves` */
  listMoves(query: { limit?: number | undefined; cursor?: string | undefined } = {}): Promise<MoveList> {
    return this.operation("listMoves", [], query) as Promise<MoveList>;
  }

  /** The items of all pages of `listMoves` */
  eachMoves(query: { limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<Move, void, undefined> {
    return this.each("listMoves", [], query) as AsyncGenerator<Move, void, undefined>;
  }

  /** List organizations: `GET /api/admin/organizations` */
  listOrganizations(query: { q?: string | undefined; external_id?: string | undefined; tier?: string | undefined; state?: "active" | "suspended" | "erasing" | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): Promise<OrganizationList> {
    return this.operation("listOrganizations", [], query) as Promise<OrganizationList>;
  }

  /** The items of all pages of `listOrganizations` */
  eachOrganizations(query: { q?: string | undefined; external_id?: string | undefined; tier?: string | undefined; state?: "active" | "suspended" | "erasing" | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<Organization, void, undefined> {
    return this.each("listOrganizations", [], query) as AsyncGenerator<Organization, void, undefined>;
  }

  /** Show what a receiver took: `GET /api/playground/{token}/requests` */
  listPlaygroundRequests(token: string, query: { limit?: number | undefined; cursor?: string | undefined } = {}): Promise<PlaygroundRequests> {
    return this.operation("listPlaygroundRequests", [token], query) as Promise<PlaygroundRequests>;
  }

  /** The items of all pages of `listPlaygroundRequests` */
  eachPlaygroundRequests(token: string, query: { limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<PlaygroundRequest, void, undefined> {
    return this.each("listPlaygroundRequests", [token], query) as AsyncGenerator<PlaygroundRequest, void, undefined>;
  }

  /** List the receivers for a try: `GET /api/playground` */
  listPlaygrounds(): Promise<PlaygroundList> {
    return this.operation("listPlaygrounds", []) as Promise<PlaygroundList>;
  }

  /** How the recoveries of an endpoint go: `GET /api/webhooks/{endpoint_id}/recover` */
  listRecoveries(endpointId: string): Promise<RecoveryList> {
    return this.operation("listRecoveries", [endpointId]) as Promise<RecoveryList>;
  }

  /** List replays: `GET /api/replays` */
  listReplays(query: { limit?: number | undefined; cursor?: string | undefined } = {}): Promise<ReplayList> {
    return this.operation("listReplays", [], query) as Promise<ReplayList>;
  }

  /** The items of all pages of `listReplays` */
  eachReplays(query: { limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<Replay, void, undefined> {
    return this.each("listReplays", [], query) as AsyncGenerator<Replay, void, undefined>;
  }

  /** Who changed what, of all organizations: `GET /api/admin/audit` */
  listServiceAudit(query: { organization_id?: string | undefined; action?: string | undefined; target?: string | undefined; since?: string | undefined; until?: string | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): Promise<AuditPage> {
    return this.operation("listServiceAudit", [], query) as Promise<AuditPage>;
  }

  /** The items of all pages of `listServiceAudit` */
  eachServiceAudit(query: { organization_id?: string | undefined; action?: string | undefined; target?: string | undefined; since?: string | undefined; until?: string | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<AuditEntry, void, undefined> {
    return this.each("listServiceAudit", [], query) as AsyncGenerator<AuditEntry, void, undefined>;
  }

  /** What the organizations use: `GET /api/admin/usage` */
  listUsage(query: { from?: string | undefined; to?: string | undefined; step?: "hour" | "day" | undefined; organization_id?: string | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): Promise<UsageList> {
    return this.operation("listUsage", [], query) as Promise<UsageList>;
  }

  /** The items of all pages of `listUsage` */
  eachUsage(query: { from?: string | undefined; to?: string | undefined; step?: "hour" | "day" | undefined; organization_id?: string | undefined; limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<OrganizationUsage, void, undefined> {
    return this.each("listUsage", [], query) as AsyncGenerator<OrganizationUsage, void, undefined>;
  }

  /** List endpoints: `GET /api/webhooks` */
  listWebhooks(query: { limit?: number | undefined; cursor?: string | undefined } = {}): Promise<EndpointList> {
    return this.operation("listWebhooks", [], query) as Promise<EndpointList>;
  }

  /** The items of all pages of `listWebhooks` */
  eachWebhooks(query: { limit?: number | undefined; cursor?: string | undefined } = {}): AsyncGenerator<Webhook, void, undefined> {
    return this.each("listWebhooks", [], query) as AsyncGenerator<Webhook, void, undefined>;
  }

  /** Tell that the process lives: `GET /health/live` */
  live(): Promise<Status> {
    return this.operation("live", []) as Promise<Status>;
  }

  /** Show the metrics: `GET /metrics` */
  metrics(): Promise<string> {
    return this.operation("metrics", []) as Promise<string>;
  }

  /** Move an organization to another cell: `POST /api/admin/moves` */
  moveOrganization(body: OrganizationToMove): Promise<Move> {
    return this.operation("moveOrganization", [], {}, body) as Promise<Move>;
  }

  /** Post an event: `POST /api/events` */
  postEvent(body: PostedEvent): Promise<AcceptedEvent> {
    return this.operation("postEvent", [], {}, body) as Promise<AcceptedEvent>;
  }

  /** Post many events: `POST /api/events/batch` */
  postEvents(body: PostedEvents): Promise<BatchAnswer> {
    return this.operation("postEvents", [], {}, body) as Promise<BatchAnswer>;
  }

  /** Keep a position: `PUT /api/consumers/{name}` */
  putConsumer(name: string, body: ConsumerPosition): Promise<Consumer> {
    return this.operation("putConsumer", [name], {}, body) as Promise<Consumer>;
  }

  /** Read the log: `GET /api/events` */
  readLog(query: { cursor?: string | undefined; from?: string | undefined; type?: string | undefined; limit?: number | undefined; wait?: number | undefined; fields?: "all" | "summary" | undefined } = {}): Promise<LogPage> {
    return this.operation("readLog", [], query) as Promise<LogPage>;
  }

  /** The items of all pages of `readLog` */
  eachLog(query: { cursor?: string | undefined; from?: string | undefined; type?: string | undefined; limit?: number | undefined; wait?: number | undefined; fields?: "all" | "summary" | undefined } = {}): AsyncGenerator<InboxItem, void, undefined> {
    return this.each("readLog", [], query) as AsyncGenerator<InboxItem, void, undefined>;
  }

  /** Tell whether to send requests here: `GET /health/ready` */
  ready(): Promise<Status> {
    return this.operation("ready", []) as Promise<Status>;
  }

  /** Requeue all failed deliveries of an endpoint: `POST /api/webhooks/{endpoint_id}/recover` */
  recoverWebhook(endpointId: string, body: RecoveryRequest): Promise<Recovery> {
    return this.operation("recoverWebhook", [endpointId], {}, body) as Promise<Recovery>;
  }

  /** Deliver an event again: `POST /api/events/{event_id}/redeliver` */
  redeliverEvent(eventId: string): Promise<Redelivery> {
    return this.operation("redeliverEvent", [eventId]) as Promise<Redelivery>;
  }

  /** Release a lease, or some events: `POST /api/inbox/release` */
  releaseLease(body: LeaseRelease): Promise<LeaseReleased> {
    return this.operation("releaseLease", [], {}, body) as Promise<LeaseReleased>;
  }

  /** Replace the API key: `POST /api/keys/rotate` */
  rotateKey(body?: RotationRequest): Promise<RotatedKey> {
    return this.operation("rotateKey", [], {}, body) as Promise<RotatedKey>;
  }

  /** Replace an endpoint's secret: `POST /api/webhooks/{endpoint_id}/secret/rotate` */
  rotateWebhookSecret(endpointId: string, body?: RotateWebhookSecretBody): Promise<WebhookSecret> {
    return this.operation("rotateWebhookSecret", [endpointId], {}, body) as Promise<WebhookSecret>;
  }

  /** Search events: `GET /api/events/search` */
  searchEvents(query: { q?: string | undefined; cursor?: string | undefined; limit?: number | undefined } = {}): Promise<SearchPage> {
    return this.operation("searchEvents", [], query) as Promise<SearchPage>;
  }

  /** The items of all pages of `searchEvents` */
  eachEvents(query: { q?: string | undefined; cursor?: string | undefined; limit?: number | undefined } = {}): AsyncGenerator<InboxItem, void, undefined> {
    return this.each("searchEvents", [], query) as AsyncGenerator<InboxItem, void, undefined>;
  }

  /** Say what a receiver answers: `PUT /api/playground/{token}/answer` */
  setPlaygroundAnswer(token: string, body: PlaygroundAnswerRequest): Promise<PlaygroundAnswer> {
    return this.operation("setPlaygroundAnswer", [token], {}, body) as Promise<PlaygroundAnswer>;
  }

  /** Set or remove the default endpoint: `POST /api/webhook/config` */
  setWebhookConfig(body: SetWebhookConfigBody): Promise<WebhookConfig> {
    return this.operation("setWebhookConfig", [], {}, body) as Promise<WebhookConfig>;
  }

  /** Try an endpoint out: `POST /api/webhooks/{endpoint_id}/test` */
  testWebhook(endpointId: string): Promise<TestOutcome> {
    return this.operation("testWebhook", [endpointId]) as Promise<TestOutcome>;
  }

  /** Try filters out: `POST /api/filters/try` */
  tryFilters(body: FilterTrial): Promise<FilterTrialPage> {
    return this.operation("tryFilters", [], {}, body) as Promise<FilterTrialPage>;
  }
}
