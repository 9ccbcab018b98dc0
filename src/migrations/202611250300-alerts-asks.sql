-- That a number or address was asked whether it wants alerts: counted, so that nobody is pestered.
create table confirmation_asks (contact_hash text not null, created_at timestamptz not null);
create index confirmation_asks_by_contact on confirmation_asks (contact_hash);
create index confirmation_asks_by_time on confirmation_asks (created_at);
