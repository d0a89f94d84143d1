package apitest_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
)

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
