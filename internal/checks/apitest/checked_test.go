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

func TestChecked_EventAgainstTheContract_Fails(t *testing.T) {
	t.Parallel()
	const id = "c0d40000-0000-4000-8000-000000000003"
	for event, fails := range map[string]bool{
		`{"type":"message.delta","message_id":"` + id + `","seq":1,"text":"Hello"}`: false,
		`{"type":"message.delta","message_id":"` + id + `","seq":1,"text":null}`:    true,
		`{"type":"message.delta","message_id":"` + id + `","seq":2,"text":"Hello"}`: true, // its id is 1
		`{"type":"unknown","message_id":"` + id + `","seq":1}`:                      true,
	} {
		fake := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("X-Request-ID", "x")
			_, _ = io.WriteString(w, "retry: 2000\n:\n\nid: 1\ndata: "+event+"\n\n")
		}))
		defer fake.Close()
		recording := &recorder{TB: t}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fake.URL+"/api/v1/coach/stream?message_id="+id, http.NoBody)
		require.NoError(t, err)
		response, err := (&apitest.Checked{TB: recording}).RoundTrip(r)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, fails, recording.failed, event)
	}
}

// recorder records that a test has failed, without failing the real one.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Helper()               {}
