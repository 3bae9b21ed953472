-- What a key may do. Null is everything there is: every scope, every type, every endpoint.

alter table api_keys
    add column scopes       text[],
    add column types        text[], -- event types that it is held to, as an endpoint's event_types
    add column endpoint_ids uuid[];
