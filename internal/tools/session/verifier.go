package session

import (
	"context"
	"encoding/base64"
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
	leeway = 30 * time.Second // clocks differ
	// Checking a signature costs 24–126 µs, finding the token in the cache 0.1 µs. A key that is withdrawn is believed for
	// at most this long; a session that has ended is refused at once, by the database.
	cacheAge  = time.Minute
	cacheSize = 10_000 // some 30 MB of tokens and claims
)

// VerifierOptions say which tokens are ours. Exactly one of Secret and JWKSURL is used: a set secret means HS256.
type VerifierOptions struct {
	Secret  string
	JWKSURL string
	Issuer  string
	Now     func() time.Time
}

// Verifier checks access tokens without asking anybody.
type Verifier struct {
	secret any     // HS256: []byte
	keys   *keySet // or JWKS
	issuer string
	now    func() time.Time
	// The cache's key is the token itself: it is compared as a whole, and its SHA-256 would cost ten times the look-up.
	cache tokenCache
}

// tokenCache keeps otter's generic type out of Verifier's: every package that knows a Verifier would compile it again, 600
// functions, which is a second of each build.
type tokenCache interface {
	GetIfPresent(token string) (*verified, bool)
	Set(token string, v *verified) (*verified, bool)
}

type verified struct {
	identity *db.Identity
	expires  time.Time // of the token, leeway included
	until    time.Time // of the belief in its key
}

// NewVerifier fetches nothing yet.
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

// Verify answers whose token it is, or a 401 problem that says what is wrong with it (503 while the keys cannot be had).
// The token must be signed with a key of ours by that key's algorithm, carry exp, our iss, the aud and role
// `authenticated`, and name a user and a session.
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
	identity, err := identify(parsed, token)
	if err != nil {
		return nil, problem.New(problem.InvalidToken).Wrap(err)
	}
	expires, _ := parsed.Expiration()
	// A clone, for the token is a piece of the request's headers and would keep all of them.
	v.cache.Set(strings.Clone(token), &verified{identity, expires.Add(leeway), v.now().Add(cacheAge)})
	return identity, nil
}

func (v *Verifier) parse(ctx context.Context, token string) (jwt.Token, error) {
	claimed, kid, err := heading(token)
	if err != nil {
		return nil, problem.New(problem.InvalidToken).Wrap(err)
	}
	alg, key := jwa.KeyAlgorithm(jwa.HS256()), v.secret
	if v.keys != nil {
		known, err := v.keys.named(ctx, kid)
		if err != nil {
			return nil, problem.New(problem.AuthUnavailable).Wrap(err).WithRetryAfter(time.Second)
		}
		if known == nil {
			return nil, problem.New(problem.InvalidToken).Wrap(fmt.Errorf("no key is named %q", kid))
		}
		alg, _ = known.Algorithm()
		key = known
	}
	// The key brings its algorithm. jwx would not mind a token that claims another one.
	if claimed != alg.String() {
		return nil, problem.New(problem.InvalidToken).Wrap(fmt.Errorf("it claims the algorithm %q, its key has %q", claimed, alg))
	}
	parsed, err := jwt.ParseString(token, jwt.WithKey(alg, key),
		jwt.WithRequiredClaim("exp"), jwt.WithIssuer(v.issuer), jwt.WithAudience("authenticated"),
		jwt.WithAcceptableSkew(leeway), jwt.WithClock(jwt.ClockFunc(v.now)))
	switch {
	case errors.Is(err, jwt.TokenExpiredError()):
		return nil, problem.New(problem.ExpiredToken).Wrap(err)
	case err != nil:
		return nil, problem.New(problem.InvalidToken).Wrap(err)
	}
	return parsed, nil
}

// identify reads what the checks of the signature leave open. Nothing here looks at user_metadata: the user writes it.
func identify(t jwt.Token, token string) (*db.Identity, error) {
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
		return nil, errors.New("sub is no uuid")
	}
	if err := t.Get("session_id", &sessionID); err != nil {
		return nil, errors.New("there is no session_id")
	}
	session, err := uuid.Parse(sessionID)
	if err != nil {
		return nil, errors.New("session_id is no uuid")
	}
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err != nil {
		return nil, err
	}
	return &db.Identity{UserID: user, SessionID: session, Claims: string(claims)}, nil
}

// heading reads alg and kid from the token's header without trusting it.
func heading(token string) (alg, kid string, err error) {
	message, err := jws.Parse([]byte(token), jws.WithCompact())
	if err != nil {
		return "", "", err
	}
	h := message.Signatures()[0].ProtectedHeaders()
	if h.Has(jws.CriticalKey) {
		return "", "", errors.New("it has critical headers, and we understand none") // RFC 7515 §4.1.11; jwx lets them pass
	}
	if a, ok := h.Algorithm(); ok {
		alg = a.String()
	}
	kid, _ = h.KeyID()
	return alg, kid, nil
}
