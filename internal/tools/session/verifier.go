package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"
	"github.com/maypok86/otter/v2"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

const (
	leeway = 30 * time.Second // allowed clock difference
	// Verifying a signature costs 24–126 µs, a cache lookup 0.1 µs. A cached token is accepted for at most this long after its
	// key was withdrawn; a session that has ended is refused at once, by the database.
	cacheAge  = time.Minute
	cacheSize = 10_000 // about 30 MB of tokens and claims
)

// VerifierOptions say which tokens are accepted. Exactly one of Secret and JWKSURL is used: a set secret means HS256.
type VerifierOptions struct {
	Secret  string
	JWKSURL string
	Issuer  string
	Now     func() time.Time
}

// Verifier verifies access tokens locally. Only the public keys come over the network.
type Verifier struct {
	secret any     // HS256: []byte
	keys   *keySet // or JWKS
	issuer string
	now    func() time.Time
	// The cache key is the token itself: computing its SHA-256 would cost ten times the lookup.
	cache tokenCache
}

// tokenCache hides otter's generic type: otherwise every package that imports this one compiles its 600 functions again, which
// takes a second of each build.
type tokenCache interface {
	GetIfPresent(token string) (*verified, bool)
	Set(token string, v *verified) (*verified, bool)
}

type verified struct {
	identity *db.Identity
	expires  time.Time // of the token, leeway included
	until    time.Time // the cached result; then the signature is verified again
}

// NewVerifier returns a verifier. It fetches no keys yet.
func NewVerifier(o VerifierOptions) *Verifier {
	if o.Now == nil {
		o.Now = time.Now
	}
	v := &Verifier{issuer: o.Issuer, now: o.Now, cache: otter.Must(&otter.Options[string, *verified]{
		MaximumSize:      cacheSize,
		ExpiryCalculator: otter.ExpiryCreating[string, *verified](cacheAge),
	})}
	if o.Secret != "" {
		v.secret = []byte(o.Secret)
	} else {
		v.keys = newKeySet(o.JWKSURL, o.Now)
	}
	return v
}

// Verify returns the identity in a token, or a 401 problem (503 while the keys are not available). The token must be signed
// with one of the project's keys and that key's algorithm, and have exp, our iss, aud and role `authenticated`, a user and a session.
func (v *Verifier) Verify(ctx context.Context, token string) (*db.Identity, error) {
	if hit, ok := v.cache.GetIfPresent(token); ok {
		switch now := v.now(); {
		case now.After(hit.expires):
			return nil, problem.New(problem.ExpiredToken)
		case now.Before(hit.until):
			return hit.identity, nil
		}
	}
	parsed, err := v.parse(ctx, token)
	if err != nil {
		return nil, err
	}
	identity, err := identify(parsed)
	if err != nil {
		return nil, problem.New(problem.InvalidToken).Wrap(err)
	}
	expires, _ := parsed.Expiration()
	// A clone, because the token is a substring of the request's headers and would keep all of them in memory.
	v.cache.Set(strings.Clone(token), &verified{identity, expires.Add(leeway), v.now().Add(cacheAge)})
	return identity, nil
}

// VerifyExpired is Verify for a token that may have expired: it proves only that the session was this user's. Use it to end a session.
func (v *Verifier) VerifyExpired(ctx context.Context, token string) (*db.Identity, error) {
	if len(token) > MaxToken {
		return nil, problem.New(problem.TokenTooLarge)
	}
	parsed, err := v.parse(ctx, token, jwt.WithResetValidators(true), jwt.WithValidator(jwt.IsNbfValid()))
	if err != nil {
		return nil, err
	}
	identity, err := identify(parsed)
	if err != nil {
		return nil, problem.New(problem.InvalidToken).Wrap(err)
	}
	return identity, nil
}

// parse verifies the token's signature and registered claims. Further options may change which claims it checks.
func (v *Verifier) parse(ctx context.Context, token string, options ...jwt.ParseOption) (jwt.Token, error) {
	claimedAlg, kid, err := parseHeader(token)
	if err != nil {
		return nil, problem.New(problem.InvalidToken).Wrap(err)
	}
	alg, key := jwa.KeyAlgorithm(jwa.HS256()), v.secret
	if v.keys != nil {
		publicKey, err := v.keys.keyByID(ctx, kid)
		if err != nil {
			return nil, problem.New(problem.AuthUnavailable).Wrap(err).WithRetryAfter(time.Second)
		}
		if publicKey == nil {
			return nil, problem.New(problem.InvalidToken).Wrap(fmt.Errorf("no key has the kid %q", kid))
		}
		alg, _ = publicKey.Algorithm()
		key = publicKey
	}
	// The algorithm is the key's. jwx would accept a token that claims another one.
	if claimedAlg != alg.String() {
		return nil, problem.New(problem.InvalidToken).Wrap(fmt.Errorf("the token claims the algorithm %q, its key has %q", claimedAlg, alg))
	}
	parsed, err := jwt.ParseString(token, append([]jwt.ParseOption{
		jwt.WithKey(alg, key),
		jwt.WithRequiredClaim("exp"), jwt.WithIssuer(v.issuer), jwt.WithAudience("authenticated"),
		jwt.WithAcceptableSkew(leeway), jwt.WithClock(jwt.ClockFunc(v.now)),
	}, options...)...)
	switch {
	case errors.Is(err, jwt.TokenExpiredError()):
		return nil, problem.New(problem.ExpiredToken).Wrap(err)
	case err != nil:
		return nil, problem.New(problem.InvalidToken).Wrap(err)
	}
	return parsed, nil
}

// identify checks the claims that jwt.ParseString does not, and returns the identity. It never reads user_metadata, which users
// write themselves.
func identify(t jwt.Token) (*db.Identity, error) {
	var role, sessionID string
	var anonymous bool
	if err := t.Get("role", &role); err != nil || role != "authenticated" {
		return nil, errors.New("the role is not authenticated") // anon and service keys are tokens too
	}
	if err := t.Get("is_anonymous", &anonymous); t.Has("is_anonymous") && (err != nil || anonymous) {
		return nil, errors.New("the user is anonymous")
	}
	subject, _ := t.Subject()
	user, err := uuid.Parse(subject)
	if err != nil {
		return nil, errors.New("sub is not a UUID")
	}
	if err := t.Get("session_id", &sessionID); err != nil {
		return nil, errors.New("session_id is missing")
	}
	session, err := uuid.Parse(sessionID)
	if err != nil {
		return nil, errors.New("session_id is not a UUID")
	}
	expires, _ := t.Expiration() // is required
	return &db.Identity{UserID: user, SessionID: session, Expires: expires.UTC()}, nil
}

// parseHeader returns alg and kid of the token's unverified header.
func parseHeader(token string) (alg, kid string, err error) {
	message, err := jws.Parse([]byte(token), jws.WithCompact())
	if err != nil {
		return "", "", err
	}
	h := message.Signatures()[0].ProtectedHeaders()
	if h.Has(jws.CriticalKey) {
		return "", "", errors.New("the token has critical headers, and none is supported") // RFC 7515 §4.1.11; jwx ignores them
	}
	if a, ok := h.Algorithm(); ok {
		alg = a.String()
	}
	kid, _ = h.KeyID()
	return alg, kid, nil
}
