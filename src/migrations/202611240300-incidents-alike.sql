-- Which incidents are the same words sent about many places: one row of the queue. A keyed hash of folded words,
-- emptied with the words themselves after three days.
alter table incidents add column alike text;
-- Set aside by one person of the desk: last in the queue, and back by an undo of the act that did it.
alter table incidents add column set_aside_at timestamptz;
alter table incidents add column set_aside_act uuid;
create index incidents_set_aside on incidents (set_aside_act) where set_aside_act is not null;
create index incidents_alike on incidents (alike) where alike is not null and status = 'open';
