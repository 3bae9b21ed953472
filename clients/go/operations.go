// Code generated from the OpenAPI description by clients/generate; DO NOT EDIT.

package triggers

import (
	"context"
	"iter"
	"net/url"
	"time"
)

// operations: method, path (taken apart at its parameters), when it may be repeated, whether it answers text, items of a page, whether the operator's token goes along.
var operations = map[string]operation{
	"acknowledgeEvent":          {"POST", []string{"/api/ack/", "event_id", ""}, "always", false, "", false},
	"acknowledgeEvents":         {"POST", []string{"/api/ack"}, "always", false, "", false},
	"acknowledgeInboxEvent":     {"POST", []string{"/api/inbox/ack/", "event_id", ""}, "always", false, "", false},
	"cancelMove":                {"POST", []string{"/api/admin/moves/", "move_id", "/cancel"}, "always", false, "", true},
	"cancelReplay":              {"DELETE", []string{"/api/replays/", "replay_id", ""}, "always", false, "", false},
	"changeKey":                 {"PATCH", []string{"/api/organization/keys/", "key_id", ""}, "always", false, "", false},
	"changeOrganization":        {"PATCH", []string{"/api/admin/organizations/", "organization_id", ""}, "always", false, "", true},
	"changeWebhook":             {"PATCH", []string{"/api/webhooks/", "endpoint_id", ""}, "always", false, "", false},
	"createKey":                 {"POST", []string{"/api/organization/keys"}, "unsent", false, "", false},
	"createOrganization":        {"POST", []string{"/api/admin/organizations"}, "unsent", false, "", true},
	"createOrganizationKey":     {"POST", []string{"/api/admin/organizations/", "organization_id", "/keys"}, "unsent", false, "", true},
	"createOrganizationSession": {"POST", []string{"/api/admin/organizations/", "organization_id", "/portal-sessions"}, "unsent", false, "", true},
	"createPlayground":          {"POST", []string{"/api/playground"}, "unsent", false, "", false},
	"createReplay":              {"POST", []string{"/api/replays"}, "unsent", false, "", false},
	"createSession":             {"POST", []string{"/api/portal/sessions"}, "unsent", false, "", false},
	"createWebhook":             {"POST", []string{"/api/webhooks"}, "unsent", false, "", false},
	"deleteConsumer":            {"DELETE", []string{"/api/consumers/", "name", ""}, "always", false, "", false},
	"deleteKey":                 {"DELETE", []string{"/api/organization/keys/", "key_id", ""}, "always", false, "", false},
	"deletePlayground":          {"DELETE", []string{"/api/playground/", "token", ""}, "always", false, "", false},
	"deleteWebhook":             {"DELETE", []string{"/api/webhooks/", "endpoint_id", ""}, "always", false, "", false},
	"endSessions":               {"DELETE", []string{"/api/portal/sessions"}, "always", false, "", false},
	"eraseOrganization":         {"POST", []string{"/api/admin/erasures"}, "always", false, "", true},
	"exchangeSession":           {"POST", []string{"/api/portal/sessions/exchange"}, "unsent", false, "", false},
	"extendLease":               {"POST", []string{"/api/inbox/extend"}, "always", false, "", false},
	"generateKey":               {"POST", []string{"/api/keys/generate"}, "unsent", false, "", true},
	"getAttempt":                {"GET", []string{"/api/attempts/", "event_id", "/", "endpoint_id", "/", "number", ""}, "always", false, "", false},
	"getConsumer":               {"GET", []string{"/api/consumers/", "name", ""}, "always", false, "", false},
	"getErasure":                {"GET", []string{"/api/admin/erasures/", "erasure_id", ""}, "always", false, "", true},
	"getEvent":                  {"GET", []string{"/api/events/", "event_id", ""}, "always", false, "", false},
	"getKey":                    {"GET", []string{"/api/keys"}, "always", false, "", false},
	"getMove":                   {"GET", []string{"/api/admin/moves/", "move_id", ""}, "always", false, "", true},
	"getOrganization":           {"GET", []string{"/api/admin/organizations/", "organization_id", ""}, "always", false, "", true},
	"getOrganizationKey":        {"GET", []string{"/api/organization/keys/", "key_id", ""}, "always", false, "", false},
	"getOrganizationStatistics": {"GET", []string{"/api/statistics"}, "always", false, "", false},
	"getReplay":                 {"GET", []string{"/api/replays/", "replay_id", ""}, "always", false, "", false},
	"getService":                {"GET", []string{"/api/service"}, "always", false, "", false},
	"getServiceSecrets":         {"GET", []string{"/api/admin/secrets"}, "always", false, "", true},
	"getServiceStatistics":      {"GET", []string{"/api/admin/stats"}, "always", false, "", true},
	"getStatistics":             {"GET", []string{"/api/webhooks/", "endpoint_id", "/statistics"}, "always", false, "", false},
	"getUsage":                  {"GET", []string{"/api/usage"}, "always", false, "", false},
	"getWebhook":                {"GET", []string{"/api/webhooks/", "endpoint_id", ""}, "always", false, "", false},
	"getWebhookConfig":          {"GET", []string{"/api/webhook/config"}, "always", false, "", false},
	"getWebhookSecret":          {"GET", []string{"/api/webhooks/", "endpoint_id", "/secret"}, "always", false, "", false},
	"health":                    {"GET", []string{"/health"}, "always", false, "", false},
	"lease":                     {"POST", []string{"/api/inbox/lease"}, "always", false, "", false},
	"listAllAttempts":           {"GET", []string{"/api/attempts"}, "always", false, "attempts", false},
	"listAttempts":              {"GET", []string{"/api/webhooks/", "endpoint_id", "/attempts"}, "always", false, "attempts", false},
	"listAudit":                 {"GET", []string{"/api/audit"}, "always", false, "entries", false},
	"listConsumers":             {"GET", []string{"/api/consumers"}, "always", false, "", false},
	"listErasures":              {"GET", []string{"/api/admin/erasures"}, "always", false, "erasures", true},
	"listEventTypes":            {"GET", []string{"/api/event-types"}, "always", false, "event_types", false},
	"listInbox":                 {"GET", []string{"/api/inbox"}, "always", false, "events", false},
	"listKeys":                  {"GET", []string{"/api/organization/keys"}, "always", false, "", false},
	"listLeases":                {"GET", []string{"/api/inbox/leases"}, "always", false, "leases", false},
	"listMoves":                 {"GET", []string{"/api/admin/moves"}, "always", false, "moves", true},
	"listOrganizations":         {"GET", []string{"/api/admin/organizations"}, "always", false, "organizations", true},
	"listPlaygroundRequests":    {"GET", []string{"/api/playground/", "token", "/requests"}, "always", false, "requests", false},
	"listPlaygrounds":           {"GET", []string{"/api/playground"}, "always", false, "", false},
	"listRecoveries":            {"GET", []string{"/api/webhooks/", "endpoint_id", "/recover"}, "always", false, "", false},
	"listReplays":               {"GET", []string{"/api/replays"}, "always", false, "replays", false},
	"listServiceAudit":          {"GET", []string{"/api/admin/audit"}, "always", false, "entries", true},
	"listUsage":                 {"GET", []string{"/api/admin/usage"}, "always", false, "organizations", true},
	"listWebhooks":              {"GET", []string{"/api/webhooks"}, "always", false, "webhooks", false},
	"live":                      {"GET", []string{"/health/live"}, "always", false, "", false},
	"metrics":                   {"GET", []string{"/metrics"}, "always", true, "", false},
	"moveOrganization":          {"POST", []string{"/api/admin/moves"}, "always", false, "", true},
	"openStream":                {"GET", []string{"/api/stream"}, "always", true, "", false},
	"postEvent":                 {"POST", []string{"/api/events"}, "dedup", false, "", false},
	"postEvents":                {"POST", []string{"/api/events/batch"}, "dedup", false, "", false},
	"putConsumer":               {"PUT", []string{"/api/consumers/", "name", ""}, "compared", false, "", false},
	"readLog":                   {"GET", []string{"/api/events"}, "always", false, "events", false},
	"ready":                     {"GET", []string{"/health/ready"}, "always", false, "", false},
	"recoverWebhook":            {"POST", []string{"/api/webhooks/", "endpoint_id", "/recover"}, "unsent", false, "", false},
	"redeliverEvent":            {"POST", []string{"/api/events/", "event_id", "/redeliver"}, "always", false, "", false},
	"releaseLease":              {"POST", []string{"/api/inbox/release"}, "always", false, "", false},
	"rotateKey":                 {"POST", []string{"/api/keys/rotate"}, "unsent", false, "", false},
	"rotateWebhookSecret":       {"POST", []string{"/api/webhooks/", "endpoint_id", "/secret/rotate"}, "unsent", false, "", false},
	"searchEvents":              {"GET", []string{"/api/events/search"}, "always", false, "events", false},
	"setPlaygroundAnswer":       {"PUT", []string{"/api/playground/", "token", "/answer"}, "always", false, "", false},
	"setWebhookConfig":          {"POST", []string{"/api/webhook/config"}, "always", false, "", false},
	"testWebhook":               {"POST", []string{"/api/webhooks/", "endpoint_id", "/test"}, "unsent", false, "", false},
	"tryFilters":                {"POST", []string{"/api/filters/try"}, "always", false, "", false},
}

// AcknowledgeEvent: Acknowledge an event (POST /api/ack/{event_id}).
func (c *Client) AcknowledgeEvent(ctx context.Context, eventID string) (*Acknowledgement, error) {
	return ask[Acknowledgement](c, ctx, "acknowledgeEvent", []string{eventID}, nil, nil)
}

// AcknowledgeEvents: Acknowledge up to 1,000 events (POST /api/ack).
func (c *Client) AcknowledgeEvents(ctx context.Context, body AcknowledgementBatch) (*AcknowledgementResults, error) {
	return ask[AcknowledgementResults](c, ctx, "acknowledgeEvents", nil, nil, body)
}

// AcknowledgeInboxEvent: Acknowledge an event (POST /api/inbox/ack/{event_id}).
func (c *Client) AcknowledgeInboxEvent(ctx context.Context, eventID string) (*Acknowledgement, error) {
	return ask[Acknowledgement](c, ctx, "acknowledgeInboxEvent", []string{eventID}, nil, nil)
}

// CancelMove: Call a move off (POST /api/admin/moves/{move_id}/cancel).
func (c *Client) CancelMove(ctx context.Context, moveID string) (*Move, error) {
	return ask[Move](c, ctx, "cancelMove", []string{moveID}, nil, nil)
}

// CancelReplay: Cancel a replay (DELETE /api/replays/{replay_id}).
func (c *Client) CancelReplay(ctx context.Context, replayID string) (*Replay, error) {
	return ask[Replay](c, ctx, "cancelReplay", []string{replayID}, nil, nil)
}

// ChangeKey: Change a key's name or scopes (PATCH /api/organization/keys/{key_id}).
func (c *Client) ChangeKey(ctx context.Context, keyID string, body KeyChange) (*OrganizationKey, error) {
	return ask[OrganizationKey](c, ctx, "changeKey", []string{keyID}, nil, body)
}

// ChangeOrganization: Change or suspend an organization (PATCH /api/admin/organizations/{organization_id}).
func (c *Client) ChangeOrganization(ctx context.Context, organizationID string, body OrganizationChange) (*Organization, error) {
	return ask[Organization](c, ctx, "changeOrganization", []string{organizationID}, nil, body)
}

// ChangeWebhook: Change an endpoint (PATCH /api/webhooks/{endpoint_id}).
func (c *Client) ChangeWebhook(ctx context.Context, endpointID string, body WebhookChange) (*Webhook, error) {
	return ask[Webhook](c, ctx, "changeWebhook", []string{endpointID}, nil, body)
}

// CreateKey: Make another key (POST /api/organization/keys).
func (c *Client) CreateKey(ctx context.Context, body KeyToMake) (*MadeKey, error) {
	return ask[MadeKey](c, ctx, "createKey", nil, nil, body)
}

// CreateOrganization: Make an organization (POST /api/admin/organizations).
func (c *Client) CreateOrganization(ctx context.Context, body OrganizationToMake) (*Organization, error) {
	return ask[Organization](c, ctx, "createOrganization", nil, nil, body)
}

// CreateOrganizationKey: Make a key of an organization (POST /api/admin/organizations/{organization_id}/keys).
func (c *Client) CreateOrganizationKey(ctx context.Context, organizationID string, body KeyToMake) (*MadeKey, error) {
	return ask[MadeKey](c, ctx, "createOrganizationKey", []string{organizationID}, nil, body)
}

// CreateOrganizationSession: Make a link to an organization's portal (POST /api/admin/organizations/{organization_id}/portal-sessions).
func (c *Client) CreateOrganizationSession(ctx context.Context, organizationID string, body *SessionToMake) (*SessionLink, error) {
	return ask[SessionLink](c, ctx, "createOrganizationSession", []string{organizationID}, nil, optional(body))
}

// CreatePlayground: Make a receiver for a try (POST /api/playground).
func (c *Client) CreatePlayground(ctx context.Context) (*MadePlayground, error) {
	return ask[MadePlayground](c, ctx, "createPlayground", nil, nil, nil)
}

// CreateReplay: Replay deliveries (POST /api/replays).
func (c *Client) CreateReplay(ctx context.Context, body ReplayRequest) (*CreateReplayAnswer, error) {
	return ask[CreateReplayAnswer](c, ctx, "createReplay", nil, nil, body)
}

// CreateSession: Make a link to the portal (POST /api/portal/sessions).
func (c *Client) CreateSession(ctx context.Context, body *SessionToMake) (*SessionLink, error) {
	return ask[SessionLink](c, ctx, "createSession", nil, nil, optional(body))
}

// CreateWebhook: Register an endpoint (POST /api/webhooks).
func (c *Client) CreateWebhook(ctx context.Context, body WebhookRequest) (*Webhook, error) {
	return ask[Webhook](c, ctx, "createWebhook", nil, nil, body)
}

// DeleteConsumer: Forget a position (DELETE /api/consumers/{name}).
func (c *Client) DeleteConsumer(ctx context.Context, name string) error {
	_, err := ask[struct{}](c, ctx, "deleteConsumer", []string{name}, nil, nil)
	return err
}

// DeleteKey: End a key at once (DELETE /api/organization/keys/{key_id}).
func (c *Client) DeleteKey(ctx context.Context, keyID string) error {
	_, err := ask[struct{}](c, ctx, "deleteKey", []string{keyID}, nil, nil)
	return err
}

// DeletePlayground: End a receiver for a try (DELETE /api/playground/{token}).
func (c *Client) DeletePlayground(ctx context.Context, token string) error {
	_, err := ask[struct{}](c, ctx, "deletePlayground", []string{token}, nil, nil)
	return err
}

// DeleteWebhook: Delete an endpoint (DELETE /api/webhooks/{endpoint_id}).
func (c *Client) DeleteWebhook(ctx context.Context, endpointID string) error {
	_, err := ask[struct{}](c, ctx, "deleteWebhook", []string{endpointID}, nil, nil)
	return err
}

// EndSessions: End all sessions (DELETE /api/portal/sessions).
func (c *Client) EndSessions(ctx context.Context) error {
	_, err := ask[struct{}](c, ctx, "endSessions", nil, nil, nil)
	return err
}

// EraseOrganization: Erase an organization (POST /api/admin/erasures).
func (c *Client) EraseOrganization(ctx context.Context, body OrganizationToErase) (*Erasure, error) {
	return ask[Erasure](c, ctx, "eraseOrganization", nil, nil, body)
}

// ExchangeSession: Exchange a link's token for a session's key (POST /api/portal/sessions/exchange).
func (c *Client) ExchangeSession(ctx context.Context, body SessionExchange) (*SessionKey, error) {
	return ask[SessionKey](c, ctx, "exchangeSession", nil, nil, body)
}

// ExtendLease: Extend a lease (POST /api/inbox/extend).
func (c *Client) ExtendLease(ctx context.Context, body LeaseExtension) (*Lease, error) {
	return ask[Lease](c, ctx, "extendLease", nil, nil, body)
}

// GenerateKey: Create an organization and its API key (POST /api/keys/generate).
func (c *Client) GenerateKey(ctx context.Context, body KeyRequest) (*GeneratedKey, error) {
	return ask[GeneratedKey](c, ctx, "generateKey", nil, nil, body)
}

// GetAttempt: Show an attempt in full (GET /api/attempts/{event_id}/{endpoint_id}/{number}).
func (c *Client) GetAttempt(ctx context.Context, eventID string, endpointID string, number string) (*AttemptInFull, error) {
	return ask[AttemptInFull](c, ctx, "getAttempt", []string{eventID, endpointID, number}, nil, nil)
}

// GetConsumer: Show a position that is kept (GET /api/consumers/{name}).
func (c *Client) GetConsumer(ctx context.Context, name string) (*Consumer, error) {
	return ask[Consumer](c, ctx, "getConsumer", []string{name}, nil, nil)
}

// GetErasure: Show how far an erasure is (GET /api/admin/erasures/{erasure_id}).
func (c *Client) GetErasure(ctx context.Context, erasureID string) (*Erasure, error) {
	return ask[Erasure](c, ctx, "getErasure", []string{erasureID}, nil, nil)
}

// GetEvent: Show an event (GET /api/events/{event_id}).
func (c *Client) GetEvent(ctx context.Context, eventID string) (*Event, error) {
	return ask[Event](c, ctx, "getEvent", []string{eventID}, nil, nil)
}

// GetKey: Show the organization and the public prefix of its key (GET /api/keys).
func (c *Client) GetKey(ctx context.Context) (*Key, error) {
	return ask[Key](c, ctx, "getKey", nil, nil, nil)
}

// GetMove: Show how far a move is (GET /api/admin/moves/{move_id}).
func (c *Client) GetMove(ctx context.Context, moveID string) (*Move, error) {
	return ask[Move](c, ctx, "getMove", []string{moveID}, nil, nil)
}

// GetOrganization: Show an organization (GET /api/admin/organizations/{organization_id}).
func (c *Client) GetOrganization(ctx context.Context, organizationID string) (*Organization, error) {
	return ask[Organization](c, ctx, "getOrganization", []string{organizationID}, nil, nil)
}

// GetOrganizationKey: Show one of the organization's keys (GET /api/organization/keys/{key_id}).
func (c *Client) GetOrganizationKey(ctx context.Context, keyID string) (*OrganizationKey, error) {
	return ask[OrganizationKey](c, ctx, "getOrganizationKey", []string{keyID}, nil, nil)
}

// GetOrganizationStatisticsQuery are the parameters of GetOrganizationStatistics.
type GetOrganizationStatisticsQuery struct {
	Range Optional[string]
}

func (q GetOrganizationStatisticsQuery) values() url.Values {
	values := url.Values{}
	add(values, "range", q.Range)
	return values
}

// GetOrganizationStatistics: Figures of the organization (GET /api/statistics).
func (c *Client) GetOrganizationStatistics(ctx context.Context, query GetOrganizationStatisticsQuery) (*OrganizationStatistics, error) {
	return ask[OrganizationStatistics](c, ctx, "getOrganizationStatistics", nil, query.values(), nil)
}

// GetReplay: How a replay goes (GET /api/replays/{replay_id}).
func (c *Client) GetReplay(ctx context.Context, replayID string) (*Replay, error) {
	return ask[Replay](c, ctx, "getReplay", []string{replayID}, nil, nil)
}

// GetService: Tell what this service is (GET /api/service).
func (c *Client) GetService(ctx context.Context) (*Service, error) {
	return ask[Service](c, ctx, "getService", nil, nil, nil)
}

// GetServiceSecrets: How far a change of the service's secrets is (GET /api/admin/secrets).
func (c *Client) GetServiceSecrets(ctx context.Context) (*ServiceSecrets, error) {
	return ask[ServiceSecrets](c, ctx, "getServiceSecrets", nil, nil, nil)
}

// GetServiceStatistics: Figures of the whole service (GET /api/admin/stats).
func (c *Client) GetServiceStatistics(ctx context.Context) (*ServiceStatistics, error) {
	return ask[ServiceStatistics](c, ctx, "getServiceStatistics", nil, nil, nil)
}

// GetStatisticsQuery are the parameters of GetStatistics.
type GetStatisticsQuery struct {
	Range Optional[string]
}

func (q GetStatisticsQuery) values() url.Values {
	values := url.Values{}
	add(values, "range", q.Range)
	return values
}

// GetStatistics: Figures of an endpoint's attempts (GET /api/webhooks/{endpoint_id}/statistics).
func (c *Client) GetStatistics(ctx context.Context, endpointID string, query GetStatisticsQuery) (*Statistics, error) {
	return ask[Statistics](c, ctx, "getStatistics", []string{endpointID}, query.values(), nil)
}

// GetUsageQuery are the parameters of GetUsage.
type GetUsageQuery struct {
	From Optional[time.Time]
	To   Optional[time.Time]
	Step Optional[string]
}

func (q GetUsageQuery) values() url.Values {
	values := url.Values{}
	add(values, "from", q.From)
	add(values, "to", q.To)
	add(values, "step", q.Step)
	return values
}

// GetUsage: What the organization uses (GET /api/usage).
func (c *Client) GetUsage(ctx context.Context, query GetUsageQuery) (*Usage, error) {
	return ask[Usage](c, ctx, "getUsage", nil, query.values(), nil)
}

// GetWebhook: Show an endpoint and its health (GET /api/webhooks/{endpoint_id}).
func (c *Client) GetWebhook(ctx context.Context, endpointID string) (*Webhook, error) {
	return ask[Webhook](c, ctx, "getWebhook", []string{endpointID}, nil, nil)
}

// GetWebhookConfig: Show the default endpoint (GET /api/webhook/config).
func (c *Client) GetWebhookConfig(ctx context.Context) (*WebhookConfig, error) {
	return ask[WebhookConfig](c, ctx, "getWebhookConfig", nil, nil, nil)
}

// GetWebhookSecret: Show an endpoint's secret (GET /api/webhooks/{endpoint_id}/secret).
func (c *Client) GetWebhookSecret(ctx context.Context, endpointID string) (*WebhookSecret, error) {
	return ask[WebhookSecret](c, ctx, "getWebhookSecret", []string{endpointID}, nil, nil)
}

// Health: Tell that the service runs (GET /health).
func (c *Client) Health(ctx context.Context) (*Health, error) {
	return ask[Health](c, ctx, "health", nil, nil, nil)
}

// Lease: Lease events (POST /api/inbox/lease).
func (c *Client) Lease(ctx context.Context, body *LeaseRequest) (*LeasedEvents, error) {
	return ask[LeasedEvents](c, ctx, "lease", nil, nil, optional(body))
}

// ListAllAttemptsQuery are the parameters of ListAllAttempts.
type ListAllAttemptsQuery struct {
	EndpointID Optional[string]
	EventID    Optional[string]
	Type       Optional[string]
	Outcome    Optional[string]
	Status     Optional[string]
	ErrorCode  Optional[string]
	Since      Optional[time.Time]
	Until      Optional[time.Time]
	Cursor     Optional[string]
	Limit      Optional[int64]
}

func (q ListAllAttemptsQuery) values() url.Values {
	values := url.Values{}
	add(values, "endpoint_id", q.EndpointID)
	add(values, "event_id", q.EventID)
	add(values, "type", q.Type)
	add(values, "outcome", q.Outcome)
	add(values, "status", q.Status)
	add(values, "error_code", q.ErrorCode)
	add(values, "since", q.Since)
	add(values, "until", q.Until)
	add(values, "cursor", q.Cursor)
	add(values, "limit", q.Limit)
	return values
}

// ListAllAttempts: List attempts (GET /api/attempts).
func (c *Client) ListAllAttempts(ctx context.Context, query ListAllAttemptsQuery) (*AttemptPage, error) {
	return ask[AttemptPage](c, ctx, "listAllAttempts", nil, query.values(), nil)
}

// EachAllAttempts gives the items of all pages of ListAllAttempts.
func (c *Client) EachAllAttempts(ctx context.Context, query ListAllAttemptsQuery) iter.Seq2[Attempt, error] {
	return each[Attempt](c, ctx, "listAllAttempts", nil, query.values())
}

// ListAttemptsQuery are the parameters of ListAttempts.
type ListAttemptsQuery struct {
	Outcome Optional[string]
	Since   Optional[time.Time]
	Cursor  Optional[string]
	Limit   Optional[int64]
}

func (q ListAttemptsQuery) values() url.Values {
	values := url.Values{}
	add(values, "outcome", q.Outcome)
	add(values, "since", q.Since)
	add(values, "cursor", q.Cursor)
	add(values, "limit", q.Limit)
	return values
}

// ListAttempts: Attempts of an endpoint (GET /api/webhooks/{endpoint_id}/attempts).
func (c *Client) ListAttempts(ctx context.Context, endpointID string, query ListAttemptsQuery) (*EndpointAttemptPage, error) {
	return ask[EndpointAttemptPage](c, ctx, "listAttempts", []string{endpointID}, query.values(), nil)
}

// EachAttempts gives the items of all pages of ListAttempts.
func (c *Client) EachAttempts(ctx context.Context, endpointID string, query ListAttemptsQuery) iter.Seq2[EndpointAttempt, error] {
	return each[EndpointAttempt](c, ctx, "listAttempts", []string{endpointID}, query.values())
}

// ListAuditQuery are the parameters of ListAudit.
type ListAuditQuery struct {
	Action Optional[string]
	Target Optional[string]
	Since  Optional[time.Time]
	Until  Optional[time.Time]
	Limit  Optional[int64]
	Cursor Optional[string]
}

func (q ListAuditQuery) values() url.Values {
	values := url.Values{}
	add(values, "action", q.Action)
	add(values, "target", q.Target)
	add(values, "since", q.Since)
	add(values, "until", q.Until)
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListAudit: Who changed what (GET /api/audit).
func (c *Client) ListAudit(ctx context.Context, query ListAuditQuery) (*AuditPage, error) {
	return ask[AuditPage](c, ctx, "listAudit", nil, query.values(), nil)
}

// EachAudit gives the items of all pages of ListAudit.
func (c *Client) EachAudit(ctx context.Context, query ListAuditQuery) iter.Seq2[AuditEntry, error] {
	return each[AuditEntry](c, ctx, "listAudit", nil, query.values())
}

// ListConsumers: List the positions that are kept (GET /api/consumers).
func (c *Client) ListConsumers(ctx context.Context) (*ConsumerList, error) {
	return ask[ConsumerList](c, ctx, "listConsumers", nil, nil, nil)
}

// ListErasuresQuery are the parameters of ListErasures.
type ListErasuresQuery struct {
	Limit  Optional[int64]
	Cursor Optional[string]
}

func (q ListErasuresQuery) values() url.Values {
	values := url.Values{}
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListErasures: List erasures (GET /api/admin/erasures).
func (c *Client) ListErasures(ctx context.Context, query ListErasuresQuery) (*ErasureList, error) {
	return ask[ErasureList](c, ctx, "listErasures", nil, query.values(), nil)
}

// EachErasures gives the items of all pages of ListErasures.
func (c *Client) EachErasures(ctx context.Context, query ListErasuresQuery) iter.Seq2[Erasure, error] {
	return each[Erasure](c, ctx, "listErasures", nil, query.values())
}

// ListEventTypesQuery are the parameters of ListEventTypes.
type ListEventTypesQuery struct {
	Cursor Optional[string]
	Limit  Optional[int64]
}

func (q ListEventTypesQuery) values() url.Values {
	values := url.Values{}
	add(values, "cursor", q.Cursor)
	add(values, "limit", q.Limit)
	return values
}

// ListEventTypes: List the types of events that were seen (GET /api/event-types).
func (c *Client) ListEventTypes(ctx context.Context, query ListEventTypesQuery) (*EventTypePage, error) {
	return ask[EventTypePage](c, ctx, "listEventTypes", nil, query.values(), nil)
}

// EachEventTypes gives the items of all pages of ListEventTypes.
func (c *Client) EachEventTypes(ctx context.Context, query ListEventTypesQuery) iter.Seq2[EventType, error] {
	return each[EventType](c, ctx, "listEventTypes", nil, query.values())
}

// ListInboxQuery are the parameters of ListInbox.
type ListInboxQuery struct {
	Status      Optional[string]
	Type        Optional[string]
	Order       Optional[string]
	Limit       Optional[int64]
	Cursor      Optional[string]
	Offset      Optional[int64]
	Wait        Optional[int64]
	MinReceives Optional[int64]
}

func (q ListInboxQuery) values() url.Values {
	values := url.Values{}
	add(values, "status", q.Status)
	add(values, "type", q.Type)
	add(values, "order", q.Order)
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	add(values, "offset", q.Offset)
	add(values, "wait", q.Wait)
	add(values, "min_receives", q.MinReceives)
	return values
}

// ListInbox: List events (GET /api/inbox).
func (c *Client) ListInbox(ctx context.Context, query ListInboxQuery) (*InboxPage, error) {
	return ask[InboxPage](c, ctx, "listInbox", nil, query.values(), nil)
}

// EachInbox gives the items of all pages of ListInbox.
func (c *Client) EachInbox(ctx context.Context, query ListInboxQuery) iter.Seq2[InboxItem, error] {
	return each[InboxItem](c, ctx, "listInbox", nil, query.values())
}

// ListKeys: List the organization's keys (GET /api/organization/keys).
func (c *Client) ListKeys(ctx context.Context) (*KeyList, error) {
	return ask[KeyList](c, ctx, "listKeys", nil, nil, nil)
}

// ListLeasesQuery are the parameters of ListLeases.
type ListLeasesQuery struct {
	Limit  Optional[int64]
	Cursor Optional[string]
}

func (q ListLeasesQuery) values() url.Values {
	values := url.Values{}
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListLeases: List the leases that have not ended (GET /api/inbox/leases).
func (c *Client) ListLeases(ctx context.Context, query ListLeasesQuery) (*LeaseList, error) {
	return ask[LeaseList](c, ctx, "listLeases", nil, query.values(), nil)
}

// EachLeases gives the items of all pages of ListLeases.
func (c *Client) EachLeases(ctx context.Context, query ListLeasesQuery) iter.Seq2[Lease, error] {
	return each[Lease](c, ctx, "listLeases", nil, query.values())
}

// ListMovesQuery are the parameters of ListMoves.
type ListMovesQuery struct {
	Limit  Optional[int64]
	Cursor Optional[string]
}

func (q ListMovesQuery) values() url.Values {
	values := url.Values{}
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListMoves: List moves (GET /api/admin/moves).
func (c *Client) ListMoves(ctx context.Context, query ListMovesQuery) (*MoveList, error) {
	return ask[MoveList](c, ctx, "listMoves", nil, query.values(), nil)
}

// EachMoves gives the items of all pages of ListMoves.
func (c *Client) EachMoves(ctx context.Context, query ListMovesQuery) iter.Seq2[Move, error] {
	return each[Move](c, ctx, "listMoves", nil, query.values())
}

// ListOrganizationsQuery are the parameters of ListOrganizations.
type ListOrganizationsQuery struct {
	Q          Optional[string]
	ExternalID Optional[string]
	Tier       Optional[string]
	State      Optional[string]
	Limit      Optional[int64]
	Cursor     Optional[string]
}

func (q ListOrganizationsQuery) values() url.Values {
	values := url.Values{}
	add(values, "q", q.Q)
	add(values, "external_id", q.ExternalID)
	add(values, "tier", q.Tier)
	add(values, "state", q.State)
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListOrganizations: List organizations (GET /api/admin/organizations).
func (c *Client) ListOrganizations(ctx context.Context, query ListOrganizationsQuery) (*OrganizationList, error) {
	return ask[OrganizationList](c, ctx, "listOrganizations", nil, query.values(), nil)
}

// EachOrganizations gives the items of all pages of ListOrganizations.
func (c *Client) EachOrganizations(ctx context.Context, query ListOrganizationsQuery) iter.Seq2[Organization, error] {
	return each[Organization](c, ctx, "listOrganizations", nil, query.values())
}

// ListPlaygroundRequestsQuery are the parameters of ListPlaygroundRequests.
type ListPlaygroundRequestsQuery struct {
	Limit  Optional[int64]
	Cursor Optional[string]
}

func (q ListPlaygroundRequestsQuery) values() url.Values {
	values := url.Values{}
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListPlaygroundRequests: Show what a receiver took (GET /api/playground/{token}/requests).
func (c *Client) ListPlaygroundRequests(ctx context.Context, token string, query ListPlaygroundRequestsQuery) (*PlaygroundRequests, error) {
	return ask[PlaygroundRequests](c, ctx, "listPlaygroundRequests", []string{token}, query.values(), nil)
}

// EachPlaygroundRequests gives the items of all pages of ListPlaygroundRequests.
func (c *Client) EachPlaygroundRequests(ctx context.Context, token string, query ListPlaygroundRequestsQuery) iter.Seq2[PlaygroundRequest, error] {
	return each[PlaygroundRequest](c, ctx, "listPlaygroundRequests", []string{token}, query.values())
}

// ListPlaygrounds: List the receivers for a try (GET /api/playground).
func (c *Client) ListPlaygrounds(ctx context.Context) (*PlaygroundList, error) {
	return ask[PlaygroundList](c, ctx, "listPlaygrounds", nil, nil, nil)
}

// ListRecoveries: How the recoveries of an endpoint go (GET /api/webhooks/{endpoint_id}/recover).
func (c *Client) ListRecoveries(ctx context.Context, endpointID string) (*RecoveryList, error) {
	return ask[RecoveryList](c, ctx, "listRecoveries", []string{endpointID}, nil, nil)
}

// ListReplaysQuery are the parameters of ListReplays.
type ListReplaysQuery struct {
	Limit  Optional[int64]
	Cursor Optional[string]
}

func (q ListReplaysQuery) values() url.Values {
	values := url.Values{}
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListReplays: List replays (GET /api/replays).
func (c *Client) ListReplays(ctx context.Context, query ListReplaysQuery) (*ReplayList, error) {
	return ask[ReplayList](c, ctx, "listReplays", nil, query.values(), nil)
}

// EachReplays gives the items of all pages of ListReplays.
func (c *Client) EachReplays(ctx context.Context, query ListReplaysQuery) iter.Seq2[Replay, error] {
	return each[Replay](c, ctx, "listReplays", nil, query.values())
}

// ListServiceAuditQuery are the parameters of ListServiceAudit.
type ListServiceAuditQuery struct {
	OrganizationID Optional[string]
	Action         Optional[string]
	Target         Optional[string]
	Since          Optional[time.Time]
	Until          Optional[time.Time]
	Limit          Optional[int64]
	Cursor         Optional[string]
}

func (q ListServiceAuditQuery) values() url.Values {
	values := url.Values{}
	add(values, "organization_id", q.OrganizationID)
	add(values, "action", q.Action)
	add(values, "target", q.Target)
	add(values, "since", q.Since)
	add(values, "until", q.Until)
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListServiceAudit: Who changed what, of all organizations (GET /api/admin/audit).
func (c *Client) ListServiceAudit(ctx context.Context, query ListServiceAuditQuery) (*AuditPage, error) {
	return ask[AuditPage](c, ctx, "listServiceAudit", nil, query.values(), nil)
}

// EachServiceAudit gives the items of all pages of ListServiceAudit.
func (c *Client) EachServiceAudit(ctx context.Context, query ListServiceAuditQuery) iter.Seq2[AuditEntry, error] {
	return each[AuditEntry](c, ctx, "listServiceAudit", nil, query.values())
}

// ListUsageQuery are the parameters of ListUsage.
type ListUsageQuery struct {
	From           Optional[time.Time]
	To             Optional[time.Time]
	Step           Optional[string]
	OrganizationID Optional[string]
	Limit          Optional[int64]
	Cursor         Optional[string]
}

func (q ListUsageQuery) values() url.Values {
	values := url.Values{}
	add(values, "from", q.From)
	add(values, "to", q.To)
	add(values, "step", q.Step)
	add(values, "organization_id", q.OrganizationID)
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListUsage: What the organizations use (GET /api/admin/usage).
func (c *Client) ListUsage(ctx context.Context, query ListUsageQuery) (*UsageList, error) {
	return ask[UsageList](c, ctx, "listUsage", nil, query.values(), nil)
}

// EachUsage gives the items of all pages of ListUsage.
func (c *Client) EachUsage(ctx context.Context, query ListUsageQuery) iter.Seq2[OrganizationUsage, error] {
	return each[OrganizationUsage](c, ctx, "listUsage", nil, query.values())
}

// ListWebhooksQuery are the parameters of ListWebhooks.
type ListWebhooksQuery struct {
	Limit  Optional[int64]
	Cursor Optional[string]
}

func (q ListWebhooksQuery) values() url.Values {
	values := url.Values{}
	add(values, "limit", q.Limit)
	add(values, "cursor", q.Cursor)
	return values
}

// ListWebhooks: List endpoints (GET /api/webhooks).
func (c *Client) ListWebhooks(ctx context.Context, query ListWebhooksQuery) (*EndpointList, error) {
	return ask[EndpointList](c, ctx, "listWebhooks", nil, query.values(), nil)
}

// EachWebhooks gives the items of all pages of ListWebhooks.
func (c *Client) EachWebhooks(ctx context.Context, query ListWebhooksQuery) iter.Seq2[Webhook, error] {
	return each[Webhook](c, ctx, "listWebhooks", nil, query.values())
}

// Live: Tell that the process lives (GET /health/live).
func (c *Client) Live(ctx context.Context) (*Status, error) {
	return ask[Status](c, ctx, "live", nil, nil, nil)
}

// Metrics: Show the metrics (GET /metrics).
func (c *Client) Metrics(ctx context.Context) (string, error) {
	return c.text(ctx, "metrics", nil, nil)
}

// MoveOrganization: Move an organization to another cell (POST /api/admin/moves).
func (c *Client) MoveOrganization(ctx context.Context, body OrganizationToMove) (*Move, error) {
	return ask[Move](c, ctx, "moveOrganization", nil, nil, body)
}

// PostEvent: Post an event (POST /api/events).
func (c *Client) PostEvent(ctx context.Context, body PostedEvent) (*AcceptedEvent, error) {
	return ask[AcceptedEvent](c, ctx, "postEvent", nil, nil, body)
}

// PostEvents: Post many events (POST /api/events/batch).
func (c *Client) PostEvents(ctx context.Context, body PostedEvents) (*BatchAnswer, error) {
	return ask[BatchAnswer](c, ctx, "postEvents", nil, nil, body)
}

// PutConsumer: Keep a position (PUT /api/consumers/{name}).
func (c *Client) PutConsumer(ctx context.Context, name string, body ConsumerPosition) (*Consumer, error) {
	return ask[Consumer](c, ctx, "putConsumer", []string{name}, nil, body)
}

// ReadLogQuery are the parameters of ReadLog.
type ReadLogQuery struct {
	Cursor Optional[string]
	From   Optional[string]
	Type   Optional[string]
	Limit  Optional[int64]
	Wait   Optional[int64]
	Fields Optional[string]
}

func (q ReadLogQuery) values() url.Values {
	values := url.Values{}
	add(values, "cursor", q.Cursor)
	add(values, "from", q.From)
	add(values, "type", q.Type)
	add(values, "limit", q.Limit)
	add(values, "wait", q.Wait)
	add(values, "fields", q.Fields)
	return values
}

// ReadLog: Read the log (GET /api/events).
func (c *Client) ReadLog(ctx context.Context, query ReadLogQuery) (*LogPage, error) {
	return ask[LogPage](c, ctx, "readLog", nil, query.values(), nil)
}

// EachLog gives the items of all pages of ReadLog.
func (c *Client) EachLog(ctx context.Context, query ReadLogQuery) iter.Seq2[InboxItem, error] {
	return each[InboxItem](c, ctx, "readLog", nil, query.values())
}

// Ready: Tell whether to send requests here (GET /health/ready).
func (c *Client) Ready(ctx context.Context) (*Status, error) {
	return ask[Status](c, ctx, "ready", nil, nil, nil)
}

// RecoverWebhook: Requeue all failed deliveries of an endpoint (POST /api/webhooks/{endpoint_id}/recover).
func (c *Client) RecoverWebhook(ctx context.Context, endpointID string, body RecoveryRequest) (*Recovery, error) {
	return ask[Recovery](c, ctx, "recoverWebhook", []string{endpointID}, nil, body)
}

// RedeliverEvent: Deliver an event again (POST /api/events/{event_id}/redeliver).
func (c *Client) RedeliverEvent(ctx context.Context, eventID string) (*Redelivery, error) {
	return ask[Redelivery](c, ctx, "redeliverEvent", []string{eventID}, nil, nil)
}

// ReleaseLease: Release a lease, or some events (POST /api/inbox/release).
func (c *Client) ReleaseLease(ctx context.Context, body LeaseRelease) (*LeaseReleased, error) {
	return ask[LeaseReleased](c, ctx, "releaseLease", nil, nil, body)
}

// RotateKey: Replace the API key (POST /api/keys/rotate).
func (c *Client) RotateKey(ctx context.Context, body *RotationRequest) (*RotatedKey, error) {
	return ask[RotatedKey](c, ctx, "rotateKey", nil, nil, optional(body))
}

// RotateWebhookSecret: Replace an endpoint's secret (POST /api/webhooks/{endpoint_id}/secret/rotate).
func (c *Client) RotateWebhookSecret(ctx context.Context, endpointID string, body *RotateWebhookSecretBody) (*WebhookSecret, error) {
	return ask[WebhookSecret](c, ctx, "rotateWebhookSecret", []string{endpointID}, nil, optional(body))
}

// SearchEventsQuery are the parameters of SearchEvents.
type SearchEventsQuery struct {
	Q      Optional[string]
	Cursor Optional[string]
	Limit  Optional[int64]
}

func (q SearchEventsQuery) values() url.Values {
	values := url.Values{}
	add(values, "q", q.Q)
	add(values, "cursor", q.Cursor)
	add(values, "limit", q.Limit)
	return values
}

// SearchEvents: Search events (GET /api/events/search).
func (c *Client) SearchEvents(ctx context.Context, query SearchEventsQuery) (*SearchPage, error) {
	return ask[SearchPage](c, ctx, "searchEvents", nil, query.values(), nil)
}

// EachEvents gives the items of all pages of SearchEvents.
func (c *Client) EachEvents(ctx context.Context, query SearchEventsQuery) iter.Seq2[InboxItem, error] {
	return each[InboxItem](c, ctx, "searchEvents", nil, query.values())
}

// SetPlaygroundAnswer: Say what a receiver answers (PUT /api/playground/{token}/answer).
func (c *Client) SetPlaygroundAnswer(ctx context.Context, token string, body PlaygroundAnswerRequest) (*PlaygroundAnswer, error) {
	return ask[PlaygroundAnswer](c, ctx, "setPlaygroundAnswer", []string{token}, nil, body)
}

// SetWebhookConfig: Set or remove the default endpoint (POST /api/webhook/config).
func (c *Client) SetWebhookConfig(ctx context.Context, body SetWebhookConfigBody) (*WebhookConfig, error) {
	return ask[WebhookConfig](c, ctx, "setWebhookConfig", nil, nil, body)
}

// TestWebhook: Try an endpoint out (POST /api/webhooks/{endpoint_id}/test).
func (c *Client) TestWebhook(ctx context.Context, endpointID string) (*TestOutcome, error) {
	return ask[TestOutcome](c, ctx, "testWebhook", []string{endpointID}, nil, nil)
}

// TryFilters: Try filters out (POST /api/filters/try).
func (c *Client) TryFilters(ctx context.Context, body FilterTrial) (*FilterTrialPage, error) {
	return ask[FilterTrialPage](c, ctx, "tryFilters", nil, nil, body)
}
