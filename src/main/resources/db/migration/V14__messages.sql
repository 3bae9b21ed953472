set local lock_timeout = '2s';

-- What instances tell each other where notifications do not arrive: behind a pooler. Each looks for what is new, and what is a
-- minute old is deleted.
create unlogged table messages (
    transaction bigint      not null default pg_current_xact_id()::text::bigint,
    id          bigint      not null generated always as identity,
    sent_at     timestamptz not null default clock_timestamp(),
    text        text        not null,
    primary key (transaction, id)
);
