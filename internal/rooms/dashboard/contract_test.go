package dashboard_test

import (
	"net/http"
	"testing"

	"github.com/ultimatecoach/api/internal/checks/contracttest"
)

func TestContract(t *testing.T) {
	as := contracttest.As
	type request = contracttest.Request
	const (
		ok, noContent, refused, fault = http.StatusOK, http.StatusNoContent, http.StatusUnprocessableEntity, http.StatusInternalServerError
		days                          = "from=2026-11-22&to=2026-11-23"
	)
	noDay := as(request{Path: map[string]string{"date": "2026-02-30"}})
	contracttest.Run(t, contracttest.Room{
		Tag: "dashboard",
		Scenarios: map[string]map[int]contracttest.Scenario{
			"getDay": {refused: noDay},
			"listDays": {
				ok:      as(request{Query: days}),
				refused: as(request{Query: "from=2026-01-01&to=2026-11-23"}),
				fault:   contracttest.Fault(request{Query: days}),
			},
			"setDayCompletion": {
				noContent: as(request{Path: map[string]string{"date": "today"}}),
				refused:   as(request{Path: map[string]string{"date": "2026-02-30"}, Body: `{"complete":true}`}),
			},
		},
	})
}
