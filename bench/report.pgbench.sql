\set n random(1, 1000000000)
begin;
insert into idempotency_answers values (encode(sha256((:n::text || clock_timestamp()::text || :client_id::text)::bytea), 'hex'), encode(sha256((:n::text)::bytea), 'hex'), 201, decode(repeat('ab', 120), 'hex'), now());
insert into reports (id, source, activity, observed_at, time_uncertainty_minutes, received_at, first_hand, place_kind, uncertainty_metres, cell, area_ids, language, sealed, media_count, receipt_hash, created_at) values (gen_random_uuid(), 'api', 'stop', now(), 10, now(), true, 'street', 100, '882a100d6bfffff', '{borough-3,nta-BK09,zip-11201,cd-302,council-33}', 'en', decode(repeat('ab', 220), 'hex'), 0, 'quick:' || encode(sha256((clock_timestamp()::text || :client_id::text)::bytea), 'hex'), now());
insert into events (id, stream, stream_id, type, data, at) values (gen_random_uuid(), 'report', gen_random_uuid()::text, 'report.received', '{}', now());
commit;
