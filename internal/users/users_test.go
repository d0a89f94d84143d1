package users_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen/api"
	"github.com/ultimatecoach/api/internal/apitest"
)

func TestGetMe_OfAFreshPerson_HasDefaultsAndNoTargets(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Equal(t, p.ID, r.JSON200.ID)
	require.Nil(t, r.JSON200.Targets)
	_ = time.Now
	_ = nullable.NewNullNullable[int]
	_ = openapi_types.Date{}
	_ = api.GoalMaintain
}
