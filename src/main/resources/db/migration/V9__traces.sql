-- Where an event comes from and goes in its trace, where it is traced.
set local lock_timeout = '2s';
alter table event_deliveries add column trace bytea;  -- the request that posted it, and the latest attempt
alter table delivery_attempts add column trace bytea; -- the span that the receiver was told of
