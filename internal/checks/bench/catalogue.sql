-- Products with the words of real foods, some 20 000 brands, one in five in tier 1. The trigger of the search table is disabled;
-- fillCatalogue does its work on two connections.
set session_replication_role = replica;
update pg_index set indisready = false, indisvalid = false where indrelid in ('public.foods'::regclass, 'private.food_search'::regclass);
with base as (select array_agg(name order by source_id, name) as names, count(*)::integer as n from public.foods where created_by is null)
insert into public.foods (id, source, source_id, name, brand, barcode, tier, calories, protein_g, carbs_g, fat_g)
select md5('food ' || i)::uuid, 'bench', i::text, left(names[(1 + i * 7919 % n)::integer] || ' ' || names[(1 + i * 104729 % n)::integer], (60 + i % 40)::integer),
  'Brand ' || md5((i % 20000)::text), lpad((i * 10)::text, 14, '0'), case when i % 5 = 0 then 1 else 2 end, 100, 5, 10, 4
from base, generate_series(1, current_setting('bench.foods')::bigint) i;
set session_replication_role = origin;
