-- Sent in a flood by somebody who gave no proof of effort: kept and checked like any other, ranked last (S25).
alter table reports add column ranked_last boolean not null default false;
alter table incidents add column ranked_last boolean not null default false;
-- Receipts still under their quick hash.
create index reports_quick_receipts on reports (receipt_hash text_pattern_ops) where receipt_hash like 'quick:%';
-- A proof of effort counts once.
create table spent_efforts (hash text primary key, created_at timestamptz not null);
