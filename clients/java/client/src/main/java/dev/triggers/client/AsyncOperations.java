// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client;

import dev.triggers.client.model.AcceptedEvent;
import dev.triggers.client.model.Acknowledgement;
import dev.triggers.client.model.AcknowledgementBatch;
import dev.triggers.client.model.AcknowledgementResults;
import dev.triggers.client.model.AttemptInFull;
import dev.triggers.client.model.AttemptPage;
import dev.triggers.client.model.AuditPage;
import dev.triggers.client.model.BatchAnswer;
import dev.triggers.client.model.Consumer;
import dev.triggers.client.model.ConsumerList;
import dev.triggers.client.model.ConsumerPosition;
import dev.triggers.client.model.CreateReplayAnswer;
import dev.triggers.client.model.EndpointAttemptPage;
import dev.triggers.client.model.EndpointList;
import dev.triggers.client.model.Erasure;
import dev.triggers.client.model.ErasureList;
import dev.triggers.client.model.Event;
import dev.triggers.client.model.EventTypePage;
import dev.triggers.client.model.Fields;
import dev.triggers.client.model.FilterTrial;
import dev.triggers.client.model.FilterTrialPage;
import dev.triggers.client.model.GeneratedKey;
import dev.triggers.client.model.GetOrganizationStatisticsQuery;
import dev.triggers.client.model.GetStatisticsQuery;
import dev.triggers.client.model.GetUsageQuery;
import dev.triggers.client.model.Health;
import dev.triggers.client.model.InboxPage;
import dev.triggers.client.model.Key;
import dev.triggers.client.model.KeyChange;
import dev.triggers.client.model.KeyList;
import dev.triggers.client.model.KeyRequest;
import dev.triggers.client.model.KeyToMake;
import dev.triggers.client.model.Lease;
import dev.triggers.client.model.LeaseExtension;
import dev.triggers.client.model.LeaseList;
import dev.triggers.client.model.LeaseRelease;
import dev.triggers.client.model.LeaseReleased;
import dev.triggers.client.model.LeaseRequest;
import dev.triggers.client.model.LeasedEvents;
import dev.triggers.client.model.ListAllAttemptsQuery;
import dev.triggers.client.model.ListAttemptsQuery;
import dev.triggers.client.model.ListAuditQuery;
import dev.triggers.client.model.ListErasuresQuery;
import dev.triggers.client.model.ListEventTypesQuery;
import dev.triggers.client.model.ListInboxQuery;
import dev.triggers.client.model.ListLeasesQuery;
import dev.triggers.client.model.ListMovesQuery;
import dev.triggers.client.model.ListOrganizationsQuery;
import dev.triggers.client.model.ListPlaygroundRequestsQuery;
import dev.triggers.client.model.ListReplaysQuery;
import dev.triggers.client.model.ListServiceAuditQuery;
import dev.triggers.client.model.ListUsageQuery;
import dev.triggers.client.model.ListWebhooksQuery;
import dev.triggers.client.model.LogPage;
import dev.triggers.client.model.MadeKey;
import dev.triggers.client.model.MadePlayground;
import dev.triggers.client.model.Move;
import dev.triggers.client.model.MoveList;
import dev.triggers.client.model.Organization;
import dev.triggers.client.model.OrganizationChange;
import dev.triggers.client.model.OrganizationKey;
import dev.triggers.client.model.OrganizationList;
import dev.triggers.client.model.OrganizationStatistics;
import dev.triggers.client.model.OrganizationToErase;
import dev.triggers.client.model.OrganizationToMake;
import dev.triggers.client.model.OrganizationToMove;
import dev.triggers.client.model.PlaygroundAnswer;
import dev.triggers.client.model.PlaygroundAnswerRequest;
import dev.triggers.client.model.PlaygroundList;
import dev.triggers.client.model.PlaygroundRequests;
import dev.triggers.client.model.PostedEvent;
import dev.triggers.client.model.PostedEvents;
import dev.triggers.client.model.ReadLogQuery;
import dev.triggers.client.model.Recovery;
import dev.triggers.client.model.RecoveryList;
import dev.triggers.client.model.RecoveryRequest;
import dev.triggers.client.model.Redelivery;
import dev.triggers.client.model.Replay;
import dev.triggers.client.model.ReplayList;
import dev.triggers.client.model.ReplayRequest;
import dev.triggers.client.model.RotateWebhookSecretBody;
import dev.triggers.client.model.RotatedKey;
import dev.triggers.client.model.RotationRequest;
import dev.triggers.client.model.SearchEventsQuery;
import dev.triggers.client.model.SearchPage;
import dev.triggers.client.model.Service;
import dev.triggers.client.model.ServiceSecrets;
import dev.triggers.client.model.ServiceStatistics;
import dev.triggers.client.model.SessionExchange;
import dev.triggers.client.model.SessionKey;
import dev.triggers.client.model.SessionLink;
import dev.triggers.client.model.SessionToMake;
import dev.triggers.client.model.SetWebhookConfigBody;
import dev.triggers.client.model.Statistics;
import dev.triggers.client.model.Status;
import dev.triggers.client.model.TestOutcome;
import dev.triggers.client.model.Usage;
import dev.triggers.client.model.UsageList;
import dev.triggers.client.model.Webhook;
import dev.triggers.client.model.WebhookChange;
import dev.triggers.client.model.WebhookConfig;
import dev.triggers.client.model.WebhookRequest;
import dev.triggers.client.model.WebhookSecret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Every operation of the service, by the name that the OpenAPI description gives it. */
public abstract class AsyncOperations {

    AsyncOperations() {
    }

    abstract <T> CompletableFuture<T> ask(String name, List<String> path, Fields query, Fields body, Function<Map<String, Object>, T> reader);

    abstract CompletableFuture<String> askText(String name, List<String> path, Fields query);

    /** Acknowledge an event: {@code POST /api/ack/{event_id}}. */
    public CompletableFuture<Acknowledgement> acknowledgeEvent(String eventId) {
        return ask("acknowledgeEvent", List.of(eventId), null, null, Acknowledgement::from);
    }

    /** Acknowledge up to 1,000 events: {@code POST /api/ack}. */
    public CompletableFuture<AcknowledgementResults> acknowledgeEvents(AcknowledgementBatch body) {
        return ask("acknowledgeEvents", List.of(), null, body, AcknowledgementResults::from);
    }

    /** Acknowledge an event: {@code POST /api/inbox/ack/{event_id}}. */
    public CompletableFuture<Acknowledgement> acknowledgeInboxEvent(String eventId) {
        return ask("acknowledgeInboxEvent", List.of(eventId), null, null, Acknowledgement::from);
    }

    /** Call a move off: {@code POST /api/admin/moves/{move_id}/cancel}. */
    public CompletableFuture<Move> cancelMove(String moveId) {
        return ask("cancelMove", List.of(moveId), null, null, Move::from);
    }

    /** Cancel a replay: {@code DELETE /api/replays/{replay_id}}. */
    public CompletableFuture<Replay> cancelReplay(String replayId) {
        return ask("cancelReplay", List.of(replayId), null, null, Replay::from);
    }

    /** Change a key's name or scopes: {@code PATCH /api/organization/keys/{key_id}}. */
    public CompletableFuture<OrganizationKey> changeKey(String keyId, KeyChange body) {
        return ask("changeKey", List.of(keyId), null, body, OrganizationKey::from);
    }

    /** Change or suspend an organization: {@code PATCH /api/admin/organizations/{organization_id}}. */
    public CompletableFuture<Organization> changeOrganization(String organizationId, OrganizationChange body) {
        return ask("changeOrganization", List.of(organizationId), null, body, Organization::from);
    }

    /** Change an endpoint: {@code PATCH /api/webhooks/{endpoint_id}}. */
    public CompletableFuture<Webhook> changeWebhook(String endpointId, WebhookChange body) {
        return ask("changeWebhook", List.of(endpointId), null, body, Webhook::from);
    }

    /** Make another key: {@code POST /api/organization/keys}. */
    public CompletableFuture<MadeKey> createKey(KeyToMake body) {
        return ask("createKey", List.of(), null, body, MadeKey::from);
    }

    /** Make an organization: {@code POST /api/admin/organizations}. */
    public CompletableFuture<Organization> createOrganization(OrganizationToMake body) {
        return ask("createOrganization", List.of(), null, body, Organization::from);
    }

    /** Make a key of an organization: {@code POST /api/admin/organizations/{organization_id}/keys}. */
    public CompletableFuture<MadeKey> createOrganizationKey(String organizationId, KeyToMake body) {
        return ask("createOrganizationKey", List.of(organizationId), null, body, MadeKey::from);
    }

    /** Make a link to an organization's portal: {@code POST /api/admin/organizations/{organization_id}/portal-sessions}. */
    public CompletableFuture<SessionLink> createOrganizationSession(String organizationId, SessionToMake body) {
        return ask("createOrganizationSession", List.of(organizationId), null, body, SessionLink::from);
    }

    /** Make a link to an organization's portal: {@code POST /api/admin/organizations/{organization_id}/portal-sessions}. */
    public CompletableFuture<SessionLink> createOrganizationSession(String organizationId) {
        return createOrganizationSession(organizationId, (SessionToMake) null);
    }

    /** Make a receiver for a try: {@code POST /api/playground}. */
    public CompletableFuture<MadePlayground> createPlayground() {
        return ask("createPlayground", List.of(), null, null, MadePlayground::from);
    }

    /** Replay deliveries: {@code POST /api/replays}. */
    public CompletableFuture<CreateReplayAnswer> createReplay(ReplayRequest body) {
        return ask("createReplay", List.of(), null, body, CreateReplayAnswer::from);
    }

    /** Make a link to the portal: {@code POST /api/portal/sessions}. */
    public CompletableFuture<SessionLink> createSession(SessionToMake body) {
        return ask("createSession", List.of(), null, body, SessionLink::from);
    }

    /** Make a link to the portal: {@code POST /api/portal/sessions}. */
    public CompletableFuture<SessionLink> createSession() {
        return createSession((SessionToMake) null);
    }

    /** Register an endpoint: {@code POST /api/webhooks}. */
    public CompletableFuture<Webhook> createWebhook(WebhookRequest body) {
        return ask("createWebhook", List.of(), null, body, Webhook::from);
    }

    /** Forget a position: {@code DELETE /api/consumers/{name}}. */
    public CompletableFuture<Void> deleteConsumer(String name) {
        return ask("deleteConsumer", List.of(name), null, null, members -> null);
    }

    /** End a key at once: {@code DELETE /api/organization/keys/{key_id}}. */
    public CompletableFuture<Void> deleteKey(String keyId) {
        return ask("deleteKey", List.of(keyId), null, null, members -> null);
    }

    /** End a receiver for a try: {@code DELETE /api/playground/{token}}. */
    public CompletableFuture<Void> deletePlayground(String token) {
        return ask("deletePlayground", List.of(token), null, null, members -> null);
    }

    /** Delete an endpoint: {@code DELETE /api/webhooks/{endpoint_id}}. */
    public CompletableFuture<Void> deleteWebhook(String endpointId) {
        return ask("deleteWebhook", List.of(endpointId), null, null, members -> null);
    }

    /** End all sessions: {@code DELETE /api/portal/sessions}. */
    public CompletableFuture<Void> endSessions() {
        return ask("endSessions", List.of(), null, null, members -> null);
    }

    /** Erase an organization: {@code POST /api/admin/erasures}. */
    public CompletableFuture<Erasure> eraseOrganization(OrganizationToErase body) {
        return ask("eraseOrganization", List.of(), null, body, Erasure::from);
    }

    /** Exchange a link's token for a session's key: {@code POST /api/portal/sessions/exchange}. */
    public CompletableFuture<SessionKey> exchangeSession(SessionExchange body) {
        return ask("exchangeSession", List.of(), null, body, SessionKey::from);
    }

    /** Extend a lease: {@code POST /api/inbox/extend}. */
    public CompletableFuture<Lease> extendLease(LeaseExtension body) {
        return ask("extendLease", List.of(), null, body, Lease::from);
    }

    /** Create an organization and its API key: {@code POST /api/keys/generate}. */
    public CompletableFuture<GeneratedKey> generateKey(KeyRequest body) {
        return ask("generateKey", List.of(), null, body, GeneratedKey::from);
    }

    /** Show an attempt in full: {@code GET /api/attempts/{event_id}/{endpoint_id}/{number}}. */
    public CompletableFuture<AttemptInFull> getAttempt(String eventId, String endpointId, String number) {
        return ask("getAttempt", List.of(eventId, endpointId, number), null, null, AttemptInFull::from);
    }

    /** Show a position that is kept: {@code GET /api/consumers/{name}}. */
    public CompletableFuture<Consumer> getConsumer(String name) {
        return ask("getConsumer", List.of(name), null, null, Consumer::from);
    }

    /** Show how far an erasure is: {@code GET /api/admin/erasures/{erasure_id}}. */
    public CompletableFuture<Erasure> getErasure(String erasureId) {
        return ask("getErasure", List.of(erasureId), null, null, Erasure::from);
    }

    /** Show an event: {@code GET /api/events/{event_id}}. */
    public CompletableFuture<Event> getEvent(String eventId) {
        return ask("getEvent", List.of(eventId), null, null, Event::from);
    }

    /** Show the organization and the public prefix of its key: {@code GET /api/keys}. */
    public CompletableFuture<Key> getKey() {
        return ask("getKey", List.of(), null, null, Key::from);
    }

    /** Show how far a move is: {@code GET /api/admin/moves/{move_id}}. */
    public CompletableFuture<Move> getMove(String moveId) {
        return ask("getMove", List.of(moveId), null, null, Move::from);
    }

    /** Show an organization: {@code GET /api/admin/organizations/{organization_id}}. */
    public CompletableFuture<Organization> getOrganization(String organizationId) {
        return ask("getOrganization", List.of(organizationId), null, null, Organization::from);
    }

    /** Show one of the organization's keys: {@code GET /api/organization/keys/{key_id}}. */
    public CompletableFuture<OrganizationKey> getOrganizationKey(String keyId) {
        return ask("getOrganizationKey", List.of(keyId), null, null, OrganizationKey::from);
    }

    /** Figures of the organization: {@code GET /api/statistics}. */
    public CompletableFuture<OrganizationStatistics> getOrganizationStatistics(GetOrganizationStatisticsQuery query) {
        return ask("getOrganizationStatistics", List.of(), query, null, OrganizationStatistics::from);
    }

    /** Figures of the organization: {@code GET /api/statistics}. */
    public CompletableFuture<OrganizationStatistics> getOrganizationStatistics() {
        return getOrganizationStatistics((GetOrganizationStatisticsQuery) null);
    }

    /** How a replay goes: {@code GET /api/replays/{replay_id}}. */
    public CompletableFuture<Replay> getReplay(String replayId) {
        return ask("getReplay", List.of(replayId), null, null, Replay::from);
    }

    /** Tell what this service is: {@code GET /api/service}. */
    public CompletableFuture<Service> getService() {
        return ask("getService", List.of(), null, null, Service::from);
    }

    /** How far a change of the service's secrets is: {@code GET /api/admin/secrets}. */
    public CompletableFuture<ServiceSecrets> getServiceSecrets() {
        return ask("getServiceSecrets", List.of(), null, null, ServiceSecrets::from);
    }

    /** Figures of the whole service: {@code GET /api/admin/stats}. */
    public CompletableFuture<ServiceStatistics> getServiceStatistics() {
        return ask("getServiceStatistics", List.of(), null, null, ServiceStatistics::from);
    }

    /** Figures of an endpoint's attempts: {@code GET /api/webhooks/{endpoint_id}/statistics}. */
    public CompletableFuture<Statistics> getStatistics(String endpointId, GetStatisticsQuery query) {
        return ask("getStatistics", List.of(endpointId), query, null, Statistics::from);
    }

    /** Figures of an endpoint's attempts: {@code GET /api/webhooks/{endpoint_id}/statistics}. */
    public CompletableFuture<Statistics> getStatistics(String endpointId) {
        return getStatistics(endpointId, (GetStatisticsQuery) null);
    }

    /** What the organization uses: {@code GET /api/usage}. */
    public CompletableFuture<Usage> getUsage(GetUsageQuery query) {
        return ask("getUsage", List.of(), query, null, Usage::from);
    }

    /** What the organization uses: {@code GET /api/usage}. */
    public CompletableFuture<Usage> getUsage() {
        return getUsage((GetUsageQuery) null);
    }

    /** Show an endpoint and its health: {@code GET /api/webhooks/{endpoint_id}}. */
    public CompletableFuture<Webhook> getWebhook(String endpointId) {
        return ask("getWebhook", List.of(endpointId), null, null, Webhook::from);
    }

    /** Show the default endpoint: {@code GET /api/webhook/config}. */
    public CompletableFuture<WebhookConfig> getWebhookConfig() {
        return ask("getWebhookConfig", List.of(), null, null, WebhookConfig::from);
    }

    /** Show an endpoint's secret: {@code GET /api/webhooks/{endpoint_id}/secret}. */
    public CompletableFuture<WebhookSecret> getWebhookSecret(String endpointId) {
        return ask("getWebhookSecret", List.of(endpointId), null, null, WebhookSecret::from);
    }

    /** Tell that the service runs: {@code GET /health}. */
    public CompletableFuture<Health> health() {
        return ask("health", List.of(), null, null, Health::from);
    }

    /** Lease events: {@code POST /api/inbox/lease}. */
    public CompletableFuture<LeasedEvents> lease(LeaseRequest body) {
        return ask("lease", List.of(), null, body, LeasedEvents::from);
    }

    /** Lease events: {@code POST /api/inbox/lease}. */
    public CompletableFuture<LeasedEvents> lease() {
        return lease((LeaseRequest) null);
    }

    /** List attempts: {@code GET /api/attempts}. */
    public CompletableFuture<AttemptPage> listAllAttempts(ListAllAttemptsQuery query) {
        return ask("listAllAttempts", List.of(), query, null, AttemptPage::from);
    }

    /** List attempts: {@code GET /api/attempts}. */
    public CompletableFuture<AttemptPage> listAllAttempts() {
        return listAllAttempts((ListAllAttemptsQuery) null);
    }

    /** Attempts of an endpoint: {@code GET /api/webhooks/{endpoint_id}/attempts}. */
    public CompletableFuture<EndpointAttemptPage> listAttempts(String endpointId, ListAttemptsQuery query) {
        return ask("listAttempts", List.of(endpointId), query, null, EndpointAttemptPage::from);
    }

    /** Attempts of an endpoint: {@code GET /api/webhooks/{endpoint_id}/attempts}. */
    public CompletableFuture<EndpointAttemptPage> listAttempts(String endpointId) {
        return listAttempts(endpointId, (ListAttemptsQuery) null);
    }

    /** Who changed what: {@code GET /api/audit}. */
    public CompletableFuture<AuditPage> listAudit(ListAuditQuery query) {
        return ask("listAudit", List.of(), query, null, AuditPage::from);
    }

    /** Who changed what: {@code GET /api/audit}. */
    public CompletableFuture<AuditPage> listAudit() {
        return listAudit((ListAuditQuery) null);
    }

    /** List the positions that are kept: {@code GET /api/consumers}. */
    public CompletableFuture<ConsumerList> listConsumers() {
        return ask("listConsumers", List.of(), null, null, ConsumerList::from);
    }

    /** List erasures: {@code GET /api/admin/erasures}. */
    public CompletableFuture<ErasureList> listErasures(ListErasuresQuery query) {
        return ask("listErasures", List.of(), query, null, ErasureList::from);
    }

    /** List erasures: {@code GET /api/admin/erasures}. */
    public CompletableFuture<ErasureList> listErasures() {
        return listErasures((ListErasuresQuery) null);
    }

    /** List the types of events that were seen: {@code GET /api/event-types}. */
    public CompletableFuture<EventTypePage> listEventTypes(ListEventTypesQuery query) {
        return ask("listEventTypes", List.of(), query, null, EventTypePage::from);
    }

    /** List the types of events that were seen: {@code GET /api/event-types}. */
    public CompletableFuture<EventTypePage> listEventTypes() {
        return listEventTypes((ListEventTypesQuery) null);
    }

    /** List events: {@code GET /api/inbox}. */
    public CompletableFuture<InboxPage> listInbox(ListInboxQuery query) {
        return ask("listInbox", List.of(), query, null, InboxPage::from);
    }

    /** List events: {@code GET /api/inbox}. */
    public CompletableFuture<InboxPage> listInbox() {
        return listInbox((ListInboxQuery) null);
    }

    /** List the organization's keys: {@code GET /api/organization/keys}. */
    public CompletableFuture<KeyList> listKeys() {
        return ask("listKeys", List.of(), null, null, KeyList::from);
    }

    /** List the leases that have not ended: {@code GET /api/inbox/leases}. */
    public CompletableFuture<LeaseList> listLeases(ListLeasesQuery query) {
        return ask("listLeases", List.of(), query, null, LeaseList::from);
    }

    /** List the leases that have not ended: {@code GET /api/inbox/leases}. */
    public CompletableFuture<LeaseList> listLeases() {
        return listLeases((ListLeasesQuery) null);
    }

    /** List moves: {@code GET /api/admin/moves}. */
    public CompletableFuture<MoveList> listMoves(ListMovesQuery query) {
        return ask("listMoves", List.of(), query, null, MoveList::from);
    }

    /** List moves: {@code GET /api/admin/moves}. */
    public CompletableFuture<MoveList> listMoves() {
        return listMoves((ListMovesQuery) null);
    }

    /** List organizations: {@code GET /api/admin/organizations}. */
    public CompletableFuture<OrganizationList> listOrganizations(ListOrganizationsQuery query) {
        return ask("listOrganizations", List.of(), query, null, OrganizationList::from);
    }

    /** List organizations: {@code GET /api/admin/organizations}. */
    public CompletableFuture<OrganizationList> listOrganizations() {
        return listOrganizations((ListOrganizationsQuery) null);
    }

    /** Show what a receiver took: {@code GET /api/playground/{token}/requests}. */
    public CompletableFuture<PlaygroundRequests> listPlaygroundRequests(String token, ListPlaygroundRequestsQuery query) {
        return ask("listPlaygroundRequests", List.of(token), query, null, PlaygroundRequests::from);
    }

    /** Show what a receiver took: {@code GET /api/playground/{token}/requests}. */
    public CompletableFuture<PlaygroundRequests> listPlaygroundRequests(String token) {
        return listPlaygroundRequests(token, (ListPlaygroundRequestsQuery) null);
    }

    /** List the receivers for a try: {@code GET /api/playground}. */
    public CompletableFuture<PlaygroundList> listPlaygrounds() {
        return ask("listPlaygrounds", List.of(), null, null, PlaygroundList::from);
    }

    /** How the recoveries of an endpoint go: {@code GET /api/webhooks/{endpoint_id}/recover}. */
    public CompletableFuture<RecoveryList> listRecoveries(String endpointId) {
        return ask("listRecoveries", List.of(endpointId), null, null, RecoveryList::from);
    }

    /** List replays: {@code GET /api/replays}. */
    public CompletableFuture<ReplayList> listReplays(ListReplaysQuery query) {
        return ask("listReplays", List.of(), query, null, ReplayList::from);
    }

    /** List replays: {@code GET /api/replays}. */
    public CompletableFuture<ReplayList> listReplays() {
        return listReplays((ListReplaysQuery) null);
    }

    /** Who changed what, of all organizations: {@code GET /api/admin/audit}. */
    public CompletableFuture<AuditPage> listServiceAudit(ListServiceAuditQuery query) {
        return ask("listServiceAudit", List.of(), query, null, AuditPage::from);
    }

    /** Who changed what, of all organizations: {@code GET /api/admin/audit}. */
    public CompletableFuture<AuditPage> listServiceAudit() {
        return listServiceAudit((ListServiceAuditQuery) null);
    }

    /** What the organizations use: {@code GET /api/admin/usage}. */
    public CompletableFuture<UsageList> listUsage(ListUsageQuery query) {
        return ask("listUsage", List.of(), query, null, UsageList::from);
    }

    /** What the organizations use: {@code GET /api/admin/usage}. */
    public CompletableFuture<UsageList> listUsage() {
        return listUsage((ListUsageQuery) null);
    }

    /** List endpoints: {@code GET /api/webhooks}. */
    public CompletableFuture<EndpointList> listWebhooks(ListWebhooksQuery query) {
        return ask("listWebhooks", List.of(), query, null, EndpointList::from);
    }

    /** List endpoints: {@code GET /api/webhooks}. */
    public CompletableFuture<EndpointList> listWebhooks() {
        return listWebhooks((ListWebhooksQuery) null);
    }

    /** Tell that the process lives: {@code GET /health/live}. */
    public CompletableFuture<Status> live() {
        return ask("live", List.of(), null, null, Status::from);
    }

    /** Show the metrics: {@code GET /metrics}. */
    public CompletableFuture<String> metrics() {
        return askText("metrics", List.of(), null);
    }

    /** Move an organization to another cell: {@code POST /api/admin/moves}. */
    public CompletableFuture<Move> moveOrganization(OrganizationToMove body) {
        return ask("moveOrganization", List.of(), null, body, Move::from);
    }

    /** Post an event: {@code POST /api/events}. */
    public CompletableFuture<AcceptedEvent> postEvent(PostedEvent body) {
        return ask("postEvent", List.of(), null, body, AcceptedEvent::from);
    }

    /** Post many events: {@code POST /api/events/batch}. */
    public CompletableFuture<BatchAnswer> postEvents(PostedEvents body) {
        return ask("postEvents", List.of(), null, body, BatchAnswer::from);
    }

    /** Keep a position: {@code PUT /api/consumers/{name}}. */
    public CompletableFuture<Consumer> putConsumer(String name, ConsumerPosition body) {
        return ask("putConsumer", List.of(name), null, body, Consumer::from);
    }

    /** Read the log: {@code GET /api/events}. */
    public CompletableFuture<LogPage> readLog(ReadLogQuery query) {
        return ask("readLog", List.of(), query, null, LogPage::from);
    }

    /** Read the log: {@code GET /api/events}. */
    public CompletableFuture<LogPage> readLog() {
        return readLog((ReadLogQuery) null);
    }

    /** Tell whether to send requests here: {@code GET /health/ready}. */
    public CompletableFuture<Status> ready() {
        return ask("ready", List.of(), null, null, Status::from);
    }

    /** Requeue all failed deliveries of an endpoint: {@code POST /api/webhooks/{endpoint_id}/recover}. */
    public CompletableFuture<Recovery> recoverWebhook(String endpointId, RecoveryRequest body) {
        return ask("recoverWebhook", List.of(endpointId), null, body, Recovery::from);
    }

    /** Deliver an event again: {@code POST /api/events/{event_id}/redeliver}. */
    public CompletableFuture<Redelivery> redeliverEvent(String eventId) {
        return ask("redeliverEvent", List.of(eventId), null, null, Redelivery::from);
    }

    /** Release a lease, or some events: {@code POST /api/inbox/release}. */
    public CompletableFuture<LeaseReleased> releaseLease(LeaseRelease body) {
        return ask("releaseLease", List.of(), null, body, LeaseReleased::from);
    }

    /** Replace the API key: {@code POST /api/keys/rotate}. */
    public CompletableFuture<RotatedKey> rotateKey(RotationRequest body) {
        return ask("rotateKey", List.of(), null, body, RotatedKey::from);
    }

    /** Replace the API key: {@code POST /api/keys/rotate}. */
    public CompletableFuture<RotatedKey> rotateKey() {
        return rotateKey((RotationRequest) null);
    }

    /** Replace an endpoint's secret: {@code POST /api/webhooks/{endpoint_id}/secret/rotate}. */
    public CompletableFuture<WebhookSecret> rotateWebhookSecret(String endpointId, RotateWebhookSecretBody body) {
        return ask("rotateWebhookSecret", List.of(endpointId), null, body, WebhookSecret::from);
    }

    /** Replace an endpoint's secret: {@code POST /api/webhooks/{endpoint_id}/secret/rotate}. */
    public CompletableFuture<WebhookSecret> rotateWebhookSecret(String endpointId) {
        return rotateWebhookSecret(endpointId, (RotateWebhookSecretBody) null);
    }

    /** Search events: {@code GET /api/events/search}. */
    public CompletableFuture<SearchPage> searchEvents(SearchEventsQuery query) {
        return ask("searchEvents", List.of(), query, null, SearchPage::from);
    }

    /** Say what a receiver answers: {@code PUT /api/playground/{token}/answer}. */
    public CompletableFuture<PlaygroundAnswer> setPlaygroundAnswer(String token, PlaygroundAnswerRequest body) {
        return ask("setPlaygroundAnswer", List.of(token), null, body, PlaygroundAnswer::from);
    }

    /** Set or remove the default endpoint: {@code POST /api/webhook/config}. */
    public CompletableFuture<WebhookConfig> setWebhookConfig(SetWebhookConfigBody body) {
        return ask("setWebhookConfig", List.of(), null, body, WebhookConfig::from);
    }

    /** Try an endpoint out: {@code POST /api/webhooks/{endpoint_id}/test}. */
    public CompletableFuture<TestOutcome> testWebhook(String endpointId) {
        return ask("testWebhook", List.of(endpointId), null, null, TestOutcome::from);
    }

    /** Try filters out: {@code POST /api/filters/try}. */
    public CompletableFuture<FilterTrialPage> tryFilters(FilterTrial body) {
        return ask("tryFilters", List.of(), null, body, FilterTrialPage::from);
    }

}
