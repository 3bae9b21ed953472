// Code generated from the OpenAPI description by clients/generate; DO NOT EDIT.

package triggers

import (
	"encoding/json"
	"time"
)

var (
	_ json.RawMessage
	_ time.Time
)

// AcceptedEvent: is of the OpenAPI description.
type AcceptedEvent struct {
	CreatedAt      time.Time `json:"created_at"`
	DeliveryStatus string    `json:"delivery_status"`
	EventID        string    `json:"event_id"`
	ID             string    `json:"id"`
	Message        string    `json:"message"`
	OrganizationID string    `json:"organization_id"`
	Status         string    `json:"status"`
	Type           string    `json:"type"`
}

// Acknowledgement: is of the OpenAPI description.
type Acknowledgement struct {
	AcknowledgedAt time.Time `json:"acknowledged_at"`
	EventID        string    `json:"event_id"`
	ID             string    `json:"id"`
	Message        string    `json:"message"`
	Status         string    `json:"status"`
	Success        bool      `json:"success"`
}

// AcknowledgementBatch: is of the OpenAPI description.
type AcknowledgementBatch struct {
	EventIDs []string `json:"event_ids"`
}

// AcknowledgementResult: is of the OpenAPI description.
type AcknowledgementResult struct {
	Error  *string `json:"error,omitempty"`
	ID     string  `json:"id"`
	Status string  `json:"status"`
}

// AcknowledgementResults: is of the OpenAPI description.
type AcknowledgementResults struct {
	Acknowledged int64                   `json:"acknowledged"`
	Failed       int64                   `json:"failed"`
	Results      []AcknowledgementResult `json:"results"`
}

// ApiKeySaltState: is of the OpenAPI description.
type ApiKeySaltState struct {
	KeysToMove int64 `json:"keys_to_move"`
	Values     int64 `json:"values"`
}

// Attempt: is of the OpenAPI description.
type Attempt struct {
	DurationMS     int64     `json:"duration_ms"`
	EndpointID     string    `json:"endpoint_id"`
	Error          *string   `json:"error,omitempty"`
	ErrorCode      *string   `json:"error_code,omitempty"`
	EventID        string    `json:"event_id"`
	Number         int64     `json:"number"`
	Outcome        string    `json:"outcome"`
	ResponseBody   *string   `json:"response_body,omitempty"`
	ResponseStatus *int64    `json:"response_status,omitempty"`
	StartedAt      time.Time `json:"started_at"`
	Type           *string   `json:"type,omitempty"`
}

// AttemptConnection: is of the OpenAPI description.
type AttemptConnection struct {
	Address *string `json:"address,omitempty"`
	Kept    bool    `json:"kept"`
}

// AttemptHeader: is of the OpenAPI description.
type AttemptHeader struct {
	Name  string  `json:"name"`
	Value *string `json:"value,omitempty"`
}

// AttemptInFull: is of the OpenAPI description.
type AttemptInFull struct {
	Advice        *string            `json:"advice,omitempty"`
	Connection    *AttemptConnection `json:"connection,omitempty"`
	Curl          *string            `json:"curl,omitempty"`
	DurationMS    int64              `json:"duration_ms"`
	EndpointID    string             `json:"endpoint_id"`
	Error         *string            `json:"error,omitempty"`
	ErrorCode     *string            `json:"error_code,omitempty"`
	EventID       string             `json:"event_id"`
	Next          *int64             `json:"next,omitempty"`
	NextAttemptAt *time.Time         `json:"next_attempt_at,omitempty"`
	Number        int64              `json:"number"`
	Outcome       string             `json:"outcome"`
	Phases        AttemptPhases      `json:"phases"`
	Previous      *int64             `json:"previous,omitempty"`
	Request       AttemptRequest     `json:"request"`
	Response      *AttemptResponse   `json:"response,omitempty"`
	StartedAt     time.Time          `json:"started_at"`
	TraceID       string             `json:"trace_id"`
	Type          string             `json:"type"`
}

// AttemptPage: is of the OpenAPI description.
type AttemptPage struct {
	Attempts   []Attempt `json:"attempts"`
	Count      int64     `json:"count"`
	HasMore    bool      `json:"has_more"`
	Limit      int64     `json:"limit"`
	NextCursor *string   `json:"next_cursor,omitempty"`
}

// AttemptPhases: is of the OpenAPI description.
type AttemptPhases struct {
	Connect   *int64 `json:"connect,omitempty"`
	Dns       *int64 `json:"dns,omitempty"`
	FirstByte *int64 `json:"first_byte,omitempty"`
	Queued    *int64 `json:"queued,omitempty"`
	Tls       *int64 `json:"tls,omitempty"`
	Total     int64  `json:"total"`
}

// AttemptRequest: is of the OpenAPI description.
type AttemptRequest struct {
	Body             string          `json:"body"`
	Headers          []AttemptHeader `json:"headers"`
	Method           string          `json:"method"`
	SignatureMissing *string         `json:"signature_missing,omitempty"`
	URL              *string         `json:"url,omitempty"`
}

// AttemptResponse: is of the OpenAPI description.
type AttemptResponse struct {
	Body    *string         `json:"body,omitempty"`
	Headers []AttemptHeader `json:"headers,omitempty"`
	Status  int64           `json:"status"`
}

// AuditEntry: is of the OpenAPI description.
type AuditEntry struct {
	Action         string                     `json:"action"`
	Actor          string                     `json:"actor"`
	Address        *string                    `json:"address,omitempty"`
	After          map[string]json.RawMessage `json:"after,omitempty"`
	At             time.Time                  `json:"at"`
	Before         map[string]json.RawMessage `json:"before,omitempty"`
	ID             string                     `json:"id"`
	KeyID          *string                    `json:"key_id,omitempty"`
	KeyName        *string                    `json:"key_name,omitempty"`
	OrganizationID *string                    `json:"organization_id,omitempty"`
	RequestID      *string                    `json:"request_id,omitempty"`
	Target         *string                    `json:"target,omitempty"`
}

// AuditPage: is of the OpenAPI description.
type AuditPage struct {
	Entries          []AuditEntry `json:"entries"`
	HasMore          bool         `json:"has_more"`
	NextCursor       *string      `json:"next_cursor,omitempty"`
	UnreachableCells []string     `json:"unreachable_cells,omitempty"`
}

// BatchAnswer: is of the OpenAPI description.
type BatchAnswer struct {
	Accepted   int64         `json:"accepted"`
	Duplicates int64         `json:"duplicates"`
	Rejected   int64         `json:"rejected"`
	Results    []BatchResult `json:"results"`
}

// BatchResult: is of the OpenAPI description.
type BatchResult struct {
	Error  *string `json:"error,omitempty"`
	ID     *string `json:"id,omitempty"`
	Index  int64   `json:"index"`
	Status string  `json:"status"`
}

// Consumer: is of the OpenAPI description.
type Consumer struct {
	Cursor    string    `json:"cursor"`
	Name      string    `json:"name"`
	UpdatedAt time.Time `json:"updated_at"`
}

// ConsumerList: is of the OpenAPI description.
type ConsumerList struct {
	Consumers []Consumer `json:"consumers"`
}

// ConsumerPosition: is of the OpenAPI description.
type ConsumerPosition struct {
	Cursor   string           `json:"cursor"`
	IfCursor Optional[string] `json:"if_cursor,omitzero"`
}

// CreateReplayAnswer: is of the OpenAPI description.
type CreateReplayAnswer struct {
	Capped        bool           `json:"capped"`
	Matching      int64          `json:"matching"`
	Sample        []ReplaySample `json:"sample,omitempty"`
	Since         *time.Time     `json:"since,omitempty"`
	SinceClamped  bool           `json:"since_clamped"`
	Again         *bool          `json:"again,omitempty"`
	EstimatedEnd  *time.Time     `json:"estimated_end,omitempty"`
	Filter        *ReplayFilter  `json:"filter,omitempty"`
	FinishedAt    *time.Time     `json:"finished_at,omitempty"`
	ID            *string        `json:"id,omitempty"`
	Progress      *float64       `json:"progress,omitempty"`
	RatePerSecond *int64         `json:"rate_per_second,omitempty"`
	RequestedAt   *time.Time     `json:"requested_at,omitempty"`
	Requeued      *int64         `json:"requeued,omitempty"`
	Skipped       *int64         `json:"skipped,omitempty"`
	State         *string        `json:"state,omitempty"`
	ToEndpointID  *string        `json:"to_endpoint_id,omitempty"`
}

// Day: is of the OpenAPI description.
type Day struct {
	Day    string `json:"day"`
	Events int64  `json:"events"`
}

// Delivery: is of the OpenAPI description.
type Delivery struct {
	AttemptLog    []DeliveryAttempt `json:"attempt_log"`
	Attempts      int64             `json:"attempts"`
	EndpointID    string            `json:"endpoint_id"`
	ErrorCode     *string           `json:"error_code,omitempty"`
	ID            string            `json:"id"`
	LastError     *string           `json:"last_error,omitempty"`
	NextAttemptAt *time.Time        `json:"next_attempt_at,omitempty"`
	Status        string            `json:"status"`
	URL           *string           `json:"url,omitempty"`
}

// DeliveryAttempt: is of the OpenAPI description.
type DeliveryAttempt struct {
	DurationMS     int64     `json:"duration_ms"`
	Error          *string   `json:"error,omitempty"`
	ErrorCode      *string   `json:"error_code,omitempty"`
	Number         int64     `json:"number"`
	ResponseBody   *string   `json:"response_body,omitempty"`
	ResponseStatus *int64    `json:"response_status,omitempty"`
	StartedAt      time.Time `json:"started_at"`
}

// EndpointAttempt: is of the OpenAPI description.
type EndpointAttempt struct {
	DurationMS     int64     `json:"duration_ms"`
	Error          *string   `json:"error,omitempty"`
	ErrorCode      *string   `json:"error_code,omitempty"`
	EventID        string    `json:"event_id"`
	Number         int64     `json:"number"`
	Outcome        string    `json:"outcome"`
	ResponseBody   *string   `json:"response_body,omitempty"`
	ResponseStatus *int64    `json:"response_status,omitempty"`
	StartedAt      time.Time `json:"started_at"`
}

// EndpointAttemptPage: is of the OpenAPI description.
type EndpointAttemptPage struct {
	Attempts   []EndpointAttempt `json:"attempts"`
	Count      int64             `json:"count"`
	HasMore    bool              `json:"has_more"`
	Limit      int64             `json:"limit"`
	NextCursor *string           `json:"next_cursor,omitempty"`
}

// EndpointHealth: is of the OpenAPI description.
type EndpointHealth struct {
	Circuit             string     `json:"circuit"`
	ConsecutiveFailures int64      `json:"consecutive_failures"`
	FailingSince        *time.Time `json:"failing_since,omitempty"`
	HeldUntil           *time.Time `json:"held_until,omitempty"`
	OpenUntil           *time.Time `json:"open_until,omitempty"`
}

// EndpointList: is of the OpenAPI description.
type EndpointList struct {
	Count      int64     `json:"count"`
	HasMore    bool      `json:"has_more"`
	NextCursor *string   `json:"next_cursor,omitempty"`
	Webhooks   []Webhook `json:"webhooks"`
}

// Erasure: is of the OpenAPI description.
type Erasure struct {
	Counts         map[string]int64 `json:"counts"`
	FinishedAt     *time.Time       `json:"finished_at,omitempty"`
	ID             string           `json:"id"`
	OrganizationID *string          `json:"organization_id,omitempty"`
	RequestedAt    time.Time        `json:"requested_at"`
	Rows           int64            `json:"rows"`
	StartedAt      *time.Time       `json:"started_at,omitempty"`
	State          string           `json:"state"`
}

// ErasureList: is of the OpenAPI description.
type ErasureList struct {
	Erasures         []Erasure `json:"erasures"`
	HasMore          bool      `json:"has_more"`
	NextCursor       *string   `json:"next_cursor,omitempty"`
	UnreachableCells []string  `json:"unreachable_cells,omitempty"`
}

// Event: is of the OpenAPI description.
type Event struct {
	Attempts       int64           `json:"attempts"`
	CreatedAt      time.Time       `json:"created_at"`
	DedupID        *string         `json:"dedup_id,omitempty"`
	Deliveries     []Delivery      `json:"deliveries"`
	DeliveryStatus string          `json:"delivery_status"`
	EventID        string          `json:"event_id"`
	EventType      string          `json:"event_type"`
	ID             string          `json:"id"`
	LastError      *string         `json:"last_error,omitempty"`
	Payload        json.RawMessage `json:"payload,omitempty"`
	ResponseStatus *int64          `json:"response_status,omitempty"`
	Status         string          `json:"status"`
	Timeline       []TimelineEntry `json:"timeline"`
	Type           string          `json:"type"`
	UpdatedAt      time.Time       `json:"updated_at"`
}

// EventType: is of the OpenAPI description.
type EventType struct {
	Days    []Day     `json:"days"`
	Events  int64     `json:"events"`
	FirstAt time.Time `json:"first_at"`
	LastAt  time.Time `json:"last_at"`
	Type    string    `json:"type"`
}

// EventTypePage: is of the OpenAPI description.
type EventTypePage struct {
	EventTypes []EventType `json:"event_types"`
	HasMore    bool        `json:"has_more"`
	NextCursor *string     `json:"next_cursor,omitempty"`
}

// FailingEndpoint: is of the OpenAPI description.
type FailingEndpoint struct {
	Circuit             string     `json:"circuit"`
	ConsecutiveFailures int64      `json:"consecutive_failures"`
	DisabledReason      *string    `json:"disabled_reason,omitempty"`
	Enabled             bool       `json:"enabled"`
	EndpointID          string     `json:"endpoint_id"`
	FailingSince        *time.Time `json:"failing_since,omitempty"`
}

// FieldError: A member or parameter that is wrong
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// FilterTrial: is of the OpenAPI description.
type FilterTrial struct {
	EventTypes Optional[[]string] `json:"event_types,omitzero"`
	Limit      Optional[int64]    `json:"limit,omitzero"`
}

// FilterTrialEvent: is of the OpenAPI description.
type FilterTrialEvent struct {
	CreatedAt time.Time `json:"created_at"`
	ID        string    `json:"id"`
	Type      string    `json:"type"`
}

// FilterTrialPage: is of the OpenAPI description.
type FilterTrialPage struct {
	Count         int64              `json:"count"`
	Events        []FilterTrialEvent `json:"events"`
	HasMore       bool               `json:"has_more"`
	SearchedUntil *time.Time         `json:"searched_until,omitempty"`
}

// GeneratedKey: is of the OpenAPI description.
type GeneratedKey struct {
	APIKey             string    `json:"api_key"`
	CreatedAt          time.Time `json:"created_at"`
	Message            string    `json:"message"`
	OrganizationID     string    `json:"organization_id"`
	OrganizationName   string    `json:"organization_name"`
	RateLimitPerMinute int64     `json:"rate_limit_per_minute"`
	Tier               string    `json:"tier"`
	Warning            string    `json:"warning"`
}

// HeaderLine: is of the OpenAPI description.
type HeaderLine struct {
	Name  string  `json:"name"`
	Value *string `json:"value,omitempty"`
}

// Health: is of the OpenAPI description.
type Health struct {
	Service   string    `json:"service"`
	Status    string    `json:"status"`
	Timestamp time.Time `json:"timestamp"`
	Version   string    `json:"version"`
}

// InboxItem: An event and how far its delivery has come
type InboxItem struct {
	Attempts       int64           `json:"attempts"`
	CreatedAt      time.Time       `json:"created_at"`
	DedupID        *string         `json:"dedup_id,omitempty"`
	DeliveryStatus string          `json:"delivery_status"`
	EventID        string          `json:"event_id"`
	EventType      string          `json:"event_type"`
	ID             string          `json:"id"`
	LastError      *string         `json:"last_error,omitempty"`
	Payload        json.RawMessage `json:"payload,omitempty"`
	ResponseStatus *int64          `json:"response_status,omitempty"`
	Status         string          `json:"status"`
	Type           string          `json:"type"`
	UpdatedAt      time.Time       `json:"updated_at"`
}

// InboxPage: is of the OpenAPI description.
type InboxPage struct {
	Count      int64       `json:"count"`
	Events     []InboxItem `json:"events"`
	HasMore    bool        `json:"has_more"`
	Limit      int64       `json:"limit"`
	NextCursor *string     `json:"next_cursor,omitempty"`
	Pagination Pagination  `json:"pagination"`
}

// KeptDay: is of the OpenAPI description.
type KeptDay struct {
	Bytes  int64  `json:"bytes"`
	Day    string `json:"day"`
	Events int64  `json:"events"`
}

// Key: is of the OpenAPI description.
type Key struct {
	APIKeyPrefix       string    `json:"api_key_prefix"`
	CreatedAt          time.Time `json:"created_at"`
	EndpointIDs        []string  `json:"endpoint_ids,omitempty"`
	Note               string    `json:"note"`
	OrganizationID     string    `json:"organization_id"`
	OrganizationName   string    `json:"organization_name"`
	RateLimitPerMinute int64     `json:"rate_limit_per_minute"`
	Scopes             []string  `json:"scopes"`
	Tier               string    `json:"tier"`
	Types              []string  `json:"types,omitempty"`
	UpdatedAt          time.Time `json:"updated_at"`
	WebhookURL         *string   `json:"webhook_url,omitempty"`
}

// KeyChange: is of the OpenAPI description.
type KeyChange struct {
	Name   Optional[string]   `json:"name,omitzero"`
	Scopes Optional[[]string] `json:"scopes,omitzero"`
}

// KeyList: is of the OpenAPI description.
type KeyList struct {
	Keys []OrganizationKey `json:"keys"`
}

// KeyRequest: is of the OpenAPI description.
type KeyRequest struct {
	OrganizationName string           `json:"organization_name"`
	Tier             Optional[string] `json:"tier,omitzero"`
}

// KeyToMake: is of the OpenAPI description.
type KeyToMake struct {
	EndpointIDs Optional[[]string]  `json:"endpoint_ids,omitzero"`
	ExpiresAt   Optional[time.Time] `json:"expires_at,omitzero"`
	ExpiresIn   Optional[int64]     `json:"expires_in,omitzero"`
	Name        string              `json:"name"`
	Scopes      Optional[[]string]  `json:"scopes,omitzero"`
	Types       Optional[[]string]  `json:"types,omitzero"`
}

// LastFailure: is of the OpenAPI description.
type LastFailure struct {
	At        time.Time `json:"at"`
	Error     *string   `json:"error,omitempty"`
	ErrorCode string    `json:"error_code"`
	EventID   *string   `json:"event_id,omitempty"`
	Number    *int64    `json:"number,omitempty"`
}

// Lease: is of the OpenAPI description.
type Lease struct {
	Consumer    *string   `json:"consumer,omitempty"`
	Count       int64     `json:"count"`
	LeaseID     string    `json:"lease_id"`
	LeasedUntil time.Time `json:"leased_until"`
}

// LeaseExtension: is of the OpenAPI description.
type LeaseExtension struct {
	LeaseID      string `json:"lease_id"`
	LeaseSeconds int64  `json:"lease_seconds"`
}

// LeaseList: is of the OpenAPI description.
type LeaseList struct {
	HasMore    bool    `json:"has_more"`
	Leases     []Lease `json:"leases"`
	NextCursor *string `json:"next_cursor,omitempty"`
}

// LeaseRelease: is of the OpenAPI description.
type LeaseRelease struct {
	DelaySeconds Optional[int64]    `json:"delay_seconds,omitzero"`
	EventIDs     Optional[[]string] `json:"event_ids,omitzero"`
	LeaseID      Optional[string]   `json:"lease_id,omitzero"`
}

// LeaseReleased: is of the OpenAPI description.
type LeaseReleased struct {
	DelayedUntil *time.Time `json:"delayed_until,omitempty"`
	Released     int64      `json:"released"`
}

// LeaseRequest: is of the OpenAPI description.
type LeaseRequest struct {
	Consumer     Optional[string] `json:"consumer,omitzero"`
	LeaseSeconds Optional[int64]  `json:"lease_seconds,omitzero"`
	Limit        Optional[int64]  `json:"limit,omitzero"`
	MaxReceives  Optional[int64]  `json:"max_receives,omitzero"`
	Type         Optional[string] `json:"type,omitzero"`
	Wait         Optional[int64]  `json:"wait,omitzero"`
}

// LeasedEvents: is of the OpenAPI description.
type LeasedEvents struct {
	Count       int64        `json:"count"`
	Events      []LeasedItem `json:"events"`
	LeaseID     *string      `json:"lease_id,omitempty"`
	LeasedUntil *time.Time   `json:"leased_until,omitempty"`
}

// LeasedItem: An event of the inbox, leased
type LeasedItem struct {
	Attempts       int64           `json:"attempts"`
	CreatedAt      time.Time       `json:"created_at"`
	DedupID        *string         `json:"dedup_id,omitempty"`
	DeliveryStatus string          `json:"delivery_status"`
	EventID        string          `json:"event_id"`
	EventType      string          `json:"event_type"`
	ID             string          `json:"id"`
	LastError      *string         `json:"last_error,omitempty"`
	LeasedUntil    time.Time       `json:"leased_until"`
	Payload        json.RawMessage `json:"payload,omitempty"`
	Receives       int64           `json:"receives"`
	ResponseStatus *int64          `json:"response_status,omitempty"`
	Status         string          `json:"status"`
	Type           string          `json:"type"`
	UpdatedAt      time.Time       `json:"updated_at"`
}

// LogPage: is of the OpenAPI description.
type LogPage struct {
	Events     []InboxItem `json:"events"`
	HasMore    bool        `json:"has_more"`
	NextCursor string      `json:"next_cursor"`
}

// MadeKey: is of the OpenAPI description.
type MadeKey struct {
	APIKey      string     `json:"api_key"`
	CreatedAt   time.Time  `json:"created_at"`
	EndpointIDs []string   `json:"endpoint_ids,omitempty"`
	ExpiresAt   *time.Time `json:"expires_at,omitempty"`
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Prefix      string     `json:"prefix"`
	Scopes      []string   `json:"scopes"`
	Types       []string   `json:"types,omitempty"`
	Warning     string     `json:"warning"`
}

// MadePlayground: is of the OpenAPI description.
type MadePlayground struct {
	ExpiresAt time.Time `json:"expires_at"`
	Token     string    `json:"token"`
	URL       string    `json:"url"`
}

// Move: is of the OpenAPI description.
type Move struct {
	FinishedAt     *time.Time `json:"finished_at,omitempty"`
	From           string     `json:"from"`
	ID             string     `json:"id"`
	OrganizationID string     `json:"organization_id"`
	Pass           int64      `json:"pass"`
	Problem        *string    `json:"problem,omitempty"`
	RequestedAt    time.Time  `json:"requested_at"`
	Rows           int64      `json:"rows"`
	State          string     `json:"state"`
	To             string     `json:"to"`
	UnavailableMS  *int64     `json:"unavailable_ms,omitempty"`
}

// MoveList: is of the OpenAPI description.
type MoveList struct {
	HasMore          bool     `json:"has_more"`
	Moves            []Move   `json:"moves"`
	NextCursor       *string  `json:"next_cursor,omitempty"`
	UnreachableCells []string `json:"unreachable_cells,omitempty"`
}

// OldestDue: is of the OpenAPI description.
type OldestDue struct {
	DueAt      time.Time `json:"due_at"`
	EndpointID string    `json:"endpoint_id"`
}

// Organization: is of the OpenAPI description.
type Organization struct {
	Cell               string            `json:"cell"`
	CreatedAt          time.Time         `json:"created_at"`
	ExternalID         *string           `json:"external_id,omitempty"`
	ID                 string            `json:"id"`
	Metadata           map[string]string `json:"metadata"`
	Name               string            `json:"name"`
	RateLimitPerMinute int64             `json:"rate_limit_per_minute"`
	State              string            `json:"state"`
	Suspended          bool              `json:"suspended"`
	SuspendedAt        *time.Time        `json:"suspended_at,omitempty"`
	Tier               string            `json:"tier"`
	UpdatedAt          time.Time         `json:"updated_at"`
	UsageToday         UsageTotals       `json:"usage_today"`
}

// OrganizationBacklog: is of the OpenAPI description.
type OrganizationBacklog struct {
	Name           string `json:"name"`
	OpenDeliveries int64  `json:"open_deliveries"`
	OrganizationID string `json:"organization_id"`
}

// OrganizationBucket: is of the OpenAPI description.
type OrganizationBucket struct {
	Accepted  *int64    `json:"accepted,omitempty"`
	Delivered int64     `json:"delivered"`
	Failed    int64     `json:"failed"`
	Start     time.Time `json:"start"`
}

// OrganizationChange: is of the OpenAPI description.
type OrganizationChange struct {
	Metadata  Optional[map[string]string] `json:"metadata,omitzero"`
	Name      Optional[string]            `json:"name,omitzero"`
	Suspended Optional[bool]              `json:"suspended,omitzero"`
	Tier      Optional[string]            `json:"tier,omitzero"`
}

// OrganizationKey: is of the OpenAPI description.
type OrganizationKey struct {
	CreatedAt   time.Time  `json:"created_at"`
	EndpointIDs []string   `json:"endpoint_ids,omitempty"`
	ExpiresAt   *time.Time `json:"expires_at,omitempty"`
	ID          string     `json:"id"`
	LastUsedAt  *time.Time `json:"last_used_at,omitempty"`
	Name        string     `json:"name"`
	Prefix      string     `json:"prefix"`
	RotatedAt   *time.Time `json:"rotated_at,omitempty"`
	Scopes      []string   `json:"scopes"`
	Types       []string   `json:"types,omitempty"`
}

// OrganizationList: is of the OpenAPI description.
type OrganizationList struct {
	HasMore          bool           `json:"has_more"`
	NextCursor       *string        `json:"next_cursor,omitempty"`
	Organizations    []Organization `json:"organizations"`
	UnreachableCells []string       `json:"unreachable_cells,omitempty"`
}

// OrganizationStatistics: is of the OpenAPI description.
type OrganizationStatistics struct {
	Accepted         *int64               `json:"accepted,omitempty"`
	Buckets          []OrganizationBucket `json:"buckets"`
	Delivered        int64                `json:"delivered"`
	Exhausted        int64                `json:"exhausted"`
	Failed           int64                `json:"failed"`
	FailingEndpoints []FailingEndpoint    `json:"failing_endpoints"`
	OldestDue        *OldestDue           `json:"oldest_due,omitempty"`
	Range            string               `json:"range"`
	Since            time.Time            `json:"since"`
}

// OrganizationToErase: is of the OpenAPI description.
type OrganizationToErase struct {
	ConfirmName    string `json:"confirm_name"`
	OrganizationID string `json:"organization_id"`
}

// OrganizationToMake: is of the OpenAPI description.
type OrganizationToMake struct {
	ExternalID Optional[string]            `json:"external_id,omitzero"`
	Metadata   Optional[map[string]string] `json:"metadata,omitzero"`
	Name       string                      `json:"name"`
	Tier       string                      `json:"tier"`
}

// OrganizationToMove: is of the OpenAPI description.
type OrganizationToMove struct {
	OrganizationID string `json:"organization_id"`
	To             string `json:"to"`
}

// OrganizationUsage: is of the OpenAPI description.
type OrganizationUsage struct {
	OrganizationID string      `json:"organization_id"`
	Totals         UsageTotals `json:"totals"`
}

// Pagination: is of the OpenAPI description.
type Pagination struct {
	Count      int64   `json:"count"`
	HasMore    bool    `json:"has_more"`
	Limit      int64   `json:"limit"`
	NextCursor *string `json:"next_cursor,omitempty"`
	Offset     int64   `json:"offset"`
}

// Playground: is of the OpenAPI description.
type Playground struct {
	Answer    PlaygroundAnswer `json:"answer"`
	CreatedAt time.Time        `json:"created_at"`
	ExpiresAt time.Time        `json:"expires_at"`
	Received  int64            `json:"received"`
	Token     string           `json:"token"`
	URL       string           `json:"url"`
}

// PlaygroundAnswer: is of the OpenAPI description.
type PlaygroundAnswer struct {
	DelayMS        int64  `json:"delay_ms"`
	FailurePercent int64  `json:"failure_percent"`
	Hang           bool   `json:"hang"`
	RetryAfter     *int64 `json:"retry_after,omitempty"`
	Status         int64  `json:"status"`
}

// PlaygroundAnswerRequest: is of the OpenAPI description.
type PlaygroundAnswerRequest struct {
	DelayMS        Optional[int64] `json:"delay_ms,omitzero"`
	FailurePercent Optional[int64] `json:"failure_percent,omitzero"`
	Hang           Optional[bool]  `json:"hang,omitzero"`
	RetryAfter     Optional[int64] `json:"retry_after,omitzero"`
	Status         Optional[int64] `json:"status,omitzero"`
}

// PlaygroundList: is of the OpenAPI description.
type PlaygroundList struct {
	Playgrounds []Playground `json:"playgrounds"`
}

// PlaygroundRequest: is of the OpenAPI description.
type PlaygroundRequest struct {
	At             time.Time    `json:"at"`
	Body           string       `json:"body"`
	BodyBytes      int64        `json:"body_bytes"`
	Cut            bool         `json:"cut"`
	Delivery       bool         `json:"delivery"`
	Headers        []HeaderLine `json:"headers"`
	ID             int64        `json:"id"`
	Method         string       `json:"method"`
	ResponseStatus *int64       `json:"response_status,omitempty"`
	Target         string       `json:"target"`
}

// PlaygroundRequests: is of the OpenAPI description.
type PlaygroundRequests struct {
	HasMore    bool                `json:"has_more"`
	NextCursor *string             `json:"next_cursor,omitempty"`
	Requests   []PlaygroundRequest `json:"requests"`
}

// PostedEvent: is of the OpenAPI description.
type PostedEvent struct {
	DedupID   Optional[string]    `json:"dedup_id,omitzero"`
	DeliverAt Optional[time.Time] `json:"deliver_at,omitzero"`
	Payload   any                 `json:"payload"`
	Type      string              `json:"type"`
}

// PostedEvents: is of the OpenAPI description.
type PostedEvents struct {
	Events []PostedEvent `json:"events"`
}

// Problem: A problem (RFC 9457), with members that clients of older versions read
type Problem struct {
	Cell       *string      `json:"cell,omitempty"`
	Code       string       `json:"code"`
	DedupID    *string      `json:"dedup_id,omitempty"`
	Detail     string       `json:"detail"`
	Error      string       `json:"error"`
	Errors     []FieldError `json:"errors,omitempty"`
	ID         *string      `json:"id,omitempty"`
	Instance   *string      `json:"instance,omitempty"`
	Limit      *int64       `json:"limit,omitempty"`
	Location   *string      `json:"location,omitempty"`
	Message    string       `json:"message"`
	Missing    []string     `json:"missing,omitempty"`
	RetryAfter *int64       `json:"retry_after,omitempty"`
	Status     int64        `json:"status"`
	Title      string       `json:"title"`
	Type       string       `json:"type"`
	Window     *int64       `json:"window,omitempty"`
}

// Recovery: is of the OpenAPI description.
type Recovery struct {
	EndpointID  string     `json:"endpoint_id"`
	FinishedAt  *time.Time `json:"finished_at,omitempty"`
	ID          string     `json:"id"`
	RequestedAt time.Time  `json:"requested_at"`
	Requeued    int64      `json:"requeued"`
	Since       time.Time  `json:"since"`
	Status      *string    `json:"status,omitempty"`
}

// RecoveryList: is of the OpenAPI description.
type RecoveryList struct {
	Recoveries []Recovery `json:"recoveries"`
}

// RecoveryRequest: is of the OpenAPI description.
type RecoveryRequest struct {
	Since time.Time `json:"since"`
}

// Redelivery: is of the OpenAPI description.
type Redelivery struct {
	EndpointIDs []string `json:"endpoint_ids"`
	EventID     string   `json:"event_id"`
	ID          string   `json:"id"`
	Redelivered int64    `json:"redelivered"`
	Status      string   `json:"status"`
}

// Replay: is of the OpenAPI description.
type Replay struct {
	Again         bool         `json:"again"`
	Capped        bool         `json:"capped"`
	EstimatedEnd  *time.Time   `json:"estimated_end,omitempty"`
	Filter        ReplayFilter `json:"filter"`
	FinishedAt    *time.Time   `json:"finished_at,omitempty"`
	ID            string       `json:"id"`
	Matching      int64        `json:"matching"`
	Progress      float64      `json:"progress"`
	RatePerSecond *int64       `json:"rate_per_second,omitempty"`
	RequestedAt   time.Time    `json:"requested_at"`
	Requeued      int64        `json:"requeued"`
	SinceClamped  bool         `json:"since_clamped"`
	Skipped       int64        `json:"skipped"`
	State         string       `json:"state"`
	ToEndpointID  *string      `json:"to_endpoint_id,omitempty"`
}

// ReplayDryRun: is of the OpenAPI description.
type ReplayDryRun struct {
	Capped       bool           `json:"capped"`
	Matching     int64          `json:"matching"`
	Sample       []ReplaySample `json:"sample"`
	Since        time.Time      `json:"since"`
	SinceClamped bool           `json:"since_clamped"`
}

// ReplayFilter: is of the OpenAPI description.
type ReplayFilter struct {
	EndpointID *string   `json:"endpoint_id,omitempty"`
	ErrorCode  *string   `json:"error_code,omitempty"`
	Outcome    string    `json:"outcome"`
	Since      time.Time `json:"since"`
	Type       *string   `json:"type,omitempty"`
	Until      time.Time `json:"until"`
}

// ReplayList: is of the OpenAPI description.
type ReplayList struct {
	HasMore    bool     `json:"has_more"`
	NextCursor *string  `json:"next_cursor,omitempty"`
	Replays    []Replay `json:"replays"`
}

// ReplayRequest: is of the OpenAPI description.
type ReplayRequest struct {
	Again         Optional[bool]      `json:"again,omitzero"`
	DryRun        Optional[bool]      `json:"dry_run,omitzero"`
	Filter        ReplayRequestFilter `json:"filter"`
	RatePerSecond Optional[int64]     `json:"rate_per_second,omitzero"`
	ToEndpointID  Optional[string]    `json:"to_endpoint_id,omitzero"`
}

// ReplayRequestFilter: is of the OpenAPI description.
type ReplayRequestFilter struct {
	EndpointID Optional[string]    `json:"endpoint_id,omitzero"`
	ErrorCode  Optional[string]    `json:"error_code,omitzero"`
	Outcome    Optional[string]    `json:"outcome,omitzero"`
	Since      time.Time           `json:"since"`
	Type       Optional[string]    `json:"type,omitzero"`
	Until      Optional[time.Time] `json:"until,omitzero"`
}

// ReplaySample: is of the OpenAPI description.
type ReplaySample struct {
	CreatedAt  time.Time `json:"created_at"`
	EndpointID string    `json:"endpoint_id"`
	EventID    string    `json:"event_id"`
	Type       string    `json:"type"`
}

// RotateWebhookSecretBody: is of the OpenAPI description.
type RotateWebhookSecretBody struct {
	Revoke Optional[bool] `json:"revoke,omitzero"`
}

// RotatedKey: is of the OpenAPI description.
type RotatedKey struct {
	APIKey           string    `json:"api_key"`
	Message          string    `json:"message"`
	OrganizationID   string    `json:"organization_id"`
	OrganizationName string    `json:"organization_name"`
	RotatedAt        time.Time `json:"rotated_at"`
	Warning          string    `json:"warning"`
}

// RotationRequest: is of the OpenAPI description.
type RotationRequest struct {
	GracePeriodSeconds Optional[int64] `json:"grace_period_seconds,omitzero"`
}

// SearchPage: is of the OpenAPI description.
type SearchPage struct {
	Count         int64       `json:"count"`
	Events        []InboxItem `json:"events"`
	HasMore       bool        `json:"has_more"`
	Limit         int64       `json:"limit"`
	NextCursor    *string     `json:"next_cursor,omitempty"`
	SearchedUntil *time.Time  `json:"searched_until,omitempty"`
}

// Service: is of the OpenAPI description.
type Service struct {
	Cell         string `json:"cell"`
	DefaultTier  string `json:"default_tier"`
	Playground   bool   `json:"playground"`
	Registration string `json:"registration"`
	Version      string `json:"version"`
}

// ServiceSecrets: is of the OpenAPI description.
type ServiceSecrets struct {
	APIKeySalt    ApiKeySaltState    `json:"api_key_salt"`
	WebhookSecret WebhookSecretState `json:"webhook_secret"`
}

// ServiceStatistics: is of the OpenAPI description.
type ServiceStatistics struct {
	Backlog        []OrganizationBacklog `json:"backlog"`
	CircuitsOpen   int64                 `json:"circuits_open"`
	Days           []KeptDay             `json:"days"`
	Instances      int64                 `json:"instances"`
	OldestDueAt    *time.Time            `json:"oldest_due_at,omitempty"`
	OpenDeliveries int64                 `json:"open_deliveries"`
	Organizations  int64                 `json:"organizations"`
	Versions       []string              `json:"versions"`
}

// SessionExchange: is of the OpenAPI description.
type SessionExchange struct {
	Token string `json:"token"`
}

// SessionKey: is of the OpenAPI description.
type SessionKey struct {
	APIKey    string    `json:"api_key"`
	ExpiresAt time.Time `json:"expires_at"`
	ReturnURL *string   `json:"return_url,omitempty"`
	Scopes    []string  `json:"scopes"`
}

// SessionLink: is of the OpenAPI description.
type SessionLink struct {
	ExpiresAt time.Time `json:"expires_at"`
	Token     string    `json:"token"`
	URL       string    `json:"url"`
}

// SessionToMake: is of the OpenAPI description.
type SessionToMake struct {
	EndpointIDs Optional[[]string] `json:"endpoint_ids,omitzero"`
	ExpiresIn   Optional[int64]    `json:"expires_in,omitzero"`
	ReturnURL   Optional[string]   `json:"return_url,omitzero"`
	Scopes      Optional[[]string] `json:"scopes,omitzero"`
	Types       Optional[[]string] `json:"types,omitzero"`
}

// SetWebhookConfigBody: is of the OpenAPI description.
type SetWebhookConfigBody struct {
	WebhookURL Optional[string] `json:"webhook_url,omitzero"`
}

// Statistics: is of the OpenAPI description.
type Statistics struct {
	Attempts      int64               `json:"attempts"`
	Buckets       []StatisticsBucket  `json:"buckets"`
	DurationP50MS *int64              `json:"duration_p50_ms,omitempty"`
	DurationP95MS *int64              `json:"duration_p95_ms,omitempty"`
	Exhausted     int64               `json:"exhausted"`
	Failures      int64               `json:"failures"`
	LastFailure   *LastFailure        `json:"last_failure,omitempty"`
	Outcomes      []StatisticsOutcome `json:"outcomes"`
	Range         string              `json:"range"`
	Since         time.Time           `json:"since"`
	SuccessRate   *float64            `json:"success_rate,omitempty"`
	Successes     int64               `json:"successes"`
}

// StatisticsBucket: is of the OpenAPI description.
type StatisticsBucket struct {
	Failed    int64     `json:"failed"`
	P50MS     *int64    `json:"p50_ms,omitempty"`
	P95MS     *int64    `json:"p95_ms,omitempty"`
	Start     time.Time `json:"start"`
	Succeeded int64     `json:"succeeded"`
}

// StatisticsOutcome: is of the OpenAPI description.
type StatisticsOutcome struct {
	Attempts int64     `json:"attempts"`
	LastAt   time.Time `json:"last_at"`
	Outcome  string    `json:"outcome"`
	P50MS    *int64    `json:"p50_ms,omitempty"`
	P95MS    *int64    `json:"p95_ms,omitempty"`
}

// Status: is of the OpenAPI description.
type Status struct {
	Status string `json:"status"`
}

// StreamLine: is of the OpenAPI description.
type StreamLine struct {
	Cursor *string         `json:"cursor,omitempty"`
	Data   json.RawMessage `json:"data,omitempty"`
	Kind   string          `json:"kind"`
}

// StreamedAcknowledgement: is of the OpenAPI description.
type StreamedAcknowledgement struct {
	AcknowledgedAt time.Time `json:"acknowledged_at"`
	EventID        string    `json:"event_id"`
	EventType      string    `json:"event_type"`
	ID             string    `json:"id"`
	Type           string    `json:"type"`
}

// StreamedAttempt: is of the OpenAPI description.
type StreamedAttempt struct {
	DurationMS     int64      `json:"duration_ms"`
	EndpointID     string     `json:"endpoint_id"`
	Error          *string    `json:"error,omitempty"`
	ErrorCode      *string    `json:"error_code,omitempty"`
	EventID        string     `json:"event_id"`
	EventType      string     `json:"event_type"`
	NextAttemptAt  *time.Time `json:"next_attempt_at,omitempty"`
	Number         int64      `json:"number"`
	Outcome        string     `json:"outcome"`
	ResponseStatus *int64     `json:"response_status,omitempty"`
	StartedAt      time.Time  `json:"started_at"`
}

// StreamedDeadDelivery: is of the OpenAPI description.
type StreamedDeadDelivery struct {
	Attempts       int64     `json:"attempts"`
	EndpointID     string    `json:"endpoint_id"`
	ErrorCode      *string   `json:"error_code,omitempty"`
	EventID        string    `json:"event_id"`
	EventType      string    `json:"event_type"`
	FailedAt       time.Time `json:"failed_at"`
	LastError      *string   `json:"last_error,omitempty"`
	ResponseStatus *int64    `json:"response_status,omitempty"`
}

// StreamedEndpoint: is of the OpenAPI description.
type StreamedEndpoint struct {
	Deleted        bool                   `json:"deleted"`
	DisabledReason *string                `json:"disabled_reason,omitempty"`
	Enabled        bool                   `json:"enabled"`
	EndpointID     string                 `json:"endpoint_id"`
	Health         StreamedEndpointHealth `json:"health"`
	ID             string                 `json:"id"`
	UpdatedAt      time.Time              `json:"updated_at"`
}

// StreamedEndpointHealth: is of the OpenAPI description.
type StreamedEndpointHealth struct {
	Circuit             string     `json:"circuit"`
	ConsecutiveFailures int64      `json:"consecutive_failures"`
	FailingSince        *time.Time `json:"failing_since,omitempty"`
	HeldUntil           *time.Time `json:"held_until,omitempty"`
	OpenUntil           *time.Time `json:"open_until,omitempty"`
}

// StreamedEvent: is of the OpenAPI description.
type StreamedEvent struct {
	CreatedAt time.Time       `json:"created_at"`
	DedupID   *string         `json:"dedup_id,omitempty"`
	EventID   string          `json:"event_id"`
	EventType string          `json:"event_type"`
	ID        string          `json:"id"`
	Payload   json.RawMessage `json:"payload,omitempty"`
	Type      string          `json:"type"`
}

// TestOutcome: is of the OpenAPI description.
type TestOutcome struct {
	DurationMS     int64   `json:"duration_ms"`
	Error          *string `json:"error,omitempty"`
	ErrorCode      *string `json:"error_code,omitempty"`
	EventID        string  `json:"event_id"`
	ResponseBody   *string `json:"response_body,omitempty"`
	ResponseStatus *int64  `json:"response_status,omitempty"`
	Success        bool    `json:"success"`
	Type           string  `json:"type"`
}

// TimelineEntry: is of the OpenAPI description.
type TimelineEntry struct {
	At             time.Time `json:"at"`
	DurationMS     *int64    `json:"duration_ms,omitempty"`
	EndpointID     *string   `json:"endpoint_id,omitempty"`
	ErrorCode      *string   `json:"error_code,omitempty"`
	Number         *int64    `json:"number,omitempty"`
	ResponseStatus *int64    `json:"response_status,omitempty"`
	What           string    `json:"what"`
}

// Usage: is of the OpenAPI description.
type Usage struct {
	From   time.Time   `json:"from"`
	Step   string      `json:"step"`
	Steps  []UsageStep `json:"steps"`
	To     time.Time   `json:"to"`
	Totals UsageTotals `json:"totals"`
}

// UsageList: is of the OpenAPI description.
type UsageList struct {
	From             time.Time           `json:"from"`
	HasMore          bool                `json:"has_more"`
	NextCursor       *string             `json:"next_cursor,omitempty"`
	Organizations    []OrganizationUsage `json:"organizations"`
	To               time.Time           `json:"to"`
	UnreachableCells []string            `json:"unreachable_cells,omitempty"`
}

// UsageStep: is of the OpenAPI description.
type UsageStep struct {
	Accepted   int64     `json:"accepted"`
	Attempts   int64     `json:"attempts"`
	Bytes      int64     `json:"bytes"`
	Dead       int64     `json:"dead"`
	Delivered  int64     `json:"delivered"`
	Duplicates int64     `json:"duplicates"`
	Reads      int64     `json:"reads"`
	Rejected   int64     `json:"rejected"`
	Start      time.Time `json:"start"`
}

// UsageTotals: is of the OpenAPI description.
type UsageTotals struct {
	Accepted   int64 `json:"accepted"`
	Attempts   int64 `json:"attempts"`
	Bytes      int64 `json:"bytes"`
	Dead       int64 `json:"dead"`
	Delivered  int64 `json:"delivered"`
	Duplicates int64 `json:"duplicates"`
	Reads      int64 `json:"reads"`
	Rejected   int64 `json:"rejected"`
}

// Webhook: is of the OpenAPI description.
type Webhook struct {
	CreatedAt               time.Time         `json:"created_at"`
	Description             *string           `json:"description,omitempty"`
	DisabledReason          *string           `json:"disabled_reason,omitempty"`
	Enabled                 bool              `json:"enabled"`
	EventTypes              []string          `json:"event_types"`
	Headers                 map[string]string `json:"headers"`
	Health                  EndpointHealth    `json:"health"`
	ID                      string            `json:"id"`
	IsDefault               bool              `json:"is_default"`
	Operations              bool              `json:"operations"`
	Ordered                 bool              `json:"ordered"`
	OrganizationID          string            `json:"organization_id"`
	PreviousSecretExpiresAt *time.Time        `json:"previous_secret_expires_at,omitempty"`
	PublicKey               *string           `json:"public_key,omitempty"`
	RateLimitPerSecond      *int64            `json:"rate_limit_per_second,omitempty"`
	RetrySchedule           []float64         `json:"retry_schedule,omitempty"`
	Secret                  *string           `json:"secret,omitempty"`
	Signature               string            `json:"signature"`
	UpdatedAt               time.Time         `json:"updated_at"`
	URL                     string            `json:"url"`
}

// WebhookChange: is of the OpenAPI description.
type WebhookChange struct {
	Description        Optional[string]            `json:"description,omitzero"`
	Enabled            Optional[bool]              `json:"enabled,omitzero"`
	EventTypes         Optional[[]string]          `json:"event_types,omitzero"`
	Headers            Optional[map[string]string] `json:"headers,omitzero"`
	KeepCredentials    Optional[bool]              `json:"keep_credentials,omitzero"`
	Operations         Optional[bool]              `json:"operations,omitzero"`
	Ordered            Optional[bool]              `json:"ordered,omitzero"`
	RateLimitPerSecond Optional[int64]             `json:"rate_limit_per_second,omitzero"`
	RetrySchedule      Optional[[]any]             `json:"retry_schedule,omitzero"`
	Signature          Optional[string]            `json:"signature,omitzero"`
	URL                Optional[string]            `json:"url,omitzero"`
}

// WebhookConfig: is of the OpenAPI description.
type WebhookConfig struct {
	DisabledReason *string         `json:"disabled_reason,omitempty"`
	Enabled        *bool           `json:"enabled,omitempty"`
	Health         *EndpointHealth `json:"health,omitempty"`
	ID             *string         `json:"id,omitempty"`
	Message        string          `json:"message"`
	OrganizationID string          `json:"organization_id"`
	Secret         *string         `json:"secret,omitempty"`
	Success        bool            `json:"success"`
	UpdatedAt      *time.Time      `json:"updated_at,omitempty"`
	URL            *string         `json:"url,omitempty"`
	WebhookURL     *string         `json:"webhook_url,omitempty"`
}

// WebhookRequest: is of the OpenAPI description.
type WebhookRequest struct {
	Description        Optional[string]            `json:"description,omitzero"`
	Enabled            Optional[bool]              `json:"enabled,omitzero"`
	EventTypes         Optional[[]string]          `json:"event_types,omitzero"`
	Headers            Optional[map[string]string] `json:"headers,omitzero"`
	KeepCredentials    Optional[bool]              `json:"keep_credentials,omitzero"`
	Operations         Optional[bool]              `json:"operations,omitzero"`
	Ordered            Optional[bool]              `json:"ordered,omitzero"`
	RateLimitPerSecond Optional[int64]             `json:"rate_limit_per_second,omitzero"`
	RetrySchedule      Optional[[]any]             `json:"retry_schedule,omitzero"`
	Signature          Optional[string]            `json:"signature,omitzero"`
	URL                string                      `json:"url"`
}

// WebhookSecret: is of the OpenAPI description.
type WebhookSecret struct {
	ID                      string     `json:"id"`
	Message                 *string    `json:"message,omitempty"`
	PreviousSecretExpiresAt *time.Time `json:"previous_secret_expires_at,omitempty"`
	PublicKey               *string    `json:"public_key,omitempty"`
	Secret                  string     `json:"secret"`
	Signature               string     `json:"signature"`
	UpdatedAt               time.Time  `json:"updated_at"`
}

// WebhookSecretState: is of the OpenAPI description.
type WebhookSecretState struct {
	EndpointsToMove int64 `json:"endpoints_to_move"`
	Values          int64 `json:"values"`
}
