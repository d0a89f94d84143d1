-- A food as lists show it: with its default serving and what that holds.
create or replace view public.food_list with (security_invoker = true) as
select f.id, f.created_by, f.name, f.brand, f.source,
  f.calories, f.protein_g, f.carbs_g, f.fat_g, f.fiber_g, f.sugar_g, f.added_sugar_g, f.saturated_fat_g,
  f.cholesterol_mg, f.sodium_mg, f.potassium_mg, f.calcium_mg, f.iron_mg, f.vitamin_d_mcg, f.caffeine_mg, f.alcohol_g,
  s.id as serving_id, s.label as serving_label, s.grams as serving_grams,
  case when s.id is not null then jsonb_strip_nulls(jsonb_build_object(
    'calories', private.portion(f.calories, s.grams), 'protein_g', private.portion(f.protein_g, s.grams),
    'carbs_g', private.portion(f.carbs_g, s.grams), 'fat_g', private.portion(f.fat_g, s.grams),
    'fiber_g', private.portion(f.fiber_g, s.grams), 'sugar_g', private.portion(f.sugar_g, s.grams),
    'added_sugar_g', private.portion(f.added_sugar_g, s.grams), 'saturated_fat_g', private.portion(f.saturated_fat_g, s.grams),
    'cholesterol_mg', private.portion(f.cholesterol_mg, s.grams), 'sodium_mg', private.portion(f.sodium_mg, s.grams),
    'potassium_mg', private.portion(f.potassium_mg, s.grams), 'calcium_mg', private.portion(f.calcium_mg, s.grams),
    'iron_mg', private.portion(f.iron_mg, s.grams), 'vitamin_d_mcg', private.portion(f.vitamin_d_mcg, s.grams),
    'caffeine_mg', private.portion(f.caffeine_mg, s.grams), 'alcohol_g', private.portion(f.alcohol_g, s.grams)
  )) end::jsonb as serving_nutrients,
  exists (select from public.food_favorites v where v.user_id = (select auth.uid()) and v.food_id = f.id) as is_favorite
from public.foods f
left join public.food_servings s on s.food_id = f.id and s.created_by is not distinct from f.created_by and s.is_default and s.deleted_at is null
where f.deleted_at is null;
revoke all on public.food_list from anon, authenticated;
grant select on public.food_list to authenticated;
