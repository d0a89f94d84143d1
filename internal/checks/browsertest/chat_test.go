package browsertest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// The page of the docs on which a visitor talks to the coach, and an app that uses the AI SDK: without a language model, and with a scripted
// one.
func TestChatPages_InABrowser(t *testing.T) {
	t.Parallel()
	command(t, ".", nil, "../../../scripts/need", "chromium")
	packages(t, ".")
	page := app(t)
	withFoods := apitest.Foods(t)
	local := apitest.New(t, apitest.Setup{Database: &withFoods, Server: func(o *server.Options) {
		o.Origins = append(o.Origins, page)
		o.Coach = room.Coach{Local: true, LocalPause: 60 * time.Millisecond}
	}})

	provider := llmtest.New(t, reply)
	coach, err := room.NewCoach(llm.Config{Name: "scripted", Format: llm.ChatCompletions, BaseURL: provider.URL, Model: "m"})
	require.NoError(t, err)
	scripted := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Coach, o.Origins = coach, append(o.Origins, page) }})

	t.Logf("%s", command(t, ".", []string{"LOCAL_URL=" + local.URL, "SCRIPTED_URL=" + scripted.URL, "APP_URL=" + page},
		"node", "--test", "--test-reporter=spec", "--test-timeout=300000", "chat.test.mjs"))
}

// app builds the page of an app of the client's tests and serves it. It returns its origin.
func app(t *testing.T) string {
	t.Helper()
	build(t)
	script := filepath.Join(t.TempDir(), "app.js")
	command(t, client, nil, "node_modules/.bin/esbuild", "test/ai/page.tsx", "--bundle", "--format=esm", "--log-level=warning",
		`--define:process.env.NODE_ENV="production"`, "--outfile="+script)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "app.html") })
	mux.HandleFunc("GET /app.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, script) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// reply is what the scripted model says: to "break" nothing, to "slowly" the beginning of a reply that never ends, to a question what it has looked up, to
// everything else a proposal.
func reply(_ int, r llmtest.Request) llmtest.Reply {
	switch {
	case bytes.Contains(r.Body, []byte("Break")):
		return llmtest.Reply{Failure: &llmtest.Failure{Status: http.StatusBadRequest, Type: "invalid_request_error", Message: "broken"}}
	case bytes.Contains(r.Body, []byte("slowly")):
		r := llmtest.Reply{Text: []string{"This is the first sentence. ", "This is the second one. "}, Hang: true}
		return r.CutAfter(llm.ChatCompletions, "second one")
	case bytes.Contains(r.Body, []byte("What did I eat")) && !bytes.Contains(r.Body, []byte(`"role":"tool"`)):
		return llmtest.Reply{Calls: []llmtest.Call{{ID: "call-1", Name: "get_day", Arguments: []string{`{"date":"today"}`}}}}
	case bytes.Contains(r.Body, []byte("What did I eat")):
		return llmtest.Reply{Text: []string{"Nothing ", "yet."}}
	case bytes.Contains(r.Body, []byte(`"proposed`)):
		return llmtest.Reply{Text: []string{"Please ", "confirm ", "it."}}
	}
	return llmtest.Reply{Calls: []llmtest.Call{{ID: "call-1", Name: "propose_meal", Arguments: []string{
		`{"meal_type":"snack","items":[{"kind":"quick","name":"Toast","calories":250}],"confidence":0.9}`,
	}}}}
}
