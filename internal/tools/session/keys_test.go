package session_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

func TestKeys_UnknownKid_FetchesTheNewKey(t *testing.T) {
	t.Parallel()
	now, old, young := newClock(), newKey(t), newKey(t)
	keys := newJWKS(t, old.jwk(t))
	v := jwksVerifier(keys, now)
	requireAccepted(t, v, old.token(t, now.now(), nil), "the old key")
	keys.serve(t, old.jwk(t), young.jwk(t))
	now.advance(31 * time.Second)
	requireAccepted(t, v, young.token(t, now.now(), nil), "the new key")
	requireAccepted(t, v, old.token(t, now.now(), nil), "the old key beside it")
	require.EqualValues(t, 2, keys.requests.Load())
}

func TestKeys_InventedKids_FetchAtMostOnceIn30Seconds(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	v := jwksVerifier(keys, now)
	requireAccepted(t, v, k.token(t, now.now(), nil), "first")
	now.advance(31 * time.Second)
	for range 20 {
		requireRefused(t, problem.InvalidToken, v, newKey(t).token(t, now.now(), nil), "unknown kid")
	}
	require.EqualValues(t, 2, keys.requests.Load())
	now.advance(29 * time.Second)
	requireRefused(t, problem.InvalidToken, v, newKey(t).token(t, now.now(), nil), "unknown kid")
	require.EqualValues(t, 2, keys.requests.Load())
	now.advance(time.Second)
	requireRefused(t, problem.InvalidToken, v, newKey(t).token(t, now.now(), nil), "unknown kid")
	require.EqualValues(t, 3, keys.requests.Load())
	requireRefused(t, problem.InvalidToken, v, "garbage", "garbage")
	require.EqualValues(t, 3, keys.requests.Load())
}

func TestKeys_KeyServerDownOrInvalid_KeepsTheOldKeys(t *testing.T) {
	t.Parallel()
	for name, response := range map[string]struct {
		status int
		body   string
	}{
		"an error":  {http.StatusInternalServerError, `{"message":"no"}`},
		"a page":    {http.StatusOK, `<html>Maintenance</html>`},
		"half":      {http.StatusOK, `{"keys":[{"kty":"EC"`},
		"not found": {http.StatusNotFound, `404 page not found`},
		"nothing":   {http.StatusOK, ``},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now, k := newClock(), newKey(t)
			keys := newJWKS(t, k.jwk(t))
			v := jwksVerifier(keys, now)
			requireAccepted(t, v, k.token(t, now.now(), nil), "before")
			keys.respond(response.status, []byte(response.body))
			now.advance(31 * time.Second)
			requireRefused(t, problem.InvalidToken, v, newKey(t).token(t, now.now(), nil), "makes it ask")
			require.EqualValues(t, 2, keys.requests.Load())
			requireAccepted(t, v, k.token(t, now.now(), nil), "after")
			now.advance(time.Hour)
			requireAccepted(t, v, k.token(t, now.now(), nil), "long after")
			keys.Close()
			now.advance(time.Hour)
			requireAccepted(t, v, k.token(t, now.now(), nil), "with the server gone")
		})
	}
}

func TestKeys_NeverFetched_Returns503UntilFetched(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t)
	keys.respond(http.StatusBadGateway, nil)
	v := jwksVerifier(keys, now)
	token := k.token(t, now.now(), nil)
	for range 10 {
		requireRefused(t, problem.AuthUnavailable, v, token, "no keys yet")
	}
	require.EqualValues(t, 1, keys.requests.Load(), "not with every request")
	keys.serve(t, k.jwk(t))
	now.advance(time.Second)
	requireAccepted(t, v, token, "a second later")
}

func TestKeys_SlowKeyServer_DoesNotDelayKnownKeys(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	v := jwksVerifier(keys, now)
	requireAccepted(t, v, k.token(t, now.now(), nil), "before")
	release := keys.block()
	t.Cleanup(release)
	now.advance(11 * time.Minute)
	// A request that waited for the keys would never return here.
	for range 3 {
		requireAccepted(t, v, k.token(t, now.now(), nil), "while the keys are under way")
	}
	release()
	require.Eventually(t, func() bool { return keys.requests.Load() == 2 }, time.Minute, time.Millisecond)
}

func TestKeys_CallerDisconnects_OthersStillGetKeys(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	v := jwksVerifier(newJWKS(t, k.jwk(t)), now)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := v.Verify(gone, k.token(t, now.now(), nil))
	require.NoError(t, err)
}

func TestKeys_EncryptionKeys_VerifyNothing(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	listed := k.jwk(t)
	listed["use"] = "enc"
	requireRefused(t, problem.InvalidToken, jwksVerifier(newJWKS(t, listed), now), k.token(t, now.now(), nil), "a key for encryption")
}

// Not parallel: all tests share the default logger.
func TestKeys_BackgroundFetch_CopiesTheLogScope(t *testing.T) {
	lines := make(lineWriter, 100)
	before := slog.Default()
	logger, flush := logs.New(logs.Options{Out: lines})
	slog.SetDefault(logger)
	t.Cleanup(func() {
		slog.SetDefault(before)
		flush()
	})
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	v := jwksVerifier(keys, now)
	requireAccepted(t, v, k.token(t, now.now(), nil), "before")
	keys.respond(http.StatusInternalServerError, nil)
	release := keys.block()
	t.Cleanup(release)
	now.advance(11 * time.Minute)

	scope := &logs.Scope{RequestID: "req_1"}
	identity, err := v.Verify(logs.WithScope(t.Context(), scope), k.token(t, now.now(), nil))
	require.NoError(t, err)
	scope.UserID = identity.UserID.String() // as the request does next
	release()
	for line := range lines { // a fetch of an earlier test may end now too
		if strings.Contains(line, "keys_fetch_failed") && strings.Contains(line, `"request_id":"req_1"`) {
			require.NotContains(t, line, "user_id")
			return
		}
	}
}

type lineWriter chan string

func (w lineWriter) Write(line []byte) (int, error) {
	w <- string(line)
	return len(line), nil
}

func TestKeys_WithdrawnWhileNoRequestCame_IsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	v := jwksVerifier(keys, now)
	requireAccepted(t, v, k.token(t, now.now(), nil), "before")
	keys.serve(t, newKey(t).jwk(t))
	now.advance(16 * time.Minute)
	requireRefused(t, problem.InvalidToken, v, k.token(t, now.now(), nil), "the first request after a pause")
}

func TestKeys_WithdrawnUnderSteadyUse_IsRefusedWithin16Minutes(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	v := jwksVerifier(keys, now)
	token := k.token(t, now.now(), nil)
	requireAccepted(t, v, token, "before")
	keys.serve(t, newKey(t).jwk(t))
	for range 32 {
		now.advance(30 * time.Second)
		_, _ = verify(t, v, token)
	}
	requireRefused(t, problem.InvalidToken, v, token, "16 minutes later")
}

func TestKeys_KeyServerDownForADay_AreForgotten(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	v := jwksVerifier(keys, now)
	requireAccepted(t, v, k.token(t, now.now(), nil), "before")
	keys.Close()
	now.advance(23 * time.Hour)
	requireAccepted(t, v, k.token(t, now.now(), nil), "while the key server is down")
	now.advance(2 * time.Hour)
	requireRefused(t, problem.AuthUnavailable, v, k.token(t, now.now(), nil), "after a day")
}
