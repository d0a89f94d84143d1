-- +goose Up
-- +goose StatementBegin

-- ------------------------------------------------------------------------------------------------------------- foods

-- One food, its nutrients per 100 g. Whose it is follows from created_by alone: null is the catalogue's, which nobody
-- edits; anything else is that person's and nobody else's. An unknown nutrient is null, never 0.
create table public.foods (
  id uuid primary key default gen_random_uuid(),
  created_by uuid references auth.users (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 300),
  brand text check (char_length(brand) between 1 and 200),
  barcode text check (barcode ~ '^[0-9]{14}$'), -- GTIN-14, whatever was scanned
  source text not null check (char_length(source) between 1 and 50),
  source_id text check (char_length(source_id) between 1 and 100),
  calories numeric(10, 6) not null check (calories between 0 and 1000),
  protein_g numeric(9, 6) not null check (protein_g between 0 and 100),
  carbs_g numeric(9, 6) not null check (carbs_g between 0 and 100),
  fat_g numeric(9, 6) not null check (fat_g between 0 and 100),
  fiber_g numeric(9, 6) check (fiber_g between 0 and 100),
  sugar_g numeric(9, 6) check (sugar_g between 0 and 100),
  added_sugar_g numeric(9, 6) check (added_sugar_g between 0 and 100),
  saturated_fat_g numeric(9, 6) check (saturated_fat_g between 0 and 100),
  cholesterol_mg numeric(12, 6) check (cholesterol_mg between 0 and 100000),
  sodium_mg numeric(12, 6) check (sodium_mg between 0 and 100000),
  potassium_mg numeric(12, 6) check (potassium_mg between 0 and 100000),
  calcium_mg numeric(12, 6) check (calcium_mg between 0 and 100000),
  iron_mg numeric(12, 6) check (iron_mg between 0 and 100000),
  vitamin_d_mcg numeric(12, 6) check (vitamin_d_mcg between 0 and 100000),
  caffeine_mg numeric(12, 6) check (caffeine_mg between 0 and 100000),
  alcohol_g numeric(9, 6) check (alcohol_g between 0 and 100),
  -- What people call it besides its name, for search only.
  aliases text[] not null default '{}' check (cardinality(aliases) <= 100),
  -- How soon search asks for it: 0 what nearly everybody logs, 1 plain foods and well-known products, 2 the rest.
  tier smallint not null default 2 check (tier between 0 and 2),
  -- Its place among the foods that people log, 1 the most logged.
  popularity integer check (popularity >= 1),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  -- Rounding values per serving to the columns' digits may add a little.
  constraint foods_own_plausible check (
    created_by is null or (protein_g + carbs_g + fat_g <= 100.01 and coalesce(sugar_g, 0) <= carbs_g + 0.01)
  )
);
-- A source knows each of its foods once; a person may have any number of foods without a source's id.
create unique index foods_source_idx on public.foods (source, source_id) where created_by is null and source_id is not null;
create index foods_created_by_idx on public.foods (created_by);
create index foods_barcode_idx on public.foods (barcode) where deleted_at is null;

alter table public.foods enable row level security;
create policy foods_select on public.foods for select to authenticated
  using (created_by is null or created_by = (select auth.uid()));
create policy foods_insert_own on public.foods for insert to authenticated with check (created_by = (select auth.uid()));
create policy foods_update_own on public.foods for update to authenticated
  using (created_by = (select auth.uid())) with check (created_by = (select auth.uid()));
revoke all on public.foods from anon, authenticated;
grant select, insert, update on public.foods to authenticated;

-- A household measure of one food. It carries its food's owner, for a policy must not look into another table.
create table public.food_servings (
  id uuid primary key default gen_random_uuid(),
  food_id uuid not null references public.foods (id) on delete cascade,
  created_by uuid references auth.users (id) on delete cascade,
  label text not null check (char_length(label) between 1 and 100),
  grams numeric(9, 4) not null check (grams > 0 and grams <= 10000),
  is_default boolean not null default false,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
-- Not a partial one: deleting a food looks for all of its servings, hidden ones too.
create index food_servings_food_id_idx on public.food_servings (food_id, position, id);
create index food_servings_created_by_idx on public.food_servings (created_by);
create unique index food_servings_default_idx on public.food_servings (food_id) where is_default and deleted_at is null;

alter table public.food_servings enable row level security;
create policy food_servings_select on public.food_servings for select to authenticated
  using (created_by is null or created_by = (select auth.uid()));
-- Nobody hangs a serving on a food that is not theirs, or moves one there: it could be the default that the food has one of.
create policy food_servings_insert_own on public.food_servings for insert to authenticated
  with check (
    created_by = (select auth.uid())
    and exists (select from public.foods f where f.id = food_id and f.created_by = (select auth.uid()))
  );
create policy food_servings_update_own on public.food_servings for update to authenticated
  using (created_by = (select auth.uid()))
  with check (
    created_by = (select auth.uid())
    and exists (select from public.foods f where f.id = food_id and f.created_by = (select auth.uid()))
  );
revoke all on public.food_servings from anon, authenticated;
grant select, insert, update on public.food_servings to authenticated;

create table public.food_favorites (
  user_id uuid not null references auth.users (id) on delete cascade,
  food_id uuid not null references public.foods (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, food_id)
);
create index food_favorites_food_id_idx on public.food_favorites (food_id);
alter table public.food_favorites enable row level security;
-- The second half asks the policy of foods: a favourite must not tell that somebody else's food exists.
create policy food_favorites_own on public.food_favorites to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()) and exists (select from public.foods f where f.id = food_id));
revoke all on public.food_favorites from anon, authenticated;
grant select, insert, delete on public.food_favorites to authenticated;

-- Which seed files were loaded, so that a start with the same ones loads nothing.
create table private.food_seeds (
  hash text primary key,
  loaded_at timestamptz not null default now()
);
alter table private.food_seeds enable row level security;
create policy food_seeds_nobody on private.food_seeds using (false);

-- How far an import of one file has come; a repeated one goes on from there.
create table private.food_imports (
  source text not null,
  file text not null, -- its name, size and first bytes, hashed
  rows_done bigint not null default 0,
  finished_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (source, file)
);
alter table private.food_imports enable row level security;
create policy food_imports_nobody on private.food_imports using (false);

-- +goose StatementEnd
