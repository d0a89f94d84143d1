package session_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
)

func TestVerify_ValidToken_ReturnsItsUser(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	v := jwksVerifier(newJWKS(t, k.jwk(t)), now)
	token := k.token(
		t,
		now.now(),
		map[string]any{"user_metadata": map[string]any{"sub": "x", "role": "service_role", "name": "Ännchen \"'\\"}},
	)
	requireAccepted(t, v, token, "ES256")
	requireAccepted(t, v, token, "from the cache")

	identity, err := v.Verify(t.Context(), token)
	require.NoError(t, err)
	require.Empty(t, identity.Claims, "no SQL reads them; see the schema test")

	requireAccepted(
		t,
		hs256Verifier(now),
		hs256(t, []byte(secret), map[string]any{"alg": "HS256", "typ": "JWT"}, claims(now.now(), nil)),
		"HS256, as Supabase writes it: no kid",
	)
	requireAccepted(
		t,
		hs256Verifier(now),
		hs256(t, []byte(secret), map[string]any{"alg": "HS256", "kid": "legacy"}, claims(now.now(), nil)),
		"HS256 with a kid",
	)
}

func TestVerify_Claims(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	v := jwksVerifier(newJWKS(t, k.jwk(t)), now)
	for _, c := range []struct {
		name    string
		changes map[string]any
		cause   problem.Type // zero: accepted
	}{
		{"no exp", map[string]any{"exp": nil}, problem.InvalidToken},
		{"exp null", map[string]any{"exp": json.RawMessage("null")}, problem.InvalidToken},
		{"exp is no number", map[string]any{"exp": "soon"}, problem.InvalidToken},
		{"expired a minute ago", map[string]any{"exp": now.now().Add(-time.Minute).Unix()}, problem.ExpiredToken},
		{"expired 31 s ago", map[string]any{"exp": now.now().Add(-31 * time.Second).Unix()}, problem.ExpiredToken},
		{"expired 29 s ago", map[string]any{"exp": now.now().Add(-29 * time.Second).Unix()}, problem.Type{}},
		{"expired in 1970", map[string]any{"exp": 0}, problem.ExpiredToken},
		{"expired before time", map[string]any{"exp": -1}, problem.InvalidToken},
		{"not valid yet", map[string]any{"nbf": now.now().Add(time.Hour).Unix()}, problem.InvalidToken},
		{"valid in a moment", map[string]any{"nbf": now.now().Add(20 * time.Second).Unix()}, problem.Type{}},
		{"issued tomorrow", map[string]any{"iat": now.now().Add(24 * time.Hour).Unix()}, problem.InvalidToken},
		{"issued in a moment", map[string]any{"iat": now.now().Add(20 * time.Second).Unix()}, problem.Type{}},
		{"no iss", map[string]any{"iss": nil}, problem.InvalidToken},
		{"foreign iss", map[string]any{"iss": "https://other.example.test/auth/v1"}, problem.InvalidToken},
		{"iss with a slash more", map[string]any{"iss": issuerURL + "/"}, problem.InvalidToken},
		{"no aud", map[string]any{"aud": nil}, problem.InvalidToken},
		{"foreign aud", map[string]any{"aud": "partners"}, problem.InvalidToken},
		{"aud in other letters", map[string]any{"aud": "Authenticated"}, problem.InvalidToken},
		{"aud is a list without ours", map[string]any{"aud": []string{"partners", "anon"}}, problem.InvalidToken},
		{"aud is an empty list", map[string]any{"aud": []string{}}, problem.InvalidToken},
		{"aud is a list with ours", map[string]any{"aud": []string{"partners", "authenticated"}}, problem.Type{}},
		{"no role", map[string]any{"role": nil}, problem.InvalidToken},
		{"anon key", map[string]any{"role": "anon"}, problem.InvalidToken},
		{"service key", map[string]any{"role": "service_role"}, problem.InvalidToken},
		{"role is a list", map[string]any{"role": []string{"authenticated"}}, problem.InvalidToken},
		{"no sub", map[string]any{"sub": nil}, problem.InvalidToken},
		{"sub empty", map[string]any{"sub": ""}, problem.InvalidToken},
		{"sub no uuid", map[string]any{"sub": "ann"}, problem.InvalidToken},
		{"sub with SQL", map[string]any{"sub": "5b0a3a6e-4a55-4d8e-9a56-0d6b0a1f7c11' or true --"}, problem.InvalidToken},
		{"no session_id", map[string]any{"session_id": nil}, problem.InvalidToken},
		{"session_id empty", map[string]any{"session_id": ""}, problem.InvalidToken},
		{"session_id no uuid", map[string]any{"session_id": "s1"}, problem.InvalidToken},
		{"session_id a number", map[string]any{"session_id": 7}, problem.InvalidToken},
		{"anonymous", map[string]any{"is_anonymous": true}, problem.InvalidToken},
		{"anonymous in another type", map[string]any{"is_anonymous": "true"}, problem.InvalidToken},
		{"is_anonymous missing, as old servers write it", map[string]any{"is_anonymous": nil}, problem.Type{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for secretly, token := range map[string]string{
				"ES256": k.token(t, now.now(), c.changes),
				"HS256": hs256(t, []byte(secret), map[string]any{"alg": "HS256"}, claims(now.now(), c.changes)),
			} {
				v := v
				if secretly == "HS256" {
					v = hs256Verifier(now)
				}
				for _, when := range []string{"first", "again"} {
					if c.cause.Code == "" {
						requireAccepted(t, v, token, secretly+" "+when)
					} else {
						requireRefused(t, c.cause, v, token, secretly+" "+when)
					}
				}
			}
		})
	}
}

func TestVerify_Signatures(t *testing.T) {
	t.Parallel()
	now, k, foreign := newClock(), newKey(t), newKey(t)
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	mixed := newJWKS(
		t,
		k.jwk(t),
		// What must never verify a token, though a key server may list it.
		map[string]any{"kty": "oct", "alg": "HS256", "kid": "oct", "k": base64.RawURLEncoding.EncodeToString([]byte(secret))},
		map[string]any{
			"kty": "RSA",
			"kid": "no-alg",
			"n":   base64.RawURLEncoding.EncodeToString(rsaKey.N.Bytes()),
			"e":   base64.RawURLEncoding.EncodeToString(big.NewInt(int64(rsaKey.E)).Bytes()),
		},
	)
	v, c := jwksVerifier(mixed, now), claims(now.now(), nil)
	good := k.token(t, now.now(), nil)
	parts := strings.Split(good, ".")

	jwkText, err := json.Marshal(k.jwk(t))
	require.NoError(t, err)
	der, err := x509.MarshalPKIXPublicKey(&k.private.PublicKey)
	require.NoError(t, err)
	pemText := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	point, err := k.private.PublicKey.Bytes()
	require.NoError(t, err)
	rs256 := func(kid string) string {
		signed := encoded(t, map[string]any{"alg": "RS256", "kid": kid}) + "." + encoded(t, c)
		sum := sha256.Sum256([]byte(signed))
		signature, err := rsa.SignPKCS1v15(rand.Reader, rsaKey, 5 /* SHA-256 */, sum[:])
		require.NoError(t, err)
		return signed + "." + encoded(t, signature)
	}
	flattened, err := json.Marshal(map[string]any{"protected": parts[0], "payload": parts[1], "signature": parts[2]})
	require.NoError(t, err)
	general, err := json.Marshal(
		map[string]any{"payload": parts[1], "signatures": []any{map[string]any{"protected": parts[0], "signature": parts[2]}}},
	)
	require.NoError(t, err)

	for what, token := range map[string]string{
		"HS256 keyed with the public JWK":        hs256(t, jwkText, map[string]any{"alg": "HS256", "kid": k.id}, c),
		"HS256 keyed with the public PEM":        hs256(t, pemText, map[string]any{"alg": "HS256", "kid": k.id}, c),
		"HS256 keyed with the public point":      hs256(t, point, map[string]any{"alg": "HS256", "kid": k.id}, c),
		"HS256 keyed with nothing":               hs256(t, nil, map[string]any{"alg": "HS256", "kid": k.id}, c),
		"HS256 by the secret beside the keys":    hs256(t, []byte(secret), map[string]any{"alg": "HS256", "kid": "oct"}, c),
		"HS256 without kid":                      hs256(t, []byte(secret), map[string]any{"alg": "HS256"}, c),
		"none":                                   encoded(t, map[string]any{"alg": "none", "kid": k.id}) + "." + parts[1] + ".",
		"None":                                   encoded(t, map[string]any{"alg": "None"}) + "." + parts[1] + ".",
		"none with a signature":                  encoded(t, map[string]any{"alg": "none", "kid": k.id}) + "." + parts[1] + "." + parts[2],
		"no alg":                                 k.es256(t, map[string]any{"kid": k.id}, c),
		"alg of another curve":                   k.es256(t, map[string]any{"alg": "ES384", "kid": k.id}, c),
		"RS256 by a key nobody knows":            rs256("unknown"),
		"RS256 by a listed key without alg":      rs256("no-alg"),
		"RS256 under the name of our key":        rs256(k.id),
		"ES256 by a foreign key under our name":  foreign.es256(t, map[string]any{"alg": "ES256", "kid": k.id}, c),
		"ES256 by a foreign key under its name":  foreign.token(t, now.now(), nil),
		"ES256 by a foreign key it brings along": foreign.es256(t, map[string]any{"alg": "ES256", "kid": k.id, "jwk": foreign.jwk(t)}, c),
		"ES256 by a key it says where to find":   foreign.es256(t, map[string]any{"alg": "ES256", "kid": "x", "jku": mixed.URL}, c),
		"no kid":                                 k.es256(t, map[string]any{"alg": "ES256"}, c),
		"kid empty":                              k.es256(t, map[string]any{"alg": "ES256", "kid": ""}, c),
		"kid of another type":                    k.es256(t, map[string]any{"alg": "ES256", "kid": 7}, c),
		"alg twice":                              k.es256(t, fmt.Appendf(nil, `{"alg":"none","kid":%q,"alg":"HS256"}`, k.id), c),
		"an unknown critical header":             k.es256(t, map[string]any{"alg": "ES256", "kid": k.id, "crit": []string{"exp2"}, "exp2": 1}, c),
		"unencoded payload":                      k.es256(t, map[string]any{"alg": "ES256", "kid": k.id, "b64": false, "crit": []string{"b64"}}, c),
		"another payload":                        parts[0] + "." + encoded(t, claims(now.now(), map[string]any{"sub": "00000000-0000-4000-8000-000000000001"})) + "." + parts[2],
		"another header":                         encoded(t, map[string]any{"alg": "ES256", "kid": k.id, "x": 1}) + "." + parts[1] + "." + parts[2],
		"signature cut":                          good[:len(good)-4],
		"signature missing":                      parts[0] + "." + parts[1] + ".",
		"signature of zeros":                     parts[0] + "." + parts[1] + "." + encoded(t, make([]byte, 64)),
		"payload is no JSON":                     k.es256(t, map[string]any{"alg": "ES256", "kid": k.id}, []byte("ann")),
		"payload is a list":                      k.es256(t, map[string]any{"alg": "ES256", "kid": k.id}, []byte("[]")),
		"payload is null":                        k.es256(t, map[string]any{"alg": "ES256", "kid": k.id}, []byte("null")),
		"payload empty":                          k.es256(t, map[string]any{"alg": "ES256", "kid": k.id}, []byte("")),
		"flattened JSON form":                    string(flattened),
		"general JSON form":                      string(general),
		"header alone":                           parts[0],
		"two parts":                              parts[0] + "." + parts[1],
		"four parts":                             good + "." + parts[2],
		"five parts, as an encrypted one":        good + "." + parts[1] + "." + parts[2],
		"dots":                                   "..",
		"garbage":                                "garbage",
		"quoted":                                 `"` + good + `"`,
		"not UTF-8":                              "\xff\xfe." + parts[1] + "." + parts[2],
		"braces":                                 "{}",
		"a NUL":                                  "\x00",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			requireRefused(t, problem.InvalidToken, v, token, what)
		})
	}
	requireAccepted(t, v, good, "the good one among them")
}

func TestVerify_TokenOfTheOtherMode_IsRefused(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	signed := hs256(t, []byte(secret), map[string]any{"alg": "HS256"}, claims(now.now(), nil))
	requireRefused(t, problem.InvalidToken, hs256Verifier(now), k.token(t, now.now(), nil), "ES256 at a server with a secret")
	requireRefused(t, problem.InvalidToken, jwksVerifier(keys, now), signed, "HS256 at a server with keys")

	both := session.NewVerifier(session.VerifierOptions{Secret: secret, JWKSURL: keys.URL, Issuer: issuerURL, Now: now.now})
	requireAccepted(t, both, signed, "a set secret means HS256")
	requireRefused(t, problem.InvalidToken, both, k.token(t, now.now(), nil), "and nothing else")
	requireRefused(
		t,
		problem.InvalidToken,
		hs256Verifier(now),
		hs256(t, []byte("another-secret-of-32-characters-length"), map[string]any{"alg": "HS256"}, claims(now.now(), nil)),
		"another secret",
	)
	requireRefused(
		t,
		problem.InvalidToken,
		hs256Verifier(now),
		encoded(t, map[string]any{"alg": "none"})+"."+encoded(t, claims(now.now(), nil))+".",
		"none",
	)
}

func TestRequire_TokenWithLargeMetadata_IsTooLarge(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	v := jwksVerifier(newJWKS(t, k.jwk(t)), now)
	large := k.token(t, now.now(), map[string]any{"user_metadata": map[string]any{"x": strings.Repeat("y", 20_000)}})
	require.Greater(t, len(large), 27_000)
	requireRefused(t, problem.TokenTooLarge, v, large, "27 kB")

	size := func(padding int) string {
		return k.token(t, now.now(), map[string]any{"user_metadata": map[string]any{"x": strings.Repeat("y", padding)}})
	}
	padding := 5000
	for len(size(padding+3)) <= session.MaxToken {
		padding += 3
	}
	requireAccepted(t, v, size(padding), "8 kB")
	requireRefused(t, problem.TokenTooLarge, v, size(padding+6), "more")
}

func TestVerify_CachedToken_ExpiresOnTime(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	v := jwksVerifier(newJWKS(t, k.jwk(t)), now)
	token := k.token(t, now.now(), map[string]any{"exp": now.now().Add(20 * time.Second).Unix()})
	requireAccepted(t, v, token, "fresh")
	now.advance(20*time.Second + 29*time.Second)
	requireAccepted(t, v, token, "within the leeway")
	now.advance(2 * time.Second)
	requireRefused(t, problem.ExpiredToken, v, token, "after it")
}

func TestVerify_CachedToken_IsAcceptedForAMinuteAfterItsKeyIsWithdrawn(t *testing.T) {
	t.Parallel()
	now, old, young := newClock(), newKey(t), newKey(t)
	keys := newJWKS(t, old.jwk(t))
	v := jwksVerifier(keys, now)
	token := old.token(t, now.now(), nil)
	requireAccepted(t, v, token, "while its key is there")
	keys.serve(t, young.jwk(t))
	now.advance(40 * time.Second)
	requireAccepted(t, v, young.token(t, now.now(), nil), "the new key, which replaces the old one")
	requireAccepted(t, v, token, "from the cache")
	now.advance(30 * time.Second)
	requireRefused(t, problem.InvalidToken, v, token, "a minute after it was last checked")
}

func TestVerify_Concurrently_ReturnsTheSameUser(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	keys := newJWKS(t, k.jwk(t))
	v := jwksVerifier(keys, now)
	token := k.token(t, now.now(), nil)
	answers := make(chan error, 50)
	for range cap(answers) {
		go func() {
			_, err := v.Verify(context.WithoutCancel(t.Context()), token)
			answers <- err
		}()
	}
	for range cap(answers) {
		require.NoError(t, <-answers)
	}
	require.EqualValues(t, 1, keys.requests.Load(), "a crowd fetches once")
}
