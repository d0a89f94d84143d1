package auth_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/logs"
)

// lines is a log buffer that can be read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// Not parallel: all tests share the default logger.
func TestLogs_AllAuthOperations_ContainNoSecretAndNoEmail(t *testing.T) {
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	var log lines
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	secrets := map[string]string{}
	keep := func(what, value string) {
		require.GreaterOrEqual(t, len(value), 6, what)
		secrets[what] = value
	}
	cookies := func(when string, got response) {
		require.Len(t, setCookies(got), 2, "%s: %s", when, got.body)
		for name, c := range setCookies(got) {
			keep(when+": "+name, c.Value)
		}
	}
	c, email := a.Client(t), apitest.Email()
	local, _, _ := strings.Cut(email, "@")
	keep("address", local)
	const first, second, third, wrong = "first-Horse-1!", "second-Horse-2!", "third-Horse-3!", "wrong-Horse-4!"
	for _, p := range []string{first, second, third, wrong} {
		keep(p, p)
	}

	require.Equal(
		t,
		http.StatusCreated,
		signup(t, c, api.SignupRequest{Email: email, Password: first, FullName: new("Zaphod Beeblebrox")}).StatusCode,
	)
	keep("name", "Beeblebrox")
	m := mail(t, a, "signup", email)
	keep("signup link", m.TokenHash)
	login(t, c, email, first)
	cookies("verify", verify(t, c, api.EmailVerification{TokenHash: &m.TokenHash}))
	verify(t, c, api.EmailVerification{TokenHash: &m.TokenHash})
	cookies("login", login(t, c, " "+strings.ToUpper(email), first))
	login(t, c, email, wrong)
	requireMe(t, http.StatusOK, c)
	cookies("refresh", refresh(t, c))
	resend(t, c, email)
	require.Equal(t, http.StatusNoContent, change(t, c, first, second).StatusCode)
	change(t, c, wrong, second)
	change(t, c, second, second)
	forgot(t, c, email)
	m = mail(t, a, "recovery", email)
	keep("recovery link", m.TokenHash)
	keep("recovery code", m.Code)
	reset(t, c, api.PasswordReset{Email: &email, Token: new("abcdef"), NewPassword: third})
	cookies("reset", reset(t, c, api.PasswordReset{Email: &email, Token: &m.Code, NewPassword: third}))
	list(t, c, api.ListSessionsParams{})

	// Requests that fail.
	url := a.URL + "/api/v1/auth/"
	for _, body := range []string{
		`{"email":"` + email + `","password":"` + first + `"`,
		`{"email":"` + email + `","password":"` + first + `","` + second + `":1}`,
		`{"email":"` + email + ` ` + email + `","password":"` + first + `"}`,
		`{"email":"` + email + `","password":["` + first + `"]}`,
		`{"password":"` + first + `","password":"` + first + `"}`,
		email + ` ` + first,
	} {
		require.Equal(t, http.StatusBadRequest, post(t, c, url+"login", body).StatusCode, body)
		post(t, c, url+"signup", body)
	}
	post(t, c, url+"login?email="+email+"&password="+first, `{}`)
	post(t, c, url+"login", `{}`, apitest.Header("Content-Type", first))
	garbage, cookie := clientWithRefreshCookie(t, a, secrets["login: refresh_token"]+"xx")
	refresh(t, garbage, cookie)
	requireMe(t, http.StatusUnauthorized, c, apitest.Token(secrets["login: access_token"]+"xx"))
	requireMe(t, http.StatusUnauthorized, c, apitest.Token(strings.Repeat(secrets["login: access_token"], 20)))
	for i := range 11 {
		login(t, c, email, wrong+strings.Repeat("x", i))
	}
	quoting := replica(
		t,
		a,
		withAuthServer(
			t,
			respondWith(400, "application/json", `{"code":"email_address_invalid","message":"Email address \"`+email+`\" is invalid"}`),
		),
	)
	signup(t, quoting.Client(t), api.SignupRequest{Email: email, Password: first})
	login(t, quoting.Client(t), email, first)

	revoke(t, c, list(t, c, api.ListSessionsParams{}).Data[0].ID)
	requireMe(t, http.StatusUnauthorized, a.Bearer(t, secrets["reset: access_token"]))

	written := log.String()
	for what, secret := range secrets {
		at := strings.Index(strings.ToLower(written), strings.ToLower(secret))
		if at >= 0 {
			t.Errorf("the log contains %s: …%s…", what, written[max(0, at-200):min(len(written), at+100)])
		}
	}
	for _, event := range []string{"user_signup_pending", "user_email_verified", "user_login_success", "user_login_refused", "user_login_throttled",
		"user_session_refreshed", "user_password_changed", "user_password_reset", "user_session_revoked", "auth_invalid_token", "api_request"} {
		require.Contains(t, written, `"msg":"`+event+`"`)
	}
	require.Contains(t, written, logs.Mask(email), "the masked address is logged")
}
