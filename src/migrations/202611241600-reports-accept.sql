-- Accepts as before (202611240310), and reads less to do it: each answer says whose it is, efforts come only
-- from those who gave one, and the caller, who made the lists, says how long they are. Answers what is known
-- under a key already; those reports are not written again, nor is what its source has sent before.
drop function accept_reports(json, json, json, json, json);
create function accept_reports(keyed integer, answers json, efforts json, given integer, rows json, happened json, wishes json)
  returns table (key_hash text, body_hash text, status integer, sealed_answer bytea) language plpgsql as $$
declare
  known text[] := '{}';
  skipped uuid[] := '{}';
  late uuid[] := '{}';
  written bigint;
  fresh uuid[];
begin
  if keyed > 0 then
    -- In the order of their keys: two that meet wait for each other in one direction.
    insert into idempotency_answers
      select * from json_populate_recordset(null::idempotency_answers, answers) a order by a.key_hash
      on conflict do nothing;
    get diagnostics written = row_count;
    if written < keyed then
      -- Another's rows by the same keys were not made by this statement's transaction.
      select coalesce(array_agg(a.key_hash), '{}'), coalesce(array_agg(a.report_id), '{}')
        from json_to_recordset(answers) as a (report_id uuid, key_hash text, sealed_answer bytea)
        join idempotency_answers i on i.key_hash = a.key_hash and i.sealed_answer <> a.sealed_answer
        into known, skipped;
    end if;
  end if;

  if json_array_length(efforts) > 0 then
    with spending as (
      select e.effort, e.id from json_to_recordset(efforts) as e (id uuid, effort text) where e.id <> all (skipped)
    ), first as (
      select distinct on (effort) effort, id from spending order by effort, id
    ), spent as (
      insert into spent_efforts select effort, now() from first order by effort on conflict do nothing returning hash
    ) select coalesce(array_agg(g.id), '{}') from spending g
      where not exists (select 1 from first f join spent s on s.hash = f.effort where f.id = g.id) into late;
  end if;

  with added as (
    insert into reports select * from json_populate_recordset(null::reports, rows) r where r.id <> all (skipped)
    on conflict (source, source_id) do nothing returning id
  ) select array(select id from added) into fresh;
  if late <> '{}' then
    update reports set ranked_last = true where id = any (late);
  end if;

  if cardinality(fresh) = given then
    perform emit_events(happened, wishes);
  elsif fresh <> '{}' then
    perform emit_events(
      (select json_agg(e) from json_array_elements(happened) e where (e->>'stream_id')::uuid = any (fresh)), wishes);
  end if;
  if known <> '{}' then
    return query select i.key_hash, i.body_hash, i.status, i.sealed_answer
      from idempotency_answers i where i.key_hash = any (known);
  end if;
end $$;
