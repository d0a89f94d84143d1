package server

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/ultimatecoach/api/internal/tools/contract"
)

// deprecationGuide is the page that says what a client should do.
const deprecationGuide = "/docs/guides/versioning#deprecation"

// deprecationHeaders returns the headers of the deprecated operations: Deprecation (RFC 9745), Sunset (RFC 8594), and a Link to the guide.
func deprecationHeaders(operations []*contract.Operation) map[string]http.Header {
	headers := map[string]http.Header{}
	for _, op := range operations {
		if op.Deprecation == nil {
			continue
		}
		headers[op.ID] = http.Header{
			"Deprecation": {"@" + strconv.FormatInt(op.Deprecation.Since.Unix(), 10)},
			"Sunset":      {op.Deprecation.Sunset.Format(http.TimeFormat)},
			"Link":        {"<" + deprecationGuide + `>; rel="deprecation sunset"; type="text/html"`},
		}
	}
	return headers
}

// announceDeprecation sets these headers on every response of a deprecated operation, errors included.
func (s *Server) announceDeprecation(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if op := s.o.Contract.Find(c.Request().Method, c.Path()); op != nil {
			for name, values := range s.deprecated[op.ID] {
				c.Response().Header()[name] = values
			}
		}
		return next(c)
	}
}
