-- Exact places and words rest sealed under the key of their hour (kernel/sealing, security.md S3).
-- What is here already moves into the sealed column as it is, marked by a first byte of 0 since SQL
-- has no key; it leaves with its days, as it would have.
create function as_it_was(fields jsonb) returns bytea language sql immutable as $$
  select case when jsonb_strip_nulls(fields) = '{}'::jsonb then null
    else '\x00'::bytea || convert_to(jsonb_strip_nulls(fields)::text, 'UTF8') end $$;

alter table reports add column sealed bytea;
update reports set sealed = as_it_was(jsonb_build_object('lat', lat, 'lon', lon, 'place_text', place_text,
  'place_label', place_label, 'size', size, 'unit', unit, 'uniform', uniform, 'equipment', equipment,
  'description', description, 'media', media, 'contact', contact));
alter table reports drop column lat, drop column lon, drop column place_text, drop column place_label,
  drop column size, drop column unit, drop column uniform, drop column equipment,
  drop column description, drop column media, drop column contact;

alter table report_additions add column sealed bytea;
update report_additions set sealed = as_it_was(jsonb_build_object('text', text));
alter table report_additions drop column text;

alter table finding_notes add column sealed bytea;
update finding_notes set sealed = as_it_was(jsonb_build_object('note', note));
alter table finding_notes drop column note;

alter table incidents add column sealed bytea;
update incidents set sealed = as_it_was(jsonb_build_object('lat', lat, 'lon', lon, 'place_label', place_label));
alter table incidents drop column lat, drop column lon, drop column place_label;

drop function as_it_was(jsonb);
