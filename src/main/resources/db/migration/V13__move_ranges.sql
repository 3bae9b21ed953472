set local lock_timeout = '2s';

alter table moves
    add column turn int not null default 0; -- counts the processes that went on with it

alter table arrivals
    add column turn int not null default 0; -- the latest heard of: what an earlier one still says comes too late

alter table move_parcels
    add column first_event uuid, -- null: rows are added; else they replace all that there are from this event on
    add column until_event uuid; -- up to this one, which is not among them; null: to the last

-- What changes and goes is copied by ranges of events, and those in which something changed once more
create table move_ranges (
    move_id     uuid not null references moves on delete cascade,
    table_name  text not null,
    first_event uuid not null, -- a range goes on to the first of the next
    rows        int,           -- that were sent and are older than the horizon; null: the range has to be sent
    horizon     xid8,
    primary key (move_id, table_name, first_event)
);
