package demo

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/stretchr/testify/require"

	coach "github.com/ultimatecoach/api/clients/go"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// firstMeal is the meal of the docs' examples, and meals how many there are altogether.
var firstMeal = uuid.MustParse("5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a01")

const days, meals = 14, 3 * 14

func TestSeed_Twice_AddsNothingTwice(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	require.NoError(t, Seed(t.Context(), d.deps))
	first := d.diary(t)
	require.Len(t, first, meals)

	client := d.signIn(t)
	cleared, err := client.UpdateMeWithResponse(t.Context(), nil, api.MePatch{PrimaryGoal: nullable.NewNullNullable[api.Goal]()})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, cleared.StatusCode(), "%s", cleared.Body)
	deleted, err := client.DeleteMealWithResponse(t.Context(), firstMeal, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, deleted.StatusCode(), "%s", deleted.Body)
	delete(first, firstMeal)

	require.NoError(t, Seed(t.Context(), d.deps))
	require.Equal(t, first, d.diary(t))
	require.Equal(t, 1, d.ownFoods(t))
}

func TestSeed_AfterAnInterruptedSeed_AddsTheRest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		table string
		rows  int
	}{
		"after the first meal": {"meals", 1},
		"in the middle":        {"meals", 20},
		"before the profile":   {"profiles", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDemo(t)
			d.cut(t, c.table, c.rows)
			require.Error(t, Seed(t.Context(), d.deps))
			before := d.diary(t)
			require.NotEmpty(t, before)
			require.LessOrEqual(t, len(before), meals)

			d.mend(t, c.table)
			require.NoError(t, Seed(t.Context(), d.deps))
			after := d.diary(t)
			require.Subset(t, after, before)
			d.isWhole(t, after)
		})
	}
}

func TestSeed_OnALaterDay_ContinuesAnInterruptedSeed(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	_, err := d.deps.Auth.AdminCreateUser(
		t.Context(),
		gotrue.AdminUser{ID: ID, Email: Email, Password: Password, FullName: "Demo Person", Confirmed: true},
	)
	require.NoError(t, err)
	_, err = d.Database.Owner.Exec(t.Context(), "update public.profiles set created_at = '2026-11-20 23:30+00'")
	require.NoError(t, err)
	d.cut(t, "meals", 7)
	require.Error(t, Seed(t.Context(), d.deps))
	d.mend(t, "meals")
	require.NoError(t, Seed(t.Context(), d.deps))
	diary := d.diary(t)
	d.isWhole(t, diary)
	require.Equal(t, time.Date(2026, 11, 20, 6, 30, 0, 0, time.UTC), diary[firstMeal])
}

// demo is an API that has the starter foods and no demo account yet.
type demo struct {
	*apitest.API
	deps room.Deps
}

func newDemo(t *testing.T) demo {
	t.Helper()
	d := apitest.Foods(t)
	a := apitest.New(t, apitest.Setup{Database: &d})
	auth := gotrue.New(gotrue.Options{BaseURL: a.AuthURL, AnonKey: a.Standin.AnonKey(), ServiceRoleKey: a.Standin.ServiceRoleKey()})
	return demo{API: a, deps: room.Deps{DB: a.DB, Auth: auth, Verifier: a.Verifier, Now: time.Now}}
}

// cut lets writes to a table fail once it has so many rows; mend undoes it.
func (d demo) cut(t *testing.T, table string, rows int) {
	t.Helper()
	_, err := d.Database.Owner.Exec(t.Context(), fmt.Sprintf(`
		create function public.cut_%[1]s() returns trigger language plpgsql security definer as $$
		begin
		  if tg_op = 'UPDATE' or (select count(*) from public.%[1]s) >= %[2]d then raise exception 'cut'; end if;
		  return new;
		end $$;
		create trigger a_cut before insert or update on public.%[1]s for each row when (pg_trigger_depth() = 0) execute function public.cut_%[1]s()`, table, rows))
	require.NoError(t, err)
}

func (d demo) mend(t *testing.T, table string) {
	t.Helper()
	_, err := d.Database.Owner.Exec(t.Context(), fmt.Sprintf("drop function public.cut_%s cascade", table))
	require.NoError(t, err)
}

func (d demo) signIn(t *testing.T) *api.ClientWithResponses {
	t.Helper()
	client, err := coach.New(d.URL, coach.Cookies())
	require.NoError(t, err)
	login, err := client.LoginWithResponse(t.Context(), api.LoginRequest{Email: Email, Password: Password})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, login.StatusCode(), "%s", login.Body)
	return client
}

// diary answers when each meal was eaten.
func (d demo) diary(t *testing.T) map[uuid.UUID]time.Time {
	t.Helper()
	meals, err := d.signIn(t).ListMealsWithResponse(t.Context(), &api.ListMealsParams{Limit: new(100)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, meals.StatusCode(), "%s", meals.Body)
	require.Nil(t, meals.JSON200.NextCursor)
	eaten := map[uuid.UUID]time.Time{}
	for _, m := range meals.JSON200.Data {
		eaten[m.ID] = m.EatenAt
	}
	return eaten
}

// isWhole wants three meals a day, the food, and the profile.
func (d demo) isWhole(t *testing.T, diary map[uuid.UUID]time.Time) {
	t.Helper()
	byDay := map[string]int{}
	for _, at := range diary {
		byDay[at.Format(time.DateOnly)]++
	}
	require.Len(t, byDay, days)
	for day, meals := range byDay {
		require.Equal(t, 3, meals, day)
	}
	require.Equal(t, 1, d.ownFoods(t))
	me, err := d.signIn(t).GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.True(t, me.JSON200.OnboardingCompleted)
}

func (d demo) ownFoods(t *testing.T) (n int) {
	t.Helper()
	require.NoError(t, d.Database.Owner.QueryRow(t.Context(), "select count(*) from public.foods where created_by = $1", ID).Scan(&n))
	return n
}

func TestThirtyYearsBefore_IsTheBirthdayOfAThirtyYearOld(t *testing.T) {
	t.Parallel()
	for today, born := range map[string]string{"2026-11-23": "1996-05-17", "2027-05-16": "1996-05-17", "2027-05-17": "1997-05-17", "2028-01-01": "1997-05-17"} {
		now, err := time.Parse(time.DateOnly, today)
		require.NoError(t, err)
		require.Equal(t, born, thirtyYearsBefore(now).Format(time.DateOnly), today)
	}
}
