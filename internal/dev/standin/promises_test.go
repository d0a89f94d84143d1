package standin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/crypto/bcrypt"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

func TestNew_Production_ReturnsError(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	for _, env := range []string{"production", "Production", " PRODUCTION "} {
		if s, err := New(Options{Pool: d.Owner, Issuer: "http://127.0.0.1/auth/v1", Environment: env}); err == nil || s != nil {
			t.Errorf("starts with ENVIRONMENT=%q", env)
		}
	}
}

func TestListenAndServe_NotLoopback_ReturnsError(t *testing.T) {
	t.Parallel()
	s, err := New(Options{Pool: dbtest.Shared(t).Owner, Issuer: "http://127.0.0.1/auth/v1", HashCost: bcrypt.MinCost})
	ok(t, err)
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.com:0", "127.0.0.1", ""} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		err := s.ListenAndServe(ctx, addr)
		if err == nil || ctx.Err() != nil {
			t.Errorf("listens on %q", addr)
		}
		cancel()
	}
}

func TestListenAndServe_ServesUntilContextEnds(t *testing.T) {
	t.Parallel()
	s, err := New(Options{Pool: dbtest.Shared(t).Owner, Issuer: "http://127.0.0.1/auth/v1", HashCost: bcrypt.MinCost})
	ok(t, err)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	addr := free.Addr().String()
	ok(t, free.Close())

	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.ListenAndServe(ctx, addr) }()
	c := gotrue.New(gotrue.Options{BaseURL: "http://" + addr + "/auth/v1"})
	for c.Health(t.Context()) != nil {
		select {
		case err := <-done:
			t.Fatal(err)
		case <-time.After(5 * time.Millisecond):
		}
	}
	if err := s.ListenAndServe(t.Context(), addr); err == nil {
		t.Error("a second server shares the port")
	}
	stop()
	ok(t, <-done)
}

func TestRefresh_SixtyAtOnce_ReturnOneNewToken(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	session := signUp(t, w, "tabs@example.com")
	var mu sync.Mutex
	got := map[string]int{}
	w.meet(t, 60, func() {
		s, err := w.client.Refresh(t.Context(), somebody, session.RefreshToken)
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			t.Error(err)
			return
		}
		got[s.RefreshToken]++
	})
	if len(got) != 1 || got[session.RefreshToken] != 0 {
		t.Fatalf("tokens: %v", got)
	}
	var made, active int
	ok(t, w.db.Owner.QueryRow(t.Context(), `
		select count(*), count(*) filter (where not revoked) from auth.refresh_tokens where user_id = $1::uuid::text`, session.User.ID).Scan(&made, &active))
	same(t, []int{made, active}, []int{2, 1})
}

func TestRefresh_ResponseLost_CanBeRepeatedAnyTimeLater(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	session := signUp(t, w, "lost@example.com")
	first, err := w.client.Refresh(t.Context(), somebody, session.RefreshToken)
	ok(t, err)
	w.clock.pass(24 * time.Hour)
	again, err := w.client.Refresh(t.Context(), somebody, session.RefreshToken)
	ok(t, err)
	same(t, again.RefreshToken, first.RefreshToken)
}

func TestRefresh_OldTokenReused_EndsTheSession(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	session := signUp(t, w, "thief@example.com")
	elsewhere, err := w.client.SignInWithPassword(t.Context(), somebody, "thief@example.com", "correct-horse-9")
	ok(t, err)
	newest := session
	for range 2 {
		newest, err = w.client.Refresh(t.Context(), somebody, newest.RefreshToken)
		ok(t, err)
	}
	w.clock.pass(11 * time.Second)
	_, err = w.client.Refresh(t.Context(), somebody, session.RefreshToken)
	refused(t, err, gotrue.CodeRefreshTokenUsed)
	_, err = w.client.Refresh(t.Context(), somebody, newest.RefreshToken)
	refused(t, err, gotrue.CodeRefreshTokenNotFound)
	_, err = w.client.GetUser(t.Context(), somebody, newest.AccessToken)
	refused(t, err, gotrue.CodeSessionNotFound)
	_, err = w.client.Refresh(t.Context(), somebody, elsewhere.RefreshToken)
	ok(t, err) // only that session
}

// The page behind a link of the PKCE flow reads only the query.
func TestVerifyLink_UsedPKCELink_ReturnsErrorInQuery(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	for link, query := range map[string]string{"pkce_00": "otp_expired", "00": ""} {
		res := get(t, w.url+"/auth/v1/verify?type=signup&token="+link)
		ok(t, res.Body.Close())
		to, err := res.Location()
		ok(t, err)
		same(t, to.Query().Get("error_code"), query)
		fragment, err := url.ParseQuery(to.EscapedFragment())
		ok(t, err)
		same(t, fragment.Get("error_code"), "otp_expired")
	}
}

// Measuring time would be flaky, so the test counts hash comparisons.
func TestSignIn_UnknownAddress_HashesAsForAKnownOne(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	signUp(t, w, "known@example.com")
	var dummies, reals atomic.Int64
	w.compare = func(hash, password []byte) error {
		if bytes.Equal(hash, w.dummyHash) {
			dummies.Add(1)
		} else {
			reals.Add(1)
		}
		return bcrypt.CompareHashAndPassword(hash, password)
	}
	for i, c := range []struct {
		email, password string
		dummies, reals  int64
	}{
		{"known@example.com", "wrong-horse-9", 0, 1},
		{"unknown@example.com", "wrong-horse-9", 1, 1},
		{"no address", "wrong-horse-9", 2, 1},
		{"unknown@example.com", "", 3, 1},
	} {
		_, err := w.client.SignInWithPassword(t.Context(), somebody, c.email, c.password)
		refused(t, err, gotrue.CodeInvalidCredentials)
		if dummies.Load() != c.dummies || reals.Load() != c.reals {
			t.Fatalf("try %d: %d dummy and %d real comparisons", i, dummies.Load(), reals.Load())
		}
	}
	cost, err := bcrypt.Cost(w.dummyHash)
	ok(t, err)
	same(t, cost, w.o.HashCost) // otherwise the dummy hash is faster
}

func TestPassword_IsHashedWithCost10(t *testing.T) {
	t.Parallel()
	s, err := New(Options{Pool: dbtest.Shared(t).Owner, Issuer: "http://127.0.0.1/auth/v1"})
	ok(t, err)
	hash, err := s.hash("correct-horse-9")
	ok(t, err)
	for _, h := range []string{hash, string(s.dummyHash)} {
		cost, err := bcrypt.Cost([]byte(h))
		ok(t, err)
		same(t, cost, 10)
	}
}

func TestSignup_SameAddressAtOnce_CreatesOneUserAndNo500(t *testing.T) {
	t.Parallel()
	for name, autoconfirm := range map[string]bool{"autoconfirm": true, "confirmation": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, Options{Autoconfirm: autoconfirm, MailFrequency: -1})
			var won, lost atomic.Int64
			w.meet(t, 8, func() {
				_, err := w.client.Signup(
					t.Context(),
					somebody,
					gotrue.SignupRequest{Email: "race@example.com", Password: "correct-horse-9"},
				)
				switch {
				case err == nil:
					won.Add(1)
				case gotrue.CodeOf(err) == gotrue.CodeUserAlreadyExists:
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
			want := []int64{1, 7}
			if !autoconfirm {
				want = []int64{8, 0}
			}
			same(t, []int64{won.Load(), lost.Load()}, want)
			var users int
			ok(t, w.db.Owner.QueryRow(t.Context(), `select count(*) from auth.users`).Scan(&users))
			same(t, users, 1)
		})
	}
}

func TestVerify_SameTokenAtOnce_OpensOneSession(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	_, err := w.client.Signup(t.Context(), somebody, gotrue.SignupRequest{Email: "once@example.com", Password: "correct-horse-9"})
	ok(t, err)
	hash := w.Inbox("once@example.com")[0].TokenHash
	var opened atomic.Int64
	w.meet(t, 20, func() {
		_, err := w.client.Verify(t.Context(), somebody, gotrue.VerifyRequest{Type: gotrue.TypeSignup, TokenHash: hash})
		switch {
		case err == nil:
			opened.Add(1)
		case gotrue.CodeOf(err) != gotrue.CodeOTPExpired:
			t.Error(err)
		}
	})
	same(t, opened.Load(), 1)
}

func TestVerify_AfterOneDay_IsExpired(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	_, err := w.client.Signup(t.Context(), somebody, gotrue.SignupRequest{Email: "late@example.com", Password: "correct-horse-9"})
	ok(t, err)
	m := w.Inbox("late@example.com")[0]
	w.clock.pass(24*time.Hour + time.Second)
	_, err = w.client.Verify(t.Context(), somebody, gotrue.VerifyRequest{Type: gotrue.TypeSignup, TokenHash: m.TokenHash})
	refused(t, err, gotrue.CodeOTPExpired)
	_, err = w.client.Verify(t.Context(), somebody, gotrue.VerifyRequest{Type: gotrue.TypeSignup, Email: "late@example.com", Token: m.Code})
	refused(t, err, gotrue.CodeOTPExpired)
}

func TestVerify_TokenOfAnotherType_IsRefused(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	signUp(t, w, "purpose@example.com")
	ok(t, w.client.Recover(t.Context(), somebody, "purpose@example.com", ""))
	hash := w.Inbox("purpose@example.com")[0].TokenHash
	for _, kind := range []gotrue.VerifyType{gotrue.TypeSignup, gotrue.TypeInvite, gotrue.TypeEmailChange} {
		_, err := w.client.Verify(t.Context(), somebody, gotrue.VerifyRequest{Type: kind, TokenHash: hash})
		refused(t, err, gotrue.CodeOTPExpired)
	}
	_, err := w.client.Verify(t.Context(), somebody, gotrue.VerifyRequest{Type: gotrue.TypeRecovery, TokenHash: hash})
	ok(t, err)
}

func TestBan_TakesEffectAtOnceAndEnds(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	s := signUp(t, w, "ban@example.com")
	_, err := w.db.Owner.Exec(t.Context(), `update auth.users set banned_until = $2 where id = $1`, s.User.ID, w.clock.now().Add(time.Hour))
	ok(t, err)
	_, err = w.client.GetUser(t.Context(), somebody, s.AccessToken)
	refused(t, err, gotrue.CodeUserBanned)
	_, err = w.client.Refresh(t.Context(), somebody, s.RefreshToken)
	refused(t, err, gotrue.CodeUserBanned)
	_, err = w.client.SignInWithPassword(t.Context(), somebody, "ban@example.com", "correct-horse-9")
	refused(t, err, gotrue.CodeUserBanned)
	err = w.client.Logout(t.Context(), somebody, s.AccessToken, gotrue.ScopeLocal)
	refused(t, err, gotrue.CodeUserBanned)
	w.clock.pass(time.Hour + time.Second)
	_, err = w.client.Refresh(t.Context(), somebody, s.RefreshToken)
	ok(t, err)
}

func TestEmailChange_NeedsBothAddresses(t *testing.T) {
	t.Parallel()
	for name, order := range map[string][]string{"old first": {"old@example.com", "new@example.com"}, "new first": {"new@example.com", "old@example.com"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, Options{Autoconfirm: true})
			s := signUp(t, w, "old@example.com")
			_, err := w.client.UpdateUser(t.Context(), somebody, s.AccessToken, gotrue.UserUpdate{Email: new("New@example.com")})
			ok(t, err)
			use := func(to string) (gotrue.Session, error) {
				return w.client.Verify(
					t.Context(),
					somebody,
					gotrue.VerifyRequest{Type: gotrue.TypeEmailChange, Email: to, Token: w.Inbox(to)[0].Code},
				)
			}
			if _, err := use(order[0]); !errors.Is(err, gotrue.ErrOneMoreConfirmation) {
				t.Fatal(err)
			}
			_, err = use(order[0]) // one address does not confirm twice
			refused(t, err, gotrue.CodeOTPExpired)
			u, err := w.client.GetUser(t.Context(), somebody, s.AccessToken)
			ok(t, err)
			same(t, []string{u.Email, u.NewEmail}, []string{"old@example.com", "new@example.com"})
			moved, err := use(order[1])
			ok(t, err)
			same(t, []string{moved.User.Email, moved.User.NewEmail}, []string{"new@example.com", ""})
		})
	}
}

func TestEmailChange_AddressTakenMeanwhile_IsRefused(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	s := signUp(t, w, "slow@example.com")
	_, err := w.client.UpdateUser(t.Context(), somebody, s.AccessToken, gotrue.UserUpdate{Email: new("wanted@example.com")})
	ok(t, err)
	mails := append(w.Inbox("slow@example.com"), w.Inbox("wanted@example.com")...)
	signUp(t, w, "wanted@example.com")
	_, err = w.client.Verify(t.Context(), somebody, gotrue.VerifyRequest{Type: gotrue.TypeEmailChange, TokenHash: mails[0].TokenHash})
	if !errors.Is(err, gotrue.ErrOneMoreConfirmation) {
		t.Fatal(err)
	}
	_, err = w.client.Verify(t.Context(), somebody, gotrue.VerifyRequest{Type: gotrue.TypeEmailChange, TokenHash: mails[1].TokenHash})
	refused(t, err, gotrue.CodeEmailExists)
}

// The real server needs these values in rows that it did not write.
func TestRows_HaveTheRealServersForm(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	s := signUp(t, w, "rows@example.com")
	_, err := w.client.Refresh(t.Context(), somebody, s.RefreshToken)
	ok(t, err)
	var instance uuid.UUID
	var aud, role, provider, method string
	var nulls int
	ok(t, w.db.Owner.QueryRow(t.Context(), `
		select u.instance_id, u.aud, u.role, i.provider_id, c.authentication_method,
		       num_nulls(u.confirmation_token, u.recovery_token, u.email_change_token_new, u.email_change,
		                 u.email_change_token_current, u.phone_change, u.phone_change_token, u.reauthentication_token,
		                 u.encrypted_password, u.created_at, u.updated_at, u.email_confirmed_at, s.aal, s.created_at, s.updated_at)
		from auth.users u
		join auth.identities i on i.user_id = u.id
		join auth.sessions s on s.user_id = u.id
		join auth.mfa_amr_claims c on c.session_id = s.id
		where u.id = $1`, s.User.ID).Scan(&instance, &aud, &role, &provider, &method, &nulls))
	same(
		t,
		[]any{instance, aud, role, provider, method, nulls},
		[]any{uuid.Nil, "authenticated", "authenticated", s.User.ID.String(), "password", 0},
	)

	var tokens, roots, children int
	ok(t, w.db.Owner.QueryRow(t.Context(), `
		select count(*) filter (where instance_id is not null and user_id = $1::uuid::text and token ~ '^[a-z0-9]{12}$'),
		       count(*) filter (where parent is null), count(*) filter (where parent = $2)
		from auth.refresh_tokens`, s.User.ID, s.RefreshToken).Scan(&tokens, &roots, &children))
	same(t, []int{tokens, roots, children}, []int{2, 1, 1})
}

func TestSigningKey_SurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	servers := make([]*Server, 4)
	var all sync.WaitGroup
	for i := range servers { // all at once: they must use the same key
		all.Go(func() {
			var err error
			if servers[i], err = New(
				Options{Pool: dbtest.Shared(t).Owner, Issuer: "http://127.0.0.1/auth/v1", DataDir: dir, HashCost: bcrypt.MinCost},
			); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
	for _, s := range servers {
		same(t, s.keys.kid, servers[0].keys.kid)
		if _, err := s.keys.verify(servers[0].ServiceRoleKey(), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	ok(t, err)
	same(t, len(files), 1) // no partial file is left
	info, err := files[0].Info()
	ok(t, err)
	same(t, info.Mode().Perm(), 0o600)

	ok(t, os.WriteFile(filepath.Join(dir, keyFile), []byte("{"), 0o600))
	if _, err := New(
		Options{Pool: dbtest.Shared(t).Owner, Issuer: "http://127.0.0.1/auth/v1", DataDir: dir, HashCost: bcrypt.MinCost},
	); err == nil {
		t.Fatal("starts with a broken key") // a new key would end all sessions
	}
}

func TestVerifyLink_RedirectWithQuery_KeepsTheQuery(t *testing.T) {
	t.Parallel()
	const target = "https://app.example/welcome?from=mail&step=2"
	w := start(t, Options{SiteURL: "https://app.example", Issuer: "http://127.0.0.1:9999/auth/v1"})
	_, err := w.client.Signup(
		t.Context(),
		somebody,
		gotrue.SignupRequest{Email: "query@example.com", Password: "correct-horse-9", RedirectTo: target},
	)
	ok(t, err)
	m := w.Inbox("query@example.com")[0]
	same(
		t,
		m.VerifyLink,
		"http://127.0.0.1:9999/auth/v1/verify?token="+m.TokenHash+"&type=signup&redirect_to=https%3A%2F%2Fapp.example%2Fwelcome%3Ffrom%3Dmail%26step%3D2",
	)
	res := get(t, w.url+strings.TrimPrefix(m.VerifyLink, "http://127.0.0.1:9999"))
	ok(t, res.Body.Close())
	to, err := res.Location()
	ok(t, err)
	to.Fragment = ""
	same(t, to.String(), target)
}

func TestMail_ContainsSiteLinkAndServerLink(t *testing.T) {
	t.Parallel()
	w := start(t, Options{SiteURL: "https://app.example", Issuer: "http://127.0.0.1:9999/auth/v1"})
	_, err := w.client.Signup(t.Context(), somebody, gotrue.SignupRequest{Email: "Mail@example.com", Password: "correct-horse-9"})
	ok(t, err)
	m := w.Inbox("mail@example.com")[0]
	same(t, m.Type, "signup")
	same(t, len(m.Code), 6)
	same(t, m.Link, "https://app.example?token_hash="+m.TokenHash+"&type=signup")
	same(t, m.VerifyLink, "http://127.0.0.1:9999/auth/v1/verify?token="+m.TokenHash+"&type=signup&redirect_to=https://app.example")

	// The second link redirects to the site with a session in the fragment.
	res := get(t, w.url+strings.TrimPrefix(m.VerifyLink, "http://127.0.0.1:9999"))
	ok(t, res.Body.Close())
	to, err := res.Location()
	ok(t, err)
	fragment, err := url.ParseQuery(to.EscapedFragment())
	ok(t, err)
	_, err = w.client.GetUser(t.Context(), somebody, fragment.Get("access_token"))
	ok(t, err)
}

func TestRedirectTo_OnlyAllowedTargets(t *testing.T) {
	t.Parallel()
	site := "https://app.example/welcome"
	s, err := New(Options{
		Pool: dbtest.Shared(t).Owner, Issuer: "http://127.0.0.1/auth/v1", SiteURL: site, HashCost: bcrypt.MinCost,
		RedirectAllowList: []string{"https://other.example/reset", "coach://*"},
	})
	ok(t, err)
	for to, want := range map[string]string{
		"":                                  site,
		"https://app.example/reset?x=1":     "https://app.example/reset?x=1",
		"https://other.example/reset":       "https://other.example/reset",
		"coach://verified":                  "coach://verified",
		"https://other.example/reset/more":  site,
		"https://evil.example/":             site,
		"https://app.example@evil.example/": site,
		"https://app.example.evil.example/": site,
		"//evil.example/":                   site,
		"/\\evil.example":                   site,
		"javascript://app.example/%0aalert": site,
		"javascript:alert(1)":               site,
		"data:text/html,x":                  site,
	} {
		same(t, s.allowedTarget(to), want)
	}
}

func TestInbox_NewestFirst_EscapesContent(t *testing.T) {
	t.Parallel()
	var logged bytes.Buffer
	w := start(t, Options{MailFrequency: -1, Logger: slog.New(slog.NewJSONHandler(&logged, nil))})
	odd := "a'&b@example.com" // contains characters that must be escaped
	for _, email := range []string{"first@example.com", odd} {
		_, err := w.client.Signup(t.Context(), somebody, gotrue.SignupRequest{Email: email, Password: "correct-horse-9"})
		ok(t, err)
	}
	w.inbox.put(Mail{To: "<script>alert(1)</script>", Link: "javascript:alert(1)"})

	read := func(path string) (*http.Response, string) {
		res := get(t, w.url+path)
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		ok(t, err)
		return res, string(b)
	}
	res, page := read("/inbox")
	same(t, res.Header.Get("Content-Type"), "text/html; charset=utf-8")
	csp := res.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none'; style-src 'self';") || strings.Contains(csp, "unsafe") {
		t.Error(csp)
	}
	if strings.Contains(page, "<script") || strings.Contains(page, `href="javascript:`) || strings.Contains(page, " style=") {
		t.Error(page)
	}
	newest, oldest := strings.Index(page, "a&#39;&amp;b@example.com"), strings.Index(page, "first@example.com")
	if newest < 0 || oldest < newest {
		t.Errorf("order: %d, %d", newest, oldest)
	}
	m := w.Inbox(odd)[0]
	for _, shown := range []string{m.Code, m.TokenHash} {
		if !strings.Contains(page, shown) {
			t.Errorf("%s is not shown", shown)
		}
	}
	res, css := read("/inbox.css")
	if res.Header.Get("Content-Type") != "text/css; charset=utf-8" || strings.Contains(css, "url(") {
		t.Error("the style sheet has the wrong type or loads something")
	}

	lines := logged.String()
	if !strings.Contains(lines, `"msg":"mail_sent"`) || !strings.Contains(lines, m.Code) || !strings.Contains(lines, "f***@example.com") ||
		strings.Contains(lines, "first@") {
		t.Error(lines)
	}
}

func TestInbox_JSON_FiltersByAddress(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	w.inbox.put(Mail{To: "first@example.com"})
	w.inbox.put(Mail{To: "second@example.com"})
	read := func(path string) string {
		res := get(t, w.url+path)
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		ok(t, err)
		return string(b)
	}
	body := read("/inbox.json?to=" + url.QueryEscape("First@example.com"))
	var out struct{ Mails []Mail }
	ok(t, json.Unmarshal([]byte(body), &out))
	same(t, len(out.Mails), 1)
	same(t, out.Mails[0].To, "first@example.com")
	body = read("/inbox.json?to=nobody@example.com")
	same(t, strings.TrimSpace(body), `{"mails":[]}`)
}

// DNS rebinding: a site can resolve its own name to loopback and then read the response.
func TestInbox_ForeignHostName_IsNotServed(t *testing.T) {
	t.Parallel()
	b := newInbox()
	for host, want := range map[string]int{
		"127.0.0.1:9999": 200, "localhost:9999": 200, "[::1]:9999": 200, "localhost": 200, "auth.localhost": 200,
		"evil.example": 421, "evil.example:9999": 421, "127.0.0.1.evil.example": 421, "192.168.1.2:9999": 421, "": 421,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/inbox.json", nil)
		r.Host = host
		got := httptest.NewRecorder()
		b.ServeHTTP(got, r)
		if got.Code != want || got.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%q: %d, want %d", host, got.Code, want)
		}
	}
}

func TestInbox_KeepsAtMost500Mails(t *testing.T) {
	t.Parallel()
	b := newInbox()
	for range keptMails + 7 {
		b.put(Mail{To: "a@example.com"})
	}
	b.put(Mail{To: "last@example.com"})
	same(t, len(b.list("")), keptMails)
	same(t, b.list("")[0].To, "last@example.com")
}

func TestMails_TooOften_Return429(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true}) // GoTrue's default: a minute
	signUp(t, w, "often@example.com")
	ok(t, w.client.Recover(t.Context(), somebody, "often@example.com", ""))
	err := w.client.Recover(t.Context(), somebody, "often@example.com", "")
	refused(t, err, gotrue.CodeOverEmailSendRate)
	if e, _ := errors.AsType[*gotrue.Error](err); e.RetryAfter != time.Minute {
		t.Fatalf("retry after %s", e.RetryAfter)
	}
	w.clock.pass(time.Minute + time.Second)
	ok(t, w.client.Recover(t.Context(), somebody, "often@example.com", ""))
	same(t, len(w.Inbox("often@example.com")), 2)
}

func TestPKCE_NeedsTheVerifier(t *testing.T) {
	t.Parallel()
	f := newFlows()
	now := time.Now()
	user := uuid.New()
	f.expect(
		"pkce_t",
		user,
		challenge{Challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Method: "S256"},
		now,
	) // RFC 7636, appendix B
	code, found := f.code("pkce_t", now)
	if !found {
		t.Fatal("no code")
	}
	if _, again := f.code("pkce_t", now); again {
		t.Fatal("two codes for one token")
	}
	if _, err := f.redeem(code, "wrong", now); err == nil {
		t.Fatal("any verifier will do")
	}
	got, err := f.redeem(code, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", now)
	ok(t, err)
	same(t, got, user)
	if _, err := f.redeem(code, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", now); err == nil {
		t.Fatal("a code works twice")
	}

	f.expect("pkce_u", user, challenge{Challenge: "x", Method: "plain"}, now)
	code, _ = f.code("pkce_u", now)
	if _, err := f.redeem(code, "x", now.Add(codeLife+time.Second)); err == nil {
		t.Fatal("a code does not age")
	}
}

func TestUnexpectedError_IsNotSentToTheClient(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true, Logger: slog.New(slog.DiscardHandler)})
	s := signUp(t, w, "broken@example.com")
	_, err := w.db.Owner.Exec(t.Context(), `alter table auth.sessions rename to gone`)
	ok(t, err)
	_, err = w.client.GetUser(t.Context(), somebody, s.AccessToken)
	if !errors.Is(err, gotrue.ErrUnavailable) || strings.Contains(err.Error(), "auth.sessions") {
		t.Fatal(err)
	}
	refused(t, err, gotrue.CodeUnexpectedFailure)
}

// Clients retry a 5xx for half a minute, so invalid input must return a 4xx.
func TestInvalidInput_IsNever500(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true, MailFrequency: -1})
	s := signUp(t, w, "odd@example.com")
	for _, c := range []struct {
		method, path, bearer, body string
	}{
		{"POST", "/token?grant_type=password", "", `{"email": "a\u0000@example.com", "password": "correct-horse-9"}`},
		{"POST", "/token?grant_type=password", "", `{"email": "odd@example.com", "password": "\u0000"}`},
		{"POST", "/token?grant_type=pkce", "", `{"auth_code": "\u0000", "code_verifier": "x"}`},
		{"POST", "/signup", "", `{"email": "b@example.com", "password": "correct-horse-9", "data": {"a": "\u0000"}}`},
		{"POST", "/verify", "", `{"type": "signup", "token_hash": "\u0000"}`},
		{"POST", "/verify", "", `{"type": "signup", "token_hash": 5}`},
		{"POST", "/verify", "", `{"type": "signup", "email": "odd@example.com", "token": "\u0000"}`},
		{"GET", "/verify?type=signup&token=%00", "", ""},
		{"GET", "/verify?type=signup&token=%ff", "", ""},
		{"GET", "/verify?type=odd&token=x", "", ""},
		{"PUT", "/user", s.AccessToken, `{"data": {"a": "\u0000"}}`},
		{"PUT", "/user", s.AccessToken, `{"data": {"a": 1e400}}`},
		{"PUT", "/user", s.AccessToken, `null`},
		{"POST", "/logout?scope=%00", s.AccessToken, ``},
		{"GET", "/admin/users?page=99999999999999999999", w.ServiceRoleKey(), ""},
		{"GET", "/admin/users?page=1000000&per_page=1000000", w.ServiceRoleKey(), ""},
		{"GET", "/admin/users?page=-1", w.ServiceRoleKey(), ""},
		{"POST", "/admin/users", w.ServiceRoleKey(), `{"email": "c@example.com", "ban_duration": "soon"}`},
		{"POST", "/admin/users", w.ServiceRoleKey(), `{"email": "c@example.com", "id": "1"}`},
		{"POST", "/admin/users", w.ServiceRoleKey(), `{"email": "c@example.com", "id": "` + s.User.ID.String() + `"}`},
		{"POST", "/admin/users", w.ServiceRoleKey(), `{"email": "c@example.com", "password_hash": "plain"}`},
		{"POST", "/admin/generate_link", w.ServiceRoleKey(), `{"type": "odd", "email": "c@example.com"}`},
	} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, w.url+"/auth/v1"+c.path, strings.NewReader(c.body))
		ok(t, err)
		req.Header.Set("User-Agent", "odd \xff agent")
		if c.bearer != "" {
			req.Header.Set("Authorization", "Bearer "+c.bearer)
		}
		res, err := noRedirects.Do(req)
		ok(t, err)
		b, err := io.ReadAll(res.Body)
		ok(t, err)
		ok(t, res.Body.Close())
		if res.StatusCode >= 500 {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, res.StatusCode, b)
		}
	}
	odd := gotrue.Caller{IP: "not an address", UserAgent: "odd \xff agent"}
	_, err := w.client.SignInWithPassword(t.Context(), odd, "odd@example.com", "correct-horse-9")
	ok(t, err)
}
