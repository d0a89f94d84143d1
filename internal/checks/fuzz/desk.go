package fuzz

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

// desk makes people and mails for hooks.py, one for each case that asks.
type desk struct {
	url string
	// people is a file with the two who send everything else, in the form of Web Fuzzing Commons.
	people string

	t    *testing.T
	api  *apitest.API
	auth *gotrue.Client
	hash string
}

func openDesk(t *testing.T, a *apitest.API) *desk {
	t.Helper()
	// The cheapest hash: hundreds of people sign in, and what a login costs is not what is tested here.
	hash, err := bcrypt.GenerateFromPassword([]byte(apitest.Password), bcrypt.MinCost)
	require.NoError(t, err)
	d := &desk{
		people: filepath.Join(t.TempDir(), "people.json"),
		t:      t, api: a, hash: string(hash),
		auth: gotrue.New(gotrue.Options{BaseURL: a.AuthURL, AnonKey: a.Standin.AnonKey(), ServiceRoleKey: a.Standin.ServiceRoleKey()}),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /person", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(d.person()) })
	mux.HandleFunc("GET /mail/{kind}", func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(d.mail(r.PathValue("kind")))
	})
	mux.HandleFunc("GET /things", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(d.things()) })
	cursor := sync.OnceValue(d.cursor)
	mux.HandleFunc("GET /cursor", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(cursor()) })
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	d.url = web.URL

	type header struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	type entry struct {
		Name    string   `json:"name"`
		Headers []header `json:"fixedHeaders"`
	}
	var entries []entry
	for _, name := range []string{"one", "two"} {
		entries = append(entries, entry{name, []header{{"Authorization", "Bearer " + d.person().AccessToken}}})
	}
	content, err := json.Marshal(map[string]any{"auth": entries})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(d.people, content, 0o600))
	return d
}

// person is somebody who has just signed in.
type person struct {
	Email        string `json:"email"`
	Password     string `json:"password"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	// SessionID is another session of theirs.
	SessionID string `json:"session_id"`
}

func (d *desk) person() person {
	p, session := d.account()
	signedIn := p.SignIn(d.t)
	return person{
		Email: p.Email, Password: p.Password, SessionID: session,
		AccessToken: signedIn.Cookie(d.t, "access_token"), RefreshToken: signedIn.Cookie(d.t, "refresh_token"),
	}
}

// account makes somebody with a password and a session.
func (d *desk) account() (p apitest.Person, sessionID string) {
	id, session := dbtest.User(d.t, d.api.Database)
	p = apitest.Person{Client: d.api.Client(d.t), ID: id, Password: apitest.Password}
	err := d.api.Database.Owner.QueryRow(d.t.Context(), `update auth.users set encrypted_password = $2 where id = $1 returning email`, id, d.hash).Scan(&p.Email)
	require.NoError(d.t, err)
	return p, session.String()
}

// things are somebody who has just signed in, a food of theirs, and a meal of it.
type things struct {
	AccessToken string    `json:"access_token"`
	FoodID      uuid.UUID `json:"food_id"`
	ServingID   uuid.UUID `json:"serving_id"`
	MealID      uuid.UUID `json:"meal_id"`
	ItemID      uuid.UUID `json:"item_id"`
}

func (d *desk) things() things {
	p, _ := d.account()
	c := p.SignIn(d.t)
	food, err := c.CreateCustomFoodWithResponse(d.t.Context(), nil, api.FoodCreate{
		Name: "Egg", Per100G: &api.NutrientsCreate{Calories: 143, ProteinG: 12.6, CarbsG: 0.7, FatG: 9.5},
		Servings: []api.FoodServingCreate{{Label: "1 large", Grams: 50}},
	})
	require.NoError(d.t, err)
	require.NotNil(d.t, food.JSON201, "%s", food.Body)
	var item api.MealItemCreate
	require.NoError(d.t, item.FromItemByServing(api.ItemByServing{FoodID: food.JSON201.ID, ServingID: food.JSON201.Servings[0].ID, Count: 2}))
	meal, err := c.CreateMealWithResponse(d.t.Context(), nil, api.MealCreate{MealType: api.MealTypeSnack, Items: []api.MealItemCreate{item}})
	require.NoError(d.t, err)
	require.NotNil(d.t, meal.JSON201, "%s", meal.Body)
	return things{c.Cookie(d.t, "access_token"), food.JSON201.ID, food.JSON201.Servings[0].ID, meal.JSON201.ID, meal.JSON201.Items[0].ID}
}

// cursor is that of a second page of sessions.
func (d *desk) cursor() *api.AuthSessionPage {
	p, _ := d.account()
	r, err := p.SignIn(d.t).ListSessionsWithResponse(d.t.Context(), &api.ListSessionsParams{Limit: new(1)})
	require.NoError(d.t, err)
	require.NotNil(d.t, r.JSON200, "%s", r.Body)
	require.NotNil(d.t, r.JSON200.NextCursor)
	return r.JSON200
}

// mail is one that somebody got a moment ago: to confirm an address (signup) or to set a new password (recovery).
func (d *desk) mail(kind string) any {
	p, _ := d.account()
	caller := gotrue.Caller{IP: "127.0.0.1"}
	var err error
	if kind == "signup" {
		_, err = d.api.Database.Owner.Exec(d.t.Context(), `update auth.users set email_confirmed_at = null where id = $1`, p.ID)
		require.NoError(d.t, err)
		err = d.auth.Resend(d.t.Context(), caller, gotrue.TypeSignup, p.Email)
	} else {
		err = d.auth.Recover(d.t.Context(), caller, p.Email, "")
	}
	require.NoError(d.t, err)
	mails := d.api.Standin.Inbox(p.Email)
	assert.NotEmpty(d.t, mails, "no %s mail", kind)
	return mails[0]
}
