-- Receivers of the service's own, for a try: each for an hour, with what was sent to it.
create table playgrounds (
    id              uuid primary key,
    organization_id uuid        not null references organizations,
    token           text        not null unique,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    -- what it answers
    status          int         not null default 200,
    delay_ms        int         not null default 0,
    failure_percent int         not null default 0, -- so many of a hundred are answered 500
    retry_after     int,
    hang            boolean     not null default false,
    -- what came: in all, and within the minute that began then
    received        bigint      not null default 0,
    weight          bigint      not null default 0, -- of all that was ever kept: what is more than the room behind it is dropped
    minute          timestamptz not null,
    knocks          int         not null default 0, -- from outside
    handed          int         not null default 0  -- deliveries
) with (fillfactor = 50);
create index playgrounds_organization on playgrounds (organization_id);
create index playgrounds_expiry on playgrounds (expires_at);

create table playground_requests (
    playground_id uuid        not null references playgrounds on delete cascade,
    position      bigint      not null, -- the weight of all up to it
    at            timestamptz not null,
    handed        boolean     not null, -- a delivery of the service's own
    method        text        not null,
    target        text        not null, -- path and query
    headers       text        not null, -- JSON
    body          bytea       not null,
    body_bytes    bigint      not null, -- as it came; more than is kept: it was cut
    status        int,                  -- what was answered; null: nothing
    primary key (playground_id, position)
);
