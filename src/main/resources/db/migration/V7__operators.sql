-- What operators know and decide of organizations.

alter table organizations
    add column external_id  text, -- what its operator knows it by
    add column metadata     jsonb not null default '{}',
    add column suspended_at timestamptz; -- null: it is not
create unique index organizations_external on organizations (external_id) where external_id is not null;

-- Of a suspended organization: its deliveries rest.
alter table endpoints
    add column resting boolean not null default false;

-- A session that an operator opened belongs to no key.
alter table portal_sessions
    alter column key_id drop not null;

create index endpoint_health_open on endpoint_health (endpoint_id) where circuit_openings > 0;

-- Organizations that are being erased, and what is left of those that were: how much there was, and when it ended.
alter table organizations
    add column erasing_at timestamptz;
create table erasures (
    id              uuid primary key,
    organization_id uuid,                        -- null: it is gone
    requested_at    timestamptz not null,
    due_at          timestamptz not null,        -- the next step; at first, when no instance takes the keys any more
    step            int         not null default 0,
    most            int         not null default 1000, -- rows of the next step
    swept           bigint      not null default 0, -- rows since the latest pass over all tables began
    counts          jsonb       not null default '{}', -- rows by table
    started_at      timestamptz,
    finished_at     timestamptz
) with (fillfactor = 50);
create unique index erasures_organization on erasures (organization_id) where organization_id is not null;
create index erasures_due on erasures (due_at) where finished_at is null;

alter table api_keys
    add column pepper text; -- the name of the one that its hash has; null: made when there was one

-- The values of the service's secrets that instances wrote with, by names that tell nothing of them.
create table secret_values (
    secret   text        not null, -- the setting
    name     text        not null,
    first_at timestamptz not null, -- when it first was the newest of an instance's list
    primary key (secret, name)
);

-- What an organization used besides.
alter table organization_statistics
    add column duplicates bigint not null default 0,
    add column rejected   bigint not null default 0,
    add column bytes      bigint not null default 0, -- of payloads of accepted events
    add column reads      bigint not null default 0;

-- Who changed what, committed with the change. Partitioned by the month; no default partition, as of the history.
create table audit (
    id              uuid        not null,
    at              timestamptz not null default now(),
    organization_id uuid,
    actor           text        not null, -- key, session, operator, anybody, or the service itself
    key_id          text,                 -- the public half of the key, or the session's
    key_name        text,
    action          text        not null,
    target          text,
    address         inet,                 -- cut short after a month
    request_id      text,
    before          jsonb,
    after           jsonb,
    primary key (at, id)
) partition by range (at);
create index audit_organization on audit (organization_id, id);
create index audit_id on audit (id);

create function create_audit_month(month date) returns void
    language plpgsql as
$$
declare
    first date := date_trunc('month', month)::date;
    part  text := 'audit_' || to_char(first, 'YYYYMM');
begin
    perform pg_advisory_xact_lock(hashtext('create_audit_month'));
    if to_regclass(part) is null then
        execute format('create table %I partition of audit for values from (%L) to (%L)', part,
            first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
    end if;
end
$$;

do
$$
begin
    perform create_audit_month(((now() at time zone 'UTC')::date + m * interval '1 month')::date) from generate_series(0, 2) m;
end
$$;
