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
  calories numeric(7, 3) not null check (calories between 0 and 1000),
  protein_g numeric(7, 4) not null check (protein_g between 0 and 100),
  carbs_g numeric(7, 4) not null check (carbs_g between 0 and 100),
  fat_g numeric(7, 4) not null check (fat_g between 0 and 100),
  fiber_g numeric(7, 4) check (fiber_g between 0 and 100),
  sugar_g numeric(7, 4) check (sugar_g between 0 and 100),
  added_sugar_g numeric(7, 4) check (added_sugar_g between 0 and 100),
  saturated_fat_g numeric(7, 4) check (saturated_fat_g between 0 and 100),
  cholesterol_mg numeric(9, 3) check (cholesterol_mg between 0 and 100000),
  sodium_mg numeric(9, 3) check (sodium_mg between 0 and 100000),
  potassium_mg numeric(9, 3) check (potassium_mg between 0 and 100000),
  calcium_mg numeric(9, 3) check (calcium_mg between 0 and 100000),
  iron_mg numeric(9, 3) check (iron_mg between 0 and 100000),
  vitamin_d_mcg numeric(9, 3) check (vitamin_d_mcg between 0 and 100000),
  caffeine_mg numeric(9, 3) check (caffeine_mg between 0 and 100000),
  alcohol_g numeric(7, 4) check (alcohol_g between 0 and 100),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
-- A source knows each of its foods once; a person may have any number of foods without a source's id.
create unique index foods_source_idx on public.foods (source, source_id) where created_by is null and source_id is not null;
create index foods_created_by_idx on public.foods (created_by, updated_at desc) where deleted_at is null;
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
create index food_servings_food_id_idx on public.food_servings (food_id, position, id) where deleted_at is null;
create index food_servings_created_by_idx on public.food_servings (created_by) where created_by is not null;
create unique index food_servings_default_idx on public.food_servings (food_id) where is_default and deleted_at is null;

alter table public.food_servings enable row level security;
create policy food_servings_select on public.food_servings for select to authenticated
  using (created_by is null or created_by = (select auth.uid()));
create policy food_servings_insert_own on public.food_servings for insert to authenticated with check (created_by = (select auth.uid()));
create policy food_servings_update_own on public.food_servings for update to authenticated
  using (created_by = (select auth.uid())) with check (created_by = (select auth.uid()));
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
create policy food_favorites_own on public.food_favorites to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.food_favorites from anon, authenticated;
grant select, insert, delete on public.food_favorites to authenticated;

-- +goose StatementEnd
