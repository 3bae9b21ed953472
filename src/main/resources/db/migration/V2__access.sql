-- What a key gives. Null is everything there is: every scope, every type, every endpoint.

alter table api_keys
    add column id           uuid not null default gen_random_uuid(), -- what its organization knows it by
    add column name         text not null default 'API key',
    add column environment  text not null default 'live',
    add column scopes       text[],
    add column types        text[], -- event types that it is held to, as an endpoint's event_types
    add column endpoint_ids uuid[],
    add column fingerprint  bytea,  -- keyed with what is not in the database; null: not yet verified
    add column rotated_at   timestamptz,
    add column last_used_at timestamptz; -- to the hour
alter table api_keys
    alter column id drop default,
    alter column name drop default,
    alter column environment drop default;
create unique index api_keys_id on api_keys (id);

-- A link that works once, and what it was exchanged for. Neither token is here, only what each hashes to.
create table portal_sessions (
    id              uuid primary key,
    organization_id uuid        not null references organizations,
    key_id          text        not null, -- the key that made it, or that this one was rotated to
    link_hash       bytea       not null,
    link_expires_at timestamptz not null,
    session_id      text,                 -- the public half of what it was exchanged for; null: not yet
    hash            bytea,
    scopes          text[]      not null,
    types           text[],
    endpoint_ids    uuid[],
    return_url      text,
    created_at      timestamptz not null,
    expires_at      timestamptz not null
);
create unique index portal_sessions_link on portal_sessions (link_hash);
create unique index portal_sessions_hash on portal_sessions (hash) where hash is not null;
create unique index portal_sessions_session on portal_sessions (session_id) where session_id is not null;
create index portal_sessions_organization on portal_sessions (organization_id);
create index portal_sessions_key on portal_sessions (key_id);

-- Who registered lately: when an address may register as often as ever again.
create table registrations (
    address text primary key,
    free_at timestamptz not null
);
create index registrations_free on registrations (free_at);
