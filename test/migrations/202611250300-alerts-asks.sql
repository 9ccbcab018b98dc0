insert into confirmation_asks values ('h', '2026-01-01T00:00:00Z');
