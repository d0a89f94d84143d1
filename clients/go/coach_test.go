package coach_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	coach "github.com/ultimatecoach/api/clients/go"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// A device has a token and reads its owner's targets.
func ExampleNew() {
	client, err := coach.New("https://api.example.com", coach.Token(func(context.Context) (string, error) {
		return os.Getenv("SUPABASE_ACCESS_TOKEN"), nil
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	me, err := client.GetMeWithResponse(context.Background(), nil)
	switch {
	case err != nil:
		fmt.Println("the server was not reached:", err)
	case me.JSON200 != nil && me.JSON200.Targets != nil:
		fmt.Println(me.JSON200.Targets.Calories, "kcal a day")
	case me.ApplicationProblemJSON401 != nil:
		fmt.Println("sign in again:", me.ApplicationProblemJSON401.Code)
	}
}

// A program signs a person in and changes the profile, unless somebody else has changed it since it was read.
func ExampleCookies() {
	ctx := context.Background()
	client, err := coach.New("http://127.0.0.1:8000", coach.Cookies())
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := changeGoal(ctx, client, "demo@ultimate-coach.example", "demo-Coach-2026"); err != nil {
		fmt.Println(err)
	}
}

// A device logs an espresso. The connection may be lost at any moment: it retries with the same key, and the meal is logged once.
func ExampleNewKey() {
	ctx := context.Background()
	client, err := coach.New("http://127.0.0.1:8000", coach.Cookies())
	if err != nil {
		fmt.Println(err)
		return
	}
	meal, err := logEspresso(ctx, client, 3)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(meal.Totals.Calories, "kcal")
}

func logEspresso(ctx context.Context, client *api.ClientWithResponses, attempts int) (*api.Meal, error) {
	var item api.MealItemCreate
	if err := item.FromQuickItem(api.QuickItem{Name: "Espresso", Calories: 3}); err != nil {
		return nil, err
	}
	params := &api.CreateMealParams{IdempotencyKey: coach.NewKey()}
	var failure error
	for range attempts {
		r, err := client.CreateMealWithResponse(ctx, params, api.MealCreate{MealType: api.MealTypeSnack, Items: []api.MealItemCreate{item}})
		switch {
		case err != nil:
			failure = err // the write may have happened: the next attempt has the same key
		case r.JSON201 != nil:
			return r.JSON201, nil
		default:
			return nil, fmt.Errorf("log an espresso: %s", r.Status())
		}
	}
	return nil, failure
}

// loseFirst sends all requests and loses the response of the first meal.
type loseFirst struct{ lost bool }

func (l *loseFirst) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && r.URL.Path == "/api/v1/nutrition/meals" && !l.lost {
		l.lost = true
		response.Body.Close()
		return nil, errors.New("connection lost")
	}
	return response, err
}

func TestNewKey_LostResponse_LogsOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	client, err := coach.New(
		a.URL,
		coach.Transport(&loseFirst{}),
		coach.Token(func(context.Context) (string, error) { return p.Cookie(t, "access_token"), nil }),
	)
	require.NoError(t, err)
	meal, err := logEspresso(t.Context(), client, 3)
	require.NoError(t, err)
	list, err := p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, []api.Meal{*meal}, list.JSON200.Data)
}

func TestWrite_LostResponse_IsRetriedOnlyWithKey(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	token := coach.Token(func(context.Context) (string, error) { return p.Cookie(t, "access_token"), nil })
	client, err := coach.New(a.URL, coach.Transport(&loseFirst{}), token)
	require.NoError(t, err)
	var item api.MealItemCreate
	require.NoError(t, item.FromQuickItem(api.QuickItem{Name: "Espresso", Calories: 3}))
	r, err := client.CreateMealWithResponse(
		t.Context(),
		nil,
		api.MealCreate{MealType: api.MealTypeSnack, Items: []api.MealItemCreate{item}},
	)
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	require.Equal(t, "true", r.HTTPResponse.Header.Get("Idempotent-Replayed"))
	list, err := p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, []api.Meal{*r.JSON201}, list.JSON200.Data)

	client, err = coach.New(a.URL, coach.Transport(&loseFirst{}), token)
	require.NoError(t, err)
	read, err := client.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, list.JSON200, read.JSON200)

	client, err = coach.New(a.URL, coach.Transport(loseAll{}), token)
	require.NoError(t, err)
	_, err = client.UpdateMealWithResponse(t.Context(), r.JSON201.ID, nil, api.MealPatch{MealType: new(api.MealTypeLunch)})
	require.ErrorContains(t, err, "connection lost", "without a key the client cannot know whether the patch happened")
	got, err := p.GetMealWithResponse(t.Context(), r.JSON201.ID, nil)
	require.NoError(t, err)
	require.Equal(t, `"2"`, got.HTTPResponse.Header.Get("ETag"), "sent once")
}

func TestCall_RateLimited_IsRetriedAfterShortRetryAfter(t *testing.T) {
	t.Parallel()
	for after, want := range map[string]int{"0": http.StatusOK, "60": http.StatusTooManyRequests} {
		limited := true
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if limited {
				limited = false
				w.Header().Set("Retry-After", after)
				w.WriteHeader(http.StatusTooManyRequests)
			}
		}))
		t.Cleanup(server.Close)
		client, err := coach.New(server.URL)
		require.NoError(t, err)
		r, err := client.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, want, r.StatusCode())
	}
}

// loseAll sends requests and loses every response.
type loseAll struct{}

func (loseAll) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		response.Body.Close()
		err = errors.New("connection lost")
	}
	return nil, err
}

func changeGoal(ctx context.Context, client *api.ClientWithResponses, email, password string) error {
	login, err := client.LoginWithResponse(ctx, api.LoginRequest{Email: email, Password: password})
	if err != nil {
		return err
	}
	if login.JSON200 == nil {
		return fmt.Errorf("sign in: %s", login.Status())
	}
	me, err := client.GetMeWithResponse(ctx, nil)
	if err != nil {
		return err
	}
	etag := me.HTTPResponse.Header.Get("ETag")
	changed, err := client.UpdateMeWithResponse(ctx, &api.UpdateMeParams{IfMatch: &etag}, api.MePatch{MealsPerDay: new(4)})
	if err != nil {
		return err
	}
	if changed.ApplicationProblemJSON412 != nil {
		return errors.New("the profile was changed by somebody else")
	}
	if changed.JSON200 == nil {
		return fmt.Errorf("change the profile: %s", changed.Status())
	}
	return nil
}

func TestExamples_RealServer_Succeed(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	byCookie, err := coach.New(a.URL, coach.Cookies(), coach.Transport(&apitest.Checked{TB: t}))
	require.NoError(t, err)
	require.NoError(t, changeGoal(t.Context(), byCookie, p.Email, p.Password))

	byToken, err := coach.New(a.URL, coach.Token(func(context.Context) (string, error) { return p.Cookie(t, "access_token"), nil }))
	require.NoError(t, err)
	me, err := byToken.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, me.StatusCode())
	require.Equal(t, 4, me.JSON200.MealsPerDay)
}

func TestToken_FunctionFails_ReturnsItsError(t *testing.T) {
	t.Parallel()
	none := errors.New("no token")
	client, err := coach.New("http://127.0.0.1:1", coach.Token(func(context.Context) (string, error) { return "", none }))
	require.NoError(t, err)
	_, err = client.GetMeWithResponse(t.Context(), nil)
	require.ErrorIs(t, err, none)
}
