insert into alerts (incident_id, revision, kind, document, signature, key_id, refusal, ledger_seq, expires_at, created_at, audience)
values ('DRILL-AAAA-AAAA', 1, 'confirmed', '{}', 's', 'k', null, null, '2026-01-01T01:00:00Z', '2026-01-01T00:00:00Z', 'drills');
