-- What an endpoint's requests were made of. Attempts name a revision; what they sent is derived from it.
-- While two secrets sign, the revision before the latest holds.
create table endpoint_revisions (
    endpoint_id  uuid        not null references endpoints,
    revision     int         not null,
    url          text        not null,
    header_names text[]      not null,
    secret_ids   text[]      not null, -- newest first
    created_at   timestamptz not null,
    primary key (endpoint_id, revision)
);

-- What the service itself puts into requests; one row a version.
create table senders (
    id           smallint generated always as identity primary key,
    user_agent   text    not null,
    body_aliases boolean not null,
    unique (user_agent, body_aliases)
);

-- When circuits opened and closed: nothing for a delivery, a row for each change.
create table circuit_changes (
    endpoint_id uuid        not null,
    at          timestamptz not null,
    open        boolean     not null,
    primary key (endpoint_id, at)
);

-- Deliveries that were begun again by hand, event by event.
create table redeliveries (
    organization_id uuid        not null,
    event_id        uuid        not null,
    endpoint_id     uuid        not null,
    requested_at    timestamptz not null,
    primary key (organization_id, event_id, endpoint_id, requested_at)
);
