-- Identifiers are UUIDs of version 7, so a range of ids is a range of time.

create function uuid_floor(instant timestamptz) returns uuid
    language sql immutable strict parallel safe
    return (lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

create table organizations (
    id         uuid primary key,
    name       text        not null,
    tier       text        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table api_keys (
    key_id          text primary key, -- the public half of the key: its first 16 hexadecimal characters
    organization_id uuid        not null references organizations,
    salt            bytea       not null,
    hash            bytea       not null,
    memory_kib      int         not null,
    iterations      int         not null,
    parallelism     int         not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null default 'infinity'
);
create index api_keys_organization on api_keys (organization_id);

-- The order in which events became visible. A position is the number of the generation, 48 bits up, and the id of the
-- transaction that stored the event: these belong to one server and one timeline of it, and begin anew elsewhere.
create table log_state (
    one               boolean primary key default true check (one),
    generation        int      not null default 1,
    system_identifier bigint   not null, -- whose transaction ids these are
    timeline          int      not null,
    first_day         date,              -- events of earlier days are in the log no more
    floor             bigint   not null default 0, -- a position before it missed events that were dropped
    ahead             interval not null default '0' -- how far an instance's clock ran ahead of this server's
) with (fillfactor = 50);

create function log_timeline() returns int
    language sql volatile parallel restricted
    return ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int;

insert into log_state (system_identifier, timeline) select system_identifier, log_timeline() from pg_control_system();

-- The position of what this transaction stores; null on a timeline that has no generation yet.
create function log_position() returns bigint
    language sql volatile parallel restricted
begin atomic
    select (generation::bigint << 48) + pg_current_xact_id()::text::bigint from log_state
    where one and timeline = log_timeline();
end;

-- For operators: after a restore that the service cannot tell from going on, as that of a snapshot of the disk.
create function log_new_generation() returns int
    language sql
begin atomic
    update log_state set generation = generation + 1 where one returning generation;
end;

-- History: written once, never updated, dropped by the day of the event's id.

create table events (
    organization_id uuid not null,
    id              uuid not null,
    position        bigint not null default log_position(),
    last_id         uuid, -- of the first event that a transaction stored for its organization: none is behind it
    type            text not null,
    dedup_id        text,
    deliver_at      timestamptz,
    payload         text not null, -- as posted; never parsed here
    primary key (organization_id, id)
) partition by range (id);
-- One entry for all that a transaction stored for an organization.
create index events_position on events (organization_id, position) where last_id is not null;

create table delivery_attempts (
    organization_id uuid        not null,
    event_id        uuid        not null,
    endpoint_id     uuid        not null,
    number          int         not null,
    revision        int,         -- the endpoint's, as it was sent to
    started_at      timestamptz not null,
    duration_ms     int         not null,
    outcome         "char"      not null, -- d delivered, r to be retried, f failed for good, c cancelled, x expired
    response_status smallint,
    sender          smallint,    -- the service, as it sent
    error_code      text,
    error           text,
    response_body   bytea,
    detail          bytea,       -- phases and the answer's headers; of failures, and of successes that took long
    primary key (organization_id, event_id, endpoint_id, number)
) partition by range (event_id);

create table event_acks (
    organization_id uuid        not null,
    event_id        uuid        not null,
    acknowledged_at timestamptz not null,
    primary key (organization_id, event_id)
) partition by range (event_id);

-- There is no default partition: it would make every listing a merge and every removal a wait.
create function create_history_day(day date) returns void
    language plpgsql as
$$
declare
    parent text;
    part   text;
    low    uuid := uuid_floor(day::timestamp at time zone 'UTC');
    high   uuid := uuid_floor((day + 1)::timestamp at time zone 'UTC');
begin
    perform pg_advisory_xact_lock(hashtext('create_history_day'));
    foreach parent in array array ['events', 'delivery_attempts', 'event_acks'] loop
        part := format('%s_%s', parent, to_char(day, 'YYYYMMDD'));
        if to_regclass(part) is null then
            execute format('create table %I (like %I including all)', part, parent);
            execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, low, high);
        end if;
    end loop;
end
$$;

do
$$
begin
    perform create_history_day((now() at time zone 'UTC')::date + d) from generate_series(-1, 3) d;
end
$$;

-- The hot side: what still has to be delivered. Narrow, short, claimed by due_at.
--   endpoint_id zero       waiting for a first webhook
--   due_at 'infinity'      parked: waiting for a webhook, or behind others of an ordered endpoint
--   due_at in the future   scheduled, backing off, or leased to the instance that is sending it
create table event_deliveries (
    organization_id uuid        not null,
    event_id        uuid        not null,
    endpoint_id     uuid        not null,
    due_at          timestamptz not null,
    attempts        smallint    not null default 0,
    remaining       smallint    not null,
    leased          smallint,             -- the instance that an attempt is under way at, unless due_at is over
    primary key (organization_id, event_id, endpoint_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index event_deliveries_due on event_deliveries (endpoint_id, due_at) where due_at < 'infinity';
create index event_deliveries_parked on event_deliveries (endpoint_id, organization_id, event_id) where due_at = 'infinity';

create table dead_letters (
    organization_id uuid        not null,
    event_id        uuid        not null,
    endpoint_id     uuid        not null,
    attempts        smallint    not null,
    failed_at       timestamptz not null,
    primary key (organization_id, event_id, endpoint_id)
);
create index dead_letters_endpoint on dead_letters (endpoint_id, event_id);

create table deduplication_cache (
    organization_id uuid        not null,
    dedup_id        text        not null,
    event_id        uuid        not null,
    expires_at      timestamptz not null,
    primary key (organization_id, dedup_id)
);

create table endpoints (
    id                         uuid primary key,
    organization_id            uuid        not null references organizations,
    is_default                 boolean     not null default false,
    url                        text        not null,
    description                text,
    event_types                text[],              -- as given; null takes every type
    event_patterns             text[],              -- the same as LIKE patterns
    headers                    bytea,               -- encrypted JSON object
    enabled                    boolean     not null default true,
    disabled_reason            text,
    operations                 boolean     not null default false, -- takes operational events, and only these
    ordered                    boolean     not null default false,
    rate_limit_per_second      int,
    retry_schedule             bigint[],            -- milliseconds between attempts; null takes the service's
    signature                  text        not null default 'hmac-sha256', -- or ed25519
    secret                     bytea       not null, -- encrypted
    previous_secret            bytea,
    previous_secret_expires_at timestamptz,
    created_at                 timestamptz not null,
    updated_at                 timestamptz not null,
    deleted_at                 timestamptz,
    revision                   int         not null default 0, -- the latest in endpoint_revisions
    settling                   boolean     not null default true -- its deliveries have yet to follow its latest change
);
create unique index endpoints_default on endpoints (organization_id) where is_default and deleted_at is null;
create index endpoints_live on endpoints (organization_id, id) where deleted_at is null;
create index endpoints_settling on endpoints (id) where settling;
create index endpoints_ordered on endpoints (id) where ordered and deleted_at is null;

-- What the attempts of an endpoint have shown, shared by all instances. One row an endpoint, made with it.
create table endpoint_health (
    endpoint_id          uuid primary key,
    consecutive_failures int         not null default 0,
    failing_since        timestamptz,
    circuit_openings     smallint    not null default 0,           -- 0: closed
    circuit_open_until   timestamptz not null default '-infinity', -- past with openings > 0: a probe may go
    held_until           timestamptz not null default '-infinity', -- Retry-After
    next_send_at         timestamptz not null default '-infinity', -- rate limit: theoretical arrival time
    ordered_event_id     uuid                                      -- ordered: the delivery whose turn it is
) with (fillfactor = 50);

create table rate_limit_buckets (
    id         uuid primary key,
    state      bytea,
    expires_at bigint
);

-- A limiter's row may be lost in a crash: waiting for the disk would buy nothing.
create function commit_without_waiting() returns trigger
    language plpgsql as
$$
begin
    perform set_config('synchronous_commit', 'off', true);
    return null;
end
$$;
create trigger rate_limit_buckets_commit before insert or update or delete on rate_limit_buckets
    for each statement execute function commit_without_waiting();
