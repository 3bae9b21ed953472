set local lock_timeout = '2s';
alter table organizations
    add column elsewhere  text,        -- the cell that it lives in, where that is another: it is on its way here, or has left
    add column arrived_at timestamptz, -- null: it was made here
    add column log_floor  bigint, -- a cursor of another cell before it may have missed events of a day that was dropped there
    add column log_generation int; -- the first in which positions were given out here

alter table erasures
    add column moved boolean not null default false; -- of what an organization left behind

-- Organizations that nothing is stored of any more: the last of them is packed, or they have left
create table fences (
    organization_id uuid primary key,
    since           timestamptz not null default now()
);

create table moves (
    id              uuid primary key,
    organization_id uuid        not null,
    target          text        not null, -- the digits of the cell
    state           text        not null default 'copying',
    cancelled       boolean     not null default false, -- as soon as it can be
    requested_at    timestamptz not null default now(),
    fenced_at       timestamptz,
    unfenced_at     timestamptz, -- the target has it
    finished_at     timestamptz,
    due_at          timestamptz not null default now(), -- the next step
    worker          uuid,        -- the process that takes it
    worker_until    timestamptz not null default '-infinity',
    problem         text,        -- why it waits
    pass            int         not null default 1,
    since           xid8,        -- what is older than that was copied; null: nothing was
    since_at        timestamptz, -- when that was so
    horizon         xid8,        -- what is older than that will have been, after this pass
    horizon_at      timestamptz,
    generation      int,         -- of the log, that these belong to
    oldest          uuid,        -- events before it are not taken
    step            int         not null default 0, -- the table
    after           text[],      -- the key of the last row of it that was sent; null: none was
    passed          bigint      not null default 0, -- rows of this pass
    copied          bigint      not null default 0, -- rows of all
    fence           int         not null default 0, -- counts the fences
    counted         boolean     not null default false -- what is added up is packed
) with (fillfactor = 50);
create unique index moves_organization on moves (organization_id) where finished_at is null;
create index moves_due on moves (due_at) where finished_at is null;

-- What is sent behind the fence, as it was at one moment
create table move_parcels (
    move_id    uuid not null references moves on delete cascade,
    number     int  not null,
    table_name text not null,
    rows       int  not null,
    content    text not null, -- a JSON array of rows
    primary key (move_id, number)
);

create table arrivals (
    organization_id uuid primary key,
    move_id         uuid        not null,
    source          text        not null, -- the digits of the cell
    begun_at        timestamptz not null default now(),
    arrived_at      timestamptz,
    completed_at    timestamptz, -- nothing more will come
    fence           int         not null default 0, -- the latest, whose parcels are taken
    parcels         int         not null default 0  -- so many of them were
);

-- Positions that an organization brought along, by the days of their events: they are below all that were given out here
create table arrived_positions (
    organization_id uuid   not null,
    day             date   not null,
    lowest          bigint not null,
    highest         bigint not null,
    primary key (organization_id, day)
);


-- Tokens that were known here before their organizations moved on
create table moved_tokens (
    token      text primary key, -- the public id, or the digest of a link
    cell       text        not null,
    expires_at timestamptz not null
);
create index moved_tokens_expiry on moved_tokens (expires_at) where expires_at < 'infinity';
