-- name: GetCoachPerson :one
-- What a reply needs to know about its person, in one round trip: the profile, the sums of the day on which the message was sent, and the
-- energies of the two weeks before it, the newest first. Days without entries, and days that the person marked as incomplete, are left out.
-- Facts are remembered only with the person's consent.
with me as (
  select p.id, private.local_date(@now::timestamptz, coalesce(sqlc.narg('zone')::text, p.timezone)) as today
  from public.profiles p
  where p.id = @user_id
)
select sqlc.embed(p), me.today::date as today,
  coalesce(n.items, 0)::integer as items, private.day_sums(n) as sums, private.day_known(n)::integer[] as known,
  array(
    select d.calories
    from public.nutrition_days d
    left join public.complete_days k on k.user_id = @user_id and k.local_date = d.local_date
    where d.user_id = @user_id
      and d.local_date between me.today - 14 and me.today - 1
      and d.items > 0
      and k.complete is distinct from false
    order by d.local_date desc
  )::float8[] as recent_calories,
  array(
    select f.content
    from public.coach_memories f
    where f.user_id = @user_id
      and exists (select from public.coach_settings s where s.user_id = @user_id and s.memory_enabled)
    order by f.created_at desc
    limit 30
  )::text[] as remembered
from me
join public.profiles p on p.id = @user_id
left join public.nutrition_days n on n.user_id = @user_id and n.local_date = me.today;
