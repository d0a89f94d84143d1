package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

// TestContract_EveryDocumentedStatusIsSeenOnTheWire walks through the contract: whoever documents a status has to show
// how a client gets it. What is seen and not documented fails in the transport.
func TestContract_EveryDocumentedStatusIsSeenOnTheWire(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	for _, op := range w.usual.Server.Contract().Operations() {
		for _, status := range op.Statuses {
			w.show(t, op, status)
			assert.NotZero(t, apitest.Seen(op.ID, status), "%s never answered %d: show how in this test", op.ID, status)
		}
	}
}

// walk has a server for each kind of trouble.
type walk struct {
	usual, confirming, broke, crowded, broken, databaseGone *apitest.API
	// late is usual's address where no body arrives in time.
	late     string
	examples map[string]json.RawMessage
}

func newWalk(t *testing.T) *walk {
	t.Helper()
	// A database without our schema: whatever is asked of it is our fault.
	usual := apitest.New(t)
	bare, err := pgx.Connect(t.Context(), usual.Database.OwnerURL)
	require.NoError(t, err)
	defer bare.Close(t.Context())
	name := "bare_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	_, err = bare.Exec(t.Context(), "create database "+name)
	require.NoError(t, err)
	bareURL := replaceDatabase(t, usual.Database.AppURL, name)
	late := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.NoError(t, http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)))
		usual.Server.ServeHTTP(w, r)
	}))
	t.Cleanup(late.Close)
	apart := dbtest.New(t) // budgets are the database's: who has spent one of 1 has spent everybody's from this address
	one := server.Rates{SignIn: 1, Refresh: 1, Read: 1, Write: 1, Public: 1, Failed: 1}
	return &walk{
		usual:        usual,
		confirming:   apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.Autoconfirm = false }}),
		broke:        apitest.New(t, apitest.Setup{Database: &apart, Server: func(o *server.Options) { o.Rates = one; o.Verifier = usual.Verifier }}),
		crowded:      apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.MaxInFlight = 0 }}),
		broken:       apitest.New(t, apitest.Setup{DatabaseURL: bareURL, AuthURL: usual.AuthURL, Server: func(o *server.Options) { o.Verifier = usual.Verifier }}),
		databaseGone: apitest.New(t, apitest.Setup{DatabaseURL: "postgres://app:x@127.0.0.1:1/none?sslmode=disable"}),
		late:         late.URL,
		examples:     examples(t),
	}
}

// examples are the first documented request body of each operation.
func examples(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(gen.OpenAPI)
	require.NoError(t, err)
	out := map[string]json.RawMessage{}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			if op.RequestBody == nil {
				continue
			}
			for _, e := range op.RequestBody.Value.Content["application/json"].Examples {
				body, err := json.Marshal(e.Value.Value)
				require.NoError(t, err)
				out[op.OperationID] = body
			}
		}
	}
	return out
}

// request is one call of an operation.
type request struct {
	op     *contract.Operation
	body   string
	header map[string]string
	id     string
	// path are the parameters of the path but id; what is not named gets an example.
	path  map[string]string
	query string
}

// inPath are values for the parameters of a path that are no ids.
var inPath = map[string]string{"date": "2026-11-23", "gtin": "4006381333931"}

// url fills the path in.
func (r request) url(base string) string {
	path := r.op.Path
	for _, name := range r.op.Parameters("path") {
		value := r.path[name]
		switch {
		case value != "":
		case name == "id" || r.id == notAnID:
			value = r.id
		case inPath[name] != "":
			value = inPath[name]
		default:
			value = uuid.NewString()
		}
		path = strings.ReplaceAll(path+"/", "/:"+name+"/", "/"+value+"/")
		path = strings.TrimSuffix(path, "/")
	}
	if r.query != "" {
		path += "?" + r.query
	}
	return base + path
}

const notAnID = "not-a-uuid"

func (w *walk) send(t *testing.T, c *apitest.Client, base string, r request) *http.Response {
	t.Helper()
	if r.id == "" {
		r.id = uuid.NewString()
	}
	var body io.Reader
	if r.op.HasBody() {
		if r.body == "" {
			r.body = string(w.examples[r.op.ID])
		}
		body = strings.NewReader(r.body)
	}
	out, err := http.NewRequestWithContext(t.Context(), r.op.Method, r.url(base), body)
	require.NoError(t, err)
	if r.op.HasBody() {
		out.Header.Set("Content-Type", "application/json")
	}
	for name, value := range r.header {
		out.Header.Set(name, value)
	}
	answer, err := c.HTTP.Do(out)
	require.NoError(t, err)
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	require.NoError(t, err)
	return answer
}

// show gets a status out of an operation: by what all operations have in common, or by its own story.
func (w *walk) show(t *testing.T, op *contract.Operation, status int) {
	t.Helper()
	for _, room := range []map[string]map[int]story{stories, mealStories, foodStories} {
		if story, ok := room[op.ID][status]; ok {
			story(t, w, op)
			return
		}
	}
	if keyed := slices.Contains(op.Parameters("header"), "Idempotency-Key"); keyed && (status == http.StatusConflict || status == http.StatusUnprocessableEntity) {
		w.showKey(t, op, status)
		return
	}
	usual := func(r request) {
		r.op = op
		w.send(t, w.usual.Person(t).Client, w.usual.URL, r)
	}
	as := func(a *apitest.API) {
		p := w.usual.Person(t)
		c := a.Client(t)
		if op.NeedsUser {
			c = a.Bearer(t, p.Cookie(t, "access_token"))
		}
		for range 2 { // the second is over a budget of one
			w.send(t, c, a.URL, request{op: op})
		}
	}
	switch status {
	case http.StatusOK, http.StatusNoContent, http.StatusAccepted:
		usual(request{})
	case http.StatusBadRequest:
		if op.HasBody() {
			usual(request{body: "{"})
		} else {
			usual(request{id: notAnID, query: "nonsense=1"})
		}
	case http.StatusUnauthorized:
		w.send(t, w.usual.Client(t), w.usual.URL, request{op: op})
	case http.StatusForbidden:
		usual(request{header: map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}})
	case http.StatusNotFound:
		usual(request{})
	case http.StatusRequestTimeout: // longer than what comes together with the headers
		w.send(t, w.usual.Person(t).Client, w.late, request{op: op, body: string(w.examples[op.ID]) + strings.Repeat(" ", 64<<10)})
	case http.StatusPreconditionFailed:
		usual(request{header: map[string]string{"If-Match": `"0-0"`}})
	case http.StatusRequestEntityTooLarge:
		usual(request{body: `{"a":"` + strings.Repeat("a", 2<<20) + `"}`})
	case http.StatusUnsupportedMediaType:
		usual(request{header: map[string]string{"Content-Type": "text/plain"}})
	case http.StatusTooManyRequests:
		as(w.broke)
	case http.StatusInternalServerError:
		as(w.broken)
	case http.StatusServiceUnavailable:
		if op.RateClass == "none" {
			as(w.databaseGone) // probes are let through the crowd
		} else {
			as(w.crowded)
		}
	}
}

// showKey uses an Idempotency-Key that is held by somebody else, or was used for another request.
func (w *walk) showKey(t *testing.T, op *contract.Operation, status int) {
	t.Helper()
	p, key := w.usual.Person(t), uuid.NewString()
	tx, err := w.usual.Database.Owner.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(t.Context()) }()
	if status == http.StatusConflict {
		_, err = tx.Exec(t.Context(), "select pg_advisory_xact_lock(hashtextextended($1::uuid || ' ' || $2, 0))", p.ID, key)
	} else {
		_, err = w.usual.Database.Owner.Exec(t.Context(), "insert into private.idempotency_keys (user_id, key, fingerprint, status, headers, body) values ($1, $2, sha256(''), 200, '{}', '')", p.ID, key)
	}
	require.NoError(t, err)
	w.send(t, p.Client, w.usual.URL, request{op: op, header: map[string]string{"Idempotency-Key": key}})
}

type story = func(*testing.T, *walk, *contract.Operation)

// stories are how an operation comes to a status that it does not share with the others.
var stories = map[string]map[int]story{
	"getMe": {
		304: func(t *testing.T, w *walk, op *contract.Operation) {
			w.send(t, w.usual.Person(t).Client, w.usual.URL, request{op: op, header: map[string]string{"If-None-Match": "*"}})
		},
	},
	"updateMe": {
		422: body(`{"timezone":"Mars/Olympus"}`),
	},
	"previewTargets": {
		422: body(`{"birth_date":"2999-01-01"}`),
	},
	"signup": {
		201: fresh,
		409: func(t *testing.T, w *walk, _ *contract.Operation) {
			p := w.usual.Person(t)
			_, err := w.usual.Client(t).SignupWithResponse(t.Context(), api.SignupRequest{Email: p.Email, Password: p.Password})
			require.NoError(t, err)
		},
		422: body(`{"email":"ann@example.com","password":"` + strings.Repeat("é", 40) + `"}`),
	},
	"login": {
		200: func(t *testing.T, w *walk, _ *contract.Operation) { w.usual.Person(t).SignIn(t) },
		401: body(`{"email":"nobody@example.com","password":"wrong"}`),
	},
	"refreshSession": {
		500: func(t *testing.T, w *walk, op *contract.Operation) {
			p := w.usual.Person(t)
			w.send(t, w.broken.Client(t), w.broken.URL, request{op: op, header: map[string]string{"Cookie": "refresh_token=" + p.Cookie(t, "refresh_token")}})
		},
	},
	"changePassword": {
		204: body(`{"current_password":"` + apitest.Password + `","new_password":"better-horse-10"}`),
		422: body(`{"current_password":"wrong","new_password":"better-horse-10"}`),
	},
	"resetPassword": {
		200: func(t *testing.T, w *walk, op *contract.Operation) {
			p := w.usual.Person(t)
			_, err := p.RequestPasswordResetWithResponse(t.Context(), api.EmailRequest{Email: p.Email})
			require.NoError(t, err)
			hash := w.usual.Standin.Inbox(p.Email)[0].TokenHash
			w.send(t, p.Client, w.usual.URL, request{op: op, body: `{"new_password":"better-horse-10","token_hash":"` + hash + `"}`})
		},
		422: body(`{"new_password":"better-horse-10"}`),
	},
	"verifyEmail": {
		200: func(t *testing.T, w *walk, op *contract.Operation) {
			email := apitest.Email()
			c := w.confirming.Client(t)
			_, err := c.SignupWithResponse(t.Context(), api.SignupRequest{Email: email, Password: apitest.Password})
			require.NoError(t, err)
			hash := w.confirming.Standin.Inbox(email)[0].TokenHash
			w.send(t, c, w.confirming.URL, request{op: op, body: `{"token_hash":"` + hash + `"}`})
		},
		422: body(`{}`),
	},
	"revokeSession": {
		204: func(t *testing.T, w *walk, op *contract.Operation) {
			p := w.usual.Person(t)
			list, err := p.ListSessionsWithResponse(t.Context(), nil)
			require.NoError(t, err)
			w.send(t, p.Client, w.usual.URL, request{op: op, id: list.JSON200.Data[0].ID.String()})
		},
	},
	"getHealth": {
		503: func(t *testing.T, w *walk, op *contract.Operation) {
			w.send(t, w.databaseGone.Client(t), w.databaseGone.URL, request{op: op})
		},
	},
}

func body(text string) story {
	return func(t *testing.T, w *walk, op *contract.Operation) {
		w.send(t, w.usual.Person(t).Client, w.usual.URL, request{op: op, body: text})
	}
}

func fresh(t *testing.T, w *walk, _ *contract.Operation) { w.usual.Person(t) }

func replaceDatabase(t *testing.T, url, name string) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	return strings.Replace(url, "/"+config.Database, "/"+name, 1)
}

// TestStrangers_AreAskedToSignInFirst is made from the contract: a stranger learns 401 and nothing else.
func TestStrangers_AreAskedToSignInFirst(t *testing.T) {
	t.Parallel()
	w := &walk{usual: apitest.New(t), examples: examples(t)}
	for _, op := range w.usual.Server.Contract().Operations() {
		if !op.NeedsUser {
			continue
		}
		answer := w.send(t, w.usual.Client(t), w.usual.URL, request{op: op, id: notAnID, body: "{"})
		assert.Equal(t, http.StatusUnauthorized, answer.StatusCode, op.ID)
		assert.Contains(t, answer.Header.Get("WWW-Authenticate"), "Bearer", op.ID)
	}
}

// TestUnknownParameters_AreRefusedByName is made from the contract, too. Only the probes of orchestrators take anything.
func TestUnknownParameters_AreRefusedByName(t *testing.T) {
	t.Parallel()
	w := &walk{usual: apitest.New(t), examples: examples(t)}
	for _, op := range w.usual.Server.Contract().Operations() {
		p := w.usual.Person(t)
		answer, text := call(t, p.Client, op.Method, request{op: op, id: uuid.NewString(), query: "nonsense=1"}.url(w.usual.URL), "")
		if op.ID == "getLiveness" || op.ID == "getReadiness" {
			assert.Equal(t, http.StatusOK, answer.StatusCode, op.ID)
			continue
		}
		var refused api.Problem
		require.NoError(t, json.Unmarshal([]byte(text), &refused), "%s: %s", op.ID, text)
		assert.Equal(t, http.StatusBadRequest, answer.StatusCode, "%s: %s", op.ID, text)
		assert.Contains(t, refused.Errors, api.FieldError{Field: "nonsense", Code: "unknown_parameter", Message: "is not a parameter of this operation"}, op.ID)
	}
}

// TestStrangers_FindNothing tries every operation with an id in it on somebody else's thing. Each id of another person's
// answers exactly as one that nobody has.
func TestStrangers_FindNothing(t *testing.T) {
	t.Parallel()
	w := &walk{usual: apitest.New(t), examples: examples(t)}
	one, other := w.usual.Person(t), w.usual.Person(t)
	list, err := one.ListSessionsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	meal := w.meal(t, one)
	theirs := map[string]request{"/api/v1/auth/sessions/:id": {id: list.JSON200.Data[0].ID.String()}}
	for _, path := range []string{"", "/restore", "/copy", "/items", "/items/:item_id", "/items/:item_id/refresh"} {
		theirs["/api/v1/nutrition/meals/:id"+path] = request{id: meal.ID.String(), path: map[string]string{"item_id": meal.Items[0].ID.String()}}
	}
	food := w.food(t, one)
	for _, path := range []string{":id", ":id/favorite", "custom/:id", "custom/:id/restore", "custom/:id/servings", "custom/:id/servings/:serving_id"} {
		theirs["/api/v1/nutrition/foods/"+path] = request{id: food.ID.String(), path: map[string]string{"serving_id": food.Servings[0].ID.String()}}
	}
	for _, op := range w.usual.Server.Contract().Operations() {
		if !slices.Contains(op.Parameters("path"), "id") {
			continue
		}
		theirs, ok := theirs[op.Path]
		if !assert.True(t, ok, "%s: say here what of another person's it could be asked for", op.ID) {
			continue
		}
		theirs.op = op
		foreign := w.send(t, other.Client, w.usual.URL, theirs)
		nobodys := w.send(t, other.Client, w.usual.URL, request{op: op})
		assert.Equal(t, http.StatusNotFound, foreign.StatusCode, op.ID)
		assert.Equal(t, http.StatusNotFound, nobodys.StatusCode, op.ID)
	}
	kept, err := one.GetMealWithResponse(t.Context(), meal.ID, nil)
	require.NoError(t, err)
	require.Equal(t, &meal, kept.JSON200)
	fed, err := one.GetFoodWithResponse(t.Context(), food.ID, nil)
	require.NoError(t, err)
	require.Equal(t, &food, fed.JSON200)
	still, err := one.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, still.StatusCode())
}

// TestChecked_NoticesABrokenPromise: a check that cannot fail is worse than none.
func TestChecked_NoticesABrokenPromise(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(http.ResponseWriter){
		"an undocumented status": func(w http.ResponseWriter) { w.WriteHeader(http.StatusTeapot) },
		"a missing field":        func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"name":"x"}`) },
		"null for absent": func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, `{"name":null,"version":"1","environment":"development","docs_url":"/docs","openapi_url":"/o"}`)
		},
	} {
		fake := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Request-ID", "x")
			answer(w)
		}))
		defer fake.Close()
		silent := &recorder{TB: t}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fake.URL+"/", bytes.NewReader(nil))
		require.NoError(t, err)
		response, err := (&apitest.Checked{TB: silent}).RoundTrip(r)
		require.NoError(t, err)
		response.Body.Close()
		assert.True(t, silent.failed, name)
	}
}

// recorder is a test that keeps its failures to itself.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Helper()               {}
