package auth_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/standin"
)

// minResponseTime is the least duration of a response that must not show whether an address is known.
const minResponseTime = 400 * time.Millisecond

func verify(tb testing.TB, c *apitest.Client, in api.EmailVerification) response {
	tb.Helper()
	r, err := c.VerifyEmailWithResponse(tb.Context(), in)
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func reset(tb testing.TB, c *apitest.Client, in api.PasswordReset) response {
	tb.Helper()
	r, err := c.ResetPasswordWithResponse(tb.Context(), in)
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func forgot(tb testing.TB, c *apitest.Client, email string) response {
	tb.Helper()
	r, err := c.RequestPasswordResetWithResponse(tb.Context(), api.EmailRequest{Email: email})
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func resend(tb testing.TB, c *apitest.Client, email string) response {
	tb.Helper()
	r, err := c.ResendVerificationWithResponse(tb.Context(), api.EmailRequest{Email: email})
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

// mail returns the newest mail to an address.
func mail(tb testing.TB, a *apitest.API, kind, to string) standin.Mail {
	tb.Helper()
	mailsOf(tb, a, kind, to, 1)
	return a.Standin.Inbox(to)[0]
}

// mailsOf waits until an address has at least that many mails of a kind, which a job sends.
func mailsOf(tb testing.TB, a *apitest.API, kind, to string, atLeast int) {
	tb.Helper()
	require.Eventually(tb, func() bool {
		found := 0
		for _, m := range a.Standin.Inbox(to) {
			if m.Type == kind {
				found++
			}
		}
		return found >= atLeast
	}, time.Minute, 10*time.Millisecond, "%d %s mails to %s", atLeast, kind, to)
}

// mailJobsDone waits until that many mail jobs for an address have ended.
func mailJobsDone(tb testing.TB, a *apitest.API, email string, count int) {
	tb.Helper()
	require.Eventually(tb, func() bool {
		var done int
		err := a.Database.Owner.QueryRow(tb.Context(), `
			select count(*) from jobs.river_job where kind = 'send_auth_mail' and args ->> 'email' = $1 and state = 'completed'`, email).Scan(&done)
		return err == nil && done == count
	}, time.Minute, 10*time.Millisecond, "%d mail jobs for %s", count, email)
}

// confirmed signs up an address and confirms it.
func confirmed(tb testing.TB, a *apitest.API) string {
	tb.Helper()
	email := apitest.Email()
	require.Equal(tb, http.StatusCreated, signup(tb, a.Client(tb), api.SignupRequest{Email: email, Password: apitest.Password}).StatusCode)
	got := verify(tb, a.Client(tb), api.EmailVerification{TokenHash: new(mail(tb, a, "signup", email).TokenHash)})
	require.Equal(tb, http.StatusOK, got.StatusCode, "%s", got.body)
	return email
}

func TestVerifyEmail_ByLinkOrCode_SignsInOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	for name, in := range map[string]func(standin.Mail) api.EmailVerification{
		"by link": func(m standin.Mail) api.EmailVerification { return api.EmailVerification{TokenHash: &m.TokenHash} },
		"by code": func(m standin.Mail) api.EmailVerification {
			return api.EmailVerification{Email: new(" " + m.To), Token: &m.Code}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, email := a.Client(t), apitest.Email()
			signup(t, c, api.SignupRequest{Email: email, Password: apitest.Password, FullName: new("Ann A")})
			m := mail(t, a, "signup", email)
			r, err := c.VerifyEmailWithResponse(t.Context(), in(m))
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
			require.True(t, r.JSON200.User.EmailConfirmed)
			require.Equal(t, "Ann A", *r.JSON200.User.FullName)
			require.NotNil(t, r.JSON200.Session)
			require.Len(t, setCookies(newResponse(r.HTTPResponse, r.Body)), 2)
			requireMe(t, http.StatusOK, c)
			require.Equal(t, http.StatusOK, login(t, a.Client(t), email, apitest.Password).StatusCode)

			again := verify(t, a.Client(t), in(m))
			requireProblem(t, http.StatusForbidden, "mail_token_invalid", again)
			require.Empty(t, again.Cookies())
		})
	}
}

func TestVerifyEmail_WrongTokens_ReturnTheSameProblem(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	known, pending := confirmed(t, a), apitest.Email()
	signup(t, a.Client(t), api.SignupRequest{Email: pending, Password: apitest.Password})
	m := mail(t, a, "signup", pending)
	wrong := "000000"
	if m.Code == wrong {
		wrong = "111111"
	}
	var first response
	for what, in := range map[string]api.EmailVerification{
		"unknown hash":             {TokenHash: new("3f0c4cf4e7c3f0a8d0c9c1")},
		"unknown address":          {Email: new(apitest.Email()), Token: &wrong},
		"confirmed address":        {Email: &known, Token: &wrong},
		"pending address":          {Email: &pending, Token: &wrong},
		"code of another address":  {Email: &known, Token: &m.Code},
		"hash where the code goes": {Email: &pending, Token: new(m.TokenHash[:20])},
		"code where the hash goes": {TokenHash: &m.Code},
		"address of odd form":      {Email: new("a@" + longLabel + ".com"), Token: &wrong},
	} {
		got := verify(t, a.Client(t), in)
		requireProblem(t, http.StatusForbidden, "mail_token_invalid", got)
		if first.Response == nil {
			first = got
		}
		require.Equal(t, withoutOwnValues(t, first), withoutOwnValues(t, got), what)
	}
	got := reset(t, a.Client(t), api.PasswordReset{TokenHash: &m.TokenHash, NewPassword: "better-horse-10"})
	requireProblem(t, http.StatusForbidden, "mail_token_invalid", got)
	require.Equal(
		t,
		http.StatusOK,
		verify(t, a.Client(t), api.EmailVerification{TokenHash: &m.TokenHash}).StatusCode,
		"the mail token is still valid",
	)
}

const longLabel = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

func TestMailTokens_WrongCombination_Returns422(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	c, hash, email, code := a.Client(t), new("3f0c4cf4"), new("ann@example.com"), new("493817")
	for _, in := range []api.EmailVerification{
		{}, {Email: email}, {Token: code},
		{TokenHash: hash, Email: email}, {TokenHash: hash, Token: code}, {TokenHash: hash, Email: email, Token: code},
	} {
		requireField(t, http.StatusUnprocessableEntity, "token_hash", "mail_token_required", verify(t, c, in))
		requireField(t, http.StatusUnprocessableEntity, "token_hash", "mail_token_required",
			reset(t, c, api.PasswordReset{TokenHash: in.TokenHash, Email: in.Email, Token: in.Token, NewPassword: "better-horse-10"}))
	}
	requireField(t, http.StatusBadRequest, "token", "", verify(t, c, api.EmailVerification{Email: email, Token: new("49 38 17")}))
	requireField(t, http.StatusBadRequest, "token_hash", "", verify(t, c, api.EmailVerification{TokenHash: new("a/b")}))
}

func TestResendVerification_AnyAddress_ReturnsTheSameResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	known, pending := confirmed(t, a), apitest.Email()
	signup(t, a.Client(t), api.SignupRequest{Email: pending, Password: apitest.Password})
	requireAlike(t, func(email string) response { return resend(t, a.Client(t), email) },
		known, pending, " "+pending, apitest.Email(), "a@"+longLabel+".com")
	mailsOf(t, a, "signup", pending, 3) // at signup, and twice again
	mailJobsDone(t, a, known, 1)
	require.Len(t, a.Standin.Inbox(known), 1, "nothing is left to confirm")
	require.Equal(
		t,
		http.StatusOK,
		verify(t, a.Client(t), api.EmailVerification{TokenHash: new(mail(t, a, "signup", pending).TokenHash)}).StatusCode,
	)
}

func TestRequestPasswordReset_AnyAddress_ReturnsTheSameResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	known, pending := confirmed(t, a), apitest.Email()
	signup(t, a.Client(t), api.SignupRequest{Email: pending, Password: apitest.Password})
	requireAlike(t, func(email string) response { return forgot(t, a.Client(t), email) },
		known, pending, apitest.Email(), "a@"+longLabel+".com")
	mail(t, a, "recovery", known)
}

func TestMails_RequestedTooOften_ReturnTheSameResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.MailFrequency = time.Hour }})
	p := a.Person(t)
	requireAlike(t, func(email string) response { return forgot(t, a.Client(t), email) }, p.Email, p.Email, apitest.Email())
	mailJobsDone(t, a, p.Email, 2)
	require.Len(t, a.Standin.Inbox(p.Email), 1)
}

// requireAlike requires the same response for each address: 202 without a body.
func requireAlike(t *testing.T, ask func(email string) response, emails ...string) {
	t.Helper()
	var first map[string]any
	for _, email := range emails {
		got := ask(email)
		require.Equal(t, http.StatusAccepted, got.StatusCode, "%s: %s", email, got.body)
		require.Empty(t, got.body)
		if first == nil {
			first = withoutOwnValues(t, got)
		}
		require.Equal(t, first, withoutOwnValues(t, got), email)
	}
}

func TestResetPassword_ByLinkOrCode_EndsAllOlderSessions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for name, in := range map[string]func(standin.Mail) api.PasswordReset{
		"by link": func(m standin.Mail) api.PasswordReset { return api.PasswordReset{TokenHash: &m.TokenHash} },
		"by code": func(m standin.Mail) api.PasswordReset { return api.PasswordReset{Email: &m.To, Token: &m.Code} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := a.Person(t)
			other := p.SignIn(t)
			require.Equal(t, http.StatusAccepted, forgot(t, a.Client(t), p.Email).StatusCode)
			body := in(mail(t, a, "recovery", p.Email))
			body.NewPassword = "better-horse-10"
			c := a.Client(t)
			got := reset(t, c, body)
			require.Equal(t, http.StatusOK, got.StatusCode, "%s", got.body)
			require.Len(t, setCookies(got), 2)
			requireMe(t, http.StatusOK, c)
			for _, old := range []*apitest.Client{p.Client, other} {
				requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, old))
				requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", refresh(t, old))
			}
			requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), p.Email, p.Password))
			require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, "better-horse-10").StatusCode)
			requireProblem(t, http.StatusForbidden, "mail_token_invalid", reset(t, a.Client(t), body))
		})
	}
}

func TestResetPassword_SamePassword_EndsAllOlderSessions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	forgot(t, a.Client(t), p.Email)
	c := a.Client(t)
	got := reset(t, c, api.PasswordReset{TokenHash: new(mail(t, a, "recovery", p.Email).TokenHash), NewPassword: p.Password})
	require.Equal(t, http.StatusOK, got.StatusCode, "%s", got.body)
	requireMe(t, http.StatusOK, c)
	requireMe(t, http.StatusUnauthorized, p.Client)
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
}

func TestResetPassword_RefusedPassword_ChangesNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.PasswordMinLength = 12 }})
	p := a.Person(t)
	forgot(t, a.Client(t), p.Email)
	m := mail(t, a, "recovery", p.Email)
	requireField(t, http.StatusUnprocessableEntity, "new_password", "password_too_long",
		reset(t, a.Client(t), api.PasswordReset{TokenHash: &m.TokenHash, NewPassword: "éééééééééééééééééééééééééééééééééééééééé"}))
	got := reset(t, a.Client(t), api.PasswordReset{TokenHash: &m.TokenHash, NewPassword: "12345678"})
	requireField(t, http.StatusUnprocessableEntity, "new_password", "weak_password", got)
	require.Empty(t, got.Cookies())
	requireMe(t, http.StatusOK, p.Client)
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
	require.Equal(t, 2, sessionsOf(t, a, p), "the first, and the sign-in just now: the mail's own is gone")
}

func TestResetPassword_UnconfirmedAddress_ConfirmsIt(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	email := apitest.Email()
	signup(t, a.Client(t), api.SignupRequest{Email: email, Password: apitest.Password})
	forgot(t, a.Client(t), email)
	got := reset(t, a.Client(t), api.PasswordReset{TokenHash: new(mail(t, a, "recovery", email).TokenHash), NewPassword: "better-horse-10"})
	require.Equal(t, http.StatusOK, got.StatusCode, "%s", got.body)
	require.Equal(t, http.StatusOK, login(t, a.Client(t), email, "better-horse-10").StatusCode)
}

func TestResetPassword_TenWrongCodes_Returns429(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: behindProxy})
	p := a.Person(t)
	forgot(t, a.Client(t), p.Email)
	m := mail(t, a, "recovery", p.Email)
	wrong := "000000"
	if m.Code == wrong {
		wrong = "111111"
	}
	guess := func(code, ip string) response {
		r, err := a.Client(t).
			ResetPasswordWithResponse(t.Context(), api.PasswordReset{Email: &p.Email, Token: &code, NewPassword: "better-horse-10"}, fromIP(ip))
		require.NoError(t, err)
		return newResponse(r.HTTPResponse, r.Body)
	}
	for range 10 {
		requireProblem(t, http.StatusForbidden, "mail_token_invalid", guess(wrong, "203.0.113.1"))
	}
	stopped := guess(m.Code, "203.0.113.1")
	requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", stopped)
	require.NotEmpty(t, stopped.Header.Get("Retry-After"))
	require.Equal(
		t,
		http.StatusOK,
		login(t, a.Client(t), p.Email, p.Password, fromIP("203.0.113.1")).StatusCode,
		"signing in has a budget of its own",
	)
	requireProblem(t, http.StatusForbidden, "mail_token_invalid", guess(m.Code, "203.0.113.2")) // the code is dead for everybody
}
