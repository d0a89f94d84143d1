package browsertest

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// The page of the docs on which a visitor talks to the coach: once without a language model, once with a scripted one.
func TestChatPage_InABrowser(t *testing.T) {
	t.Parallel()
	command(t, ".", nil, "../../../scripts/need", "chromium")
	packages(t, ".")
	withFoods := apitest.Foods(t)
	local := apitest.New(t, apitest.Setup{Database: &withFoods})

	provider := llmtest.New(t, reply)
	coach, err := room.NewCoach(llm.Config{Name: "scripted", Format: llm.ChatCompletions, BaseURL: provider.URL, Model: "m"})
	require.NoError(t, err)
	scripted := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Coach = coach }})

	t.Logf("%s", command(t, ".", []string{"LOCAL_URL=" + local.URL, "SCRIPTED_URL=" + scripted.URL},
		"node", "--test", "--test-reporter=spec", "--test-timeout=120000", "chat.test.mjs"))
}

// reply is what the scripted model says: to "slowly" the beginning of a reply that never ends, to a question what it has looked up, to
// everything else a proposal.
func reply(_ int, r llmtest.Request) llmtest.Reply {
	switch {
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
