-- The processes that there are. Leases carry the number of theirs: once it has ended, they are given back by whoever sees it.
create table instances (
    number   smallint primary key,
    process  uuid        not null,
    beat     bigint      not null default 0,     -- moves on whenever its lock is taken, or every second:
    beating  boolean     not null default false, -- behind a pooler it holds no lock
    since    timestamptz not null default now(),
    ended_at timestamptz                         -- its leases are being given back
) with (fillfactor = 50);
