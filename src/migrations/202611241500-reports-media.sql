-- Photos and video that reporters sent: what is known of each; the files lie sealed outside the database.
create table report_media (
  id uuid primary key,
  report_id uuid not null references reports (id) on delete cascade,
  kind text not null check (kind in ('photo', 'video')),
  type text not null,
  sha256 text not null,
  bytes integer not null,
  original_bytes bigint,
  state text not null default 'waiting' check (state in ('waiting', 'cleared', 'held-back')),
  reviewed_by uuid,
  reviewed_at timestamptz,
  created_at timestamptz not null
);
create index report_media_report on report_media (report_id);
