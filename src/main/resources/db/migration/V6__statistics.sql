-- What was counted of attempts and of accepted events, in memory, and is added here a few seconds later: a row at first
-- belongs to a minute (span 1). Minutes that nobody looks at any more are folded into their hour (60) and their day (1440).

-- How many attempts took how long, a bin each; what is behind the last that holds any is left out.
create function add_bins(a int[], b int[]) returns int[]
    language sql immutable strict parallel safe
begin atomic
    select coalesce(array_agg(least(coalesce(u.x, 0)::bigint + coalesce(u.y, 0), 2147483647)::int order by u.n), '{}')
    from unnest(a, b) with ordinality as u (x, y, n);
end;

create aggregate sum_bins(int[]) (sfunc = add_bins, stype = int[], initcond = '{}');

create table endpoint_statistics (
    endpoint_id   uuid             not null,
    span          smallint         not null, -- in minutes
    start         timestamptz      not null,
    outcome       text collate "C" not null, -- delivered, or the error code
    attempts      bigint           not null,
    exhausted     bigint           not null, -- after which nothing was left to try
    last_at       timestamptz      not null, -- of the latest of them
    last_event_id uuid             not null,
    last_number   int              not null,
    durations     int[]            not null,
    primary key (endpoint_id, span, start, outcome)
) with (fillfactor = 70);
create index endpoint_statistics_start on endpoint_statistics (span, start);

create table organization_statistics (
    organization_id uuid        not null,
    span            smallint    not null,
    start           timestamptz not null,
    accepted        bigint      not null,
    delivered       bigint      not null,
    failed          bigint      not null,
    exhausted       bigint      not null,
    primary key (organization_id, span, start)
) with (fillfactor = 70);
create index organization_statistics_start on organization_statistics (span, start);
