package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
)

// No handler of a room panics, so the test calls the middleware directly.
func TestRecoverPanics_Panic_Returns500WithoutDetails(t *testing.T) {
	t.Parallel()
	s := &Server{}
	e := echo.New()
	e.HTTPErrorHandler = s.writeError
	e.Use(s.identifyRequest, s.logAccess, recoverPanics)
	e.GET("/", func(echo.Context) error { panic("the password is swordfish") })
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	require.Equal(t, http.StatusInternalServerError, w.Code)
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	var p api.Problem
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
	require.Equal(t, "internal_error", p.Code)
	require.Equal(t, w.Header().Get("X-Request-ID"), p.RequestID)
	require.NotContains(t, w.Body.String(), "swordfish")
}

func TestRecoverPanics_AbortHandler_PanicsAgain(t *testing.T) {
	t.Parallel()
	handler := recoverPanics(func(echo.Context) error { panic(http.ErrAbortHandler) })
	require.PanicsWithValue(t, http.ErrAbortHandler, func() { _ = handler(nil) })
}

func TestTraceID_Traceparent_ReturnsTraceID(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01": "4bf92f3577b34da6a3ce929d0e0e4736",
		"": "", "00-short-00f067aa0ba902b7-01": "", "00-4bf92f3577b34da6a3ce929d0e0e47\n6-00f067aa0ba902b7-01": "",
	} {
		require.Equal(t, want, traceID(header), header)
	}
}
