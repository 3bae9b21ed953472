// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client;

import dev.triggers.client.model.AcceptedEvent;
import dev.triggers.client.model.Acknowledgement;
import dev.triggers.client.model.AcknowledgementBatch;
import dev.triggers.client.model.AcknowledgementResults;
import dev.triggers.client.model.Attempt;
import dev.triggers.client.model.AttemptInFull;
import dev.triggers.client.model.AttemptPage;
import dev.triggers.client.model.AuditEntry;
import dev.triggers.client.model.AuditPage;
import dev.triggers.client.model.BatchAnswer;
import dev.triggers.client.model.Consumer;
import dev.triggers.client.model.ConsumerList;
import dev.triggers.client.model.ConsumerPosition;
import dev.triggers.client.model.CreateReplayAnswer;
import dev.triggers.client.model.EndpointAttempt;
import dev.triggers.client.model.EndpointAttemptPage;
import dev.triggers.client.model.EndpointList;
import dev.triggers.client.model.Erasure;
import dev.triggers.client.model.ErasureList;
import dev.triggers.client.model.Event;
import dev.triggers.client.model.EventType;
import dev.triggers.client.model.EventTypePage;
import dev.triggers.client.model.Fields;
import dev.triggers.client.model.FilterTrial;
import dev.triggers.client.model.FilterTrialPage;
import dev.triggers.client.model.GeneratedKey;
import dev.triggers.client.model.GetOrganizationStatisticsQuery;
import dev.triggers.client.model.GetStatisticsQuery;
import dev.triggers.client.model.GetUsageQuery;
import dev.triggers.client.model.Health;
import dev.triggers.client.model.InboxItem;
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
import dev.triggers.client.model.OrganizationUsage;
import dev.triggers.client.model.PlaygroundAnswer;
import dev.triggers.client.model.PlaygroundAnswerRequest;
import dev.triggers.client.model.PlaygroundList;
import dev.triggers.client.model.PlaygroundRequest;
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
public abstract class Operations {

    Operations() {
    }

    abstract AsyncOperations later();

    abstract <T> T now(CompletableFuture<T> later);

    abstract <T> Iterable<T> pages(String name, List<String> path, Fields query, Function<Map<String, Object>, T> reader);

    /** Acknowledge an event: {@code POST /api/ack/{event_id}}. */
    public Acknowledgement acknowledgeEvent(String eventId) {
        return now(later().acknowledgeEvent(eventId));
    }

    /** Acknowledge up to 1,000 events: {@code POST /api/ack}. */
    public AcknowledgementResults acknowledgeEvents(AcknowledgementBatch body) {
        return now(later().acknowledgeEvents(body));
    }

    /** Acknowledge an event: {@code POST /api/inbox/ack/{event_id}}. */
    public Acknowledgement acknowledgeInboxEvent(String eventId) {
        return now(later().acknowledgeInboxEvent(eventId));
    }

    /** Call a move off: {@code POST /api/admin/moves/{move_id}/cancel}. */
    public Move cancelMove(String moveId) {
        return now(later().cancelMove(moveId));
    }

    /** Cancel a replay: {@code DELETE /api/replays/{replay_id}}. */
    public Replay cancelReplay(String replayId) {
        return now(later().cancelReplay(replayId));
    }

    /** Change a key's name or scopes: {@code PATCH /api/organization/keys/{key_id}}. */
    public OrganizationKey changeKey(String keyId, KeyChange body) {
        return now(later().changeKey(keyId, body));
    }

    /** Change or suspend an organization: {@code PATCH /api/admin/organizations/{organization_id}}. */
    public Organization changeOrganization(String organizationId, OrganizationChange body) {
        return now(later().changeOrganization(organizationId, body));
    }

    /** Change an endpoint: {@code PATCH /api/webhooks/{endpoint_id}}. */
    public Webhook changeWebhook(String endpointId, WebhookChange body) {
        return now(later().changeWebhook(endpointId, body));
    }

    /** Make another key: {@code POST /api/organization/keys}. */
    public MadeKey createKey(KeyToMake body) {
        return now(later().createKey(body));
    }

    /** Make an organization: {@code POST /api/admin/organizations}. */
    public Organization createOrganization(OrganizationToMake body) {
        return now(later().createOrganization(body));
    }

    /** Make a key of an organization: {@code POST /api/admin/organizations/{organization_id}/keys}. */
    public MadeKey createOrganizationKey(String organizationId, KeyToMake body) {
        return now(later().createOrganizationKey(organizationId, body));
    }

    /** Make a link to an organization's portal: {@code POST /api/admin/organizations/{organization_id}/portal-sessions}. */
    public SessionLink createOrganizationSession(String organizationId, SessionToMake body) {
        return now(later().createOrganizationSession(organizationId, body));
    }

    /** Make a link to an organization's portal: {@code POST /api/admin/organizations/{organization_id}/portal-sessions}. */
    public SessionLink createOrganizationSession(String organizationId) {
        return createOrganizationSession(organizationId, (SessionToMake) null);
    }

    /** Make a receiver for a try: {@code POST /api/playground}. */
    public MadePlayground createPlayground() {
        return now(later().createPlayground());
    }

    /** Replay deliveries: {@code POST /api/replays}. */
    public CreateReplayAnswer createReplay(ReplayRequest body) {
        return now(later().createReplay(body));
    }

    /** Make a link to the portal: {@code POST /api/portal/sessions}. */
    public SessionLink createSession(SessionToMake body) {
        return now(later().createSession(body));
    }

    /** Make a link to the portal: {@code POST /api/portal/sessions}. */
    public SessionLink createSession() {
        return createSession((SessionToMake) null);
    }

    /** Register an endpoint: {@code POST /api/webhooks}. */
    public Webhook createWebhook(WebhookRequest body) {
        return now(later().createWebhook(body));
    }

    /** Forget a position: {@code DELETE /api/consumers/{name}}. */
    public void deleteConsumer(String name) {
        now(later().deleteConsumer(name));
    }

    /** End a key at once: {@code DELETE /api/organization/keys/{key_id}}. */
    public void deleteKey(String keyId) {
        now(later().deleteKey(keyId));
    }

    /** End a receiver for a try: {@code DELETE /api/playground/{token}}. */
    public void deletePlayground(String token) {
        now(later().deletePlayground(token));
    }

    /** Delete an endpoint: {@code DELETE /api/webhooks/{endpoint_id}}. */
    public void deleteWebhook(String endpointId) {
        now(later().deleteWebhook(endpointId));
    }

    /** End all sessions: {@code DELETE /api/portal/sessions}. */
    public void endSessions() {
        now(later().endSessions());
    }

    /** Erase an organization: {@code POST /api/admin/erasures}. */
    public Erasure eraseOrganization(OrganizationToErase body) {
        return now(later().eraseOrganization(body));
    }

    /** Exchange a link's token for a session's key: {@code POST /api/portal/sessions/exchange}. */
    public SessionKey exchangeSession(SessionExchange body) {
        return now(later().exchangeSession(body));
    }

    /** Extend a lease: {@code POST /api/inbox/extend}. */
    public Lease extendLease(LeaseExtension body) {
        return now(later().extendLease(body));
    }

    /** Create an organization and its API key: {@code POST /api/keys/generate}. */
    public GeneratedKey generateKey(KeyRequest body) {
        return now(later().generateKey(body));
    }

    /** Show an attempt in full: {@code GET /api/attempts/{event_id}/{endpoint_id}/{number}}. */
    public AttemptInFull getAttempt(String eventId, String endpointId, String number) {
        return now(later().getAttempt(eventId, endpointId, number));
    }

    /** Show a position that is kept: {@code GET /api/consumers/{name}}. */
    public Consumer getConsumer(String name) {
        return now(later().getConsumer(name));
    }

    /** Show how far an erasure is: {@code GET /api/admin/erasures/{erasure_id}}. */
    public Erasure getErasure(String erasureId) {
        return now(later().getErasure(erasureId));
    }

    /** Show an event: {@code GET /api/events/{event_id}}. */
    public Event getEvent(String eventId) {
        return now(later().getEvent(eventId));
    }

    /** Show the organization and the public prefix of its key: {@code GET /api/keys}. */
    public Key getKey() {
        return now(later().getKey());
    }

    /** Show how far a move is: {@code GET /api/admin/moves/{move_id}}. */
    public Move getMove(String moveId) {
        return now(later().getMove(moveId));
    }

    /** Show an organization: {@code GET /api/admin/organizations/{organization_id}}. */
    public Organization getOrganization(String organizationId) {
        return now(later().getOrganization(organizationId));
    }

    /** Show one of the organization's keys: {@code GET /api/organization/keys/{key_id}}. */
    public OrganizationKey getOrganizationKey(String keyId) {
        return now(later().getOrganizationKey(keyId));
    }

    /** Figures of the organization: {@code GET /api/statistics}. */
    public OrganizationStatistics getOrganizationStatistics(GetOrganizationStatisticsQuery query) {
        return now(later().getOrganizationStatistics(query));
    }

    /** Figures of the organization: {@code GET /api/statistics}. */
    public OrganizationStatistics getOrganizationStatistics() {
        return getOrganizationStatistics((GetOrganizationStatisticsQuery) null);
    }

    /** How a replay goes: {@code GET /api/replays/{replay_id}}. */
    public Replay getReplay(String replayId) {
        return now(later().getReplay(replayId));
    }

    /** Tell what this service is: {@code GET /api/service}. */
    public Service getService() {
        return now(later().getService());
    }

    /** How far a change of the service's secrets is: {@code GET /api/admin/secrets}. */
    public ServiceSecrets getServiceSecrets() {
        return now(later().getServiceSecrets());
    }

    /** Figures of the whole service: {@code GET /api/admin/stats}. */
    public ServiceStatistics getServiceStatistics() {
        return now(later().getServiceStatistics());
    }

    /** Figures of an endpoint's attempts: {@code GET /api/webhooks/{endpoint_id}/statistics}. */
    public Statistics getStatistics(String endpointId, GetStatisticsQuery query) {
        return now(later().getStatistics(endpointId, query));
    }

    /** Figures of an endpoint's attempts: {@code GET /api/webhooks/{endpoint_id}/statistics}. */
    public Statistics getStatistics(String endpointId) {
        return getStatistics(endpointId, (GetStatisticsQuery) null);
    }

    /** What the organization uses: {@code GET /api/usage}. */
    public Usage getUsage(GetUsageQuery query) {
        return now(later().getUsage(query));
    }

    /** What the organization uses: {@code GET /api/usage}. */
    public Usage getUsage() {
        return getUsage((GetUsageQuery) null);
    }

    /** Show an endpoint and its health: {@code GET /api/webhooks/{endpoint_id}}. */
    public Webhook getWebhook(String endpointId) {
        return now(later().getWebhook(endpointId));
    }

    /** Show the default endpoint: {@code GET /api/webhook/config}. */
    public WebhookConfig getWebhookConfig() {
        return now(later().getWebhookConfig());
    }

    /** Show an endpoint's secret: {@code GET /api/webhooks/{endpoint_id}/secret}. */
    public WebhookSecret getWebhookSecret(String endpointId) {
        return now(later().getWebhookSecret(endpointId));
    }

    /** Tell that the service runs: {@code GET /health}. */
    public Health health() {
        return now(later().health());
    }

    /** Lease events: {@code POST /api/inbox/lease}. */
    public LeasedEvents lease(LeaseRequest body) {
        return now(later().lease(body));
    }

    /** Lease events: {@code POST /api/inbox/lease}. */
    public LeasedEvents lease() {
        return lease((LeaseRequest) null);
    }

    /** List attempts: {@code GET /api/attempts}. */
    public AttemptPage listAllAttempts(ListAllAttemptsQuery query) {
        return now(later().listAllAttempts(query));
    }

    /** List attempts: {@code GET /api/attempts}. */
    public AttemptPage listAllAttempts() {
        return listAllAttempts((ListAllAttemptsQuery) null);
    }

    /** The items of all pages of listAllAttempts, asked for as they are wanted. */
    public Iterable<Attempt> eachAllAttempts(ListAllAttemptsQuery query) {
        return pages("listAllAttempts", List.of(), query, Attempt::from);
    }

    /** The items of all pages of listAllAttempts, asked for as they are wanted. */
    public Iterable<Attempt> eachAllAttempts() {
        return eachAllAttempts((ListAllAttemptsQuery) null);
    }

    /** Attempts of an endpoint: {@code GET /api/webhooks/{endpoint_id}/attempts}. */
    public EndpointAttemptPage listAttempts(String endpointId, ListAttemptsQuery query) {
        return now(later().listAttempts(endpointId, query));
    }

    /** Attempts of an endpoint: {@code GET /api/webhooks/{endpoint_id}/attempts}. */
    public EndpointAttemptPage listAttempts(String endpointId) {
        return listAttempts(endpointId, (ListAttemptsQuery) null);
    }

    /** The items of all pages of listAttempts, asked for as they are wanted. */
    public Iterable<EndpointAttempt> eachAttempts(String endpointId, ListAttemptsQuery query) {
        return pages("listAttempts", List.of(endpointId), query, EndpointAttempt::from);
    }

    /** The items of all pages of listAttempts, asked for as they are wanted. */
    public Iterable<EndpointAttempt> eachAttempts(String endpointId) {
        return eachAttempts(endpointId, (ListAttemptsQuery) null);
    }

    /** Who changed what: {@code GET /api/audit}. */
    public AuditPage listAudit(ListAuditQuery query) {
        return now(later().listAudit(query));
    }

    /** Who changed what: {@code GET /api/audit}. */
    public AuditPage listAudit() {
        return listAudit((ListAuditQuery) null);
    }

    /** The items of all pages of listAudit, asked for as they are wanted. */
    public Iterable<AuditEntry> eachAudit(ListAuditQuery query) {
        return pages("listAudit", List.of(), query, AuditEntry::from);
    }

    /** The items of all pages of listAudit, asked for as they are wanted. */
    public Iterable<AuditEntry> eachAudit() {
        return eachAudit((ListAuditQuery) null);
    }

    /** List the positions that are kept: {@code GET /api/consumers}. */
    public ConsumerList listConsumers() {
        return now(later().listConsumers());
    }

    /** List erasures: {@code GET /api/admin/erasures}. */
    public ErasureList listErasures(ListErasuresQuery query) {
        return now(later().listErasures(query));
    }

    /** List erasures: {@code GET /api/admin/erasures}. */
    public ErasureList listErasures() {
        return listErasures((ListErasuresQuery) null);
    }

    /** The items of all pages of listErasures, asked for as they are wanted. */
    public Iterable<Erasure> eachErasures(ListErasuresQuery query) {
        return pages("listErasures", List.of(), query, Erasure::from);
    }

    /** The items of all pages of listErasures, asked for as they are wanted. */
    public Iterable<Erasure> eachErasures() {
        return eachErasures((ListErasuresQuery) null);
    }

    /** List the types of events that were seen: {@code GET /api/event-types}. */
    public EventTypePage listEventTypes(ListEventTypesQuery query) {
        return now(later().listEventTypes(query));
    }

    /** List the types of events that were seen: {@code GET /api/event-types}. */
    public EventTypePage listEventTypes() {
        return listEventTypes((ListEventTypesQuery) null);
    }

    /** The items of all pages of listEventTypes, asked for as they are wanted. */
    public Iterable<EventType> eachEventTypes(ListEventTypesQuery query) {
        return pages("listEventTypes", List.of(), query, EventType::from);
    }

    /** The items of all pages of listEventTypes, asked for as they are wanted. */
    public Iterable<EventType> eachEventTypes() {
        return eachEventTypes((ListEventTypesQuery) null);
    }

    /** List events: {@code GET /api/inbox}. */
    public InboxPage listInbox(ListInboxQuery query) {
        return now(later().listInbox(query));
    }

    /** List events: {@code GET /api/inbox}. */
    public InboxPage listInbox() {
        return listInbox((ListInboxQuery) null);
    }

    /** The items of all pages of listInbox, asked for as they are wanted. */
    public Iterable<InboxItem> eachInbox(ListInboxQuery query) {
        return pages("listInbox", List.of(), query, InboxItem::from);
    }

    /** The items of all pages of listInbox, asked for as they are wanted. */
    public Iterable<InboxItem> eachInbox() {
        return eachInbox((ListInboxQuery) null);
    }

    /** List the organization's keys: {@code GET /api/organization/keys}. */
    public KeyList listKeys() {
        return now(later().listKeys());
    }

    /** List the leases that have not ended: {@code GET /api/inbox/leases}. */
    public LeaseList listLeases(ListLeasesQuery query) {
        return now(later().listLeases(query));
    }

    /** List the leases that have not ended: {@code GET /api/inbox/leases}. */
    public LeaseList listLeases() {
        return listLeases((ListLeasesQuery) null);
    }

    /** The items of all pages of listLeases, asked for as they are wanted. */
    public Iterable<Lease> eachLeases(ListLeasesQuery query) {
        return pages("listLeases", List.of(), query, Lease::from);
    }

    /** The items of all pages of listLeases, asked for as they are wanted. */
    public Iterable<Lease> eachLeases() {
        return eachLeases((ListLeasesQuery) null);
    }

    /** List moves: {@code GET /api/admin/moves}. */
    public MoveList listMoves(ListMovesQuery query) {
        return now(later().listMoves(query));
    }

    /** List moves: {@code GET /api/admin/moves}. */
    public MoveList listMoves() {
        return listMoves((ListMovesQuery) null);
    }

    /** The items of all pages of listMoves, asked for as they are wanted. */
    public Iterable<Move> eachMoves(ListMovesQuery query) {
        return pages("listMoves", List.of(), query, Move::from);
    }

    /** The items of all pages of listMoves, asked for as they are wanted. */
    public Iterable<Move> eachMoves() {
        return eachMoves((ListMovesQuery) null);
    }

    /** List organizations: {@code GET /api/admin/organizations}. */
    public OrganizationList listOrganizations(ListOrganizationsQuery query) {
        return now(later().listOrganizations(query));
    }

    /** List organizations: {@code GET /api/admin/organizations}. */
    public OrganizationList listOrganizations() {
        return listOrganizations((ListOrganizationsQuery) null);
    }

    /** The items of all pages of listOrganizations, asked for as they are wanted. */
    public Iterable<Organization> eachOrganizations(ListOrganizationsQuery query) {
        return pages("listOrganizations", List.of(), query, Organization::from);
    }

    /** The items of all pages of listOrganizations, asked for as they are wanted. */
    public Iterable<Organization> eachOrganizations() {
        return eachOrganizations((ListOrganizationsQuery) null);
    }

    /** Show what a receiver took: {@code GET /api/playground/{token}/requests}. */
    public PlaygroundRequests listPlaygroundRequests(String token, ListPlaygroundRequestsQuery query) {
        return now(later().listPlaygroundRequests(token, query));
    }

    /** Show what a receiver took: {@code GET /api/playground/{token}/requests}. */
    public PlaygroundRequests listPlaygroundRequests(String token) {
        return listPlaygroundRequests(token, (ListPlaygroundRequestsQuery) null);
    }

    /** The items of all pages of listPlaygroundRequests, asked for as they are wanted. */
    public Iterable<PlaygroundRequest> eachPlaygroundRequests(String token, ListPlaygroundRequestsQuery query) {
        return pages("listPlaygroundRequests", List.of(token), query, PlaygroundRequest::from);
    }

    /** The items of all pages of listPlaygroundRequests, asked for as they are wanted. */
    public Iterable<PlaygroundRequest> eachPlaygroundRequests(String token) {
        return eachPlaygroundRequests(token, (ListPlaygroundRequestsQuery) null);
    }

    /** List the receivers for a try: {@code GET /api/playground}. */
    public PlaygroundList listPlaygrounds() {
        return now(later().listPlaygrounds());
    }

    /** How the recoveries of an endpoint go: {@code GET /api/webhooks/{endpoint_id}/recover}. */
    public RecoveryList listRecoveries(String endpointId) {
        return now(later().listRecoveries(endpointId));
    }

    /** List replays: {@code GET /api/replays}. */
    public ReplayList listReplays(ListReplaysQuery query) {
        return now(later().listReplays(query));
    }

    /** List replays: {@code GET /api/replays}. */
    public ReplayList listReplays() {
        return listReplays((ListReplaysQuery) null);
    }

    /** The items of all pages of listReplays, asked for as they are wanted. */
    public Iterable<Replay> eachReplays(ListReplaysQuery query) {
        return pages("listReplays", List.of(), query, Replay::from);
    }

    /** The items of all pages of listReplays, asked for as they are wanted. */
    public Iterable<Replay> eachReplays() {
        return eachReplays((ListReplaysQuery) null);
    }

    /** Who changed what, of all organizations: {@code GET /api/admin/audit}. */
    public AuditPage listServiceAudit(ListServiceAuditQuery query) {
        return now(later().listServiceAudit(query));
    }

    /** Who changed what, of all organizations: {@code GET /api/admin/audit}. */
    public AuditPage listServiceAudit() {
        return listServiceAudit((ListServiceAuditQuery) null);
    }

    /** The items of all pages of listServiceAudit, asked for as they are wanted. */
    public Iterable<AuditEntry> eachServiceAudit(ListServiceAuditQuery query) {
        return pages("listServiceAudit", List.of(), query, AuditEntry::from);
    }

    /** The items of all pages of listServiceAudit, asked for as they are wanted. */
    public Iterable<AuditEntry> eachServiceAudit() {
        return eachServiceAudit((ListServiceAuditQuery) null);
    }

    /** What the organizations use: {@code GET /api/admin/usage}. */
    public UsageList listUsage(ListUsageQuery query) {
        return now(later().listUsage(query));
    }

    /** What the organizations use: {@code GET /api/admin/usage}. */
    public UsageList listUsage() {
        return listUsage((ListUsageQuery) null);
    }

    /** The items of all pages of listUsage, asked for as they are wanted. */
    public Iterable<OrganizationUsage> eachUsage(ListUsageQuery query) {
        return pages("listUsage", List.of(), query, OrganizationUsage::from);
    }

    /** The items of all pages of listUsage, asked for as they are wanted. */
    public Iterable<OrganizationUsage> eachUsage() {
        return eachUsage((ListUsageQuery) null);
    }

    /** List endpoints: {@code GET /api/webhooks}. */
    public EndpointList listWebhooks(ListWebhooksQuery query) {
        return now(later().listWebhooks(query));
    }

    /** List endpoints: {@code GET /api/webhooks}. */
    public EndpointList listWebhooks() {
        return listWebhooks((ListWebhooksQuery) null);
    }

    /** The items of all pages of listWebhooks, asked for as they are wanted. */
    public Iterable<Webhook> eachWebhooks(ListWebhooksQuery query) {
        return pages("listWebhooks", List.of(), query, Webhook::from);
    }

    /** The items of all pages of listWebhooks, asked for as they are wanted. */
    public Iterable<Webhook> eachWebhooks() {
        return eachWebhooks((ListWebhooksQuery) null);
    }

    /** Tell that the process lives: {@code GET /health/live}. */
    public Status live() {
        return now(later().live());
    }

    /** Show the metrics: {@code GET /metrics}. */
    public String metrics() {
        return now(later().metrics());
    }

    /** Move an organization to another cell: {@code POST /api/admin/moves}. */
    public Move moveOrganization(OrganizationToMove body) {
        return now(later().moveOrganization(body));
    }

    /** Post an event: {@code POST /api/events}. */
    public AcceptedEvent postEvent(PostedEvent body) {
        return now(later().postEvent(body));
    }

    /** Post many events: {@code POST /api/events/batch}. */
    public BatchAnswer postEvents(PostedEvents body) {
        return now(later().postEvents(body));
    }

    /** Keep a position: {@code PUT /api/consumers/{name}}. */
    public Consumer putConsumer(String name, ConsumerPosition body) {
        return now(later().putConsumer(name, body));
    }

    /** Read the log: {@code GET /api/events}. */
    public LogPage readLog(ReadLogQuery query) {
        return now(later().readLog(query));
    }

    /** Read the log: {@code GET /api/events}. */
    public LogPage readLog() {
        return readLog((ReadLogQuery) null);
    }

    /** The items of all pages of readLog, asked for as they are wanted. */
    public Iterable<InboxItem> eachLog(ReadLogQuery query) {
        return pages("readLog", List.of(), query, InboxItem::from);
    }

    /** The items of all pages of readLog, asked for as they are wanted. */
    public Iterable<InboxItem> eachLog() {
        return eachLog((ReadLogQuery) null);
    }

    /** Tell whether to send requests here: {@code GET /health/ready}. */
    public Status ready() {
        return now(later().ready());
    }

    /** Requeue all failed deliveries of an endpoint: {@code POST /api/webhooks/{endpoint_id}/recover}. */
    public Recovery recoverWebhook(String endpointId, RecoveryRequest body) {
        return now(later().recoverWebhook(endpointId, body));
    }

    /** Deliver an event again: {@code POST /api/events/{event_id}/redeliver}. */
    public Redelivery redeliverEvent(String eventId) {
        return now(later().redeliverEvent(eventId));
    }

    /** Release a lease, or some events: {@code POST /api/inbox/release}. */
    public LeaseReleased releaseLease(LeaseRelease body) {
        return now(later().releaseLease(body));
    }

    /** Replace the API key: {@code POST /api/keys/rotate}. */
    public RotatedKey rotateKey(RotationRequest body) {
        return now(later().rotateKey(body));
    }

    /** Replace the API key: {@code POST /api/keys/rotate}. */
    public RotatedKey rotateKey() {
        return rotateKey((RotationRequest) null);
    }

    /** Replace an endpoint's secret: {@code POST /api/webhooks/{endpoint_id}/secret/rotate}. */
    public WebhookSecret rotateWebhookSecret(String endpointId, RotateWebhookSecretBody body) {
        return now(later().rotateWebhookSecret(endpointId, body));
    }

    /** Replace an endpoint's secret: {@code POST /api/webhooks/{endpoint_id}/secret/rotate}. */
    public WebhookSecret rotateWebhookSecret(String endpointId) {
        return rotateWebhookSecret(endpointId, (RotateWebhookSecretBody) null);
    }

    /** Search events: {@code GET /api/events/search}. */
    public SearchPage searchEvents(SearchEventsQuery query) {
        return now(later().searchEvents(query));
    }

    /** The items of all pages of searchEvents, asked for as they are wanted. */
    public Iterable<InboxItem> eachEvents(SearchEventsQuery query) {
        return pages("searchEvents", List.of(), query, InboxItem::from);
    }

    /** Say what a receiver answers: {@code PUT /api/playground/{token}/answer}. */
    public PlaygroundAnswer setPlaygroundAnswer(String token, PlaygroundAnswerRequest body) {
        return now(later().setPlaygroundAnswer(token, body));
    }

    /** Set or remove the default endpoint: {@code POST /api/webhook/config}. */
    public WebhookConfig setWebhookConfig(SetWebhookConfigBody body) {
        return now(later().setWebhookConfig(body));
    }

    /** Try an endpoint out: {@code POST /api/webhooks/{endpoint_id}/test}. */
    public TestOutcome testWebhook(String endpointId) {
        return now(later().testWebhook(endpointId));
    }

    /** Try filters out: {@code POST /api/filters/try}. */
    public FilterTrialPage tryFilters(FilterTrial body) {
        return now(later().tryFilters(body));
    }

}
