// Made from the OpenAPI description by clients/generate: change neither by hand.

export interface AcceptedEvent {
  created_at: string;
  delivery_status: string;
  event_id: string;
  id: string;
  message: string;
  organization_id: string;
  status: string;
  type: string;
}

export interface Acknowledgement {
  acknowledged_at: string;
  event_id: string;
  id: string;
  message: string;
  status: string;
  success: boolean;
}

export interface AcknowledgementBatch {
  event_ids: string[];
}

export interface AcknowledgementResult {
  error?: string;
  id: string;
  status: "acknowledged" | "failed";
}

export interface AcknowledgementResults {
  acknowledged: number;
  failed: number;
  results: AcknowledgementResult[];
}

export interface ApiKeySaltState {
  /** Keys that need an older one, or were not presented since there are lists */
  keys_to_move: number;
  /** With the undivided one, if it is a list */
  values: number;
}

export interface Attempt {
  duration_ms: number;
  endpoint_id: string;
  error?: string | null;
  error_code?: string | null;
  event_id: string;
  number: number;
  outcome: "succeeded" | "retrying" | "dead";
  response_body?: string | null;
  response_status?: number | null;
  started_at: string;
  type?: string | null;
}

export interface AttemptConnection {
  address?: string | null;
  kept: boolean;
}

export interface AttemptHeader {
  name: string;
  value?: string | null;
}

export interface AttemptInFull {
  advice?: string | null;
  connection?: AttemptConnection;
  curl?: string | null;
  duration_ms: number;
  endpoint_id: string;
  error?: string | null;
  error_code?: string | null;
  event_id: string;
  next?: number | null;
  next_attempt_at?: string | null;
  number: number;
  outcome: "succeeded" | "retrying" | "dead";
  phases: AttemptPhases;
  previous?: number | null;
  request: AttemptRequest;
  response?: AttemptResponse;
  started_at: string;
  trace_id: string;
  type: string;
}

export interface AttemptPage {
  attempts: Attempt[];
  count: number;
  has_more: boolean;
  limit: number;
  next_cursor?: string | null;
}

export interface AttemptPhases {
  connect?: number | null;
  dns?: number | null;
  first_byte?: number | null;
  queued?: number | null;
  tls?: number | null;
  total: number;
}

export interface AttemptRequest {
  body: string;
  headers: AttemptHeader[];
  method: string;
  signature_missing?: string | null;
  url?: string | null;
}

export interface AttemptResponse {
  body?: string | null;
  headers?: AttemptHeader[] | null;
  status: number;
}

export interface AuditEntry {
  action: string;
  actor: "key" | "session" | "operator" | "anybody" | "service";
  /** Of its network after 30 days */
  address?: string | null;
  after?: Record<string, unknown> | null;
  at: string;
  before?: Record<string, unknown> | null;
  id: string;
  key_id?: string | null;
  key_name?: string | null;
  organization_id?: string | null;
  request_id?: string | null;
  target?: string | null;
}

export interface AuditPage {
  entries: AuditEntry[];
  has_more: boolean;
  next_cursor?: string | null;
  unreachable_cells?: string[];
}

export interface BatchAnswer {
  accepted: number;
  duplicates: number;
  rejected: number;
  results: BatchResult[];
}

export interface BatchResult {
  error?: string | null;
  id?: string | null;
  index: number;
  status: "accepted" | "duplicate" | "rejected";
}

export interface Consumer {
  cursor: string;
  name: string;
  updated_at: string;
}

export interface ConsumerList {
  consumers: Consumer[];
}

export interface ConsumerPosition {
  cursor: string;
  if_cursor?: string | null;
}

export interface CreateReplayAnswer {
  capped: boolean;
  matching: number;
  sample?: ReplaySample[];
  since?: string;
  since_clamped: boolean;
  again?: boolean;
  estimated_end?: string | null;
  filter?: ReplayFilter;
  finished_at?: string | null;
  id?: string;
  progress?: number;
  rate_per_second?: number | null;
  requested_at?: string;
  requeued?: number;
  skipped?: number;
  state?: "running" | "finished" | "cancelled";
  to_endpoint_id?: string | null;
}

export interface Day {
  day: string;
  events: number;
}

export interface Delivery {
  attempt_log: DeliveryAttempt[];
  attempts: number;
  endpoint_id: string;
  error_code?: string | null;
  id: string;
  last_error?: string | null;
  next_attempt_at?: string | null;
  status: "pending" | "delivered" | "failed" | "cancelled" | "expired";
  url?: string | null;
}

export interface DeliveryAttempt {
  duration_ms: number;
  error?: string | null;
  error_code?: string | null;
  number: number;
  response_body?: string | null;
  response_status?: number | null;
  started_at: string;
}

export interface EndpointAttempt {
  duration_ms: number;
  error?: string | null;
  error_code?: string | null;
  event_id: string;
  number: number;
  outcome: string;
  response_body?: string | null;
  response_status?: number | null;
  started_at: string;
}

export interface EndpointAttemptPage {
  attempts: EndpointAttempt[];
  count: number;
  has_more: boolean;
  limit: number;
  next_cursor?: string | null;
}

export interface EndpointHealth {
  circuit: string;
  consecutive_failures: number;
  failing_since?: string | null;
  held_until?: string | null;
  open_until?: string | null;
}

export interface EndpointList {
  count: number;
  has_more: boolean;
  next_cursor?: string | null;
  webhooks: Webhook[];
}

export interface Erasure {
  counts: Record<string, number>;
  finished_at?: string | null;
  id: string;
  /** null: nothing of it is left */
  organization_id?: string | null;
  requested_at: string;
  rows: number;
  started_at?: string | null;
  state: "waiting" | "running" | "finished";
}

export interface ErasureList {
  erasures: Erasure[];
  has_more: boolean;
  next_cursor?: string | null;
  unreachable_cells?: string[];
}

export interface Event {
  attempts: number;
  created_at: string;
  dedup_id?: string | null;
  deliveries: Delivery[];
  delivery_status: "pending" | "delivered" | "failed";
  event_id: string;
  event_type: string;
  id: string;
  last_error?: string | null;
  /** Any JSON value but null, exactly as posted */
  payload?: unknown;
  response_status?: number | null;
  status: "pending" | "delivered" | "failed";
  timeline: TimelineEntry[];
  type: string;
  updated_at: string;
}

export interface EventType {
  days: Day[];
  events: number;
  first_at: string;
  last_at: string;
  type: string;
}

export interface EventTypePage {
  event_types: EventType[];
  has_more: boolean;
  next_cursor?: string | null;
}

export interface FailingEndpoint {
  circuit: string;
  consecutive_failures: number;
  disabled_reason?: string | null;
  enabled: boolean;
  endpoint_id: string;
  failing_since?: string | null;
}

/** A member or parameter that is wrong */
export interface FieldError {
  field: string;
  message: string;
}

export interface FilterTrial {
  event_types?: string[] | null;
  limit?: number | null;
}

export interface FilterTrialEvent {
  created_at: string;
  id: string;
  type: string;
}

export interface FilterTrialPage {
  count: number;
  events: FilterTrialEvent[];
  has_more: boolean;
  searched_until?: string | null;
}

export interface GeneratedKey {
  api_key: string;
  created_at: string;
  message: string;
  organization_id: string;
  organization_name: string;
  rate_limit_per_minute: number;
  tier: string;
  warning: string;
}

export interface HeaderLine {
  name: string;
  value?: string | null;
}

export interface Health {
  service: string;
  status: string;
  timestamp: string;
  version: string;
}

/** An event and how far its delivery has come */
export interface InboxItem {
  attempts: number;
  created_at: string;
  dedup_id?: string | null;
  delivery_status: "pending" | "delivered" | "failed";
  event_id: string;
  event_type: string;
  id: string;
  last_error?: string | null;
  /** Any JSON value but null, exactly as posted */
  payload?: unknown;
  response_status?: number | null;
  status: "pending" | "delivered" | "failed";
  type: string;
  updated_at: string;
}

export interface InboxPage {
  count: number;
  events: InboxItem[];
  has_more: boolean;
  limit: number;
  next_cursor?: string | null;
  pagination: Pagination;
}

export interface KeptDay {
  bytes: number;
  day: string;
  /** Estimated */
  events: number;
}

export interface Key {
  api_key_prefix: string;
  created_at: string;
  /** null: every endpoint */
  endpoint_ids?: string[] | null;
  note: string;
  organization_id: string;
  organization_name: string;
  rate_limit_per_minute: number;
  scopes: string[];
  tier: string;
  /** null: every type */
  types?: string[] | null;
  updated_at: string;
  webhook_url?: string | null;
}

export interface KeyChange {
  name?: string | null;
  scopes?: string[] | null;
}

export interface KeyList {
  keys: OrganizationKey[];
}

export interface KeyRequest {
  /** Also accepted as org_name */
  organization_name: string;
  tier?: string | null;
}

export interface KeyToMake {
  endpoint_ids?: string[] | null;
  expires_at?: string | null;
  /** Seconds; or expires_at */
  expires_in?: number | null;
  name: string;
  scopes?: string[] | null;
  types?: string[] | null;
}

export interface LastFailure {
  at: string;
  error?: string | null;
  error_code: string;
  event_id?: string | null;
  number?: number | null;
}

export interface Lease {
  consumer?: string | null;
  count: number;
  lease_id: string;
  leased_until: string;
}

export interface LeaseExtension {
  lease_id: string;
  lease_seconds: number;
}

export interface LeaseList {
  has_more: boolean;
  leases: Lease[];
  next_cursor?: string | null;
}

export interface LeaseRelease {
  delay_seconds?: number | null;
  event_ids?: string[] | null;
  lease_id?: string | null;
}

export interface LeaseReleased {
  delayed_until?: string | null;
  released: number;
}

export interface LeaseRequest {
  consumer?: string | null;
  lease_seconds?: number | null;
  limit?: number | null;
  max_receives?: number | null;
  type?: string | null;
  wait?: number;
}

export interface LeasedEvents {
  count: number;
  events: LeasedItem[];
  lease_id?: string | null;
  leased_until?: string | null;
}

/** An event of the inbox, leased */
export interface LeasedItem {
  attempts: number;
  created_at: string;
  dedup_id?: string | null;
  delivery_status: "pending" | "delivered" | "failed";
  event_id: string;
  event_type: string;
  id: string;
  last_error?: string | null;
  leased_until: string;
  /** Any JSON value but null, exactly as posted */
  payload?: unknown;
  receives: number;
  response_status?: number | null;
  status: "pending" | "delivered" | "failed";
  type: string;
  updated_at: string;
}

export interface LogPage {
  events: InboxItem[];
  has_more: boolean;
  next_cursor: string;
}

export interface MadeKey {
  api_key: string;
  created_at: string;
  endpoint_ids?: string[] | null;
  expires_at?: string | null;
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  types?: string[] | null;
  warning: string;
}

export interface MadePlayground {
  expires_at: string;
  token: string;
  url: string;
}

export interface Move {
  finished_at?: string | null;
  from: string;
  id: string;
  organization_id: string;
  pass: number;
  problem?: string | null;
  requested_at: string;
  rows: number;
  state: "copying" | "fenced" | "switching" | "switched" | "finished" | "cancelled";
  to: string;
  unavailable_ms?: number | null;
}

export interface MoveList {
  has_more: boolean;
  moves: Move[];
  next_cursor?: string | null;
  unreachable_cells?: string[];
}

export interface OldestDue {
  due_at: string;
  endpoint_id: string;
}

export interface Organization {
  cell: string;
  created_at: string;
  external_id?: string | null;
  id: string;
  metadata: Record<string, string>;
  name: string;
  rate_limit_per_minute: number;
  state: "active" | "suspended" | "erasing";
  suspended: boolean;
  suspended_at?: string | null;
  tier: string;
  updated_at: string;
  usage_today: UsageTotals;
}

export interface OrganizationBacklog {
  name: string;
  /** Estimated */
  open_deliveries: number;
  organization_id: string;
}

export interface OrganizationBucket {
  accepted?: number | null;
  delivered: number;
  failed: number;
  start: string;
}

export interface OrganizationChange {
  metadata?: Record<string, string> | null;
  name?: string | null;
  suspended?: boolean | null;
  tier?: string | null;
}

export interface OrganizationKey {
  created_at: string;
  /** null: every endpoint */
  endpoint_ids?: string[] | null;
  /** null: it does not end by itself */
  expires_at?: string | null;
  id: string;
  /** To the hour */
  last_used_at?: string | null;
  name: string;
  prefix: string;
  /** When it was replaced; it works until expires_at */
  rotated_at?: string | null;
  scopes: string[];
  /** null: every type */
  types?: string[] | null;
}

export interface OrganizationList {
  has_more: boolean;
  next_cursor?: string | null;
  organizations: Organization[];
  unreachable_cells?: string[];
}

export interface OrganizationStatistics {
  accepted?: number | null;
  buckets: OrganizationBucket[];
  delivered: number;
  exhausted: number;
  failed: number;
  failing_endpoints: FailingEndpoint[];
  oldest_due?: OldestDue;
  range: string;
  since: string;
}

export interface OrganizationToErase {
  confirm_name: string;
  organization_id: string;
}

export interface OrganizationToMake {
  /** Unique */
  external_id?: string | null;
  /** At most 32 members */
  metadata?: Record<string, string> | null;
  name: string;
  tier: string;
}

export interface OrganizationToMove {
  organization_id: string;
  to: string;
}

export interface OrganizationUsage {
  organization_id: string;
  totals: UsageTotals;
}

export interface Pagination {
  count: number;
  has_more: boolean;
  limit: number;
  next_cursor?: string | null;
  offset: number;
}

export interface Playground {
  answer: PlaygroundAnswer;
  created_at: string;
  expires_at: string;
  received: number;
  token: string;
  url: string;
}

export interface PlaygroundAnswer {
  delay_ms: number;
  /** So many of a hundred requests are answered 500 instead */
  failure_percent: number;
  /** Does not answer at all */
  hang: boolean;
  retry_after?: number | null;
  status: number;
}

export interface PlaygroundAnswerRequest {
  delay_ms?: number | null;
  /** So many of a hundred requests are answered 500 instead */
  failure_percent?: number | null;
  /** Does not answer at all */
  hang?: boolean | null;
  retry_after?: number | null;
  status?: number | null;
}

export interface PlaygroundList {
  playgrounds: Playground[];
}

export interface PlaygroundRequest {
  at: string;
  body: string;
  body_bytes: number;
  cut: boolean;
  delivery: boolean;
  headers: HeaderLine[];
  id: number;
  method: string;
  response_status?: number | null;
  target: string;
}

export interface PlaygroundRequests {
  has_more: boolean;
  next_cursor?: string | null;
  requests: PlaygroundRequest[];
}

export interface PostedEvent {
  /** Refuses another event with the same value within 24 hours (409) */
  dedup_id?: string | null;
  /** Not to be delivered before, at most 30 days ahead */
  deliver_at?: string | null;
  /** Any JSON value but null, exactly as posted */
  payload: unknown;
  /** 1 to 255 characters without control characters; alias: event_type */
  type: string;
}

export interface PostedEvents {
  events: PostedEvent[];
}

/** A problem (RFC 9457), with members that clients of older versions read */
export interface Problem {
  /** Where the token was made: two digits */
  cell?: string;
  /** What is wrong, for programs; stable */
  code: "malformed_request" | "validation_error" | "unauthorized" | "insufficient_scope" | "organization_suspended" | "tier_not_allowed" | "not_found" | "method_not_allowed" | "not_acceptable" | "request_timeout" | "conflict" | "public_url_not_set" | "duplicate_event" | "cursor_expired" | "cursor_reset" | "payload_too_large" | "unsupported_media_type" | "misdirected" | "unprocessable" | "rate_limit_exceeded" | "too_many_streams" | "headers_too_large" | "internal_error" | "service_unavailable" | "cell_broke_off" | "cell_unavailable" | "cell_timeout" | "cell_loop";
  /** Of a duplicate event */
  dedup_id?: string;
  /** What is wrong, for people */
  detail: string;
  /** As detail */
  error: string;
  errors?: FieldError[];
  /** Of the event that was stored first */
  id?: string;
  /** The path of the request */
  instance?: string;
  /** Events a minute */
  limit?: number;
  /** The address of that cell, to ask there */
  location?: string;
  /** As detail */
  message: string;
  /** What the key lacks */
  missing?: string[];
  /** Seconds to wait, at least 1 */
  retry_after?: number;
  status: number;
  /** The status in words */
  title: string;
  /** about:blank */
  type: string;
  /** Seconds that the limit is for: 60 */
  window?: number;
}

export interface Recovery {
  endpoint_id: string;
  finished_at?: string | null;
  id: string;
  requested_at: string;
  requeued: number;
  since: string;
  status?: string;
}

export interface RecoveryList {
  recoveries: Recovery[];
}

export interface RecoveryRequest {
  since: string;
}

export interface Redelivery {
  endpoint_ids: string[];
  event_id: string;
  id: string;
  redelivered: number;
  status: string;
}

export interface Replay {
  again: boolean;
  capped: boolean;
  estimated_end?: string | null;
  filter: ReplayFilter;
  finished_at?: string | null;
  id: string;
  matching: number;
  progress: number;
  rate_per_second?: number | null;
  requested_at: string;
  requeued: number;
  since_clamped: boolean;
  skipped: number;
  state: "running" | "finished" | "cancelled";
  to_endpoint_id?: string | null;
}

export interface ReplayDryRun {
  capped: boolean;
  matching: number;
  sample: ReplaySample[];
  since: string;
  since_clamped: boolean;
}

export interface ReplayFilter {
  endpoint_id?: string | null;
  error_code?: string | null;
  outcome: "failed" | "delivered" | "any";
  since: string;
  type?: string | null;
  until: string;
}

export interface ReplayList {
  has_more: boolean;
  next_cursor?: string | null;
  replays: Replay[];
}

export interface ReplayRequest {
  again?: boolean | null;
  dry_run?: boolean | null;
  filter: ReplayRequestFilter;
  rate_per_second?: number | null;
  to_endpoint_id?: string | null;
}

export interface ReplayRequestFilter {
  endpoint_id?: string | null;
  error_code?: string | null;
  outcome?: "failed" | "delivered" | "any" | null;
  since: string;
  type?: string | null;
  until?: string | null;
}

export interface ReplaySample {
  created_at: string;
  endpoint_id: string;
  event_id: string;
  type: string;
}

export interface RotateWebhookSecretBody {
  /** End the old secret at once */
  revoke?: boolean;
}

export interface RotatedKey {
  api_key: string;
  message: string;
  organization_id: string;
  organization_name: string;
  rotated_at: string;
  warning: string;
}

export interface RotationRequest {
  /** How long the old key still works */
  grace_period_seconds?: number | null;
}

export interface SearchPage {
  count: number;
  events: InboxItem[];
  has_more: boolean;
  limit: number;
  next_cursor?: string | null;
  searched_until?: string | null;
}

export interface Service {
  cell: string;
  default_tier: string;
  playground: boolean;
  registration: "open" | "default_tier" | "closed";
  version: string;
}

export interface ServiceSecrets {
  api_key_salt: ApiKeySaltState;
  webhook_secret: WebhookSecretState;
}

export interface ServiceStatistics {
  /** At most 10, from a sample that the database took */
  backlog: OrganizationBacklog[];
  /** 10,000: or more */
  circuits_open: number;
  days: KeptDay[];
  instances: number;
  /** Of the first 1,000 endpoints that have any; null: none is due */
  oldest_due_at?: string | null;
  /** Estimated */
  open_deliveries: number;
  /** Estimated */
  organizations: number;
  versions: string[];
}

export interface SessionExchange {
  token: string;
}

export interface SessionKey {
  api_key: string;
  expires_at: string;
  return_url?: string | null;
  scopes: string[];
}

export interface SessionLink {
  expires_at: string;
  token: string;
  url: string;
}

export interface SessionToMake {
  endpoint_ids?: string[] | null;
  expires_in?: number | null;
  /** http(s), of the service or of PORTAL_RETURN_ORIGINS */
  return_url?: string | null;
  scopes?: string[] | null;
  types?: string[] | null;
}

export interface SetWebhookConfigBody {
  /** Absolute http(s) URL; `url` means the same */
  webhook_url?: string | null;
}

export interface Statistics {
  attempts: number;
  buckets: StatisticsBucket[];
  duration_p50_ms?: number | null;
  duration_p95_ms?: number | null;
  exhausted: number;
  failures: number;
  last_failure?: LastFailure;
  outcomes: StatisticsOutcome[];
  range: string;
  since: string;
  success_rate?: number | null;
  successes: number;
}

export interface StatisticsBucket {
  failed: number;
  p50_ms?: number | null;
  p95_ms?: number | null;
  start: string;
  succeeded: number;
}

export interface StatisticsOutcome {
  attempts: number;
  last_at: string;
  outcome: string;
  p50_ms?: number | null;
  p95_ms?: number | null;
}

export interface Status {
  status: string;
}

export interface StreamLine {
  cursor?: string | null;
  data?: StreamedEvent | StreamedAcknowledgement | StreamedAttempt | StreamedDeadDelivery | StreamedEndpoint;
  kind: "event.accepted" | "event.acknowledged" | "attempt.finished" | "delivery.dead" | "endpoint.changed" | "stream.heartbeat" | "stream.lagging" | "stream.expired";
}

export interface StreamedAcknowledgement {
  acknowledged_at: string;
  event_id: string;
  event_type: string;
  id: string;
  type: string;
}

export interface StreamedAttempt {
  duration_ms: number;
  endpoint_id: string;
  error?: string | null;
  error_code?: string | null;
  event_id: string;
  event_type: string;
  next_attempt_at?: string | null;
  number: number;
  outcome: "delivered" | "retried" | "failed";
  response_status?: number | null;
  started_at: string;
}

export interface StreamedDeadDelivery {
  attempts: number;
  endpoint_id: string;
  error_code?: string | null;
  event_id: string;
  event_type: string;
  failed_at: string;
  last_error?: string | null;
  response_status?: number | null;
}

export interface StreamedEndpoint {
  deleted: boolean;
  disabled_reason?: string | null;
  enabled: boolean;
  endpoint_id: string;
  health: StreamedEndpointHealth;
  id: string;
  updated_at: string;
}

export interface StreamedEndpointHealth {
  circuit: "closed" | "open" | "half_open";
  consecutive_failures: number;
  failing_since?: string | null;
  held_until?: string | null;
  open_until?: string | null;
}

export interface StreamedEvent {
  created_at: string;
  dedup_id?: string | null;
  event_id: string;
  event_type: string;
  id: string;
  /** Any JSON value but null, exactly as posted */
  payload?: unknown;
  type: string;
}

export interface TestOutcome {
  duration_ms: number;
  error?: string | null;
  error_code?: string | null;
  event_id: string;
  response_body?: string | null;
  response_status?: number | null;
  success: boolean;
  type: string;
}

export interface TimelineEntry {
  at: string;
  duration_ms?: number | null;
  endpoint_id?: string | null;
  error_code?: string | null;
  number?: number | null;
  response_status?: number | null;
  what: "accepted" | "waiting" | "queued" | "attempt" | "circuit_opened" | "circuit_closed" | "next_attempt" | "dead" | "cancelled" | "expired" | "redelivered" | "acknowledged";
}

export interface Usage {
  from: string;
  step: string;
  steps: UsageStep[];
  to: string;
  totals: UsageTotals;
}

export interface UsageList {
  from: string;
  has_more: boolean;
  next_cursor?: string | null;
  organizations: OrganizationUsage[];
  to: string;
  unreachable_cells?: string[];
}

export interface UsageStep {
  accepted: number;
  attempts: number;
  bytes: number;
  dead: number;
  delivered: number;
  duplicates: number;
  reads: number;
  rejected: number;
  start: string;
}

export interface UsageTotals {
  accepted: number;
  attempts: number;
  bytes: number;
  dead: number;
  delivered: number;
  duplicates: number;
  reads: number;
  rejected: number;
}

export interface Webhook {
  created_at: string;
  description?: string | null;
  /** Why the service disabled it */
  disabled_reason?: string | null;
  enabled: boolean;
  /** Empty: every type */
  event_types: string[];
  /** Values are masked; given back, a mask leaves its value as it is */
  headers: Record<string, string>;
  health: EndpointHealth;
  id: string;
  is_default: boolean;
  operations: boolean;
  ordered: boolean;
  organization_id: string;
  previous_secret_expires_at?: string | null;
  /** ed25519: the key (`whpk_`) to verify signatures with */
  public_key?: string | null;
  rate_limit_per_second?: number | null;
  /** Seconds between attempts; null: the service's own */
  retry_schedule?: number[] | null;
  /** Only in the answer that made it */
  secret?: string;
  signature: "hmac-sha256" | "ed25519";
  updated_at: string;
  url: string;
}

export interface WebhookChange {
  description?: string | null;
  /** A disabled endpoint keeps collecting deliveries, which wait; true also closes its circuit and forgets its failures */
  enabled?: boolean | null;
  /** Exact types, `prefix.*`, or `*`; null or empty: every type */
  event_types?: string[] | null;
  /** Added to every delivery; stored encrypted */
  headers?: Record<string, string> | null;
  /** Of a change: headers and secret follow to a `url` of another origin; needs `secrets:read` too */
  keep_credentials?: boolean | null;
  /** Take operational events (`endpoint.disabled`, `endpoint.recovered`, `delivery.exhausted`) and only these */
  operations?: boolean | null;
  /** Deliver one event after the other, in the order of acceptance */
  ordered?: boolean | null;
  rate_limit_per_second?: number | null;
  /** Waits between attempts, at most 20: seconds, or texts like `30s`, `5m`, `2h`, `PT5M`, each at most 7 days. Standard Webhooks' example is `["5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"]`; `[]` means one attempt; null: the service's own */
  retry_schedule?: unknown[] | null;
  /** Changing it makes a new secret; the old one signs too for 24 hours */
  signature?: "hmac-sha256" | "ed25519" | null;
  /** Absolute http(s) URL without credentials and fragment; `webhook_url` and `target_url` mean the same */
  url?: string;
}

export interface WebhookConfig {
  disabled_reason?: string | null;
  enabled?: boolean | null;
  health?: EndpointHealth;
  id?: string | null;
  message: string;
  organization_id: string;
  secret?: string;
  success: boolean;
  updated_at?: string | null;
  url?: string | null;
  webhook_url?: string | null;
}

export interface WebhookRequest {
  description?: string | null;
  /** A disabled endpoint keeps collecting deliveries, which wait; true also closes its circuit and forgets its failures */
  enabled?: boolean | null;
  /** Exact types, `prefix.*`, or `*`; null or empty: every type */
  event_types?: string[] | null;
  /** Added to every delivery; stored encrypted */
  headers?: Record<string, string> | null;
  /** Of a change: headers and secret follow to a `url` of another origin; needs `secrets:read` too */
  keep_credentials?: boolean | null;
  /** Take operational events (`endpoint.disabled`, `endpoint.recovered`, `delivery.exhausted`) and only these */
  operations?: boolean | null;
  /** Deliver one event after the other, in the order of acceptance */
  ordered?: boolean | null;
  rate_limit_per_second?: number | null;
  /** Waits between attempts, at most 20: seconds, or texts like `30s`, `5m`, `2h`, `PT5M`, each at most 7 days. Standard Webhooks' example is `["5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"]`; `[]` means one attempt; null: the service's own */
  retry_schedule?: unknown[] | null;
  /** Changing it makes a new secret; the old one signs too for 24 hours */
  signature?: "hmac-sha256" | "ed25519" | null;
  /** Absolute http(s) URL without credentials and fragment; `webhook_url` and `target_url` mean the same */
  url: string;
}

export interface WebhookSecret {
  id: string;
  message?: string;
  previous_secret_expires_at?: string | null;
  public_key?: string | null;
  secret: string;
  signature: string;
  updated_at: string;
}

export interface WebhookSecretState {
  /** Endpoints that need an older one */
  endpoints_to_move: number;
  /** With the undivided one, if it is a list */
  values: number;
}
