create table incidents (
  id text primary key,
  status text not null,
  activity text not null,
  place_kind text not null,
  pending_finding text, pending_basis text, pending_by uuid references people, pending_organisation_id uuid, pending_at timestamptz,
  lat double precision, lon double precision, uncertainty_metres double precision,
  place_label text,
  cell text,
  area_ids text[] not null,
  first_observed_at timestamptz, last_observed_at timestamptz,
  last_report_at timestamptz not null,
  report_count integer not null,
  harm double precision not null,
  revision integer not null,
  confirmed_at timestamptz, expires_at timestamptz,
  merged_into text references incidents,
  created_at timestamptz not null
);
create index incidents_live on incidents (status, last_report_at);
create index incidents_by_cell on incidents (cell, last_observed_at);
create table incident_reports (
  report_id uuid primary key references reports on delete cascade,
  incident_id text not null references incidents,
  linked_by text not null,
  score double precision,
  reasons jsonb not null,
  created_at timestamptz not null
);
create index incident_reports_by_incident on incident_reports (incident_id);
create table proposed_links (
  report_id uuid not null references reports on delete cascade,
  incident_id text not null references incidents,
  score double precision not null,
  reasons jsonb not null,
  decided_at timestamptz,
  created_at timestamptz not null,
  primary key (report_id, incident_id)
);
create table finding_notes (
  id uuid primary key,
  incident_id text not null references incidents,
  person_id uuid not null references people,
  note text,
  created_at timestamptz not null
);
create index finding_notes_by_incident on finding_notes (incident_id, created_at);
