package embed_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/embed"
)

// asked is the body of a request.
type asked struct {
	Model string   `json:"model"`
	Input []string `json:"input"`
}

// server answers requests with what respond returns.
func server(t *testing.T, respond func(n int, r *http.Request, a asked) (status int, body string)) (*embed.Endpoint, *atomic.Int64) {
	t.Helper()
	var n atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var a asked
		if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		status, body := respond(int(n.Add(1)), r, a)
		if status == http.StatusTooManyRequests {
			w.Header().Set("Retry-After", "0")
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	e, err := embed.NewEndpoint(embed.EndpointConfig{BaseURL: s.URL + "/v1/", Model: "m", Key: "sk-secret", RetryWait: time.Millisecond})
	require.NoError(t, err)
	return e, &n
}

// vectors returns a response in which the vector of a text points in the direction of its length, the last text first.
func vectors(a asked) string {
	var data []string
	for i := len(a.Input) - 1; i >= 0; i-- {
		data = append(data, fmt.Sprintf(`{"index":%d,"embedding":[%d,1,0]}`, i, len(a.Input[i])))
	}
	return `{"data":[` + strings.Join(data, ",") + `]}`
}

func TestEndpoint_ManyTexts_AreSentInBatches_AndComeBackInTheirOrder(t *testing.T) {
	t.Parallel()
	e, requests := server(t, func(_ int, r *http.Request, a asked) (int, string) {
		if r.URL.Path != "/v1/embeddings" || r.Header.Get("Authorization") != "Bearer sk-secret" || a.Model != "m" {
			return http.StatusTeapot, "wrong request"
		}
		return http.StatusOK, vectors(a)
	})
	texts := make([]string, 150)
	for i := range texts {
		texts[i] = strings.Repeat("x", i+1)
	}
	texts[1] = ""                        // servers refuse it
	texts[2] = strings.Repeat("ü", 5000) // models read less
	require.Zero(t, e.Dimensions())
	got, err := e.Embed(t.Context(), texts)
	require.NoError(t, err)
	require.EqualValues(t, 3, requests.Load())
	require.Equal(t, 3, e.Dimensions())
	for i, v := range got {
		require.InDelta(t, 1, cosine(v, v), 1e-6)
		length := i + 1
		switch i {
		case 1:
			length = 1
		case 2:
			length = 4000 // bytes of 2 000 characters
		}
		require.InDelta(t, 1, cosine(v, []float32{float32(length), 1, 0}), 1e-6, "text %d", i)
	}
}

func TestEndpoint_AFailureThatPasses_IsTriedAgain(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable} {
		e, requests := server(t, func(n int, _ *http.Request, a asked) (int, string) {
			if n == 1 {
				return status, "later"
			}
			return http.StatusOK, vectors(a)
		})
		_, err := e.Embed(t.Context(), []string{"x"})
		require.NoError(t, err)
		require.EqualValues(t, 2, requests.Load())
	}
}

func TestEndpoint_AFailureThatStays_IsReportedWithoutTheKey(t *testing.T) {
	t.Parallel()
	for status, tries := range map[int]int64{http.StatusUnauthorized: 1, http.StatusBadRequest: 1, http.StatusBadGateway: 3, http.StatusFound: 1} {
		e, requests := server(t, func(int, *http.Request, asked) (int, string) { return status, "not with sk-secret" })
		_, err := e.Embed(t.Context(), []string{"x"})
		require.ErrorContains(t, err, fmt.Sprint(status))
		require.ErrorContains(t, err, "not with ***")
		require.NotContains(t, err.Error(), "sk-secret")
		require.Equal(t, tries, requests.Load(), status)
	}
}

func TestEndpoint_AResponseInAnotherForm_IsAnError(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no JSON":                      "<html>",
		"too few":                      `{"data":[{"index":0,"embedding":[1,2]}]}`,
		"twice the same":               `{"data":[{"index":0,"embedding":[1,2]},{"index":0,"embedding":[1,2]}]}`,
		"an index too large":           `{"data":[{"index":0,"embedding":[1,2]},{"index":2,"embedding":[1,2]}]}`,
		"different lengths":            `{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1,2,3]}]}`,
		"no values":                    `{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`,
		"a vector of zeros":            `{"data":[{"index":0,"embedding":[0,0]},{"index":1,"embedding":[1,0]}]}`,
		"a number too large":           `{"data":[{"index":0,"embedding":[1e99,0]},{"index":1,"embedding":[1,0]}]}`,
		"more than pgvector can store": `{"data":[{"index":0,"embedding":[1` + strings.Repeat(",1", 16000) + `]},{"index":1,"embedding":[1]}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _ := server(t, func(int, *http.Request, asked) (int, string) { return http.StatusOK, body })
			_, err := e.Embed(t.Context(), []string{"a", "b"})
			require.Error(t, err)
		})
	}
}

func TestEndpoint_OtherDimensionsThanBefore_AreAnError(t *testing.T) {
	t.Parallel()
	e, _ := server(t, func(n int, _ *http.Request, _ asked) (int, string) {
		return http.StatusOK, `{"data":[{"embedding":[1` + strings.Repeat(",1", n) + `]}]}`
	})
	_, err := e.Embed(t.Context(), []string{"a"})
	require.NoError(t, err)
	_, err = e.Embed(t.Context(), []string{"a"})
	require.ErrorContains(t, err, "3 values; those before had 2")
}

func TestNewEndpoint_WrongSettings_AreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []embed.EndpointConfig{{Model: "m"}, {BaseURL: "ftp://a.example", Model: "m"}, {BaseURL: "https://a.example"}} {
		_, err := embed.NewEndpoint(c)
		require.Error(t, err)
	}
}
