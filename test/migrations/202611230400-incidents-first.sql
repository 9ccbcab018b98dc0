insert into incidents (id, status, activity, place_kind, pending_finding, pending_basis, pending_by, pending_organisation_id, pending_at, lat, lon, uncertainty_metres,
  place_label, cell, area_ids, first_observed_at, last_observed_at, last_report_at, report_count, harm, revision, confirmed_at, expires_at, merged_into, created_at) values
  ('K7M3-9QXT', 'confirmed', 'stop', 'street', 'confirmed', 'on-scene', '00000000-0000-4000-8000-000000000202', '00000000-0000-4000-8000-000000000201', '2026-01-01T00:00:00Z',
  41.2, -58.3, 100, 'Pier St & 1 Av', '882a100d6bfffff', '{harbour}', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1, 3.5, 1,
  '2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z', null, '2026-01-01T00:00:00Z');
insert into incident_reports values ('00000000-0000-4000-8000-000000000301', 'K7M3-9QXT', 'first', 0.9, '[]', '2026-01-01T00:00:00Z');
insert into proposed_links values ('00000000-0000-4000-8000-000000000301', 'K7M3-9QXT', 0.5, '[]', null, '2026-01-01T00:00:00Z');
insert into finding_notes values ('00000000-0000-4000-8000-000000000401', 'K7M3-9QXT', '00000000-0000-4000-8000-000000000202', 'two vans', '2026-01-01T00:00:00Z');
