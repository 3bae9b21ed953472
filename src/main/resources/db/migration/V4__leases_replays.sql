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
    lease_id        uuid, -- null: it was leased before, and anybody may have it
    receives        int  not null,
    primary key (organization_id, event_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index leased_events_lease on leased_events (organization_id, lease_id, event_id);
