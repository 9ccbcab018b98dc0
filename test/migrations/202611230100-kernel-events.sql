insert into events (id, stream, stream_id, type, actor_id, data, at) values
  ('00000000-0000-4000-8000-000000000101', 'report', '00000000-0000-4000-8000-000000000301', 'report.received', null, '{"activity": "stop"}', '2026-01-01T00:00:00Z');
insert into idempotency_answers values ('key', 'body', 201, '\x0102', '2026-01-01T00:00:00Z');
