package coach_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/wheel"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/sense"
)

// oblique is a message that no rule knows a phrase of.
const oblique = "Two eggs for breakfast. The cat goes to my sister, everything is arranged and then there will be peace at last."

func TestReply_DangerInOtherWords_IsFoundByItsMeaning(t *testing.T) {
	t.Parallel()
	require.Equal(t, safety.None, safety.Check(safety.Input{Text: oblique, Language: "en"}).Kind)
	path, err := wheel.EmbeddingModel(t.Context(), nil)
	require.NoError(t, err)
	model := prepared{embed.NewLocal(path), map[string][]float32{}}
	model.prepare(t, sense.Texts(oblique)...)
	for name, c := range map[string]struct {
		model embed.Embedder
		kinds []string
	}{
		"with the local model":       {model, []string{"self_harm"}},
		"without a model":            {nil, nil},
		"its file is absent":         {embed.NewLocal(t.TempDir() + "/absent"), nil},
		"a vector cannot be made":    {prepared{model, nil}, nil},
		"another server's embedding": {named{model, "another"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Embedder = c.model }})
			events, text := ask(t, a.Person(t), oblique)
			var kinds []string
			for _, e := range only[api.CoachEventSafety](events) {
				kinds = append(kinds, e.Kind)
			}
			require.Equal(t, c.kinds, kinds)
			require.NotEmpty(t, text)
		})
	}
}

// named is an embedder under another name.
type named struct {
	embed.Embedder
	name string
}

func (n named) Model() string { return n.name }
