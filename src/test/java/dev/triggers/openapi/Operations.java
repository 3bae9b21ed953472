package dev.triggers.openapi;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The operations of the API by method and path, with what their methods' signatures
 * cannot tell. One that is missing here fails the test, as does one that is gone.
 */
final class Operations {

    static final Map<String, Details> ALL = new LinkedHashMap<>();

    static {
        add("POST /api/keys/generate", "generateKey", 201, "The key, shown this once")
            .error(401, "The operator's token is needed, or wrong")
            .error(403, "The tier is for the operator to give")
            .error(422, "There is no such tier")
            .error(429, "The address has registered often");
        add("GET /api/keys", "getKey", 200, "The organization and what is public of its key");
        add("POST /api/keys/rotate", "rotateKey", 200, "The new key, shown this once").error(409,
                "The key has just been rotated by another request");

        add("POST /api/organization/keys", "createKey", 201, "The key, shown this once").error(409,
                "The organization has as many keys as it may have");
        add("GET /api/organization/keys", "listKeys", 200, "The keys, oldest first");
        add("GET /api/organization/keys/{key_id}", "getOrganizationKey", 200, "The key, without the key itself");
        add("PATCH /api/organization/keys/{key_id}", "changeKey", 200, "Changed").error(409,
                "It is the last key that has keys:write and does not expire");
        add("DELETE /api/organization/keys/{key_id}", "deleteKey", 204, "Ended").error(409,
                "It is the last key that has keys:write and does not expire");
        add("POST /api/portal/sessions", "createSession", 201, "A link that works once")
            .error(409, "PUBLIC_URL is not set, or there are as many sessions as there may be")
            .error(422, "The portal may not lead back to this URL");
        add("POST /api/portal/sessions/exchange", "exchangeSession", 200, "The session's key, shown this once")
            .error(401, "The link was used, has expired, or never was");
        add("DELETE /api/portal/sessions", "endSessions", 204, "Ended");
        add("POST /api/playground", "createPlayground", 201, "It is there for an hour").error(409,
                "PUBLIC_URL is not set, or there are as many as there may be");
        add("GET /api/playground", "listPlaygrounds", 200, "Those that have not ended");
        add("DELETE /api/playground/{token}", "deletePlayground", 204, "It has ended");
        add("PUT /api/playground/{token}/answer", "setPlaygroundAnswer", 200, "What it answers now");
        add("GET /api/playground/{token}/requests", "listPlaygroundRequests", 200, "A page of what it took");
        add("GET /api/service", "getService", 200, "Version, and who may register");
        add("GET /api/admin/organizations", "listOrganizations", 200, "A page of organizations");
        add("POST /api/admin/organizations", "createOrganization", 201, "It is made").error(422,
                "There is no such tier");
        add("GET /api/admin/organizations/{organization_id}", "getOrganization", 200, "The organization");
        add("PATCH /api/admin/organizations/{organization_id}", "changeOrganization", 200, "Changed")
            .error(409, "It is being erased")
            .error(422, "There is no such tier");
        add("POST /api/admin/organizations/{organization_id}/keys", "createOrganizationKey", 201,
                "The key, shown this once")
            .error(409, "The organization has as many keys as it may have");
        add("POST /api/admin/organizations/{organization_id}/portal-sessions", "createOrganizationSession", 201,
                "A link that works once")
            .error(409, "PUBLIC_URL is not set, or there are as many sessions as there may be")
            .error(422, "The portal may not lead back to this URL");
        add("POST /api/admin/erasures", "eraseOrganization", 202, "Begun, or it had")
            .error(404, "There is no such organization, or no ADMIN_TOKEN is set")
            .error(422, "The organization has another name");
        add("GET /api/admin/erasures", "listErasures", 200, "A page of erasures");
        add("GET /api/admin/erasures/{erasure_id}", "getErasure", 200, "How far it is, and at last the receipt");
        add("POST /api/admin/moves", "moveOrganization", 202, "Begun, or it had")
            .error(404, "There is no such organization, or no ADMIN_TOKEN is set")
            .error(409, "It is being erased, moves elsewhere, or the cell could not read what is written here")
            .error(422, "There is no such cell, or the organization lives there");
        add("GET /api/admin/moves", "listMoves", 200, "A page of moves");
        add("GET /api/admin/moves/{move_id}", "getMove", 200, "How far it is");
        add("POST /api/admin/moves/{move_id}/cancel", "cancelMove", 200, "It ends as soon as it can").error(409,
                "The target may have taken over already");
        add("GET /api/admin/secrets", "getServiceSecrets", 200, "What still needs an older value");
        add("GET /api/admin/usage", "listUsage", 200, "Totals, organization by organization");
        add("GET /api/usage", "getUsage", 200, "What was used, by hour or day");
        add("GET /api/audit", "listAudit", 200, "A page of entries, the latest first");
        add("GET /api/admin/audit", "listServiceAudit", 200, "A page of entries, the latest first");
        add("GET /api/admin/stats", "getServiceStatistics", 200, "Estimates and counts of now");
        add("POST /api/events", "postEvent", 201, "The event is stored")
            .error(409, "An event with this dedup_id was stored within 24 hours; id is its id")
            .error(429, "Over the tier's limit");
        add("POST /api/events/batch", "postEvents", 200, "What became of each, in the order given")
            .error(422, "More events than the tier allows in a minute")
            .error(429, "Not enough is left of the tier's limit; nothing was stored");
        add("GET /api/events/{event_id}", "getEvent", 200, "The event, its deliveries and their attempts");
        add("GET /api/attempts", "listAllAttempts", 200, "A page of attempts");
        add("GET /api/attempts/{event_id}/{endpoint_id}/{number}", "getAttempt", 200, "The attempt in full");
        add("GET /api/statistics", "getOrganizationStatistics", 200, "Figures of the range, and of now");
        add("GET /api/events/search", "searchEvents", 200, "A page of what was found").error(429,
                "A search of the organization is under way");
        add("POST /api/filters/try", "tryFilters", 200, "Events that the filters let through");
        add("POST /api/events/{event_id}/redeliver", "redeliverEvent", 202,
                "Begun for every endpoint without an open delivery");

        add("GET /api/events", "readLog", 200, "A page of events, and where to go on").error(410,
                "The cursor cannot go on without a gap; the answer names the one that can");
        add("GET /api/event-types", "listEventTypes", 200, "A page of types");
        add("GET /api/consumers", "listConsumers", 200, "The positions that are kept");
        add("GET /api/consumers/{name}", "getConsumer", 200, "The position that is kept");
        add("PUT /api/consumers/{name}", "putConsumer", 200, "The position is kept").error(409,
                "Another position is kept, or as many as an organization may have");
        add("DELETE /api/consumers/{name}", "deleteConsumer", 204, "The position is kept no more");

        add("GET /api/stream", "openStream", 200, "The stream, which goes on until one side ends it")
            .error(410, "Events behind the cursor are no longer kept, or the cursor knows of events that were lost")
            .error(429, "The organization has 16 streams open at this instance")
            .error(503, "256 streams are open at this instance, the database is away, or the service is stopping");

        add("GET /api/inbox", "listInbox", 200, "A page of events");
        add("POST /api/ack", "acknowledgeEvents", 200, "What became of each, in the order given");
        add("POST /api/ack/{event_id}", "acknowledgeEvent", 200, "Acknowledged, now or before");
        add("POST /api/inbox/ack/{event_id}", "acknowledgeInboxEvent", 200, "Acknowledged, now or before");
        add("POST /api/inbox/lease", "lease", 200, "The events, or none");
        add("POST /api/inbox/extend", "extendLease", 200, "The lease, as it is now").error(404,
                "There is no such lease, or it has ended");
        add("POST /api/inbox/release", "releaseLease", 200, "Given back").error(404,
                "There is no such lease, or it has ended");
        add("GET /api/inbox/leases", "listLeases", 200, "A page of leases");

        add("GET /api/webhook/config", "getWebhookConfig", 200, "The default endpoint, or that there is none");
        add("POST /api/webhook/config", "setWebhookConfig", 200, "Set, with the secret that signs; or removed")
            .error(422, "No URL that events can be delivered to");
        add("GET /api/webhooks", "listWebhooks", 200, "A page of endpoints");
        add("POST /api/webhooks", "createWebhook", 201, "Registered, with the secret that signs")
            .error(409, "The organization has as many endpoints as it may have")
            .error(422, "No URL that events can be delivered to");
        add("GET /api/webhooks/{endpoint_id}", "getWebhook", 200, "The endpoint and its health");
        add("PATCH /api/webhooks/{endpoint_id}", "changeWebhook", 200, "Changed").error(422,
                "No URL that events can be delivered to");
        add("DELETE /api/webhooks/{endpoint_id}", "deleteWebhook", 204, "Deleted");
        add("GET /api/webhooks/{endpoint_id}/secret", "getWebhookSecret", 200, "The secret that signs");
        add("POST /api/webhooks/{endpoint_id}/secret/rotate", "rotateWebhookSecret", 200, "The new secret");
        add("POST /api/webhooks/{endpoint_id}/test", "testWebhook", 200, "What came of it, success or not").error(429,
                "Four tests of the organization are under way");
        add("GET /api/webhooks/{endpoint_id}/attempts", "listAttempts", 200, "A page of attempts");
        add("GET /api/webhooks/{endpoint_id}/statistics", "getStatistics", 200, "Figures of the range");
        add("POST /api/webhooks/{endpoint_id}/recover", "recoverWebhook", 202,
                "Failed deliveries are being queued again");
        add("GET /api/webhooks/{endpoint_id}/recover", "listRecoveries", 200, "Recoveries, latest first");
        add("POST /api/replays", "createReplay", 202, "Begun")
            .error(404, "There is no such endpoint in the organization")
            .error(409, "The organization has as many replays under way as it may have");
        add("GET /api/replays", "listReplays", 200, "A page of replays, latest first");
        add("GET /api/replays/{replay_id}", "getReplay", 200, "How far it has come");
        add("DELETE /api/replays/{replay_id}", "cancelReplay", 200, "Cancelled, or ended before");

        add("GET /health", "health", 200, "The process answers");
        add("GET /health/live", "live", 200, "The process answers");
        add("GET /health/ready", "ready", 200, "Ready for requests").error(503,
                "The database is away, deliveries stall, or the service is stopping");
        add("GET /metrics", "metrics", 200, "Prometheus text");
    }

    private Operations() {
    }

    private static Details add(String operation, String id, int success, String meaning) {
        Details described = new Details(id, success, meaning, new LinkedHashMap<>());
        ALL.put(operation, described);
        return described;
    }

    /**
     * An operation.
     *
     * @param id its {@code operationId}
     * @param success the status that it answers with
     * @param meaning what that status says
     * @param errors errors of its own by status, with their reasons
     */
    record Details(String id, int success, String meaning, Map<Integer, String> errors) {

        Details error(int status, String reason) {
            this.errors.put(status, reason);
            return this;
        }

    }

}
