-- For whom a word is: everybody's alerts, or a drill, which goes to those only who asked for drills.
alter table alerts add column audience text not null default 'alerts';
create index alerts_by_audience on alerts (audience, created_at);
