insert into report_media (id, report_id, kind, type, sha256, bytes, state, created_at)
select '5f0e0000-0000-4000-8000-0000000000a1', id, 'photo', 'image/jpeg', repeat('ab', 32), 1234, 'waiting', '2026-01-01T00:00:00Z'
from reports order by id limit 1;
