package auth_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
)

func TestLogin_SetsCookiesAndReturnsUser(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	c := a.Client(t)
	r, err := c.LoginWithResponse(t.Context(), api.LoginRequest{Email: p.Email, Password: p.Password})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Equal(t, p.ID, r.JSON200.User.ID)
	require.Equal(t, p.Email, r.JSON200.User.Email)
	require.Equal(t, "Ann A", *r.JSON200.User.FullName)
	require.True(t, r.JSON200.User.EmailConfirmed)
	require.NotNil(t, r.JSON200.Session)
	for name, cookie := range setCookies(newResponse(r.HTTPResponse, r.Body)) {
		require.True(t, cookie.HttpOnly, name)
		require.NotContains(t, string(r.Body), cookie.Value)
	}
	requireMe(t, http.StatusOK, c)
	requireMe(t, http.StatusOK, a.Bearer(t, c.Cookie(t, "access_token")))
	requireMe(t, http.StatusOK, p.Client)
}

func TestLogin_UnknownAddress_LooksLikeWrongPassword(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p, banned := a.Person(t), a.Person(t)
	ban(t, a, banned.ID, "1 hour")
	ask := func(email, password string) map[string]any {
		start := time.Now()
		got := login(t, a.Client(t), email, password)
		require.GreaterOrEqual(t, time.Since(start), minResponseTime)
		requireProblem(t, http.StatusUnauthorized, "invalid_credentials", got)
		require.Empty(t, got.Cookies())
		return withoutOwnValues(t, got)
	}
	wrong := ask(p.Email, "wrong-horse-9")
	require.Equal(t, wrong, ask(apitest.Email(), "wrong-horse-9"), "unknown address")
	require.Equal(t, wrong, ask("a@"+longLabel+".com", "wrong-horse-9"), "an invalid address")
	require.Equal(t, wrong, ask(p.Email, strings.Repeat("x", 1000)), "a long password")
	require.Equal(t, wrong, ask(banned.Email, "wrong-horse-9"), "banned, wrong password")
	require.Equal(t, wrong, ask(banned.Email, banned.Password), "banned, right password")
}

func ban(tb testing.TB, a *apitest.API, user uuid.UUID, until string) {
	tb.Helper()
	_, err := a.Database.Owner.Exec(
		tb.Context(),
		`update auth.users set banned_until = now() + $2::text::interval where id = $1`,
		user,
		until,
	)
	require.NoError(tb, err)
}

func TestLogin_UnconfirmedAddress_IsReportedOnlyWithTheRightPassword(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: requireConfirmation})
	email := apitest.Email()
	signup(t, a.Client(t), api.SignupRequest{Email: email, Password: apitest.Password})
	got := login(t, a.Client(t), email, apitest.Password)
	requireProblem(t, http.StatusForbidden, "email_not_confirmed", got)
	require.Empty(t, got.Cookies())
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), email, "wrong-horse-9"))
	for range 10 { // a right password does not count as a failure
		requireProblem(t, http.StatusForbidden, "email_not_confirmed", login(t, a.Client(t), email, apitest.Password))
	}
}

func TestLogin_TenFailures_Return429OnlyForThatClientAddress(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: behindProxy})
	other := replica(t, a, behindProxy)
	p, neighbour := a.Person(t), a.Person(t)
	const attacker, home = "203.0.113.66", "198.51.100.1"
	for range 5 {
		require.Equal(
			t,
			http.StatusOK,
			login(t, a.Client(t), p.Email, p.Password, fromIP(attacker)).StatusCode,
			"success takes nothing from the budget",
		)
	}
	// Half of the guesses use another spelling of the address and another replica.
	var refreshConcurrently sync.WaitGroup
	for i := range 10 {
		at, email := a, p.Email
		if i%2 == 1 {
			at, email = other, " "+strings.ToUpper(p.Email)
		}
		c := at.Client(t)
		refreshConcurrently.Go(func() {
			r, err := c.LoginWithResponse(
				t.Context(),
				api.LoginRequest{Email: email, Password: fmt.Sprint("wrong-horse-", i)},
				fromIP(attacker),
			)
			if err != nil || r.StatusCode() != http.StatusUnauthorized {
				t.Errorf("guess %d: %v %v", i, r, err)
			}
		})
	}
	refreshConcurrently.Wait()
	for _, at := range []*apitest.API{a, other} {
		got := login(t, at.Client(t), p.Email, p.Password, fromIP(attacker))
		requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", got)
		wait, err := strconv.Atoi(got.Header.Get("Retry-After"))
		require.NoError(t, err)
		require.Positive(t, wait)
		require.LessOrEqual(t, wait, 90, "one of ten is returned every 90 s")
		require.Empty(t, got.Cookies())
	}
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password, fromIP(home)).StatusCode, "the owner from another address")
	require.Equal(
		t,
		http.StatusOK,
		login(t, a.Client(t), neighbour.Email, neighbour.Password, fromIP(attacker)).StatusCode,
		"another account from the same address",
	)
	requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", login(t, a.Client(t), p.Email, p.Password, fromIP(attacker)))
	requireMe(t, http.StatusOK, p.Client, fromIP(attacker))
}

func TestLogin_IPv6Network_SharesOneBudget(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { behindProxy(o); o.Rates.Failed = 1 }})
	p := a.Person(t)
	requireProblem(
		t,
		http.StatusUnauthorized,
		"invalid_credentials",
		login(t, a.Client(t), p.Email, "wrong-horse-9", fromIP("2001:db8:1:2::1")),
	)
	requireProblem(
		t,
		http.StatusTooManyRequests,
		"too_many_failed_logins",
		login(t, a.Client(t), p.Email, "wrong-horse-9", fromIP("2001:db8:1:2:ffff::7")),
	)
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password, fromIP("2001:db8:1:3::1")).StatusCode)
}

func TestLogin_UnknownAddress_HasTheSameBudget(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Rates.Failed = 2 }})
	p, nobody := a.Person(t), apitest.Email()
	var shapes []map[string]any
	for _, email := range []string{p.Email, nobody} {
		for range 2 {
			requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), email, "wrong-horse-9"))
		}
		got := login(t, a.Client(t), email, "wrong-horse-9")
		requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", got)
		shapes = append(shapes, withoutOwnValues(t, got))
	}
	require.Equal(t, shapes[0], shapes[1])
}

func TestLogin_FiftyGuessesAtOnce_OnlyTenAreTried(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	statuses := make(chan int, 50)
	for i := range cap(statuses) {
		c := a.Client(t)
		go func() {
			r, err := c.LoginWithResponse(t.Context(), api.LoginRequest{Email: p.Email, Password: fmt.Sprint("wrong-horse-", i)})
			if err != nil {
				statuses <- 0
				return
			}
			statuses <- r.StatusCode()
		}()
	}
	counts := map[int]int{}
	for range cap(statuses) {
		counts[<-statuses]++
	}
	require.Equal(t, map[int]int{http.StatusUnauthorized: 10, http.StatusTooManyRequests: 40}, counts)
}

func TestRateBuckets_ContainNoEmailAndNoIP(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: behindProxy})
	p := a.Person(t)
	login(t, a.Client(t), p.Email, "wrong-horse-9", fromIP("203.0.113.231"))
	var named, failures int
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), `
		select count(*) filter (where key like '%@%' or key like '%' || $1::text || '%'),
		       count(*) filter (where key like 'failed_sign_in:%' and key not like '%203.0.113.231%')
		from private.rate_limits`, strings.Split(p.Email, "@")[0]).Scan(&named, &failures))
	require.Zero(t, named)
	require.Positive(t, failures)
}

func TestLogin_BudgetOfClientAddressUsedUp_Returns429(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) {
		behindProxy(o)
		o.Rates.SignIn = 2
	}})
	email := apitest.Email()
	at := freshAddress()
	for left := 1; left >= 0; left-- {
		got := signup(t, a.Client(t), api.SignupRequest{Email: email, Password: apitest.Password}, fromIP(at))
		require.Equal(t, `"sign_in";q=2;w=60`, got.Header.Get("RateLimit-Policy"))
		require.True(t, strings.HasPrefix(got.Header.Get("RateLimit"), fmt.Sprintf(`"sign_in";r=%d;t=`, left)), got.Header.Get("RateLimit"))
	}
	got := login(t, a.Client(t), email, apitest.Password, fromIP(at))
	requireProblem(t, http.StatusTooManyRequests, "rate_limited", got)
	wait, err := strconv.Atoi(got.Header.Get("Retry-After"))
	require.NoError(t, err)
	require.Positive(t, wait)
	require.LessOrEqual(t, wait, 30)
	require.True(t, strings.HasPrefix(got.Header.Get("RateLimit"), `"sign_in";r=0;t=`), got.Header.Get("RateLimit"))
	require.Equal(
		t,
		http.StatusOK,
		login(t, a.Client(t), email, apitest.Password, fromIP(freshAddress())).StatusCode,
		"from another address",
	)
}

func TestRates_ReadsOfOneUser_DoNotCountForAnother(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Rates.Read = 2 }})
	ann, bob := a.Person(t), a.Person(t)
	require.Equal(t, `"read";q=2;w=60`, requireMe(t, http.StatusOK, ann.Client).Header.Get("RateLimit-Policy"))
	requireMe(t, http.StatusOK, ann.Client)
	got := requireMe(t, http.StatusTooManyRequests, ann.Client)
	requireProblem(t, http.StatusTooManyRequests, "rate_limited", got)
	require.NotEmpty(t, got.Header.Get("Retry-After"))
	requireMe(t, http.StatusOK, bob.Client)
	require.Equal(t, http.StatusOK, refresh(t, ann.Client).StatusCode, "refresh has its own budget")
}

func TestLogin_MalformedBody_Returns400(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	c, url := a.Client(t), a.URL+"/api/v1/auth/login"
	for _, body := range []string{``, `null`, `[]`, `"x"`, `{`, `{}`, `{"email":1,"password":2}`, `{"email":"ann@example.com"}`,
		`{"email":"ann@example.com","password":"x","admin":true}`, `{"Email":"ann@example.com","password":"x"}`,
		`{"email":"ann@example.com","email":"bob@example.com","password":"x"}`, `{"email":"ann@example.com","password":"\ud800"}`,
		"{\"email\":\"ann@example.com\",\"password\":\"\xff\"}", `{"email":"ann@example.com","password":""}`} {
		got := post(t, c, url, body)
		require.Equal(t, http.StatusBadRequest, got.StatusCode, "%s: %s", body, got.body)
	}
	got := post(
		t,
		c,
		url,
		`{"email":"ann@example.com","password":"x"}`,
		apitest.Header("Content-Type", "application/x-www-form-urlencoded"),
	)
	requireProblem(t, http.StatusUnsupportedMediaType, "unsupported_media_type", got)
}

func TestLogin_FieldNameInOtherCase_Returns400(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	body, err := json.Marshal(map[string]string{"email": p.Email, "PASSWORD": p.Password})
	require.NoError(t, err)
	require.Equal(t, http.StatusBadRequest, post(t, a.Client(t), a.URL+"/api/v1/auth/login", string(body)).StatusCode)
}

// freshAddress returns a client address that no other test uses, since tests share the rate buckets.
func freshAddress() string {
	id := uuid.New()
	return fmt.Sprintf("2001:db8:%x:%x::1", id[:2], id[2:4])
}
