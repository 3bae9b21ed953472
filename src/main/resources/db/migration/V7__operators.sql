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
