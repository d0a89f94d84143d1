drop view if exists public.diary;

-- Meals that are not deleted, a line per item; a meal without items has one line with nulls. The join to profiles makes every
-- column nullable, so that a day without meals can be read through an outer join.
create or replace view public.diary with (security_invoker = true) as
select m.user_id, m.id as meal_id, m.name as meal_name, m.meal_type, m.eaten_at, m.local_date, m.timezone, m.notes, m.source, m.version, m.created_at, m.updated_at,
  i.id as item_id, i.position, i.kind, i.food_id, i.serving_id, i.count, i.label, i.name, i.brand, i.grams, private.item_nutrients(i) as nutrients
from public.profiles p
left join public.meals m on m.user_id = p.id and m.deleted_at is null
left join public.meal_items i on i.user_id = m.user_id and i.meal_id = m.id and i.deleted_at is null;
revoke all on public.diary from anon, authenticated;
grant select on public.diary to authenticated;
