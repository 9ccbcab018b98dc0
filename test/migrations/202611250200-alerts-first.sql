insert into ledger_entries (seq, kind, subject, record, salt, hash, created_at)
values (1, 'alert', 'AAAA-AAAA/1', '{}', '\x00', '\x00', '2026-01-01T00:00:00Z');
insert into alerts (incident_id, revision, kind, document, signature, key_id, refusal, ledger_seq, expires_at, created_at)
values ('AAAA-AAAA', 1, 'confirmed', '{}', 's', 'k', null, 1, '2026-01-01T03:00:00Z', '2026-01-01T00:00:00Z');
insert into subscriptions (version, capability_hash, state, channel, origin, language, cells, wants, quiet_from, quiet_to,
  sealed_endpoint, contact_hash, confirm_hash, gone_at, created_at)
values (1, 'c', 'active', 'webpush', 'https://push.example', 'en', '\x0089754a9abfffff00', 1, null, null,
  '\x00', 'a', null, null, '2026-01-01T00:00:00Z');
insert into stopped_contacts values ('h', '2026-01-01T00:00:00Z');
insert into alert_pages (id, incident_id, revision, shard, channel, origin, subscription_ids, told, accepted, failed, created_at)
values ('5f0e0000-0000-4000-8000-0000000000c1', 'AAAA-AAAA', 1, 0, 'webpush', 'https://push.example', '{1}', '{1}', 1, 0, '2026-01-01T00:00:00Z');
insert into push_keys select id, 0, '\x00', '2026-01-01T00:00:00Z' from subscriptions limit 1;
insert into signed_alerts values (999, 'AAAA-AAAA', 1, '{}', 's', 'k', '2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z');
insert into alert_receipts values ('t', 'AAAA-AAAA', 1, '2026-01-01T00:00:00Z');
