-- The log's port (kernel/ledger): one locked row gives numbers in the order of commits.
create table ledger_entries (
  seq bigint primary key,
  kind text not null,
  subject text not null,
  record text not null,
  salt bytea not null,
  hash bytea not null,
  created_at timestamptz not null,
  unique (kind, subject)
);
create table ledger_counter (id integer primary key check (id = 1), seq bigint not null);
insert into ledger_counter values (1, 0);

-- Every word of ours that was signed, and what became of those that were not.
create table alerts (
  incident_id text not null,
  revision integer not null,
  kind text not null,
  document text not null,
  signature text,
  key_id text,
  refusal text,
  ledger_seq bigint,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (incident_id, revision)
);

-- Who asked to hear: cells of at least a thousand residents each, a channel, a language, and where it
-- goes, sealed under a key that is not in this database.
create table subscriptions (
  id integer generated always as identity primary key,
  version bigint not null,
  capability_hash text not null unique,
  state text not null,
  channel text not null,
  origin text not null,
  language text not null,
  cells bytea not null,
  wants smallint not null,
  quiet_from smallint,
  quiet_to smallint,
  sealed_endpoint bytea not null,
  contact_hash text not null,
  confirm_hash text,
  gone_at timestamptz,
  created_at timestamptz not null
);
create index subscriptions_by_version on subscriptions (version);
create index subscriptions_by_contact on subscriptions (contact_hash);
create index subscriptions_by_confirm on subscriptions (confirm_hash) where confirm_hash is not null;
create table subscription_counter (id integer primary key check (id = 1), version bigint not null);
insert into subscription_counter values (1, 0);

-- Numbers and addresses that said STOP: never written to again until they say START.
create table stopped_contacts (contact_hash text primary key, created_at timestamptz not null);

-- A page of an alert's audience: what one job sends, and who was told.
create table alert_pages (
  id uuid primary key,
  incident_id text not null,
  revision integer not null,
  shard smallint not null,
  channel text not null,
  origin text not null,
  subscription_ids integer[],
  claimed_at timestamptz,
  told integer[],
  accepted integer not null,
  failed integer not null,
  finished_at timestamptz,
  created_at timestamptz not null
);
create index alert_pages_by_incident on alert_pages (incident_id, revision);
create index alert_pages_by_time on alert_pages (created_at);

-- That a phone has shown an alert: a token that only it was given, once; counted and published.
create table alert_receipts (
  token_hash text primary key,
  incident_id text not null,
  revision integer not null,
  created_at timestamptz not null
);
create index alert_receipts_by_alert on alert_receipts (incident_id, revision);

-- One-time push keys, sealed: derived when there is time, used once when there is none.
create table push_keys (
  subscription_id integer not null references subscriptions (id) on delete cascade,
  slot smallint not null,
  sealed_key bytea not null,
  created_at timestamptz not null,
  primary key (subscription_id, slot)
);

-- Whether all sending is halted, by whom, and what the public is told of it.
create table sending_halt (
  id integer primary key check (id = 1),
  halted_at timestamptz,
  halted_by uuid,
  reason text
);
insert into sending_halt values (1, null, null, null);

-- Signed alerts in the numbers of the public stream.
create table signed_alerts (
  seq bigint primary key,
  incident_id text not null,
  revision integer not null,
  document text not null,
  signature text not null,
  key_id text not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  unique (incident_id, revision)
);
