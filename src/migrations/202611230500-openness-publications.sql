-- One row, locked by every publication: numbers follow the order of commits, so a reader that
-- resumes after a number never misses one (targets.md 0.2).
create table publication_counter (id integer primary key check (id = 1), seq bigint not null);
insert into publication_counter values (1, 0);
create table publications (
  seq bigint primary key,
  id uuid not null unique,
  incident_id text not null,
  revision integer not null,
  kind text not null,
  snapshot jsonb not null,
  at timestamptz not null,
  expires_at timestamptz,
  unique (incident_id, revision)
);
create index publications_by_time on publications (at);
-- When trained people last checked anything: the age of what the public knows.
create table desk_activity (id integer primary key check (id = 1), last_checked_at timestamptz);
insert into desk_activity values (1, null);
