package server_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/server"
)

const espresso = `{"meal_type":"snack","items":[{"kind":"quick","name":"Espresso","calories":3}]}`

// postOnce sends a write with an Idempotency-Key.
func postOnce(t testing.TB, c *apitest.Client, url, key, body string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	response, err := c.HTTP.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	var out bytes.Buffer
	_, err = out.ReadFrom(response.Body)
	require.NoError(t, err)
	return response, out.Bytes()
}

func mealsOf(t testing.TB, p *apitest.Person) []api.Meal {
	t.Helper()
	r, err := p.ListMealsWithResponse(t.Context(), &api.ListMealsParams{Limit: new(100)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return r.JSON200.Data
}

// A double tap once made two meals.
func TestRegression5_SameKeyTwentyTimesAtOnce_MakesOneMeal(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	key := uuid.NewString()
	type response struct {
		status   int
		replayed string
		body     string
	}
	responses := make([]response, 20)
	together := make(chan struct{})
	var wg sync.WaitGroup
	for i := range responses {
		wg.Go(func() {
			<-together
			r, body := postOnce(t, p.Client, a.URL+"/api/v1/nutrition/meals", key, espresso)
			responses[i] = response{r.StatusCode, r.Header.Get("Idempotent-Replayed"), string(body)}
		})
	}
	close(together)
	wg.Wait()
	require.Len(t, mealsOf(t, p), 1)
	first, bodies := 0, map[string]bool{}
	for _, got := range responses {
		switch got.status {
		case http.StatusCreated:
			bodies[got.body] = true
			if got.replayed == "" {
				first++
			}
		case http.StatusConflict:
			require.Contains(t, got.body, "idempotency_in_progress")
		default:
			require.Fail(t, "neither 201 nor 409", "%d %s", got.status, got.body)
		}
	}
	require.Equal(t, 1, first)
	require.Len(t, bodies, 1)
}

func TestIdempotencyKey_SameRequest_ReturnsTheSameBytes(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	url, key := a.URL+"/api/v1/nutrition/meals", uuid.NewString()
	first, body := postOnce(t, p.Client, url, key, espresso)
	require.Equal(t, http.StatusCreated, first.StatusCode, "%s", body)
	require.Empty(t, first.Header.Get("Idempotent-Replayed"))
	for _, same := range []string{espresso, `{ "items": [{"name":"Espresso","kind":"quick","calories":3}], "meal_type":"snack"}`} {
		again, bytes := postOnce(t, p.Client, url, key, same)
		require.Equal(t, first.StatusCode, again.StatusCode)
		require.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
		require.Equal(t, body, bytes)
		for _, name := range []string{"ETag", "Content-Type"} {
			require.Equal(t, first.Header.Get(name), again.Header.Get(name), name)
		}
		require.NotEqual(t, first.Header.Get("X-Request-ID"), again.Header.Get("X-Request-ID"))
	}
	require.Len(t, mealsOf(t, p), 1)
}

func TestIdempotencyKey_OtherRequest_Returns422(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	url, key := a.URL+"/api/v1/nutrition/meals", uuid.NewString()
	postOnce(t, p.Client, url, key, espresso)
	postOnce(t, p.Client, url, uuid.NewString(), espresso)
	for _, body := range []string{strings.Replace(espresso, "3", "4", 1), strings.Replace(espresso, "snack", "lunch", 1)} {
		r, response := postOnce(t, p.Client, url, key, body)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode)
		require.Contains(t, string(response), "idempotency_mismatch")
	}
	meals := mealsOf(t, p)
	require.Len(t, meals, 2)
	key = uuid.NewString()
	for i, want := range []int{http.StatusCreated, http.StatusUnprocessableEntity} { // the same body on another path
		r, response := postOnce(t, p.Client, fmt.Sprintf("%s/%s/copy", url, meals[i].ID), key, `{"date":"2026-11-23"}`)
		require.Equal(t, want, r.StatusCode, "%s", response)
	}
}

func TestIdempotencyKey_OtherPerson_IsIndependent(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, bob := a.Person(t), a.Person(t)
	key := uuid.NewString()
	for _, p := range []*apitest.Person{ann, bob} {
		r, body := postOnce(t, p.Client, a.URL+"/api/v1/nutrition/meals", key, espresso)
		require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
		require.Empty(t, r.Header.Get("Idempotent-Replayed"))
		require.Len(t, mealsOf(t, p), 1)
	}
}

// A refused request has written nothing, so the client may correct it and send it with the same key.
func TestIdempotencyKey_OfARefusedRequest_CanBeUsedAgain(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	url, key := a.URL+"/api/v1/nutrition/meals", uuid.NewString()
	wrong := strings.Replace(espresso, `"meal_type"`, `"timezone":"Mars/Olympus","meal_type"`, 1)
	for range 2 {
		r, _ := postOnce(t, p.Client, url, key, wrong)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode)
		require.Empty(t, r.Header.Get("Idempotent-Replayed"))
	}
	r, body := postOnce(t, p.Client, url, key, espresso)
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
}

// The handler would refuse before its first statement. The stored response must be returned all the same.
func TestIdempotencyKey_RequestNoLongerValid_ReturnsTheStoredResponse(t *testing.T) {
	t.Parallel()
	var clock atomic.Pointer[time.Time]
	now := time.Now().UTC()
	clock.Store(&now)
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) {
		o.Now = func() time.Time { return *clock.Load() }
	}})
	p := a.Person(t)
	url, key := a.URL+"/api/v1/nutrition/meals", uuid.NewString()
	planned := fmt.Sprintf(`{"eaten_at":%q,%s`, now.Add(366*24*time.Hour-time.Second).Format(time.RFC3339), espresso[1:])
	_, first := postOnce(t, p.Client, url, key, planned)
	clock.Store(new(now.Add(-30 * time.Second))) // another replica whose clock is behind
	r, again := postOnce(t, p.Client, url, key, planned)
	require.Equal(t, "true", r.Header.Get("Idempotent-Replayed"), "%s", again)
	require.Equal(t, first, again)
	r, again = postOnce(t, p.Client, url, uuid.NewString(), planned)
	require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode, "%s", again)
	r, again = postOnce(t, p.Client, url, key, strings.Replace(planned, "snack", "lunch", 1))
	require.Contains(t, string(again), "idempotency_mismatch", r.Status)
	require.Len(t, mealsOf(t, p), 1)
}

func TestIdempotencyKey_After24Hours_CanBeUsedAgain(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	url, key := a.URL+"/api/v1/nutrition/meals", uuid.NewString()
	postOnce(t, p.Client, url, key, espresso)
	age := func(by string) {
		_, err := a.Database.Owner.Exec(
			t.Context(),
			"update private.idempotency_keys set created_at = created_at - $2::interval where user_id = $1",
			p.ID,
			by,
		)
		require.NoError(t, err)
	}
	age("23 hours 59 minutes")
	r, _ := postOnce(t, p.Client, url, key, espresso)
	require.Equal(t, "true", r.Header.Get("Idempotent-Replayed"))
	age("2 minutes")
	r, body := postOnce(t, p.Client, url, key, strings.Replace(espresso, "3", "4", 1))
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
	require.Empty(t, r.Header.Get("Idempotent-Replayed"))
	r, _ = postOnce(t, p.Client, url, key, strings.Replace(espresso, "3", "4", 1))
	require.Equal(t, "true", r.Header.Get("Idempotent-Replayed"))
	require.Len(t, mealsOf(t, p), 2)

	age("25 hours")
	_, err := a.DB.PurgeIdempotencyKeys(db.AsService(t.Context()))
	require.NoError(t, err)
	var left int
	require.NoError(
		t,
		a.Database.Owner.QueryRow(t.Context(), "select count(*) from private.idempotency_keys where user_id = $1", p.ID).Scan(&left),
	)
	require.Zero(t, left)
}

// The database connection is lost with the write, with the stored response, or with the commit. A retry with the key makes
// exactly one meal in each case.
func TestIdempotencyKey_DatabaseConnectionLost_RetryMakesOneMeal(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	a := apitest.New(t, apitest.Setup{Database: &database})
	_, err := a.Database.Owner.Exec(t.Context(), `
		create function private.fail() returns trigger language plpgsql security definer as $$
		begin
		  if exists (select from private.failures) then
		    perform pg_terminate_backend(pg_backend_pid());
		  end if;
		  return null;
		end $$;
		create table private.failures (n int);
		grant execute on function private.fail to authenticated`)
	require.NoError(t, err)
	for name, trigger := range map[string]string{
		"with the write":  "create trigger fail after insert on public.meals for each row execute function private.fail()",
		"with the record": "create trigger fail after insert on private.idempotency_keys for each row execute function private.fail()",
		"with the commit": "create constraint trigger fail after insert on public.meals deferrable initially deferred for each row execute function private.fail()",
	} {
		p := a.Person(t)
		key := uuid.NewString()
		_, err := a.Database.Owner.Exec(t.Context(), trigger+"; insert into private.failures values (1)")
		require.NoError(t, err)
		r, body := postOnce(t, p.Client, a.URL+"/api/v1/nutrition/meals", key, espresso)
		require.GreaterOrEqual(t, r.StatusCode, 500, "%s: %s", name, body)
		_, err = a.Database.Owner.Exec(
			t.Context(),
			"delete from private.failures; drop trigger if exists fail on public.meals; drop trigger if exists fail on private.idempotency_keys",
		)
		require.NoError(t, err)
		require.Empty(t, mealsOf(t, p), name)
		for range 2 {
			r, body = postOnce(t, p.Client, a.URL+"/api/v1/nutrition/meals", key, espresso)
			require.Equal(t, http.StatusCreated, r.StatusCode, "%s: %s", name, body)
		}
		require.Len(t, mealsOf(t, p), 1, name)
	}
}

// A person could once have 6 GB of responses stored in a day.
func TestIdempotencyKey_MoreThan5000ADay_Returns429(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	a := apitest.New(t, apitest.Setup{Database: &database})
	p, other := a.Person(t), a.Person(t)
	url := a.URL + "/api/v1/nutrition/meals"
	key := uuid.NewString()
	first, _ := postOnce(t, p.Client, url, key, espresso)
	require.Equal(t, http.StatusCreated, first.StatusCode)
	// The replicas' counts meet in Postgres: another one has stored the rest.
	_, err := database.Owner.Exec(t.Context(), `
		insert into private.rate_limits (key, arrival) values ('idempotency_keys:' || $1::text, now() + interval '24 hours')
		on conflict (key) do update set arrival = excluded.arrival`, p.ID)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		r, body := postOnce(t, p.Client, url, uuid.NewString(), espresso)
		return r.StatusCode == http.StatusTooManyRequests && bytes.Contains(body, []byte("rate_limited")) &&
			r.Header.Get("Retry-After") != ""
	}, time.Minute, 100*time.Millisecond)
	before := len(mealsOf(t, p))
	r, _ := postOnce(t, p.Client, url, uuid.NewString(), espresso)
	require.Equal(t, http.StatusTooManyRequests, r.StatusCode)
	require.Len(t, mealsOf(t, p), before, "nothing was written")
	r, _ = postOnce(t, p.Client, url, key, espresso)
	require.Equal(t, "true", r.Header.Get("Idempotent-Replayed"), "a stored response is still returned")
	without, err := p.CreateMealWithResponse(t.Context(), nil, api.MealCreate{MealType: api.MealTypeSnack, Items: quick(t)})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, without.StatusCode(), "without a key nothing is stored")
	r, _ = postOnce(t, other.Client, url, uuid.NewString(), espresso)
	require.Equal(t, http.StatusCreated, r.StatusCode, "another person has their own limit")
}

func quick(t *testing.T) []api.MealItemCreate {
	t.Helper()
	var item api.MealItemCreate
	require.NoError(t, item.FromQuickItem(api.QuickItem{Name: "Espresso", Calories: 3}))
	return []api.MealItemCreate{item}
}

func TestIdempotencyKey_InvalidForm_Returns400(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, key := range []string{" ", "ä", strings.Repeat("k", 256), "a b"} {
		r, body := postOnce(t, p.Client, a.URL+"/api/v1/nutrition/meals", key, espresso)
		require.Equal(t, http.StatusBadRequest, r.StatusCode, "%q: %s", key, body)
	}
	require.Empty(t, mealsOf(t, p))
}

func TestContract_EveryNutritionPost_HasIdempotencyKey(t *testing.T) {
	t.Parallel()
	posts := 0
	for _, op := range apitest.New(t).Server.Contract().Operations() {
		if op.Method == http.MethodPost && strings.HasPrefix(op.Path, "/api/v1/nutrition/") {
			posts++
			require.Contains(t, op.Parameters("header"), "Idempotency-Key", op.ID)
		}
	}
	require.Positive(t, posts)
}
