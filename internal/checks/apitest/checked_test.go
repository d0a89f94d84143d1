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

func TestChecked_ResponseAgainstTheContract_Fails(t *testing.T) {
	t.Parallel()
	for name, respond := range map[string]func(http.ResponseWriter){
		"an undocumented status": func(w http.ResponseWriter) { w.WriteHeader(http.StatusTeapot) },
		"a missing field":        func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"name":"x"}`) },
		"null for absent": func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, `{"name":null,"version":"1","environment":"development","docs_url":"/docs","openapi_url":"/o"}`)
		},
	} {
		fake := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Request-ID", "x")
			respond(w)
		}))
		defer fake.Close()
		recording := &recorder{TB: t}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fake.URL+"/", bytes.NewReader(nil))
		require.NoError(t, err)
		response, err := (&apitest.Checked{TB: recording}).RoundTrip(r)
		require.NoError(t, err)
		response.Body.Close()
		assert.True(t, recording.failed, name)
	}
}

// recorder records that a test has failed, without failing the real one.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Helper()               {}
