-- Returns the zone that a name of the IANA database is a link to, for the four names that Postgres takes for abbreviations of fixed
-- offsets although their zones have summer time; any other name is returned as it is.
create or replace function private.canonical_zone(zone text) returns text
language sql immutable strict parallel safe as $$
  select case zone
    when 'CET' then 'Europe/Brussels'
    when 'MET' then 'Europe/Brussels'
    when 'EET' then 'Europe/Athens'
    when 'WET' then 'Europe/Lisbon'
    else zone
  end
$$;

-- Returns the local time of an instant in a zone. UTC is used instead of a zone that this server does not know, because its zone database
-- is older than the one that accepted the zone.
create or replace function private.local_time(moment timestamptz, zone text) returns timestamp
language plpgsql stable set search_path = '' as $$
begin
  return moment at time zone private.canonical_zone(zone);
exception when invalid_parameter_value then
  return moment at time zone 'UTC';
end $$;

-- Returns the local date of an instant in a zone; the only place that computes it.
create or replace function private.local_date(moment timestamptz, zone text) returns date
language sql stable as $$
  select private.local_time(moment, zone)::date
$$;

-- Returns the instant at which a local time begins in a zone. A local time that a clock change skips is moved forward by the length of
-- the change.
create or replace function private.instant_of(local timestamp, zone text) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return local at time zone private.canonical_zone(zone);
exception when invalid_parameter_value then
  return local at time zone 'UTC';
end $$;

-- Returns the instant on that day whose local time in new_zone is the local time that the moment has in zone. A time that a clock change
-- skips is moved forward by the length of the change; back where it would be on the next day. null when the zone skipped the
-- whole day, as Apia did with 30 December 2011.
create or replace function private.same_time_on(day date, moment timestamptz, zone text, new_zone text) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  wanted constant timestamp := day + private.local_time(moment, zone)::time;
  instant timestamptz := private.instant_of(wanted, new_zone);
begin
  if private.local_date(instant, new_zone) <> day then
    instant := instant - (private.local_time(instant, new_zone) - wanted);
  end if;
  return case when private.local_date(instant, new_zone) = day then instant end;
end $$;
grant execute on function private.canonical_zone, private.local_time, private.local_date, private.instant_of, private.same_time_on to app, authenticated;
