package auth_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

type (
	request = contracttest.Request
	world   = contracttest.World
)

func TestContract(t *testing.T) {
	as := contracttest.As
	contracttest.Run(t, contracttest.Room{
		Tag: "auth",
		Foreign: func(t *testing.T, _ *world, owner *apitest.Person) map[string]request {
			return map[string]request{"/api/v1/auth/sessions/:id": {ID: sessionOf(t, owner)}}
		},
		Scenarios: map[string]map[int]contracttest.Scenario{
			"signup": {
				http.StatusCreated:  func(t *testing.T, w *world, _ *contract.Operation) { w.Usual.Person(t) },
				http.StatusConflict: signUpAgain,
				http.StatusUnprocessableEntity: as(
					request{Body: `{"email":"ann@example.com","password":"` + strings.Repeat("é", 40) + `"}`},
				),
			},
			"login": {
				http.StatusOK:           func(t *testing.T, w *world, _ *contract.Operation) { w.Usual.Person(t).SignIn(t) },
				http.StatusUnauthorized: as(request{Body: `{"email":"nobody@example.com","password":"wrong"}`}),
			},
			"refreshSession": {http.StatusInternalServerError: refreshCookieWithoutSchema},
			"getSession":     {http.StatusInternalServerError: refreshCookieWithoutSchema},
			"logout": {
				http.StatusUnauthorized:        as(request{Header: map[string]string{"Authorization": "Bearer garbage"}}),
				http.StatusInternalServerError: refreshCookieWithoutSchema,
			},
			"changePassword": {
				http.StatusNoContent: as(
					request{Body: `{"current_password":"` + apitest.Password + `","new_password":"better-horse-10"}`},
				),
				http.StatusUnprocessableEntity: as(request{Body: `{"current_password":"wrong","new_password":"better-horse-10"}`}),
			},
			"resetPassword": {
				http.StatusOK:                  resetByMail,
				http.StatusUnprocessableEntity: as(request{Body: `{"new_password":"better-horse-10"}`}),
			},
			"verifyEmail": {
				http.StatusOK:                  verifyByMail,
				http.StatusUnprocessableEntity: as(request{Body: `{}`}),
			},
			"revokeSession": {
				http.StatusNoContent: func(t *testing.T, w *world, op *contract.Operation) {
					p := w.Usual.Person(t)
					w.Send(t, p.Client, w.Usual.URL, request{Op: op, ID: sessionOf(t, p)})
				},
			},
		},
	})
}

func refreshCookieWithoutSchema(t *testing.T, w *world, op *contract.Operation) {
	cookie := "refresh_token=" + w.Usual.Person(t).Cookie(t, "refresh_token")
	w.Send(t, w.NoSchema.Client(t), w.NoSchema.URL, request{Op: op, Header: map[string]string{"Cookie": cookie}})
}

func sessionOf(t *testing.T, p *apitest.Person) string {
	t.Helper()
	list, err := p.ListSessionsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	return list.JSON200.Data[0].ID.String()
}

func signUpAgain(t *testing.T, w *world, _ *contract.Operation) {
	p := w.Usual.Person(t)
	_, err := w.Usual.Client(t).SignupWithResponse(t.Context(), api.SignupRequest{Email: p.Email, Password: p.Password})
	require.NoError(t, err)
}

func resetByMail(t *testing.T, w *world, op *contract.Operation) {
	p := w.Usual.Person(t)
	_, err := p.RequestPasswordResetWithResponse(t.Context(), api.EmailRequest{Email: p.Email})
	require.NoError(t, err)
	hash := mail(t, w.Usual, "recovery", p.Email).TokenHash
	w.Send(t, p.Client, w.Usual.URL, request{Op: op, Body: `{"new_password":"better-horse-10","token_hash":"` + hash + `"}`})
}

func verifyByMail(t *testing.T, w *world, op *contract.Operation) {
	email := apitest.Email()
	c := w.Confirming.Client(t)
	_, err := c.SignupWithResponse(t.Context(), api.SignupRequest{Email: email, Password: apitest.Password})
	require.NoError(t, err)
	hash := mail(t, w.Confirming, "signup", email).TokenHash
	w.Send(t, c, w.Confirming.URL, request{Op: op, Body: `{"token_hash":"` + hash + `"}`})
}
