-- Behind a backup that takes hours, everything else would wait with us: the start fails instead, and is tried again.
set local lock_timeout = '5s';

-- A delivery that an instance is sending is told from one that is scheduled or backing off: what becomes of its endpoint
-- meanwhile waits for its outcome, or for the end of its lease. Takes no room in a row, and no index.
alter table event_deliveries add column leased boolean not null default false; -- to be believed until due_at
