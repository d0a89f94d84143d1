package demo

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/stretchr/testify/require"

	coach "github.com/ultimatecoach/api/clients/go"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

func TestSeed_Again_DoublesNothing(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	require.NoError(t, Seed(t.Context(), d.auth, d.URL))
	first := d.diary(t)
	require.Len(t, first, 3*days)

	client := d.signIn(t)
	cleared, err := client.UpdateMeWithResponse(t.Context(), nil, api.MePatch{PrimaryGoal: nullable.NewNullNullable[api.Goal]()})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, cleared.StatusCode(), "%s", cleared.Body)
	gone, err := client.DeleteMealWithResponse(t.Context(), firstMeal, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, gone.StatusCode(), "%s", gone.Body)
	delete(first, firstMeal)

	require.NoError(t, Seed(t.Context(), d.auth, d.URL))
	require.Equal(t, first, d.diary(t))
	require.Equal(t, 1, d.ownFoods(t))
}

func TestSeed_AfterAStartThatWasCutShort_BringsTheRest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path string
		sent int32
	}{
		"after the first meal": {"/api/v1/nutrition/meals", 1},
		"in the middle":        {"/api/v1/nutrition/meals", 20},
		"before the profile":   {"/api/v1/users/me", 1}, // which is read before
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDemo(t)
			require.Error(t, Seed(t.Context(), d.auth, d.cut(t, c.path, c.sent)))
			before := d.diary(t)
			require.NotEmpty(t, before)
			require.Less(t, len(before), 3*days+1)

			require.NoError(t, Seed(t.Context(), d.auth, d.URL))
			after := d.diary(t)
			require.Subset(t, after, before)
			d.isWhole(t, after)
		})
	}
}

func TestSeed_OnALaterDay_GoesOnWhereItWasCutShort(t *testing.T) {
	t.Parallel()
	d := newDemo(t)
	_, err := d.auth.AdminCreateUser(t.Context(), gotrue.AdminUser{ID: ID, Email: Email, Password: Password, FullName: "Demo Person", Confirmed: true})
	require.NoError(t, err)
	_, err = d.Database.Owner.Exec(t.Context(), "update public.profiles set created_at = '2026-11-20 23:30+00'")
	require.NoError(t, err)
	require.Error(t, Seed(t.Context(), d.auth, d.cut(t, "/api/v1/nutrition/meals", 7)))
	require.NoError(t, Seed(t.Context(), d.auth, d.URL))
	diary := d.diary(t)
	d.isWhole(t, diary)
	require.Equal(t, time.Date(2026, 11, 20, 6, 30, 0, 0, time.UTC), diary[firstMeal])
}

// demo is an API that has the starter foods and no demo account yet.
type demo struct {
	*apitest.API
	auth *gotrue.Client
}

func newDemo(t *testing.T) demo {
	t.Helper()
	d := apitest.Foods(t)
	a := apitest.New(t, apitest.Setup{Database: &d})
	auth := gotrue.New(gotrue.Options{BaseURL: a.AuthURL, AnonKey: a.Standin.AnonKey(), ServiceRoleKey: a.Standin.ServiceRoleKey()})
	return demo{API: a, auth: auth}
}

// cut is the address of a door to the API that shuts for good after a number of requests to a path.
func (d demo) cut(t *testing.T, path string, sent int32) string {
	t.Helper()
	target, err := url.Parse(d.URL)
	require.NoError(t, err)
	through := httputil.NewSingleHostReverseProxy(target)
	var seen atomic.Int32
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path && seen.Add(1) > sent {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(door.Close)
	return door.URL
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

func TestThirtyYearsBefore_IsTheDayOfBirthOfWhoIsThirty(t *testing.T) {
	t.Parallel()
	for today, born := range map[string]string{"2026-11-23": "1996-05-17", "2027-05-16": "1996-05-17", "2027-05-17": "1997-05-17", "2028-01-01": "1997-05-17"} {
		now, err := time.Parse(time.DateOnly, today)
		require.NoError(t, err)
		require.Equal(t, born, thirtyYearsBefore(now).Format(time.DateOnly), today)
	}
}
