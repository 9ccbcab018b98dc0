insert into sms_dialogues values ('number', '\x01', '2026-01-01T00:00:00Z');
insert into sms_messages values ('message', '2026-01-01T00:00:00Z');
