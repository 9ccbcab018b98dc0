-- The outbox in one statement: events are appended and the jobs that follow them asked for. A job that
-- serves for any number of events waits once a connection: two transactions that both ask for it would
-- else wait for each other's commit.
create function emit_events(happened json, wishes json) returns void language plpgsql as $$
begin
  insert into events (id, stream, stream_id, type, actor_id, data, at)
    select id, stream, stream_id, type, actor_id, data, at from json_to_recordset(happened)
      as row (id uuid, stream text, stream_id text, type text, actor_id uuid, data jsonb, at timestamptz);
  if json_array_length(wishes) > 0 then
    perform graphile_worker.add_jobs(array(
      select row(identifier, payload, queue_name, run_at, max_attempts, job_key || '/' || pg_backend_pid(),
        priority, flags)::graphile_worker.job_spec
      from json_populate_recordset(null::graphile_worker.job_spec, wishes)));
  end if;
end $$;
