package fuzz

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// fixtures creates people, foods, meals and mails for hooks.py, over HTTP.
type fixtures struct {
	url string
	// people is a file with the two people who send all other requests, in the format of Web Fuzzing Commons.
	people string

	t    *testing.T
	api  *apitest.API
	hash string
}

func serveFixtures(t *testing.T, a *apitest.API) *fixtures {
	t.Helper()
	// The cheapest hash: hundreds of people sign in, and the cost of a sign-in is not tested here.
	hash, err := bcrypt.GenerateFromPassword([]byte(apitest.Password), bcrypt.MinCost)
	require.NoError(t, err)
	f := &fixtures{
		people: filepath.Join(t.TempDir(), "people.json"),
		t:      t, api: a, hash: string(hash),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /person", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(f.person()) })
	mux.HandleFunc("GET /mail/{kind}", func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(f.mail(r.PathValue("kind")))
	})
	mux.HandleFunc("GET /things", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(f.things()) })
	mux.HandleFunc("GET /import", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(f.imported()) })
	mux.HandleFunc("GET /talk/{status}", func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(f.talk(r.PathValue("status")))
	})
	cursor := sync.OnceValue(f.cursor)
	mux.HandleFunc("GET /cursor", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(cursor()) })
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	f.url = web.URL

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
		entries = append(entries, entry{name, []header{{"Authorization", "Bearer " + f.person().AccessToken}}})
	}
	content, err := json.Marshal(map[string]any{"auth": entries})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(f.people, content, 0o600))
	return f
}

// person is a new person with two sessions.
type person struct {
	Email        string `json:"email"`
	Password     string `json:"password"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	// SessionID is the second session.
	SessionID string `json:"session_id"`
}

func (f *fixtures) person() person {
	p, session := f.account()
	signedIn := p.SignIn(f.t)
	return person{
		Email: p.Email, Password: p.Password, SessionID: session,
		AccessToken: signedIn.Cookie(f.t, "access_token"), RefreshToken: signedIn.Cookie(f.t, "refresh_token"),
	}
}

// account creates a person with a password and a session.
func (f *fixtures) account() (p apitest.Person, sessionID string) {
	id, session := dbtest.User(f.t, f.api.Database)
	p = apitest.Person{Client: f.api.Client(f.t), ID: id, Password: apitest.Password}
	err := f.api.Database.Owner.QueryRow(f.t.Context(), `update auth.users set encrypted_password = $2 where id = $1 returning email`, id, f.hash).
		Scan(&p.Email)
	require.NoError(f.t, err)
	return p, session.String()
}

// things is a new person with a food and a meal of it.
type things struct {
	AccessToken string    `json:"access_token"`
	FoodID      uuid.UUID `json:"food_id"`
	ServingID   uuid.UUID `json:"serving_id"`
	MealID      uuid.UUID `json:"meal_id"`
	ItemID      uuid.UUID `json:"item_id"`
}

func (f *fixtures) things() things {
	p, _ := f.account()
	c := p.SignIn(f.t)
	food, err := c.CreateCustomFoodWithResponse(f.t.Context(), nil, api.FoodCreate{
		Name: "Egg", Per100G: &api.NutrientsCreate{Calories: 143, ProteinG: 12.6, CarbsG: 0.7, FatG: 9.5},
		Servings: []api.FoodServingCreate{{Label: "1 large", Grams: 50}},
	})
	require.NoError(f.t, err)
	require.NotNil(f.t, food.JSON201, "%s", food.Body)
	var item api.MealItemCreate
	require.NoError(
		f.t,
		item.FromItemByServing(api.ItemByServing{FoodID: food.JSON201.ID, ServingID: food.JSON201.Servings[0].ID, Count: 2}),
	)
	meal, err := c.CreateMealWithResponse(
		f.t.Context(),
		nil,
		api.MealCreate{MealType: api.MealTypeSnack, Items: []api.MealItemCreate{item}},
	)
	require.NoError(f.t, err)
	require.NotNil(f.t, meal.JSON201, "%s", meal.Body)
	return things{c.Cookie(f.t, "access_token"), food.JSON201.ID, food.JSON201.Servings[0].ID, meal.JSON201.ID, meal.JSON201.Items[0].ID}
}

// imported is a new person with an activity that came from a file.
type imported struct {
	AccessToken string    `json:"access_token"`
	ImportID    uuid.UUID `json:"import_id"`
	ActivityID  uuid.UUID `json:"activity_id"`
}

func (f *fixtures) imported() imported {
	p, _ := f.account()
	c := p.SignIn(f.t)
	file := strings.NewReader(contracttest.SampleFile)
	r, err := c.ImportActivityWithBodyWithResponse(f.t.Context(), nil, "application/octet-stream", file)
	require.NoError(f.t, err)
	require.NotNil(f.t, r.JSON201, "%s", r.Body)
	return imported{c.Cookie(f.t, "access_token"), *r.JSON201.ID, *r.JSON201.Activities[0].ID}
}

// talk is a new person to whom the coach has replied.
type talk struct {
	AccessToken string            `json:"access_token"`
	ReplyID     uuid.UUID         `json:"reply_id"`
	ProposalID  uuid.UUID         `json:"proposal_id"`
	Draft       api.ProposalDraft `json:"draft"`
	MemoryID    uuid.UUID         `json:"memory_id"`
}

// talk returns a fact that the coach remembers and a proposal with that status, pending or confirmed.
func (f *fixtures) talk(status string) talk {
	p, _ := f.account()
	c := p.SignIn(f.t)
	settings, err := c.UpdateCoachSettingsWithResponse(f.t.Context(), api.CoachSettingsPatch{MemoryEnabled: new(true)})
	require.NoError(f.t, err)
	require.NotNil(f.t, settings.JSON200, "%s", settings.Body)
	conversation, err := c.CreateConversationWithResponse(f.t.Context(), nil, api.ConversationCreate{})
	require.NoError(f.t, err)
	require.NotNil(f.t, conversation.JSON201, "%s", conversation.Body)
	f.say(c, conversation.JSON201.ID, "I'm allergic to peanuts")
	reply := f.say(c, conversation.JSON201.ID, "I weigh 80 kg")
	memories, err := c.ListMemoriesWithResponse(f.t.Context(), nil)
	require.NoError(f.t, err)
	require.Len(f.t, memories.JSON200.Data, 1, "%s", memories.Body)
	proposals, err := c.ListProposalsWithResponse(f.t.Context(), nil)
	require.NoError(f.t, err)
	require.Len(f.t, proposals.JSON200.Data, 1, "%s", proposals.Body)
	proposal := proposals.JSON200.Data[0]
	if status == string(api.ProposalStatusConfirmed) {
		r, err := c.ConfirmProposalWithResponse(f.t.Context(), proposal.ID, nil)
		require.NoError(f.t, err)
		require.NotNil(f.t, r.JSON200, "%s", r.Body)
	}
	return talk{c.Cookie(f.t, "access_token"), reply, proposal.ID, proposal.Draft, memories.JSON200.Data[0].ID}
}

// say sends a message to the coach, and returns its reply when that is complete.
func (f *fixtures) say(c *apitest.Client, conversation uuid.UUID, content string) uuid.UUID {
	sent, err := c.SendMessageWithResponse(f.t.Context(), conversation, nil, api.MessageSend{Content: content})
	require.NoError(f.t, err)
	require.NotNil(f.t, sent.JSON202, "%s", sent.Body)
	for after, done := 0, false; !done; {
		events, err := c.ListMessageEventsWithResponse(
			f.t.Context(), sent.JSON202.ReplyID, &api.ListMessageEventsParams{After: &after, Wait: new(25)},
		)
		require.NoError(f.t, err)
		require.NotNil(f.t, events.JSON200, "%s", events.Body)
		after, done = events.JSON200.NextAfter, events.JSON200.Done
	}
	return sent.JSON202.ReplyID
}

// cursor returns a page of sessions with a next_cursor.
func (f *fixtures) cursor() *api.AuthSessionPage {
	p, _ := f.account()
	r, err := p.SignIn(f.t).ListSessionsWithResponse(f.t.Context(), &api.ListSessionsParams{Limit: new(1)})
	require.NoError(f.t, err)
	require.NotNil(f.t, r.JSON200, "%s", r.Body)
	require.NotNil(f.t, r.JSON200.NextCursor)
	return r.JSON200
}

// mail asks for a mail that confirms an address (signup) or resets a password (recovery), and returns it when a job has sent it.
func (f *fixtures) mail(kind string) any {
	p, _ := f.account()
	c, ask := f.api.Client(f.t), api.EmailRequest{Email: p.Email}
	if kind == "signup" {
		_, err := f.api.Database.Owner.Exec(f.t.Context(), `update auth.users set email_confirmed_at = null where id = $1`, p.ID)
		require.NoError(f.t, err)
		_, err = c.ResendVerificationWithResponse(f.t.Context(), ask)
		require.NoError(f.t, err)
	} else {
		_, err := c.RequestPasswordResetWithResponse(f.t.Context(), ask)
		require.NoError(f.t, err)
	}
	require.Eventually(f.t, func() bool { return len(f.api.Standin.Inbox(p.Email)) > 0 }, time.Minute, time.Millisecond, "no %s mail", kind)
	return f.api.Standin.Inbox(p.Email)[0]
}
