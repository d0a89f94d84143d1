package users_test

import (
	"net/http"
	"testing"

	"github.com/ultimatecoach/api/internal/checks/contracttest"
)

func TestContract(t *testing.T) {
	as := contracttest.As
	type request = contracttest.Request
	contracttest.Run(t, contracttest.Room{
		Tag: "users",
		Scenarios: map[string]map[int]contracttest.Scenario{
			"updateMe":       {http.StatusUnprocessableEntity: as(request{Body: `{"timezone":"Mars/Olympus"}`})},
			"previewTargets": {http.StatusUnprocessableEntity: as(request{Body: `{"birth_date":"2999-01-01"}`})},
		},
	})
}
