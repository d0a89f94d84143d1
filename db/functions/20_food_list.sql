drop view if exists public.food_list;
drop view if exists public.food_details;
drop view if exists public.serving_lists;

-- The servings of each food as JSON, the default first.
create or replace view public.serving_lists with (security_invoker = true) as
select s.food_id, s.created_by,
  jsonb_agg(jsonb_build_object('id', s.id, 'label', s.label, 'grams', s.grams, 'is_default', s.is_default)
    order by s.is_default desc, s.position, s.id) as servings
from public.food_servings s
where s.deleted_at is null
group by s.food_id, s.created_by;
revoke all on public.serving_lists from anon, authenticated;
grant select on public.serving_lists to authenticated;

-- A food in the form of lists: with its default serving and the nutrients of that.
create or replace view public.food_list with (security_invoker = true) as
select f.id, f.created_by, f.name, f.brand, f.source, private.food_nutrients(f) as nutrients,
  s.id as serving_id, s.label as serving_label, s.grams as serving_grams, private.portion_of(f, s.grams) as serving_nutrients,
  exists (select from public.food_favorites v where v.user_id = (select auth.uid()) and v.food_id = f.id) as is_favorite
from public.foods f
left join public.food_servings s on s.food_id = f.id and s.created_by is not distinct from f.created_by and s.is_default and s.deleted_at is null
where f.deleted_at is null;
revoke all on public.food_list from anon, authenticated;
grant select on public.food_list to authenticated;

-- A food with all its details in one row.
create or replace view public.food_details with (security_invoker = true) as
select f.id, f.created_by, f.name, f.brand, f.barcode, f.source, f.source_id, f.tier, f.popularity, private.food_nutrients(f) as nutrients,
  f.warnings, f.version, f.created_at, f.updated_at,
  exists (select from public.food_favorites v where v.user_id = (select auth.uid()) and v.food_id = f.id) as is_favorite,
  coalesce((
    select v.servings from public.serving_lists v where v.food_id = f.id and v.created_by is not distinct from f.created_by
  ), '[]')::jsonb as servings
from public.foods f
where f.deleted_at is null;
revoke all on public.food_details from anon, authenticated;
grant select on public.food_details to authenticated;

-- Removes a food from a person's favourites, for who may not delete rows. Returns whether that person can see the food.
create or replace function private.remove_favorite(owner uuid, food uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if owner is distinct from (select auth.uid()) or not exists (
    select
    from public.foods f
    where f.id = food and f.deleted_at is null and (f.created_by is null or f.created_by = owner)
  ) then
    return false;
  end if;
  delete from public.food_favorites v where v.user_id = owner and v.food_id = food;
  return true;
end $$;
grant execute on function private.remove_favorite to app, authenticated;
