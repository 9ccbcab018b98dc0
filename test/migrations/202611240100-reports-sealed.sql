insert into reports (id, source, source_id, activity, observed_at, time_uncertainty_minutes, received_at, first_hand,
  place_kind, still_there, detained, detained_count, minors_present, uncertainty_metres, cell, area_ids,
  language, sealed, media_count, entered_by, receipt_hash, retracted_at, created_at) values
  ('00000000-0000-4000-8000-000000000303', 'api', null, 'stop', '2026-01-01T00:00:00Z', 10, '2026-01-01T00:00:00Z', true,
  'street', true, true, 2, false, 100, '882a100d6bfffff', '{harbour}', 'en', '\x01aa', 1, null, 'receipt-2', null, '2026-01-01T00:00:00Z');
