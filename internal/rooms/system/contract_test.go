package system_test

import (
	"net/http"
	"testing"

	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

func TestContract(t *testing.T) {
	contracttest.Run(t, contracttest.Room{
		Tag: "system",
		Scenarios: map[string]map[int]contracttest.Scenario{
			"getHealth": {
				http.StatusServiceUnavailable: func(t *testing.T, w *contracttest.World, op *contract.Operation) {
					w.Send(t, w.NoDatabase.Client(t), w.NoDatabase.URL, contracttest.Request{Op: op})
				},
			},
		},
		// Orchestrators may add query parameters.
		AnyParameter: []string{"getLiveness", "getReadiness"},
	})
}
