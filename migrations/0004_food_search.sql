-- +goose Up
-- +goose StatementBegin

create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- -------------------------------------------------------------------------------------------------------------- search

-- What is searched, apart from foods: rows are small, and no policy stands between a word and its index. Only functions
-- reach it. owner is null for the catalogue.
create table private.food_search (
  food_id uuid primary key references public.foods (id) on delete cascade,
  owner uuid,
  tier smallint not null,
  rank integer not null, -- the smaller the sooner, among foods that match alike
  keys text not null, -- the name's key, then the brand's and the aliases', each after a line feed: quicker to look into than an array
  sorted_keys text[] not null,
  name_key text not null, -- the name's, its words sorted
  lexemes tsvector not null
);
alter table private.food_search enable row level security;
create policy food_search_nobody on private.food_search using (false);

create index food_search_owner_idx on private.food_search (owner) where owner is not null;
create index food_search_name_idx on private.food_search (name_key, tier, rank, food_id) where owner is null;
-- One index for each tier: the first is small and answers nearly every query.
create index food_search_top_idx on private.food_search using gin (lexemes) with (fastupdate = off) where owner is null and tier = 0;
create index food_search_plain_idx on private.food_search using gin (lexemes) with (fastupdate = off) where owner is null and tier = 1;
create index food_search_rest_idx on private.food_search using gin (lexemes) with (fastupdate = off) where owner is null and tier = 2;

-- Words that mean the same, applied to what is searched for.
create table private.food_aliases (
  words text[] not null,
  means text[] not null,
  primary key (words, means)
);
alter table private.food_aliases enable row level security;
create policy food_aliases_nobody on private.food_aliases using (false);
create index food_aliases_words_idx on private.food_aliases using gin (words);

-- A word, and what is left of it without each of its letters. Two words that share one of these differ by a letter too few,
-- too many or another, or by a letter in another place. It stays here, apart from the other functions, because an index needs it:
-- a new version of it would need a new index.
create function private.letters_dropped(w text) returns text[]
language sql immutable strict parallel safe as $$
  select w || array_agg(distinct left(w, i - 1) || substr(w, i + 1)) from generate_series(1, char_length(w)) i
$$;
revoke execute on function private.letters_dropped from public;

-- The words of the catalogue, for spelling. Never those of people's own foods.
create table private.food_words (
  word text primary key,
  foods integer not null, -- that have it, in singular or plural
  sure boolean not null, -- a food without a brand has it, or a brand: names of products are full of puns and slips
  offered boolean not null -- instead of a misspelled one: it is written so somewhere and not only the fold of what is
);
alter table private.food_words enable row level security;
create policy food_words_nobody on private.food_words using (false);
create index food_words_trigram_idx on private.food_words using gin (word extensions.gin_trgm_ops) where offered;
create index food_words_dropped_idx on private.food_words using gin (private.letters_dropped(word)) where offered;
create index food_words_prefix_idx on private.food_words (word text_pattern_ops);

-- A food that was found and where it stands in the order. corrected is what was searched for instead of the query.
create type private.food_hit as (food_id uuid, section integer, score bigint, corrected text);

-- ------------------------------------------------------------------------------------------------------------ products

-- Barcodes that Open Food Facts has no usable product for, so that it is not asked again for a day. What it has becomes a
-- food of the catalogue, as an import would write it.
create table private.unknown_barcodes (
  barcode text primary key check (barcode ~ '^[0-9]{14}$'),
  asked_at timestamptz not null default now()
);
alter table private.unknown_barcodes enable row level security;
create policy unknown_barcodes_nobody on private.unknown_barcodes using (false);
create index unknown_barcodes_asked_at_idx on private.unknown_barcodes (asked_at);

-- -------------------------------------------------------------------------------------------------------------- purge

create index foods_deleted_at_idx on public.foods (deleted_at) where deleted_at is not null and created_by is not null;
create index food_servings_deleted_at_idx on public.food_servings (deleted_at) where deleted_at is not null and created_by is not null;

-- +goose StatementEnd
