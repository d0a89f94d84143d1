package server

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// docsPaths are the pages for people, outside the contract.
var docsPaths = []string{"/docs", "/docs/*", "/openapi.json", "/openapi.yaml", "/llms.txt"}

// mountDocs serves the pages. They bring their own headers for caching and content security; what they do not know is a
// problem document like everywhere.
func mountDocs(e *echo.Echo, docs func(notFound http.Handler) http.Handler) {
	handler := echo.WrapHandler(docs(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.HTTPErrorHandler(echo.ErrNotFound, e.NewContext(r, w))
	})))
	for _, path := range docsPaths {
		e.Match([]string{http.MethodGet, http.MethodHead}, path, handler)
	}
}

func isDocs(path string) bool {
	return strings.HasPrefix(path, "/docs") || strings.HasPrefix(path, "/openapi.") || path == "/llms.txt"
}
