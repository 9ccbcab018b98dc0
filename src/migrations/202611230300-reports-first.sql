create table reports (
  id uuid primary key,
  source text not null check (source in ('web', 'api', 'desk', 'import')),
  source_id text,
  activity text not null,
  observed_at timestamptz,
  time_uncertainty_minutes integer not null,
  received_at timestamptz not null,
  first_hand boolean not null,
  size text, unit text, uniform text, equipment text,
  place_kind text not null,
  still_there boolean,
  detained boolean,
  detained_count integer,
  minors_present boolean,
  lat double precision, lon double precision,
  uncertainty_metres double precision,
  place_text text, place_label text,
  cell text,
  area_ids text[] not null,
  description text,
  language text,
  media jsonb,
  media_count integer not null,
  contact text,
  entered_by uuid references people,
  receipt_hash text unique,
  retracted_at timestamptz,
  created_at timestamptz not null,
  unique (source, source_id)
);
create index reports_by_age on reports (created_at);
create index reports_by_cell on reports (cell, observed_at);
create table report_additions (
  id uuid primary key,
  report_id uuid not null references reports on delete cascade,
  text text,
  still_there boolean,
  created_at timestamptz not null
);
create index report_additions_by_report on report_additions (report_id, created_at);
