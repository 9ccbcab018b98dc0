update incidents set alike = 'of the same words', set_aside_at = '2026-01-01T00:00:00Z',
  set_aside_act = '00000000-0000-4000-8000-000000000402';
