package contracttest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

// World has one server for each condition that the tests need.
type World struct {
	// Usual works normally.
	Usual *apitest.API
	// Confirming asks new accounts to confirm their address.
	Confirming *apitest.API
	// NoBudget has rate limits of one request.
	NoBudget *apitest.API
	// Crowded refuses every request as overloaded.
	Crowded *apitest.API
	// NoSchema has a database without our tables: every request is a server error.
	NoSchema *apitest.API
	// NoDatabase cannot reach its database.
	NoDatabase *apitest.API
	// slow is an address of Usual where every body arrives too late.
	slow     string
	examples map[string]string
}

func newWorld(t *testing.T) *World {
	t.Helper()
	usual := apitest.New(t)
	owner, err := pgx.Connect(t.Context(), usual.Database.OwnerURL)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	name := "bare_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	_, err = owner.Exec(t.Context(), "create database "+name)
	require.NoError(t, err)
	bareURL := replaceDatabase(t, usual.Database.AppURL, name)
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.NoError(t, http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)))
		usual.Server.ServeHTTP(keepsDeadline{w}, r)
	}))
	t.Cleanup(slow.Close)
	apart := dbtest.New(t) // the database counts the budgets: tests with the same database and address share them
	one := server.Rates{SignIn: 1, Refresh: 1, Read: 1, Write: 1, Coach: 1, Public: 1, Failed: 1}
	return &World{
		Usual:      usual,
		Confirming: apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.Autoconfirm = false }}),
		NoBudget: apitest.New(
			t,
			apitest.Setup{Database: &apart, Server: func(o *server.Options) { o.Rates = one; o.Verifier = usual.Verifier }},
		),
		Crowded: apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.MaxInFlight = 0 }}),
		NoSchema: apitest.New(
			t,
			apitest.Setup{DatabaseURL: bareURL, AuthURL: usual.AuthURL, Server: func(o *server.Options) { o.Verifier = usual.Verifier }},
		),
		NoDatabase: apitest.New(t, apitest.Setup{DatabaseURL: "postgres://app:x@127.0.0.1:1/none?sslmode=disable"}),
		slow:       slow.URL,
		examples:   examples(t),
	}
}

// keepsDeadline ignores that an operation gives its body more time.
type keepsDeadline struct{ http.ResponseWriter }

func (keepsDeadline) SetReadDeadline(time.Time) error { return nil }

func replaceDatabase(t *testing.T, url, name string) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	return strings.Replace(url, "/"+config.Database, "/"+name, 1)
}

// examples returns the first documented request body of each operation as JSON. The document is read as a tree, because a Go map has no order.
func examples(t *testing.T) map[string]string {
	t.Helper()
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal(gen.OpenAPI, &doc))
	root := doc.Content[0]
	out := map[string]string{}
	for _, path := range values(member(root, "paths")) {
		for _, op := range values(path) {
			first := values(member(op, "requestBody", "content", "application/json", "examples"))
			if len(first) == 0 {
				continue
			}
			example := first[0]
			if ref := member(example, "$ref"); ref != nil {
				example = member(root, strings.Split(strings.TrimPrefix(ref.Value, "#/"), "/")...)
			}
			var body any
			require.NoError(t, member(example, "value").Decode(&body))
			encoded, err := json.Marshal(body)
			require.NoError(t, err)
			out[member(op, "operationId").Value] = string(encoded)
		}
	}
	return out
}

// member follows a path of names; it returns nil when a name does not exist.
func member(n *yaml.Node, names ...string) *yaml.Node {
	for _, name := range names {
		if n == nil || n.Kind != yaml.MappingNode {
			return nil
		}
		index := -1
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				index = i + 1
			}
		}
		if index < 0 {
			return nil
		}
		n = n.Content[index]
	}
	return n
}

// values returns the values of a mapping in the order of the document.
func values(n *yaml.Node) (out []*yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 1; i < len(n.Content); i += 2 {
		out = append(out, n.Content[i])
	}
	return out
}

// SampleFile is the body of operations that take a file, where a scenario has none of its own: a run of ten minutes.
const SampleFile = `<gpx><trk><type>running</type><trkseg>` +
	`<trkpt lat="52.52" lon="13.40"><ele>34</ele><time>2026-11-22T07:00:00Z</time></trkpt>` +
	`<trkpt lat="52.53" lon="13.40"><ele>35</ele><time>2026-11-22T07:05:00Z</time></trkpt>` +
	`<trkpt lat="52.54" lon="13.40"><ele>36</ele><time>2026-11-22T07:10:00Z</time></trkpt></trkseg></trk></gpx>`

// Request is one call of an operation.
type Request struct {
	Op *contract.Operation
	// Body is sent unchanged; empty means the operation's example, or SampleFile.
	Body   string
	Header map[string]string
	// ID is the path's id; empty means an unknown one.
	ID string
	// Path has the other parameters of the path; missing ones get an example.
	Path  map[string]string
	Query string
}

const notAnID = "not-a-uuid"

// pathExamples are values for path parameters that are not ids.
var pathExamples = map[string]string{"date": "2026-11-23", "gtin": "4006381333931"}

// url returns the address with all path parameters.
func (r Request) url(base string) string {
	path := r.Op.Path
	for _, name := range r.Op.Parameters("path") {
		value := r.Path[name]
		switch {
		case value != "":
		case name == "id" || r.ID == notAnID:
			value = r.ID
		case pathExamples[name] != "":
			value = pathExamples[name]
		default:
			value = uuid.NewString()
		}
		path = strings.ReplaceAll(path+"/", "/:"+name+"/", "/"+value+"/")
		path = strings.TrimSuffix(path, "/")
	}
	if r.Query != "" {
		path += "?" + r.Query
	}
	return base + path
}

// Response is a response that was read completely.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

func (w *World) example(op *contract.Operation) string {
	if op.TakesFile() {
		return SampleFile
	}
	return w.examples[op.ID]
}

// Send makes a request and reads the response.
func (w *World) Send(t *testing.T, c *apitest.Client, base string, r Request) Response {
	t.Helper()
	if r.ID == "" {
		r.ID = uuid.NewString()
	}
	var body io.Reader
	if r.Op.HasBody() {
		if r.Body == "" {
			r.Body = w.example(r.Op)
		}
		body = strings.NewReader(r.Body)
	}
	out, err := http.NewRequestWithContext(t.Context(), r.Op.Method, r.url(base), body)
	require.NoError(t, err)
	if r.Op.HasBody() {
		out.Header.Set("Content-Type", "application/json")
		if r.Op.TakesFile() {
			out.Header.Set("Content-Type", "application/octet-stream")
		}
	}
	for name, value := range r.Header {
		out.Header.Set(name, value)
	}
	response, err := c.HTTP.Do(out)
	require.NoError(t, err)
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return Response{response.StatusCode, response.Header, read}
}

// As returns a scenario with one request of a new person.
func As(r Request) Scenario {
	return func(t *testing.T, w *World, op *contract.Operation) {
		t.Helper()
		r.Op = op
		w.Send(t, w.Usual.Person(t).Client, w.Usual.URL, r)
	}
}

// Fault returns a scenario in which a valid request meets a server error.
func Fault(r Request) Scenario {
	return func(t *testing.T, w *World, op *contract.Operation) {
		t.Helper()
		r.Op = op
		w.Send(t, w.NoSchema.Bearer(t, w.Usual.Person(t).Cookie(t, "access_token")), w.NoSchema.URL, r)
	}
}

// Current are headers of a client that has the newest version.
var Current = map[string]string{"If-None-Match": "*"}

// Stale are headers of a client with a version that never existed.
var Stale = map[string]string{"If-Match": `"0-0", "0"`}

// common leads an operation to a status that all operations can return.
func (w *World) common(t *testing.T, op *contract.Operation, status int) {
	t.Helper()
	takesKey := slices.Contains(op.Parameters("header"), "Idempotency-Key")
	if takesKey && (status == http.StatusConflict || status == http.StatusUnprocessableEntity) {
		w.usedKey(t, op, status)
		return
	}
	as := func(a *apitest.API) {
		c := a.Client(t)
		if op.NeedsUser {
			c = a.Bearer(t, w.Usual.Person(t).Cookie(t, "access_token"))
		}
		for range 2 { // the second exceeds a budget of one
			w.Send(t, c, a.URL, Request{Op: op})
		}
	}
	switch status {
	case http.StatusOK, http.StatusCreated, http.StatusNoContent, http.StatusAccepted, http.StatusNotFound:
		As(Request{})(t, w, op)
	case http.StatusNotModified:
		As(Request{Header: Current})(t, w, op)
	case http.StatusBadRequest:
		if op.HasBody() && !op.TakesFile() {
			As(Request{Body: "{"})(t, w, op)
		} else {
			As(Request{ID: notAnID, Query: "nonsense=1"})(t, w, op)
		}
	case http.StatusUnauthorized:
		w.Send(t, w.Usual.Client(t), w.Usual.URL, Request{Op: op})
	case http.StatusForbidden:
		As(Request{Header: map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}})(t, w, op)
	case http.StatusRequestTimeout: // longer than what arrives together with the headers
		body := w.example(op)
		body += strings.Repeat(" ", op.MaxBody()-len(body))
		w.Send(t, w.Usual.Person(t).Client, w.slow, Request{Op: op, Body: body})
	case http.StatusConflict:
		As(Request{Header: map[string]string{"X-Expected-User-Id": uuid.NewString()}})(t, w, op)
	case http.StatusPreconditionFailed:
		As(Request{Header: Stale})(t, w, op)
	case http.StatusRequestEntityTooLarge:
		As(Request{Body: `{"a":"` + strings.Repeat("a", op.MaxBody()+1<<20) + `"}`})(t, w, op)
	case http.StatusUnsupportedMediaType:
		As(Request{Header: map[string]string{"Content-Type": "text/plain"}})(t, w, op)
	case http.StatusTooManyRequests:
		as(w.NoBudget)
	case http.StatusInternalServerError:
		as(w.NoSchema)
	case http.StatusServiceUnavailable:
		if op.RateClass == "none" {
			as(w.NoDatabase) // probes are never refused as overloaded
		} else {
			as(w.Crowded)
		}
	}
}

// usedKey sends an Idempotency-Key that another request holds at this moment, or that was used for another request.
func (w *World) usedKey(t *testing.T, op *contract.Operation, status int) {
	t.Helper()
	p, key := w.Usual.Person(t), uuid.NewString()
	tx, err := w.Usual.Database.Owner.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(t.Context()) }()
	if status == http.StatusConflict {
		_, err = tx.Exec(t.Context(), "select pg_advisory_xact_lock(hashtextextended($1::uuid || ' ' || $2, 0))", p.ID, key)
	} else {
		_, err = w.Usual.Database.Owner.Exec(
			t.Context(),
			"insert into private.idempotency_keys (user_id, key, fingerprint, status, headers, body) values ($1, $2, sha256(''), 200, '{}', '')",
			p.ID,
			key,
		)
	}
	require.NoError(t, err)
	w.Send(t, p.Client, w.Usual.URL, Request{Op: op, Header: map[string]string{"Idempotency-Key": key}})
}
