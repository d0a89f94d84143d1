-- Returns the local date of an instant in a zone; the only place that computes it. UTC is used instead of a zone that this server
-- does not know, because its zone database is older than the one that accepted the zone.
create or replace function private.local_date(moment timestamptz, zone text) returns date
language plpgsql stable set search_path = '' as $$
begin
  return (moment at time zone zone)::date;
exception when invalid_parameter_value then
  return (moment at time zone 'UTC')::date;
end $$;
grant execute on function private.local_date to app, authenticated;

-- Returns the instant on that day whose local time in new_zone is the local time that the moment has in zone. A time that a clock
-- change skips is moved forward by the length of the change.
create or replace function private.same_time_on(day date, moment timestamptz, zone text, new_zone text) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  wall time;
begin
  begin
    wall := (moment at time zone zone)::time;
  exception when invalid_parameter_value then
    wall := (moment at time zone 'UTC')::time;
  end;
  return (day + wall) at time zone new_zone;
exception when invalid_parameter_value then
  return (day + wall) at time zone 'UTC';
end $$;
grant execute on function private.same_time_on to app, authenticated;
