-- What people stood behind with their keys (kernel/approvals): the signer of alerts checks each again.
create table approvals (
  id uuid primary key,
  challenge text not null unique,
  person_id uuid not null references people (id),
  organisation_id uuid not null,
  act text not null,
  object text not null,
  statement text not null,
  proof jsonb,
  created_at timestamptz not null
);
create index approvals_by_object on approvals (object, act, person_id);
create index approvals_by_time on approvals (created_at);
alter table incidents add column pending_approval uuid;
