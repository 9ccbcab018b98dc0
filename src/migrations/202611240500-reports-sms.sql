-- Reports by text message.
alter table reports drop constraint reports_source_check;
alter table reports add constraint reports_source_check check (source in ('web', 'api', 'desk', 'import', 'sms'));
-- An unfinished dialogue, for half an hour: no number, only its keyed hash, and the words sealed.
create table sms_dialogues (number_hash text primary key, sealed bytea, created_at timestamptz not null);
-- What a provider delivered before, so that a replay has no second effect.
create table sms_messages (id_hash text primary key, created_at timestamptz not null);
