-- What happened, in order; nothing is edited away (design.md 3.2).
create table events (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  stream text not null,
  stream_id text not null,
  type text not null,
  actor_id uuid,
  data jsonb not null,
  at timestamptz not null
);
create index events_by_stream on events (stream, stream_id, seq);

create table idempotency_answers (
  key_hash text primary key,
  body_hash text not null,
  status integer not null,
  sealed_answer bytea not null,
  created_at timestamptz not null
);
