// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client;

import java.util.List;
import java.util.Map;
import java.util.HashMap;

/** How each operation is asked for, by its operationId. */
final class OperationTable {

    /**
     * Path: taken apart at its parameters. Repeat: what conformance/operations.json says. Items: the member of a page. Operator: whether
     * the operator's token goes along.
     */
    record Row(String method, List<String> path, String repeat, boolean text, String items, boolean operator) {
    }

    static final Map<String, Row> ROWS = rows();

    private OperationTable() {
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new HashMap<>();
        rows.put("acknowledgeEvent", new Row("POST", List.of("/api/ack/", "event_id", ""), "always", false, null, false));
        rows.put("acknowledgeEvents", new Row("POST", List.of("/api/ack"), "always", false, null, false));
        rows.put("acknowledgeInboxEvent", new Row("POST", List.of("/api/inbox/ack/", "event_id", ""), "always", false, null, false));
        rows.put("cancelMove", new Row("POST", List.of("/api/admin/moves/", "move_id", "/cancel"), "always", false, null, true));
        rows.put("cancelReplay", new Row("DELETE", List.of("/api/replays/", "replay_id", ""), "always", false, null, false));
        rows.put("changeKey", new Row("PATCH", List.of("/api/organization/keys/", "key_id", ""), "always", false, null, false));
        rows.put("changeOrganization", new Row("PATCH", List.of("/api/admin/organizations/", "organization_id", ""), "always", false, null, true));
        rows.put("changeWebhook", new Row("PATCH", List.of("/api/webhooks/", "endpoint_id", ""), "always", false, null, false));
        rows.put("createKey", new Row("POST", List.of("/api/organization/keys"), "unsent", false, null, false));
        rows.put("createOrganization", new Row("POST", List.of("/api/admin/organizations"), "unsent", false, null, true));
        rows.put("createOrganizationKey", new Row("POST", List.of("/api/admin/organizations/", "organization_id", "/keys"), "unsent", false, null, true));
        rows.put("createOrganizationSession", new Row("POST", List.of("/api/admin/organizations/", "organization_id", "/portal-sessions"), "unsent", false, null, true));
        rows.put("createPlayground", new Row("POST", List.of("/api/playground"), "unsent", false, null, false));
        rows.put("createReplay", new Row("POST", List.of("/api/replays"), "unsent", false, null, false));
        rows.put("createSession", new Row("POST", List.of("/api/portal/sessions"), "unsent", false, null, false));
        rows.put("createWebhook", new Row("POST", List.of("/api/webhooks"), "unsent", false, null, false));
        rows.put("deleteConsumer", new Row("DELETE", List.of("/api/consumers/", "name", ""), "always", false, null, false));
        rows.put("deleteKey", new Row("DELETE", List.of("/api/organization/keys/", "key_id", ""), "always", false, null, false));
        rows.put("deletePlayground", new Row("DELETE", List.of("/api/playground/", "token", ""), "always", false, null, false));
        rows.put("deleteWebhook", new Row("DELETE", List.of("/api/webhooks/", "endpoint_id", ""), "always", false, null, false));
        rows.put("endSessions", new Row("DELETE", List.of("/api/portal/sessions"), "always", false, null, false));
        rows.put("eraseOrganization", new Row("POST", List.of("/api/admin/erasures"), "always", false, null, true));
        rows.put("exchangeSession", new Row("POST", List.of("/api/portal/sessions/exchange"), "unsent", false, null, false));
        rows.put("extendLease", new Row("POST", List.of("/api/inbox/extend"), "always", false, null, false));
        rows.put("generateKey", new Row("POST", List.of("/api/keys/generate"), "unsent", false, null, true));
        rows.put("getAttempt", new Row("GET", List.of("/api/attempts/", "event_id", "/", "endpoint_id", "/", "number", ""), "always", false, null, false));
        rows.put("getConsumer", new Row("GET", List.of("/api/consumers/", "name", ""), "always", false, null, false));
        rows.put("getErasure", new Row("GET", List.of("/api/admin/erasures/", "erasure_id", ""), "always", false, null, true));
        rows.put("getEvent", new Row("GET", List.of("/api/events/", "event_id", ""), "always", false, null, false));
        rows.put("getKey", new Row("GET", List.of("/api/keys"), "always", false, null, false));
        rows.put("getMove", new Row("GET", List.of("/api/admin/moves/", "move_id", ""), "always", false, null, true));
        rows.put("getOrganization", new Row("GET", List.of("/api/admin/organizations/", "organization_id", ""), "always", false, null, true));
        rows.put("getOrganizationKey", new Row("GET", List.of("/api/organization/keys/", "key_id", ""), "always", false, null, false));
        rows.put("getOrganizationStatistics", new Row("GET", List.of("/api/statistics"), "always", false, null, false));
        rows.put("getReplay", new Row("GET", List.of("/api/replays/", "replay_id", ""), "always", false, null, false));
        rows.put("getService", new Row("GET", List.of("/api/service"), "always", false, null, false));
        rows.put("getServiceSecrets", new Row("GET", List.of("/api/admin/secrets"), "always", false, null, true));
        rows.put("getServiceStatistics", new Row("GET", List.of("/api/admin/stats"), "always", false, null, true));
        rows.put("getStatistics", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/statistics"), "always", false, null, false));
        rows.put("getUsage", new Row("GET", List.of("/api/usage"), "always", false, null, false));
        rows.put("getWebhook", new Row("GET", List.of("/api/webhooks/", "endpoint_id", ""), "always", false, null, false));
        rows.put("getWebhookConfig", new Row("GET", List.of("/api/webhook/config"), "always", false, null, false));
        rows.put("getWebhookSecret", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/secret"), "always", false, null, false));
        rows.put("health", new Row("GET", List.of("/health"), "always", false, null, false));
        rows.put("lease", new Row("POST", List.of("/api/inbox/lease"), "always", false, null, false));
        rows.put("listAllAttempts", new Row("GET", List.of("/api/attempts"), "always", false, "attempts", false));
        rows.put("listAttempts", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/attempts"), "always", false, "attempts", false));
        rows.put("listAudit", new Row("GET", List.of("/api/audit"), "always", false, "entries", false));
        rows.put("listConsumers", new Row("GET", List.of("/api/consumers"), "always", false, null, false));
        rows.put("listErasures", new Row("GET", List.of("/api/admin/erasures"), "always", false, "erasures", true));
        rows.put("listEventTypes", new Row("GET", List.of("/api/event-types"), "always", false, "event_types", false));
        rows.put("listInbox", new Row("GET", List.of("/api/inbox"), "always", false, "events", false));
        rows.put("listKeys", new Row("GET", List.of("/api/organization/keys"), "always", false, null, false));
        rows.put("listLeases", new Row("GET", List.of("/api/inbox/leases"), "always", false, "leases", false));
        rows.put("listMoves", new Row("GET", List.of("/api/admin/moves"), "always", false, "moves", true));
        rows.put("listOrganizations", new Row("GET", List.of("/api/admin/organizations"), "always", false, "organizations", true));
        rows.put("listPlaygroundRequests", new Row("GET", List.of("/api/playground/", "token", "/requests"), "always", false, "requests", false));
        rows.put("listPlaygrounds", new Row("GET", List.of("/api/playground"), "always", false, null, false));
        rows.put("listRecoveries", new Row("GET", List.of("/api/webhooks/", "endpoint_id", "/recover"), "always", false, null, false));
        rows.put("listReplays", new Row("GET", List.of("/api/replays"), "always", false, "replays", false));
        rows.put("listServiceAudit", new Row("GET", List.of("/api/admin/audit"), "always", false, "entries", true));
        rows.put("listUsage", new Row("GET", List.of("/api/admin/usage"), "always", false, "organizations", true));
        rows.put("listWebhooks", new Row("GET", List.of("/api/webhooks"), "always", false, "webhooks", false));
        rows.put("live", new Row("GET", List.of("/health/live"), "always", false, null, false));
        rows.put("metrics", new Row("GET", List.of("/metrics"), "always", true, null, false));
        rows.put("moveOrganization", new Row("POST", List.of("/api/admin/moves"), "always", false, null, true));
        rows.put("openStream", new Row("GET", List.of("/api/stream"), "always", true, null, false));
        rows.put("postEvent", new Row("POST", List.of("/api/events"), "dedup", false, null, false));
        rows.put("postEvents", new Row("POST", List.of("/api/events/batch"), "dedup", false, null, false));
        rows.put("putConsumer", new Row("PUT", List.of("/api/consumers/", "name", ""), "compared", false, null, false));
        rows.put("readLog", new Row("GET", List.of("/api/events"), "always", false, "events", false));
        rows.put("ready", new Row("GET", List.of("/health/ready"), "always", false, null, false));
        rows.put("recoverWebhook", new Row("POST", List.of("/api/webhooks/", "endpoint_id", "/recover"), "unsent", false, null, false));
        rows.put("redeliverEvent", new Row("POST", List.of("/api/events/", "event_id", "/redeliver"), "always", false, null, false));
        rows.put("releaseLease", new Row("POST", List.of("/api/inbox/release"), "always", false, null, false));
        rows.put("rotateKey", new Row("POST", List.of("/api/keys/rotate"), "unsent", false, null, false));
        rows.put("rotateWebhookSecret", new Row("POST", List.of("/api/webhooks/", "endpoint_id", "/secret/rotate"), "unsent", false, null, false));
        rows.put("searchEvents", new Row("GET", List.of("/api/events/search"), "always", false, "events", false));
        rows.put("setPlaygroundAnswer", new Row("PUT", List.of("/api/playground/", "token", "/answer"), "always", false, null, false));
        rows.put("setWebhookConfig", new Row("POST", List.of("/api/webhook/config"), "always", false, null, false));
        rows.put("testWebhook", new Row("POST", List.of("/api/webhooks/", "endpoint_id", "/test"), "unsent", false, null, false));
        rows.put("tryFilters", new Row("POST", List.of("/api/filters/try"), "always", false, null, false));
        return Map.copyOf(rows);
    }

}
