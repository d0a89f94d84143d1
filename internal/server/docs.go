package server

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// docsPaths are the documentation pages. The contract does not describe them.
var docsPaths = []string{"/docs", "/docs/*", "/openapi.json", "/openapi.yaml", "/llms.txt", "/llms-full.txt", "/.well-known/security.txt"}

// mountDocs serves the documentation pages, which set their own headers for caching and content security. An unknown page
// is a problem document, as everywhere.
func mountDocs(e *echo.Echo, docs func(notFound http.Handler) http.Handler) {
	handler := echo.WrapHandler(docs(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.HTTPErrorHandler(echo.ErrNotFound, e.NewContext(r, w))
	})))
	for _, path := range docsPaths {
		e.Match([]string{http.MethodGet, http.MethodHead}, path, handler)
	}
}

func isDocs(path string) bool {
	return strings.HasPrefix(path, "/docs") || strings.HasPrefix(path, "/openapi.") || strings.HasPrefix(path, "/llms") ||
		path == "/.well-known/security.txt"
}
