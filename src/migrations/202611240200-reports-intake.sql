-- Sent in a flood by somebody who gave no proof of effort: kept and checked like any other, ranked last (S25).
alter table reports add column ranked_last boolean not null default false;
alter table incidents add column ranked_last boolean not null default false;
-- Receipts still under their quick hash are found by the unique index, where texts are compared byte by byte.
alter table reports alter column receipt_hash type text collate "C";
-- A proof of effort counts once.
create table spent_efforts (hash text primary key, created_at timestamptz not null);
