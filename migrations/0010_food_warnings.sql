-- +goose Up
-- +goose StatementBegin

-- What an import found odd about a food of the catalogue, as codes that the API explains; null is nothing.
alter table public.foods add column warnings text[] check (cardinality(warnings) <= 10);

-- The view has all columns of a food.
drop view if exists public.food_details;

-- 100 g hold at most what the purest food does: salt, salt substitute, chalk, iron fumarate, magnesium oxide, phosphoric acid,
-- zinc oxide. A larger amount is a mistake in the unit, and unknown.
do $$
declare
  bound record;
begin
  for bound in
    select * from (values
      ('sodium_mg', 39340), ('potassium_mg', 52450), ('calcium_mg', 40050), ('iron_mg', 32870), ('magnesium_mg', 60310),
      ('phosphorus_mg', 31610), ('zinc_mg', 80340)
    ) as b (key, most)
  loop
    execute format('update public.foods set %1$I = null where %1$I > %2$s', bound.key, bound.most);
    execute format('alter table public.foods drop constraint if exists %I', 'foods_' || bound.key || '_check');
    execute format('alter table public.foods add constraint %2$I check (%1$I between 0 and %3$s)', bound.key, 'foods_' || bound.key || '_check', bound.most);
  end loop;
end $$;

-- +goose StatementEnd
