insert into spent_efforts values ('spent', '2026-01-01T00:00:00Z');
