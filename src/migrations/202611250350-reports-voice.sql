-- Reports by the keys of a telephone.
alter table reports drop constraint reports_source_check;
alter table reports add constraint reports_source_check check (source in ('web', 'api', 'desk', 'import', 'sms', 'voice'));
