insert into reports (id, source, source_id, activity, observed_at, time_uncertainty_minutes, received_at, first_hand, size, unit, uniform, equipment,
  place_kind, still_there, detained, detained_count, minors_present, lat, lon, uncertainty_metres, place_text, place_label, cell, area_ids,
  description, language, media, media_count, contact, entered_by, receipt_hash, retracted_at, created_at) values
  ('00000000-0000-4000-8000-000000000301', 'desk', 'theirs-1', 'stop', '2026-01-01T00:00:00Z', 10, '2026-01-01T00:00:00Z', true, '4', 'ERO', 'vest', 'van',
  'street', true, true, 2, false, 41.2, -58.3, 100, 'by the pier', 'Pier St & 1 Av', '882a100d6bfffff', '{harbour}',
  'two vans ☂ שלום', 'en', '[{"kind": "photo"}]', 1, 'call me', '00000000-0000-4000-8000-000000000202', 'receipt', null, '2026-01-01T00:00:00Z');
insert into report_additions values ('00000000-0000-4000-8000-000000000302', '00000000-0000-4000-8000-000000000301', 'they left', false, '2026-01-01T00:00:00Z');
