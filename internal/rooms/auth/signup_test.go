package auth_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
)

func TestSignup_SetsCookiesAndReturnsNoToken(t *testing.T) {
	t.Parallel()
	for name, secure := range map[string]bool{"in development": false, "in production": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Cookies.Secure = secure }})
			got := signup(t, a.Client(t), api.SignupRequest{Email: apitest.Email(), Password: apitest.Password, FullName: new("Ann A")})
			require.Equal(t, http.StatusCreated, got.StatusCode, "%s", got.body)

			require.Len(t, got.Cookies(), 2)
			cookies := setCookies(got)
			for cookie, want := range map[string]http.Cookie{
				"access_token":  {Path: "/api", MaxAge: 7 * 24 * 3600},
				"refresh_token": {Path: "/api/v1/auth", MaxAge: 30 * 24 * 3600},
			} {
				c := cookies[cookie]
				require.NotNil(t, c, cookie)
				require.NotEmpty(t, c.Value)
				require.Equal(t, want.Path, c.Path)
				require.Equal(t, want.MaxAge, c.MaxAge)
				require.True(t, c.HttpOnly, cookie)
				require.Equal(t, http.SameSiteLaxMode, c.SameSite)
				require.Equal(t, secure, c.Secure)
				require.Empty(t, c.Domain, "host-only: no subdomain receives it")
				require.NotContains(t, string(got.body), c.Value)
			}

			var body map[string]map[string]any
			require.NoError(t, json.Unmarshal(got.body, &body))
			require.Len(t, body, 2)
			require.Len(t, body["user"], 5)
			require.Len(t, body["session"], 1)
			expires, err := time.Parse(time.RFC3339, body["session"]["expires_at"].(string))
			require.NoError(t, err)
			require.WithinDuration(t, time.Now().Add(7*24*time.Hour), expires, time.Minute)
			require.Equal(t, time.UTC, expires.Location())
			require.NotContains(t, strings.ToLower(string(got.body)), "token")
		})
	}
}

func TestSignup_CreatesTheProfile(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Equal(t, p.ID, r.JSON200.ID)
	require.Equal(t, p.Email, r.JSON200.Email)
	require.Equal(t, "Ann A", *r.JSON200.FullName)
}

func TestSignup_FullName_IsTrimmedAndChecked(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for given, want := range map[string]*string{
		"O'Brien \"B\" \\ 李 🏋🏽 <b>": new("O'Brien \"B\" \\ 李 🏋🏽 <b>"),
		strings.Repeat("🏋", 200):    new(strings.Repeat("🏋", 200)),
		"  Ann  ":                   new("Ann"),
		"   ":                       nil,
	} {
		r, err := a.Client(t).
			SignupWithResponse(t.Context(), api.SignupRequest{Email: apitest.Email(), Password: apitest.Password, FullName: &given})
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), "%q: %s", given, r.Body)
		require.Equal(t, want, r.JSON201.User.FullName, "%q", given)
	}
	for _, given := range []string{"", strings.Repeat("x", 201), "a\x00b"} {
		got := signup(t, a.Client(t), api.SignupRequest{Email: apitest.Email(), Password: apitest.Password, FullName: &given})
		requireField(t, http.StatusBadRequest, "full_name", "", got)
	}
}

func TestSignup_Email_IsTrimmedAndLowerCased(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	email := apitest.Email()
	loud := " \t" + strings.ToUpper(email) + " "
	r, err := a.Client(t).SignupWithResponse(t.Context(), api.SignupRequest{Email: loud, Password: apitest.Password})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	require.Equal(t, email, r.JSON201.User.Email)
	require.Equal(t, http.StatusOK, login(t, a.Client(t), loud, apitest.Password).StatusCode)
	require.Equal(t, http.StatusOK, login(t, a.Client(t), email, apitest.Password).StatusCode)
	requireProblem(
		t,
		http.StatusConflict,
		"email_taken",
		signup(t, a.Client(t), api.SignupRequest{Email: loud, Password: apitest.Password}),
	)
}

func TestSignup_TakenAddress_Returns409(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	got := signup(t, a.Client(t), api.SignupRequest{Email: p.Email, Password: "another-horse-1", FullName: new("Mallory")})
	requireProblem(t, http.StatusConflict, "email_taken", got)
	require.Empty(t, got.Cookies())
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
	requireMe(t, http.StatusOK, p.Client)
}

func TestSignup_SameAddressAtOnce_CreatesOneAccount(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	email := apitest.Email()
	const many = 8
	statuses := make(chan int, many)
	for range many {
		c := a.Client(t)
		go func() {
			r, err := c.SignupWithResponse(t.Context(), api.SignupRequest{Email: email, Password: apitest.Password})
			if err != nil {
				statuses <- 0
				return
			}
			statuses <- r.StatusCode()
		}()
	}
	counts := map[int]int{}
	for range many {
		counts[<-statuses]++
	}
	require.Equal(t, map[int]int{http.StatusCreated: 1, http.StatusConflict: many - 1}, counts)
}

func TestSignup_PasswordLength_IsChecked(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for _, c := range []struct {
		name, password string
		status         int
		code           string
	}{
		{"8 letters", "12345678", http.StatusCreated, ""},
		{"72 letters", strings.Repeat("x", 72), http.StatusCreated, ""},
		{"72 bytes in 36 letters", strings.Repeat("é", 36), http.StatusCreated, ""},
		{"80 bytes in 40 letters", strings.Repeat("é", 40), http.StatusUnprocessableEntity, "password_too_long"},
		{"73 bytes in 72 letters", strings.Repeat("x", 71) + "é", http.StatusUnprocessableEntity, "password_too_long"},
		{"73 letters", strings.Repeat("x", 73), http.StatusBadRequest, ""},
		{"7 letters", "1234567", http.StatusBadRequest, ""},
		{"8 bytes in 4 letters", "éééé", http.StatusBadRequest, ""},
		{"none", "", http.StatusBadRequest, ""},
		{"a NUL", "correct\x00horse", http.StatusBadRequest, ""},
		{"spaces count as characters", "        ", http.StatusCreated, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			email := apitest.Email()
			got := signup(t, a.Client(t), api.SignupRequest{Email: email, Password: c.password})
			if c.status != http.StatusCreated {
				requireField(t, c.status, "password", c.code, got)
				if c.password != "" {
					require.NotContains(t, string(got.body), c.password, "a response never contains a password")
				}
				require.Empty(t, got.Cookies())
				return
			}
			require.Equal(t, c.status, got.StatusCode, "%s", got.body)
			require.Equal(t, http.StatusOK, login(t, a.Client(t), email, c.password).StatusCode)
		})
	}
}

func TestSignup_PasswordWeakForSupabaseAuth_Returns422(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.PasswordMinLength = 12 }})
	got := signup(t, a.Client(t), api.SignupRequest{Email: apitest.Email(), Password: "12345678"})
	requireField(t, http.StatusUnprocessableEntity, "password", "weak_password", got)
}

func TestSignup_SignupsClosed_Returns403(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.SignupDisabled = true }})
	got := signup(t, a.Client(t), api.SignupRequest{Email: apitest.Email(), Password: apitest.Password})
	requireProblem(t, http.StatusForbidden, "signup_closed", got)
	require.Empty(t, got.Cookies())
}

func TestSignup_EmailForms_AreChecked(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	unique := strings.TrimSuffix(apitest.Email(), "@example.com")
	for _, c := range []struct {
		email  string
		status int
	}{
		{unique + "@b", http.StatusCreated},
		{unique + "..x@example.com", http.StatusCreated},
		{"o'brien+tag=1/2|{}" + unique + "@example.com", http.StatusCreated},
		{"%_" + unique + "@example.com", http.StatusCreated},
		{unique + "@" + strings.Repeat("a", 63) + ".com", http.StatusCreated},
		{unique + "@" + strings.Repeat("a", 64) + ".com", http.StatusUnprocessableEntity},
		{unique + "@" + strings.Repeat("a", 255), http.StatusBadRequest},
		{unique, http.StatusBadRequest},
		{unique + "@", http.StatusBadRequest},
		{"@example.com", http.StatusBadRequest},
		{unique + "@@example.com", http.StatusBadRequest},
		{unique + "@a@b", http.StatusBadRequest},
		{unique + " x@example.com", http.StatusBadRequest},
		{unique + "@exämple.com", http.StatusBadRequest},
		{"ü" + unique + "@example.com", http.StatusBadRequest},
		{unique + "@example.com.", http.StatusBadRequest},
		{unique + "@-example.com", http.StatusBadRequest},
		{unique + "@example.com\n", http.StatusBadRequest},
		{unique + "@example.com\r\nBcc: eve@example.com", http.StatusBadRequest},
		{unique + "\x00@example.com", http.StatusBadRequest},
		{"<" + unique + "@example.com>", http.StatusBadRequest},
		{`"` + unique + `"@example.com`, http.StatusBadRequest},
		{"\u00a0" + unique + "@example.com", http.StatusBadRequest},
		{"   ", http.StatusBadRequest},
	} {
		got := signup(t, a.Client(t), api.SignupRequest{Email: c.email, Password: apitest.Password})
		require.Equal(t, c.status, got.StatusCode, "%q: %s", c.email, got.body)
		switch c.status {
		case http.StatusBadRequest:
			requireField(t, c.status, "email", "", got)
		case http.StatusUnprocessableEntity:
			requireField(t, c.status, "email", "email_refused", got)
		}
	}
}

func TestSignup_ConfirmationOn_AnyAddress_ReturnsTheSameResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	taken := confirmed(t, a)
	unconfirmed := apitest.Email()
	in := api.SignupRequest{Password: apitest.Password, FullName: new("Ann A")}
	ask := func(email string) response {
		in.Email = email
		start := time.Now()
		got := signup(t, a.Client(t), in)
		require.GreaterOrEqual(t, time.Since(start), minResponseTime)
		require.Equal(t, http.StatusCreated, got.StatusCode, "%s", got.body)
		require.Empty(t, got.Cookies())
		return got
	}
	fresh := ask(unconfirmed)
	again := ask(unconfirmed)
	known := ask(taken)
	require.Equal(t, withoutOwnValues(t, fresh), withoutOwnValues(t, again))
	require.Equal(t, withoutOwnValues(t, fresh), withoutOwnValues(t, known))
	require.Equal(t, fresh.body, again.body, "a repeated signup returns the same id")
	require.Equal(t, string(known.body), string(ask(taken).body))
	require.NotContains(t, string(fresh.body), `"session"`)

	require.Len(t, a.Standin.Inbox(unconfirmed), 2)
	require.Len(t, a.Standin.Inbox(taken), 1, "only the mail that confirmed it")
	requireProblem(t, http.StatusForbidden, "email_not_confirmed", login(t, a.Client(t), unconfirmed, apitest.Password))
}

func TestSignup_ConfirmationOn_TwiceWithinAMinute_ReturnsTheSameResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.Autoconfirm, o.MailFrequency = false, time.Hour }})
	in := api.SignupRequest{Email: apitest.Email(), Password: apitest.Password}
	first, second := signup(t, a.Client(t), in), signup(t, a.Client(t), in)
	require.Equal(t, http.StatusCreated, first.StatusCode, "%s", first.body)
	require.Equal(t, string(first.body), string(second.body))
	require.Equal(t, withoutOwnValues(t, first), withoutOwnValues(t, second))
	require.Len(t, a.Standin.Inbox(in.Email), 1)
}

func TestSignup_ConfirmationOn_SecondSignup_DoesNotSetThePassword(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	email := apitest.Email()
	signup(t, a.Client(t), api.SignupRequest{Email: email, Password: apitest.Password})
	signup(t, a.Client(t), api.SignupRequest{Email: email, Password: "strangers-horse-1"})
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), email, "strangers-horse-1"))
	requireProblem(t, http.StatusForbidden, "email_not_confirmed", login(t, a.Client(t), email, apitest.Password))
}
