package sense_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/sensing"
	"github.com/ultimatecoach/api/internal/dev/wheel"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/sense"
)

// readExamples returns all examples with their vectors.
func readExamples(t *testing.T) ([]sensing.Example, sensing.Vectors) {
	t.Helper()
	examples, err := sensing.Read("../../..")
	require.NoError(t, err)
	path, err := wheel.EmbeddingModel(t.Context(), nil)
	require.NoError(t, err)
	vectors, err := sensing.Embed(t.Context(), embed.NewLocal(path), examples)
	require.NoError(t, err)
	return examples, vectors
}

// TestWeights_CommittedFile_IsMadeOfTheExamples fails when the examples or the way to the weights changed: go run ./internal/cmd/sense.
// It checks some of the equations that the weights solve, which is faster than solving them.
func TestWeights_CommittedFile_IsMadeOfTheExamples(t *testing.T) {
	t.Parallel()
	examples, vectors := readExamples(t)
	w := sense.Load()
	kept := 0
	for i, e := range examples {
		if e.Everyday {
			continue
		}
		place := w.Place(vectors[i])
		for j, x := range place {
			require.InDelta(t, x, float32(w.Points[kept*sense.Axes+j])*w.PointScale, 1e-2, "%q is not example %d", e.Text, kept)
		}
		if kept%7 == 0 {
			requireSolved(t, w, place, kept, e)
		}
		kept++
	}
	require.LessOrEqual(t, kept, len(w.Points)/sense.Axes)
	requireFound(t, examples, vectors)
}

// requireSolved fails when the pulls do not give example i its label.
func requireSolved(t *testing.T, w *sense.Weights, place []float32, i int, e sensing.Example) {
	t.Helper()
	n := len(sense.Labels)
	sums := make([]float64, n)
	for k := range len(w.Points) / sense.Axes {
		near := w.Nearness(place, k)
		if k == i {
			near += sensing.Ridge
		}
		for label, pull := range w.Pulls[k*n : (k+1)*n] {
			sums[label] += near * float64(pull) * float64(w.PullUnit)
		}
	}
	for label, sum := range sums {
		want := 0.0
		if label == e.Label {
			want = 1
		}
		require.InDelta(t, want, sum, 0.1, "%q, %v", e.Text, sense.Labels[label])
	}
}

// requireFound fails when an example is not found as it is written. The rules come first, and may say something else of few.
func requireFound(t *testing.T, examples []sensing.Example, vectors sensing.Vectors) {
	t.Helper()
	found, wrong := 0, 0
	for i, e := range examples {
		rules := safety.Check(safety.Input{Text: e.Text, Language: e.Language})
		f := sense.Load().Guess(vectors[i]).Refine(rules)
		switch want := sense.Labels[e.Label].Kind; {
		case f.Kind == want:
			found++
		case rules.Kind == safety.None:
			t.Errorf("%q is %s, not %s", e.Text, f.Kind, want)
		default:
			t.Logf("the rules say %s of %q, not %s", f.Kind, e.Text, want)
			wrong++
		}
	}
	t.Logf("%d examples as written, %d not for the rules", found, wrong)
	require.LessOrEqual(t, wrong*100, len(examples)*2)
}

func TestWeights_AreReadAsWritten(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	require.NoError(t, sense.Load().Write(&file))
	read, err := sense.Read(&file)
	require.NoError(t, err)
	require.Equal(t, sense.Load(), read)
	_, err = sense.Read(bytes.NewReader([]byte{1, 0, 0, 0, 1}))
	require.Error(t, err)
}

func TestTexts_SeveralSentences_AreReadOneByOneToo(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"two eggs"}, sense.Texts("two eggs"))
	require.Equal(t, []string{"I had two eggs. Ok. I feel so empty", "I had two eggs", "I feel so empty"},
		sense.Texts("I had two eggs. Ok. I feel so empty"))
	require.Len(t, sense.Texts(strings.Repeat("one two three. ", 100)), 12)
}

func TestRefine_WhatTheRulesFound_Stays(t *testing.T) {
	t.Parallel()
	sure := sense.Guess{Label: sense.Label{Kind: safety.SelfHarm, Topic: "general"}, Margin: 0.9}
	f := sure.Refine(safety.Finding{Kind: safety.None, Limits: []safety.Limit{safety.NoDose}, Language: "fr"})
	require.Equal(t, safety.SelfHarm, f.Kind)
	require.Equal(t, safety.ActionReply, f.Action)
	require.Equal(t, "fr", f.Language)
	require.ElementsMatch(t, []safety.Limit{safety.NoDose, safety.NoDeficit, safety.NoPraise}, f.Limits)
	rules := safety.Finding{Kind: safety.Medication, Topic: "general", Action: safety.ActionGuide}
	require.Equal(t, rules, sure.Refine(rules))
	sure.Margin = 0
	require.Equal(t, safety.None, sure.Refine(safety.Finding{Kind: safety.None}).Kind)
}

func BenchmarkGuess(b *testing.B) {
	vector := make([]float32, sense.VectorSize)
	vector[0] = 1
	for b.Loop() {
		sense.Load().Guess(vector)
	}
}
