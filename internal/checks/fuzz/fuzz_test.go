package fuzz

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestContractFuzz_DeterministicPhases(t *testing.T) {
	run(t, options{phases: deterministic, seed: 1})
}

func TestContractFuzz_OfAServerThatBreaksItsPromises_FindsThem(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	people := openDesk(t, a)
	target, err := url.Parse(a.URL)
	require.NoError(t, err)
	token := people.person().AccessToken
	liar := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			if r.In.Method == http.MethodGet && r.In.URL.Path == "/api/v1/users/me" {
				r.Out.Header.Set("Authorization", "Bearer "+token) // whoever asks
			}
		},
		ModifyResponse: func(r *http.Response) error {
			switch r.Request.URL.Path {
			case "/api/v1/auth/sessions":
				if r.StatusCode == http.StatusBadRequest {
					r.Header.Set("Content-Type", "application/json")
				}
			case "/api/v1/users/me/targets/preview":
				if r.StatusCode == http.StatusUnsupportedMediaType {
					r.StatusCode = http.StatusNotFound // documented nowhere
				}
			}
			return nil
		},
	})
	t.Cleanup(liar.Close)
	words, err := install(t).run(t.Context(), liar.URL, people, options{phases: deterministic, seed: 1},
		part{name: "liar", operations: []string{"getMe", "listSessions", "previewTargets"}}, out(t, "fuzz", t.Name()))
	require.Error(t, err)
	require.Contains(t, words, "API accepts requests without authentication")
	require.Contains(t, words, "400 came as application/json, expected application/problem+json")
	require.Contains(t, words, "was answered 404, expected 415")
}
