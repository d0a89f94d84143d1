package auth_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/page"
)

func logout(tb testing.TB, c *apitest.Client) response {
	tb.Helper()
	r, err := c.LogoutWithResponse(tb.Context())
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func list(tb testing.TB, c *apitest.Client, params api.ListSessionsParams) api.AuthSessionPage {
	tb.Helper()
	r, err := c.ListSessionsWithResponse(tb.Context(), &params)
	require.NoError(tb, err)
	require.Equal(tb, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func revoke(tb testing.TB, c *apitest.Client, id uuid.UUID) response {
	tb.Helper()
	r, err := c.RevokeSessionWithResponse(tb.Context(), id)
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func TestLogout_EndsThisSessionOnEveryReplica(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := replica(t, a)
	p := a.Person(t)
	phone := p.SignIn(t)
	access, cookie := p.Cookie(t, "access_token"), p.Cookie(t, "refresh_token")
	for _, at := range []*apitest.API{a, b} { // puts the token into both caches
		requireMe(t, http.StatusOK, at.Bearer(t, access))
	}
	got := logout(t, p.Client)
	require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
	require.Empty(t, got.body)
	requireCookiesCleared(t, got)
	require.Empty(t, p.Cookie(t, "access_token"))
	for _, at := range []*apitest.API{a, b} {
		requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, at.Bearer(t, access)))
		c, refreshCookie := clientWithRefreshCookie(t, at, cookie)
		requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", refresh(t, c, refreshCookie))
		requireMe(t, http.StatusOK, clientAt(t, phone, at))
	}
	require.Equal(t, http.StatusOK, refresh(t, phone).StatusCode)
	requireProblem(t, http.StatusUnauthorized, "session_ended", logout(t, a.Bearer(t, access)))
	require.Equal(t, http.StatusNoContent, logout(t, p.Client).StatusCode, "signing out twice")
}

func TestLogout_SupabaseAuthDown_EndsTheSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := replica(t, a, authServerDown)
	p := a.Person(t)
	access := p.Cookie(t, "access_token")
	got := logout(t, clientAt(t, p.Client, b))
	require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
	requireCookiesCleared(t, got)
	requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, a.Bearer(t, access)))
}

// authServerDown makes Supabase Auth unreachable.
func authServerDown(o *server.Options) { o.Auth = gotrue.New(gotrue.Options{BaseURL: unusedURL}) }

func TestListSessions_ReturnsDeviceAndAddress(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: behindProxy})
	p := a.Person(t)
	watch := a.Client(t)
	login(t, watch, p.Email, p.Password, fromIP("203.0.113.7"), apitest.Header("User-Agent", "watch/1"))
	silent := a.Client(t)
	login(t, silent, p.Email, p.Password, apitest.Header("User-Agent", ""))
	require.Nil(t, list(t, silent, api.ListSessionsParams{}).Data[0].UserAgent, "not the API's own user agent")
	require.Equal(t, http.StatusNoContent, logout(t, silent).StatusCode)
	a.Person(t) // somebody else

	page := list(t, watch, api.ListSessionsParams{})
	require.Len(t, page.Data, 2)
	require.Nil(t, page.NextCursor)
	newest := page.Data[0]
	require.True(t, newest.IsCurrent)
	require.False(t, page.Data[1].IsCurrent)
	require.Equal(t, "watch/1", *newest.UserAgent)
	require.Equal(t, "203.0.113.7", *newest.IP)
	require.WithinDuration(t, time.Now(), newest.CreatedAt, time.Minute)
	require.Equal(t, time.UTC, newest.CreatedAt.Location())
	require.False(t, newest.LastUsedAt.Before(newest.CreatedAt))

	require.Equal(t, http.StatusOK, refresh(t, watch).StatusCode)
	again := list(t, watch, api.ListSessionsParams{}).Data[0]
	require.Equal(t, newest.ID, again.ID, "a refresh is no new session")
	require.True(t, again.LastUsedAt.After(newest.LastUsedAt))

	require.True(t, list(t, p.Client, api.ListSessionsParams{}).Data[1].IsCurrent, "for the other client")
}

func TestListSessions_AllPages_ReturnEachSessionOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	// Several at the same instant: only the id distinguishes them.
	_, err := a.Database.Owner.Exec(t.Context(), `
		insert into auth.sessions (id, user_id, created_at, updated_at, aal)
		select gen_random_uuid(), $1::uuid, date_trunc('second', now()) - make_interval(secs => n / 4), now(), 'aal1'
		from generate_series(1, 20) as n`, p.ID)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(t.Context(), `
		insert into auth.sessions (id, user_id, created_at, updated_at, aal, not_after)
		values (gen_random_uuid(), $1::uuid, now(), now(), 'aal1', now() - interval '1 second')`, p.ID)
	require.NoError(t, err)

	whole := list(t, p.Client, api.ListSessionsParams{Limit: new(100)})
	require.Len(t, whole.Data, 21, "the expired session is not listed")
	require.Nil(t, whole.NextCursor)
	require.True(t, slices.IsSortedFunc(whole.Data, func(x, y api.AuthSession) int { return y.CreatedAt.Compare(x.CreatedAt) }))
	for _, limit := range []int{1, 2, 7, 20, 21} {
		var got []api.AuthSession
		params := api.ListSessionsParams{Limit: &limit}
		for pages := 0; ; pages++ {
			require.LessOrEqual(t, pages, 21)
			page := list(t, p.Client, params)
			require.LessOrEqual(t, len(page.Data), limit)
			require.NotEmpty(t, page.Data, "only an empty list has an empty page")
			got = append(got, page.Data...)
			if page.NextCursor == nil {
				break
			}
			params.Cursor = page.NextCursor
		}
		require.Equal(t, whole.Data, got, "limit %d", limit)
	}
	require.Len(t, list(t, p.Client, api.ListSessionsParams{}).Data, 20, "the default")
}

func TestListSessions_CursorOfDeletedRow_Continues(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for range 3 {
		p.SignIn(t)
	}
	all := list(t, p.Client, api.ListSessionsParams{})
	first := list(t, p.Client, api.ListSessionsParams{Limit: new(2)})
	require.Equal(t, http.StatusNoContent, revoke(t, p.Client, first.Data[1].ID).StatusCode)
	p.SignIn(t) // newer than the cursor
	rest := list(t, p.Client, api.ListSessionsParams{Cursor: first.NextCursor})
	require.Equal(t, all.Data[2:], rest.Data)
}

func TestListSessions_ForeignCursors_Return400(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	p.SignIn(t)
	genuine := *list(t, p.Client, api.ListSessionsParams{Limit: new(1)}).NextCursor
	key := map[string]any{"t": time.Now(), "i": uuid.New()}
	otherList, err := page.NewCursors("test").Encode("listMeals", key)
	require.NoError(t, err)
	otherSecret, err := page.NewCursors("guess").Encode("listSessions", key)
	require.NoError(t, err)
	otherShape, err := page.NewCursors("test").Encode("listSessions", map[string]any{"t": "yesterday"})
	require.NoError(t, err)
	flipped := []byte(genuine)
	if i := len(flipped) / 2; flipped[i] == 'A' {
		flipped[i] = 'B'
	} else {
		flipped[i] = 'A'
	}
	for what, cursor := range map[string]string{
		"another list": otherList, "another secret": otherSecret, "another shape": otherShape,
		"cut": genuine[:len(genuine)-1], "cut short": genuine[:5], "longer": genuine + "AAAA", "flipped": string(flipped),
		"garbage": "garbage", "one letter": "A",
	} {
		r, err := p.ListSessionsWithResponse(t.Context(), &api.ListSessionsParams{Cursor: &cursor})
		require.NoError(t, err)
		p := requireProblem(t, http.StatusBadRequest, "invalid_cursor", newResponse(r.HTTPResponse, r.Body))
		require.Len(t, p.Errors, 1, what)
		require.Equal(t, "cursor", p.Errors[0].Field, what)
	}
	for _, cursor := range []string{"a b", "ä", "a/b+c=", "\x00"} {
		r, err := p.ListSessionsWithResponse(t.Context(), &api.ListSessionsParams{Cursor: &cursor})
		require.NoError(t, err)
		requireField(t, http.StatusBadRequest, "cursor", "", newResponse(r.HTTPResponse, r.Body))
	}
	for _, limit := range []int{0, -1, 101} {
		r, err := p.ListSessionsWithResponse(t.Context(), &api.ListSessionsParams{Limit: &limit})
		require.NoError(t, err)
		requireField(t, http.StatusBadRequest, "limit", "", newResponse(r.HTTPResponse, r.Body))
	}
}

func TestListSessions_CursorOfAnotherUser_ReturnsOwnSessions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, eve := a.Person(t), a.Person(t)
	ann.SignIn(t)
	cursor := list(t, ann.Client, api.ListSessionsParams{Limit: new(1)}).NextCursor
	own := list(t, eve.Client, api.ListSessionsParams{}).Data
	for _, seen := range list(t, eve.Client, api.ListSessionsParams{Cursor: cursor}).Data {
		require.Equal(t, own[0].ID, seen.ID)
	}
}

func TestRevokeSession_EndsOnlyThatSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	phone := p.SignIn(t)
	id := list(t, phone, api.ListSessionsParams{}).Data[0].ID
	got := revoke(t, p.Client, id)
	require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
	require.Empty(t, got.Cookies(), "the current session continues")
	requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, phone))
	requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", refresh(t, phone))
	requireMe(t, http.StatusOK, p.Client)
	requireProblem(t, http.StatusNotFound, "session_not_found", revoke(t, p.Client, id))
}

func TestRevokeSession_CurrentSession_SignsOut(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	access := p.Cookie(t, "access_token")
	got := revoke(t, p.Client, list(t, p.Client, api.ListSessionsParams{}).Data[0].ID)
	require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
	requireCookiesCleared(t, got)
	requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, a.Bearer(t, access)))
}

func TestRevokeSession_OfAnotherUser_Returns404(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, eve := a.Person(t), a.Person(t)
	theirs := revoke(t, eve.Client, list(t, ann.Client, api.ListSessionsParams{}).Data[0].ID)
	requireProblem(t, http.StatusNotFound, "session_not_found", theirs)
	require.Equal(t, withoutOwnValues(t, revoke(t, eve.Client, uuid.New())), withoutOwnValues(t, theirs))
	requireMe(t, http.StatusOK, ann.Client)
}

func TestSession_EndedInTheDatabase_IsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for what, c := range map[string]struct {
		sql    string
		status int
	}{
		"when its user is banned":                {`update auth.users set banned_until = now() + interval '1 hour' where id = $1`, http.StatusUnauthorized},
		"but not by a ban that is over":          {`update auth.users set banned_until = now() - interval '1 second' where id = $1`, http.StatusOK},
		"when its user is deleted":               {`delete from auth.users where id = $1`, http.StatusUnauthorized},
		"when its user is marked as deleted":     {`update auth.users set deleted_at = now() where id = $1`, http.StatusUnauthorized},
		"when its time is over":                  {`update auth.sessions set not_after = now() where user_id = $1`, http.StatusUnauthorized},
		"but not while it has time":              {`update auth.sessions set not_after = now() + interval '1 hour' where user_id = $1`, http.StatusOK},
		"when Supabase Auth drops it":            {`delete from auth.sessions where user_id = $1`, http.StatusUnauthorized},
		"when it becomes somebody else's":        {`with other as (select id from auth.users where id <> $1 limit 1) update auth.sessions set user_id = other.id from other where user_id = $1`, http.StatusUnauthorized},
		"but not when its refresh token is used": {`update auth.refresh_tokens set revoked = true where user_id = $1::text`, http.StatusOK},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			a.Person(t)
			p := a.Person(t)
			requireMe(t, http.StatusOK, p.Client)
			_, err := a.Database.Owner.Exec(t.Context(), c.sql, p.ID)
			require.NoError(t, err)
			got := requireMe(t, c.status, p.Client)
			r, err := p.ListSessionsWithResponse(t.Context(), nil)
			require.NoError(t, err)
			require.Equal(t, c.status, r.StatusCode(), string(r.Body))
			if c.status != http.StatusOK {
				requireProblem(t, c.status, "session_ended", got)
				require.Equal(t, `Bearer error="invalid_token"`, got.Header.Get("WWW-Authenticate"))
				requireProblem(t, c.status, "session_ended", logout(t, a.Bearer(t, p.Cookie(t, "access_token"))))
				got = logout(t, p.Client)
				require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
				requireCookiesCleared(t, got)
			}
		})
	}
}

func TestUserOperations_WithoutValidToken_Return401(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	c := a.Client(t)
	requireProblem(t, http.StatusUnauthorized, "missing_token", revoke(t, c, uuid.New()))
	requireProblem(t, http.StatusUnauthorized, "missing_token", change(t, c, "x", "better-horse-10"))
	r, err := c.ListSessionsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	requireProblem(t, http.StatusUnauthorized, "missing_token", newResponse(r.HTTPResponse, r.Body))

	p := a.Person(t)
	requireProblem(t, http.StatusUnauthorized, "invalid_token", requireMe(t, http.StatusUnauthorized, p.Client, apitest.Token("garbage")))
	requireProblem(t, http.StatusUnauthorized, "missing_token", requireMe(t, http.StatusUnauthorized, p.Client, apitest.Token("")))
	requireMe(t, http.StatusOK, p.Client, apitest.Header("Authorization", "Basic YTpi"))
	requireMe(t, http.StatusOK, a.Client(t), apitest.Header("Authorization", "bearer "+p.Cookie(t, "access_token")))
	requireProblem(
		t,
		http.StatusUnauthorized,
		"invalid_token",
		requireMe(t, http.StatusUnauthorized, a.Client(t), apitest.Token(p.Cookie(t, "refresh_token"))),
	)
	for _, key := range []string{a.Standin.AnonKey(), a.Standin.ServiceRoleKey()} {
		requireProblem(t, http.StatusUnauthorized, "invalid_token", requireMe(t, http.StatusUnauthorized, a.Client(t), apitest.Token(key)))
	}
}

func TestLogout_CrossOrigin_AnyScheme_Returns403(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, authorization := range []string{"", "Basic YTpi", "Bearerx y", "Negotiate x"} {
		r, err := p.LogoutWithResponse(t.Context(), apitest.Header("Origin", "https://evil.example"),
			apitest.Header("Sec-Fetch-Site", "cross-site"), apitest.Header("Authorization", authorization))
		require.NoError(t, err)
		// A link with user name and password makes a browser send Basic authorization together with the cookies.
		requireProblem(t, http.StatusForbidden, "cross_origin_refused", newResponse(r.HTTPResponse, r.Body))
	}
	requireMe(t, http.StatusOK, p.Client)
}
