-- Accepts the reports that came in together, in one statement and so in one commit (design.md 3.1): their
-- answers under their senders' keys, the proofs of effort they spend, the rows, the events and the jobs.
-- `owners` says which key and which proof is whose: [{id, key_hash, effort}]. Answers what is known under
-- a key already; those reports are not written again, nor is what its source has sent before.
create function accept_reports(owners json, answers json, rows json, happened json, wishes json)
  returns table (key_hash text, body_hash text, status integer, sealed_answer bytea) language plpgsql as $$
declare
  known text[] := '{}';
  skipped uuid[] := '{}';
  late uuid[] := '{}';
  written bigint;
  fresh uuid[];
begin
  -- In the order of their keys: two that meet wait for each other in one direction.
  insert into idempotency_answers
    select * from json_populate_recordset(null::idempotency_answers, answers) given order by given.key_hash
    on conflict do nothing;
  get diagnostics written = row_count;
  if written < json_array_length(answers) then
    -- Another's rows by the same keys were not made by this statement's transaction.
    select coalesce(array_agg(o.key_hash), '{}'), coalesce(array_agg(o.id), '{}')
      from json_to_recordset(owners) as o (id uuid, key_hash text)
      join json_populate_recordset(null::idempotency_answers, answers) a on a.key_hash = o.key_hash
      join idempotency_answers i on i.key_hash = o.key_hash and i.sealed_answer <> a.sealed_answer
      into known, skipped;
  end if;

  with given as (
    select o.effort, o.id from json_to_recordset(owners) as o (id uuid, effort text)
    where o.effort is not null and o.id <> all (skipped)
  ), first as (
    select distinct on (effort) effort, id from given order by effort, id
  ), spent as (
    insert into spent_efforts select effort, now() from first order by effort on conflict do nothing returning hash
  ) select coalesce(array_agg(g.id), '{}') from given g
    where not exists (select 1 from first f join spent s on s.hash = f.effort where f.id = g.id) into late;

  with added as (
    insert into reports select * from json_populate_recordset(null::reports, rows) r where r.id <> all (skipped)
    on conflict (source, source_id) do nothing returning id
  ) select array(select id from added) into fresh;
  if late <> '{}' then
    update reports set ranked_last = true where id = any (late);
  end if;

  if cardinality(fresh) = json_array_length(rows) then
    perform emit_events(happened, wishes);
  elsif fresh <> '{}' then
    perform emit_events(
      (select json_agg(e) from json_array_elements(happened) e where (e->>'stream_id')::uuid = any (fresh)), wishes);
  end if;
  return query select i.key_hash, i.body_hash, i.status, i.sealed_answer
    from idempotency_answers i where i.key_hash = any (known);
end $$;
