// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client;

import java.util.List;
import java.util.Map;
import java.util.HashMap;

/** How each operation is asked for, by its operationId. */
final class OperationTable {

    /** Path: taken apart at its parameters. Repeat: what conformance/operations.json says. Items: the member of a page. */
    record Row(String method, List<String> path, String repeat, boolean text, String items) {
    }

    static final Map<String, Row> ROWS = rows();

    private OperationTable() {
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new HashMap<>();
        rows.put("acknowledgeEvent", new Row("POST", List.of("/api/ack/", "event_id", ""), "always", false, null));
        rows.put("acknowledgeEvents", new Row("POST", List.of("/api/ack"), "always", false, null));
        rows.put("acknowledgeInboxEvent", new Row("POST", List.of("/api/inbox/ack/", "event_id", ""), "always", false, null));
        rows.put("cancelReplay", new Row("DELETE", List.of("/api/replays/", "replay_id", ""), "always", false, null));
        rows.put("changeKey", new Row("PATCH", List.of("/api/organization/keys/", "key_id", ""), "always", false, null));
        rows.put("changeOrganization", new Row("PATCH", List.of("/api/admin/organizations/", "organization_id", ""), "always", false, null));
        rows.put("changeWebhook", new Row("PATCH", List.of("/api/webhooks/", "endpoint_id", ""), "always", false, null));
        rows.put("createKey", new Row("POST", List.of("/api/organization/keys"), "unsent", false, null));
        rows.put("createOrganization", new Row("POST", List.of("/api/admin/organizations"), "unsent", false, null));
        rows.put("createOrganizationKey", new Row("POST", List.of("/api/admin/organizations/", "organization_id", "/keys"), "unsent", false, null));
        rows.put("createOrganizationSession", new Row("POST", List.of("/api/admin/organizations/", "organization_id", "/portal-sessions"), "unsent", false, null));
        rows.put("createPlayground", new Row("POST", List.of("/api/playground"), "unsent", false, null));
        rows.put("createReplay", new Row("POST", List.of("/api/replays"), "unsent", false, null));
        rows.put("createSession", new Row("POST", List.of("/api/portal/sessions"), "unsent", false, null));
        rows.put("createWebhook", new Row("POST", List.of("/api/webhooks"), "unsent", false, null));
        rows.put("deleteConsumer", new Row("DELETE", List.of("/api/consumers/", "name", ""), "always", false, null));
        rows.put("deleteKey", new Row("DELETE", List.of("/api/organization/keys/", "key_id", ""), "always", false, null));
        rows.put("deletePlayground", new Row("DELETE", List.of("/api/playground/", "token", ""), "always", false, null));
        rows.put("deleteWebhook", new Row("DELETE", List.of("/api/webhooks/", "endpoint_id", ""), "always", false, null));
        rows.put("endSessions", new Row("DELETE", List.of("/api/portal/sessions"), "always", false, null));
        rows.put("eraseOrganization", new Row("POST", List.of("/api/admin/erasures"), "always", false, null));
        rows.put("exchangeSession", new Row("POST", List.of("/api/portal/sessions/exchange"), "unsent", false, null));
        rows.put("extendLease", new Row("POST", List.of("/api/inbox/extend"), "always", false, null));
        rows.put("generateKey", new Row("POST", List.of("/api/keys/generate"), "unsent", false, null));
        rows.put("getAttempt", new Row("GET", List.of("/api/attempts/", "event_id", "/", "endpoint_id", "/", "number", ""), "always", false, null));
        rows.put("getConsumer", new Row("GET", List.of("/api/consumers/", "name", ""), "always", false, null));
        rows.put("getErasure", new Row("GET", List.of("/api/admin/erasures/", "erasure_id", ""), "always", false, null));
        rows.put("getEvent", new Row("GET", List.of("/api/events/", "event_id", ""), "always", false, null));
        rows.put("getKey", new Row("GET", List.of("/api/keys"), "always", false, null));
        rows.put("getOrganization", new Row("GET", List.of("/api/admin/organizations/", "organization_id", ""), "always", false, null));
        rows.put("getOrganizationKey", new Row("GET", List.of("/api/organization/keys/", "key_id", ""), "always", false, null));
        rows.put("getOrganizationStatistics", new Row("GET", List.of("/api/statistics"), "always", false, null));
        rows.put("getReplay", new Row("GET", List.of("/api/replays/", "replay_id", ""), "always", false, null));
        rows.put("getService", new Row("GET", List.of("/api/service"), "always", false, null));
        rows.put("getServiceSecrets", new Row("GET", List.of("/api/admin/secrets"), "always", false, null));
        rows.put("getServiceStatistics", new Row("GET", List.of("/api/admin/stats"), "always", false, null));
        rows.put("getStatistics", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/statistics"), "always", false, null));
        rows.put("getUsage", new Row("GET", List.of("/api/usage"), "always", false, null));
        rows.put("getWebhook", new Row("GET", List.of("/api/webhooks/", "endpoint_id", ""), "always", false, null));
        rows.put("getWebhookConfig", new Row("GET", List.of("/api/webhook/config"), "always", false, null));
        rows.put("getWebhookSecret", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/secret"), "always", false, null));
        rows.put("health", new Row("GET", List.of("/health"), "always", false, null));
        rows.put("lease", new Row("POST", List.of("/api/inbox/lease"), "always", false, null));
        rows.put("listAllAttempts", new Row("GET", List.of("/api/attempts"), "always", false, "attempts"));
        rows.put("listAttempts", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/attempts"), "always", false, "attempts"));
        rows.put("listAudit", new Row("GET", List.of("/api/audit"), "always", false, "entries"));
        rows.put("listConsumers", new Row("GET", List.of("/api/consumers"), "always", false, null));
        rows.put("listErasures", new Row("GET", List.of("/api/admin/erasures"), "always", false, "erasures"));
        rows.put("listEventTypes", new Row("GET", List.of("/api/event-types"), "always", false, "event_types"));
        rows.put("listInbox", new Row("GET", List.of("/api/inbox"), "always", false, "events"));
        rows.put("listKeys", new Row("GET", List.of("/api/organization/keys"), "always", false, null));
        rows.put("listLeases", new Row("GET", List.of("/api/inbox/leases"), "always", false, "leases"));
        rows.put("listOrganizations", new Row("GET", List.of("/api/admin/organizations"), "always", false, "organizations"));
        rows.put("listPlaygroundRequests", new Row("GET", List.of("/api/playground/", "token", "/requests"), "always", false, "requests"));
        rows.put("listPlaygrounds", new Row("GET", List.of("/api/playground"), "always", false, null));
        rows.put("listRecoveries", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/recover"), "always", false, null));
        rows.put("listReplays", new Row("GET", List.of("/api/replays"), "always", false, "replays"));
        rows.put("listServiceAudit", new Row("GET", List.of("/api/admin/audit"), "always", false, "entries"));
        rows.put("listUsage", new Row("GET", List.of("/api/admin/usage"), "always", false, "organizations"));
        rows.put("listWebhooks", new Row("GET", List.of("/api/webhooks"), "always", false, "webhooks"));
        rows.put("live", new Row("GET", List.of("/health/live"), "always", false, null));
        rows.put("metrics", new Row("GET", List.of("/metrics"), "always", true, null));
        rows.put("openStream", new Row("GET", List.of("/api/stream"), "always", true, null));
        rows.put("postEvent", new Row("POST", List.of("/api/events"), "dedup", false, null));
        rows.put("postEvents", new Row("POST", List.of("/api/events/batch"), "dedup", false, null));
        rows.put("putConsumer", new Row("PUT", List.of("/api/consumers/", "name", ""), "compared", false, null));
        rows.put("readLog", new Row("GET", List.of("/api/events"), "always", false, "events"));
        rows.put("ready", new Row("GET", List.of("/health/ready"), "always", false, null));
        rows.put("recoverWebhook", new Row("POST", List.of("/api/webhooks/", "endpoint_id", "/recover"), "unsent", false, null));
        rows.put("redeliverEvent", new Row("POST", List.of("/api/events/", "event_id", "/redeliver"), "always", false, null));
        rows.put("releaseLease", new Row("POST", List.of("/api/inbox/release"), "always", false, null));
        rows.put("rotateKey", new Row("POST", List.of("/api/keys/rotate"), "unsent", false, null));
        rows.put("rotateWebhookSecret", new Row("POST", List.of("/api/webhooks/", "endpoint_id", "/secret/rotate"), "unsent", false, null));
        rows.put("searchEvents", new Row("GET", List.of("/api/events/search"), "always", false, "events"));
        rows.put("setPlaygroundAnswer", new Row("PUT", List.of("/api/playground/", "token", "/answer"), "always", false, null));
        rows.put("setWebhookConfig", new Row("POST", List.of("/api/webhook/config"), "always", false, null));
        rows.put("testWebhook", new Row("POST", List.of("/api/webhooks/", "endpoint_id", "/test"), "unsent", false, null));
        rows.put("tryFilters", new Row("POST", List.of("/api/filters/try"), "always", false, null));
        return Map.copyOf(rows);
    }

}
