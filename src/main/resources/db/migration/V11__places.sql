-- Where organizations are that are asked for here by their external ids, and live in other cells.
create table organization_places (
    external_id text primary key,
    cell        text not null,
    gone_at     timestamptz -- when that cell was found to have it no more
);

-- By which a cell tells others of them.
set local lock_timeout = '2s';
create index organizations_told on organizations (id) where external_id is not null;

-- How far each other cell has told here what it has.
create table told_places (
    cell     text primary key,
    cells    text    not null, -- all that there were then: with others, others are to be told
    until    uuid    not null, -- its last organization that was looked at
    complete boolean not null  -- and it had no more
);
