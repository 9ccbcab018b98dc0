insert into approvals (id, challenge, person_id, organisation_id, act, object, statement, proof, created_at)
select '5f0e0000-0000-4000-8000-0000000000b1', 'c', id, organisation_id, 'find', 'AAAA-AAAA', '{}', '{}', '2026-01-01T00:00:00Z'
from people order by id limit 1;
