insert into organisations values ('00000000-0000-4000-8000-000000000201', 'Harbour Neighbours', '2026-01-01T00:00:00Z', null);
insert into people values ('00000000-0000-4000-8000-000000000202', '00000000-0000-4000-8000-000000000201', 'Vera', '{verifier}', '2026-01-01T00:00:00Z', null);
insert into passkeys values ('credential', '00000000-0000-4000-8000-000000000202', '\x01', 7, '{internal}', '2026-01-01T00:00:00Z');
insert into enrolments values ('link', '00000000-0000-4000-8000-000000000202', '2026-01-08T00:00:00Z', null, '2026-01-01T00:00:00Z');
insert into challenges values ('00000000-0000-4000-8000-000000000203', 'challenge', 'sign-in', null, '2026-01-01T00:05:00Z', '2026-01-01T00:00:00Z');
insert into sessions values ('session', '00000000-0000-4000-8000-000000000202', '2026-01-01T00:00:00Z', '2026-01-01T12:00:00Z', '2026-01-01T00:10:00Z', '2026-01-01T00:00:00Z');
insert into tokens values ('token', '00000000-0000-4000-8000-000000000202', 'verifier', '2026-01-01T00:00:00Z', '2026-01-01T12:00:00Z', null);
insert into audit_entries (created_at, person_id, action, object, detail) values
  ('2026-01-01T00:00:00Z', '00000000-0000-4000-8000-000000000202', 'token.made', 'person:1', '{"role": "verifier"}');
