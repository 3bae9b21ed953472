package dev.triggers.move;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The tables that an organization has rows in, in an order in which nothing refers to
 * what is yet to come.
 */
enum MovedTable {

    EVENTS(Kind.HISTORY, "organization_id", "id", "id uuid", ""),

    DELIVERY_ATTEMPTS(Kind.HISTORY, "organization_id", "event_id", "event_id uuid, endpoint_id uuid, number int",
            "sender"),

    EVENT_ACKS(Kind.HISTORY, "organization_id", "event_id", "event_id uuid", ""),

    DEDUPLICATION_CACHE(Kind.HISTORY, "organization_id", null, "dedup_id text", ""),

    REDELIVERIES(Kind.HISTORY, "organization_id", "event_id",
            "event_id uuid, endpoint_id uuid, requested_at timestamptz", ""),

    CIRCUIT_CHANGES(Kind.HISTORY, MovedTable.ENDPOINT, null, "endpoint_id uuid, at timestamptz", ""),

    AUDIT(Kind.HISTORY, "organization_id", null, "id uuid, at timestamptz", ""),

    DEAD_LETTERS(Kind.RANGES, "organization_id", "event_id", "event_id uuid, endpoint_id uuid", ""),

    PARKED_DELIVERIES(Kind.RANGES, "event_deliveries", "t.due_at = 'infinity'", "organization_id", "event_id",
            "event_id uuid, endpoint_id uuid", "leased"),

    ORGANIZATIONS(Kind.STATE, "id", null, "id uuid", "elsewhere,arrived_at,log_floor,log_generation"),

    API_KEYS(Kind.STATE, "organization_id", null, "key_id text", ""),

    PORTAL_SESSIONS(Kind.STATE, "organization_id", null, "id uuid", ""),

    RATE_LIMIT_BUCKETS(Kind.STATE, "id", null, "id uuid", ""),

    ENDPOINTS(Kind.STATE, "organization_id", null, "id uuid", "resting"),

    ENDPOINT_REVISIONS(Kind.STATE, MovedTable.ENDPOINT, null, "endpoint_id uuid, revision int", ""),

    ENDPOINT_HEALTH(Kind.STATE, MovedTable.ENDPOINT, null, "endpoint_id uuid", ""),

    DUE_DELIVERIES(Kind.STATE, "event_deliveries", "t.due_at < 'infinity'", "organization_id", "event_id",
            "event_id uuid, endpoint_id uuid", "leased"),

    INBOX_LEASES(Kind.STATE, "organization_id", null, "id uuid", ""),

    LEASED_EVENTS(Kind.STATE, "organization_id", "event_id", "event_id uuid", ""),

    LOG_CONSUMERS(Kind.STATE, "organization_id", null, "name text", ""),

    REPLAYS(Kind.STATE, "organization_id", null, "id uuid", ""),

    EVENT_TYPES(Kind.COUNTS, "organization_id", null, "type text, day date", ""),

    ORGANIZATION_STATISTICS(Kind.COUNTS, "organization_id", null, "span smallint, start timestamptz", ""),

    ENDPOINT_STATISTICS(Kind.COUNTS, MovedTable.ENDPOINT, null,
            "endpoint_id uuid, span smallint, start timestamptz, outcome text", "");

    /** Rows of such a table are the organization's whose endpoint is. */
    static final String ENDPOINT = "endpoint_id";

    private final Kind kind;

    private final String sql;

    private final String condition;

    private final String owner;

    private final @Nullable String event;

    private final String key;

    private final String leftOut;

    MovedTable(Kind kind, String owner, @Nullable String event, String key, String leftOut) {
        this(kind, null, "true", owner, event, key, leftOut);
    }

    MovedTable(Kind kind, @Nullable String sql, String condition, String owner, @Nullable String event, String key,
            String leftOut) {
        this.kind = kind;
        this.sql = (sql != null) ? sql : toString();
        this.condition = condition;
        this.owner = owner;
        this.event = event;
        this.key = key;
        this.leftOut = leftOut;
    }

    static List<MovedTable> of(Kind kind) {
        return Stream.of(values()).filter((table) -> table.kind == kind).toList();
    }

    Kind kind() {
        return this.kind;
    }

    /** By which column a row belongs to an organization. */
    String owner() {
        return this.owner;
    }

    /** The column of the event that a row belongs to; null: it belongs to none. */
    @Nullable String event() {
        return this.event;
    }

    /** The columns, with their types, by which rows of one organization are in order. */
    List<String> key() {
        return List.of(this.key.split(", "));
    }

    /** The names of these columns. */
    List<String> keyColumns() {
        return key().stream().map((column) -> column.substring(0, column.indexOf(' '))).toList();
    }

    /** The types of these columns. */
    List<String> keyTypes() {
        return key().stream().map((column) -> column.substring(column.indexOf(' ') + 1)).toList();
    }

    /** Columns that mean something in one cell only. */
    Set<String> leftOut() {
        return Set.of(this.leftOut.split(","));
    }

    /** The name of the table that has the rows. */
    String sql() {
        return this.sql;
    }

    /** For which of the table's rows, which are called t. */
    String condition() {
        return this.condition;
    }

    /** What cells call it between each other. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is no such table
     */
    static MovedTable parse(String name) {
        return Arrays.stream(values())
            .filter((table) -> table.toString().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No organization has rows in " + name));
    }

    /**
     * When rows are copied.
     */
    enum Kind {

        /**
         * What is only added to: while the organization works, and the last behind the
         * fence.
         */
        HISTORY,

        /**
         * What changes and goes and may be much: by ranges of events while the
         * organization works, and those in which something changed behind the fence.
         */
        RANGES,

        /** What else changes and goes: behind the fence, whole. */
        STATE,

        /** What is added up: when the organization has left. */
        COUNTS

    }

}
