create table organisations (
  id uuid primary key,
  name text not null unique,
  created_at timestamptz not null,
  suspended_at timestamptz
);
create table people (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null,
  roles text[] not null,
  created_at timestamptz not null,
  suspended_at timestamptz,
  unique (organisation_id, name)
);
create table passkeys (
  credential_id text primary key,
  person_id uuid not null references people on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null
);
create index passkeys_by_person on passkeys (person_id);
create table enrolments (
  token_hash text primary key,
  person_id uuid not null references people on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);
create index enrolments_by_person on enrolments (person_id);
create table challenges (
  id uuid primary key,
  challenge text not null unique,
  purpose text not null,
  person_id uuid references people on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index challenges_by_expiry on challenges (expires_at);
create table sessions (
  token_hash text primary key,
  person_id uuid not null references people on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null,
  stepped_up_at timestamptz
);
create index sessions_by_person on sessions (person_id);
create table tokens (
  token_hash text primary key,
  person_id uuid not null references people on delete cascade,
  role text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index tokens_by_person on tokens (person_id);
create table audit_entries (
  seq bigint generated always as identity primary key,
  created_at timestamptz not null,
  person_id uuid references people,
  action text not null,
  object text not null,
  detail jsonb not null
);
-- The record is written once. Rows leave it only by age (kernel/retention).
create function refuse_change() returns trigger language plpgsql as
  $$ begin raise exception 'entries of % are never changed', tg_table_name; end $$;
create trigger audit_entries_written_once before update on audit_entries
  for each row execute function refuse_change();
