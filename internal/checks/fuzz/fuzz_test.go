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

func TestContractFuzz_ServerAgainstTheContract_FindsIt(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	data := serveFixtures(t, a)
	target, err := url.Parse(a.URL)
	require.NoError(t, err)
	token := data.person().AccessToken
	wrong := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			if r.In.Method == http.MethodGet && r.In.URL.Path == "/api/v1/users/me" {
				r.Out.Header.Set("Authorization", "Bearer "+token) // also without a credential
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
					r.StatusCode = http.StatusNotFound // not documented
				}
			}
			return nil
		},
	})
	t.Cleanup(wrong.Close)
	output, err := install(t).run(t.Context(), wrong.URL, data, options{phases: deterministic, seed: 1},
		part{name: "wrong", operations: []string{"getMe", "listSessions", "previewTargets"}}, out(t, "fuzz", t.Name()))
	require.Error(t, err)
	require.Contains(t, output, "API accepts requests without authentication")
	require.Contains(t, output, "400 came as application/json, expected application/problem+json")
	require.Contains(t, output, "returned 404, expected 415")
}
