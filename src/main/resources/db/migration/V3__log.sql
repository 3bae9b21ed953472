-- Which positions belong to which time: transactions that began at the time or later have the position or a later one.
create table log_marks (
    at       timestamptz primary key,
    position bigint not null
);

-- Days to which something was added when they were long over, by an instance whose clock is behind.
create table log_late (
    day      date primary key,
    position bigint not null
);

-- The position of what this transaction adds to such a day.
create function late_log_position(late date) returns bigint
    language sql volatile
begin atomic
    insert into log_late (day, position) values (late, log_position())
    on conflict (day) do update set position = excluded.position returning position;
end;

-- Positions that the service keeps for consumers.
create table log_consumers (
    organization_id uuid        not null references organizations,
    name            text        not null,
    cursor          text        not null,
    updated_at      timestamptz not null,
    primary key (organization_id, name)
);

-- The types of events that were seen, counted a day.
create table event_types (
    organization_id uuid        not null references organizations,
    type            text collate "C" not null,
    day             date        not null,
    events          bigint      not null,
    first_at        timestamptz not null,
    last_at         timestamptz not null,
    primary key (organization_id, type, day)
) with (fillfactor = 70);
create index event_types_day on event_types (day);
