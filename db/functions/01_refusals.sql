-- How functions refuse what breaks a rule: they raise SQLSTATE UC000 with the code of a problem as its message and, as its detail, the
-- fields with their codes. Their sentences and statuses are in Go (problem.Define, problem.DefineField); a test compares the codes.
create or replace function private.refuse_field(field text, code text) returns void
language plpgsql set search_path = '' as $$
begin
  raise exception 'rule_broken' using errcode = 'UC000', detail = jsonb_build_array(jsonb_build_object('field', field, 'code', code))::text;
end $$;
grant execute on function private.refuse_field to app, authenticated;
