-- Adds a job to River's queue, as River itself does, in the transaction that makes it necessary. Only functions call it.
create or replace function private.queue_job(kind text, args jsonb, queue text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into jobs.river_job (args, kind, max_attempts, queue, priority, state)
  values (queue_job.args, queue_job.kind, 3, queue_job.queue, 1, 'available');
  perform pg_notify('jobs.river_insert', jsonb_build_object('queue', queue_job.queue)::text);
end $$;
