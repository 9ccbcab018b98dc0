update publication_counter set seq = 1;
insert into publications values (1, '00000000-0000-4000-8000-000000000501', 'K7M3-9QXT', 1, 'confirmed', '{"id": "K7M3-9QXT", "revision": 1}', '2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z');
update desk_activity set last_checked_at = '2026-01-01T00:00:00Z';
