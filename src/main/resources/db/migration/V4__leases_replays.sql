-- What consumers that share an inbox hold. Written for events that are leased alone; always under the lock of the
-- organization, but for acknowledgements, which remove what they meet.
create table inbox_leases (
    organization_id uuid        not null,
    id              uuid        not null,
    consumer        text,
    held            boolean     not null default true, -- false: put off, so that nobody has it until then
    events          int         not null,              -- as many as there were at first
    leased_until    timestamptz not null,
    primary key (organization_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index inbox_leases_until on inbox_leases (organization_id, leased_until);

create table leased_events (
    organization_id uuid not null,
    event_id        uuid not null,
    lease_id        uuid, -- null: it was leased before, and anybody may have it; all ones: and was delivered
    receives        int  not null,
    primary key (organization_id, event_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
-- In two, since one would be taken for the primary key's while the table seems empty, and read through whole.
create index leased_events_lease on leased_events (organization_id, lease_id, event_id) where lease_id is not null;
create index leased_events_free on leased_events (organization_id, event_id) where lease_id is null;

-- Deliveries that are opened again, in steps: what a filter lets through, of the order (event, endpoint).
create table replays (
    id              uuid primary key,
    organization_id uuid        not null references organizations,
    recovery        boolean     not null,           -- only what is given up now
    endpoint_id     uuid,                           -- the filter
    type            text,
    held_to         text[],                         -- types of the key that asked for it; null: every one
    outcome         text        not null,
    error_code      text,
    since           timestamptz not null,
    until           timestamptz not null,
    since_clamped   boolean     not null,
    rate_per_second int,
    to_endpoint_id  uuid,
    again           boolean     not null,
    matching        int         not null,           -- when it was asked for
    capped          boolean     not null,
    requeued        int         not null default 0,
    skipped         int         not null default 0,
    after_event     uuid        not null,           -- how far it has come
    after_endpoint  uuid        not null,
    due_at          timestamptz not null,           -- the next step
    state           text        not null default 'running',
    requested_at    timestamptz not null,
    finished_at     timestamptz
) with (fillfactor = 50);
create index replays_organization on replays (organization_id, id);
create index replays_running on replays (id) where finished_at is null;

-- What was given up, acknowledged since or not.
create index delivery_attempts_failed on delivery_attempts (organization_id, event_id, endpoint_id) where outcome = 'f';
