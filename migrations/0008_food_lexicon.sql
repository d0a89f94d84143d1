-- +goose Up
-- +goose StatementBegin

-- What people call foods in other languages than the catalogue's, from seed/lexicon.csv. A phrase is stored as its words in the
-- form of private.tokens, with single spaces and with the stop words: "pomme de terre", "jus dorange".
create table private.food_lexicon (
  phrase text not null,
  language text not null check (language ~ '^[a-z]{2}$'),
  food_id uuid references public.foods (id) on delete cascade, -- the food that it means; null for a word like "fried"
  means text[] not null, -- the words to search for instead
  primary key (phrase, language)
);
alter table private.food_lexicon enable row level security;
create policy food_lexicon_nobody on private.food_lexicon using (false);
create index food_lexicon_prefix_idx on private.food_lexicon (phrase text_pattern_ops);
create index food_lexicon_food_idx on private.food_lexicon (food_id);

-- reading: which reading of the query the food was found by, from 1. searched: what was searched for instead of the query, if
-- anything; is_corrected: because of a misspelled word. ignored: the words that were left out because no food has them.
alter type private.food_hit rename attribute corrected to searched;
alter type private.food_hit add attribute reading integer;
alter type private.food_hit add attribute is_corrected boolean;
alter type private.food_hit add attribute ignored text[];

-- +goose StatementEnd
