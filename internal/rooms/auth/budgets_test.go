package auth_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
)

func wrongCode(m standin.Mail) string {
	if m.Code == "000000" {
		return "111111"
	}
	return "000000"
}

// network is a client address in a network that no other call returns.
func network() string {
	id := uuid.New()
	return fmt.Sprintf("2001:db8:%x:%x::1", id[:2], id[2:4])
}

func TestMailCode_TenWrongTriesFromTenNetworks_CodeIsDead(t *testing.T) {
	t.Parallel()
	confirming := func(o *standin.Options) { o.Autoconfirm = false }
	for name, c := range map[string]struct {
		setup standin.Options
		start func(*testing.T, *apitest.API) (email, kind string, again func())
		try   func(t *testing.T, a *apitest.API, email, code, ip string) response
	}{
		"reset": {
			start: func(t *testing.T, a *apitest.API) (string, string, func()) {
				email := confirmed(t, a)
				forgot(t, a.Client(t), email)
				return email, "recovery", func() { forgot(t, a.Client(t), email) }
			},
			try: func(t *testing.T, a *apitest.API, email, code, ip string) response {
				in := api.PasswordReset{Email: &email, Token: &code, NewPassword: "better-horse-10"}
				r, err := a.Client(t).ResetPasswordWithResponse(t.Context(), in, fromIP(ip))
				require.NoError(t, err)
				return newResponse(r.HTTPResponse, r.Body)
			},
		},
		"verify": {
			start: func(t *testing.T, a *apitest.API) (string, string, func()) {
				email := apitest.Email()
				signup(t, a.Client(t), api.SignupRequest{Email: email, Password: apitest.Password})
				return email, "signup", func() { resend(t, a.Client(t), email) }
			},
			try: func(t *testing.T, a *apitest.API, email, code, ip string) response {
				r, err := a.Client(t).VerifyEmailWithResponse(t.Context(), api.EmailVerification{Email: &email, Token: &code}, fromIP(ip))
				require.NoError(t, err)
				return newResponse(r.HTTPResponse, r.Body)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apitest.New(t, apitest.Setup{Standin: confirming, Server: behindProxy})
			email, kind, again := c.start(t, a)
			first := mail(t, a, kind, email)
			var wrong response
			for range 10 {
				wrong = c.try(t, a, email, wrongCode(first), network())
				requireProblem(t, http.StatusForbidden, "mail_token_invalid", wrong)
			}
			right := c.try(t, a, email, first.Code, network())
			requireProblem(t, http.StatusForbidden, "mail_token_invalid", right)
			require.Equal(t, withoutOwnValues(t, wrong), withoutOwnValues(t, right), "the response does not show that the code was right")
			unknown := c.try(t, a, apitest.Email(), "000000", network())
			require.Equal(t, withoutOwnValues(t, wrong), withoutOwnValues(t, unknown))

			count := len(a.Standin.Inbox(email))
			again()
			for len(a.Standin.Inbox(email)) == count {
				mailsOf(t, a, kind, email, 2)
			}
			second := mail(t, a, kind, email)
			require.NotEqual(t, first.TokenHash, second.TokenHash)
			requireProblem(t, http.StatusForbidden, "mail_token_invalid", c.try(t, a, email, wrongCode(second), network()))
			require.Equal(t, http.StatusOK, c.try(t, a, email, second.Code, network()).StatusCode, "a new mail has a new code")
		})
	}
}

func TestMailCode_Dead_TheLinkStillWorks(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: behindProxy})
	p := a.Person(t)
	forgot(t, a.Client(t), p.Email)
	m := mail(t, a, "recovery", p.Email)
	for range 10 {
		code := wrongCode(m)
		_, err := a.Client(t).ResetPasswordWithResponse(t.Context(),
			api.PasswordReset{Email: &p.Email, Token: &code, NewPassword: "better-horse-10"}, fromIP(network()))
		require.NoError(t, err)
	}
	require.Equal(
		t,
		http.StatusOK,
		reset(t, a.Client(t), api.PasswordReset{TokenHash: &m.TokenHash, NewPassword: "better-horse-10"}).StatusCode,
	)
}

func TestMailCode_Outage_UsesNoTryUp(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := replica(t, a, authServerDown)
	p := a.Person(t)
	forgot(t, a.Client(t), p.Email)
	m := mail(t, a, "recovery", p.Email)
	for range 12 {
		requireProblem(t, http.StatusServiceUnavailable, "auth_unavailable",
			reset(t, b.Client(t), api.PasswordReset{Email: &p.Email, Token: &m.Code, NewPassword: "better-horse-10"}))
	}
	require.Equal(
		t,
		http.StatusOK,
		reset(t, a.Client(t), api.PasswordReset{Email: &p.Email, Token: &m.Code, NewPassword: "better-horse-10"}).StatusCode,
	)
}

func TestLogin_GuessesFromManyNetworks_AreLimitedAndTheOwnerGetsIn(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { behindProxy(o) }})
	p, other := a.Person(t), a.Person(t)
	const home = "198.51.100.77"
	phone := a.Client(t)
	require.Equal(t, http.StatusOK, login(t, phone, p.Email, p.Password, fromIP(home)).StatusCode)
	exhaust(t, a, p.Email)

	got := login(t, a.Client(t), p.Email, "wrong-horse-9", fromIP(network()))
	requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", got)
	require.NotEmpty(t, got.Header.Get("Retry-After"))
	require.Equal(
		t,
		http.StatusOK,
		login(t, a.Client(t), p.Email, p.Password, fromIP(network())).StatusCode,
		"the right password from a new place",
	)
	for range 12 {
		requireProblem(
			t,
			http.StatusTooManyRequests,
			"too_many_failed_logins",
			login(t, a.Client(t), p.Email, "wrong-horse-9", fromIP(network())),
		)
	}
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password, fromIP(home)).StatusCode, "from a known place")
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), p.Email, "wrong-horse-9", fromIP(home)))
	require.Equal(t, http.StatusNoContent, change(t, phone, p.Password, "better-horse-10").StatusCode, "who is signed in")
	require.Equal(t, http.StatusOK, login(t, a.Client(t), other.Email, other.Password, fromIP(network())).StatusCode, "another account")
}

// exhaust uses up the budget of wrong passwords of an account: one guess from each of 100 networks.
func exhaust(t *testing.T, a *apitest.API, email string) {
	t.Helper()
	const workers = 10
	failed := make(chan string, 100)
	for range workers {
		c := a.Client(t)
		go func() {
			for range 100 / workers {
				r, err := c.LoginWithResponse(t.Context(), api.LoginRequest{Email: email, Password: "wrong-horse-9"}, fromIP(network()))
				switch {
				case err != nil:
					failed <- err.Error()
				case r.StatusCode() != http.StatusUnauthorized:
					failed <- r.Status()
				default:
					failed <- ""
				}
			}
		}()
	}
	for range 100 {
		require.Empty(t, <-failed)
	}
}

func TestForgot_AuthServerNeverResponds_ReturnsAtOnceForEveryAddress(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	asked := make(chan string, 10)
	release := make(chan struct{})
	b := replica(t, a, withAuthServer(t, func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		<-release // held longer than the responses take
		respondWith(200, "application/json", "{}")(w, r)
	}))
	t.Cleanup(func() { close(release) }) // runs before the server waits for its requests
	for _, email := range []string{p.Email, apitest.Email()} {
		require.Equal(t, http.StatusAccepted, forgot(t, b.Client(t), email).StatusCode)
		require.Equal(t, http.StatusAccepted, resend(t, b.Client(t), email).StatusCode)
	}
	require.Contains(t, []string{"/recover", "/resend"}, <-asked)
}

func TestRateBuckets_DirectSQL_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, role := range []string{"anon", "authenticated"} {
		for _, statement := range []string{
			"select private.take_rate('failed_sign_in:x', 1, 1)",
			"select private.return_rate('failed_sign_in:x', 1)",
			"select private.merge_rates(array['read:x'], array[1.0::float8])",
			"select private.purge_rates()",
			"select private.purge_idempotency_keys()",
			"select private.purge_diary()",
			"select private.purge_foods()",
			"select * from private.rate_limits",
			"select private.find_session('x', null)",
			"select private.end_session(gen_random_uuid(), gen_random_uuid())",
			"select private.mail_sent_at('x', true)",
			"select private.is_known_address('x', null)",
			"lock table private.rate_limits in share mode",
		} {
			tx, err := a.Database.Owner.Begin(t.Context())
			require.NoError(t, err)
			_, err = tx.Exec(t.Context(), "select set_config('request.jwt.claim.sub', $1, true)", p.ID.String())
			require.NoError(t, err)
			_, err = tx.Exec(t.Context(), "set local role "+role)
			require.NoError(t, err)
			_, err = tx.Exec(t.Context(), statement)
			require.ErrorContains(t, err, "permission denied", "%s: %s", role, statement)
			require.NoError(t, tx.Rollback(t.Context()))
		}
	}
}

// The stand-in takes any of these tokens as proof for a new password, as Supabase Auth does.
func TestResetPassword_MailThatSomethingElseAskedFor_SetsNoPassword(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for name, c := range map[string]struct {
		path, kind    string
		byCode, asked bool // asked: a mail of RequestPasswordReset came before
	}{
		"magic link":               {"/otp", "magiclink", false, false},
		"magic link, code":         {"/otp", "magiclink", true, false},
		"magic link after a reset": {"/otp", "magiclink", false, true},
		"code after a reset":       {"/otp", "magiclink", true, true},
		"recovery":                 {"/recover", "recovery", false, false},
		"recovery, code":           {"/recover", "recovery", true, false},
		"recovery after a reset":   {"/recover", "recovery", false, true},
		"its code, after a reset":  {"/recover", "recovery", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := a.Person(t)
			if c.asked {
				forgot(t, a.Client(t), p.Email)
				mailJobsDone(t, a, p.Email, 1)
			}
			r, err := http.Post(a.AuthURL+c.path, "application/json", strings.NewReader(`{"email":"`+p.Email+`"}`))
			require.NoError(t, err)
			require.NoError(t, r.Body.Close())
			require.Equal(t, http.StatusOK, r.StatusCode)
			m := mail(t, a, c.kind, p.Email)
			in := api.PasswordReset{TokenHash: &m.TokenHash, NewPassword: "better-horse-10"}
			if c.byCode {
				in = api.PasswordReset{Email: &p.Email, Token: &m.Code, NewPassword: "better-horse-10"}
			}
			requireProblem(t, http.StatusForbidden, "mail_token_invalid", reset(t, a.Client(t), in))
			require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
			requireMe(t, http.StatusOK, p.Client)
		})
	}
}
